"""How many presses a deed takes that people do every day, counted by the browser, not by hand."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.people import delivered
from tests.journeys.stopwatch import Stopwatch

CLERK = "referent@example.org"
HEAD = "dyrektor.sp6@example.org"
SUBJECT = "Godziny otwarcia świetlicy"
PHONE = 390
TALLEST = 6_000
"""Pixels that the page of a message to 119 may be high."""


@pytest.fixture(scope="module")
def asked(installation):
    """A question to all 119 that has reached them, which asks for some words."""
    client = installation.client(CLERK)
    message = client.post(
        "messaging/messages/",
        {
            "subject": SUBJECT,
            "body": "Do której godziny działa świetlica?",
            "audience": {"all_units": True},
            "answer_request": {"wants_text": True},
        },
    )
    client.post(f"messaging/messages/{message['id']}/send/")
    delivered(client, message["id"])
    return message["id"]


def test_a_head_answers_on_a_phone_in_three_taps(asked, person):
    head = person(HEAD, width=PHONE)
    expect(head.get_by_role("link", name=SUBJECT).first).to_be_visible()
    watch = Stopwatch(head)

    head.get_by_role("link", name=SUBJECT).first.click()
    head.get_by_role("textbox", name="Twoja odpowiedź").click()
    watch.type("Do 17.00.")
    head.get_by_role("button", name="Wyślij odpowiedź").click()

    expect(head.get_by_text("Odpowiedź wysłana.").first).to_be_visible()
    assert watch.presses == 3


def test_two_kinds_but_one_unit_are_addressed_in_six_presses(person):
    clerk = person(CLERK)
    clerk.goto("/messaging/compose")
    watch = Stopwatch(clerk)

    clerk.get_by_role("combobox", name="Dodaj adresatów").click()
    watch.type("podstawow")
    clerk.get_by_role("option", name=re.compile("^Szkoła podstawowa ")).click()
    watch.type("przedszkola")
    clerk.get_by_role("option", name=re.compile("^Przedszkole ")).click()
    clerk.get_by_role("button", name="Wybierz jednostki z listy").click()
    dialog = clerk.get_by_role("dialog", name="Wybierz jednostki")
    expect(dialog.get_by_role("searchbox", name="Szukaj jednostki")).to_be_focused()
    watch.type("SP 5")
    dialog.get_by_role("checkbox", name=re.compile("^SP 5 ")).click()
    dialog.get_by_role("button", name=re.compile("^Gotowe")).click()

    expect(clerk.get_by_text("oprócz: SP 5")).to_be_visible()
    expect(clerk.get_by_text("Razem: 30 przedszkoli i 35 szkół podstawowych")).to_be_visible()
    assert watch.presses == 6


def test_the_page_of_a_message_to_119_is_no_higher_than_its_limit(asked, person):
    clerk = person(CLERK)
    clerk.goto(f"/messaging/messages/{asked}")
    expect(clerk.get_by_text(re.compile("^Doręczono wszystkim"))).to_be_visible()
    expect(clerk.get_by_role("row").filter(has_text="ZSP 8")).to_be_visible()
    height = clerk.evaluate("document.documentElement.scrollHeight")
    assert height < TALLEST, height
