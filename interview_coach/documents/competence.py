"""Which competency a requirement is about, by counting telling word stems."""

import re

_CUES: tuple[tuple[str, int, str], ...] = (
    ("leadership", 3, 
        r"\blead(?:ing|ers?|ership)\b(?! (?:time|generation|to\b|international|journals|in\b.{0,10}market))"
        r"|(?<!the )(?<!their )(?<!content )(?<!your )(?<!team )\bleads?\b(?= \w)(?! (?:time|generation|to\b))"
        r"|(?<!under )(?<!without )(?<!minimal )supervis|\b(?:in|take|taking) charge of|\bled\b"
        r"|\bmanag\w* (?:a |the |an? )?(?:\w+ )?(?:team|staff|people|brigade|crew|colleagues|reports)"
        r"|line manag|mentor|\bcoach\w*|delegat|appraisal|\brota\b|\bhead of|führung"),
    ("teaching", 3, 
        r"\bteach|\btutor|\blessons?\b|\bpupil|\bcurricul|classroom|\bstudents?\b|\btrain(?:ing)? (?:new"
        r"|staff|colleagues|users|junior|others)|explain|\bworkshops?\b|\blectur|phonics|unterricht"),
    ("safety", 3, 
        r"\bsafe|hazard|\bhygiene|infection|\bregulat|\bcomplian|\bethic|\bconfidential|\bgdpr\b"
        r"|data protection|\bhaccp\b|\brisk assess|\ballergen|first[- ]aid"
        r"|(?:safety|infection|clinical|emergency) protocols?\b|legislat|\bprivacy"
        r"|food safety|security (?:review|polic)|\btachograph|vorschrift|sicherheit"),
    ("service", 3, 
        r"\bcustomer|\bguest|\bclient|\bpatient(?:s|['’]s| care)|\bvisitor|\bresident|\bservice users?"
        r"|\bpassenger|hospitality|\bcomplaint|enquir|welcom|\bgreet|\bfamilies\b|\bcare (?:plan|for)"
        r"|bedside|kund"),
    ("persuasion", 3, 
        r"\bsell|\bsales?\b|negotiat|persua|\bpitch|influenc|convinc|marketing|upsell|promot(?:e|ing|ion)"
        r"|fundrais|\bstakeholder|verkauf"),
    ("communication", 2, 
        r"communicat|\bspoken|\bwrit(?:e|ing|ten)|\bpresent(?:ing|ation)\b"
        r"|\bpresent (?:to|your|our|the|findings|results|complex)|\bpresentations?|\bspeak"
        r"|\bfluent|\benglish\b|\bgerman\b|\bfrench\b|\bspanish\b|\bitalian\b|\bdanish\b|\bpolish\b"
        r"|(?<!programming )(?<!typed )(?<!scripting )(?<!markup )(?<!query )\blanguages?\b|\breport(?:s"
        r"|ing)? (?:to|writing|on)|\bdocument(?:ation|ing)\b|storytell|\blisten"
        r"|interpersonal|correspond|\bliais|deutsch|kommunikat"),
    ("teamwork", 2, 
        r"\bteam(?:work|s|mates)?\b|collaborat|cross-functional|colleague"
        r"|\bwork(?:ing)? (?:closely )?(?:with|alongside)|partner(?:ing|ship)|\bmultidisciplin|multi-agency"),
    ("quality", 2, 
        r"accura|\breviews?\b|detail|meticulous|\bquality|precis|\bcareful|thorough|\bproofread|\baudit|\btidy"
        r"|\bclean(?:ing|liness)?\b|\binspect|\bcheck(?:s|ing)?\b|reconcil|\btest(?:s|ing)?\b"
        r"|record[- ]keeping|\brecords\b|standards?\b|sorgf"),
    ("problem_solving", 2, 
        r"problem|troubleshoot|fault|debug|\bdiagnos|\brepair|\bsolv|\bfix(?:es|ing)?\b|incident|root cause"
        r"|improv(?:e|ing|ement)|resolv|störung"),
    ("analysis", 2, 
        r"analy[sz]|\bdata\b|\bresearch|statist|\bforecast|\bmetrics?|\bevaluat|\bassess|\bmeasur"
        r"|\binvestigat|\bmodel(?:s|ling|ing)?\b|judg[e]?ment|budget|\bvariance|interpret|prioriti[sz]"
        r"|auswert"),
    ("organisation", 2, 
        r"\bplan(?:s|ning|ned)?\b|organi[sz](?!ation)|schedul|coordinat|co-ordinat|deadlines?"
        r"|time[- ]management|logistic|\bproject manag|\broadmap|\border(?:s|ing)? (?:stock|supplies|goods)"
        r"|\bstock|inventory|multi-?task|\bon time\b|workload|caseload|diar(?:y|ies)|rosters?|koordin"),
    ("creativity", 2, r"creativ|\bdesign|innovat|\bideas?\b|\bmenus?\b|imaginat|\bcontent\b|brand|\bvisual"),
    ("tools", 2, 
        r"\bsoftware\b|\bexcel\b|\bsql\b|\bpython\b|\bjava\b|\bcloud\b|\baws\b|\bms office|microsoft|\bsap\b"
        r"|\bcrm\b|\berp\b|\btools?\b|\bsystems?\b|\bmachin|\bequipment|\bdatabase|\bkubernetes|\bgit\b"
        r"|spreadsheet|\bprogramming|\btill\b|\bforklift|\bdriving\b|\bdrive (?:a|the|vans?|lorr|trucks?"
        r"|vehicles?)\b|\bnetworks?\b|\bprotocols?\b|\binfrastructure\b|\bcad\b|\bplatforms?\b"
        r"|\bframeworks?\b|xero|quickbooks"),
    ("learning", 2, 
        r"\blearn|curio|\bkeep(?:ing)? up|up to date|willing(?:ness)? to (?:train|develop|study)"
        r"|professional development|desire to|\bnew (?:tools|technolog|skills)|lern"),
    ("adaptability", 2, 
        r"flexib|pressure|fast[- ]paced|adapt|resilien|\bcalm|\bshifts?\b|weekend|\bchanging|unpredict"
        r"|multiple priorities|\bnights?\b|\btravel|overtime|\bbusy|belastbar"),
    ("initiative", 2, 
        r"initiativ|independent|proactiv|self[- ](?:start|motiv|direct)|autonom|\bownership|entrepreneur"
        r"|hands-on|without supervision|\bown (?:work|initiative|time)|reliab|punctual|work ethic"
        r"|selbstständig|selbständig|eigenverantwort"),
    ("motivation", 2, 
        r"passion|enthusias|motivat|\blove\b|commit(?:ment|ted)|\binterest in|believ|\benjoy|empath"
        r"|compassion|\bcaring\b|\bwarm\b|friendly"),
    ("expertise", 1, 
        r"degree|qualif|diploma|\blicen[cs]|certific|registered|knowledge|understanding|\bexpert|experience"
        r"|\bnvq\b|\bphd\b|\bbachelor|\bmaster|theor|principles|background|ausbildung|studium|kenntnis"),
)  # fmt: skip
_TABLE = tuple((key, weight, re.compile(pattern, re.IGNORECASE)) for key, weight, pattern in _CUES)


def competency_of(text: str) -> str:
    """Key of the competency table; `expertise` when no cue is found. Ties go to the rarer competency."""
    best, best_marks = "expertise", 0
    for key, weight, pattern in _TABLE:
        found = {match.casefold() for match in pattern.findall(text)}
        marks = weight * len(found) if found else 0
        if marks > best_marks:
            best, best_marks = key, marks
    return best
