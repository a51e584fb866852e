"""A sentence encoder on numpy: BERT (Devlin et al., 2019) and the mean over the rows of its last layer (Reimers and
Gurevych, 2019). Only what reading takes, nothing for training.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Matrix: TypeAlias = NDArray[np.float32]

_HEADS = 12
_TINY = 1e-12


class Dense(NamedTuple):
    """A linear map and what it adds."""

    weight: Matrix
    """(width in, width out)"""
    bias: Matrix

    def __call__(self, rows: Matrix) -> Matrix:
        mapped: Matrix = rows @ self.weight + self.bias
        return mapped


class Norm(NamedTuple):
    """Layer normalisation (Ba et al., 2016)."""

    scale: Matrix
    shift: Matrix

    def __call__(self, rows: Matrix) -> Matrix:
        apart: Matrix = rows - rows.mean(-1, keepdims=True)
        spread: Matrix = np.sqrt((apart**2).mean(-1, keepdims=True) + np.float32(_TINY))
        scaled: Matrix = apart / spread * self.scale + self.shift
        return scaled


class Layer(NamedTuple):
    """Every row looks at all rows, then goes through two linear maps (Vaswani et al., 2017)."""

    attention: Dense
    """Queries, keys and values side by side."""
    attended: Dense
    after_attention: Norm
    wide: Dense
    narrow: Dense
    after_dense: Norm

    def __call__(self, rows: Matrix) -> Matrix:
        rows = self.after_attention(rows + self.attended(self._attend(rows)))
        return self.after_dense(rows + self.narrow(gelu(self.wide(rows))))

    def _attend(self, rows: Matrix) -> Matrix:
        count, width = rows.shape
        size = width // _HEADS
        query, key, value = self.attention(rows).reshape(count, 3, _HEADS, size).transpose(1, 2, 0, 3)
        found = query @ key.transpose(0, 2, 1) / np.float32(size**0.5)
        shares = np.exp(found - found.max(-1, keepdims=True))
        shares /= shares.sum(-1, keepdims=True)
        attended: Matrix = (shares @ value).transpose(1, 0, 2).reshape(count, width)
        return attended


class Network:
    """Read from arrays; `direction` gives a text's place on the unit sphere."""

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]], layers: int) -> None:
        """`arrays`: whole numbers of one byte with a `.step` for each row (what one of them is worth), or halves."""
        self._pieces = arrays["pieces"]
        self._steps = arrays["pieces.step"]
        self._places = arrays["places"].astype(np.float32)
        self._first = _norm(arrays, "first")
        self._layers = [_layer(arrays, f"{number}.") for number in range(layers)]

    def direction(self, pieces: Sequence[int]) -> Matrix:
        """(width,), of length 1. `pieces`: with the marks of start and end, at most as many as there are places."""
        known = list(pieces)
        words = self._pieces[known].astype(np.float32) * self._steps[known].astype(np.float32)[:, None]
        rows = self._first(words + self._places[: len(known)])
        for layer in self._layers:
            rows = layer(rows)
        mean: Matrix = rows.mean(0)
        return mean / np.float32(np.sqrt(mean @ mean) + _TINY)


def gelu(rows: Matrix) -> Matrix:
    """x/2 (1 + erf(x/√2)) (Hendrycks and Gimpel, 2016), with erf by formula 7.1.26 of Abramowitz and Stegun (error
    below 1.5e-7).
    """
    far = np.abs(rows) * np.float32(0.5**0.5)
    t = 1 / (1 + np.float32(0.3275911) * far)
    series = np.full_like(t, 1.061405429)
    for factor in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        series = series * t + np.float32(factor)
    erf = np.copysign(1 - series * t * np.exp(-far * far), rows)
    activated: Matrix = rows * np.float32(0.5) * (1 + erf)
    return activated


def _layer(arrays: Mapping[str, NDArray[np.generic]], name: str) -> Layer:
    return Layer(
        _dense(arrays, f"{name}attention"),
        _dense(arrays, f"{name}attended"),
        _norm(arrays, f"{name}after_attention"),
        _dense(arrays, f"{name}wide"),
        _dense(arrays, f"{name}narrow"),
        _norm(arrays, f"{name}after_dense"),
    )


def _dense(arrays: Mapping[str, NDArray[np.generic]], name: str) -> Dense:
    steps = arrays[f"{name}.step"].astype(np.float32)
    weight = arrays[f"{name}.weight"].astype(np.float32) * steps[:, None]
    return Dense(np.ascontiguousarray(weight.T), arrays[f"{name}.bias"].astype(np.float32))


def _norm(arrays: Mapping[str, NDArray[np.generic]], name: str) -> Norm:
    return Norm(arrays[f"{name}.scale"].astype(np.float32), arrays[f"{name}.shift"].astype(np.float32))
