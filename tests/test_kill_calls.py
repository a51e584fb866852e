"""kill -9 and SIGTERM during calls; `benchmarks/calls.py` does the same for longer and by the clock."""

from tests import call_chaos


def test_a_call_whose_server_is_killed_goes_on_at_the_same_question(tmp_path):
    outcome = call_chaos.run(tmp_path, kills=4, questions=3, seed=2)
    assert outcome.faults == []
    assert sum(outcome.kills.values()) == 4 and len(outcome.kills) == 4
    assert outcome.second_greetings == 0
    assert outcome.acknowledged == outcome.interviews * 6


def test_a_server_that_is_stopped_hands_its_calls_to_the_next_process(tmp_path):
    outcome = call_chaos.terminate(tmp_path, calls=6, questions=4)
    assert outcome.faults == []
    assert (outcome.told, outcome.resumed) == (6, 6)
    assert outcome.second_greetings == 0
