"""How the overall comes about and the time it took, in sentences, the same on page and paper."""

from interview_coach.naming import duration_words
from interview_coach.reporting.report import Report


def sum_in_words(report: Report) -> str:
    """The sum that gives the overall; empty without one."""
    counted = [(entry.score.score, entry.weight) for entry in report.answers if entry.score.score is not None]
    if report.overall is None or not counted:
        return ""
    if len({weight for _, weight in counted}) == 1:
        whole = sum(score for score, _ in counted)
        rounded = ", rounded" if whole % len(counted) else ""
        shown = " + ".join(str(score) for score, _ in counted)
        return f"{shown} = {whole}; {whole} / {len(counted)} = {report.overall}{rounded}."
    total = sum(score * weight for score, weight in counted)
    weights = sum(weight for _, weight in counted)
    shown = " + ".join(f"{score} × {weight:g}" for score, weight in counted)
    return f"{shown} = {total:g}; {total:g} / {weights:g} = {report.overall}, rounded."


def times_in_words(report: Report) -> str:
    """How long it took altogether, and which answer took longest; empty when no time can be told."""
    known = [(time.seconds, time.number) for time in report.times if time.seconds is not None]
    if not known or not report.tells_times:
        return ""
    spoken = any(entry.exchange is not None and entry.exchange.source == "spoken" for entry in report.answers)
    said = f"{duration_words(sum(seconds for seconds, _ in known))} for {len(known)} answer"
    said += f"{'' if len(known) == 1 else 's'}, thinking and {'speaking or writing' if spoken else 'writing'} together"
    told = [duration_words(seconds) for seconds, _ in known]
    longest, number = max(known, key=lambda found: found[0])
    if told.count(duration_words(longest)) < len(told):  # or there is none that stands out
        said += f"; the longest was question {number} with {duration_words(longest)}"
    breaks = sum(time.away > 0 for time in report.times)
    if breaks == 1:
        return said + ". One break of more than half an hour is not counted."
    return said + (f". {breaks} breaks of more than half an hour are not counted." if breaks else ".")
