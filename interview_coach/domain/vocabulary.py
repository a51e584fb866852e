"""Word lists that reading an answer rests on: function words, fillers, verbs and the cues of STAR parts.

Lists and not a model, because every decision must be explainable by pointing at a word. They are about how people tell
what they did, in any trade; words of one trade do not belong here.
"""


def words(table: str) -> frozenset[str]:
    """Entries stand between spaces."""
    return frozenset(table.split())


def phrases(table: str) -> frozenset[str]:
    """Entries stand between bars, over as many lines as needed."""
    return frozenset(" ".join(entry.split()) for entry in table.split("|"))


FUNCTION_WORDS = words(
    """
    a about above after again against all almost along already also although always am among an and another any
    anybody anyone anything are aren't around as at away back be because been before being below besides between
    both but by can can't cannot could couldn't did didn't do does doesn't doing don't done down during each
    either else enough etc even ever every everybody everyone everything few first for from further get gets
    getting got had hadn't has hasn't have haven't having he he'd he'll he's her here hers herself him himself his
    how however i i'd i'll i'm i've if in into is isn't it it's its itself just last least less like lot lots many
    may maybe me might mine more most much must mustn't my myself near need needs neither never next no nobody
    none nor not nothing now of off often on once one ones only onto or other others otherwise ought our ours
    ourselves out over own per perhaps quite rather really same shall she she'd she'll she's should shouldn't
    since so some somebody someone something sometimes soon still such than that that's the their theirs them
    themselves then there there's therefore these they they'd they'll they're they've thing things this those
    though through thus to together too toward towards under unless until up upon us usually very via was wasn't
    we we'd we'll we're we've well were weren't what whatever when whenever where whereas wherever whether which
    while who whoever whom whose why will with within without won't would wouldn't yes yet you you'd you'll you're
    you've your yours yourself yourselves
    """
)

FILLERS = words(
    """
    ah aha aw eh em er erm err ha haha hm hmm hmmm huh mhm mm mmm mmhm oh ok okay okey k right sure uh uhh uhm
    uhuh um umm ummm well yea yeah yeap yep yes yup so like alright no nope nah hi hello hey thanks and but just
    the
    """
)
"""Words that alone say nothing. `fine` and `good` are answers, poor ones, and are not here."""

FILLER_NEEDS = FILLERS - {"and", "but", "just", "the", "so", "like"}
"""A filler needs one of these: a bare `the` is a fragment, not a back-channel."""

VAGUE_WORDS = words(
    """
    good great nice bad stuff thing things something somehow various several many lots lot kind sort basically
    generally really very always everything anything etc whatever interesting important amazing successful well
    fine best hard different difficult big small new
    """
)

PLATITUDES = words(
    """
    important importance essential crucial vital key necessary matter matters serious seriously careful carefully aware
    awareness attention attentive responsible responsibility responsibly reliable reliability trust honest honesty
    respect respectful respectfully polite politely friendly friendliness kind kindness patient patience empathy tact
    calm cool panic flexible flexibility open openness positive positively motivated motivation passion passionate
    committed commitment dedicated enthusiasm enthusiastic effort attitude atmosphere mood spirit communication
    communicate teamwork cooperation collaboration harmony balance solution solutions properly thoroughly safety quality
    standards guidelines professional professionally professionalism efficient efficiently effective organised organized
    organisation organization structured focused focus goal-oriented solution-oriented result-oriented proactive dynamic
    creative creativity innovative challenge challenges experience experiences skill skills strength strengths talent
    potential future opportunity opportunities meaningful varied fascinating fascinated fascinates exciting interesting
    learning grow growth develop development success successful successfully individual unique diverse dangerous
    unpredictable feeling instinct common-sense sense gut
    """
)
"""Virtues, values and judgements that fit any question: true of everything, so they tell nothing."""

HEDGES = (
    "i think",
    "i guess",
    "i suppose",
    "i believe",
    "i feel like",
    "maybe",
    "perhaps",
    "probably",
    "kind of",
    "sort of",
    "somewhat",
    "a bit",
    "a little bit",
    "more or less",
    "i tried to",
    "i would say",
    "i hope",
    "not really",
    "i'm not sure",
    "i am not sure",
    "hopefully",
    "something like",
)

_VERBS = sorted(
    words(
        """
        accept accompany account achieve acquire act adapt add address adjust administer admit adopt advise agree
        alert align allocate allow analyse analyze announce answer apologise apologize apply appoint approach
        approve argue arrange ask assemble assess assign assist assure attach attend audit automate bake balance
        bandage bathe begin benchmark bend bill bind bleach bleed block bolt book borrow breathe bridge brief
        bring brush budget build buy cache calculate calibrate call calm cancel carry carve catch catheterise
        centralise centralize chair chalk change chart check choose chop circulate cite clamp clarify clean clear
        climb close co-ordinate coach code collaborate collate collect combine comfort communicate compare compile
        complain complete compose compress condense conduct configure confirm connect consolidate construct
        consult contact contain contrast contribute control convert convince cook coordinate copy correct count
        cover crawl create cross cross-check curate cut deal debrief debug decide decline decorate decrease deduct
        define delegate deliver demonstrate deploy derive describe design detect develop devise diagnose dig
        direct discover discuss dismantle dispatch display distribute divide document dose double double-check
        download draft drag drain draw dress drill drive drop dry dust earn ease edit educate elaborate eliminate
        email emphasise empty enable encourage enforce engage engineer enlarge enrol ensure enter erect escalate
        escort establish estimate evaluate examine exceed exchange execute exercise expand expedite explain
        explore export expose extend extract facilitate fasten feed fence fetch fight file fill film filter find
        finish fit fix flag fold follow forecast form formulate forward foster found frame freeze fry fund gather
        generate give grade graft greet grill grind grow guard guide halve hammer hand handle hang harvest haul
        heat help herd highlight hire hoist hold host hunt identify illustrate implement import impose improve
        increase inform initiate inject insert insist inspect install instruct instrument insulate integrate
        interpret interrupt intervene interview introduce invent invert investigate invite invoice involve iron
        isolate join keep knead knit knock label launch lay lead lend let liaise lift limit link list listen load
        lobby locate log look loosen lower lubricate maintain make manage map mark market mash massage measure
        mediate meet melt memorise mend mentor merge message migrate minimise minimize mix mobilise mobilize model
        moderate modify monitor mop motivate mount move multiply mute nail narrow negotiate nominate note notice
        notify nudge nurse object observe obtain offer onboard open operate optimise optimize order organise
        organize outline overhaul oversee pack paint pair paraphrase park parse paste patch pause pay pedal peel
        perform persuade phone photograph pick pilot pin pitch place plan plant plaster plate plead plot plug
        polish pose post pound pour practice practise pray prepare present preserve press prevent print prioritise
        prioritize probe process produce profile program programme promise promote proofread propose protect prove
        provide prune publish pull punch purchase push put quantify query question quit quote raise rake rank rate
        re-organise reach read realise realize rearrange reassess reassign reassure rebuild recalculate recite
        reclassify recognise recognize recommend reconcile reconstruct record recount recover recruit recycle
        redesign redirect redo redraw reduce refactor refer refill refine reflect reframe refund refuse register
        rehearse reinforce reinstall reject relabel release relieve relocate remake remind remove rename render
        renovate rent reopen reorganise reorganize repack repair repeat rephrase replace replant replay reply
        report represent request rerun reschedule rescue research resend reserve reset resolve respond restart
        restock restore restructure retest retrain return retype reuse reverse review revise reward rework rewrite
        ride ring rinse rip rivet roast roll rota rotate rub run salvage sample sand save scale scan scatter
        schedule score scrape screen screw script scroll scrub sculpt seal search season seat secure seek select
        sell send separate serve set settle sew shadow shake shape share sharpen shave shelve shield shift ship
        shoot shorten shovel show shut sieve sift sign simplify simulate sing sit sketch skip slice slide slow
        smoke smooth snap soak soften solve soothe sort source sow space speak spell spin splice split sponsor
        spot spray sprinkle squeeze stabilise stabilize stack staff stamp stand standardise standardize staple
        start stay steal steam steer step sterilise stick stir stitch stock stop store straighten strap streamline
        strengthen stretch strip structure study submit subtract sue suggest summarise summarize supervise supply
        support survey suspend suture swap sweep swim swing switch tackle tag tailor take talk tamper tape target
        taste teach tear tease telephone tell test thank thicken throw tidy tie tighten tile time toast tolerate
        tow trace track trade train transcribe transfer transform translate transport trap travel treat triage
        trial trim triple troubleshoot try tune turn tutor twist type unblock uncover undertake undo unify unload
        unlock unpack unplug unscrew untie update upgrade upload use usher vaccinate vacuum validate vary verify
        visit volunteer wake walk warn wash watch water wean weave weed weigh welcome weld wheel whisk widen win
        wipe wire withdraw work wrap write yell zone
        """
    )
)

_HAPPEN = [
    "beat",
    "bite",
    "blow",
    "drink",
    "eat",
    "fly",
    "forget",
    "hide",
    "light",
    "say",
    "sleep",
    "steal",
    "survive",
    "arrive",
    "shrink",
    "rise",
    "fall",
    "become",
    "lose",
    "break",
    "cost",
    "burst",
    "leave",
    "sink",
    "last",
]
_IRREGULAR_PAST = {
    "beat": "beat beaten",
    "bite": "bit bitten",
    "blow": "blew blown",
    "drink": "drank drunk",
    "eat": "ate eaten",
    "fly": "flew flown",
    "forget": "forgot forgotten",
    "hide": "hid hidden",
    "light": "lit",
    "say": "said",
    "sleep": "slept",
    "steal": "stole stolen",
    "shrink": "shrank shrunk",
    "rise": "rose risen",
    "fall": "fell fallen",
    "become": "became",
    "lose": "lost",
    "break": "broke broken",
    "cost": "cost",
    "burst": "burst",
    "leave": "left",
    "sink": "sank sunk",
    "begin": "began begun",
    "bend": "bent",
    "bind": "bound",
    "come": "came",
    "go": "went gone",
    "hear": "heard",
    "lend": "lent",
    "let": "let",
    "quit": "quit",
    "rerun": "reran",
    "reset": "reset",
    "resend": "resent",
    "ride": "rode ridden",
    "see": "saw seen",
    "shake": "shook shaken",
    "slide": "slid",
    "spin": "spun",
    "stick": "stuck",
    "swim": "swam swum",
    "swing": "swung",
    "tear": "tore torn",
    "undo": "undid undone",
    "wake": "woke woken",
    "learn": "learned learnt",
    "spend": "spent",
    "notice": "noticed",
    "bleed": "bled",
    "bring": "brought",
    "build": "built",
    "buy": "bought",
    "catch": "caught",
    "choose": "chose chosen",
    "cut": "cut",
    "deal": "dealt",
    "dig": "dug",
    "draw": "drew drawn",
    "drive": "drove driven",
    "feed": "fed",
    "fight": "fought",
    "find": "found",
    "fit": "fit fitted",
    "freeze": "froze frozen",
    "get": "got",
    "give": "gave given",
    "grind": "ground",
    "grow": "grew grown",
    "hang": "hung",
    "hold": "held",
    "keep": "kept",
    "lay": "laid",
    "lead": "led",
    "make": "made",
    "meet": "met",
    "oversee": "oversaw overseen",
    "pay": "paid",
    "put": "put",
    "read": "read",
    "rebuild": "rebuilt",
    "redo": "redid redone",
    "redraw": "redrew redrawn",
    "rewrite": "rewrote rewritten",
    "ring": "rang rung",
    "run": "ran",
    "seek": "sought",
    "sell": "sold",
    "send": "sent",
    "set": "set",
    "sew": "sewed sewn",
    "shoot": "shot",
    "show": "showed shown",
    "shut": "shut",
    "sing": "sang sung",
    "sit": "sat",
    "speak": "spoke spoken",
    "split": "split",
    "stand": "stood",
    "sweep": "swept",
    "take": "took taken",
    "teach": "taught",
    "tell": "told",
    "throw": "threw thrown",
    "undertake": "undertook undertaken",
    "weave": "wove woven",
    "win": "won",
    "withdraw": "withdrew withdrawn",
    "write": "wrote written",
}
_DOUBLING = words(
    """
    chop drop drip plan map chat trim tag swap wrap log set cut put run sit stop step program ship stir spot skim
    refer fit shut zip drag plot
    """
)


def _forms() -> dict[str, tuple[str, str]]:
    table: dict[str, tuple[str, str]] = {}
    for verb in (*_VERBS, "go", "come", "see", "hear", "learn", "spend", *_HAPPEN):
        stem = verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) else verb
        if verb in _DOUBLING:
            stem = verb + verb[-1]
        vowel_y = verb.endswith("y") and verb[-2] not in "aeiou"
        third = (
            verb[:-1] + "ies" if vowel_y else verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
        )
        ending = "ting" if verb in {"sit", "set", "cut", "put", "shut", "fit", "let", "quit", "reset"} else "ing"
        table.setdefault((stem[:-1] if ending == "ting" and verb in _DOUBLING else stem) + ending, (verb, "ing"))
        table.setdefault(third, (verb, "third"))
        for past in _IRREGULAR_PAST.get(
            verb, verb[:-1] + "ied" if vowel_y else verb + "d" if verb.endswith("e") else stem + "ed"
        ).split():
            table[past] = (verb, "past")
        if table.get(verb, ("", ""))[1] != "past":
            table[verb] = (verb, "base")
    return table


VERB_FORMS: dict[str, tuple[str, str]] = _forms()
"""form -> (base form, `base` | `third` | `past` | `ing`); a form that is also a past counts as past."""

STATIVE = words(
    """
    wanted needed liked loved hated believed seemed enjoyed preferred hoped wished tended happened existed
    lived graduated thought felt knew understood remained belonged
    consisted depended struggled failed waited received interested excited tired bored experienced skilled
    qualified motivated worried scared married involved supposed based related dedicated committed talented
    detailed organised organized
    """
)
"""Past forms after `I` (or after `I am`) that tell a state, not something done."""

WEAK_VERBS = words(
    """
    work use try help look like do get study join involve stay travel time rate go come see hear learn spend
    meet move stand sit
    shrink rise fall become lose break cost burst leave sink last arrive grow fly say sleep eat drink forget survive
    """
)
"""Verbs that say too little alone: they count as an action only with something said about what was done."""

AMBIGUOUS_PAST = words("set put cut read split shut fit let quit reset cost burst last")

OUTCOME_VERBS = words(
    """
    reduce increase improve cut grow save drop fall rise double triple halve win pass recover finish deliver
    launch ship earn gain raise decrease shorten lower eliminate avoid prevent achieve reach exceed arrive serve
    harvest produce collect hand stay adopt approve
    publish sell complete retain return resolve solve succeed disappear shrink climb heal graduate renew
    """
)
_EXTRA_OUTCOME_FORMS = sorted(
    words(
        """
    fell fallen fall falls rose risen rise rises disappeared disappear shrank shrunk saving cutting reducing
    improving increasing gained gain gaining returned return returns retained recovered recover recovers succeeded
    decreased passed pass passes won win wins dropped drops healed heal graduated renewed renew went
        """
    )
)
OUTCOME_FORMS = frozenset(
    [form for form, (verb, kind) in VERB_FORMS.items() if verb in OUTCOME_VERBS and kind != "base"]
    + _EXTRA_OUTCOME_FORMS
) - {"went"}

SITUATION_CUES = phrases(
    """
    last year | last month | last week | last summer | last winter | last spring | last autumn | last semester |
    last season | last job | last role | last position | years ago | year ago | months ago | weeks ago |
    two years | when i was | when we were | when i worked | when i work | when i started | when i joined |
    while i was | while working | one day | one time | one night | one morning | one evening | one afternoon |
    one summer | one winter | there was | there were | at the time | at that time | at university | at college |
    at school | in my previous | in my last | in my first | in my final | in my current | in my internship |
    in my old | at my previous | at my last | at my first | at my current | at my old | at my job | at my work |
    at my company | at my school | during my | during the | during a | during our | in the summer |
    in the winter | in the middle of | on my ward | on our ward | our team was | our team had |
    the team was | the team had | we were | we had a | we had no | we had two | we had three | the problem was |
    the situation was | the issue was | the background | my manager was | as an intern | as a student | as a
    volunteer | as a trainee |
    as an apprentice | as part of | back in | in my thesis | for my thesis | before christmas |
    this spring | this summer | this winter | this year | in my team | in my department | in our team |
    in our department | once | situation
    """
)

TASK_CUES = phrases(
    """
    had to | have to | and must | weeks until | days until | hours until | weeks to | days to | hours to | i had
    to | we had to | i want to | we want to | want me to | ask me to | must to | i
    needed to | we needed to | i need to | i have to | i must | i was asked |
    i am asked | we were asked | was asked to | asked me to | asked us to | told me to | wanted me to |
    i was responsible | i am responsible | responsible for | in charge of | my task | my job was | my job is to
    | my job is | my role was | my role is | my goal | our goal | my aim | our aim | my target | our target |
    the goal | the aim | the target was | the target is | the task | the challenge was | the challenge |
    my responsibility | my duty | my part | my assignment | the assignment | the objective | my objective |
    i was to | we were to | i was supposed | i was given | i was tasked | tasked with | it was my job |
    it was my | i wanted to | we wanted to | we have to | we need to | needed to be | had to be | expected me to
    | i was expected | the brief was | the plan was to | i was assigned | up to me | i should | we must |
    fell to me | falls to me | was on me | is on me | was left to me |
    landed on me | was mine to | task | goal | aim was | the deadline | a deadline
    """
)

RESULT_CUES = phrases(
    """
    as a result | as result | the result was | the result is | the result | the outcome | which led to |
    this led to | that led to | it led to | led to a | resulted in | resulting in | in the end | at the end |
    by the end | which meant | this meant | that meant | so that week | thanks to this | thanks to that |
    because of this | because of that | since then | ever since | from then on | the effect was | which saved |
    this saved | that saved | it saved | we saved | i saved | which reduced | this reduced | which cut |
    which brought | this brought | went live | signed off | was adopted | were adopted | is now used |
    are now used | now use | now uses | still use | still uses | still used | still in use | became the standard
    | is the standard | still run | still runs | after three months | after a month | after one month |
    after two months | after six months | within a week | within a month | within two weeks |
    within three months | a month later | a year later | weeks later | months later | a week later | result |
    consequently | won the | passed the | we won | i won | we passed | they all passed | all passed
    """
)

WEAK_RESULT_CUES = phrases(
    """
    on time | in time | within budget | under budget | no complaints | no more | no errors | no accidents |
    no incidents | no one was | nobody was | without any | without a | without an | thanked me | thanked us |
    thanked the | was happy | were happy | is happy | are happy | was satisfied | were satisfied | is satisfied
    | was pleased | were pleased | was delighted | were delighted | was relieved | came back | come back |
    comes back | agreed to | positive feedback | good feedback | feedback was | good review | five stars |
    promoted | award | a prize | recovered | calmed down | was solved | was fixed | was resolved | was approved
    | were approved | was accepted | was published | finally | eventually | zero | is solved | was finished |
    was delivered | was ready | were ready | renewed | never happened again | has not happened |
    not happened again | works now | worked again | was open again | went home | signed the | passed | opened on
    """
)

OPINION_CUES = phrases(
    """
    i think | i believe | in my opinion | i am a | i'm a | i am an | i'm an | i am very | i'm very | i am good |
    i'm good | i always | i usually | i never | i like | i love | i enjoy | i consider | i would say |
    is important | are important | it important | i find it | i find that | important to me |
    is very important | is key | is essential | is crucial | you should |
    you have to | you need to | you must | people should | one should | everyone should | passionate |
    hard working | hardworking | hard-working | team player | my strength | my strengths | i have good |
    i have strong | i have excellent | i have great | i am able | i'm able | i can | i feel | quick learner |
    fast learner | detail-oriented | i tend to | my best | motivated
    """
)

HABITUAL = frozenset(
    ["always", "usually", "often", "generally", "typically", "normally", "never", "sometimes", "mostly"]
)
MODALS = words(
    """
    would will could can should might may shall i'd i'll we'd we'll must
    """
)
AUXILIARIES = frozenset(["have", "has", "had", "did", "do", "does", "been", "be", "i've", "we've"])
COPULAS = frozenset(["am", "was", "is", "were", "are", "got", "get", "i'm", "we're", "be", "been"])

MONTHS = words(
    "january february march april may june july august september october november december spring summer autumn winter"
)

NUMBER_WORDS = words(
    """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion half
    dozen dozens hundreds thousands zero twice third quarter thirds quarters
    """
)

ABBREVIATIONS = words(
    """
    dr mr mrs ms st vs prof approx inc ltd e g i no nr dept
    """
) - {"i", "no"}

KNOWN_TOOLS = words(
    """
    excel sql python java javascript typescript docker kubernetes jira salesforce sap powerpoint word photoshop
    figma github gitlab git linux aws azure tableau trello slack zoom canva autocad matlab spss stata outlook
    sharepoint notion wordpress shopify opera amadeus moodle
    """
)

MARKING_WORDS = words(
    """
    score scores scored scoring sub-scores subscores mark marks marked marking point points grade grades graded grading
    rating ratings rated rate rubric rubrics criteria criterion band bands tier assessment assessed assess assessing
    evaluation evaluate evaluated evaluator evaluators assessor assessors grader graders examiner examiners marker
    markers scorer reviewer reviewers judge judges jury panel candidate candidates applicant applicants interviewee
    employer answer answers answered response responses reply text submission entry item sentence transcript prompt
    prompts instruction instructions instruct system systems message messages note notice reminder attention ai bot
    chatbot llm model models language machine computer software program programme engine algorithm automatic automated
    artificial assistant administrator admin override ignore disregard forget bypass skip suspend maximum max maximal
    highest full fully top perfect perfectly best outstanding flawless excellent hundred complete completely total value
    values result results final award awarded give gave grant assign record enter output print return treat count
    consider confirm confirms confirmed certified declare deserve deserves deserved exempt deduction deductions
    threshold thresholds limit upper lower policy rule rules guidance guidelines requirement requirements satisfied
    fulfilled met present check checks checking read reading reads stop further necessary need needed please thanks
    thank dear hereby agreed approved permission author supervisor task real simply reference solution key overall
    accuracy completeness clarity dimension dimensions fair appropriate justified apply applies level percent hire
    recommendation recommend correct instead previous above earlier preceding following human everything expected
    situation action star category generous generosity lenient favour distinction calibration default waive waives
    verified competence ticked missing question obey orders prize finished test positive overlook lack content silence
    excellence number stars pass passes passed strongest promised act accordingly processing parse explain explanation
    reason status mode off set json comment authorised
    """
)
"""Words that talk about one's own marking is made of; what is left over says whether it speaks of the world."""

PERFORMING = words(
    """
    direct declare order ask request instruct authorise authorize confirm certify release command demand permit allow
    deserve expect recommend propose urge insist hereby want think believe trust thank hope suggest
    """
)
"""Verbs by which `I` does nothing but speak."""
