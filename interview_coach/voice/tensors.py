"""Named tensors of an ONNX file, without a library for it: the file is protobuf, and only its constants are wanted.

The numbers of fields are those of onnx.proto3.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

_MODEL_GRAPH = 7
_GRAPH_NODE = 1
_NODE_ATTRIBUTE = 5
_ATTRIBUTE_TENSOR, _ATTRIBUTE_GRAPH = 5, 6
_TENSOR_SHAPE, _TENSOR_KIND, _TENSOR_FLOATS, _TENSOR_NAME, _TENSOR_RAW = 1, 2, 4, 8, 9
_FLOAT32 = 1
_VARINT, _EIGHT_BYTES, _LENGTH, _FOUR_BYTES = 0, 1, 2, 5


def tensors(model: bytes) -> "Iterator[tuple[str, np.ndarray]]":
    """(name, values) of every constant of 32-bit floats that has a name, those in branches of conditions included. A
    name may come several times. Raises ValueError when this is no ONNX file."""
    try:
        for graph in _all(model, _MODEL_GRAPH):
            yield from _of_graph(graph)
    except IndexError as error:
        raise ValueError("This is no ONNX file, or it is cut off.") from error


def _of_graph(graph: bytes) -> "Iterator[tuple[str, np.ndarray]]":
    for node in _all(graph, _GRAPH_NODE):
        for attribute in _all(node, _NODE_ATTRIBUTE):
            for inner in _all(attribute, _ATTRIBUTE_GRAPH):
                yield from _of_graph(inner)
            for tensor in _all(attribute, _ATTRIBUTE_TENSOR):
                yield from _of_tensor(tensor)


def _of_tensor(tensor: bytes) -> "Iterator[tuple[str, np.ndarray]]":
    import numpy as np

    name = b"".join(_all(tensor, _TENSOR_NAME)).decode()
    kinds = [value for number, value in _fields(tensor) if number == _TENSOR_KIND]
    if not name or kinds != [_FLOAT32]:
        return
    shape = [value for number, value in _fields(tensor) if number == _TENSOR_SHAPE and isinstance(value, int)]
    data = b"".join(_all(tensor, _TENSOR_RAW)) or b"".join(_all(tensor, _TENSOR_FLOATS))
    yield name, np.frombuffer(data, "<f4").reshape(shape)


def _all(message: bytes, number: int) -> list[bytes]:
    """Every value with this number that has a length of its own: texts, bytes and messages."""
    return [value for found, value in _fields(message) if found == number and isinstance(value, bytes)]


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        number, kind = key >> 3, key & 7
        if kind == _VARINT:
            value, at = _varint(message, at)
            yield number, value
            continue
        if kind == _LENGTH:
            size, at = _varint(message, at)
        elif kind in (_EIGHT_BYTES, _FOUR_BYTES):
            size = 8 if kind == _EIGHT_BYTES else 4
        else:
            raise ValueError("This is no ONNX file.")
        if at + size > len(message):
            raise ValueError("This ONNX file is cut off.")
        yield number, message[at : at + size]
        at += size


def _varint(message: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and where the next thing begins."""
    found = shift = 0
    while True:
        byte = message[at]
        found |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return found, at
