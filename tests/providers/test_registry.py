"""Vendors by name."""

import asyncio
import queue
import subprocess
import sys
import threading

import pytest

from interview_coach import loop
from interview_coach.config import Settings
from interview_coach.providers.base import NotConfigured, Unavailable, Usage
from interview_coach.providers.patience import Patience
from interview_coach.providers.registry import NAMES, close, make_provider
from tests.fakes import behaviours
from tests.patience import PATIENCE
from tests.providers.bench import BRIEF, Bench


def ignore(usage: Usage) -> None:
    pass


def settings(bench: Bench) -> Settings:
    return Settings(
        gemini_api_key="key",
        gemini_base_url=bench.server.url,
        openrouter_api_key="key",
        openrouter_base_url=bench.server.url,
    )


def test_no_sdk_is_imported_before_it_is_used() -> None:
    code = (
        "import sys\n"
        "from interview_coach.config import Settings\n"
        "from interview_coach.providers.registry import make_provider\n"
        "settings = Settings(gemini_api_key='k', openrouter_api_key='k')\n"
        "for name in ('gemini', 'openrouter'): make_provider(name, settings, print)\n"
        "heavy = {'google.genai', 'openai', 'httpx2', 'aiohttp', 'numpy'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
        "from interview_coach.providers.registry import warm_up\n"
        "warm_up(['openrouter'])\n"
        "assert 'openai' in sys.modules and 'google.genai' not in sys.modules\n"
        "warm_up()\n"
        "assert 'google.genai' in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "given", "says"),
    [
        ("gemini", {}, "GEMINI_API_KEY"),
        ("gemini", {"gemini_api_key": " "}, "GEMINI_API_KEY"),
        ("gemini", {"gemini_api_key": "k", "gemini_chat_model": ""}, "COACH_GEMINI_CHAT_MODEL"),
        ("openrouter", {}, "OPENROUTER_API_KEY"),
        ("openrouter", {"openrouter_api_key": ""}, "OPENROUTER_API_KEY"),
        ("openrouter", {"openrouter_api_key": "k", "openrouter_base_url": " "}, "OPENROUTER_BASE_URL"),
        ("somebody", {}, "gemini and openrouter"),
    ],
)
def test_what_is_missing_is_named(name: str, given: dict[str, str], says: str) -> None:
    with pytest.raises(NotConfigured, match=says):
        make_provider(name, Settings(**given), ignore)


def test_a_server_of_ones_own_needs_no_key() -> None:
    made = make_provider("openrouter", Settings(openrouter_base_url="http://127.0.0.1:11434/v1"), ignore)
    assert made.name == "openrouter"
    assert made.chat is not None
    assert made.chat.provider == "openrouter"


def test_every_name_makes_a_chat_of_that_name() -> None:
    for name in NAMES:
        made = make_provider(name, Settings(gemini_api_key="k", openrouter_api_key="k"), ignore)
        assert made.chat is not None
        assert (made.name, made.chat.provider) == (name, name)


def test_threads_reach_a_provider_over_the_one_loop(bench: Bench) -> None:
    seen: queue.Queue[Usage] = queue.Queue()
    made = make_provider(bench.kind, settings(bench), seen.put)
    chat = made.chat
    assert chat is not None
    try:
        assert loop.call(chat.reply(BRIEF), timeout=PATIENCE).text
        said: list[str] = []
        threads = [
            threading.Thread(target=lambda: said.append("".join(loop.stream(chat.stream(BRIEF))))) for _ in range(6)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(said) == 6
        assert all(said)

        bench.server.default = behaviours.hang_after
        words = loop.stream(chat.stream(BRIEF))
        assert next(words)
        words.close()
        assert bench.asked[-1].disconnected.wait(PATIENCE), "a browser that leaves ends the request to the vendor"
        assert [seen.get(timeout=PATIENCE).outcome for _ in range(8)] == ["ok"] * 7 + ["cancelled"]
    finally:
        loop.call(close(made), timeout=PATIENCE)


def test_fifty_hung_calls_leave_no_thread_and_no_socket(bench: Bench) -> None:
    bench.server.default = behaviours.hang
    made = make_provider(bench.kind, settings(bench), ignore, patience=Patience(first=0.3, total=0.3, tries=1))

    async def work() -> int:
        assert made.chat is not None
        before = len(asyncio.all_tasks())
        ends = await asyncio.gather(*(made.chat.reply(BRIEF) for _ in range(50)), return_exceptions=True)
        assert {type(end) for end in ends} == {Unavailable}
        await close(made)
        return len(asyncio.all_tasks()) - before

    assert asyncio.run(work()) == 0
    assert all(asked.disconnected.wait(PATIENCE) for asked in bench.asked)


def test_a_provider_without_connections_can_be_closed() -> None:
    asyncio.run(close(make_provider("gemini", Settings(gemini_api_key="k"), ignore)))
