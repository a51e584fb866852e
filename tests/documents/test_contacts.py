"""Contact data goes, what an interview is about stays."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.documents.contacts import ADDRESS, EMAIL, LINK, PHONE, find_contacts, redact_contacts
from tests.growth import is_linear

GONE = [
    ("jane.doe+cv@mail.example.co.uk", EMAIL),
    ("jane (at) mail (dot) com", EMAIL),
    ("jane@uni-köln.de", EMAIL),
    ("https://danielreyes.example.com", LINK),
    ("www.example.org/me", LINK),
    ("linkedin.com/in/jane-doe", LINK),
    ("de.linkedin.com/in/jane", LINK),
    ("github.com/jdoe", LINK),
    ("LinkedIn: janedoe", LINK),
    ("@jane_doe", LINK),
    ("janedoe.dev", LINK),
    ("+49 30 12345678", PHONE),
    ("+49 (0)30 1234-5678", PHONE),
    ("030/1234567", PHONE),
    ("0171-1234567", PHONE),
    ("(512) 555-0188", PHONE),
    ("512.555.0188", PHONE),
    ("(123) 456-7891", PHONE),
    ("+1-512-555-0188", PHONE),
    ("5125550188", PHONE),
    ("020 7946 0958", PHONE),
    ("+44 (0)20 7946 0958", PHONE),
    ("06 12 34 56 78", PHONE),
    ("600 123 456", PHONE),
    ("0041 44 668 18 00", PHONE),
    ("Hauptstraße 5, 10115 Berlin", ADDRESS),
    ("Lange Straße 12a", ADDRESS),
    ("Musterweg 7, D-80331 München", ADDRESS),
    ("Bahnhofstrasse 1\n8001 Zürich", ADDRESS),
    ("10115 Berlin", ADDRESS),
    ("321 Gotham St\nGotham, USA", ADDRESS),
    ("San Francisco, CA 94103-1234", ADDRESS),
    ("London SW1A 1AA", ADDRESS),
    ("Toronto, ON M5V 2T6", ADDRESS),
    ("12 rue de la Paix, 75002 Paris", ADDRESS),
    ("Calle de Alcalá 45, 28014 Madrid", ADDRESS),
    ("Via Roma 12, 20121 Milano", ADDRESS),
    ("P.O. Box 123", ADDRESS),
]
PARTLY = [
    (
        "Austin, Texas | d@example.com | (512) 555-0188 | https://d.example.com",
        "Austin, Texas | [e-mail] | [phone] | [link]",
    ),
    ("Mobile: 555-0188", "Mobile: [phone]"),
    ("Mail jane@example.com.", "Mail [e-mail]."),
    ("(see https://example.com/a_b)", "(see [link])"),
    ("Flat 4, 12 High Street, Leeds LS1 4AB", "[address], [address]"),
    ("jdoe@example.com\njdoe\nI am jdoe", "[e-mail]\n[link]\nI am jdoe"),
    ("Maria Keller\nHauptstr. 5\n10115 Berlin\nNurse", "Maria Keller\n[address]\nNurse"),
    ("1600 Pennsylvania Avenue NW, Washington, DC 20500", "[address], [address]"),
]
STAYS = [
    "2018-03 to 2024-07",
    "grew revenue 28% from 1,200,000 to 1,536,000",
    "2018 - 2021",
    "2015-2018 2019-2021",
    "03/2018 - 07/2024",
    "01.03.2018 – 31.07.2024",
    "2021 – Present",
    "1.200.000 Euro",
    "from 1 200 000 to 1 500 000 euros",
    "€ 45 000 000",
    "$1,250,000.00",
    "salary 85000 - 95000",
    "Salary: 55.000 - 65.000",
    "50,000+ EUR 65000",
    "Budget: 250 000 000",
    "saved 12000 Kunden",
    "up to 1500000 requests",
    "10 000 000 downloads",
    "1,5 Mio. Euro Umsatz 2019/2020",
    "ISO 9001:2015",
    "RFC 2616, CVE-2021-44228",
    "Python 3.11, Node.js, ASP.NET",
    "Node.js",
    "24/7 support for 350-400 users",
    "team of 35 across 12 cities",
    "Apple M1 8GB RAM",
    "Led 5 Road safety campaigns",
    "scores 3.5/4.0, GPA 3.8 / 4.0",
    "120-seat restaurant",
    "99.95 % uptime",
    "Via Rail 2015",
    "Plaza Hotel 2016 to 2018",
    "worked at Main Street Bank since 2015",
    "Austin, Texas",
    "Windows 10, Office 365",
    "Cared for up to 14 patients a shift, 3 wards, 24 beds",
]


@pytest.mark.parametrize(("text", "placeholder"), GONE)
def test_contact_data_goes_entirely(text: str, placeholder: str) -> None:
    assert redact_contacts(text) == placeholder
    assert redact_contacts(f"Maria Keller\n{text}\nNurse") == f"Maria Keller\n{placeholder}\nNurse"


@pytest.mark.parametrize(("text", "redacted"), PARTLY)
def test_what_stands_around_contact_data_stays(text: str, redacted: str) -> None:
    assert redact_contacts(text) == redacted


@pytest.mark.parametrize("text", STAYS)
def test_years_figures_and_names_of_things_stay(text: str) -> None:
    assert redact_contacts(text) == text
    assert redact_contacts(f"- {text}\n") == f"- {text}\n"


@settings(max_examples=500)
@given(st.text(max_size=80) | st.text("aA1 .,@/+-()\n", max_size=60))
def test_spans_are_in_order_apart_and_inside_the_text(text: str) -> None:
    at = 0
    for contact in find_contacts(text):
        assert at <= contact.start < contact.end <= len(text)
        at = contact.end


PIECES = [
    "a",
    "1 ",
    "(",
    "+",
    "A ",
    "Aa ",
    "a.b",
    "a-",
    "1-",
    "@",
    "a@",
    "Straße ",
    "12 Aa ",
    "www.",
    "rue de ",
    "12 rue de la ",
]
PIECES += [
    "SW1A ",
    "CA, ",
    "\n",
    " ",
    "via De La ",
    "via Aa b c ",
    "x.com/",
    "Aa.Bb-",
    "ab.cd.",
    "a(at)",
    "1234 ",
    ", Aa",
]


@pytest.mark.parametrize("piece", PIECES)
def test_200_000_characters_take_linear_time(piece: str) -> None:
    """All twenty patterns together."""
    assert is_linear(redact_contacts, (piece * 200_000)[:200_000])
