"""Labels of ads and CVs in spoken sentences."""

import pytest

from interview_coach.coach.rules.experience import speak_of
from interview_coach.coach.rules.labels import Phrase, as_noun, request, shorten, speak
from interview_coach.coach.rules.language import is_english
from interview_coach.coach.rules.shapes import Shape
from interview_coach.domain.evidence import CvItem, CvItemKind, Source, Span


@pytest.mark.parametrize(
    ("label", "shape", "noun"),
    [
        (
            "Perform penetration tests against web applications",
            Shape.VERB,
            "performing penetration tests against web applications",
        ),
        ("plan and teach engaging lessons", Shape.VERB, "planning and teaching engaging lessons"),
        ("Securing IaaS applications", Shape.GERUND, "securing IaaS applications"),
        (
            "Strong written and verbal communication skills",
            Shape.NOUN,
            "strong written and verbal communication skills",
        ),
        ("network protocols, design and operations", Shape.NOUN, "network protocols, design and operations"),
        ("clean driving licence", Shape.NOUN, "a clean driving licence"),
        ("ability to teach", Shape.NOUN, "the ability to teach"),
        ("SQL", Shape.NOUN, "SQL"),
        ("detail-oriented", Shape.QUALITY, "being detail-oriented"),
        ("Comfortable with public speaking", Shape.QUALITY, "being comfortable with public speaking"),
        ("knows allergens well", Shape.WHO, None),
        ("tracks the progress of pupils with data", Shape.WHO, None),
        ("orders the stock each week", Shape.WHO, None),
        ("track orders", Shape.VERB, "tracking orders"),
        ("budget responsibility", Shape.NOUN, "budget responsibility"),
        ("You have to be on time", Shape.OTHER, None),
    ],
)
def test_a_label_is_worded_by_its_shape(label: str, shape: Shape, noun: str | None):
    phrase = speak(label)
    assert (phrase.shape, as_noun(phrase)) == (shape, noun)
    assert all(phrase.text in clause for clause in request(phrase)) or shape is Shape.NOUN


def test_the_interviewer_does_not_speak_as_the_employer():
    assert speak("follow our safeguarding procedures").text == "follow the safeguarding procedures"
    assert speak("carry out field sampling at our sites").text == "carry out field sampling at the sites"
    assert speak("report to us when something breaks").quoted


def test_nobody_is_asked_to_love_something():
    assert speak("Love being outdoors all day") == Phrase("loves being outdoors all day", Shape.WHO, False)
    assert speak("who is signed off to give medication").text == "is signed off to give medication"


def test_a_verb_before_an_article_is_a_duty():
    assert speak("ring the supplier about late parts").shape is Shape.VERB


def test_a_judgement_is_left_off():
    assert speak("A food hygiene certificate is essential").text == "a food hygiene certificate"


def test_a_label_in_another_language_is_quoted():
    assert speak("Gute Deutschkenntnisse", english=False).text == "“Gute Deutschkenntnisse”"


def test_a_long_label_is_cut_between_thoughts_and_stays_verbatim():
    label = "Participate in security assessments of networks, systems and applications, and report to their owners"
    cut = shorten(label, 9)
    assert label.startswith(cut) and len(cut.split()) <= 9 and not cut.endswith(("and", ",", "of"))


def item(label: str, kind: CvItemKind, line: str = "") -> CvItem:
    return CvItem(Span(Source.CV, line or label, 0, len(line or label)), kind, label, 0.5)


@pytest.mark.parametrize(
    ("label", "kind", "line", "noun", "adverbial"),
    [
        (
            "Built a sales dashboard",
            CvItemKind.ACHIEVEMENT,
            "",
            "your work building a sales dashboard",
            "when you built a sales dashboard",
        ),
        (
            "General Manager",
            CvItemKind.ROLE,
            "General Manager, Salt & Cedar, Austin",
            "your time as General Manager at Salt & Cedar",
            "in your role as General Manager at Salt & Cedar",
        ),
        (
            "Led and trained a team",
            CvItemKind.ACHIEVEMENT,
            "",
            "the time when you led and trained a team",
            "when you led and trained a team",
        ),
        ("Leading a team", CvItemKind.ACHIEVEMENT, "", "your work leading a team", "while leading a team"),
        ("SQL", CvItemKind.SKILL, "", "your experience with SQL", "in your work with SQL"),
        ("Bus map", CvItemKind.PROJECT, "", "your project “Bus map”", "in your project “Bus map”"),
    ],
)
def test_an_item_of_the_cv_is_named_naturally(label: str, kind: CvItemKind, line: str, noun: str, adverbial: str):
    spoken = speak_of(item(label, kind, line))
    assert (spoken.noun, spoken.adverbial) == (noun, adverbial)


def test_what_cannot_be_turned_into_second_person_is_quoted():
    assert not speak_of(item("My first year with our team", CvItemKind.ACHIEVEMENT)).plain


def test_a_name_after_and_is_not_taken_for_a_verb():
    assert as_noun(speak("Develop interfaces using Meteor and React")) == "developing interfaces using Meteor and React"


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("Built a dashboard\nRecruited team members\nM.Sc. Digital Media, Bremen", True),
        ("Wir suchen eine Verkäuferin für die Bäckerei. Sie beraten unsere Kunden und kassieren.", False),
        ("Nous cherchons une infirmière pour les soins avec une équipe sur Lyon.", False),
        ("", True),
    ],
)
def test_bullet_points_without_function_words_count_as_english(text: str, english: bool):
    assert is_english(text) is english


def test_what_was_done_to_the_person_is_said_in_the_passive():
    assert speak_of(item("Elected spokesperson of 34 musicians", CvItemKind.ACHIEVEMENT)).adverbial == (
        "when you were elected spokesperson of 34 musicians"
    )


@pytest.mark.parametrize(
    "label",
    [
        "missed medication notes fell from 6 a month to 1",
        "Failed inspections dropped from 4 to none",
        "Returned goods went down by half",
        "Reported near misses were cut by a third",
    ],
)
def test_what_a_thing_did_is_not_said_of_the_person(label: str):
    said = speak_of(item(label, CvItemKind.ACHIEVEMENT))
    assert (said.clause, said.plain) == (f"your CV says “{label}”", False)


@pytest.mark.parametrize(
    ("label", "clause"),
    [
        ("Wrote the handover sheet; missed notes fell to 1", "you wrote the handover sheet"),
        ("Redesigned the rota, overtime fell by a third", "you redesigned the rota"),
        ("Moved the stock – picking errors halved", "you moved the stock"),
        ("Washed, cut and packed the salad", "you washed, cut and packed the salad"),
        ("Led a team that grew from 3 to 8", "you led a team that grew from 3 to 8"),
        ("Introduced improved forms for the ward", "you introduced improved forms for the ward"),
        ("Checked rooms were ready by noon", "you checked rooms were ready by noon"),
        ("Reduced waiting times by 20%", "you reduced waiting times by 20%"),
    ],
)
def test_only_the_persons_own_clause_is_said_of_them(label: str, clause: str):
    assert speak_of(item(label, CvItemKind.ACHIEVEMENT)).clause == f"your CV says that {clause}"


@pytest.mark.parametrize(
    ("label", "clause"),
    [
        ("has led a team of five", "someone who has led a team of five"),
        ("Have taught adults", "someone who has taught adults"),
        ("led a team", "someone who led a team"),
        ("Managed the till", "someone who managed the till"),
    ],
)
def test_what_somebody_has_done_is_no_duty(label: str, clause: str):
    phrase = speak(label)
    assert phrase.shape is Shape.WHO and as_noun(phrase) is None
    assert all(said.endswith(clause) for said in request(phrase))


@pytest.mark.parametrize(
    ("label", "noun"),
    [
        ("driving licence", "a driving licence"),
        ("Driving licence class B", "a driving licence class B"),
        ("confident handling of cash", "confident handling of cash"),
        ("Confident handling cash", "being confident handling cash"),
        ("set the tables", "setting the tables"),
        ("feed the animals", "feeding the animals"),
        ("handling cash", "handling cash"),
    ],
)
def test_a_word_in_ing_is_told_by_what_stands_after_it(label: str, noun: str):
    assert as_noun(speak(label)) == noun


@pytest.mark.parametrize(
    ("label", "line", "said"),
    [
        ("legal office", "experience in a legal office", "the ad asks for experience in a legal office"),
        ("retail", "Experience in retail", "the ad asks for experience in retail"),
        ("telephone manner", "a good telephone manner", "the ad asks for a good telephone manner"),
        ("Clear spoken and written English", "", "the ad asks for clear spoken and written English"),
        ("signed off to give medication", "", "the ad wants someone who is signed off to give medication"),
        ("used to disagreeing politely", "", "the ad wants someone who is used to disagreeing politely"),
        ("trained in first aid", "", "the ad wants someone who is trained in first aid"),
        ("OWN HAND TOOLS AND PPE", "", "the ad asks for your own hand tools and PPE"),
        ("MIG & TIG WELDING OF CARBON STEEL", "", "the ad asks for MIG & TIG welding of carbon steel"),
        ("Run the fish section for lunch", "", "the ad asks you to run the fish section for lunch"),
        ("own the roadmap of the product", "", "the ad asks you to own the roadmap of the product"),
        ("juggle several projects", "", "the ad asks you to juggle several projects"),
        ("writing short guides", "", "the ad mentions writing short guides"),
        ("dutch or german", "", "the ad asks for Dutch or German"),
        ("clear tables", "", "the ad asks you to clear tables"),
        ("Line manage two porters and a cleaner", "", "the ad asks you to line manage two porters and a cleaner"),
        ("Case manage and support six families", "", "the ad asks you to case manage and support six families"),
        ("Project manage our shop refits", "", "the ad asks you to project manage the shop refits"),
        ("Always greet guests by name", "", "the ad asks you to always greet guests by name"),
        ("Line management experience", "", "the ad asks for line management experience"),
        ("Contact with suppliers", "", "the ad asks for contact with suppliers"),
        ("test", "you will test", "the ad asks you to test"),
        ("Windows", "Sound knowledge of Windows", "the ad asks for knowledge of Windows"),
        ("networks", "Basic understanding of networks", "the ad asks for an understanding of networks"),
        ("stay friendly", "", "the ad wants someone who stays friendly"),
        ("at least two in payments", "", "the ad says “at least two in payments”"),
        ("take part in the weekly stock count", "", "the ad asks you to take part in the weekly stock count"),
        ("Specialists contribute to the team", "", "the ad says “Specialists contribute to the team”"),
        ("the college promotes equality", "", "the ad says “the college promotes equality”"),
    ],
)
def test_what_the_ad_asks_for_is_worded_as_what_it_is_or_read_out(label: str, line: str, said: str):
    assert request(speak(label, line=line))[0] == said


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Interviewed 38 music teachers and turned the findings into a roadmap for two quarters",
         "when you interviewed 38 music teachers"),
        ("Built a monthly report on the hours of volunteers adopted by the director of the bank",
         "when you built a monthly report on the hours of volunteers"),
        ("Led and trained a team", "when you led and trained a team"),
    ],
)  # fmt: skip
def test_a_line_of_the_cv_is_cut_where_a_deed_is_told(label: str, said: str):
    assert speak_of(item(label, CvItemKind.ACHIEVEMENT)).adverbial == said
