"""Texts that turn to the interviewer, and answers that sound a little like it."""

import pytest

from interview_coach.domain.asides import aside_of, asks_interviewer
from interview_coach.domain.turns import Meaning

ASKED = {
    Meaning.REPEAT: (
        "Could you repeat the question, please?",
        "Can you say that again?",
        "What do you mean by that?",
        "¿Puede repetir la pregunta?",
    ),
    Meaning.EXPLAIN: (
        "Please explain the question.",
        "Can you give me an example of what you mean?",
        "I'm not sure what you're asking, could you rephrase it?",
        "Sorry, I do not quite understand what you want to hear.",
        "Hi! Would you please explain the question in simple words? Thank you",
        "What kind of example are you looking for?",
        "Do you mean at work or at home?",
        "Could you be a bit more specific",
        "Was meinen Sie damit?",
        "Pourriez-vous reformuler la question ?",
    ),
    Meaning.THINK: (
        "Let me think about that for a moment.",
        "Good question. I'll have to think about it.",
        "I need a bit more time",
        "Can we take a short break?",
    ),
    Meaning.LATER: (
        "Can we come back to this question later?",
        "I'd like to come back to that",
        "could we maybe do this one at the end?",
    ),
    Meaning.SKIP: (
        "Skip this one please",
        "Can we skip this?",
        "I'd rather not answer",
        "Next question, please.",
        "Would it be okay to skip this one?",
        "Do you mind if we skip this?",
        "Could you ask me something else?",
        "Sorry, I can't answer that, can we skip it?",
        "I don't have an example, let's move on.",
        "I have no answer to that. Could we have another question?",
    ),
    Meaning.STOP: ("Can we stop here?", "I want to end the interview"),
    Meaning.GREETING: ("Hi, can you hear me?",),
}
ANSWERS = (
    "I don't know, sorry",
    "I can't think of an example right now.",
    "I would ask again.",
    "Ask them to repeat it",
    "Explain it again, more slowly",
    "I come back to it later",
    "We skipped this one.",
    "I would skip this step and write down why.",
    "I don't know the law, but I would skip the question and ask the next customer first.",
    "I left it out and moved on to the next one, because the shop was full.",
    "I stop the line.",
    "I would ask the customer: could you repeat the question, please?",
    "Could you repeat that? is what I ask residents when I am not sure I understood them.",
    'I would say "What do you mean by that?" and listen.',
    "“Could you explain what you mean?”",
    "Let me think. In my last job I ran the till alone on Saturdays.",
    "Do you mean it? I ask that before I book a return, because half of them change their mind then.",
    "I am not sure what you mean by scale, but we served ninety covers with two cooks.",
    "Could you give an example, I asked the supplier, and he named three late deliveries.",
    "Not sure. Probably the lift that stuck between floors; I called the firm and stayed with the tenant.",
)


@pytest.mark.parametrize(("aside", "text"), [(aside, text) for aside, texts in ASKED.items() for text in texts])
def test_what_only_turns_to_the_interviewer_is_known_by_what_it_wants(aside: Meaning, text: str):
    assert aside_of(text) is aside


@pytest.mark.parametrize("text", ANSWERS)
def test_an_answer_with_such_words_in_it_stays_an_answer(text: str):
    assert aside_of(text) is None


def test_more_words_than_a_request_has_are_an_answer():
    assert aside_of("Could you repeat the question, please? " * 8) is None


@pytest.mark.parametrize(
    "text",
    [
        "May I ask you something back? By difficult parents, do you mean angry ones, or also those who never come?",
        "Could I ask something first? When you say deliveries, do you mean the vans only, or the post as well?",
        "Is this about paid work only? Or does volunteering count too?",
        "Hello! Do you mean patients on the ward, or those who come in for a day and then go home again?",
        "Should I talk about my present school, or may it be the one before?",
    ],
)
def test_a_text_of_nothing_but_questions_about_the_question_asks_to_explain(text):
    assert aside_of(text) is Meaning.EXPLAIN


@pytest.mark.parametrize(
    "text",
    [
        "How may I help you? Would you like a table by the window?",
        "Can I ask you a few things about your knee? Where does it hurt?",
        "What could we do better? I asked the team that every Friday.",
        "Do you mean a case from the ward? Last year I moved the drug round to the evening.",
        "Who would not want that?",
    ],
)
def test_questions_to_a_guest_and_questions_beside_an_answer_stay_an_answer(text):
    assert aside_of(text) is None


@pytest.mark.parametrize(
    ("answer", "asks"),
    [
        ("I led nine people and we opened on time. Should I go into the costs?", True),
        ("I led nine people. Does that answer your question?", True),
        ("I led nine people. How large is your team?", True),
        ("I led nine people. Do you want an example?", True),
        ("I asked them, can you deliver today? They could, and we opened on time.", False),
        ("I asked him: “Can you deliver today?”", False),
        ("Why did it work? Because I had called them the day before.", False),
        ("I led nine people and we opened on time.", False),
        ("", False),
    ],
)
def test_a_question_at_the_end_of_an_answer_is_known(answer: str, asks: bool) -> None:
    assert asks_interviewer(answer) is asks
