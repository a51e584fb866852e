"""How long each question took: a strip to scale, and the same in words."""

from interview_coach import charts
from interview_coach.naming import duration_words
from interview_coach.pdf.headings import section
from interview_coach.pdf.palette import BAR, INK, LINE, MUTED, SIDE, SUNK
from interview_coach.pdf.paper import Paper
from interview_coach.pdf.prose import line_of, paragraph
from interview_coach.reporting import Report, Time

_HEIGHT = 16.0


def timeline(paper: Paper, report: Report) -> None:
    """Nothing when no times are known; the last section then tells why there is no pace either."""
    if not report.tells_times:
        return
    section(paper, "How long it took", room=120)
    told = [_words(time) for time in report.times]
    stretches = charts.timeline(
        [(time.number, time.seconds, time.away) for time in report.times], width=paper.width, narrowest=9
    )
    top = paper.y
    with paper.part("Figure", f"Time for each question. {'; '.join(told)}."):
        paper.set_line_width(0.5)
        for stretch in stretches:
            paper.set_fill_color(*(SUNK if stretch.number is None or stretch.seconds is None else BAR))
            paper.set_draw_color(*(LINE if stretch.number is None else MUTED))
            if stretch.number is None:
                paper.set_dash_pattern(dash=2, gap=1.5)
            paper.rect(SIDE + stretch.x, top, stretch.width, _HEIGHT, style="DF")
            paper.set_dash_pattern()
            label = "…" if stretch.number is None else str(stretch.number)
            middle = SIDE + stretch.x + stretch.width / 2
            line_of(paper, label, middle, top + _HEIGHT + 2, size=7, colour=INK, anchor="middle")
    paper.y = top + _HEIGHT + 16
    paragraph(paper, f"From question to answer: {'; '.join(told)}.", size=8.5, colour=MUTED)
    if report.speech_note:
        paper.gap(3)
        paragraph(paper, report.speech_note, size=8.5, colour=MUTED)


def _words(time: Time) -> str:
    taken = f"question {time.number}: "
    if not time.is_answered:
        return taken + "not answered"
    if time.seconds is None:
        return taken + f"answered after a break of {duration_words(time.away)}"
    return (
        taken + duration_words(time.seconds) + (f", after a break of {duration_words(time.away)}" if time.away else "")
    )
