"""Requirements that one has or has not: certificates, length of experience, languages."""

import re

from interview_coach.domain.evidence import Requirement

_CREDENTIAL = re.compile(
    r"\b(?:licen[cs]es?|certificates?|certifications?|certified|degrees?|diplomas?|qualifications?|qualified|registration|registered|"
    r"nvq|btec|gcse|cpc|pgce|bachelor\S*|master['’]s|phd|doctorate|apprenticeship|(?:tachograph|gold|cscs|"
    r"sia) card|accreditation|dbs|status)\b",
    re.I,
)
_TENURE = re.compile(
    r"\b(?:years?|months?)\b.*\b(?:in|as|of|with|experience)\b|\b(?:experience|background)\b.*\b(?:years?|months?)\b|"
    r"^(?:at least |minimum )?\S+\+? (?:years?|months?)\b",
    re.I,
)
_LANGUAGE = re.compile(
    r"\b(?:english|german|french|spanish|italian|danish|dutch|polish|swedish|norwegian|portuguese|arabic|chinese|mandarin|japanese|"
    r"urdu|hindi|turkish|russian|welsh|finnish|romanian|ukrainian)\b",
    re.I,
)


def proof_of(requirement: Requirement) -> str | None:
    """`credential`, `tenure` or `language`; None for everything that can be shown by a story."""
    label = requirement.label
    if _TENURE.search(label):
        return "tenure"
    if _CREDENTIAL.search(label):
        return "credential"
    if _LANGUAGE.search(label) and len(label.split()) <= 8:
        return "language"
    return None
