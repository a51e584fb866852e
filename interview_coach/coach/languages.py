"""Which language a short text is in, by its commonest words and its script. It says so only when it is sure.

A question has 10 to 40 words, too few for letter statistics and enough for function words: every third word of running
text in these languages is one of the commonest. Words that two of the languages share count for both and so decide
nothing.
"""

import re
import unicodedata
from collections import Counter

NAMES: dict[str, str] = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nb": "Norwegian",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sv": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
"""Primary subtag -> English name, for the prompt."""

_COMMON: dict[str, frozenset[str]] = {
    tag: frozenset(words.split())
    for tag, words in {
        "en": "the and of to in a is that you your for with on at from how what which when where who why did do does "
        "was were are be been have has had would could should can will this these those it they about as by or not "
        "an me my we our their there then tell describe walk through time one into out up",
        "de": "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus "
        "er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor "
        "zur bis mehr durch sein wurde ihr ihre ihrer ihren ihnen ihrem welche welcher welchen was wann wo wer warum "
        "mir mich wir uns sich können konnten würden hatten du dein deine erzählen beschreiben bitte dabei",
        "fr": "le la les de des du un une et à en que qui dans pour sur avec est sont était ont avez avait vous votre "
        "vos nous notre ce cette ces se ne pas plus par au aux ou comment quel quelle quels quelles quand où pourquoi "
        "quoi il elle ils elles je me mon ma mes été être avoir fait lors dont si comme tu ton ta moi parlez décrivez "
        "racontez qu d l c s n j",
        "es": "el la los las de del un una unos unas y en que quien para por con es son era fue han ha había usted su "
        "sus nos nuestro este esta estos estas se no más al o cómo qué cuál cuáles cuándo dónde quién porque si como "
        "lo le les me mi mis sido ser haber hizo tu tus te cuénteme cuéntame describa hábleme durante cuando muy",
        "it": "il lo la i gli le di del della dei delle dello un una uno e in che chi per con è sono era ha hanno "
        "aveva lei suo sua suoi sue nel nella nei nelle al alla ai alle dal dalla non più o come cosa quale quali "
        "quando dove perché si mi ci ne ho questo questa su sul sulla stato essere avere fatto tu tuo tua mio anche "
        "racconti descriva parli durante",
        "pt": "o a os as de do da dos das um uma e em no na nos nas que quem para por com é são era foi tem têm tinha "
        "você seu sua seus suas ao à aos se não mais ou como qual quais quando onde porque lhe me meu minha este esta "
        "isso sido ser ter fez tu teu tua conte descreva fale durante muito pelo pela numa num",
        "nl": "de het een en van in te dat die is op voor met zijn was aan niet er om als ook bij uit naar dan maar of "
        "door over hoe wat welke wanneer waar wie waarom u uw jij je jouw heeft hebt had heb hebben werd worden deze "
        "dit ik mij me mijn we wij ons onze kunt kon zou hun hen zich tot nog toen vertel beschrijf eens",
        "pl": "i w z na do się że nie jest o jak po za od przez przy dla czy są był była było były być co który która "
        "które których jaki jaka jakie jakich jakie kiedy gdzie dlaczego kto pan pani pana państwo pański twój twoja "
        "twoje ten ta to te tym tej ze oraz lub ale tak jego jej ich mi mnie mój proszę opowiedzieć opisać podczas ma "
        "miał miała może",
    }.items()
}

DETECTED = frozenset(_COMMON)
"""Languages that `detect` can name."""
_SCRIPTS: dict[str, frozenset[str]] = {
    "LATIN": frozenset(
        {
            "en",
            "de",
            "fr",
            "es",
            "it",
            "pt",
            "nl",
            "pl",
            "cs",
            "da",
            "fi",
            "hu",
            "nb",
            "no",
            "ro",
            "sk",
            "sv",
            "tr",
            "vi",
        }
    ),
    "CYRILLIC": frozenset({"bg", "ru", "uk", "sr", "mk", "be"}),
    "GREEK": frozenset({"el"}),
    "ARABIC": frozenset({"ar", "fa", "ur"}),
    "HEBREW": frozenset({"he", "yi"}),
    "DEVANAGARI": frozenset({"hi", "mr", "ne"}),
    "THAI": frozenset({"th"}),
    "HANGUL": frozenset({"ko"}),
    "HIRAGANA": frozenset({"ja"}),
    "KATAKANA": frozenset({"ja"}),
    "CJK": frozenset({"zh", "ja"}),
}
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*\Z")
_QUOTED = re.compile(r"[“\"«„][^”\"»“]{0,300}[”\"»“]")
_WORD = re.compile(r"[^\W\d_]+")
_NEEDED = 3
"""So many common words make a guess a finding."""


def primary(tag: str) -> str:
    """`de` of `de-AT`; `en` for what is not a language tag."""
    return tag.split("-")[0].lower() if _TAG.match(tag) else "en"


def is_english(tag: str) -> bool:
    """True when the tag asks for English."""
    return primary(tag) == "en"


def name_of(tag: str) -> str:
    """How a prompt names the language: a word of ours, or the bare primary subtag (letters only)."""
    subtag = primary(tag)
    return NAMES.get(subtag, f'the language with the tag "{subtag}"')


def script_of(text: str) -> str | None:
    """The script that more than half of the letters are in, as Unicode names it, or None."""
    seen: Counter[str] = Counter()
    for char in text:
        if char.isalpha():
            seen[unicodedata.name(char, "?").split()[0]] += 1
    if not seen:
        return None
    script, count = seen.most_common(1)[0]
    return script if count * 2 > seen.total() else None


def detect(text: str) -> str | None:
    """Tag of the language, or None when unsure. Knows en, de, fr, es, it, pt, nl, pl.

    Quotations are left out: a question may quote a CV in another language.
    """
    words = [word.lower() for word in _WORD.findall(_QUOTED.sub(" ", text))]
    hits = Counter({tag: sum(word in common for word in words) for tag, common in _COMMON.items()})
    (best, most), (_, second) = hits.most_common(2)
    return best if most >= _NEEDED and most >= 1.5 * second else None


def is_other(text: str, tag: str) -> bool:
    """True when the text is surely not in the language `tag`; in doubt False."""
    wanted = primary(tag)
    bare = _QUOTED.sub(" ", text)
    script = script_of(bare)
    if script and len(bare) >= 8:
        expected = {name for name, tags in _SCRIPTS.items() if wanted in tags}
        if expected and script in _SCRIPTS and script not in expected:
            return True
    found = detect(text)
    if found is None or found == wanted:
        return False
    # A language we have no words for can look like a neighbour (Danish like Dutch), but hardly like English.
    return wanted in _COMMON or found == "en"
