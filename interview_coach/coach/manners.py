"""What must not be said, in the languages we have words for, and how a closed question begins in each.

English is checked by the rules that the offline coach obeys too (`rules/checks.py`); this table is for the others. A
language that is not here passes: its prompt forbids the same, and a guess would spoil good questions.
"""

import re
from dataclasses import dataclass

from interview_coach.coach.languages import primary


@dataclass(frozen=True, slots=True)
class Manners:
    """`praise` matches at the beginning, `protected` anywhere, `closed` at the beginning of an asking sentence."""

    praise: re.Pattern[str]
    protected: re.Pattern[str]
    closed: re.Pattern[str]
    polite: frozenset[str] = frozenset()
    """Capitalised words that are no names, in lower case."""
    capitals: bool = True
    """False where every noun has a capital, so that a capital says nothing about a name."""


def manners(language: str) -> Manners | None:
    """The table's entry for a language tag."""
    return _TABLE.get(primary(language))


_GREETING = re.compile(
    r"\A\W*(?:hello|hi|hey|welcome|good (?:morning|afternoon|evening|day)|hallo|guten (?:morgen|tag|abend)|bonjour|"
    r"hola|buenos días|buenas tardes|ciao|salve|buongiorno|olá|bom dia|boa tarde|dag|goede(?:morgen|middag|navond)|"
    r"dzień dobry|cześć|witam)\b(?:,? (?-i:[A-ZÀ-ÖØ-ÞĆŁŚŹŻ])[\w'’-]*){0,2}[\s,.!:–—]+"
    r"(?:(?:and )?(?:it['’]s |it is )?(?:a pleasure|good|nice|lovely|great) to (?:meet|see|speak|talk)\b"
    r"[^.!?,:–—]*[.!,:–—]\s*)?",
    re.IGNORECASE,
)


def without_greeting(text: str) -> str:
    """What follows a hello with a name: a greeting is no praise, and a praise may stand behind it."""
    return _GREETING.sub("", text)


def _entry(praise: str, protected: str, closed: str, polite: str = "", *, capitals: bool = True) -> Manners:
    return Manners(
        re.compile(rf"\A\W*(?:{praise})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{protected})\b", re.IGNORECASE),
        re.compile(rf"\A\W*(?:{closed})\b", re.IGNORECASE),
        frozenset(polite.split()),
        capitals,
    )


_TABLE = {
    "de": _entry(
        r"(?:das (?:ist|war|klingt) (?:\w+ ){0,2})?(?:toll|super|großartig|hervorragend|ausgezeichnet|beeindruckend|"
        r"fantastisch|wunderbar|prima|sehr gut|gut gemacht|spannend|interessant|vielen dank|danke|schön|klasse)\w*",
        r"wie alt|ihr(?:em|en)? alter|geburtsdatum|geburtsort|verheiratet|sind sie schwanger|ihre schwangerschaft|"
        r"kinderwunsch|ihre kinder|"
        r"haben sie kinder|ihre familie|ehe(?:mann|frau|partner\w*)|ihre religion|konfession|religiös\w*|"
        r"ihre gesundheit|ihre behinderung|ihre krankheit(?:en)?|staatsangehörigkeit|nationalität|ihre herkunft|"
        r"muttersprach\w+|woher (?:kommen|stammen) sie|gewerkschaft\w*|sexuelle\w*|schwerbehind\w+",
        r"haben|hatten|hast|hattest|sind|waren|bist|warst|können|könnten|kannst|könntest|würden|würdest|werden|wirst|"
        r"kennen|kennst|möchten|möchtest|wollen|willst|gab es|gibt es|ist|war|wurden|dürfen|müssen|mussten",
        capitals=False,
    ),
    "fr": _entry(
        r"(?:c['’]est (?:\w+ ){0,2})?(?:super|génial|excellent|formidable|parfait|bravo|très bien|impressionnant|"
        r"merci|magnifique|intéressant|fantastique|belle réponse|bonne réponse)\w*",
        r"quel âge|votre âge|date de naissance|lieu de naissance|marié\w*|êtes-vous enceinte|votre grossesse|"
        r"vos enfants|"
        r"avez-vous des enfants|votre famille|votre (?:mari|femme|conjoint\w*)|votre religion|religieu\w+|"
        r"votre santé|votre handicap|votre maladie|votre nationalité|vos origines|votre origine|langue maternelle|"
        r"d['’]où venez-vous|syndicat\w*|orientation sexuelle",
        r"avez-vous|aviez-vous|êtes-vous|étiez-vous|pouvez-vous|pourriez-vous|seriez-vous|connaissez-vous|"
        r"voulez-vous|savez-vous|as-tu|es-tu|peux-tu|pourrais-tu|est-ce|y a-t-il|auriez-vous",
        "vous votre vos",
    ),
    "es": _entry(
        r"(?:eso (?:es|suena) (?:\w+ ){0,2})?(?:genial|excelente|estupendo|fantástico|perfecto|muy bien|magnífico|"
        r"impresionante|gracias|interesante|enhorabuena|felicidades|buena respuesta|maravilloso)\w*",
        r"cuántos años tiene\w*|su edad|fecha de nacimiento|lugar de nacimiento|casad[oa]|está embarazada|"
        r"su embarazo|"
        r"sus hijos|tiene hijos|su familia|su (?:marido|esposa|esposo|pareja)|su religión|religios\w+|su salud|"
        r"su discapacidad|su enfermedad|nacionalidad|su origen|lengua materna|de dónde es|sindicato\w*|"
        r"orientación sexual",
        r"ha|has|tiene|tienes|tuvo|tuviste|es|era|está|puede|puedes|podría|podrías|conoce|conoces|sabe|sabes|"
        r"quiere|quieres|hay|había|cree|crees|utilizó|usó",
        "usted ustedes",
    ),
    "it": _entry(
        r"(?:(?:è|questo è) (?:\w+ ){0,2})?(?:ottim[oa]|eccellente|fantastico|perfetto|molto bene|bravissim[oa]|"
        r"brav[oa]|complimenti|grazie|interessante|splendido|magnifico|bellissim[oa])\w*",
        r"quanti anni ha|la sua età|data di nascita|luogo di nascita|sposat[oa]|è incinta|la sua gravidanza|"
        r"suoi figli|ha figli|"
        r"la sua famiglia|suo marito|sua moglie|la sua religione|religios\w+|la sua salute|la sua disabilità|"
        r"la sua malattia|"
        r"nazionalità|cittadinanza|le sue origini|madrelingua|da dove viene|sindacat\w*|orientamento sessuale",
        r"ha|hai|aveva|avevi|è|era|può|puoi|potrebbe|potresti|conosce|conosci|sa|sai|vuole|vuoi|c['’]è|ci sono|"
        r"crede|credi|utilizza",
        "lei suo sua suoi sue la le",
    ),
    "pt": _entry(
        r"(?:isso (?:é|foi|parece) (?:\w+ ){0,2})?(?:ótim[oa]|excelente|fantástico|perfeito|muito bem|parabéns|"
        r"obrigad[oa]|interessante|maravilhoso|impressionante|incrível|boa resposta)\w*",
        r"quantos anos (?:você )?tem|sua idade|data de nascimento|local de nascimento|casad[oa]|está grávida|"
        r"sua gravidez|"
        r"seus filhos|tem filhos|sua família|seu marido|sua esposa|sua religião|religios\w+|sua saúde|"
        r"sua deficiência|"
        r"sua doença|nacionalidade|sua origem|língua materna|de onde (?:você )?é|sindicato\w*|orientação sexual",
        r"(?:você )?(?:tem|teve|já|é|era|está|pode|poderia|conhece|sabe|quer|há|havia|acha|usou|utilizou)",
        "você senhor senhora",
    ),
    "nl": _entry(
        r"(?:dat (?:is|was|klinkt) (?:\w+ ){0,2})?(?:geweldig|fantastisch|uitstekend|prachtig|heel goed|goed gedaan|"
        r"goed zo|super|mooi|bedankt|dank|dankjewel|interessant|indrukwekkend|perfect)\w*",
        r"hoe oud|(?:uw|je|jouw) leeftijd|geboortedatum|geboorteplaats|getrouwd|gehuwd|bent u zwanger|(?:uw|"
        r"je) zwangerschap|(?:uw|je) kinderen|"
        r"heeft u kinderen|heb je kinderen|(?:uw|je) gezin|(?:uw|je) familie|(?:uw|je) (?:man|vrouw|partner)|"
        r"(?:uw|je) (?:religie|geloof)|religieu\w+|(?:uw|je) gezondheid|(?:uw|je) handicap|(?:uw|je) ziekte|"
        r"nationaliteit|"
        r"(?:uw|je) afkomst|moedertaal|waar kom\w* (?:u|je) vandaan|vakbond\w*|seksuele",
        r"(?:heeft|heb|had|bent|was|is|kunt|kun|kan|zou|wilt|wil|kent|ken|weet|waren|moest|mag)",
        "u uw",
    ),
    "pl": _entry(
        r"(?:to (?:jest |było |brzmi )?(?:\w+ ){0,2})?(?:świetn\w+|doskonal\w+|wspanial\w+|super|znakomi\w+|"
        r"bardzo dobrze|brawo|gratul\w+|dziękuję|dzięki|interesując\w+|imponując\w+|fantasty\w+|dobra odpowiedź)",
        r"ile (?:pan|pani) ma lat|ile masz lat|(?:pana|pani|twój) wiek|data urodzenia|miejsce urodzenia|żonat\w+|"
        r"zamężn\w+|jest pani w ciąży|(?:pana|pani|twoje) dzieci|ma (?:pan|pani) dzieci|(?:pana|pani|twoja) rodzina|"
        r"wyznani\w+|religi\w+|stan zdrowia|(?:pana|pani|twoja) niepełnosprawn\w+|(?:pana|pani|twoja) chorob\w+|"
        r"narodowoś\w+|obywatelstw\w+|pochodzeni\w+|"
        r"język ojczysty|skąd (?:pan|pani) pochodzi|związk\w+ zawodow\w+|orientacj\w+ seksualn\w+",
        r"czy|ma pan|ma pani|może pan|może pani|jest pan|jest pani|masz|możesz|znasz|zna pan|zna pani",
        "pan pani pana panu panią państwo państwa",
    ),
}
