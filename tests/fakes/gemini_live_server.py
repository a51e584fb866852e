"""Gemini's Live wire: TLS, a WebSocket, `BidiGenerateContent`, and an interviewer who keeps to a script.

In a test: `with FakeGeminiLive(Script.of([...], [...])) as live:`, GOOGLE_GEMINI_BASE_URL = `live.url`, SSL_CERT_FILE =
`live.cafile`. By hand: `python -m tests.fakes.gemini_live_server --script file.json`, which prints both.

It is as strict as the real one is known to be: the path, the key, the model, fields that a model does not take, a
null handle, activities under automatic detection, a handle while its connection is still open.
"""

import argparse
import asyncio
import base64
import datetime
import functools
import ipaddress
import json
import re
import signal
import socket
import ssl
import struct
import subprocess
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

import numpy as np
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from tests.fakes.gemini_live_script import CHUNK, RATE, Connect, Script, Turn, Utterance, tone
from tests.fakes.vendor import FakeVendor
from tests.patience import PATIENCE

_PATH = re.compile(r"/+ws/google\.ai\.generativelanguage\.(v1|v1beta|v1alpha)\.GenerativeService\.BidiGenerateContent")
_MODEL = re.compile(r"models/gemini-[\w.-]*(?:live|native-audio)[\w.-]*")
_SETUP = {
    "model", "generationConfig", "systemInstruction", "tools", "realtimeInputConfig", "sessionResumption",
    "contextWindowCompression", "inputAudioTranscription", "outputAudioTranscription", "proactivity", "historyConfig",
}  # fmt: skip
BAD_KEY = (1007, "API key not valid. Please pass a valid API key.")
REFUSED_HANDLE = (1008, "session not found")
STILL_OPEN = (1011, "The session is still in use by another connection.")
QUOTA = (1011, "You exceeded your current quota, please check your plan and billing details.")
LOUD = 500.0
"""Root mean square of a window of speech; about -36 dBFS."""
WINDOW = 320
"""Samples at 16 kHz: 20 ms."""


@dataclass
class Talk:
    """A conversation, which may span connections."""

    turn: int = 0
    utterance: int = 0
    open: int = 0
    """Connections that hold it now."""


@dataclass
class Got:
    """One connection as the vendor sees it."""

    path: str
    headers: dict[str, str]
    opened: float
    setup: dict[str, Any] = field(default_factory=dict)
    """As it came."""
    read: dict[str, Any] = field(default_factory=dict)
    """With all names in camel case."""
    inputs: list[tuple[str, Any]] = field(default_factory=list)
    """All that came after the setup, in order: ("audio", bytes), ("text", str), ("activityStart", {}), ..."""
    closed: float | None = None
    code: int | None = None
    """Of the client's close frame; None when there was none."""
    interrupted: int = 0
    interrupted_at: float | None = None
    """By the clock on the wall, just before the last interruption was told."""
    resumed: bool = False

    @property
    def handle(self) -> str | None:
        handle: str | None = self.read.get("sessionResumption", {}).get("handle")
        return handle

    @property
    def audio(self) -> bytes:
        return b"".join(value for kind, value in self.inputs if kind == "audio")

    @property
    def texts(self) -> list[str]:
        return [value for kind, value in self.inputs if kind == "text"]

    @property
    def client_content(self) -> list[dict[str, Any]]:
        return [value for kind, value in self.inputs if kind == "clientContent"]

    def kinds(self) -> list[str]:
        """Kinds of input in order, repetitions left out."""
        kinds = [kind for kind, _ in self.inputs]
        return [kind for at, kind in enumerate(kinds) if at == 0 or kinds[at - 1] != kind]


class FakeGeminiLive:
    """On 127.0.0.1, on a thread and a loop of its own. All methods may be called from any thread.

    With `rest`, a stand-in for the text wire, both are reached at one address, as with the real one.
    """

    def __init__(
        self,
        script: Script | None = None,
        *,
        port: int = 0,
        keys: set[str] | None = None,
        versions: tuple[str, ...] = ("v1beta",),
        rest: FakeVendor | None = None,
        each: bool = False,
        cafile: Path | None = None,
    ) -> None:
        self.script = script or Script()
        self.keys = keys
        """The keys that are known; None = any."""
        self.versions = versions
        self.sessions: list[Got] = []
        self.said: list[str] = []
        """Turns that were said, as far as they were said."""
        self.refuse_handles = 0
        """How many of the next handles are not known any more."""
        self.refusal = REFUSED_HANDLE
        self.handles: dict[str, tuple[Talk, int]] = {}
        """With the turn that comes next: what was said after a handle is forgotten by who resumes from it."""
        self.connects = deque(self.script.connects)
        self._rest = rest
        self._talk = None if each else Talk()
        """The one conversation that every connection goes on with; None = each has its own."""
        self._folder = tempfile.TemporaryDirectory()
        self.cafile = cafile or Path(self._folder.name, "ca.pem")
        self._keyfile = self.cafile.with_suffix(".key")
        if not self._keyfile.exists():
            certify(self.cafile, self._keyfile)
        self._sock = socket.create_server(("127.0.0.1", port), backlog=128)
        self.port: int = self._sock.getsockname()[1]
        self.lines: list[_Line] = []
        self._passing: set[asyncio.Task[None]] = set()
        """Held here: once a client has sent its last byte, nothing else holds a task that reads a stream."""
        self._loop = asyncio.new_event_loop()
        self._stopping: asyncio.Event | None = None
        self._ready = threading.Event()
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._work, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    # For tests

    def start(self) -> Self:
        if self._rest is not None:
            self._rest.start()
        self._thread.start()
        assert self._ready.wait(PATIENCE)
        return self

    def stop(self) -> None:
        assert self._stopping is not None
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()
        self._loop.close()
        self._folder.cleanup()
        if self._rest is not None:
            self._rest.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def wait_for(self, seen: Callable[[Self], object], seconds: float = PATIENCE) -> None:
        """Until `seen` is true of this. Raises AssertionError after so many seconds."""
        with self._changed:
            assert self._changed.wait_for(lambda: seen(self), seconds), "it did not come to that"

    def wait_until_left(self) -> None:
        """Until all that its clients did is on record: who has closed a connection is done before this is."""
        self.wait_for(lambda server: not server.lines)

    def drop(self) -> None:
        """Reset the TCP connections that are open."""
        self._on_each(lambda line: line.reset())

    def close(self, code: int, reason: str = "") -> None:
        self._on_each(lambda line: line.spawn(line.ws.close(code, reason)))

    def go_away(self, seconds: float, then: str = "close") -> None:
        """Announce the end, then close after so many seconds, or (`silent`) say nothing more and stay open."""
        self._on_each(lambda line: line.spawn(line.go_away(seconds, then)))

    def send(self, message: dict[str, Any] | bytes) -> None:
        """Any message, at once."""
        self._on_each(lambda line: line.spawn(line.send(message)))

    def _on_each(self, do: Callable[["_Line"], object]) -> None:
        done = threading.Event()

        def work() -> None:
            for line in list(self.lines):
                do(line)
            done.set()

        self._loop.call_soon_threadsafe(work)
        assert done.wait(PATIENCE)

    # The server's thread

    def tell(self) -> None:
        """Wake those who wait."""
        with self._changed:
            self._changed.notify_all()

    def talk(self) -> Talk:
        return self._talk or Talk()

    def _work(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        self._stopping = asyncio.Event()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.cafile, self._keyfile)
        mux = None if self._rest is None else await asyncio.start_server(self._either, sock=self._sock)
        where: dict[str, Any] = {"host": "127.0.0.1", "port": 0} if mux else {"sock": self._sock}
        how: dict[str, Any] = {"ping_interval": None, "close_timeout": 0.5, "max_size": 4 * 2**20, "max_queue": None}
        async with serve(self._handle, ssl=context, process_request=self._admit, **where, **how) as server:
            self._inner = _port(server)
            self._ready.set()
            await self._stopping.wait()
            for line in list(self.lines):
                line.reset()
        if mux is not None:
            mux.close()
        while others := asyncio.all_tasks() - {asyncio.current_task()}:  # one that ends may begin another
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            await asyncio.sleep(0)  # for transports to let go of their sockets

    async def _either(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """TLS goes to this server, plain HTTP to the other: the first byte tells."""
        task: asyncio.Task[None] | None = asyncio.current_task()
        assert task is not None
        self._passing.add(task)
        task.add_done_callback(self._passing.discard)
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            first = await reader.readexactly(1)
            assert self._rest is not None
            port = self._inner if first == b"\x16" else self._rest.port
            there, back = await asyncio.open_connection("127.0.0.1", port)
            try:
                back.write(first)
                await asyncio.gather(_pump(reader, back), _pump(there, writer), return_exceptions=True)
            finally:
                back.transport.abort()
        writer.transport.abort()

    def _admit(self, ws: ServerConnection, request: Request) -> Response | None:
        found = _PATH.fullmatch(request.path)
        if found is None or found.group(1) not in self.versions:
            return ws.respond(404, "no such method\n")
        how = self.connects.popleft() if self.connects else Connect()
        ws.how = how  # type: ignore[attr-defined]
        return ws.respond(how.reject, "not now\n") if how.reject else None

    async def _handle(self, ws: ServerConnection) -> None:
        assert ws.request is not None
        headers = {name.lower(): value for name, value in ws.request.headers.raw_items()}
        got = Got(ws.request.path, headers, time.monotonic())
        line = _Line(self, ws, got)
        self.lines.append(line)
        try:
            await line.serve(ws.how)  # type: ignore[attr-defined]
        except (ConnectionClosed, OSError):
            pass
        finally:
            await line.end()
            self.lines.remove(line)
            self.tell()


class _Refuse(Exception):
    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class _Line:
    """One connection."""

    def __init__(self, server: FakeGeminiLive, ws: ServerConnection, got: Got) -> None:
        self.server = server
        self.ws = ws
        self.got = got
        self.talk: Talk | None = None
        self.deaf = False
        self._tasks: set[asyncio.Task[Any]] = set()
        self._speaking: asyncio.Task[None] | None = None
        self._in_turn = False
        """Something of the interviewer's turn is still to come, and may be interrupted."""
        self._asked = 0
        """Turns that the interviewer still owes."""
        self._history = False
        """Client content is history, and not yet complete."""
        self._late: Utterance | None = None
        # Of the person's speech, in windows of 20 ms by the clock of the sound
        self._rest_of_window = b""
        self._loud = 0
        self._quiet = 0
        self._in_speech = False
        self._manual = False
        self._interrupts = True
        self._needed, self._patience = 5, 40

    def spawn(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def reset(self) -> None:
        raw = self.ws.transport.get_extra_info("socket")
        if raw is None:  # gone already
            return
        with suppress(OSError):
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.ws.transport.abort()

    async def end(self) -> None:
        if self.talk is not None:
            self.talk.open -= 1
            if self._late is not None:
                self.talk.utterance -= 1  # what was never transcribed is transcribed when it is said again
        self.got.code = self.ws.protocol.close_rcvd.code if self.ws.protocol.close_rcvd else None
        self.got.closed = time.monotonic()
        tasks = [*self._tasks, *([self._speaking] if self._speaking else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def send(self, message: dict[str, Any] | bytes) -> None:
        """The service answers with binary frames that hold JSON."""
        if not self.deaf:
            await self.ws.send(message if isinstance(message, bytes) else json.dumps(message).encode())

    async def content(self, **fields: Any) -> None:
        await self.send({"serverContent": fields})

    async def go_away(self, seconds: float, then: str) -> None:
        await self.send({"goAway": {"timeLeft": f"{seconds:g}s"}})
        if then == "silent":
            await self._idle()
            self.deaf = True
            return
        await asyncio.sleep(seconds)
        await self.ws.close(1011, "Deadline expired before operation could complete.")

    async def _idle(self) -> None:
        if self._speaking is not None and self._speaking is not asyncio.current_task():
            await asyncio.wait([self._speaking])

    # Set-up

    async def serve(self, how: Connect) -> None:
        first = camel(json.loads(raw := await self.ws.recv()))
        self.got.setup = json.loads(raw).get("setup", {})
        self.got.read = first.get("setup", {})
        self.server.sessions.append(self.got)
        self.server.tell()
        try:
            if set(first) != {"setup"}:
                raise _Refuse(1007, "setup must be the first message and only the first")
            if how.close is not None:
                raise _Refuse(*how.close)
            self._check(self.got.read)
            talk = self._resume(self.got.handle)
        except _Refuse as refused:
            await self.ws.close(refused.code, refused.reason[:123])
            return
        talk.open += 1
        self.talk = talk
        await asyncio.sleep(how.delay)
        if how.drop:
            self.reset()
            return
        if how.never:
            await self.ws.wait_closed()
            return
        if how.first is not None:
            await self.send(how.first)
        else:
            await self.send({"setupComplete": {}})
        async for message in self.ws:
            await self._take(camel(json.loads(message)))

    def _check(self, setup: dict[str, Any]) -> None:
        if self.server.keys is not None and self.got.headers.get("x-goog-api-key") not in self.server.keys:
            raise _Refuse(*BAD_KEY)
        for name in sorted(set(setup) - _SETUP):
            message = f"Invalid JSON payload received. Unknown name \"{name}\" at 'setup': Cannot find field."
            raise _Refuse(1007, message)
        model = setup.get("model", "")
        if not _MODEL.fullmatch(model):
            message = f"{model} is not found for API version v1beta, or is not supported for bidiGenerateContent."
            raise _Refuse(1008, message)
        generation = setup.get("generationConfig", {})
        if generation.get("responseModalities") != ["AUDIO"]:
            raise _Refuse(1007, "Cannot extract voices from a non-audio request.")
        if "handle" in setup.get("sessionResumption", {}) and not isinstance(self.got.handle, str):
            raise _Refuse(1007, "Request contains an invalid argument.")
        if not re.search(r"gemini-2\.5", model):
            for name in ("enableAffectiveDialog", "proactivity"):
                if name in generation or name in setup:
                    raise _Refuse(1007, f"{name} is not supported by this model.")
        if model == "models/gemini-3.8-live" and "thinkingConfig" in generation:
            raise _Refuse(1007, "thinkingConfig is not supported by this model.")
        listening = setup.get("realtimeInputConfig", {})
        detection = listening.get("automaticActivityDetection", {})
        self._manual = bool(detection.get("disabled"))
        self._interrupts = listening.get("activityHandling") != "NO_INTERRUPTION"
        self._needed = max(1, round(detection.get("prefixPaddingMs", 20) / 20))
        self._patience = max(1, round(detection.get("silenceDurationMs", 800) / 20))
        self._history = bool(setup.get("historyConfig", {}).get("initialHistoryInClientContent"))

    def _resume(self, handle: str | None) -> Talk:
        if handle is None:
            return self.server.talk()
        if self.server.refuse_handles:
            self.server.refuse_handles -= 1
            raise _Refuse(*self.server.refusal)
        if handle not in self.server.handles:
            raise _Refuse(*REFUSED_HANDLE)
        talk, turn = self.server.handles[handle]
        if talk.open:
            raise _Refuse(*STILL_OPEN)
        talk.turn = turn
        self.got.resumed = True
        return talk

    # What the person does

    async def _take(self, message: dict[str, Any]) -> None:
        for kind, value in message.items():
            if kind == "clientContent":
                self._note("clientContent", value)
                await self._client_content(value)
            elif kind == "realtimeInput":
                for name, what in value.items():
                    await self._realtime(name, what)
            else:
                self._note(kind, value)
        self.server.tell()

    def _note(self, kind: str, value: Any) -> None:
        self.got.inputs.append((kind, value))

    async def _client_content(self, value: dict[str, Any]) -> None:
        if self._history:
            self._history = not value.get("turnComplete")
            return
        if "gemini-3.1" in self.got.read["model"]:
            await self.ws.close(1007, "Request contains an invalid argument.")
            return
        await self._interrupt()
        if value.get("turnComplete"):
            self._reply()

    async def _realtime(self, name: str, value: Any) -> None:
        if name == "audio":
            pcm = base64.urlsafe_b64decode(value["data"].replace("+", "-").replace("/", "_"))
            self._note("audio", pcm)
            assert value["mimeType"] == "audio/pcm;rate=16000", value["mimeType"]
            assert len(pcm) % 2 == 0
            if not self.deaf:
                await self._listen(pcm)
            return
        self._note(name, base64.urlsafe_b64decode(value["data"]) if name == "video" else value)
        if name == "mediaChunks":
            await self.ws.close(1007, "realtime_input.media_chunks is deprecated. Use audio, video, or text instead.")
        elif name in {"activityStart", "activityEnd"} and not self._manual:
            reason = "Explicit activity control is not supported when automatic activity detection is enabled."
            await self.ws.close(1007, reason)
        elif self.deaf:
            return
        elif name == "text":
            await self._interrupt()
            self._reply()
        elif name == "activityStart":
            self._in_speech = True
            if self._interrupts:
                await self._interrupt()
        elif name == "activityEnd" or (name == "audioStreamEnd" and value and self._in_speech):
            self._in_speech = False
            await self._heard()

    async def _listen(self, pcm: bytes) -> None:
        if self._manual:
            return
        pcm = self._rest_of_window + pcm
        whole = len(pcm) - len(pcm) % (2 * WINDOW)
        self._rest_of_window = pcm[whole:]
        windows = np.frombuffer(pcm[:whole], "<i2").astype(np.float64).reshape(-1, WINDOW)
        for energy in np.sqrt((windows**2).mean(axis=1)):
            if energy >= LOUD:
                self._loud, self._quiet = self._loud + 1, 0
            else:
                self._loud, self._quiet = 0, self._quiet + 1
            if not self._in_speech and self._loud >= self._needed:
                self._in_speech = True
                if self._interrupts:
                    await self._interrupt()
            elif self._in_speech and self._quiet >= self._patience:
                self._in_speech = False
                await self._heard()

    async def _heard(self) -> None:
        assert self.talk is not None
        at = self.talk.utterance
        self.talk.utterance += 1
        told = self.server.script.heard
        utterance = told[at] if at < len(told) else Utterance(f"utterance {at + 1}")
        if "inputAudioTranscription" in self.got.read:
            if utterance.how == "once":
                await self.content(inputTranscription={"text": utterance.text})
            elif utterance.how == "split":
                for piece in fragments(utterance.text, 1):
                    await self.content(inputTranscription={"text": piece})
            elif utterance.how == "late":
                self._late = utterance
        self._reply()

    # What the interviewer does

    async def _interrupt(self) -> None:
        if self._speaking is None or self._speaking.done() or not self._in_turn:
            return
        self._speaking.cancel()
        await asyncio.gather(self._speaking, return_exceptions=True)
        self._asked = 0
        self.got.interrupted += 1
        self.got.interrupted_at = time.time()
        await self.content(interrupted=True)
        await self._turn_complete(Turn())

    def _reply(self) -> None:
        self._asked += 1
        if self._speaking is None or self._speaking.done():
            self._speaking = asyncio.ensure_future(self._speak())

    async def _speak(self) -> None:
        while self._asked and not self.deaf:
            self._asked -= 1
            assert self.talk is not None
            at = self.talk.turn
            turns = self.server.script.turns
            turn = turns[at] if at < len(turns) else Turn(self.server.script.rest)
            if at < len(turns):
                turns[at] = replace(turn, fault=None, go_away=None, why=None)  # nothing happens twice
            self._at, self._in_turn = at, True
            with suppress(ConnectionClosed):
                await self._say(at, turn)

    async def _say(self, at: int, turn: Turn) -> None:
        if turn.fault == "freeze":
            self.deaf = True
        if turn.fault in {"freeze", "no_answer"}:
            self.server.said.append("")
            self.server.tell()
            return
        await self.send({"sessionResumptionUpdate": {}})
        if turn.go_away is not None:
            self.spawn(self.go_away(turn.go_away, turn.then))
        self.server.said.append("")
        try:
            if turn.fault != "empty":
                await self._voice(at, turn)
                await self.content(generationComplete=True)
                await asyncio.sleep(self.server.script.playback * self._left)
        except _Cut:
            return
        await self._turn_complete(turn)
        if turn.captions == "after":
            await self._caption(turn.text)

    _left = 0.0

    async def _voice(self, at: int, turn: Turn) -> None:
        sound = b"" if turn.fault == "text_only" else turn.sound(at)
        chunks = [sound[start : start + CHUNK] for start in range(0, len(sound), CHUNK)] or [b""]
        words = fragments(turn.text, 2)
        if turn.captions == "early":
            await self._caption(*words)
        each = -(-len(words) // len(chunks))
        started = time.monotonic()
        for number, chunk in enumerate(chunks):
            if number == (len(chunks) + 1) // 2 and turn.fault is not None:
                await self._fault(turn)
            if chunk:
                data = base64.b64encode(chunk).decode()
                part = {"inlineData": {"data": data, "mimeType": f"audio/pcm;rate={RATE}"}}
                await self.content(modelTurn={"role": "model", "parts": [part]})
            if turn.fault == "text_only":
                await self.content(modelTurn={"role": "model", "parts": [{"text": turn.text}]})
            elif turn.captions == "with":
                await self._caption(*words[number * each : (number + 1) * each])
            if self._late is not None:
                late, self._late = self._late, None
                await self.content(inputTranscription={"text": late.text})
            self.server.tell()
            await asyncio.sleep(len(chunk) / 2 / RATE / self.server.script.speed)
        if turn.captions == "late":
            await self._caption(*words)
        if turn.fault == "text_only":
            self._spoken(turn.text)
        self._left = max(0.0, len(sound) / 2 / RATE - (time.monotonic() - started))
        if turn.fault == "no_turn_complete":
            self._passed(turn)
            raise _Cut

    async def _fault(self, turn: Turn) -> None:
        match turn.fault:
            case "phantom":
                await self.content(interrupted=True)
                await self._turn_complete(turn)
                raise _Cut
            case "drop":
                self.reset()
                raise _Cut
            case "close":
                await self.ws.close(turn.code, turn.reason)
                raise _Cut
            case "garbage":
                for raw in (b"\xff\xfe\x00", b'{"serverContent": {"modelTurn":', b'"', b"[1]", b'{"serverContent": 7}'):
                    await self.send(raw)
                await self.send({"error": {"code": 500, "message": "CANARY"}})
                await self.send({"serverContent": {"modelTurn": {"parts": [{"inlineData": {"data": 5}}]}}})
            case "unknown":
                await self.send({"somethingNew": {"a": [1, {"b": None}]}})
                await self.send({})
                await self.content(mood="calm", turnCompleteReason="A_NEW_REASON")
                await self.send({"toolCall": {"functionCalls": [{"id": "1", "name": "never_declared", "args": {}}]}})

    async def _caption(self, *words: str) -> None:
        for piece in words:
            self._spoken(piece)
            if "outputAudioTranscription" in self.got.read:
                await self.content(outputTranscription={"text": piece})

    def _spoken(self, piece: str) -> None:
        self.server.said[-1] += piece
        self.server.tell()

    _at = 0

    def _passed(self, turn: Turn) -> None:
        """The next one is to come, unless nothing of this was said. Not when a connection ends in the middle."""
        assert self.talk is not None
        self.talk.turn = self._at + (turn.fault != "empty")

    async def _turn_complete(self, turn: Turn) -> None:
        self._passed(turn)
        self._in_turn = False
        content: dict[str, Any] = {"turnComplete": True, "interactionStatus": "IDLE"}
        if turn.why is not None:
            content["turnCompleteReason"] = turn.why
        usage = turn.usage or {"promptTokenCount": 900, "responseTokenCount": 80, "totalTokenCount": 980}
        await self.send({"serverContent": content, "usageMetadata": usage})
        if "sessionResumption" in self.got.read:
            assert self.talk is not None
            handle = f"handle-{len(self.server.handles) + 1}"
            self.server.handles[handle] = (self.talk, self.talk.turn)
            await self.send({"sessionResumptionUpdate": {"newHandle": handle, "resumable": True}})
        self.server.tell()


class _Cut(Exception):
    """The rest of the turn does not come."""


def fragments(text: str, words: int) -> list[str]:
    """Pieces that join without a separator: all but the first carry the blank."""
    split = text.split(" ")
    groups = [" ".join(split[at : at + words]) for at in range(0, len(split), words)]
    return [group if at == 0 else f" {group}" for at, group in enumerate(groups) if group]


def camel(value: Any) -> Any:
    """Names in camel case, at every depth."""
    if isinstance(value, dict):
        return {re.sub(r"_([a-z])", lambda m: m[1].upper(), name): camel(item) for name, item in value.items()}
    return [camel(item) for item in value] if isinstance(value, list) else value


@functools.cache
def _pair() -> tuple[bytes, bytes]:
    """A certificate for 127.0.0.1, signed by itself, and its key. Made once a process."""
    try:
        return _pair_by_library()
    except ImportError:
        return _pair_by_command()


def _pair_by_library() -> tuple[bytes, bytes]:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    usage = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "crl_sign"), False
    )
    names = [x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("localhost")]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True, key_cert_sign=True, encipher_only=False, decipher_only=False, **usage
            ),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    form = serialization.PrivateFormat.PKCS8
    return made.public_bytes(pem), key.private_bytes(pem, form, serialization.NoEncryption())


def _pair_by_command() -> tuple[bytes, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        made, key = Path(folder, "cert.pem"), Path(folder, "key.pem")
        command = (
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1"
        )
        names = ["-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
        usage = ["-addext", "keyUsage=critical,digitalSignature,keyCertSign"]
        files = ["-out", str(made), "-keyout", str(key)]
        subprocess.run([*command.split(), *names, *usage, *files], check=True, capture_output=True)
        return made.read_bytes(), key.read_bytes()


def certify(cafile: Path, keyfile: Path) -> None:
    """Write a certificate for 127.0.0.1 that is its own authority, and its key."""
    made, key = _pair()
    cafile.write_bytes(made)
    keyfile.write_bytes(key)


def _port(server: Server) -> int:
    port: int = next(iter(server.sockets)).getsockname()[1]
    return port


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
        writer.write_eof()
    except (OSError, NotImplementedError):
        writer.transport.abort()


def speech(seconds: float, pause: float = 0.0) -> bytes:
    """16 kHz: something the stand-in takes for speech, then silence."""
    return tone(seconds, 220.0, rate=16_000) + bytes(2 * round(pause * 16_000))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--script", type=Path)
    parser.add_argument("--port", type=int, default=8766)
    parser.add_argument("--cafile", type=Path, help="where to write the certificate (its key beside it)")
    parser.add_argument("--rest", action="store_true", help="serve text requests at the same address")
    parser.add_argument("--each", action="store_true", help="each connection without a handle begins the script anew")
    args = parser.parse_args()
    from tests.fakes.gemini_server import FakeGemini

    script = Script.read(args.script) if args.script else Script()
    rest = FakeGemini() if args.rest else None
    live = FakeGeminiLive(script, port=args.port, rest=rest, each=args.each, cafile=args.cafile)
    with live:
        print(json.dumps({"url": live.url, "cafile": str(live.cafile)}), flush=True)
        with suppress(KeyboardInterrupt):
            signal.sigwait({signal.SIGTERM, signal.SIGINT})


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    main()
