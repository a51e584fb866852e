"""A CV and a job ad of our own, so that an interview can be tried without looking for documents first."""

from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Sample:
    """An invented person and an invented employer."""

    cv_text: str
    job_text: str
    job_title: str
    company: str


def load_sample() -> Sample:
    """The texts that ship with the product."""
    here = files(__name__)
    return Sample(
        cv_text=here.joinpath("cv.txt").read_text(encoding="utf-8"),
        job_text=here.joinpath("job.txt").read_text(encoding="utf-8"),
        job_title="Events and Programme Coordinator",
        company="Larkhill Museum of Everyday Things",
    )
