"""Before the handshake of a call: who is let in, and how everybody else is told."""

import asyncio
import json
import sys
import threading
import types
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from flask import Flask, current_app

from interview_coach import interviewing
from interview_coach.db import db
from interview_coach.errors import Problem
from interview_coach.models import LOCAL_OWNER
from interview_coach.voice import socket, switchboard
from interview_coach.voice.peer import Peer, PeerGone
from interview_coach.voice.switchboard import Busy, Switchboard
from tests.patience import eventually
from tests.voice.lines import Browser, werkzeug
from tests.web.conftest import CV, JOB


class Holding:
    """Stands where the call would be held, and remembers who was put through."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []
        self.ended: list[int] = []
        self.stays = threading.Event()
        self.pinned: list[str] = []

    async def hold(self, app: Flask, owner: str, interview_id: str, peer: Peer) -> None:
        self.calls.append((owner, interview_id))
        self.pinned.append(db_state(app))
        peer.tell({"type": "ready", "call": len(self.calls)})
        try:
            while True:
                peer.tell({"type": "heard", "text": await peer.receive()})
        except PeerGone as gone:
            await asyncio.sleep(0.05)  # as long as it takes to store what was said last
            self.ended.append(gone.code)


def db_state(app: Flask) -> str:
    """How many connections to the database are in use, and whether a request can be seen."""
    with app.app_context():
        out = db.engine.pool.checkedout()  # type: ignore[attr-defined]
    return f"{out} {bool(current_app)}"


@pytest.fixture
def holding(monkeypatch: pytest.MonkeyPatch) -> Holding:
    stand_in = types.ModuleType("interview_coach.voice.call")
    holding = Holding()
    stand_in.hold = holding.hold  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, stand_in.__name__, stand_in)
    monkeypatch.setattr(socket, "_draining", threading.Event())
    return holding


@pytest.fixture
def port(app: Flask, holding: Holding) -> Iterator[int]:
    with werkzeug(app) as port:
        yield port
        assert eventually(lambda: socket.calls() == 0)


@pytest.fixture
def new(app: Flask) -> Callable[[], str]:
    """Makes an interview, gives its id."""
    return lambda: interview_in(app)


def interview_in(app: Flask) -> str:
    response = app.test_client().post(
        "/interviews",
        data={"cv_text": CV, "job_text": JOB, "force_create": "on"},
        headers={"Accept": "application/json"},
    )
    assert response.status_code == 201, response.text
    return str(response.json["id"])  # type: ignore[index]


def ring(port: int, interview_id: str, **headers: str) -> Browser:
    return Browser(port, f"/interviews/{interview_id}/live", **headers)


def refusal(browser: Browser) -> tuple[int, str]:
    """Status and code of a refusal, which is JSON with a sentence."""
    error = json.loads(browser.body())["error"]
    assert error["message"].endswith(".")
    assert "retry-after" in browser.head.lower() or browser.status not in (429, 503)
    browser.sock.close()
    return browser.status, error["code"]


def test_a_call_is_put_through_without_a_request_or_a_database_connection(
    port: int, new: Callable[[], str], holding: Holding
) -> None:
    interview = new()
    with ring(port, interview) as browser:
        assert browser.status == 101
        assert json.loads(browser.message())["type"] == "ready"
        browser.send("Good day")
        assert json.loads(browser.message())["text"] == "Good day"
        browser.close()
        browser.end()
    assert holding.calls == [(LOCAL_OWNER, interview)]
    assert holding.pinned == ["0 False"]


@pytest.mark.parametrize(
    "origin",
    ["", "null", "http://example.com", "http://127.0.0.1.example.com:{port}", "http://127.0.0.1:1",
     "https://127.0.0.1:{port}", "http://localhost:{port}", "http://127.0.0.1:{port}/", "http://user@127.0.0.1:{port}",
     "http://127.0.0.1:{port}.example.com"],
    ids=["missing", "null", "elsewhere", "look-alike", "other port", "other scheme", "other name", "path", "user",
         "suffix"],
)  # fmt: skip
def test_a_page_of_another_origin_is_refused_before_the_upgrade(
    port: int, new: Callable[[], str], holding: Holding, origin: str
) -> None:
    assert refusal(ring(port, new(), Origin=origin.format(port=port))) == (403, "FORBIDDEN")
    assert holding.calls == []


def test_an_address_that_points_here_under_a_foreign_name_is_refused(
    port: int, new: Callable[[], str], holding: Holding
) -> None:
    browser = ring(port, new(), Host=f"evil.test:{port}", Origin=f"http://evil.test:{port}")
    assert browser.status == 400
    browser.sock.close()
    assert holding.calls == []


def test_what_is_unknown_somebody_elses_or_finished_is_refused(
    port: int, new: Callable[[], str], holding: Holding, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    interview = new()
    assert refusal(ring(port, "0" * 20)) == (404, "INTERVIEW_NOT_FOUND")
    with ring(port, "%00") as browser:
        assert browser.status == 404
    with monkeypatch.context() as other:
        other.setattr("interview_coach.web.live.owner", lambda: "somebody-else")
        assert refusal(ring(port, interview)) == (404, "INTERVIEW_NOT_FOUND")
    with app.app_context(), suppress(Problem):
        interviewing.next_question(LOCAL_OWNER, interview)
        interviewing.finish(LOCAL_OWNER, interview)
    assert refusal(ring(port, interview)) == (409, "INTERVIEW_ALREADY_COMPLETED")
    assert holding.calls == []


@pytest.mark.parametrize("header", [{"Sec_WebSocket_Key": "short"}, {"Sec_WebSocket_Version": "8"}])
def test_a_broken_handshake_is_refused_and_no_error_of_ours(
    port: int, new: Callable[[], str], holding: Holding, header: dict[str, str]
) -> None:
    assert refusal(ring(port, new(), **header)) == (400, "BAD_REQUEST")


def test_a_plain_request_is_no_call(app: Flask, new: Callable[[], str], holding: Holding) -> None:
    assert app.test_client().get(f"/interviews/{new()}/live").status_code == 400
    assert holding.calls == []


def test_two_calls_of_one_person_and_then_no_third(
    app: Flask, port: int, new: Callable[[], str], holding: Holding
) -> None:
    first, second = ring(port, new()), ring(port, new())
    assert (first.status, second.status) == (101, 101)
    third = new()
    assert refusal(ring(port, third)) == (429, "TOO_MANY_CALLS")
    first.message()
    first.close()
    first.end()
    first.sock.close()

    assert eventually(lambda: len(app.extensions["switchboard"]) == 1)  # not by dialling: that is limited, too
    with ring(port, third) as browser:
        assert browser.status == 101
    second.sock.close()


def test_no_more_calls_than_the_operator_wants(make_app: Callable[..., Flask], holding: Holding) -> None:
    app = make_app(most_calls=1)
    first, second = interview_in(app), interview_in(app)
    with werkzeug(app) as port:
        with ring(port, first) as browser:
            assert browser.status == 101
            assert refusal(ring(port, second)) == (503, "CALLS_FULL")
        assert eventually(lambda: socket.calls() == 0)


def test_a_process_that_stops_takes_no_call(port: int, new: Callable[[], str], holding: Holding) -> None:
    interview = new()
    socket.drain(1)
    assert refusal(ring(port, interview)) == (503, "CALLS_FULL")


def test_dialling_without_end_is_slowed_down(make_app: Callable[..., Flask], holding: Holding) -> None:
    app = make_app(limit_calls="5/hour")  # however slow the machine is
    interview = interview_in(app)
    with werkzeug(app) as port:
        for _ in range(5):
            browser = ring(port, interview)
            assert browser.status == 101
            browser.reset()
        assert refusal(ring(port, interview)) == (429, "RATE_LIMIT_EXCEEDED")
        assert eventually(lambda: socket.calls() == 0)


def test_a_newer_call_of_the_same_interview_takes_the_place_of_the_old_one(
    port: int, new: Callable[[], str], holding: Holding
) -> None:
    interview = new()
    with ring(port, interview) as old:
        assert json.loads(old.message()) == {"type": "ready", "call": 1}
        with ring(port, interview) as newer:
            moved = json.loads(old.message())
            assert moved["code"] == "CALL_MOVED"
            assert old.end() == switchboard.MOVED
            assert json.loads(newer.message()) == {"type": "ready", "call": 2}
            assert holding.ended == [switchboard.MOVED], "the old call had stored what it had, before"
            newer.close()
            newer.end()


def test_a_dead_connection_does_not_keep_anybody_from_coming_back(
    port: int, new: Callable[[], str], holding: Holding
) -> None:
    """Half-open sockets are found out after tens of seconds; a person comes back at once, several times."""
    interview = new()
    sleeping = []
    for number in range(1, 5):
        browser = ring(port, interview)
        assert browser.status == 101
        assert json.loads(browser.message())["call"] == number
        sleeping.append(browser)  # and never reads or answers again
    for browser in sleeping:
        browser.sock.close()


def test_seats_are_counted_and_given_back() -> None:
    board = Switchboard(3, 2)
    ada = [board.enter("ada", "1"), board.enter("ada", "2")]
    with pytest.raises(Busy) as busy:
        board.enter("ada", "3")
    assert busy.value.own
    bob = board.enter("bob", "1")
    with pytest.raises(Busy) as busy:
        board.enter("cyd", "1")
    assert not busy.value.own
    again = board.enter("ada", "1")
    for seat in (*ada, bob, again):
        board.leave(seat)
        assert seat.ended.done()
    assert len(board) == 0
    board.enter("ada", "3")


def test_only_pages_of_a_call_may_ask_for_the_microphone(app: Flask) -> None:
    def policy(path: str) -> Any:
        return app.test_client().get(path).headers["Permissions-Policy"]

    assert "microphone=()" in policy("/")
    assert "display-capture=()" in policy("/")
    assert "microphone=(self)" in policy("/microphone")
    assert "display-capture=(self)" in policy("/microphone")
    assert "camera=()" in policy("/microphone")
