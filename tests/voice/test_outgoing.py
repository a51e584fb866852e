"""What waits for the vendor: in order, and sound together when it has to wait."""

import asyncio

from interview_coach.providers.base import Frame, Image
from interview_coach.voice.outgoing import Item, Outgoing
from tests.voice.lines_of_live import quiet, settle, sound


def taken(*items: Item) -> list[Item]:
    """What comes of these when they have all to wait."""

    async def take() -> list[Item]:
        outgoing = Outgoing()
        for item in items:
            outgoing.put(item)
        return [await outgoing.get() for _ in range(len(outgoing))]

    return asyncio.run(take())


def test_sound_that_waits_goes_together_and_is_the_same_sound() -> None:
    frames = [sound(0.02, level) for level in range(1000, 8000, 1000)]
    found = taken(*frames)
    assert [frame.seconds for frame in found if isinstance(frame, Frame)] == [0.1, 0.04]
    assert b"".join(frame.pcm for frame in found if isinstance(frame, Frame)) == b"".join(part.pcm for part in frames)


def test_nothing_changes_its_place() -> None:
    picture = Image(b"jpeg")
    items: list[Item] = [sound(), "words", sound(), None, quiet(), picture, sound(0.2), sound(), Frame(b"\0\0", 8_000)]
    assert taken(*items) == items


async def get_all(outgoing: Outgoing, got: list[Item]) -> None:
    """Take whatever comes, until cancelled."""
    while True:
        got.append(await outgoing.get())


def test_who_waits_gets_the_first_piece_at_once() -> None:
    async def wait() -> None:
        outgoing = Outgoing()
        got: list[Item] = []
        task = asyncio.create_task(get_all(outgoing, got))
        for number in range(1, 4):
            await settle()
            outgoing.put(sound(level=number))
            await settle()
            assert got[-1] == sound(level=number) and len(got) == number
        task.cancel()

    asyncio.run(wait())


def test_what_is_dropped_does_not_come() -> None:
    async def drop() -> None:
        outgoing = Outgoing()
        outgoing.put("old")
        outgoing.clear()
        outgoing.put("new")
        assert await outgoing.get() == "new" and not len(outgoing)

    asyncio.run(drop())


def test_sound_that_may_wait_goes_when_there_is_enough_or_something_else() -> None:
    async def wait() -> None:
        outgoing = Outgoing()
        got: list[Item] = []

        async def put(*items: Item) -> list[Item]:
            del got[:]
            for item in items:
                outgoing.put(item, may_wait=True)
                await settle()
            return got

        task = asyncio.create_task(get_all(outgoing, got))
        await settle()
        assert await put(sound()) == []
        assert await put(sound()) == [sound(0.04)]
        assert await put(sound(0.04)) == [sound(0.04)]
        assert await put(sound(), None) == [sound(), None]
        assert await put("words") == ["words"]
        task.cancel()

    asyncio.run(wait())
