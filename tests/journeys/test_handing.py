"""A survey handed to the secretary and asked about, and whose broken file is asked for anew."""

import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from provisioning.demo.workbooks import TEMPLATE_NAME, answer, template
from tests.journeys.people import expect_settled_fit, expect_title, press

CLERK = "referent@example.org"
HEAD, SECRETARY = "dyrektor.sp1@example.org", "sekretariat.sp1@example.org"
OTHER = "dyrektor.sp2@example.org"
SUBJECT = f"Wykaz sprzętu do wymiany {uuid4().hex[:4]}"
ACCOUNT = "Konto: "
UNITS = 119
"""How many answers the demonstration has ready, one of them a broken file."""
PATIENCE = 60


@pytest.fixture(scope="module")
def survey(installation):
    """Sent to two schools, of which SP 2 has answered; its address for the sender."""
    clerk = installation.client(CLERK)
    found = clerk.get("directory/units/", search="SP", page_size=500)["results"]
    workbook = clerk.upload(TEMPLATE_NAME, template())
    message = clerk.post(
        "messaging/messages/",
        {
            "subject": SUBJECT,
            "body": "Proszę wypełnić arkusz.",
            "audience": {
                "units": [one["id"] for one in found if one["short_name"] in {"SP 1", "SP 2"}]
            },
            "attachments": [{"file": workbook}],
            "answer_request": {
                "wants_workbook": True,
                "template": workbook,
                "due_at": (timezone.now() + timedelta(days=3)).isoformat(),
            },
        },
    )["id"]
    clerk.post(f"messaging/messages/{message}/send/")
    other = installation.client(OTHER)
    until = time.monotonic() + PATIENCE
    while not (got := other.get("messaging/inbox/", search=SUBJECT)["results"]):
        assert time.monotonic() < until
        time.sleep(0.3)
    filled = answer(1)
    sent = {"text": "", "workbook": other.upload(filled.file_name, filled.content)}
    other.post(f"messaging/inbox/{got[0]['id']}/answers/", sent)
    return f"/messaging/messages/{message}"


def open_from_desk(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name=SUBJECT).first.click()
    expect_title(page, SUBJECT)


def name_of(page: Page) -> str:
    label = page.get_by_role("button", name=ACCOUNT).get_attribute("aria-label")
    return label.removeprefix(ACCOUNT)


def hand_over(head: Page, name: str) -> None:
    press(head, "Przekaż komuś z jednostki")
    dialog = head.get_by_role("dialog", name="Komu przekazać tę wiadomość?")
    expect(dialog.get_by_role("button", name="Przekaż", exact=True)).to_be_disabled()
    expect_settled_fit(head)
    dialog.get_by_role("combobox", name="Osoba z jednostki").click()
    head.get_by_role("option", name=name).click()
    press(dialog, "Przekaż")
    expect(head.get_by_text(f"Odpowiada: {name}")).to_be_visible()
    expect(head.get_by_text(f"{name}: ta osoba odpowiada")).to_be_visible()
    expect_settled_fit(head)


def give(page: Page, name: str, content: bytes) -> None:
    page.locator("input[type=file]").first.set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


def test_a_message_is_handed_over_and_a_file_that_cannot_be_merged_is_asked_for_anew(
    person, survey
):
    head, secretary, clerk = person(HEAD), person(SECRETARY), person(CLERK)
    open_from_desk(head)
    hand_over(head, name_of(secretary))

    open_from_desk(secretary)
    expect(secretary.get_by_text("Ta wiadomość jest przekazana Tobie")).to_be_visible()
    expect(secretary.get_by_role("button", name="Oddaj wszystkim")).to_be_visible()
    whole = answer(0)
    broken = next(one for one in map(answer, range(UNITS)) if one.is_broken)
    give(secretary, broken.file_name, broken.content)
    expect(secretary.get_by_role("button", name="Wyślij mimo to")).to_be_visible()
    expect_settled_fit(secretary)
    secretary.get_by_role("button", name="Wyślij mimo to").first.click()
    expect(secretary.get_by_text("Odpowiedź wysłana").first).to_be_visible()

    clerk.goto(f"{survey}/merge")
    clerk.get_by_role("button", name="Scal 2 arkusze").click()
    expect(clerk.get_by_text(f"SP 1: {broken.file_name}")).to_be_visible()
    expect_settled_fit(clerk)
    press(clerk, "Poproś o nowy plik: SP 1")
    expect(clerk.get_by_text("Jeszcze go nie ma.")).to_be_visible()

    open_from_desk(secretary)
    expect(secretary.get_by_text("Twój: wyślij nowy plik")).to_be_visible()
    expect(secretary.get_by_text("prosi o nowy plik")).to_be_visible()
    expect_settled_fit(secretary)
    press(secretary, "Wyślij nowy plik")
    secretary.get_by_role("button", name=f"Usuń {broken.file_name}").click()
    give(secretary, whole.file_name, whole.content)
    press(secretary, "Wyślij poprawioną odpowiedź")
    expect(secretary.get_by_text("Odpowiedź została wysłana")).to_be_visible()
    head.reload()
    expect(head.get_by_text("nadawcy: odpowiedź wysłana")).to_be_visible()

    clerk.reload()
    expect(
        clerk.get_by_text("Przyszła nowsza odpowiedź: scal arkusze jeszcze raz.")
    ).to_be_visible()
    clerk.get_by_role("button", name="Scal 2 arkusze").click()
    expect(clerk.get_by_text(f"SP 1: {broken.file_name}")).to_have_count(0)
    expect(clerk.get_by_role("link", name="Pobierz scalony arkusz")).to_be_visible()
    expect_settled_fit(clerk)


def test_what_one_school_asks_is_answered_to_all_without_telling_who_asked(person, survey):
    other, clerk, head = person(OTHER), person(CLERK), person(HEAD)
    other.goto("/messaging/inbox")
    other.get_by_role("link", name=SUBJECT).click()
    press(other, "Zadaj pytanie")
    other.get_by_role("textbox", name="Treść").fill("Czy SP 2 wpisuje też tablety?")
    expect_settled_fit(other)
    press(other, "Wyślij")
    expect(other.get_by_text("Pytanie wysłane.")).to_be_visible()

    clerk.goto("/")
    clerk.get_by_role("listitem").filter(has_text="pyta: SP 2").get_by_role("link").first.click()
    expect_title(clerk, SUBJECT)
    clerk.get_by_role("textbox", name="Odpowiedź", exact=True).fill("Tak, każdy sprzęt z ekranem.")
    expect_settled_fit(clerk)
    press(clerk, "Wyślij odpowiedź")
    press(clerk, "Pokaż wszystkim adresatom")
    dialog = clerk.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Czy wpisuje się też tablety?")
    expect_settled_fit(clerk)
    press(dialog, "Pokaż wszystkim")
    expect(clerk.get_by_text("Widzą ją wszyscy adresaci")).to_be_visible()
    expect_settled_fit(clerk)

    head.goto("/messaging/inbox")
    head.get_by_role("link", name=SUBJECT).click()
    shown = head.get_by_role("region", name="Odpowiedzi dla wszystkich adresatów")
    expect(shown).to_contain_text("Czy wpisuje się też tablety?Tak, każdy sprzęt z ekranem.")
    expect(head.get_by_text("SP 2")).to_have_count(0)
    expect_settled_fit(head)
