"""Which words of a CV answer which words of an ad: the same thing in another word, a narrower name, a compound.

Data about general working life. Each entry must hold in any trade, because a wrong kinship claims what is not there.
"""

import re

from interview_coach.documents.words import stem, wordset

_GROUPS = """
customer client guest visitor shopper patron passenger homeowner merchant
patient resident
pupil student learner schoolchild
child children nursery kindergarten childcare toddler
parent carer relative family
teach tutor instruct lecture teacher
lesson class workshop session curriculum
literacy phonics reading
staff employee colleague
supervise manage oversee lead
mentor coach precept
recruit hire
rota roster schedule timetable shift
stock inventory stocktaking warehouse shelf shelves replenish
retail shop store supermarket
till cash payment cashier checkout
complaint dispute
sell sales selling upsell
negotiate bargain
purchase procure buy sourcing
supplier vendor
budget cost finance spend forecast
invoice billing payable receivable bookkeeping ledger
payroll wages
audit inspection
safety hazard haccp
hygiene sanitation infection disinfect sterile
clean cleaning tidy
kitchen cook chef
cook cooking culinary
menu dish recipe
nurse nursing ward clinical
surgical surgery
medication medicine medicinal drug dose
intravenous infusion cannulation
drive driver driving lorry truck van haulage
lorry truck hgv trailer articulated trunking tramper haulage freight
chilled refrigerated frozen
deliver delivery courier
route logistics dispatch transport
repair maintain maintenance fault troubleshoot mend mechanic
diagnose troubleshoot
wiring electrical electrician circuit rewire
weld welder fabricate fabrication
plumb plumber plumbing pipework
garden gardener horticulture landscape
farm agriculture livestock crop
research study investigate
publish publication journal article
laboratory bench assay
molecular genetic genomic dna rna sequencing pcr qpcr
statistics statistical regression
analyse analytics analysis
spreadsheet excel
dashboard visualisation visualization
program programming code coding software
container docker kubernetes
pipeline etl airflow
penetration pentest vulnerability exploit weakness
incident breach outage phishing
automate automation script
migrate migration changeover
presentation present speaking speech talk
write writing editorial copy content
translate interpreter translation
document documentation records
campaign marketing advertising
design designer ux prototype
event conference festival
elderly dementia
disability autism
counsel counselling therapy
court litigation legal law paralegal solicitor
contract agreement
volunteer charity fundraising
tourist tourism sightseeing tour
certify certificate certification
assess assessment evaluate
journey travel trip
keystage schoolyear primary
shut closed
licence license permit
onboard induct induction
monitor observability alert
"""
"""Words for the same thing."""

_KINDS = """
programming: python java javascript typescript golang ruby php rust kotlin scala perl
database: sql postgresql postgres mysql oracle mongodb sqlite mariadb
cloud: aws azure gcp
container: docker kubernetes podman
visualisation: tableau looker powerbi metabase
spreadsheet: excel
erp: sap netsuite xero sage quickbooks dynamics
crm: salesforce hubspot
vehicle: lorry truck van car bus trailer hgv
instrument: guitar piano violin cello flute drums trumpet clarinet
animal: dog cat horse bird cattle sheep
degree: bachelor master doctorate
bachelor: master doctorate
master: doctorate
certificate: oscp cissp comptia itil prince2 acca cima nvq cscs ipaf
accountant: acca cima acma aca cpa
qts: pgce
registration: registered
machine: lathe forklift excavator
streaming: kafka kinesis flink
welding: mig tig mma
relational: postgresql postgres mysql oracle mariadb
siem: splunk sentinel qradar
edr: crowdstrike defender
cicd: jenkins githubactions gitlab circleci
observability: prometheus grafana datadog
frontend: react angular vue svelte
electronic: ehr emr epic cerner meditech
"""
"""Who names a narrower thing has the broader one; not the other way round, and not one for another."""

_COMPOUNDS = (
    (r"(?:food|kitchen) (?:hygiene|safety)|hygiene certificate", "foodsafety"),
    (r"first[- ]aid(?:er)?", "firstaid"),
    (r"health (?:and|&) safety", "healthsafety"),
    (r"key stage \d?", "keystage "),
    (r"(?:year|grade) [1-9]\b", "schoolyear"),
    (r"teaching assistants?", "teachingassistant"),
    (r"social media", "socialmedia"),
    (r"point of sale", "till"),
    (r"(?<!provisional )(?:driving|driver['’]?s|clean|full) licen[cs]e", "drivinglicence"),
    (r"provisional (?:driving )?licen[cs]e", "provisional"),
    (r"qualified teacher status|qts", "qts"),
    (r"b\.ed\b|bachelor of education", "pgce"),
    (r"b\.?(?:sc|eng|a)\b|bachelor(?:['’]?s)?", "bachelor"),
    (r"m\.?(?:sc|eng|a)\b|master(?:['’]s)? (?=degree|of|in|\b)|master['’]s", "master "),
    (r"ph\.? ?d|doctora(?:te|l degree)", "doctorate"),
    (r"\biv\b", "intravenous"),
    (r"power bi", "powerbi"),
    (r"(?:special|additional) (?:educational )?needs|learning (?:difficulties|disabilities)", "disability"),
    (r"infrastructure as code", "terraform"),
    (r"machine learning", "machinelearning"),
    (r"version control", "git"),
    (r"hands?[- ]on", ""),
    (r"ci/cd\b|continuous (?:integration|delivery|deployment)", "cicd"),
    (r"github actions", "githubactions"),
    (r"rg?n\b", "registered nurse"),
)  # fmt: skip
_JOINED = tuple((re.compile(rf"\b(?:{pattern})", re.IGNORECASE), word) for pattern, word in _COMPOUNDS)

COMPOUNDS = frozenset(stem(word.strip()) for _, word in _COMPOUNDS if word)
"""Stems that mean one thing wherever they stand."""
LANGUAGES = frozenset(
    map(
        stem,
        wordset("""english german french spanish italian danish dutch polish swedish norwegian finnish portuguese arabic
        chinese mandarin japanese hindi urdu russian turkish welsh romanian ukrainian greek czech"""),
    )
)
_SAME: dict[str, frozenset[int]] = {}
for _number, _line in enumerate(_GROUPS.strip().splitlines()):
    for _word in _line.split():
        _SAME[stem(_word)] = _SAME.get(stem(_word), frozenset()) | {_number}
_NARROWER: dict[str, frozenset[str]] = {
    stem(broad): frozenset(stem(word) for word in narrow.split())
    for broad, narrow in (line.split(": ") for line in _KINDS.strip().splitlines())
}


def joined(text: str) -> str:
    """The text with compounds and their abbreviations as one word, so that their parts do not match by themselves."""
    for pattern, word in _JOINED:
        text = pattern.sub(word, text)
    return text


def same(one: str, other: str) -> bool:
    """True when two stems stand for the same thing."""
    return not _SAME.get(one, frozenset()).isdisjoint(_SAME.get(other, ()))


def narrower(asked: str) -> frozenset[str]:
    """Stems of what answers the stem `asked` because it is a kind of it."""
    return _NARROWER.get(asked, frozenset())
