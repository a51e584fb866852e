"""An installation with the built-in coach and one interview, for tests of calls."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol

from flask import Flask

from interview_coach import interviewing
from interview_coach.coaches import coaches
from interview_coach.creating import NewInterview, create
from interview_coach.db import reading
from interview_coach.models import LOCAL_OWNER
from interview_coach.providers.registry import close
from interview_coach.samples import load_sample
from tests.apps import bare_app
from tests.fakes.robot import Robot
from tests.fakes.speech_server import FakeSpeech

ANSWERS = [
    f"In May I led {number + 3} people, I called three suppliers myself and we opened on time."
    for number in range(1, 9)
]


class House:
    """The built-in coach with a speech server, and one interview. `interim_seconds` is off unless a test is about it:
    the server hears what its script says, clip by clip."""

    def __init__(
        self, data_dir: Path, server: FakeSpeech | None, *, interim_seconds: float = 0, **choices: object
    ) -> None:
        url = f"{server.url}/v1" if server else ""
        self.server = server
        self.app: Flask = bare_app(data_dir, provider="offline", speech_base_url=url, interim_seconds=interim_seconds)
        sample = load_sample()
        with self.app.app_context():
            self.id, _ = create(
                LOCAL_OWNER,
                NewInterview(cv_text=sample.cv_text, job_text=sample.job_text, **{"questions": 3, **choices}),  # type: ignore[arg-type]
            )

    def robot(self, **options: object) -> Robot:
        return Robot(self.app, LOCAL_OWNER, self.id, **{"thinking_seconds": 0.6, **options})

    def view(self) -> Any:
        with self.app.app_context():
            return interviewing.view(LOCAL_OWNER, self.id)

    def rows(self, table: Any) -> list[Any]:
        with self.app.app_context(), reading() as session:
            rows = session.query(table).filter_by(interview_id=self.id).all()
            session.expunge_all()
            return list(rows)


class HasApp(Protocol):
    """Some installation."""

    app: Flask


def run(here: HasApp, work: Callable[[], Awaitable[None]]) -> None:
    async def main() -> None:
        try:
            await work()
        finally:  # the vendor's clients belong to this loop
            with here.app.app_context():
                parts = coaches().parts("auto")
            await close(parts)

    asyncio.run(main())
