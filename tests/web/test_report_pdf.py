"""What reaches the PDF from the pages: earlier interviews, and the choice to see no numbers."""

import io

from pypdf import PdfReader

from tests.web.conftest import finished


def text_of(client, interview):
    response = client.get(f"/interviews/{interview}/report.pdf")
    assert response.status_code == 200 and response.content_type == "application/pdf"
    pages = PdfReader(io.BytesIO(response.data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_second_interview_brings_trends(client):
    first = finished(client, 1)
    assert "Your interviews over time" not in text_of(client, first)
    text = text_of(client, finished(client, 2))
    assert "Your interviews over time" in text and "Built-in coach: 2 interviews" in text
    assert "What goes well by now" in text


def test_without_numbers_the_pdf_has_none_either(client):
    interview = finished(client, 2)
    assert "of 100" in text_of(client, interview)
    assert client.post("/preferences", data={"low_anxiety": "on"}).status_code in (204, 303)
    text = text_of(client, interview)
    assert "of 100" not in text and "of 40" not in text and "Three things to do next" in text
