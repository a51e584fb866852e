"""Who works on an evaluation. A claim lapses when its heartbeat stops; the database decides between two who want it.

The claim is what makes the work safe over processes and hosts: whoever holds it stores, and who lost it stops before
storing anything.
"""

import hashlib
import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from interview_coach.db import now, reading, writing
from interview_coach.evaluating import rows
from interview_coach.models import Evaluation

BEAT_SECONDS = 4.0
MOST_ATTEMPTS = 8
"""Claims without a stored batch, after which an evaluation is given up: it may be what ends the processes."""

_held: set[str] = set()
"""Claims of this process."""


class Lost(Exception):
    """Another worker has the claim now."""


@cache
def _here() -> str:
    """Where a process number means one process: this start of this computer, this container. A name is not enough:
    containers of one service may share it, and all count their processes from 1."""
    said = [socket.gethostname()]
    with suppress(OSError):
        said.append(Path("/proc/sys/kernel/random/boot_id").read_text("ascii"))
    with suppress(OSError):
        said.append(str(Path("/proc/self/ns/pid").readlink()))
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:24]


def _new_worker() -> str:
    return f"{_here()}:{os.getpid()}:{secrets.token_hex(6)}"


def take(evaluation_id: str) -> str | None:
    """Claim an evaluation; None when it is done, given up, or somebody is at it."""
    worker = _new_worker()
    _held.add(worker)  # before anybody can read it in the row and find that nobody holds it
    is_taken = False
    try:
        with writing() as session:
            taken = session.execute(
                update(Evaluation)
                .where(Evaluation.id == evaluation_id, rows.is_unfinished(), rows.is_free())
                .values(worker=worker, claimed_at=now(), heartbeat_at=now(), attempts=Evaluation.attempts + 1)
            )
        is_taken = bool(taken.rowcount)  # type: ignore[attr-defined]  # an UPDATE gives a cursor result
    finally:
        if not is_taken:
            forget(worker)
    return worker if is_taken else None


def check(session: Session, evaluation_id: str, worker: str) -> Evaluation:
    """The row, locked, if the claim still holds. Raises `Lost`."""
    row = session.scalars(
        select(Evaluation)
        .where(Evaluation.id == evaluation_id, Evaluation.worker == worker, rows.is_unfinished())
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise Lost
    return row


def forget(worker: str) -> None:
    """This claim is over: no row carries it any more, or another one does."""
    _held.discard(worker)


def give_back(worker: str, *, also: dict[str, object] | None = None) -> None:
    """End a claim, with other facts about the row when there are some."""
    with writing() as session:
        session.execute(
            update(Evaluation)
            .where(Evaluation.worker == worker, rows.is_unfinished())
            .values(worker=None, heartbeat_at=None, **(also or {}))
        )
    forget(worker)


def let_go() -> None:
    """Give back every claim of this process, because it is about to end."""
    for worker in list(_held):
        with suppress(Exception):
            give_back(worker)


def free_the_dead() -> None:
    """Claims of processes of this machine that no longer exist need not wait for their lease to lapse."""
    with reading() as session:
        claimed = session.scalars(select(Evaluation.worker).where(rows.is_unfinished(), Evaluation.worker.is_not(None)))
        dead = [worker for worker in claimed if worker and _is_dead(worker)]
    for worker in dead:
        give_back(worker)


def _is_dead(worker: str) -> bool:
    place, _, process = worker.rpartition(":")[0].rpartition(":")
    if place != _here() or not process.isdecimal():
        return False
    if int(process) == os.getpid():
        return worker not in _held
    if os.name == "nt":  # there, signal 0 would end the process
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


@contextmanager
def beating(evaluation_id: str, worker: str) -> Iterator[None]:
    """Keep the claim alive while a model takes its time."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # a thread needs more than the proxy
    done = threading.Event()

    def beat() -> None:
        while not done.wait(BEAT_SECONDS):
            with suppress(Exception), app.app_context(), writing() as session:
                session.execute(
                    update(Evaluation)
                    .where(Evaluation.id == evaluation_id, Evaluation.worker == worker)
                    .values(heartbeat_at=now())
                )

    thread = threading.Thread(target=beat, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
