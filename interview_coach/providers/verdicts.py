"""What a failure means, in our errors and in sentences for a person.

The vendor's own words never get through: they may quote the request, and the request holds a CV.
"""

from interview_coach.providers.base import BadReply, ProviderError, Refused, Throttled, Unavailable


def of_status(label: str, status: int, *, retry_after: float | None = None) -> ProviderError:
    """The meaning of an HTTP status, also of one that was found in the body of a 200."""
    match status:
        case 401:
            return Refused(f"{label} does not accept the key. Check it in the settings.")
        case 402:
            return Refused(f"{label} wants payment first: the account has no credit left.")
        case 403:
            return Refused(f"{label} does not allow this request.")
        case 404:
            return Refused(f"{label} does not offer this model, or not with what we ask of it.")
        case 413:
            return Refused(f"{label} cannot take a text of this length.")
        case 429:
            return throttled(label, retry_after)
        case 408 | 409 | 425:
            return Unavailable(f"{label} could not answer in time.", retry_after=retry_after)
        case _ if 400 <= status < 500:
            return Refused(f"{label} did not accept the request. Check the model name in the settings.")
        case _ if 500 <= status < 600:
            return Unavailable(f"{label} has a problem of its own right now.", retry_after=retry_after)
        case _:
            return unreadable(label)


def throttled(label: str, retry_after: float | None) -> Throttled:
    """Too many requests. The sentence rounds, `retry_after` does not."""
    if retry_after is None:
        return Throttled(f"{label} is busy. Try again in a moment.")
    if retry_after > 90:
        when = f"{round(retry_after / 60)} minutes"
    else:
        seconds = max(1, round(retry_after))
        when = "1 second" if seconds == 1 else f"{seconds} seconds"
    return Throttled(f"{label} is busy. Try again in about {when}.", retry_after=retry_after)


def paused(label: str, seconds: float) -> Unavailable:
    """The breaker is open."""
    return Unavailable(f"{label} failed several times and is left alone for a moment.", retry_after=seconds)


def too_slow(label: str) -> Unavailable:
    return Unavailable(f"{label} took too long to answer.")


def unreachable(label: str) -> Unavailable:
    return Unavailable(f"{label} cannot be reached.")


def cut(label: str) -> Unavailable:
    return Unavailable(f"{label} broke off in the middle of its answer.")


def forgotten(label: str) -> Refused:
    """A conversation that was to be resumed."""
    return Refused(f"{label} does not remember this conversation any more.")


def withheld(label: str) -> Refused:
    return Refused(f"{label} declined to answer this.")


def too_long(label: str) -> BadReply:
    return BadReply(f"{label} ran out of room before its answer was complete.")


def empty(label: str) -> BadReply:
    return BadReply(f"{label} sent an empty answer.")


def unreadable(label: str) -> BadReply:
    return BadReply(f"{label} sent an answer that cannot be read.")


def misshapen(label: str) -> BadReply:
    return BadReply(f"{label} sent an answer that does not have the agreed form.")
