"""Heartbeats of calls, stored together: a commit for each would keep the storage from everybody else."""

from collections.abc import Sequence

from flask import Flask

from interview_coach import calling
from interview_coach.calling import Beat, Pulse
from interview_coach.errors import Problem
from interview_coach.voice.gathering import Gathering


def _beat(asked: Sequence[tuple[Flask, Pulse]]) -> list[Beat]:
    found: dict[str, Beat] = {}
    for app in dict.fromkeys(app for app, _ in asked):
        pulses = [pulse for of, pulse in asked if of is app]
        with app.app_context():
            found |= zip((pulse.call_id for pulse in pulses), calling.beat(pulses), strict=True)
    return [found[pulse.call_id] for _, pulse in asked]


_beats = Gathering("coach-heartbeat", 0.1, _beat)


async def beat(app: Flask, pulse: Pulse) -> Beat:
    """Say that a call goes on. A busy or full storage ends no call: there is another beat soon."""
    try:
        return await _beats.ask((app, pulse))
    except Problem:
        return Beat.ON
