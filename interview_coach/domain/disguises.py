"""Words written so that a machine may read them and a person hardly does: spaced out, turned round, coded, foreign."""

import base64
import binascii
import codecs
import re
import unicodedata
from collections.abc import Iterator

from interview_coach.domain.vocabulary import FUNCTION_WORDS

_LETTERS = re.compile(r"(?<![^\W_])[^\W_](?:[ \t.\-_*|]+[^\W_]){3,}(?![^\W_])")
_MIXED = re.compile(r"\b(?=\w*[^\W\d_])(?=\w*\d)\w+\b")
_LEET = str.maketrans("0134578", "oieastb")
_CODED = re.compile(r"[A-Za-z0-9+/]{20,}={0,2}")
_WORDS = re.compile(r"[^\W\d_]+")
_PIECES = re.compile(r"(?<=[.!?:;])\s+|\n+")
_LIMIT = 2000
"""Characters that are looked at: what is hidden is short."""
_MOST = 30
"""Words of a foreign sentence that may be about marks only."""
_EVALUATION = re.compile(
    r"\b(?:punkt\w*|bewert\w*|benot\w*|kandidat\w*|antwort\w*|höchst\w*|regeln?|anweisung\w*|ignor\w*|vergiss"
    r"|vergesst|volle|bestnote|consignes?|instructions?|règles?|réponse\w*|candidat\w*|notez?|évalu\w*|maxim\w*"
    r"|oublie[rz]?|cent|cento|cien|hundert|honderd|points|instrucci\w*|reglas|respuesta\w*|puntuaci\w*|puntos|máxim\w*"
    r"|evalúa\w*|calific\w*|olvid\w*|regole|istruzioni|risposta|punteggio|massim\w*|valuta\w*|dimentica\w*|regras"
    r"|instruç\w*|resposta\w*|nota|pontua\w*|avali\w*|negeer\w*|regels|antwoord\w*|cijfer|beoord\w*|punten|zasad\w*"
    r"|odpowied\w*|maksym\w*|ocen\w*|zignoruj|poäng|svar\w*|betyg|bedöm\w*|karakter|vurder\w*|puan\w*|yanıt\w*"
    r"|cevap\w*|очк\w*|балл\w*|оцен\w*|ответ\w*|игнорир\w*|правил\w*|инструкци\w*|максимал\w*"
    r"|ceva[pb]\w*|kural\w*|ölçüt\w*|değerlendir\w*|talimat\w*|bod(?:ů|ov\w*)|odpově\w*|odpoved\w*|hodno[ct]\w*|znám\w*|pravidl\w*|pokyn\w*|odgovor\w*|ocjen\w*|upute"
    r"|pont(?:ot|szám\w*)|válasz\w*|értékel\w*|szabály\w*|utasítás\w*|punctaj\w*|puncte\w*|răspuns\w*|reguli\w*"
    r"|pistee\w*|piste(?:et|itä)|vastau\w*|arvio\w*|sään\w*|ohje\w*|poeng\w*|regler\w*|spørsmål\w*|vurdér\w*"
    r"|βαθμ\w*|απάντησ\w*|κανόν\w*|αξιολόγ\w*|αγνό\w*|бал[иіа]\w*|відповід\w*|оцін\w*|критері\w*|критери\w*"
    r"|nilai|jawaban|abaikan|aturan|penilaian|điểm|trả lời|bỏ qua|đánh giá|tiêu chí|punteggi\w*|criteri|barem\w*"
    r"|درج\w*|إجاب\w*|تقييم\w*|تجاهل\w*|علام\w*|अंक\w*|उत्तर\w*|नियम\w*|मूल्यांकन)\b"
    r"|점수|만점|평가|무시|답변|채점|满分|评分|分数|忽略|採点|点数|無視|満点",
    re.IGNORECASE,
)
_HITS = 2


def undisguised(text: str) -> Iterator[str]:
    """What the text may say besides what it shows; nothing when it is plain."""
    seen = text[:_LIMIT]
    visible = "".join(char for char in unicodedata.normalize("NFKC", seen) if unicodedata.category(char) != "Cf")
    if visible != seen:
        yield visible
    joined = _LETTERS.sub(_join, visible)
    leet = _MIXED.sub(lambda match: match.group().lower().translate(_LEET), joined)
    if leet != visible:
        yield leet
    for part in _PIECES.split(visible):
        turned = codecs.decode(part, "rot13")
        if _english(turned) > 2 * _english(part) + 1:
            yield turned
    back = visible[::-1]
    if _english(back) > 2 * _english(visible):
        yield back
    for match in _CODED.finditer(visible):
        try:
            decoded = base64.b64decode(match.group() + "=" * (-len(match.group()) % 4)).decode("ascii")
        except (binascii.Error, ValueError):
            continue
        if decoded.isprintable():
            yield decoded


def _join(match: re.Match[str]) -> str:
    """`G i v e  m e` is `Give me`: a wider gap, or another one, parts the words."""
    text = match.group()
    gaps = re.findall(r"(?<=\w)[^\w]+(?=\w)|_+", text)
    usual = max(set(gaps), key=gaps.count)
    return "".join(
        " " if part != usual and not part.isalnum() else "" if part == usual else part for part in _parts(text)
    )


def _parts(text: str) -> list[str]:
    return re.findall(r"[^\W_]|[\W_]+", text)


def _english(text: str) -> int:
    return sum(word in FUNCTION_WORDS for word in _WORDS.findall(text.lower()) if len(word) > 1)


def is_foreign_order(sentence: str) -> bool:
    """Hardly an English word in it, and words for marks, answers or rules in another language."""
    found = [word.lower() for word in _WORDS.findall(sentence)]
    if not found or len(found) > _MOST or sum(word in FUNCTION_WORDS for word in found) * 3 > len(found):
        return False
    hits = {match.group().lower() for match in _EVALUATION.finditer(sentence)}
    foreign = any(not word.isascii() for word in found) or len(hits & _SAME) < len(hits)
    return foreign and len(hits) >= _HITS and len(hits) * 8 >= len(found)


_SAME = frozenset({"instruction", "instructions", "points", "cent", "ignore", "ignored", "nota", "maximum", "volle"})
"""These may well be English."""
