"""What the page is told of the state of a call, and how long nobody has said anything."""

from collections.abc import Callable

from interview_coach.domain.turns import Rung, silence_ladder
from interview_coach.voice.peer import Peer


class Display:
    """One call's. `paused`: the person has asked us not to listen for now."""

    def __init__(self, peer: Peer, now: Callable[[], float]) -> None:
        self._peer = peer
        self._now = now
        self.state = ""
        self._paused = False
        self._silent_since = now()
        self._step = Rung.WAIT

    @property
    def paused(self) -> bool:
        return self._paused

    def show(self, state: str) -> None:
        """`listening`, `thinking`, `speaking`, `closing` or `reconnecting`; told only when it changes."""
        if self._paused and state == "listening":
            state = "paused"
        if state != self.state:
            self.state = state
            self._peer.tell({"type": "state", "state": state})
            self._silent_since = self._now()

    def pause(self) -> None:
        """Until `resume`."""
        self._paused = True
        self.show("paused")

    def resume(self) -> None:
        """Listen again."""
        self._paused = False
        self.show("listening")

    def heard(self) -> None:
        """The person is saying something."""
        self._silent_since, self._step = self._now(), Rung.WAIT

    def wait(self, seconds: float) -> None:
        """The silence begins so much later."""
        self._silent_since = self._now() + seconds

    def hint(self) -> None:
        """Help gently with a silence that is due for it, once for each rung of the ladder."""
        if self.state != "listening":
            return
        step = silence_ladder(self._now() - self._silent_since)
        if step is not self._step:
            self._step = step
            if step is not Rung.WAIT:
                self._peer.tell({"type": "hint", "step": step.value})
