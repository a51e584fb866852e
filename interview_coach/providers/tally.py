"""What is known of an answer while it comes."""

import math
from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """Filled in by a vendor's file while an answer comes."""

    model: str
    input_tokens: int | None = None
    output_tokens: int | None = None
    cost_usd: float | None = None
    finished: bool = False
    """The vendor has said that the answer is complete and good: what breaks after that no longer matters."""

    def note(self, *, input_tokens: object = None, output_tokens: object = None, cost_usd: object = None) -> None:
        """Takes what the vendor says, if it can be true."""
        self.input_tokens = _count(input_tokens, self.input_tokens)
        self.output_tokens = _count(output_tokens, self.output_tokens)
        if isinstance(cost_usd, int | float) and math.isfinite(cost_usd) and cost_usd >= 0:
            self.cost_usd = float(cost_usd)


def _count(value: object, before: int | None) -> int | None:
    plausible = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31
    return value if isinstance(value, int) and plausible else before
