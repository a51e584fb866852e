"""The stand-in itself, where it once failed a test that it should only have served."""

import gc
import json
import socket
import threading

from tests.fakes.gemini_live_server import FakeGeminiLive
from tests.fakes.gemini_server import FakeGemini
from tests.fakes.vendor import Exchange
from tests.patience import PATIENCE


def test_an_answer_reaches_a_client_that_has_sent_its_last_byte() -> None:
    """Nothing but the stand-in holds the work for such a client: when rubbish was collected, it went too."""
    asked, ended, collected = threading.Event(), threading.Event(), threading.Event()

    def slow(exchange: Exchange) -> None:
        asked.set()
        assert exchange.gone(PATIENCE)
        ended.set()
        assert collected.wait(PATIENCE)
        exchange.answer("At last.")

    body = json.dumps({"contents": [{"role": "user", "parts": [{"text": "Well?"}]}]}).encode()
    head = f"POST /v1beta/models/some:generateContent HTTP/1.1\r\nHost: here\r\nContent-Length: {len(body)}\r\n\r\n"
    with (
        FakeGeminiLive(rest=FakeGemini(slow)) as live,
        socket.create_connection(("127.0.0.1", live.port), PATIENCE) as client,
    ):
        client.sendall(head.encode() + body)
        assert asked.wait(PATIENCE)
        client.shutdown(socket.SHUT_WR)
        assert ended.wait(PATIENCE)
        gc.collect()
        collected.set()
        got = b"".join(iter(lambda: client.recv(65_536), b""))
    assert b"At last." in got
