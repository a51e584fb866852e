"""How much memory the largest report takes, and how large it is; limits are far above what was measured."""

import json
import subprocess
import sys
import textwrap
from pathlib import Path

CHILD = textwrap.dedent(
    """
    import json, re, resource, sys
    from pathlib import Path
    from tests.pdf.reports import ARABIC, CHINESE, EMOJI, HINDI, STORY, THAI, plain, report
    texts = {"latin": STORY, "mixed": ARABIC + CHINESE + THAI + EMOJI + HINDI}
    result = report(*[(texts[sys.argv[1]] * 200)[:8000]] * 20)
    size = len(plain(result))
    if sys.platform == "linux":  # ru_maxrss would count what the parent held when it forked
        status = Path("/proc/self/status").read_text()
        used = int(re.search(r"VmHWM:\\s+(\\d+) kB", status)[1]) / 1024
    else:
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024)
    print(json.dumps([used, size]))
    """
)


def measured(name: str) -> tuple[float, int]:
    """Peak MiB of the whole process, bytes."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, name], capture_output=True, text=True, timeout=280,
        cwd=Path(__file__).parents[2], check=True,
    )  # fmt: skip
    memory, size = json.loads(done.stdout)
    return memory, size


def test_twenty_answers_of_8000_characters_are_set():
    memory, size = measured("latin")
    assert memory < 300 and size < 1_000_000, (memory, size)


def test_the_costliest_writing_too():
    memory, size = measured("mixed")
    assert memory < 300 and size < 2_000_000, (memory, size)
