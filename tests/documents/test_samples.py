"""The demo that ships with the product."""

import re

from interview_coach.documents.cv_items import find_cv_items
from interview_coach.documents.matching import best_evidence
from interview_coach.documents.requirements import find_requirements, guess_title
from interview_coach.samples import load_sample


def test_the_sample_is_a_full_pair():
    sample = load_sample()
    assert 1500 < len(sample.cv_text) < 4000
    assert 1500 < len(sample.job_text) < 4000
    assert sample.company in sample.job_text
    assert guess_title(sample.job_text) == sample.job_title


def test_it_shows_backed_requirements_and_gaps():
    sample = load_sample()
    items = find_cv_items(sample.cv_text)
    backed = [best_evidence(r, items) is not None for r in find_requirements(sample.job_text)[:16]]
    assert sum(backed) >= 5
    assert backed.count(False) >= 3


def test_it_holds_nobodys_contact_data():
    sample = load_sample()
    mails = re.findall(r"\S+@(\S+)", sample.cv_text + sample.job_text)
    assert mails
    assert all(mail.rstrip(".").endswith(("example.com",)) for mail in mails)
