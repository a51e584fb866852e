"""What is loaded is spared by the garbage collector; what calls leave behind is not."""

import gc
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from interview_coach.voice import garbage


class Thing:
    """Can be found by its kind."""


def looked_through(thing: object) -> bool:
    return any(found is thing for found in gc.get_objects())


@pytest.fixture(autouse=True)
def nothing_spared() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_was_loaded_is_spared_and_what_comes_later_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    modules = {"a_library": object()}
    monkeypatch.setattr(garbage, "sys", SimpleNamespace(modules=modules))
    monkeypatch.setattr(garbage, "_modules", 0)
    loaded = Thing()
    assert looked_through(loaded)
    garbage.spare()
    assert not looked_through(loaded)
    of_a_call = Thing()
    garbage.spare()
    assert looked_through(of_a_call), "nothing was loaded in between, so this may still become garbage"
    modules["another_library"] = object()
    garbage.spare()
    assert not looked_through(of_a_call)
