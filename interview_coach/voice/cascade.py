"""A spoken conversation out of ears, a coach that words the replies, and a voice.

Everything that is decided by time is decided in `hear`, by the clock of the sound; everything that waits for somebody
runs in tasks that `hear` may cancel. So an interruption takes effect at once: the frame in which it is noticed ends the
reply, and nothing of it is told afterwards.

A turn of the person goes: speech -> clips at its pauses -> silence of the right length -> `respond`. What is said
between two pauses is told as `Interim` meanwhile. Who goes on speaking before the first sound of the reply continues
the turn: the reply is given up and `respond` is asked again with all of it. Who speaks after that interrupts, and
begins a new turn.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from types import TracebackType
from typing import Self

from interview_coach.providers.base import (
    Ears,
    Frame,
    Heard,
    Image,
    Interim,
    LiveBrief,
    LiveEvent,
    Trouble,
    Voice,
)
from interview_coach.providers.clock import Clock, SystemClock
from interview_coach.voice import audio
from interview_coach.voice.clips import Clips
from interview_coach.voice.endpointing import LEAST_SPEECH, Silence, SpeechClock
from interview_coach.voice.interims import Interims
from interview_coach.voice.recent_sound import RecentSound
from interview_coach.voice.replies import Replies, Respond
from interview_coach.voice.speaking import Deadlines, Speaker
from interview_coach.voice.told import Told
from interview_coach.voice.turn import Turn
from interview_coach.voice.vad import WINDOW_SECONDS, Detector, SileroDetector

PREROLL = 0.4
"""Seconds before the noticed beginning of speech that are sent to the ears: soft beginnings are noticed late."""
INNER_PAUSE = 0.4
"""Seconds of silence at which the clip so far is sent to the ears."""
LONG_CLIP = 8.0
"""Seconds after which a shorter pause will do."""
SHORT_PAUSE = 0.2
LONGEST_CLIP = 20.0
"""Seconds after which a clip is cut without a pause, where it is least loud."""
BARGE_IN = 0.25
"""Seconds of speech that interrupt the interviewer."""
ECHO = 0.3
"""Seconds that a room goes on sounding after the loudspeakers."""
_CUT_WITHIN = 2.0
_PART_BEGUN = 1.0
_RELEASE = 0.5


class Cascade:
    """A LiveSession; use it as a context manager. On entering it asks `respond` for the first words, with an empty
    text. All on one event loop.

    `respond` gets the whole turn of the person and yields the interviewer's words, and may take some of them back; none
    = stay silent and go on listening. It is closed when the reply is not wanted any more. A ProviderError from it is
    told as `Trouble("model")`; any other exception ends the session.

    `is_playing` says whether the person still hears the interviewer; without it that is reckoned from the sound that
    was given out. Without ears, turns come only by `tell`; without a voice, `Said` comes without `Voiced`.
    Speech without a pause is told as `Interim` every `interim_seconds`; 0 = never. `Voiced` is always 24 kHz. An
    `Interrupted` after which no words were heard ends with an empty final `Heard`.

    While the microphone is muted its owner must go on feeding silence, or call `end_turn`: the clock is the sound.
    """

    def __init__(
        self,
        ears: Ears | None,
        voice: Voice | None,
        brief: LiveBrief,
        respond: Respond,
        *,
        interim_seconds: float = 0.0,
        detector: Detector | None = None,
        is_playing: Callable[[], bool] | None = None,
        clock: Clock | None = None,
        deadlines: Deadlines | None = None,
    ) -> None:
        self._ears = ears
        self._brief = brief
        self._detector = detector
        self._clock = clock or SystemClock()
        self._interims = Interims(ears, brief.language, interim_seconds, self._interim_known)
        self._silence = Silence(brief.thinking_seconds)
        self._speech: SpeechClock | None = None
        self._sound = RecentSound()
        self._turn: Turn | None = None
        self._passed: float | None = None
        """The beginning of speech that belongs to no turn any more."""
        self._gated_until = 0.0
        self._asked_at = 0.0
        self._is_over = False
        self._told = Told()
        deadlines = deadlines or Deadlines()
        self._replies = Replies(
            respond,
            Speaker(voice, name=brief.voice, language=brief.language, deadlines=deadlines),
            self._told,
            deadlines,
            seconds=lambda: self._speech.seconds if self._speech else None,
            is_playing=is_playing,
            unasked_begins=self._give_way,
            ended=self._consider,
        )

    # Life

    async def __aenter__(self) -> Self:
        # Loading what is heavy would hold up everything else on this loop.
        await asyncio.to_thread(audio.warm_up)
        if self._ears is not None:
            if self._detector is None:
                self._detector = await asyncio.to_thread(SileroDetector)
            self._speech = SpeechClock(self._detector)
        self._replies.begin("", None)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over = True
        self._told.close()
        self._drop_turn()
        await self._replies.close()

    def events(self) -> AsyncIterator[LiveEvent]:
        """See `LiveSession.events`."""
        return self._told.events()

    # What comes in

    async def hear(self, frame: Frame) -> None:
        """See `LiveSession.hear`. Never waits."""
        clock = self._speech
        if clock is None or self._is_over:
            return
        step = round(WINDOW_SECONDS * frame.rate) * 2
        for at in range(0, len(frame.pcm), step):
            self._listen(clock, Frame(frame.pcm[at : at + step], frame.rate))

    async def see(self, image: Image) -> None:
        """Nobody here can see."""

    async def tell(self, text: str) -> None:
        """See `LiveSession.tell`. Words that were heard and not answered yet come first."""
        if self._is_over:
            return
        reply, turn = self._replies.current, self._turn
        waiting = ""
        if reply is not None and not reply.is_started:
            waiting = reply.asked
            turn = turn or reply.turn
        elif self._replies.is_speaking:
            self._replies.interrupt()
        if turn is not None:
            words = " ".join(part for part in (turn.words, self._interims.words) if part)
            self._tell_heard(turn, final=True)
            waiting = words or waiting
        self._drop_turn()
        self._replies.cancel()
        self._replies.begin(" ".join(part for part in (waiting, text.strip()) if part), None)

    async def end_turn(self) -> None:
        """See `LiveSession.end_turn`. After trouble: try again what could not be heard or answered."""
        if self._is_over:
            return
        clock = self._speech
        if clock is not None and not self._brief.hands_free:
            # The microphone is shut now: without a pause, what comes with the next key would continue this speech.
            await self.hear(Frame(bytes(2 * round(_RELEASE * audio.HEARING_RATE)), audio.HEARING_RATE))
        turn = self._turn
        if turn is None:
            failed = self._replies.failed
            if failed is not None and self._replies.current is None:
                self._replies.begin(failed.asked, failed.turn)
            return
        if clock is not None:
            self._cut(turn, clock.seconds)
            self._passed = clock.since
        if turn.is_stuck:
            turn.clips.again()
        turn.is_asked_to_end, turn.is_stuck = True, False
        self._consider()

    def think(self) -> None:
        """The person wants a moment: ten seconds more of silence, until they speak again."""
        self._silence.is_asked_for = True
        self._asked_at = self._speech.seconds if self._speech else 0.0

    @property
    def silent_for(self) -> float | None:
        """Seconds since the person's last word; None without ears."""
        return self._speech.pause if self._speech else None

    @property
    def is_spoken_to(self) -> bool:
        """Something is being said, or was and its end has not come."""
        return self._turn is not None

    @property
    def is_unhurried(self) -> bool:
        """Silences are longer: set it at the last question."""
        return self._silence.is_unhurried

    @is_unhurried.setter
    def is_unhurried(self, value: bool) -> None:
        self._silence.is_unhurried = value

    @property
    def speech(self) -> SpeechClock | None:
        """The clock of this session, with its stretches of speech. None without ears."""
        return self._speech

    # Listening

    def _listen(self, clock: SpeechClock, frame: Frame) -> None:
        self._sound.add(frame.pcm)
        before = clock.seconds
        # Who holds a key down means to be heard.
        if self._brief.hands_free and not self._brief.barge_in and self._replies.is_speaking:
            self._gated_until = before + ECHO
        if before < self._gated_until:
            clock.skip(frame)  # loudspeakers: what the microphone hears is the interviewer
        else:
            clock.feed(frame)
        if clock.is_speaking:
            self._notice(clock, clock.seconds - before)
        elif self._passed is not None:
            self._passed = None
        turn = self._turn
        if turn is not None:
            length = clock.seconds - turn.begins
            enough = INNER_PAUSE if length < LONG_CLIP else SHORT_PAUSE
            if turn.speech >= LEAST_SPEECH and not clock.is_voiced and clock.pause >= enough:
                self._cut(turn, clock.seconds)
            elif length >= LONGEST_CLIP and turn.speech >= LEAST_SPEECH:
                self._cut(turn, clock.quietest(clock.seconds - _CUT_WITHIN))
            elif turn.speech >= LEAST_SPEECH and clock.is_speaking:
                self._listen_ahead(turn, clock)
            self._consider()
        self._forget(clock)

    def _notice(self, clock: SpeechClock, passed: float) -> None:
        """Somebody speaks: whose turn is it?"""
        since = clock.since
        if since is None or since == self._passed:
            return
        if since > self._asked_at:
            self._silence.is_asked_for = False
        turn = self._turn
        if turn is None:
            turn = self._turn = self._whose(since, clock)
            if turn is None:
                return
            turn.speech += clock.seconds - since
            self._replies.failed = None
            return
        if turn.speech == 0.0:
            turn.begins = max(turn.begins, since - PREROLL)
            turn.speech = clock.seconds - max(since, turn.begins)
        elif clock.is_voiced:
            turn.speech += passed
        if turn.is_stuck:
            turn.clips.again()
        turn.is_stuck = False

    def _whose(self, since: float, clock: SpeechClock) -> Turn | None:
        """The turn that speech belongs to which goes on since then; None while it may still be a cough."""
        reply = self._replies.current
        if reply is not None and not reply.is_started and reply.turn is not None:
            turn = reply.turn
            turn.is_asked_to_end = False
            turn.begins, turn.speech = max(turn.begins, since - PREROLL), 0.0
            self._replies.cancel()
            return turn
        interrupts = self._replies.is_speaking and not self._replies.is_waited_for
        if interrupts:
            sounds = reply.sounds_since if reply is not None and reply.sounds_since is not None else 0.0
            if clock.seconds - max(since, sounds) < BARGE_IN or not clock.is_voiced:
                return None
            self._replies.interrupt()
        assert self._ears is not None
        clips = Clips(self._ears, self._brief.language, self._clock, self._clip_done)
        return Turn(clips, max(0.0, since - PREROLL), interrupts=interrupts)

    def _cut(self, turn: Turn, end: float) -> None:
        """Send the sound of the turn so far to the ears, if there is enough speech in it."""
        if turn.speech >= LEAST_SPEECH:
            turn.clips.add(self._sound.between(turn.begins, end))
            turn.begins, turn.speech = end, 0.0
            self._interims.stop()

    def _listen_ahead(self, turn: Turn, clock: SpeechClock) -> None:
        if not turn.clips.is_pending:
            now = clock.seconds
            self._interims.consider(now, turn.begins, lambda: self._sound.between(turn.begins, now))

    def _interim_known(self) -> None:
        if self._turn is not None and not self._is_over and not self._replies.is_waited_for:
            self._told.put(Interim(self._interims.words))

    def _clip_done(self) -> None:
        if self._turn is not None and not self._is_over and not self._replies.is_waited_for:
            self._tell_heard(self._turn)
            self._consider()

    def _consider(self) -> None:
        """Is the turn over?"""
        turn, clock = self._turn, self._speech
        if turn is None or clock is None or turn.is_stuck or self._replies.is_waited_for:
            return
        if not turn.is_asked_to_end:
            if not self._brief.hands_free or clock.is_speaking or clock.stillness < self._silence.least():
                return
            if not turn.clips.is_pending and clock.stillness < self._silence.limit(turn.words, turn.clips.last):
                return
        if turn.clips.is_pending:
            return
        self._tell_heard(turn)
        if turn.clips.error is not None:
            turn.is_stuck, turn.is_asked_to_end = True, False
            self._told.put(Trouble("ears", turn.clips.error))
            return
        self._turn = None
        words = turn.words
        if words or turn.interrupts:
            self._told.put(Heard("", final=True))
        if words:
            self._replies.begin(words, turn)

    def _tell_heard(self, turn: Turn, *, final: bool = False) -> None:
        fresh = turn.clips.untold()
        if fresh or (final and turn.words):
            self._forget_interim(tell=False)
            self._told.put(Heard(fresh, final=final))
        elif not turn.clips.is_pending and turn.clips.error is None:
            self._forget_interim()

    def _forget_interim(self, *, tell: bool = True) -> None:
        if self._interims.words:
            self._interims.words = ""
            if tell:
                self._told.put(Interim(""))

    def _drop_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.clips.cancel()
        self._interims.stop()
        self._forget_interim()
        if self._speech is not None:
            self._passed = self._speech.since

    def _give_way(self) -> None:
        """An unasked reply begins: what was said meanwhile answers nothing, and who still speaks speaks over it."""
        if self._turn is not None:
            self._drop_turn()
            self._passed = None

    def _forget(self, clock: SpeechClock) -> None:
        """The sound that no clip will need."""
        turn = self._turn
        needed = clock.seconds - PREROLL - _PART_BEGUN
        if clock.since is not None:
            needed = min(needed, clock.since - PREROLL)
        if turn is not None:
            if turn.speech == 0.0 and not clock.is_speaking:
                turn.begins = max(turn.begins, clock.seconds - PREROLL - _PART_BEGUN)
            needed = min(needed, turn.begins)
        self._sound.forget(needed)
