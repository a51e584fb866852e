"""Words that stand for the same thing across trades. Short on purpose: a wrong kinship claims what is not there."""

from interview_coach.documents.words import stem

_GROUPS = """
customer client guest visitor shopper patron
patient resident
pupil student learner
teach tutor instruct lecture
lesson class workshop curriculum
staff employee colleague
supervise manage oversee lead
mentor coach
recruit hire
rota roster schedule timetable shift
stock inventory stocktaking warehouse
till cash payment cashier checkout
complaint dispute
sell sales selling upsell
negotiate bargain
budget cost finance spend
invoice billing payable receivable bookkeeping ledger
audit inspection
safety hazard haccp
hygiene sanitation
clean cleaning tidy
kitchen cook chef menu
cook cooking culinary
nurse nursing ward clinical
medication medicine drug dose
drive driver driving lorry truck van haulage
deliver delivery courier
route logistics dispatch transport
repair maintain maintenance fault troubleshoot
wiring electrical electrician circuit
research study investigate
analyse analytics analysis
statistics statistical regression
spreadsheet excel
database sql postgresql mysql
dashboard tableau looker visualisation visualization
program programming code coding software
javascript typescript
container docker kubernetes
cloud aws azure gcp
pipeline etl airflow
penetration pentest vulnerability exploit
presentation present speaking speech
write writing editorial copy content
translate interpreter translation
document documentation records
campaign marketing advertising
design designer ux prototype
event conference festival
child children nursery kindergarten
elderly dementia
counsel counselling therapy
court litigation legal law
contract agreement
volunteer charity fundraising
tourist tourism sightseeing tour
"""

KIN: dict[str, frozenset[int]] = {}
"""stem -> the groups it belongs to"""
for _number, _line in enumerate(_GROUPS.strip().splitlines()):
    for _word in _line.split():
        KIN[stem(_word)] = KIN.get(stem(_word), frozenset()) | {_number}


def akin(a: str, b: str) -> bool:
    """True when two different stems share a group."""
    return not KIN.get(a, frozenset()).isdisjoint(KIN.get(b, frozenset()))
