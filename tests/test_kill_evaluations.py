"""kill -9 while a model judges; `benchmarks/evaluations.py` does the same for longer."""

from tests import evaluation_chaos


def test_every_evaluation_ends_and_no_stored_batch_is_paid_for_again(tmp_path):
    outcome = evaluation_chaos.run(tmp_path, kills=4, batches=(1, 3))
    assert outcome.faults == []
    assert outcome.kills == 4 and outcome.evaluations >= 2
    assert outcome.paid_answers >= outcome.evaluations * evaluation_chaos.QUESTIONS - outcome.failed * 8
    assert outcome.completed > 0
