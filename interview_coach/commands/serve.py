"""`serve`: the pages, by a production server inside this process. No development server, no second terminal."""

import argparse
import errno
import ipaddress
import os
import socket
import sys
import threading
from typing import TYPE_CHECKING

from interview_coach import __version__
from interview_coach.commands.words import Stop

if TYPE_CHECKING:
    from flask import Flask

    from interview_coach.config import Settings

THREADS = 250
"""A streamed question or a live call holds a thread for as long as it lasts; an idle thread costs next to nothing."""
GRACE_SECONDS = 6
"""From the signal to the end. A call that is told to reconnect has these seconds to store what was said last."""


def port(text: str) -> int:
    """0..65535; 0 lets the system choose."""
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port: choose a number from 1 to 65535")
    return int(text)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", default="127.0.0.1", help="address of this computer (default 127.0.0.1)")
    parser.add_argument("--port", type=port, default=8000, help="default 8000; 0 takes a free one")


def run(options: argparse.Namespace) -> int:
    """Serve until a signal says stop."""
    from interview_coach.commands.settings import load

    address = loopback(options.host)
    settings = load()
    listener = listen(address, options.port)
    from interview_coach import create_app

    app = create_app(settings)
    say_where(app, settings, address, listener.getsockname()[1])
    if os.name == "nt":
        serve_on_windows(app, listener)
    else:
        serve_with_gunicorn(app, listener)
    return 0


def loopback(host: str) -> str:
    """The numeric address, if only this computer can reach it. There are no accounts yet, so nobody else may."""
    if host == "localhost":
        return "127.0.0.1"
    try:
        if ipaddress.ip_address(host.strip("[]")).is_loopback:
            return host.strip("[]")
    except ValueError:
        pass
    raise Stop(
        f"{host} can be reached from other computers, and Interview Coach has no accounts yet: "
        "everybody there could read your CV and your answers. Leave --host out, or use 127.0.0.1."
    )


def listen(address: str, port: int) -> socket.socket:
    """An open listening socket, made here so that a taken port is told in a sentence before anything else happens."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        return socket.create_server((address, port), family=family, backlog=2048)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Stop(
                f"Port {port} is in use, perhaps by an Interview Coach that is already running: "
                f"look at {url(address, port)}. To use another port: interview-coach serve --port {port % 65535 + 1}"
            ) from None
        if error.errno == errno.EACCES:
            raise Stop(f"Port {port} is for the system's own services. Use one above 1023.") from None
        raise Stop(f"Cannot listen at {address}, port {port}: {error.strerror}.") from None


def url(address: str, port: int) -> str:
    """As it is typed into a browser."""
    return f"http://[{address}]:{port}" if ":" in address else f"http://{address}:{port}"


def say_where(app: "Flask", settings: "Settings", address: str, port: int) -> None:
    """What a person needs to know now: where the page is, who asks, where the words are kept, what is missing."""
    from interview_coach.commands.settings import masked
    from interview_coach.db import sqlite_path

    database = str(app.config["SQLALCHEMY_DATABASE_URI"])
    path = sqlite_path(database)
    print(f"Interview Coach {__version__}")
    print(f"  Page     {url(address, port)}")
    print(f"  Coach    {coach_in_words(settings)}")
    print(f"  Storage  {path or masked(database)}")
    if settings.missing:
        print(f"  Missing  {settings.missing}")
    print("Stop with Ctrl-C.", flush=True)


def coach_in_words(settings: "Settings") -> str:
    """Who interviews by default, and where the words go."""
    match settings.default_coach:
        case "gemini":
            return f"Gemini, {settings.gemini_chat_model}"
        case "openrouter":
            server = "OpenRouter" if settings.is_openrouter else settings.openrouter_base_url
            from interview_coach.commands.settings import masked

            return f"{masked(server)}, {settings.openrouter_chat_model}"
        case _:
            return "built in (no key and no network needed)"


def serve_with_gunicorn(app: "Flask", listener: socket.socket) -> None:
    """One worker, many threads. The application is made before the fork, so a fault in it is one sentence."""
    from gunicorn.app.base import BaseApplication

    from interview_coach.commands.worker import PatientWorker
    from interview_coach.db import db

    with app.app_context():
        db.engine.dispose()  # a connection to SQLite must not be on both sides of a fork

    jobs = app.extensions["jobs"]

    class Worker(PatientWorker):
        on_stop = staticmethod(end_calls)

    class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
        def load_config(self) -> None:
            for name, value in {
                "bind": f"fd://{listener.fileno()}",
                "workers": 1,
                "worker_class": Worker,
                "threads": THREADS,
                "timeout": 60,
                "graceful_timeout": GRACE_SECONDS,
                "keepalive": 5,
                "loglevel": "warning",
                "control_socket_disable": True,
                "post_worker_init": lambda _worker: jobs.start(),  # threads do not survive a fork
                "worker_exit": lambda _server, _worker: jobs.stop(),
                "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,  # noqa: S108,PTH112
                "forwarded_allow_ips": "",
            }.items():
                self.cfg.set(name, value)

        def load(self) -> "Flask":
            return app

    sys.argv[1:] = []  # gunicorn shows them in the process list
    Server().run()


def end_calls() -> threading.Thread:
    """Tell everybody who is in a call to reconnect, and free the threads that wait for them. Does not wait itself: it
    is called from a signal, in the thread that goes on serving what is left."""
    from interview_coach.voice.socket import drain

    thread = threading.Thread(target=drain, args=(GRACE_SECONDS - 1,), name="coach-drain", daemon=True)
    thread.start()
    return thread


def serve_on_windows(app: "Flask", listener: socket.socket) -> None:
    """gunicorn does not run there; Werkzeug's threaded server is enough for one person."""
    import logging

    from werkzeug.serving import make_server

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    host, number = listener.getsockname()[:2]
    print("On Windows a simpler server is used; it is meant for one person.", flush=True)
    app.extensions["jobs"].start()
    server = make_server(host, number, app, threaded=True, fd=listener.fileno())
    server.serve_forever()
    end_calls().join()
