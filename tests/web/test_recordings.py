"""Recordings: only when asked for, playable after a kill, deletable."""

import wave
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from interview_coach import calling, recordings, sound_files
from interview_coach.models import LOCAL_OWNER
from interview_coach.voice.recorder import Recorder
from tests.web.conftest import create


def test_a_recording_can_be_played_before_it_is_closed(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "recordings" / "a.wav")
    recorder.write(bytes(3200))
    recorder.write(bytes(640))
    with wave.open(str(tmp_path / "recordings" / "a.wav")) as file:  # not closed yet, as after a kill
        assert (file.getnchannels(), file.getframerate(), file.getnframes()) == (1, 16000, 1920)
    assert (tmp_path / "recordings" / "a.wav").stat().st_mode & 0o077 == 0
    recorder.close()


def test_a_recording_without_sound_leaves_nothing(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "a.wav")
    recorder.close()
    assert not (tmp_path / "a.wav").exists()


@pytest.fixture
def recorded(client: FlaskClient, app: Flask) -> tuple[str, str, Path]:
    interview_id = create(client)
    with app.app_context():
        call_id = calling.pick_up(LOCAL_OWNER, interview_id, provider="offline", model="").call_id
        path = sound_files.path_of(f"{call_id}.wav")
        recorder = Recorder(path)
        recorder.write(bytes(32000))
        recorder.close()
        recordings.note(call_id, path.name)
    return interview_id, call_id, path


def test_a_recording_is_listed_played_and_deleted(client: FlaskClient, recorded: tuple[str, str, Path]) -> None:
    interview_id, call_id, path = recorded
    page = client.get(f"/interviews/{interview_id}/recordings")
    assert page.status_code == 200 and f"{call_id}.wav" in page.text
    with client.get(f"/interviews/{interview_id}/recordings/{call_id}.wav") as sound:
        assert sound.data[:4] == b"RIFF"
    for _ in range(2):
        assert client.post(f"/interviews/{interview_id}/recordings/{call_id}/delete").status_code == 303
        assert not path.exists()
    assert client.get(f"/interviews/{interview_id}/recordings/{call_id}.wav").status_code == 404
    assert "There are none" in client.get(f"/interviews/{interview_id}/recordings").text


def test_deleting_the_interview_deletes_its_recordings(client: FlaskClient, recorded: tuple[str, str, Path]) -> None:
    interview_id, _, path = recorded
    assert client.delete(f"/interviews/{interview_id}").status_code in (200, 204)
    assert not path.exists()
