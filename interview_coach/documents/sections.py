"""What the headings of a job ad announce, in the languages that ads of ours have been seen in."""

import re
from enum import StrEnum


class Section(StrEnum):
    """What stands under a heading. `OPEN` is text that no heading has claimed."""

    OPEN = "open"
    MUST = "must"
    NICE = "nice"
    DUTY = "duty"
    COMPANY = "company"
    OFFER = "offer"
    """Pay, benefits, hours, place, contract."""
    APPLY = "apply"
    LEGAL = "legal"

    @property
    def asks(self) -> bool:
        """Every line under such a heading asks for something."""
        return self in {Section.MUST, Section.NICE, Section.DUTY}


# In order: the first that fits wins, so "nice to have" is found before "have" and "why work for us" before "work".
_HEADINGS: tuple[tuple[Section, re.Pattern[str]], ...] = tuple(
    (section, re.compile(pattern, re.IGNORECASE))
    for section, pattern in (
        (
            Section.DUTY,
            r"\b(?:essential|key|main|primary|principal|core|general|typical|major) "
            r"(?:(?:job|role|daily) )?(?:and \w+ )?(?:duties|responsibilit|functions|tasks|accountabilit)",
        ),
        (Section.MUST, r"^desired (?:candidate|profile)"),
        (
            Section.NICE,
            r"nice[- ]to[- ]have|desirable|desired|\bbonus (?:points|if|skills)|\b(?:a|big|as a) plus\b"
            r"|would be (?:a plus|great|nice|useful)|(?:it )?(?:would|will|might|may) (?:also )?help\b|\bhelpful\b"
            r"|preferred|\bpreferences?\b|\bideally\b|\badvantage|\boptional\b|extra credit|not (?:required"
            r"|essential)|even better"
            r"|desire to learn|stand out|added value"
            r"|von vorteil|wünschenswert|idealerweise|\batouts?\b|souhaité|serait un plus|deseable|se valora"
            r"|gradit|pluspunt|\bpré\b"
            r"|mile widzian|desejáve",
        ),
        (
            Section.OFFER,
            r"\bbenefits?\b|\bperks\b|what(?:'|’)?s in it|what we (?:offer|give|provide|can offer)"
            r"|we (?:can )?offer|what you(?:'|’)?(?:ll| will) (?:get|receive|gain|enjoy)"
            r"|what you (?:get|receive)|in return|\brewards?\b|\bremuneration\b|^(?:the )?(?:salary|pay|package"
            r"|compensation|wage)|salary (?:and|&)|why (?:join|work (?:with|for)|us)"
            r"|^(?:the )?(?:location|where|working hours|hours|contract|start(?:ing)? date|place of work"
            r"|employment type|job type|schedule|shifts?|duration|reports? to|reporting to|responsible to|closing date"
            r"|terms)\b"
            r"|^(?:work location|industry(?: type)?|department|division|role category|functional area|grade|band"
            r"|openings|(?:no\.|number) of (?:positions|openings|vacancies)|seniority level"
            r"|job (?:id|ref\w*|details|function|code)|req(?:uisition)? id|reference)$"
            r"|conditions of (?:employment|service)|terms (?:and|&) conditions|terms of (?:employment"
            r"|appointment)|our offer|you can expect|life at"
            r"|wir bieten|das bieten|unser angebot|dein vorteil|ihre vorteile|deine vorteile|\bbenefits\b"
            r"|nous (?:vous )?(?:offrons|proposons)|avantages|ce que nous|conditions|ofrecemos|offriamo"
            r"|wij bieden"
            r"|wat (?:wij|we) bieden|oferujemy|oferecemos|vi (?:erbjuder|tilbyder|tilbyr)",
        ),
        (
            Section.APPLY,
            r"\bhow to apply|\bto apply\b|\bapply (?:now|today|here|for)|\bapplication(?: process| procedure"
            r"| deadline|s)?$|\bapplying\b|^contact|next steps|\binterview(?:s| process)?$"
            r"|selection (?:process|procedure)$|hiring process|recruitment process|closing date|\bdeadline"
            r"|for (?:more|further) information|interested\?|questions\?"
            r"|bewerbung|bewerben|interesse geweckt|interessiert\?|kontakt|postuler|candidature|comment postuler"
            r"|cómo aplicar|solicitud|candidarsi|solliciteren|aplikuj|ansökan|ansøgning",
        ),
        (
            Section.LEGAL,
            r"physical (?:requirements?|demands?)|work(?:ing)? (?:conditions|environment)"
            r"|equal opportunit|\bequality\b|diversity|inclusion|\bprivacy\b|data protection|\bgdpr\b"
            r"|safeguarding statement|accommodations?$|disclaimer|chancengleichheit|datenschutz",
        ),
        (
            Section.COMPANY,
            r"\babout (?:us|the (?:company|team|school|trust|firm|organi[sz]ation|department|practice|hotel"
            r"|group|project|institute|lab|university|client))|who we are(?! (?:looking|searching|hoping|after"
            r"|seeking))|^us$|^we$|our (?:company|story|mission|values"
            r"|team|culture|client|school|history)"
            r"|company (?:description|overview|profile|background|summary)|\bthe (?:company|employer"
            r"|organi[sz]ation)$|the (?:client|team)$|^(?:background|introduction|context|overview)$"
            r"|^about (?!you\b|the (?:role|job|position|post))"
            r"|über uns|wer wir sind|das sind wir|unternehmen|wir sind|qui sommes|l['’]entreprise|à propos"
            r"|quiénes somos|sobre nosotros|chi siamo|over ons|wie wij zijn|o nas|sobre nós|om oss|om os",
        ),
        (
            Section.MUST,
            r"require|qualification|\bmust\b|\bessential|\bskills?\b|\bexperience\b|competenc|\bknowledge\b"
            r"|\babilities\b|who you are|who we(?:'|’)?re looking for|who we are looking for|looking for"
            r"|what (?:you(?:'|’)?ll (?:need|bring|have)|you need|you bring|you have|you should have|we need"
            r"|we(?:'|’)?re looking|we look|we expect|we ask|it takes|you will (?:need|bring|have))|you(?:'"
            r"|’)?ll (?:need|bring|have)|you (?:will )?(?:need|have|bring|are)\b|\byou should"
            r"|^we (?:ask|look|expect|need|want|seek|would like|are asking|are seeking)\b"
            r"|about you|^you$|\bare you\b|\bdo you\b|your profile|\bprofile\b|person spec|\bcriteria\b"
            r"|ideal (?:candidate|person|applicant)|successful (?:candidate|applicant)|strong candidates"
            r"|candidates? (?:will|should|must)|background$|education|\bneed(?:s|ed)\b|eligib|expect(?:ed"
            r"|ations)?\b|attributes|qualities|licen[cs]es?|certificat|languages?$"
            r"|ihr profil|dein profil|profil|anforderung|voraussetzung|das bringen|sie bringen|du bringst"
            r"|was (?:sie|du) mitbring|qualifikation|kenntnisse|exigences|compétences|requisitos|perfil"
            r"|requisiti|competenze|wij vragen|jouw profiel|functie-?eisen|wymagania|oczekujemy|kvalifikation"
            r"|kvalifikasjon|din profil",
        ),
        (
            Section.DUTY,
            r"responsib|\bdut(?:y|ies)\b|\btasks?\b|what you(?:'|’)?(?:ll| will)? (?:be )?do|you(?:'|’)?(?:ll"
            r"| will)\b|\byour (?:role|work|job|day|mission|tasks|week|impact|challenge|contribution)"
            r"|\bthe (?:role|job|position|post|work|opportunity)\b|\brole\b|\bjob\b|\bposition\b|\bobjectives?\b"
            r"|day[- ]to[- ]day|a typical (?:day|week|shift)|\baccountabilit|key (?:areas|activities"
            r"|deliverables)|\bmission\b|\bpurpose\b|scope of work|main activities|involves|\bincludes?:?$"
            r"|aufgabe|tätigkeit|das erwartet|was (?:sie|dich) erwartet|stellenbeschreibung|verantwort|missions?"
            r"|tâches|responsabilités|vos responsabilités|votre rôle|funciones|tareas|responsabilidades|mansioni"
            r"|attività|taken|werkzaamheden|functieomschrijving|obowiązki|zakres|arbetsuppgifter|opgaver"
            r"|oppgaver|atividades",
        ),
    )
)


def announced(heading: str) -> Section | None:
    """The section that this heading opens; None when it says nothing we know."""
    heading = heading.strip().rstrip(":").strip()
    for section, pattern in _HEADINGS:
        if pattern.search(heading):
            return section
    return None
