"""From two texts and a few choices to an interview that can start."""

import hashlib
import secrets
from dataclasses import dataclass
from dataclasses import fields as fields_of
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from interview_coach import codec
from interview_coach.coaches import NAMES, coaches
from interview_coach.db import now, reading, writing
from interview_coach.documents.cleaning import clean_text
from interview_coach.documents.cv_items import find_cv_items
from interview_coach.documents.requirements import find_requirements, guess_company, guess_title
from interview_coach.domain.evidence import CvItem, Requirement
from interview_coach.domain.formats import ADAPTIVE, AVAILABLE, Difficulty, Format
from interview_coach.errors import Problem, interview_not_found
from interview_coach.models import Document, Interview, Person
from interview_coach.personas import SURPRISE, names, persona, surprise
from interview_coach.practising import choices_of, focus_of
from interview_coach.progress import reached
from interview_coach.views import StoredCv

SHORTEST_DOCUMENT = 50
LONGEST_CV = 100_000
LONGEST_AD = 50_000
LONGEST_TITLE = 200
MOST_QUESTIONS = 20
MOST_FOLLOW_UPS = 3
MINUTES = (15, 30, 45)


@dataclass(frozen=True, slots=True)
class NewInterview:
    """What a person chose. Everything arrives as text from a form or as values from JSON, and is checked here."""

    cv_text: str = ""
    job_text: str = ""
    cv_id: str = ""
    """Use a stored CV again instead of `cv_text`."""
    cv_filename: str | None = None
    job_filename: str | None = None
    job_title: str = ""
    company: str = ""
    format: str = ""
    questions: object = None
    follow_ups: object = None
    difficulty: str = ""
    """`easy`, `medium`, `hard`, or `adaptive`: what the person has reached in each competency."""
    persona: str = ""
    """Id of an interviewer, `surprise`, or empty: nobody in particular."""
    minutes: object = None
    """15, 30 or 45. Then a spoken interview ends by time, and as many questions as fit are asked."""
    language: str = ""
    provider: str = ""
    coaching: str = ""
    focus: object = None
    """Competencies to practise first, as a list or `service, safety`; or `weakest`."""
    like: str = ""
    """Id of an interview whose texts and choices hold where nothing else is said; or `newest`."""
    force_create: object = False


NO_MINUTES = (None, "", 0, "0")
"""An interview by its number of questions."""

DEFAULTS: dict[str, Any] = {
    "format": Format.MOCK.value,
    "questions": 8,
    "follow_ups": 1,
    "difficulty": Difficulty.MEDIUM.value,
    "language": "en",
    "provider": "auto",
    "coaching": "off",
}


def _with_defaults(owner: str, new: NewInterview) -> NewInterview:
    """An empty field of a form is a choice not made."""
    chosen = {field.name: getattr(new, field.name) for field in fields_of(NewInterview)}
    usual: dict[str, Any] = {**DEFAULTS, **(choices_of(owner, new.like) if new.like else {})}
    if new.cv_id:
        usual.pop("cv_text", None)
    if new.minutes not in NO_MINUTES:
        # Time decides, so the number only has to be out of its way.
        usual["questions"] = MOST_QUESTIONS
    return NewInterview(**{**usual, **{name: value for name, value in chosen.items() if value not in ("", None)}})


def _whole(value: object, low: int, high: int) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value) if len(value.strip()) < 6 else high + 1
    return value if isinstance(value, int) and low <= value <= high else None


def _check_text(text: str, longest: int, what: str, field: str, fields: dict[str, str]) -> None:
    if len(text) > longest:
        raise Problem(
            "DOCUMENT_TOO_LARGE",
            f"{what} has {len(text):,} characters; at most {longest:,} can be read. Shorten it and send it again.",
            fields={field: f"At most {longest:,} characters."},
        )
    if len(text.strip()) < SHORTEST_DOCUMENT:
        fields[field] = f"{what} needs at least {SHORTEST_DOCUMENT} characters of text. Paste it or choose a file."


@dataclass(frozen=True, slots=True)
class _Checked:
    format: Format
    questions: int
    follow_ups: int
    difficulty: str
    """A `Difficulty`, or `adaptive`."""
    language: str
    provider: str
    coaching: str
    job_title: str
    company: str
    focus: list[str] | None
    persona: str
    """Id, `surprise`, or empty."""
    minutes: int | None


def _check_choices(owner: str, new: NewInterview, fields: dict[str, str]) -> _Checked:
    known = {item.value for item in Format}
    if new.format not in known:
        fields["format"] = f"Choose one of these kinds of interview: {', '.join(item.value for item in AVAILABLE)}."
    elif Format(new.format) not in AVAILABLE:
        fields["format"] = (
            f"The kind of interview “{new.format}” comes in a later version. "
            f"You can choose {' or '.join(item.value for item in AVAILABLE)} today."
        )
    questions = _whole(new.questions, 1, MOST_QUESTIONS)
    if questions is None:
        fields["questions"] = f"Choose between 1 and {MOST_QUESTIONS} questions."
    follow_ups = _whole(new.follow_ups, 0, MOST_FOLLOW_UPS)
    if follow_ups is None:
        fields["follow_ups"] = f"Choose between 0 and {MOST_FOLLOW_UPS} follow-ups for one topic."
    if new.difficulty not in {*Difficulty, ADAPTIVE}:
        fields["difficulty"] = "Choose easy, medium, hard or adaptive."
    chosen = new.persona.strip().lower()
    chosen = "" if chosen == "default" else chosen
    if chosen and chosen != SURPRISE and persona(chosen) is None:
        fields["persona"] = f"There is no interviewer of that name. Choose one of these: {names()}; or leave it out."
    minutes = None
    if new.minutes not in NO_MINUTES:
        minutes = _whole(new.minutes, 1, max(MINUTES))
        if minutes not in MINUTES:
            fields["minutes"] = "Choose 15, 30 or 45 minutes, or leave it out."
    language = new.language.strip() or "en"
    if not (2 <= len(language) <= 35 and all(part.isalnum() for part in language.split("-")) and language.isascii()):
        fields["language"] = "Write the language as a short code, such as en or de."
    if new.provider not in NAMES:
        fields["provider"] = f"Choose one of {', '.join(NAMES)}."
    elif not coaches().is_configured(new.provider):
        fields["provider"] = (
            "This interviewer has no key on this computer. Choose the built-in coach, or set the key first."
        )
    if new.coaching not in ("off", "on", "exam"):
        fields["coaching"] = "Choose off, on or exam for the feedback after each answer."
    title, company = clean_text(new.job_title).strip(), clean_text(new.company).strip()
    for name, value in (("job_title", title), ("company", company)):
        if len(value) > LONGEST_TITLE:
            fields[name] = f"At most {LONGEST_TITLE} characters."
    focus: tuple[str, ...] = ()
    try:
        focus = focus_of(owner, new.focus)
    except Problem as problem:
        fields.update(problem.fields)
    if fields:
        sentence = next(iter(fields.values()))
        raise Problem("VALIDATION_FAILED", sentence, fields=fields)
    return _Checked(
        format=Format(new.format),
        questions=questions or 0,
        follow_ups=follow_ups or 0,
        difficulty=new.difficulty,
        language=language,
        provider=new.provider,
        coaching=new.coaching,
        job_title=" ".join(title.split()),
        company=" ".join(company.split()),
        focus=list(focus) or None,
        persona=chosen,
        minutes=minutes,
    )


def digest(text: str) -> str:
    """SHA-256 of a text, as hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def new_id() -> str:
    """64 random bits: not to be guessed, short enough for an address bar."""
    return secrets.token_hex(8)


def ensure_person(session: Session, owner: str) -> None:
    """The local person exists from the first write on."""
    if session.get(Person, owner) is None:
        session.add(Person(id=owner, created_at=now()))
        session.flush()


def store_document(session: Session, owner: str, kind: str, text: str, filename: str | None) -> Document:
    """The row of this text; the same text is stored once."""
    found = session.scalars(
        select(Document).where(Document.owner_id == owner, Document.kind == kind, Document.digest == digest(text))
    ).first()
    if found is not None:
        return found
    row = Document(
        id=new_id(),
        owner_id=owner,
        kind=kind,
        text=text,
        digest=digest(text),
        filename=clean_text(filename)[:255] if filename else None,
        created_at=now(),
    )
    session.add(row)
    session.flush()
    return row


def _seed(session: Session, owner: str, cv: str, job: str) -> int:
    """The same CV and ad on the same history give the same interview; practising again gives another."""
    earlier = session.scalar(
        select(func.count())
        .select_from(Interview)
        .join(Document, Document.id == Interview.cv_id)
        .where(Interview.owner_id == owner, Document.digest == digest(cv))
    )
    return int(digest(f"{digest(cv)}{digest(job)}{earlier}")[:7], 16)


def _same_unfinished(session: Session, owner: str, cv: str, job: str, choice: _Checked) -> str | None:
    job_row, cv_row = select(Document.id), select(Document.id)
    found = session.execute(
        select(Interview.id, Interview.focus)
        .where(
            Interview.owner_id == owner,
            Interview.completed_at.is_(None),
            Interview.cv_id.in_(cv_row.where(Document.owner_id == owner, Document.digest == digest(cv))),
            Interview.job_id.in_(job_row.where(Document.owner_id == owner, Document.digest == digest(job))),
            Interview.format == choice.format.value,
            Interview.max_questions == choice.questions,
            Interview.follow_ups == choice.follow_ups,
            Interview.difficulty == choice.difficulty,
            Interview.language == choice.language,
            Interview.coach == choice.provider,
            Interview.minutes.is_(None) if choice.minutes is None else Interview.minutes == choice.minutes,
            # Whoever asked to be surprised gets the surprise of the first time.
            Interview.persona != "" if choice.persona == SURPRISE else Interview.persona == choice.persona,
            # Notes can be switched in the room, so they make no other interview; an exam is one.
            Interview.coaching == "exam" if choice.coaching == "exam" else Interview.coaching != "exam",
        )
        .order_by(Interview.created_at.desc())
    )
    return next((row.id for row in found if row.focus == choice.focus), None)


def create(owner: str, new: NewInterview) -> tuple[str, bool]:
    """Make an interview; returns its id and whether it is new.

    The same texts and choices again lead to the unfinished interview that they made before, unless `force_create`:
    that makes a repeated request harmless.
    """
    fields: dict[str, str] = {}
    new = _with_defaults(owner, new)
    cv, job = clean_text(new.cv_text), clean_text(new.job_text)
    if new.cv_id and not cv.strip():
        cv = stored_cv(owner, new.cv_id).text
    _check_text(cv, LONGEST_CV, "Your CV", "cv_text", fields)
    _check_text(job, LONGEST_AD, "The job ad", "job_text", fields)
    choice = _check_choices(owner, new, fields)
    levels = reached(owner) if choice.difficulty == ADAPTIVE else None
    requirements, cv_items = find_requirements(job), find_cv_items(cv)
    force = new.force_create in (True, 1) or str(new.force_create).lower() in ("1", "true", "on", "yes")
    with writing() as session:
        ensure_person(session, owner)
        if not force and (existing := _same_unfinished(session, owner, cv, job, choice)):
            return existing, False
        interview_id = new_id()
        seed = _seed(session, owner, cv, job)
        cv_row = store_document(session, owner, "cv", cv, new.cv_filename)
        job_row = store_document(session, owner, "job", job, new.job_filename)
        session.add(
            Interview(
                id=interview_id,
                owner_id=owner,
                cv_id=cv_row.id,
                job_id=job_row.id,
                format=choice.format.value,
                job_title=choice.job_title or guess_title(job)[:LONGEST_TITLE],
                company=choice.company or guess_company(job)[:LONGEST_TITLE],
                max_questions=choice.questions,
                follow_ups=choice.follow_ups,
                difficulty=choice.difficulty,
                language=choice.language,
                coach=choice.provider,
                coaching=choice.coaching,
                levels=None if levels is None else {name: level.value for name, level in levels.items()},
                focus=choice.focus,
                persona=surprise(seed).id if choice.persona == SURPRISE else choice.persona,
                minutes=choice.minutes,
                seed=seed,
                requirements=codec.dump(tuple[Requirement, ...], requirements),
                cv_items=codec.dump(tuple[CvItem, ...], cv_items),
                created_at=now(),
            )
        )
    return interview_id, True


def correct(owner: str, interview_id: str, *, cv_text: str, job_text: str, job_title: str, company: str) -> None:
    """Put corrected texts in place before the first question; afterwards they stay what the questions rest on."""
    fields: dict[str, str] = {}
    cv, job = clean_text(cv_text), clean_text(job_text)
    title, name = " ".join(clean_text(job_title).split()), " ".join(clean_text(company).split())
    _check_text(cv, LONGEST_CV, "Your CV", "cv_text", fields)
    _check_text(job, LONGEST_AD, "The job ad", "job_text", fields)
    for field, value in (("job_title", title), ("company", name)):
        if len(value) > LONGEST_TITLE:
            fields[field] = f"At most {LONGEST_TITLE} characters."
    if fields:
        raise Problem("VALIDATION_FAILED", next(iter(fields.values())), fields=fields)
    requirements, cv_items = find_requirements(job), find_cv_items(cv)
    with writing() as session:
        row = session.get(Interview, interview_id)
        if row is None or row.owner_id != owner:
            raise interview_not_found()
        if row.started_at is not None:
            raise Problem(
                "INTERVIEW_ALREADY_STARTED",
                "The interview has started, and its questions rest on these texts, so they can no longer be changed. "
                "To use other texts, start a new interview.",
            )
        old = {row.cv_id, row.job_id}
        row.cv_id = store_document(session, owner, "cv", cv, None).id
        row.job_id = store_document(session, owner, "job", job, None).id
        row.job_title, row.company = title, name
        row.requirements = codec.dump(tuple[Requirement, ...], requirements)
        row.cv_items = codec.dump(tuple[CvItem, ...], cv_items)
        session.flush()
        drop_unused(session, old)


def drop_unused(session: Session, documents: set[str]) -> None:
    """Delete those of these documents that no interview uses any more."""
    for document_id in documents:
        used = select(Interview.id).where((Interview.cv_id == document_id) | (Interview.job_id == document_id))
        row = session.get(Document, document_id)
        if row is not None and session.scalars(used).first() is None:
            session.delete(row)


def _name(row: Document) -> str:
    first = next((line.strip() for line in row.text.splitlines() if line.strip()), "")
    return row.filename or (first[:60] + "…" if len(first) > 60 else first)


def cvs(owner: str) -> list[StoredCv]:
    """CVs that can be used again, newest first."""
    with reading() as session:
        rows = session.scalars(
            select(Document)
            .where(Document.owner_id == owner, Document.kind == "cv")
            .order_by(Document.created_at.desc())
            .limit(20)
        )
        return [StoredCv(id=row.id, name=_name(row), created_at=row.created_at, text=row.text) for row in rows]


def cv_of(owner: str, interview_id: str) -> StoredCv:
    """The CV that an interview rests on."""
    with reading() as session:
        row = session.get(Interview, interview_id)
        if row is None or row.owner_id != owner:
            raise interview_not_found()
        cv = session.get_one(Document, row.cv_id)
        return StoredCv(id=cv.id, name=_name(cv), created_at=cv.created_at, text=cv.text)


def stored_cv(owner: str, cv_id: str) -> StoredCv:
    """One stored CV."""
    with reading() as session:
        row = session.get(Document, cv_id)
        if row is None or row.owner_id != owner or row.kind != "cv":
            raise Problem(
                "VALIDATION_FAILED",
                "That CV is no longer stored. Paste it or choose a file.",
                fields={"cv_id": "That CV is no longer stored."},
            )
        return StoredCv(id=row.id, name=_name(row), created_at=row.created_at, text=row.text)
