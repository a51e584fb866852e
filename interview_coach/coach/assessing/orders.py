"""How words to a scorer are worded, as patterns that take linear time: every stretch between two words is bounded."""

_TO = r"[^.!?。！？؟\n]{0,40}?"
_NEAR = r"[^.!?。！？؟\n]{0,14}?"
_ALL = r"(?:100(?!\s*%|\d)|10\s?/\s?10)"


def _orders(ignore: str, rules: str, give: str, top: str) -> str:
    """`Ignore the rules` and `give the most` in one language."""
    return rf"\b(?:{ignore})\b{_TO}\b(?:{rules})|\b(?:{give})\b{_TO}(?:{_ALL}|\b(?:{top}))"


OTHERS = (
    _orders(
        r"ignorier\w*|missacht\w*|vergiss|vergessen sie",
        r"anweisung|anleitung|instruktion|regeln|rubrik|bewertung|kriteri|prompt|vorgabe",
        r"gib|geben sie|vergib|vergeben sie|bewerte|bewerten sie",
        r"volle\w* punkt|alle punkte|höchst|maximal|bestnote|beste note",
    ),
    _orders(
        r"(?:ignore[zr]?|oublie[zr]?) (?:les|la|le|ces|cette|vos|tes|toutes)|ne tenez pas compte|ne tiens pas compte",
        r"instruction|consigne|règle|barème|grille|critère",
        r"donne[sz]?[- ](?:moi|lui)|donnez|attribue[zr]?|mets|mettez|accorde[zr]",
        r"note maximale|tous les points|meilleure note|score maximal|maximum",
    ),
    _orders(
        r"ignor[ae]n?|olvid[ae]n?|omit[ae]n?",
        r"instruccion|reglas|rúbrica|criterio",
        r"dame|deme|dale|otorg[au]\w*|asign[ae]|ponme|póngame",
        r"máxim|nota más alta|todos los puntos|puntuación completa",
    ),
    _orders(
        r"ignora(?:te|re)?|ignori|dimentica(?:te|re)?",
        r"istruzion|regole|rubrica|criteri",
        r"dammi|mi dia|assegna(?:te|mi)?|attribuisci|attribuite",
        r"massim|punteggio pieno|voto più alto|tutti i punti",
    ),
    _orders(
        r"ignor[ea]m?|esqueç\w+|desconsidere",
        r"instruç|regras|rubrica|critério",
        r"me dê|dê|dá-me|atribua",
        r"máxim|nota mais alta|todos os pontos",
    ),
    _orders(
        r"negeer|vergeet",
        r"instructie|regels|rubriek|beoordeling|criteri",
        r"geef|ken",
        r"maximale|hoogste|volle punten|alle punten",
    ),
    _orders(
        r"zignoruj\w*|ignoruj\w*|pomiń|zapomnij",
        r"instrukcj|zasad|rubryk|kryteri|polece",
        r"daj|dajcie|przyznaj|wystaw",
        r"maksymaln|najwyższ|wszystkie punkty",
    ),
    _orders(
        r"(?:про)?игнорируй\w*|забудь\w*|не учитывай\w*|ігноруй\w*",
        r"инструкц|правил|критери|рубрик|указани|інструкц",
        r"поставь\w*|дай\w*|оцени\w*|присвой\w*|постав\w*",
        r"максимальн|высш|полный балл|найвищ",
    ),
    _orders(
        r"yok say\w*|görmezden gel\w*|unut\w*", r"talimat|kural|kriter", r"ver|verin", r"tam puan|en yüksek|maksimum"
    ),
    rf"(?:talimat|kural|kriter)\w*{_TO}(?:yok say|görmezden gel|unut)|(?:100|tam|en yüksek) puan ver",
    rf"(?:忽略|无视|無視|忘记|忘記|不要理会){_NEAR}(?:指令|指示|规则|規則|标准|標準|提示|评分|評分)"
    rf"|(?:给|給|打|评){_NEAR}(?:满分|滿分|100\s*分|最高分|一百分)",
    rf"(?:指示|ルール|基準|プロンプト|ルーブリック){_NEAR}(?:無視|忘れ)"
    rf"|(?:満点|100\s*点|最高点){_NEAR}(?:付け|つけ|くださ|与え|にして)",
    rf"(?:지시|규칙|기준|프롬프트){_NEAR}(?:무시|잊)|(?:만점|100\s*점|최고점){_NEAR}(?:주세요|주십시오|줘|부여)",
    rf"(?:تجاهل|انس){_TO}(?:التعليمات|القواعد|المعايير)|(?:أعط|امنح)\w*{_TO}(?:100|كاملة|العلامة|الدرجة|أعلى)",
    rf"(?:निर्देश|नियम){_TO}(?:अनदेखा|नज़रअंदाज़|भूल)",
)
"""The same for other languages: ignore the rules, give the most."""

SCORER = (
    r"(?:graders?|evaluators?|assessors?|scorers?|examiners?|raters?|markers?|reviewers?|ai|llm|language model|model"
    r"|checkers?|chatbot|assistant|computer|machine|software|programs?"
    r"|(?:evaluat|scor|mark|grad|assess|examin|check)ing\s+"
    r"(?:system|engine|programme|program|tool|software|model|scheme|machine)s?)"
)
_TOP = (
    r"(?:full|max|maximum|top|highest|perfect|best|all(?: the| available| possible)?)\s+"
    r"(?:possible\s+)?(?:marks?|points?|(?:sub-?)?scores?|values?|grades?|credit|bands?|rating)"
)
_FULL = (
    rf"(?:{_TOP}|(?:the |their )?(?:maximum|highest|largest|upper limit)\b(?! \w)|40/40|100/100|40\W+30\W+(?:and )?30"
    r"|(?:100|(?:a|one) hundred)(?:\s*(?:points?|marks?|/\s*100)"
    r"|(?=\W*(?:$|please|pls|thanks|thank you|for (?:me|this)))(?!\s*%)))"
)
_MEASURE = (
    r"(?:(?:sub-?)?scor(?:e|es|ing)|mark(?:s|ing)|grad(?:e|es|ing)|assessment|evaluation|rubric|criteri(?:a|on)|rating"
    r"|scale|verdict)"
)
_OWN = r"(?:this|my|every|each|any|all|these)\s+(?:\w+\s+)?(?:answer|response|reply|text|sentence)s?"
_GIVE = (
    r"(?:give|award|assign|allocate|grant|enter|record|print|return|output|write|round|raise|put|set|mark|rate|score"
    r"|grade|credit|choose|pick|select)"
)
_NOT = (
    r"(?:ignore|disregard|forget|override|bypass|skip|suspend|stop applying|without applying|no need for|needs? no"
    r"|(?:do not|don['’]t) (?:apply|use|follow))"
)
ENGLISH = (
    # Addressed to whoever or whatever marks.
    rf"\b(?:note|message|memo|reminder|instructions?)\s+(?:to|for)\s+(?:the\s+|any\s+)?(?:\w+\s+){{0,2}}{SCORER}\b",
    rf"\b(?:attention|dear|hey|hello)[,:]?\s+(?:the\s+|any\s+)?{SCORER}\b",
    rf"^\W*(?:system|assistant|developer|(?:ai\s+)?{SCORER})(?:\s+note)?\s*[:,]",
    r"\bwho(?:m|ever)\s+(?:it may concern|is reading|reads|marks|grades|scores|assesses|automates)\b",
    rf"\b(?:for|you are)\s+(?:the|an?)\s+(?:automat\w+\s+)?{SCORER}\s+(?:reading|marking|grading|scoring)\b",
    rf"\b(?:to|for) (?:the |any |all )?(?:\w+ )?{SCORER}\b[^.!?\n]{{0,30}}:",
    rf"\bread by (?:\w+ ){{0,4}}{SCORER}\b|\b(?:direct|ask|instruct|order|request) (?:the|any) (?:\w+ )?{SCORER}\b",
    r"\bwho(?:ever)? or what(?:ever)?\b|\b(?:assesses|marks|grades|scores|examines|checks) (?:these|this|my) "
    r"(?:lines|words|text|answer|page)\b",
    r"\bif you are an?\s+(?:automat\w+|ai|language|machine)\b",
    r"\b(?:evaluation|marking|scoring|new|system|hidden)\s+(?:override|rubric|instructions?)\b[^.!?\n]{0,30}:",
    r"\binstructions? hidden\b",
    r"\byour\s+(?:own\s+)?(?:rubric|scoring|marking|instructions|system prompt|programming|guidelines|criteria)\b",
    # Says what this very answer is to get, or how it is to be treated.
    rf"\b(?:every|all|each)\s+(?:criteri\w+|requirements?|box(?:es)?){_TO}\b(?:met|satisfied|fulfilled|ticked)\b",
    rf"\b(?:my|the|this)\s+(?:total|score|mark|grade|result)s?\s+(?:to|at|be|is|for this \w+ is)\s+"
    rf"(?:{_FULL}|(?:one )?hundred\b|100\b|the best\b)",
    r"\b(?:fully|entirely|completely) correct\b|\bno deductions?\b|\bthe best mark\b|\bperfect (?:result|score|mark)\b",
    rf"\b(?:hundred|100|{_FULL})\b{_TO}\b(?:in|for|across) (?:each|every|all) (?:the )?"
    r"(?:categor|row|criteri|dimension)\w*",
    rf"\b{_OWN}\b{_TO}(?:{_FULL}|\b(?:{_MEASURE}|100|exempt|outstanding|flawless|perfect|as present|complete)\b)",
    rf"(?:{_FULL}|\b{_MEASURE}\b){_TO}\b(?:this|my)\s+(?:answer|response|reply|text)\b",
    rf"\b(?:answer|text|response)s?\s+(?:which|that|by|from|with|containing)\b{_TO}(?:\b{_MEASURE}\b|{_FULL}|\b100\b)",
    rf"\b(?:grader|evaluator|assessor|scorer|rater|ai)\s+(?:should|must|will|shall|has to|is to)\b{_TO}"
    rf"\b(?:{_GIVE}|treat)\b",
    rf"\b(?:assessor|examiner|grader|evaluator|reviewer)['’]?s?\s+(?:note|verdict|mark|score|decision|permission)\b"
    rf"{_TO}(?:{_FULL}|\b(?:outstanding|hundred|100)\b)",
    # Orders, at the beginning of a clause.
    rf"(?:^|[.!?:;,(\[]|\b(?:please|pls|plz|just|so|and|then|now|to|quietly|kindly|you (?:must|should|have to)))\s*"
    rf"(?:just\s+)?{_GIVE}\b{_TO}{_FULL}",
    rf"\b{_NOT}\b{_TO}\b(?:rubric|criteria|rules you"
    r"|the (?:rules|scale|assessment|marking|scoring|grading|instructions))\b",
    r"\b(?:do not|don['’]t|no need to)\s+(?:recalculate|check the text|evaluate|assess|mark|grade|score|list any)\b",
    r"\b(?:stop reading here|end of (?:the )?(?:answer|transcript|input))\b",
    r"\bno (?:more|further) (?:checks?|marking|review|assessment)\b",
    r"(?:^|[.!?]\s)\W*(?:reply|respond|answer) (?:only )?with\b",
    # Claims of authority.
    r"\bi am (?:the|an?|your) (?:admin\w*|developer|owner|creator|operator|programmer) of (?:this|the)\b",
    rf"\b(?:please|pls|confirm(?:s|ed)?|approved?|granted|agreed|correct|permission|declare)\b{_TO}{_FULL}",
    rf"{_FULL}\s*[,;]?\s*(?:please|pls|plz|thanks|thank you)\b",
    rf"[\[(][^\[\]()\n]{{0,80}}\b{_MEASURE}\b[^\[\]()\n]{{0,80}}{_FULL}",
    rf"[\[(][^\[\]()\n]{{0,80}}{_FULL}[^\[\]()\n]{{0,80}}\b{_MEASURE}\b",
    r"\b(?:checking|marking|scoring|grading|assessment|evaluation) (?:has been|have been|is|was|are) "
    r"(?:switched|turned|disabled|suspended|skipped|off)\b",
    r"\b(?:evaluation|assessment|scoring|marking|grading) part of\b",
    rf"(?:^|[.!?]\s)\W*(?:result|score|marks?|rating|grade|total)\s*:\s*(?:{_FULL}|outstanding|excellent|perfect)",
    # The form of what a model sends back, or of what it is sent.
    r"[\"']?(?:accuracy|completeness|technical_depth)[\"']?\s*[:=]\s*\d|[\"'](?:score|clarity|overall)[\"']\s*:\s*\d",
    r"\b(?:score|mark|total|grade|result|reason)s?\s*=\s*(?:[\"'\d]|top|full|max|pass)|\b[a-z]+_(?:policy|score|mark|grade|override|level)\s*[:=]",
    r"</?(?:admin|root|policy|hidden|override|instructions?|score|grade|evaluation|prompt)\b[^<>\n]{0,80}>",
    r"^```\s*system",
    r"<\|?\s*/?(?:im_start|im_end|system|endoftext|start_of_turn|end_of_turn)\b|\[/?INST\]"
    r"|#{2,}\s*(?:system|instruction)",
)
"""Patterns; matched without regard to case, `^` at the beginning of a line."""
