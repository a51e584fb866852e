"""The words of the person's turn: to which turn they belong."""

from interview_coach.voice.said_so_far import SaidSoFar


def test_what_comes_while_an_answer_is_stored_begins_the_next_turn() -> None:
    person = SaidSoFar(lasts=True)
    person.hear(" I led a team.")
    answer = person.words
    person.type("The next one, in writing.")  # `answer` is on its way into a row
    person.turn_over(answer)
    assert person.words == "The next one, in writing."
    assert person.was_typed(person.words)


def test_what_is_typed_while_the_interviewer_speaks_is_no_part_of_the_answer_before() -> None:
    person = SaidSoFar(lasts=True)
    person.hear("I led a team.")
    person.type("In writing.", ahead=True)
    assert (person.words, person.text) == ("I led a team.", "I led a team. In writing.")
    person.turn_over("I led a team.")
    assert person.words == "In writing." and person.was_typed("In writing.")


def test_it_is_part_of_it_when_nothing_of_the_interviewer_counts() -> None:
    person = SaidSoFar(lasts=True)
    person.hear("I led a team.")
    person.type("In May.", ahead=True)
    person.goes_on()
    assert person.words == "I led a team. In May."
