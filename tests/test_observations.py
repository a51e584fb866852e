"""What an interview changed, read from the rows: as mastery itself has it with and without the interview's answers."""

import pytest

from interview_coach import observations
from interview_coach.db import db, reading
from interview_coach.domain.mastery import Mastery, Observation, by_competency, by_topic
from interview_coach.domain.mastery_change import Change, Changes
from tests import histories
from tests.apps import bare_app

ME = "local"
HISTORY = ([20, 50, 50, 50], [90, 30, None, 80], [95, 35], [10, None, 60, 20], [None, None])


@pytest.fixture
def app(tmp_path):
    app = bare_app(tmp_path / "data")
    with app.app_context():
        yield app
        db.engine.dispose()


def changed_by(interview: str) -> Changes | None:
    with reading() as session:
        return observations.changed_by(session.connection(), ME, f"{interview}e")


def known() -> list[Observation]:
    with reading() as session:
        return observations.observed(session.connection(), ME)


def test_an_interview_changed_what_mastery_with_and_without_it_differ_in(app):
    ids = histories.write(HISTORY)
    histories.retake(ids[0], 1, 2, 60)
    histories.retake(ids[1], 2, 2, 90)
    histories.retake(ids[3], 1, 2, 100)
    everything = known()
    for day, interview in enumerate(ids[:4]):
        begin = (histories.BEGIN.timestamp()) + day * 86400
        own = [seen for seen in everything if begin <= seen.when < begin + 3600]
        end = max(seen.when for seen in own)
        before = [seen for seen in everything if seen.when <= end and seen not in own]
        found = changed_by(interview)
        for group, changes in ((by_competency, found.competencies), (by_topic, found.topics)):
            assert [_where(change) for change in changes] == [_where(one) for one in group(own)]
            without = {_where(one): one.value for one in group(before)}
            whole = {_where(one): one.value for one in group([*before, *own])}
            for change in changes:
                assert (change.before and change.before.value) == without.get(_where(change))
                assert change.after.value == whole[_where(change)]


def test_where_no_answer_has_marks_nothing_is_told(app):
    ids = histories.write(HISTORY)
    assert changed_by(ids[4]) is None


def test_only_what_the_change_depends_on_is_read(app):
    ids = histories.write(HISTORY)
    histories.retake(ids[2], 1, 2, 60)
    found = changed_by(ids[2])
    assert {competency for _, competency, _, _ in found.answers} == {"service", "teamwork"}
    assert len(found.answers) == 2 * 3, "two answers each of two interviews before, and its own"


def _where(found: Mastery | Change) -> tuple[str, str]:
    return found.competency, found.subject
