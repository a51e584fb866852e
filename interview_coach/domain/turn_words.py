"""Words and phrases by which spoken turns are told apart, in English, German, Spanish and French.

All are written folded: lower case, no accents, `ß` as `ss`, no punctuation but the apostrophe. Phrases are regular
expressions over such a text with single spaces between words.
"""

from interview_coach.domain.vocabulary import words


def _lines(text: str) -> frozenset[str]:
    return frozenset(" ".join(part.split()) for part in text.replace("\n", " ").split("|") if part.strip())


HESITATIONS = words(
    """
    ah aah aha eh ehm em er erm err euh eeh ha haha hm hmm hmmm huh mhm mm mmm mmhm mmhmm oh ooh uh uhh uhm um umm ummm
    ahm aeh aehm oeh
    """
)
"""Sounds that say nothing even beside other words."""

DEFAULT_FILLERS = HESITATIONS | _lines(
    """
    okay | ok | okey | k | alright | all right | right | sure | sure thing | of course | certainly | absolutely |
    exactly | indeed | definitely | yes | yeah | yea | yep | yup | yes please | no | nope | nah | no no | uh huh |
    uh uh | mm hmm | mm hm | i see | got it | i got it | i understand | understood | makes sense | that makes sense |
    sounds good | sounds great | cool | great | nice | good | fine | perfect | wow | well | so | like | and | but |
    just | you know | i mean | thanks | thank you | thank you so much | thank you very much | thanks a lot |
    many thanks |
    please | sorry | you | the | i'm ready | i am ready | ready | let's go | let's start | let's begin | go ahead |
    please go ahead | that's it | that's all | that is all | that was it | i'm done | i am done | done | good question |
    that's a good question | that is a good question | interesting question | great question | stop | please stop |
    stop please | really | yes i do | yes i am | yes i did | yes i have | yes i can
    | ja | jo | ja genau | genau | nein | nee | doch | okay gut | gut | alles klar | klar | na klar | natuerlich |
    naturlich | sicher | gerne | gern | stimmt | richtig | verstehe | ich verstehe | verstanden | also | naja | na ja |
    tja | aha | ach so | achso | danke | danke schon | vielen dank | bitte | entschuldigung | los geht's | bereit |
    ich bin bereit | das war's | fertig | gute frage
    | si | si si | claro | claro que si | vale | bueno | bien | muy bien | de acuerdo | por supuesto | exacto |
    exactamente | entiendo | ya | ya veo | pues | este | a ver | gracias | muchas gracias | perdon | perfecto | listo |
    estoy listo | estoy lista | vamos | eso es todo | buena pregunta
    | oui | ouais | non | mouais | d'accord | bien sur | bien entendu | exactement | tout a fait | voila | bon | ben |
    bah | bah oui | alors | donc | enfin | je vois | je comprends | compris | entendu | merci | merci
    beaucoup | pardon |
    tres bien | parfait | allez | c'est tout | je suis pret | je suis prete | c'est parti | bonne question
    """
)
"""Back-channels and the like; alone, or several in a row, they consume no question."""

NOISES = words(
    """
    noise noises cough coughs coughing ahem sneeze sneezes sneezing sniff sniffs sigh sighs sighing laugh
    laughs laughing
    laughter chuckle chuckles breath breathing inhales exhales throat clears clearing silence silent pause inaudible
    unintelligible indistinct music applause clapping typing keyboard click clicks clicking beep beeping static
    background blank audio sound sounds speaking crosstalk foreign language door phone ringing wind
    husten rauspern raeuspern lachen gerausch geraeusch rauschen stille musik seufzen unverstandlich
    tos risas risa ruido silencio musica suspiro inaudible aplausos
    toux rire rires bruit silence musique soupir
    """
)
"""What transcribers write in brackets for a sound that is no speech."""

BARE_NOISES = words("ahem cough coughs hust achoo")
"""Written for a sound even without brackets."""

HALLUCINATIONS = _lines(
    """
    thank you for watching | thanks for watching | thank you so much for watching | please subscribe |
    like and subscribe | please like and subscribe | subtitles by the amara org community | subtitles by |
    untertitel der amara org community | untertitel im auftrag des zdf | untertitelung des zdf |
    untertitelung aufgrund der amara org community | vielen dank furs zuschauen | danke furs zuschauen |
    subtitulos realizados por la comunidad de amara org | subtitulos por la comunidad de amara org |
    gracias por ver el video | gracias por ver |
    sous titres realises par la communaute d'amara org | sous titres realises para la communaute d'amara org |
    sous titrage societe radio canada | merci d'avoir regarde cette video | merci d'avoir regarde
    """
)
"""What speech models are known to write for silence."""

_YOU = r"(?:(?:can|could|would|will|may|might) (?:you|i|we|u)|please|kindly|do you mind|would you mind)"
_IT = (
    r"(?:that one|this one|that|it|this"
    r"|(?:the|your) (?:(?:first|second|third|whole|entire|previous|last) )?(?:part of the )?question"
    r"|this question|the last (?:part|bit|one))"
)

STOP = (
    rf"(?:{_YOU} )?(?:please )?(?:end|stop|finish|terminate|quit|close|cancel) (?:the|this|our|my) (?:interview"
    rf"|session|call|conversation)",
    r"(?:i'd like|i would like|i want|i need|i wish|i'd prefer|can we|could we|can i|could i|may i|let's|let us"
    r"|shall we"
    r"|i have|i've got|i'm going|we can|please) (?:to )?(?:please )?(?:just )?(?:end|stop|finish|quit|leave|go|hang up)"
    r" (?:it |this |things )?(?:here|now|right now|at this point|the interview|the interview here|the interview now"
    r"|for today|there|early|right here)",
    r"(?:i have|i've got|i need) to (?:go|leave|hang up|stop)(?: now)?",
    r"(?:please )?(?:end|stop|finish) (?:it |this )?(?:here|right here|right now|now)",
    r"(?:i'm|i am) done with (?:the|this) (?:interview|call|session)",
    r"(?:das |dieses )?(?:interview|gesprach) (?:bitte )?(?:jetzt )?(?:hier )?(?:beenden|abbrechen|stoppen)",
    r"(?:beende|beenden sie|stoppe|stoppen sie) (?:bitte )?(?:das|dieses) (?:interview|gesprach)",
    r"ich (?:mochte|moechte|will|muss) (?:jetzt |hier |bitte )*(?:aufhoren|aufhoeren|schluss machen|beenden)",
    r"(?:termin(?:a|ar|e|emos)|par(?:a|ar|e|emos)|acab(?:a|ar|emos)|finaliz(?:a|ar|e|emos)) (?:la|esta) entrevista",
    r"(?:quiero|quisiera|me gustaria|prefiero) (?:terminar|parar|acabar)(?: aqui| ahora| ya)?",
    r"(?:arret(?:er|ez|ons|e)|termin(?:er|ez|ons|e)|fini(?:r|ssons|ssez)) (?:l'entretien|cet entretien|l'interview|la)",
    r"je (?:veux|voudrais|souhaite|prefere) (?:arreter|terminer|finir)(?: ici| maintenant| la)?",
)

SKIP = (
    rf"(?:{_YOU} )?(?:please )?skip (?:{_IT}|one|ahead|to the next(?: one| question)?)",
    r"(?:i'd|i would|i will|i'll|i want to|i'd like to|i would like to|can i|may i|let's"
    r"|let me) (?:rather )?(?:skip|pass)"
    r"(?: (?:on )?(?:this|that|it|this one|that one|this question|that question|the question))?",
    r"(?:(?:can|could|may|shall) (?:we|i|you) |let's |let us |i'd like to |i want to |please )*(?:move|go) on"
    r"(?: to (?:the )?(?:next|another)(?: question| one| topic)?| please| from (?:this|that)(?: one| question)?)?",
    r"(?:the |go to the |ask me the |ask the |on to the )?next (?:question|one)(?: please)?",
    r"(?:another|a different) question please",
    r"i(?:'d| would)? (?:rather|prefer) not (?:to )?(?:answer|say|talk about)(?: (?:this|that|it|to answer"
    r"|this one|that one|this question|that question))?",
    r"i (?:don't|do not) want to answer(?: (?:this|that|it|this question|that question|this one))?",
    r"no comment",
    r"(?:die |zur )?nachste frage(?: bitte)?",
    r"(?:diese |die )?(?:frage )?(?:bitte )?uberspringen(?: wir)?(?: diese frage)?",
    r"ich (?:mochte|moechte|wurde|wuerde) (?:diese |die )?(?:frage |das )?(?:gerne |gern |lieber )?uberspringen",
    r"weiter bitte|bitte weiter",
    r"(?:la )?siguiente pregunta(?: por favor)?|pas(?:ar|emos|a|o)(?: a)? la siguiente(?: pregunta)?",
    r"(?:quiero |quisiera |prefiero |puedo |podemos )?salt(?:ar|emos|arme)(?: esta| esta pregunta| la pregunta)?",
    r"(?:la )?(?:question suivante|prochaine question)(?: s'il vous plait| s'il te plait)?",
    r"(?:je (?:voudrais|veux|prefere|souhaite) |on peut |peut on )?passer (?:cette question|celle ci"
    r"|a la suivante|a la question suivante)",
)
SKIP_ALONE = frozenset(
    ["pass", "skip", "next", "i pass", "weiter", "passe", "paso", "siguiente", "suivante", "skip please"]
)
"""Only when nothing else was said: in a sentence they are ordinary words."""

REPEAT = (
    rf"(?:{_YOU} )?(?:please )?(?:repeat|rephrase|reword|restate|say|ask|read)(?:ing)?(?: me)? {_IT}"
    r"(?: (?:again|once more|one more time|for me|please|more slowly|slower|differently|another way|to me))*",
    rf"(?:{_YOU} )(?:please )?(?:repeat|rephrase)(?: (?:again|once more|one more time|for me|please))*",
    r"(?:please )?(?:repeat|say again|once again please|come again|again please|one more time please)",
    rf"i (?:did not|didn't|could not|couldn't|can't|cannot|do not|don't) (?:quite |really |fully )?"
    rf"(?:catch|hear|get|understand|follow)(?: (?:{_IT}|you|what you said|the whole question|all of that"
    rf"|what you mean|the end))?",
    r"(?:what|which) (?:was|is|were) (?:the|your|that) (?:last )?question(?: again)?",
    r"what (?:did|do) you (?:say|ask|mean)(?: (?:by|with) (?:that|this|it|\S+(?: \S+){0,2}))?",
    r"what was that(?: again)?",
    r"(?:i'm sorry |sorry )?(?:you|your (?:voice|sound|audio)) (?:broke|cut|were breaking|was breaking"
    r"|are breaking) (?:up|out|off)",
    r"i (?:missed|lost) (?:that|it|you|the question|what you said|the last part)",
    r"(?:can|could) you (?:speak|talk) (?:up|louder|slower|more slowly|a bit louder|a bit slower"
    r"|a little louder|a little slower)",
    r"(?:i )?beg your pardon|pardon me",
    r"(?:konnen|konnten|koennen|koennten|kannst|konntest) (?:sie|du) (?:das |die frage "
    r"|es )?(?:bitte )?(?:noch ?mals? |noch einmal )?"
    r"(?:bitte )?(?:wiederholen|sagen)",
    r"(?:bitte )?(?:wiederholen sie|wiederhole) (?:bitte )?(?:das|die frage)?|noch ?mal bitte|noch einmal bitte"
    r"|wie bitte",
    r"(?:ich habe|ich hab) (?:das|sie|dich|die frage) (?:leider |akustisch )?nicht (?:verstanden|gehort|gehoert)",
    r"was war (?:nochmal |noch mal )?die frage",
    r"(?:me )?(?:puede|puedes|podria|podrias) (?:por favor )?repetir(?:me|lo|la)?(?: (?:la pregunta|eso"
    r"|por favor|otra vez))*",
    r"(?:repita|repite|repitelo)(?: (?:la pregunta|por favor|eso))*|no (?:he |te |le |lo )*(?:entendi|entendido"
    r"|escuche|escuchado|oi)"
    r"(?: (?:bien|la pregunta|eso))*|cual (?:era|fue|es) la pregunta|otra vez por favor|como dice",
    r"(?:(?:pouvez|pourriez|peux|pourrais) (?:vous|tu) )?(?:s'il vous plait )?(?:me )?(?:repeter|repetez|repete)"
    r"(?: (?:la question|ca|cela|s'il vous plait|s'il te plait))*",
    r"je n'ai pas (?:bien )?(?:compris|entendu|saisi)(?: (?:la question|votre question))?|quelle (?:etait"
    r"|est) la question",
)
REPEAT_ALONE = frozenset(
    ["pardon", "again", "repeat", "excuse me", "wie bitte", "como", "comment", "nochmal", "otra vez"]
)
REPEAT_ASKED = frozenset(
    ["sorry", "i'm sorry", "what", "huh", "hm", "pardon", "was", "que", "perdon", "quoi", "excuse me"]
)
"""Only with a question mark, as the transcriber heard the tone."""

_WHILE = (
    r"(?:a|one|another|just a|just one|a few|some|me a|couple of|a couple of)"
    r" (?:quick |little |short |brief |bit of |more )?(?:moment|second|seconds|sec|minute|minutes|moments|time)"
)
THINK = (
    rf"(?:let me|i need to|i have to|i must|i'd like to|i want to|i'm going to|i'm|i am)"
    rf" (?:just |quickly |still )?(?:think|thinking|reflect|recall|consider)(?: (?:about|of|on|over))?"
    rf"(?: (?:it|that|this|an example|a good example|one|the question))?(?: for)?(?: {_WHILE}| a bit| a while)?",
    r"let me (?:see|check)",
    rf"(?:please |can you |could you |just )*(?:give|grant) (?:me )?{_WHILE}(?: to think(?: about (?:it|that|this))?)?",
    rf"(?:i need|i'd need|can i have|could i have|may i have|can i take|let me take|i'll take|i need to take) {_WHILE}"
    r"(?: to think(?: about (?:it|that|this))?)?",
    r"(?:just |wait )*(?:a|one) (?:moment|second|sec|minute)(?: please)?",
    r"(?:hold|hang) on(?: a (?:moment|second|sec|minute))?|wait(?: (?:a|one) (?:moment|second|sec|minute)"
    r"| please)?|bear with me",
    r"(?:lassen sie|lass) mich (?:kurz |mal |einen moment )*(?:nachdenken|uberlegen|ueberlegen)",
    r"(?:ich muss|da muss ich|ich) (?:kurz |mal |erst )*(?:nachdenken|uberlegen|ueberlegen|denke nach|uberlege)",
    r"(?:geben sie mir |gib mir )?(?:bitte )?(?:einen |einen kurzen |kleinen )?(?:augenblick|moment|sekunde"
    r"|eine sekunde)"
    r"(?: bitte| zeit)?",
    r"(?:dejeme|dejame|deje que|necesito) pensar(?:lo)?(?: un momento| un segundo)?|(?:deme "
    r"|dame )?un (?:momento|segundo|minuto)"
    r"(?: por favor)?|espere|espera",
    r"(?:laissez|laisse) moi (?:reflechir|un moment|un instant|une seconde)|je (?:dois )?reflechi[rs]?"
    r"|(?:donnez moi |donne moi )?(?:un (?:moment|instant)|une (?:seconde|minute))(?: s'il vous plait"
    r"| s'il te plait)?|attendez|attends",
)

GREETING = (
    r"hello|hallo|hi|hey|hiya|howdy|hi there|hello there|hey there|greetings",
    r"good (?:morning|afternoon|evening|day)|good to (?:meet|see) you|(?:it's )?(?:very )?(?:nice|pleased|great"
    r"|lovely) to (?:meet|see) you",
    r"how are you(?: doing)?(?: today)?|how's it going|how do you do|what's up",
    r"(?:i'm|i am|doing) (?:good|fine|well|great|doing well|doing good|doing fine|very well)(?: (?:and you"
    r"|how are you|today))*",
    r"(?:can|could|do) you (?:hear|see) me(?: (?:now|okay|ok|well|all right|alright|clearly))*",
    r"i can(?:'t)? (?:hear|see) you(?: (?:now|okay|ok|well|loud and clear|clearly|fine))*",
    r"is (?:anyone|anybody|somebody|someone) (?:there|here)|are you (?:still )?there|anyone there",
    r"is (?:this|that|it|my (?:mic|microphone)|the (?:mic|microphone|sound)) (?:thing )?(?:on|working)",
    r"(?:mic(?:rophone)? )?(?:check|test|testing)(?: one two(?: three)?| 1 2(?: 3)?| test| testing)*",
    r"(?:good)? ?bye(?: bye)?|see you(?: later| soon)?|have a (?:nice|good|great) (?:day|evening|one)",
    r"guten (?:morgen|tag|abend)|gruss gott|servus|moin|freut mich|wie geht es ihnen|wie geht's"
    r"|(?:konnen|koennen|kannst) (?:sie|du) mich (?:gut )?horen|horen sie mich|auf wiedersehen|tschuss",
    r"hola|buenos dias|buenas(?: tardes| noches)?|encantad[oa]|mucho gusto|que tal|como esta(?:s)?|me (?:oye"
    r"|oyes|escucha|escuchas)"
    r"|adios|hasta luego",
    r"bonjour|bonsoir|salut|coucou|enchantee?|ravie? de vous rencontrer|comment allez vous|ca va"
    r"|(?:est ce que )?(?:vous m'entendez|tu m'entends)|m'entendez vous|au revoir",
)

SOFT = _lines(
    """
    a | an | the | to | for | of | it | me | my | we | that | this | is | now | here | actually | really | maybe |
    perhaps | very | much | again | once | more | please | kindly | sorry | i'm sorry | i am sorry | very
    sorry | excuse me |
    apologies | my apologies | honestly | i think | i guess | i'm afraid | i don't know | i do not know | no idea |
    i'm not sure | if possible | if that's okay | if that's ok | if you don't mind | first | just | with | too | today |
    everyone | everybody | sir | madam | ma'am | let's | would | could | you | i'd like | i would like | question |
    and then | then | because | nothing comes to mind | there | wait | today | leider | gerne | mal | kurz |
    bitte | das | die |
    der | ich weiss nicht | por favor | lo siento | no se | la | el | eso | un | una | s'il vous plait | s'il te plait |
    desole | desolee | je ne sais pas | je suis desole | le | les | ca | moi | mit | noch | einmal | nochmal
    """
)
"""Politeness and little words that may stand around a request without making it an answer."""

NEVER_LAST = HESITATIONS | words(
    """
    a an the and or because although though whereas unless if my our their your its his every
    und oder weil aber denn sondern dass wenn obwohl ein eine einen einem einer der das dem den mein meine unser unsere
    y o porque pero aunque que el la los las un una mi mis nuestro nuestra su sus
    et ou mais car parce puisque que quand lorsque le la les un une des mon ma mes notre nos
    """
) - {"ha", "haha", "aha", "das", "der", "oh"}
"""No sentence ends with these, whatever mark a transcriber put behind them."""

SELDOM_LAST = words(
    """
    but so that which who when while as than then also like well basically actually just very really
    of to in on at by for from with about into onto over under between through during against within without towards
    i we he she they it's i'm we're is was were are am had have has been be would could should will can
    not no this these those some any each more most
    also der das dem die fur mit von zu im am beim auf an aus bei nach uber unter vor durch gegen ohne um bis seit ich
    wir er sie es ist war sind waren hatte haben habe wurde
    pues entonces como cuando de del a al en con por para sin sobre entre desde hasta yo nosotros era fue estaba es
    alors donc comme de du au aux a en dans avec pour sans sur sous entre vers chez je nous on il elle etait est c'est
    """
)
"""A sentence ends with these only when an end mark stands behind them."""
