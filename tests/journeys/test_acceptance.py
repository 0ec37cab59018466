"""A message that a chief accepts before it leaves, in a real browser and on a telephone."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import ADMIN, expect_fit, expect_title, letter_to, link_in, press

CLERK = "referent@example.org"
CHIEF = "kierownik@example.org"
HEAD = "dyrektor.sp9@example.org"
FUNCTION = "kierownik"
REASON = "Dopisz, do kiedy czekamy na odpowiedź."
OVER = "Ten odnośnik już nie działa"


@pytest.fixture
def chief_of_section(installation):
    """The chief plays the function that accepts; no rule is left behind for other journeys."""
    office = installation.client(ADMIN)
    functions = office.get("accounts/functions/", page_size=500)["results"]
    function = next((one for one in functions if one["code"] == FUNCTION), None)
    function = function or office.post(
        "accounts/functions/", {"code": FUNCTION, "name": "Kierownik referatu"}
    )
    if not function["holders"]:
        [chief] = office.get("directory/people/", search=CHIEF)["results"]
        office.post(
            f"accounts/functions/{function['id']}/holders/",
            {"person": chief["id"], "scope": {"kind": "city", "id": None}},
        )
    yield
    for rule in office.get("messaging/acceptance-rules/")["results"]:
        answer = office.session.delete(
            f"{office.server}/api/v1/messaging/acceptance-rules/{rule['id']}/",
            headers={"X-CSRFToken": office.session.cookies["csrftoken"]},
        )
        assert answer.status_code == 204


def set_the_rule(office: Page) -> None:
    office.goto("/messaging/acceptance-rules")
    expect_title(office, "Zasady akceptacji")
    expect(office.get_by_label("Czyje wiadomości", exact=True)).to_have_value("")
    office.get_by_label("Do kogo", exact=True).select_option(label="do kogokolwiek")
    office.get_by_label("Kto akceptuje", exact=True).select_option(label="kierownik referatu")
    press(office, "Zapisz zasadę")
    expect(office.get_by_role("heading", name="Całe miasto, do kogokolwiek")).to_be_visible()
    expect(
        office.get_by_text("Akceptuje: kierownik referatu, także z listu e-mail.", exact=True)
    ).to_be_visible()
    expect_fit(office)


def hand_over(clerk: Page) -> None:
    """From the draft to acceptance, through the dialog that says so."""
    press(clerk, "Dalej: sprawdź i wyślij")
    dialog = clerk.get_by_role("dialog", name="Przekazać do akceptacji wiadomość do SP 9?")
    expect(dialog.get_by_text("Wiadomość do SP 9 trafi najpierw do akceptacji:")).to_be_visible()
    expect_fit(clerk)
    press(dialog, "Przekaż do akceptacji")
    expect(clerk.get_by_role("dialog")).to_have_count(0)


def compose(clerk: Page, subject: str) -> None:
    clerk.goto("/messaging/compose")
    clerk.get_by_role("combobox", name="Dodaj adresatów").fill("SP 9")
    clerk.get_by_role("option", name=re.compile("^SP 9, ")).click()
    clerk.get_by_role("textbox", name="Temat").fill(subject)
    clerk.get_by_role("textbox", name="Treść").fill("Proszę o liczbę uczniów na zielonej szkole.")


def pending(clerk: Page, subject: str) -> None:
    clerk.goto("/messaging/drafts")
    clerk.get_by_role("link", name=subject).click()
    expect(clerk.get_by_role("status").get_by_text("Czeka na akceptację")).to_be_visible()
    expect(clerk.get_by_role("button", name="Akceptuj")).to_have_count(0)
    expect_fit(clerk)


def send_back(chief: Page, subject: str) -> None:
    """From the first page of a telephone, with a reason."""
    chief.goto("/")
    chief.get_by_role("link", name=subject).click()
    expect_title(chief, "Akceptacja wiadomości")
    expect(chief.get_by_text("SP 9", exact=True)).to_be_visible()
    expect_fit(chief)
    press(chief, "Zwróć autorowi")
    press(chief, "Zwróć")
    expect(chief.get_by_text("Podaj powód.").first).to_be_visible()
    chief.get_by_role("textbox", name="Co trzeba zmienić").fill(REASON)
    expect_fit(chief)
    press(chief, "Zwróć")
    expect(chief.get_by_role("status").get_by_text("Zwrócona autorowi")).to_be_visible()


def correct(clerk: Page, subject: str) -> None:
    clerk.goto("/messaging/drafts")
    clerk.get_by_role("link", name=subject).click()
    note = clerk.get_by_role("note")
    expect(note).to_contain_text("Wiadomość wróciła do poprawy")
    expect(note).to_contain_text("Marek Lis")
    expect(note).to_contain_text(f"„{REASON}”")
    expect_fit(clerk)
    clerk.get_by_role("textbox", name="Treść").fill("Proszę o liczbę uczniów do piątku.")


def test_a_message_waits_for_the_chief_comes_back_and_leaves_by_a_link(
    installation, person, visitor, chief_of_section
):
    subject = f"Zielona szkoła {uuid4().hex[:4]}"
    set_the_rule(person(ADMIN))
    clerk = person(CLERK)
    compose(clerk, subject)
    hand_over(clerk)
    pending(clerk, subject)
    first = link_in(letter_to(installation.folder, CHIEF, subject))

    send_back(person(CHIEF, width=320), subject)
    correct(clerk, subject)
    hand_over(clerk)
    link = link_in(letter_to(installation.folder, CHIEF, subject, after=first))

    phone = visitor(320)
    phone.goto(first)
    expect(phone.get_by_role("alert").get_by_text(OVER)).to_be_visible()
    phone.goto("about:blank")
    phone.goto(link)
    expect(phone.get_by_text("Proszę o liczbę uczniów do piątku.")).to_be_visible()
    expect(phone.get_by_text("Decyzję zapiszemy jako: Marek Lis.")).to_be_visible()
    expect_fit(phone)
    press(phone, "Akceptuj i wyślij")
    expect(phone.get_by_role("status").get_by_text("Zaakceptowano")).to_be_visible()

    head = person(HEAD)
    head.goto("/messaging/inbox")
    head.get_by_role("link", name=subject).click()
    expect_title(head, subject)
    expect(head.get_by_text("Proszę o liczbę uczniów do piątku.")).to_be_visible()

    phone.goto("about:blank")
    phone.goto(link)
    expect(phone.get_by_role("alert").get_by_text(OVER)).to_be_visible()
    expect(phone.get_by_role("button", name="Akceptuj")).to_have_count(0)
    expect_fit(phone)
