"""The switch for pages without numbers, and where it leads back to."""

from collections.abc import Iterator

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from sqlalchemy import event

from interview_coach import preferences
from interview_coach.db import db
from interview_coach.models import LOCAL_OWNER
from tests.web.conftest import HTMX, JSON, create

LOOKS = "{% if low_anxiety %}words{% else %}numbers{% endif %}{{ 'hidden' if low_anxiety }}"


@pytest.fixture
def asked(app: Flask) -> Iterator[list[str]]:
    """Statements that reach the database."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def is_hidden(app: Flask) -> bool:
    with app.app_context():
        return preferences.low_anxiety(LOCAL_OWNER)


@pytest.mark.parametrize("value", ["on", "true", "1", True])
def test_numbers_are_hidden_and_shown_again(app: Flask, client: FlaskClient, value: object) -> None:
    assert client.post("/preferences", json={"low_anxiety": value}, headers=JSON).json == {"low_anxiety": True}
    assert client.get("/preferences", headers=JSON).json == {"low_anxiety": True}
    assert is_hidden(app)
    assert client.post("/preferences", data={"low_anxiety": "off"}).status_code == 303
    assert not is_hidden(app)


@pytest.mark.parametrize("body", [{}, {"low_anxiety": "perhaps"}, {"low_anxiety": []}, {"low_anxiety": 7}])
def test_another_value_is_refused(app: Flask, client: FlaskClient, body: dict[str, object]) -> None:
    response = client.post("/preferences", json=body, headers=JSON)
    assert (response.status_code, response.json["error"]["code"]) == (422, "VALIDATION_FAILED")
    assert not is_hidden(app)


def test_the_switch_leads_back_to_the_page(client: FlaskClient) -> None:
    interview = create(client)
    page = f"http://localhost/interviews/{interview}?x=1"
    sent = client.post("/preferences", data={"low_anxiety": "on"}, headers={"Referer": page})
    assert sent.headers["Location"] == f"/interviews/{interview}?x=1"
    sent = client.post("/preferences", data={"low_anxiety": "on"}, headers={**HTMX, "HX-Current-URL": page})
    assert sent.headers["HX-Redirect"] == f"/interviews/{interview}?x=1"


@pytest.mark.parametrize(
    "back",
    [
        "http://elsewhere.example/",
        "//elsewhere.example/data",
        "///elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "/data\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "http://localhost@elsewhere.example/data",
        "http:data",
        "http://[",
        "/no-such-page",
        "/preferences/",
        "data",
    ],
)
def test_the_switch_leads_nowhere_else(client: FlaskClient, back: str) -> None:
    sent = client.post("/preferences", data={"low_anxiety": "on", "back": back})
    assert (sent.status_code, sent.headers["Location"]) == (303, "/")


def test_a_request_of_another_site_changes_nothing(app: Flask, client: FlaskClient) -> None:
    sent = client.post("/preferences", data={"low_anxiety": "on"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert sent.status_code == 403
    assert not is_hidden(app)


def test_a_page_asks_once_and_only_when_it_looks(app: Flask, asked: list[str]) -> None:
    with app.test_request_context("/"):
        assert render_template_string(LOOKS) == "numbers"
        assert len([statement for statement in asked if "people" in statement]) == 1
    asked.clear()
    with app.test_request_context("/"):
        assert render_template_string("no look at it") == "no look at it"
        assert asked == []


def test_macros_see_the_choice_and_a_view_may_override_it(app: Flask) -> None:
    macro = app.jinja_env.from_string(f"{{% macro it() %}}{LOOKS}{{% endmacro %}}")
    with app.app_context():
        preferences.set_low_anxiety(LOCAL_OWNER, True)
    with app.test_request_context("/"):
        assert render_template_string("{% import m as shown %}{{ shown.it() }}", m=macro) == "wordshidden"
        assert render_template_string(LOOKS, low_anxiety=False) == "numbers"
