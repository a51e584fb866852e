"""The built-in coach says that it speaks English where another language was chosen."""

import pytest

from interview_coach.samples import load_sample


@pytest.mark.parametrize(("language", "said"), [("de", True), ("pt-BR", True), ("en", False), ("en-GB", False)])
def test_built_in_coach_says_which_language_it_speaks(client, language, said):
    sample = load_sample()
    made = client.post(
        "/interviews", json={"cv_text": sample.cv_text, "job_text": sample.job_text, "language": language}
    )
    page = f"/interviews/{made.json['id']}"
    assert ("speaks English" in client.get(page).text) == said
    client.post(f"{page}/questions", json={})
    assert ("speaks English" in client.get(page).text) == said
