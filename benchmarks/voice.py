"""Live calls beside a bare relay: added latency, lost frames, CPU, memory, threads, the largest N, what is left over.

    python -m benchmarks.voice [--quick] [--batch MILLISECONDS] [--profile]

Both are one process pinned to the first core and hold the same number of calls, one after the other in one run; the
people and the vendor (TLS; sound for sound, with the times of each frame in it) are on the second. Real-time priority
is asked for (root), so that other work on the machine does not become our latency.

Added latency = from sending a frame to getting the vendor's sound for it, less the time at the vendor. With --batch our
side holds frames back to send several at a time; then it is told twice: with that wait, and (the last frame of each
message) without.
"""

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.chaos import CV, JOB, call, free_port
from tests.fakes.gemini_live_server import certify

P99_MS, RATIO, THREADS, MEMORY_MIB, RESAMPLING_MS, STOP_MS = 5.0, 0.6, 3.0, 1.0, 20.0, 50.0
AT = (1, 20, 40)
STEPS = (60, 80, 100, 130, 160, 200, 250, 300, 360, 430)
OURS, OTHERS = 0, 1
"""Cores."""
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Process:
    """One that was started, and what the kernel knows of it."""

    popen: "subprocess.Popen[str]"
    port: int = 0

    def tree(self) -> list[int]:
        """It and its children."""
        found = [self.popen.pid]
        for pid in found:
            with suppress(OSError):
                found += [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return found

    def cpu(self) -> float:
        """Seconds."""
        total = 0
        for pid in self.tree():
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
        return total / TICKS

    def by_thread(self) -> list[tuple[float, int]]:
        """Seconds of CPU and id of each thread of the process that does the work."""
        found = []
        for task in Path(f"/proc/{self.tree()[-1]}/task").iterdir():
            with suppress(OSError):
                fields = (task / "stat").read_text().rsplit(")", 1)[1].split()
                found.append(((int(fields[11]) + int(fields[12])) / TICKS, int(task.name)))
        return found

    def status(self, name: str) -> int:
        """Of the process that does the work: the last of the tree."""
        lines = Path(f"/proc/{self.tree()[-1]}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith(f"{name}:")).split()[1])

    def order(self, **what: Any) -> dict[str, Any]:
        assert self.popen.stdin is not None and self.popen.stdout is not None
        self.popen.stdin.write(json.dumps(what) + "\n")
        self.popen.stdin.flush()
        found: dict[str, Any] = json.loads(self.popen.stdout.readline())
        if "error" in found:
            raise RuntimeError(found["error"])
        return found


@contextmanager
def started(module: str, *arguments: object, env: dict[str, str] | None = None, port: int = 0) -> Iterator[Process]:
    """A process that prints its port, unless it is known."""
    popen = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", f"benchmarks.voice_bench.{module}", *map(str, arguments)],
        env={**os.environ, **(env or {})},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    found = Process(popen, port)
    try:
        if module in ("vendor", "relay"):
            assert popen.stdout is not None
            found.port = int(popen.stdout.readline())
        yield found
    finally:
        with suppress(ProcessLookupError):
            os.killpg(popen.pid, 9)
        popen.wait()


@dataclass
class Row:
    """One window of one way."""

    way: str
    calls: int
    p50: float
    p99: float
    last50: float
    last99: float
    lost: int
    frames: int
    us: float
    """Of CPU per frame, both directions."""
    mib: float
    threads: float
    kept_up: bool

    @property
    def holds(self) -> bool:
        return self.p99 < STOP_MS and self.lost == 0 and self.kept_up


@dataclass
class Way:
    """Something between people and the vendor."""

    name: str
    process: Process
    talkers: Process
    paths: list[str]
    header: bool
    hello: bool
    seconds: float
    settle: Callable[[], object] = lambda: None
    rows: list[Row] = field(default_factory=list)
    base: tuple[int, int] = (0, 0)

    def _line(self) -> dict[str, Any]:
        return {"port": self.process.port, "paths": self.paths, "header": self.header, "hello": self.hello}

    def warm(self) -> None:
        """One call, so that nothing is loaded for the first time while it is measured."""
        self.talkers.order(do="grow", count=1, **self._line())
        self.talkers.order(do="measure", seconds=2.0)  # sound is looked at every two seconds
        self.drop()
        time.sleep(0.5)  # what ends with the connection ends
        self.base = self.process.status("VmRSS"), self.process.status("Threads")

    def drop(self) -> None:
        self.talkers.order(do="grow", count=0, **self._line())

    def measure(self, calls: int, *, again: bool = True) -> Row:
        self.talkers.order(do="grow", count=calls, **self._line())
        time.sleep(0.7)  # the newest connections settle
        self.settle()
        cpu, began = self.process.cpu(), time.monotonic()
        found = self.talkers.order(do="measure", seconds=self.seconds)
        used, took = self.process.cpu() - cpu, time.monotonic() - began
        memory, threads = (
            self.process.status(name) - base for name, base in zip(("VmRSS", "Threads"), self.base, strict=True)
        )
        row = Row(
            self.name,
            calls,
            found["p50"],
            found["p99"],
            found["last50"],
            found["last99"],
            found["lost"] + 50 * found["gone"],
            found["frames"],
            used / (took * 50 * calls) * 1e6,
            memory / 1024 / calls,
            threads / calls,
            found["frames"] > 0.97 * found["wanted"],
        )
        if again and not row.holds:  # once more: the host may have taken the time away
            return self.measure(calls, again=False)
        self.rows.append(row)
        print(
            f"{row.way:<22} {row.calls:>4} {row.p50:>7.2f} {row.p99:>8.2f} {row.last50:>8.2f} {row.last99:>8.2f} "
            f"{row.lost:>5} {row.us:>6.0f} {row.mib:>7.2f} {row.threads:>6.2f}" + ("" if row.holds else "  too many"),
            flush=True,
        )
        return row

    def holds(self, calls: int) -> bool:
        """False also when so many cannot even be put through."""
        try:
            return self.measure(calls).holds
        except RuntimeError as error:
            print(f"{self.name:<22} {calls:>4}  {error}", flush=True)
            return False

    def largest(self, steps: tuple[int, ...]) -> int:
        """The largest N that holds, to about a tenth; what was measured before counts."""
        best = max((row.calls for row in self.rows if row.holds), default=0)
        for step in steps:
            if not self.holds(step):
                middle = (best + step) // 2
                if middle - best > 8 and self.holds(middle):
                    best = middle
                break
            best = step
        return best


def interviews(port: int, count: int) -> list[str]:
    """Paths of calls, each of its own interview."""
    found = []
    for who in range(count):
        body = {"cv_text": CV.format(who=who), "job_text": JOB.format(who=who), "provider": "gemini"}
        status, made = call(port, "POST", "/interviews", body)
        assert status == 201, made
        found.append(f"/interviews/{made['id']}/live")
    return found


def get(port: int, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    text = connection.getresponse().read().decode()
    connection.close()
    return text


@contextmanager
def house(folder: Path, vendor: Process, cafile: Path, batch: int) -> Iterator[Process]:
    """The application, healthy."""
    port = free_port()
    env = {
        "COACH_DATA_DIR": str(folder / "data"),
        "COACH_PROVIDER": "gemini",
        "COACH_LIMIT_INTERVIEWS": "",
        "COACH_MOST_CALLS": "200",
        "COACH_MOST_CALLS_PER_PERSON": "200",
        "COACH_LIMIT_CALLS": "",
        "GEMINI_API_KEY": "a-key-of-nobody-at-all",
        "GOOGLE_GEMINI_BASE_URL": f"http://127.0.0.1:{vendor.port}",
        "SSL_CERT_FILE": str(cafile),
    }
    with started("house", port, OURS, batch, env=env, port=port) as process:
        deadline = time.monotonic() + 60
        while call(port, "GET", "/healthz")[0] != 200:
            assert time.monotonic() < deadline and process.popen.poll() is None, "it did not start"
            time.sleep(0.05)  # a poll of another process, bounded by the deadline above
        yield process


def resampling() -> tuple[float, float, float]:
    """48 to 16 kHz in frames of 20 ms: milliseconds that a sample leaves after the end of its own frame, mean and most,
    with the delay of the filter itself; microseconds of CPU for a frame."""
    import numpy as np

    from interview_coach.voice.audio import Resampler

    click = 48_000
    sound = np.zeros(2 * 48_000, "<i2")
    sound[click] = 30_000
    resampler, out, ends = Resampler(48_000), [], []
    began = time.process_time()
    for at in range(0, len(sound), 960):
        out.append(np.frombuffer(resampler.feed(sound[at : at + 960].tobytes()), "<i2"))
        ends.append(sum(map(len, out)))
    cost = (time.process_time() - began) / len(out) * 1e6
    whole = np.concatenate(out).astype(float)
    centre = float((np.arange(len(whole)) * whole**2).sum() / (whole**2).sum())
    filtered = (centre - click / 3) / 16
    waits = [
        (next(frame for frame, end in enumerate(ends) if end > sample) - sample // 320) * 20.0
        for sample in range(3200, 24_000)
    ]
    return statistics.mean(waits) + filtered, max(waits) + filtered, cost


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="under a minute; no search for the largest N")
    parser.add_argument("--batch", type=int, default=20, help="milliseconds sent together (default 20)")
    parser.add_argument("--profile", action="store_true", help="also where the event loop spends its time at 40 calls")
    options = parser.parse_args()
    if not hasattr(os, "sched_setaffinity") or (os.cpu_count() or 1) < 2:
        print("This needs Linux and two cores.")
        return 2
    verdicts: list[tuple[bool, str]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        certificate, key = folder / "ca.pem", folder / "ca.key"
        certify(certificate, key)
        with (
            started("vendor", certificate, key, OTHERS) as vendor,
            started("talkers", OTHERS) as talkers,
            started("relay", vendor.port, certificate, OURS) as relay,
            house(folder, vendor, certificate, options.batch * 32) as ours,
        ):
            measured(options, talkers, relay, ours, verdicts)
    mean, most, cost = resampling()
    print(f"resampling 48 to 16 kHz  mean {mean:.1f} ms, most {most:.1f} ms, {cost:.1f} us a frame")
    verdicts.append((round(most, 1) <= RESAMPLING_MS, f"resampling delay {most:.1f} ms (at most {RESAMPLING_MS:.0f})"))
    for passed, words in verdicts:
        print(f"{'PASS' if passed else 'FAIL'}  {words}")
    return int(not all(passed for passed, _ in verdicts))


def measured(
    options: argparse.Namespace,
    talkers: Process,
    relay: Process,
    ours: Process,
    verdicts: list[tuple[bool, str]],
) -> None:
    seconds = 1.5 if options.quick else 3.0
    paths = interviews(ours.port, 40 if options.quick else 200)
    bare = Way("bare relay", relay, talkers, ["/"], header=False, hello=False, seconds=seconds)

    def through(name: str, paths: list[str], *, hello: bool = False) -> Way:
        return Way(name, ours, talkers, paths, True, hello, seconds, settle=lambda: get(ours.port, "/settle"))

    calls = through("call", paths, hello=True)
    socket, sdk = through("our socket, echo", ["/echo"]), through("our socket + SDK", ["/sdk"])
    print(f"{'':<22}    N  p50 ms   p99 ms (last frame: 50   99)  lost us/frm MiB/call thr/call")
    print(f"(the microphone is sent in pieces of {options.batch} ms by ours, of 20 by the relay)")
    largest: dict[str, int] = {}
    for way in (bare, calls):
        way.warm()
        for count in AT:
            way.measure(count)
        if options.profile and way is calls:
            tell_threads(ours)
            print(get(ours.port, "/profile?seconds=4"))
        if not options.quick:
            largest[way.name] = way.largest(tuple(step for step in STEPS if way is bare or step <= len(paths)))
        way.drop()
        time.sleep(1.0)  # what ends with the connections ends
    for way in (socket, sdk):
        way.warm()
        way.measure(40)
        way.drop()
        time.sleep(0.5)
    bare.measure(40)  # once more: has the machine changed meanwhile?
    bare.drop()
    reference, found = (next(row for row in way.rows if row.calls == 40) for way in (bare, calls))
    added = found.p99 - reference.p99
    verdicts.append((found.p99 <= P99_MS, f"added latency p99 {found.p99:.2f} ms at 40 calls (at most {P99_MS:.0f})"))
    verdicts.append(
        (
            found.last99 <= P99_MS,
            f"  the same without the wait for a full piece: {found.last99:.2f} ms; relay {added:+.2f}",
        )
    )
    verdicts.append(
        (sum(row.lost for row in calls.rows if row.calls in AT) == 0, "no frame lost at 1, 20 and 40 calls")
    )
    verdicts.append((found.threads <= THREADS, f"{found.threads:.2f} threads per call (at most {THREADS:.0f})"))
    verdicts.append((found.mib <= MEMORY_MIB, f"{found.mib:.2f} MiB per call (at most {MEMORY_MIB:.0f})"))
    if not options.quick:
        ratio = largest["call"] / max(1, largest["bare relay"])
        words = f"largest N {largest['call']} of the relay's {largest['bare relay']}: {ratio:.2f} (at least {RATIO})"
        verdicts.append((ratio >= RATIO, words))
    verdicts.append(left(options, ours, calls))


def tell_threads(ours: Process) -> None:
    """Which threads use the core."""
    before = {thread: cpu for cpu, thread in ours.by_thread()}
    time.sleep(4.0)  # what is looked at
    used = sorted(((cpu - before.get(thread, 0.0)) / 4.0 for cpu, thread in ours.by_thread()), reverse=True)
    busy = ", ".join(f"{share:.0%}" for share in used[:4])
    print(f"threads, share of the core: {busy}; all others {sum(used[4:]):.0%}")


def left(options: argparse.Namespace, ours: Process, calls: Way) -> tuple[bool, str]:
    """What 200 calls that were cut off leave behind after a second. A pool may have grown by them: what is left behind
    is left behind again by the next 200."""
    count = 40 if options.quick else 200
    line = calls._line()
    calls.talkers.order(do="drop", count=80, at_once=40, **line)  # so that pools have what they keep
    time.sleep(1.0)
    done, after, more = dropped(calls, count, line, ours)
    if more:
        done, after, more = dropped(calls, count, line, ours)
    print(
        f"connected and dropped  {done}; threads {after['native']}, descriptors {after['descriptors']}, "
        f"tasks {sum(after['tasks'].values())}, calls {after['calls']}; more than before: {more or 'nothing'}"
    )
    return (
        not more and done == count,
        f"left 1 s after {done} of {count} connections that were dropped: {more or 'nothing'}",
    )


def dropped(calls: Way, count: int, line: dict[str, Any], ours: Process) -> tuple[int, dict[str, Any], dict[str, int]]:
    """How many calls could be made and cut off, what the process holds afterwards, and what of it it did not before."""
    before = json.loads(get(ours.port, "/inside"))
    done = calls.talkers.order(do="drop", count=count, at_once=10, **line)["cycles"]
    time.sleep(1.0)  # the second of the target
    after = json.loads(get(ours.port, "/inside"))
    more = {
        name: after[name] - before[name] for name in ("native", "descriptors", "calls") if after[name] > before[name]
    }
    for name in ("threads", "tasks"):
        more |= {key: n - before[name].get(key, 0) for key, n in after[name].items() if n > before[name].get(key, 0)}
    return done, after, more


if __name__ == "__main__":
    sys.exit(main())
