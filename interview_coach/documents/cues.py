"""The phrases by which an ad asks, wishes, assigns - or talks about something else. Data only."""

import re

MUST = re.compile(
    r"\b(?:must|requir(?:e|ed|es|ement|ements)|essential|need(?:s|ed)?|necessary|mandatory|prerequisites?"
    r"|you(?:['’]ll| will)? (?:have|hold|bring|possess|need)|you(?:['’]ve| have)|experience(?:d)?"
    r"|qualified|qualifications?|degree"
    r"|diploma|licen[cs]e[ds]?|certifi(?:cates?|ed|cations?)|registered|registration|fluen(?:t|cy|tly)"
    r"|proficien(?:t|cy)|knowledge|familiar(?:ity)?"
    r"|expertise|backgrounds?|skilled|skills?|minimum|at least|proven|track record|able to|ability|capable"
    r"|comfortable"
    r"|confident|competent|someone who|people who|a person who|understanding|know how|trained in"
    r"|master(?:['’]s)|bachelor(?:['’]s)?|phd in|certificate)\b",
    re.IGNORECASE,
)
STRONG = re.compile(
    r"\b(?:must|required?|essential|mandatory|(?:is|are|be) necessary|prerequisite|minimum|at least|you(?:['’]ll"
    r"| will)? need|have to be|non-negotiable)\b"
    r"|\d\+|\b(?:one|two|three|four|five|six|seven|eight|ten|\d+) (?:or more )?years?\b",
    re.IGNORECASE,
)
NICE = re.compile(
    r"\b(?:nice[- ]to[- ]have|(?:is|are|be|big|as) (?:also )?(?:definitely )?(?:a |an |of )?(?:big "
    r"|real |great |added |additional |distinct |definite )*(?:plus|bonus|advantage|asset)|a plus"
    r"|advantageous|desirable|ideally|preferred|preferably|prefer|would be (?:great|helpful|useful|nice"
    r"|ideal|good|lovely|welcome)"
    r"|(?:not|n['’]t) (?:required|essential|requried|necessary)|helpful|beneficial|optional|even better"
    r"|would be handy|so much the better|bonus points|we(?:['’]d| would) love|(?:is|are) welcome"
    r"|von vorteil|wünschenswert|idealerweise|serait un (?:plus|atout)|un plus|est un atout|se valora"
    r"|gradit[aoie])\b",
    re.IGNORECASE,
)
DUTY = re.compile(
    r"\b(?:you(?:['’]ll| will)|responsib(?:le|ilities|ility)|duties|tasks|your (?:role|job|work|day|days"
    r"|week|shifts?)|in this (?:role|position|post|job)"
    r"|the (?:role|job|post|position|work|successful candidate|postholder|post holder)|day[- ]to[- ]day"
    r"|day to day|expected to|include[sd]?|involves?|charged with"
    r"|entails?|tasked with|in charge of)\b",
    re.IGNORECASE,
)
SOFT = re.compile(
    r"\b(?:reliab(?:le|ility)|punctual(?:ity)?|friendl(?:y|iness)|outgoing|team[- ]players?"
    r"|self[- ](?:starter|motivated|motivation)|motivat(?:ed|ion)|organi[sz]ed|flexib(?:le|ility)"
    r"|patien(?:t with|ce)|calm|communicat(?:ion skills|ors?|e clearly)|interpersonal|people skills"
    r"|attention to detail|detail[- ]oriented|eye for detail|meticulous|positive|work ethic"
    r"|enthusias(?:m|tic)|empath(?:y|etic)|initiative|hard[- ]?working|polite|curio(?:us|sity)"
    r"|independent(?:ly)?|proactive|passion(?:ate)?|resilien(?:t|ce)|warm|mature|dutiful"
    r"|service[- ]minded|trustworthy|honest|integrity|dependable|adaptab(?:le|ility)|driven|energetic"
    r"|energy|sense of humour|confident|approachable|presentable|responsible|discreet|discretion)\b",
    re.IGNORECASE,
)

ELSEWHERE = re.compile(
    r"(?:^|how )to apply\b|\bto apply[,:]|\bto apply (?:please|now|send|by|through|online|visit)|(?:want"
    r"|wish|like|ready) to apply"
    r"|(?<!order to )\bapply (?:now|today|online|here|via|for this)|^apply\b|(?:covering|cover|motivation) letter"
    r"|letter of motivation"
    r"|\b(?:your|a|their|with) (?:cv|r[ée]sum[ée])\b|closing date|(?:application|the) deadline (?:is|for|:)"
    r"|^deadline\b"
    r"|\bsend (?:us|your)\b|\be-?mail (?:us|your|a|the)\b|application (?:form|pack|process|must|should"
    r"|deadline)|your application"
    r"|applications (?:are|must|should|will|from|close|by|to)\b|shortlist(?:ed|ing)\b"
    r"|\binterviews? (?:will|are|take|is|process)\b|reference number"
    r"|\bref(?:erence)?[.:] |equal opportunit|regardless of|without regard to|all qualified applicants"
    r"|welcomes? applications"
    r"|committed to (?:equality|diversity|safeguarding)|(?:celebrate|value|embrace)s? diversity"
    r"|\beveryone is welcome|whatever (?:your|their) background"
    r"|\b(?:ring|call|phone|text|whatsapp) (?:me|us|[A-Z][\w'’-]+)(?: [A-Z][\w'’-]+)? (?:on|at) \+?\d"
    r"|\bimmediate joiners?\b|\babove statements?\b|\bnot (?:an? )?(?:complete|exhaustive) list\b|aroused your interest"
    r"|reasonable adjust|accommodations? (?:to|for)\b"
    r"|competitive (?:pay|salary|package|wage)|salary (?:of|range|is|from|:|depend)|pension (?:scheme"
    r"|plan)|retirement (?:plan|savings)"
    r"|(?:health|dental|life|vision|medical)[, ].{0,20}\binsurance\b.{0,30}(?:plan|cover|provided)"
    r"|staff discount|employee discount|gym membership|cycle[- ]to[- ]work"
    r"|\bget(?:ting)? in touch\b"
    r"|\b(?:ring|call|phone) (?:the|our) [\w ]{3,40} for an? [\w ]{0,20}(?:conversation|chat|talk)\b"
    r"|days(?:['’]| of)? (?:annual leave|leave|holiday|vacation|off)\b|paid (?:time off|holiday|leave"
    r"|breaks?)|zero[- ]hours"
    r"|right to work|work permit|\bvisa\b|eligible to work|privacy (?:notice|policy)|join our (?:team|family|growing)"
    r"|look(?:ing)? forward to (?:hearing|receiving|meeting)|https?:|www\.|@\w+\.|\bplease (?:note"
    r"|contact|visit|see|call|ring|submit|attach|include)"
    r"|for (?:more|further) (?:information|details)|if you have (?:any )?questions|could (?:just "
    r"|well )?be the\b|\bwant to have\b|informal (?:chat|discussion|enquir)"
    r"|bewerb(?:en sie|ung an|ungsschluss|ungsunterlagen)|bewirb dich|(?:ihre|deine) bewerbung|postulez"
    r"|votre (?:candidature|cv)|envoyez|env[ií]e? (?:tu|su) (?:cv|curr)",
    re.IGNORECASE,
)
"""Application, law, contract: not a requirement, wherever it stands."""

ELSEWHERE_IN_PROSE = re.compile(
    r"^(?:would you like|do you want|are you looking for|want to)\b|\bsalary\b|[£€$]\s?\d|\d\s?(?:€"
    r"|eur\b|euros?\b|usd\b|gbp\b)|per annum|\bpro[- ]rata\b|\bpension\b"
    r"|annual leave|parental leave|\bperks\b"
    r"|free (?:parking|meals?|lunch|coffee|uniform|gym)"
    r"|^[^,.;:]{3,40} (?:supplied|provided|included)\W*$"
    r"|bonus scheme|annual bonus|christmas party"
    r"|company events|career (?:progression|development|path)"
    r"|flexible (?:working hours|hours|work hours)|remote(?:ly)? (?:work|possible|friendly)"
    r"|work from home|home office|\bhybrid\b"
    r"|\b(?:full|part)[- ]time\b.{0,20}(?:position|role|job|post|contract|hours|permanent|\()"
    r"|permanent (?:position|contract|role|post)|fixed[- ]term"
    r"|\bhours (?:per|a) week|start(?:ing)? date|\bdiversity\b|\binsurance\b|paid training|\bcvs?\b",
    re.IGNORECASE,
)
"""Pay and perks, unless a heading says that the line is a task or a demand."""

FINITE = re.compile(
    r"\b(?:is|are|was|were|am|has been|have been|will|would|can|could|may|might|did|does|do not|don['’]t"
    r"|cannot|we|they|i|it|there)\b|\b\w+(?:n['’]t|['’]s (?:a|an|the))\b",
    re.IGNORECASE,
)
"""Words that make a full sentence of a line, as opposed to a fragment from a list."""

ADDRESSED = re.compile(
    r"\byou(?:r|['’]re|['’]ll|['’]ve|['’]d)?\b|\b(?:applicants?|candidates?|post-?\s?holder|the (?:role"
    r"|post|job|position|person|work)\b|someone|somebody|anyone)\b"
    r"|\bwe (?:are |['’]re )?(?:currently |now |also )?(?:look|looking|search|seek|seeking|need|expect"
    r"|require|ask|want)\b|\bwe['’]re (?:looking|seeking)\b|\b(?:is|are|be) (?:required|essential|needed"
    r"|necessary|desirable|mandatory|preferred|welcome|an? (?:must|plus|advantage|bonus))\b",
    re.IGNORECASE,
)
"""A full sentence in prose asks only when it speaks to or of the person sought."""

ABOUT_EMPLOYER = re.compile(
    r"^(?:there (?:is|are|will be)|once you(?!.{0,120}\b(?:responsib\w+|duties|tasks)\b)|if you|this (?:is|year"
    r"|month)|as we)\b|^(?:(?:as|at|with"
    r"|since|for|in|founded|established)\b[^.]{0,60}, )?(?:we(?:['’](?:re|ve))?|our"
    r"|the (?:company|firm|school|hospital|trust|hotel|restaurant|shop|business|group|organi[sz]ation"
    r"|university|institute|department|team|client)|it)\b"
    r"|^(?:founded|established|since \d|with (?:over|more than|offices|\d)|as (?:a|an|one"
    r"|the) (?:leading|global|world|family|growing|market|largest|fast))|^if (?:you|this"
    r"|that)\b.{0,80}\b(?:for you|hear from you|get in touch|apply|touch)\b|^(?:come|why not|want to"
    r"|would you like|interested|ready to)\b",
    re.IGNORECASE,
)
"""How sentences begin that describe who hires."""

EMPLOYER_ASKS = re.compile(
    r"\bwe (?:are |['’]re )?(?:currently |now |also |really )*(?:look|looking|search|searching|seek"
    r"|seeking|need|expect|require|ask|want|hope|value people|recruiting|hiring)\b"
    r"|\bwe['’]re (?:currently |now |also )*(?:looking|searching|seeking|recruiting|hiring)\b"
    r"|\byou (?:must|should|will need|need|have to|bring)\b"
    r"|\b(?:is|are) (?:also |very )?(?:important|essential|vital|required|necessary|crucial) (?:that |for )?you\b"
    r"|^our ideal|\bour \w+ (?:must"
    r"|need)\b",
    re.IGNORECASE,
)
"""... and how they say that they ask for something all the same."""

NOT_ASKED = re.compile(
    r"^(?:you )?(?:do not|don['’]t) need\b|^(?:examples?\b|for (?:example|instance)|such as\b|e\.g\.|(?:any"
    r"|such) other (?:tasks|duties)"
    r"|other (?:tasks|duties)"
    r"|any other\b|as you can see|to complicate|likewise\b|(?:how |not )?assessed$|criteri(?:a|on)$|page \d"
    r"|part of (?:a|the|our) "
    r"|(?:easy )?apply$|save(?: job)?$|share$|print$|skip to|sign (?:in|up)|log in|home\b.{0,3}[>»/]|back to"
    r"|report this"
    r"|\d+ (?:applicants|views|likes|days? ago|weeks? ago|hours? ago|months? ago|people clicked)|(?:re)?posted"
    r"|date posted"
    r"|likes:|senior$|junior$|mid[- ]level$|(?:full|part)[- _]time$|permanent$|temporary$|freelance$|remote$"
    r"|on-?site$"
    r"|become (?:a |an )?part of|be (?:a )?part of|work as part of (?:a|an|our|the)\b[^,;]{0,40}$"
    r"|(?:the )?job posting)"
    r"|^(?:our|the|this|a|an) [^,;]{2,50} (?:season|shop|store|office|company|team|clinic|studio|farm|posting"
    r"|vacancy)"
    r" (?:runs?|is|are|was|opens?|closes?|starts?|lasts?|has|have|will)\b"
    r"|\b(?:high|busy|peak|low|summer|winter) season (?:runs?|is|starts?|lasts?|goes)\b"
    r"|\bas may (?:be )?(?:reasonably )?(?:be )?(?:requested|required|requir)|\bduties commensurate"
    r"|reasonably (?:requested|require)"
    r"|\bprobation(?:ary)?\b|\bplease apply\b|\bposting (?:will|is)\b|\bis leaving us\b|a room for"
    r"|\btraining (?:days|is paid)"
    r"|^(?:others? )?as (?:short|long|many|few) as\b|\b(?:will|may) vary\b"
    r"|^(?:the |these )?(?:two|three|four|five|several|following|key|main|some) [\w ]{0,20}(?:qualities|things"
    r"|ways|areas)$"
    r"|\bis something (?:we|you)\b|\bwill be you$",
    re.IGNORECASE,
)
"""Examples, page furniture, seasons and set phrases: no heading makes them a demand."""

EMPLOYER_TELLS = re.compile(
    r"^(?:we|our|it|its|they|there|this|these|he|she|some (?:run|of)|the (?:more|job|role|company|team|shop"
    r"|world|market|office)"
    r"|different|others?)\b",
    re.IGNORECASE,
)
"""How a clause begins that is a sentence about something else than the person sought."""

LOGISTICS = re.compile(
    r"\btravel(?:ling|ing)?\b|\brelocat|\bcommut|\bon[- ]?site\b|\blocally based|\bbased (?:in|near|within|or nearby)"
    r"|\bown (?:transport|car|vehicle|tools|hand tools|laptop)|\bovertime\b"
    r"|^(?!.*\b(?:led|lead|leading|run|running|charge of|manag\w+|plan\w*)\b).*\b(?:weekends?|evenings?|nights?"
    r"|shifts?"
    r"|bank holidays)\b(?! (?:lead|manager|team|supervisor))"
    r"|\bflexible (?:hours|work|working|schedule|in)|\bwork(?:ing)?[- ]?(?:day|week|hours)\b|\bavailab(?:le|ility)\b"
    r"|\b(?:full|part)[- ]time\b|\bhours (?:per|a) week|\bstart(?:ing)? date|\bimmediate start"
    r"|\bhigh[- ]school diploma|\bgcses?\b",
    re.IGNORECASE,
)
"""Where, when and by what a person comes to work: asked for, yet hardly worth one of eight questions."""

TRIVIAL = re.compile(
    r"^(?!.*\b(?:data|records|figures|code|accounts)\b).*\b(?:wash(?:ed|ing)?|wip(?:e|ed|ing)|spray(?:ed|ing)?"
    r"|dust(?:ed|ing)?"
    r"|vacuum(?:ed|ing)?|hoover(?:ing)?|sweep(?:ing)?|mopp?(?:ing)?|bins|tidying|tidy up"
    r"|keep\w* [^,.;]{2,40} tidy|shop is tidy"
    r"|clean(?:s|ed|ing)?(?! (?:driving|licen|energy|water|air|tech|room|copy))|housekeeping tasks"
    r"|set(?:ting)? up for"
    r"|put(?:ting)? out (?:the )?(?:chairs|signs)|make (?:the )?(?:tea|coffee)|photocopying|filing)\b",
    re.IGNORECASE,
)
"""Chores: part of many jobs, the point of few."""

GIFT = re.compile(
    r"\byou(?:['’]ll| will| can)?(?: also)? (?:be (?:joining|working (?:in|with|alongside|for|from)"
    r"|part of|given|trained|offered|paid|rewarded|supported|based|mentored|joined|welcomed|provided"
    r"|entitled)"
    r"|receive|get|enjoy|join|report to|have (?:access|the (?:chance|opportunity|option))|find|benefit"
    r"|grow|earn|love|gain|(?:also )?feel)\b|\bopportunit(?:y|ies) (?:to|for)\b|is (?:a|an"
    r"|the) (?:unique|great|fantastic|exciting|full-time|part-time|permanent)\b"
    r"|\b(?:full )?training (?:is|will be|given|provided)|\b(?:role|post|position|job|contract) (?:is"
    r"|will be) (?:based|located|full|part|permanent|temporary|suited|perfect|funded|initially|available"
    r"|set|open|ideal)\b|we (?:offer|provide|give|pay|will (?:train|teach|give|provide|offer))\b"
    r"|this (?:role|job|position) is perfect",
    re.IGNORECASE,
)
"""What the job gives, and where it is: said of prose, where no heading tells."""

PROTECTED = re.compile(
    r"\b(?:minimum|at least|over|under|above|aged?|be) (?:the age of )?(?:1[4-9]|2[0-9]"
    r"|[3-6][05])\b(?! ?(?:kg|%|years['’]? (?:of )?experience|hours|people|days|children|minutes|miles"
    r"|km|m\b|\+|pupils|staff|€|£|\$|words|students|guests|covers|beds|patients|wpm))"
    r"|\b(?:1[4-9]|2[0-9]) years (?:old|of age|or older|or over)|years of age|\b(?:1[68]|21) or over\b"
    r"|\bminimum age|\bage (?:limit|range|requirement|between)|date of birth|marital|\bmarried\b"
    r"|\bsingle\b (?:status|person)|pregnan|children of your own|family (?:status|commitments|situation)"
    r"|\bnationality|\bnationals?\b|\bcitizen(?:s|ship)?\b(?! (?:services|advice|science|engagement))"
    r"|ethnic|country of (?:origin|birth)|\bnative\b[^.]{0,30}\bspeak|\bmother tongue|\bnative[- ]level"
    r"|muttersprach|langue maternelle"
    r"|(?:practi[sc]ing|committed|active) (?:catholic|christian|muslim|jew|member of a church)"
    r"|\breligio(?:n|us) (?:belief|background|affiliation)|christian faith|church member"
    r"|criminal record|(?:enhanced|satisfactory|clean|valid|full) (?:dbs|disclosure)|\bdbs (?:check"
    r"|clear|certificate)|background check|police (?:check|clearance)|clean record|führungszeugnis"
    r"|casier judiciaire|unspent conviction"
    r"|physical(?:ly)? (?:fit|fitness|able|strong|capable|demand\w*)|(?:fit|good|excellent) (?:and"
    r"|&) healthy|(?:good|excellent|robust|sound) (?:general |physical |mental )?health\b(?! (?:and"
    r"|&) safety| care|care| information| service)|\bstamina\b|medical(?:ly)? (?:fit|exam\w*|clearance"
    r"|check|certificate)|fit to work|vaccinat|immuni[sz]ation status|disabilit(?:y|ies) (?:status"
    r"|history)|drug test|\bgender\b|\bsex\b|sexual orientation|non-smoker|height and weight"
    r"|pleasant appearance",
    re.IGNORECASE,
)
"""About the person and not about the work: never to be asked."""
