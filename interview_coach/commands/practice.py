"""`practice`: the same interview in a terminal, over the same use cases and the same storage as the pages."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from interview_coach.commands.terminal import Terminal
from interview_coach.commands.words import Stop

if TYPE_CHECKING:
    from interview_coach.reporting import Report
    from interview_coach.views import InterviewView, QuestionView

HELP = """Type your answer and press Enter. To go on in a new line, end the line with \\ .
  :skip     leave this question unanswered
  :why      which lines of your CV and of the ad this question rests on
  :finish   end here and see the report
  :quit     stop now and go on later (so do Ctrl-D and Ctrl-C)
  :help     this"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A new interview, or one to go on with."""
    parser.add_argument("--cv", type=Path, metavar="FILE", help="your CV: PDF, DOCX, TXT, Markdown or JSON Resume")
    parser.add_argument("--job", type=Path, metavar="FILE", help="the job ad, in one of the same forms")
    parser.add_argument("--resume", metavar="ID", help="go on with an interview; the pages show the same ones")
    parser.add_argument("--title", default="", help="job title, when the ad does not say it well")
    parser.add_argument("--company", default="")
    parser.add_argument("--questions", default="8", metavar="N", help="1 to 20, default 8")
    parser.add_argument("--follow-ups", default="1", metavar="N", help="at most so many for one topic, default 1")
    parser.add_argument("--format", default="mock", help="mock (default) or mock_resume")
    parser.add_argument("--difficulty", default="medium", help="easy, medium (default), hard or adaptive")
    parser.add_argument("--focus", default="", help="what to practise first: weakest, or such as service,safety")
    parser.add_argument("--language", default="en", help="such as en or de; the built-in coach speaks English")
    parser.add_argument("--coach", default="auto", help="auto (default), offline, gemini or openrouter")
    parser.add_argument(
        "--again", action="store_true", help="start anew although one with the same texts is unfinished"
    )


def run(options: argparse.Namespace) -> int:
    """Hold the interview to its end, or until the person stops."""
    if not options.resume and not (options.cv and options.job):
        raise Stop("Say which files to use: practice --cv FILE --job FILE (or --resume ID to go on with an interview).")
    from interview_coach import create_app
    from interview_coach.commands.settings import load

    texts = None if options.resume else (_text(options.cv), _text(options.job))
    with create_app(load()).app_context():
        interview_id = str(options.resume) if texts is None else _create(options, *texts)
        return Practice(interview_id, Terminal()).hold()


def _text(path: Path) -> str:
    from interview_coach.documents.errors import DocumentProblem
    from interview_coach.documents.limits import DEFAULT_LIMITS
    from interview_coach.documents.reading import read_upload

    try:
        with path.open("rb") as file:
            # One byte more than allowed is enough to know that it is too large.
            return read_upload(file.read(DEFAULT_LIMITS.upload_bytes + 1), path.name)
    except DocumentProblem as problem:
        raise Stop(f"{path}: {problem.message}") from None


def _create(options: argparse.Namespace, cv: str, job: str) -> str:
    from interview_coach.creating import NewInterview, create
    from interview_coach.models import LOCAL_OWNER

    interview_id, is_new = create(
        LOCAL_OWNER,
        NewInterview(
            cv_text=cv,
            job_text=job,
            cv_filename=options.cv.name,
            job_filename=options.job.name,
            job_title=options.title,
            company=options.company,
            format=options.format,
            questions=options.questions,
            follow_ups=options.follow_ups,
            difficulty=options.difficulty,
            focus=options.focus,
            language=options.language,
            provider=options.coach,
            force_create=options.again,
        ),
    )
    if not is_new:
        print("An unfinished interview with these texts is there already; this goes on with it. --again starts anew.\n")
    return interview_id


class Practice:
    """One interview at one terminal."""

    def __init__(self, interview_id: str, terminal: Terminal) -> None:
        from interview_coach.models import LOCAL_OWNER

        self.owner = LOCAL_OWNER
        self.id = interview_id
        self.terminal = terminal

    def hold(self) -> int:
        """Ask until it is complete, then report. 0 also when the person stops in between, 130 after Ctrl-C."""
        view = self._view()
        if not view.is_complete:
            self._welcome(view)
        try:
            while not self._view().is_complete:
                if not self._turn():
                    return self._stopped(0)
        except KeyboardInterrupt:
            return self._stopped(130)
        from interview_coach import evaluating

        self._report(evaluating.report(self.owner, self.id))
        return 0

    def _view(self) -> "InterviewView":
        from interview_coach import interviewing

        return interviewing.view(self.owner, self.id)

    def _welcome(self, view: "InterviewView") -> None:
        from interview_coach.web.words import language_words

        title = " at ".join(part for part in (view.job_title, view.company) if part) or "your interview"
        if view.is_started:
            said = f"Going on with {title}: {view.answered_count} of {view.max_questions} answered."
        else:
            count = "1 question" if view.max_questions == 1 else f"{view.max_questions} questions"
            said = f"{title[0].upper()}{title[1:]}: {count}. Take your time."
        self.terminal.say(said)
        note = language_words(view.coach, view.language)
        if note:
            self.terminal.say(note)
        self.terminal.say(HELP, wrap=False)

    def _turn(self) -> bool:
        """One question up to its answer. False when the person stops."""
        from interview_coach import interviewing
        from interview_coach.errors import Problem

        question = self._question()
        if question is None:
            return False
        if self._view().is_complete:
            return True
        self.terminal.say(f"\nQuestion {question.number} of {self._view().max_questions}")
        self.terminal.say(question.text)
        if question.provenance.fallback:
            self.terminal.say(f"(Asked by the built-in coach. {question.provenance.reason or ''})")
        while True:
            answer = self.terminal.ask("> ")
            if answer is None or answer == ":quit":
                return False
            try:
                match answer:
                    case "":
                        self.terminal.say("Write an answer first, or type :skip.")
                        continue
                    case ":help":
                        self.terminal.say(HELP, wrap=False)
                        continue
                    case ":why":
                        self._why(question)
                        continue
                    case ":skip":
                        interviewing.skip(self.owner, self.id, question.number)
                    case ":finish":
                        if self.terminal.ask("End here? Open questions score 0. Type yes: ") not in ("yes", "y"):
                            continue
                        interviewing.finish(self.owner, self.id)
                    case _ if answer.startswith((":", "/")) and " " not in answer:
                        self.terminal.say(f"{answer} is not a command here. :help shows them.")
                        continue
                    case _:
                        interviewing.answer(self.owner, self.id, question.number, answer)
                return True
            except Problem as problem:
                if problem.code not in ("VALIDATION_FAILED", "STORAGE_BUSY"):
                    raise
                self.terminal.say(problem.message)

    def _question(self) -> "QuestionView | None":
        """The next question; on trouble with the interviewer the person decides. None when they stop."""
        from interview_coach import interviewing
        from interview_coach.errors import Problem

        coach: str | None = None
        while True:
            try:
                with self.terminal.waiting("The interviewer is thinking ..."):
                    return interviewing.next_question(self.owner, self.id, coach)
            except Problem as problem:
                if problem.code != "PROVIDER_UNAVAILABLE":
                    raise
                self.terminal.say(f"\n{problem.message}")
            reply = self.terminal.ask("Press Enter to ask again, or type offline for the built-in coach: ")
            if reply is None or reply == ":quit":
                return None
            coach = "offline" if "offline" in reply.lower() else None

    def _why(self, question: "QuestionView") -> None:
        names = {"cv": "Your CV", "job": "The ad", "answer": "Your answer"}
        for span in question.evidence:
            self.terminal.say(f"{names[span.source.value]}: “{' '.join(span.text.split())}”")
        if not question.evidence:
            self.terminal.say("This question does not rest on a line of your texts.")

    def _stopped(self, code: int) -> int:
        self.terminal.say(
            f"\nStopped. Every answer that you sent is saved. To go on:\n  interview-coach practice --resume {self.id}",
            wrap=False,
        )
        return code

    def _report(self, report: "Report") -> None:
        """The short one: what to do next, then the marks of each answer. The page has all of it."""
        say = self.terminal.say
        say("\nYour report\n")
        if report.overall is None:
            say("The feedback is not written yet. Your answers are saved; the page shows it when it is there.")
            return
        say(f"Overall {report.overall} of 100, {report.answered} of {report.asked} answered. {report.readiness}")
        say(report.summary)
        for heading, points in (("What was strong", report.strengths), ("What to do next", report.next_steps)):
            if points:
                say(f"\n{heading}")
            for point in points:
                quote = f" (“{' '.join(point.quote.text.split())}”)" if point.quote else ""
                say(f"- {f'Answer {point.number}: ' if point.number else ''}{point.text}{quote}")
        say("\nAnswer by answer: accuracy of 40, completeness of 30, clarity of 30")
        for entry in report.answers:
            marks = entry.score
            say(f"{marks.number:>3}. {marks.accuracy} + {marks.completeness} + {marks.clarity} = {marks.score}")
        say("\nThe marks follow stated rules and look at the words alone; they are practice, not a verdict.")
        say(
            "The whole report is on the pages: start interview-coach, open the address it says, "
            f"and add /interviews/{self.id}/report to it."
        )
