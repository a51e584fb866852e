"""Requirements that one has or has not: certificates, length of experience, languages."""

import re

from interview_coach.coach.rules.wordlists import wordset
from interview_coach.domain.evidence import Requirement

_CREDENTIAL = re.compile(
    r"\b(?:licen[cs]es?|certificates?|certifications?|certified|degrees?|diplomas?|qualifications?|qualified|registration|registered|"
    r"nvq|btec|gcse|cpc|pgce|bachelor\S*|master['’]s|phd|doctorate|apprenticeship|(?:tachograph|gold|cscs|"
    r"sia) card|accreditation|dbs|status|"
    r"bls|acls|pals|tncc|ccrn|gcih|gcfa|gcia|oscp|cissp|cism|cisa|ceh|npqsl|npqh|qts|acca|cima|cpa|cfa|pmp|nebosh|iosh|"
    r"ipaf|pasma|rtitb|aat level|adr|"
    r"(?:up[- ]to[- ]date|mandatory|current|completed) (?:[\w-]+ ){0,2}training)\b",
    re.I,
)
_TENURE = re.compile(
    r"\b(?:years?|months?)\b.*\b(?:in|as|of|with|experience)\b|\b(?:experience|background)\b.*\b(?:years?|months?)\b|"
    r"^(?:at least |minimum )?\S+\+? (?:years?|months?)\b",
    re.I,
)
_WORKED = re.compile(r"^(?:having worked|working|experience (?:of )?working) (?:in|as|for)\b", re.I)
_LANGUAGES = wordset(
    """english german french spanish italian danish dutch polish swedish norwegian portuguese arabic chinese mandarin
    japanese urdu hindi turkish russian welsh finnish romanian ukrainian"""
)
_LANGUAGE_TALK = wordset(
    """a an the of in and or fluent fluency good clear very excellent spoken written speak write command
    knowledge working basic
    level language languages skills proficiency both at least native b1 b2 c1 c2 is to speaking writing additional"""
)
_TERMS = re.compile(
    r"\b(?:willing(?:ness)? to (?:travel|work|relocate)|available|availability|weekends?|night shifts?|"
    r"early shifts?|shift work|"
    r"overtime|on-call|flexible hours|travel as)\b|^own (?:transport|car|van|vehicle|laptop|(?:hand |basic )?tools)\b|"
    r"^(?:regular |occasional |frequent )?travel(?:ling)?\b(?! (?:industry|agen|plan|writ|trade))",
    re.I,
)


def proof_of(requirement: Requirement) -> str | None:
    """`credential`, `tenure`, `language` or `terms` (hours, travel); None for everything that can be shown by
    a story."""
    label = requirement.label
    if _TENURE.search(label) or _WORKED.search(label):
        return "tenure"
    if _CREDENTIAL.search(label):
        return "credential"
    words = {word.casefold() for word in re.findall(r"\w+", label)}
    if words & _LANGUAGES and words <= _LANGUAGES | _LANGUAGE_TALK:
        return "language"
    if _TERMS.search(label):
        return "terms"
    return None
