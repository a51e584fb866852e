"""kill -9 and SIGTERM during calls; `benchmarks/calls.py` does the same for longer and by the clock."""

from collections.abc import Callable

import pytest

from tests import call_chaos
from tests.call_vendors import LiveVendor, SpeechVendor, Vendor

VENDORS = pytest.mark.parametrize("vendor", [LiveVendor, SpeechVendor], ids=["live", "cascade"])


@VENDORS
def test_a_call_whose_server_is_killed_goes_on_at_the_same_question(tmp_path, vendor: Callable[[], Vendor]) -> None:
    outcome = call_chaos.run(tmp_path, vendor(), kills=4, questions=3, seed=2)
    assert outcome.faults == []
    assert sum(outcome.kills.values()) == 4 and len(outcome.kills) == 4
    assert outcome.second_greetings == 0
    assert outcome.acknowledged == outcome.interviews * 6


@VENDORS
def test_a_server_that_is_stopped_hands_its_calls_to_the_next_process(tmp_path, vendor: Callable[[], Vendor]) -> None:
    outcome = call_chaos.terminate(tmp_path, vendor(), calls=6, questions=4)
    assert outcome.faults == []
    assert (outcome.told, outcome.resumed) == (6, 6)
    assert outcome.second_greetings == 0


def test_speech_without_a_pause_is_known_to_the_next_process(tmp_path) -> None:
    outcome = call_chaos.running(tmp_path, SpeechVendor(running=10), kills=1, once_known=True)
    assert outcome.faults == [] and outcome.kept[0].startswith("then then")
