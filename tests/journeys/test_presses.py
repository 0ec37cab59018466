"""The small presses of a sender: undo, recall, a later deadline, one more addressee."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.people import PHONE, expect_settled_fit

CLERK = "referent@example.org"
HEAD = "dyrektor.sp{}@example.org"
SUBJECT = "Termin ferii zimowych"
PATIENCE = 40
"""How often, once a second or less, the inbox is looked at for a message that is due."""


def settle_seconds(admin: Page, choice: str) -> None:
    admin.goto("/messaging/acceptance-rules")
    admin.get_by_label("Jak długo można cofnąć wysłanie").select_option(label=choice)
    expect(admin.get_by_text("Zapisano, jak długo można cofnąć wysłanie.")).to_be_visible()
    expect_settled_fit(admin)


def write(clerk: Page) -> None:
    clerk.goto("/messaging/compose")
    for unit in ("SP 5", "SP 6"):
        clerk.get_by_role("combobox", name="Dodaj adresatów").fill(unit)
        clerk.get_by_role("option", name=re.compile(f"^{unit}, ")).click()
    clerk.get_by_role("textbox", name="Temat").fill(SUBJECT)
    clerk.get_by_role("textbox", name="Treść").fill("Proszę o terminy ferii.")
    clerk.get_by_role("switch", name="Tekst").check(force=True)


def send(clerk: Page, promise: str) -> None:
    clerk.get_by_role("button", name="Dalej: sprawdź i wyślij").click()
    dialog = clerk.get_by_role("dialog")
    expect(dialog).to_contain_text(promise)
    dialog.get_by_role("button", name="Wyślij").click()
    expect(clerk.get_by_role("heading", level=1, name=SUBJECT)).to_be_visible()


def choose(clerk: Page, deed: str) -> None:
    clerk.get_by_role("button", name="Więcej", exact=True).click()
    clerk.get_by_role("menuitem", name=deed).click()


def receive(head: Page) -> None:
    """Open the message, once the background has brought it."""
    link = head.get_by_role("link", name=SUBJECT)
    for _ in range(PATIENCE):
        head.goto("/messaging/inbox")
        head.wait_for_load_state("networkidle")
        if link.count():
            break
        head.wait_for_timeout(1_000)
    link.first.click()


def prolong(clerk: Page) -> None:
    choose(clerk, "Przesuń termin")
    dialog = clerk.get_by_role("dialog", name="Przesunąć termin odpowiedzi?")
    day = timezone.localdate() + timedelta(days=30)
    dialog.get_by_role("textbox").first.fill(f"{day:%d.%m.%Y}")
    dialog.get_by_role("textbox").first.press("Tab")
    expect_settled_fit(clerk)
    dialog.get_by_role("button", name="Przesuń termin").click()
    expect(clerk.get_by_text("Przesunięto termin: 2 adresat")).to_be_visible()


def add(clerk: Page) -> None:
    choose(clerk, "Dodaj adresatów")
    dialog = clerk.get_by_role("dialog", name="Dodać adresatów?")
    dialog.get_by_role("combobox", name="Dodaj adresatów").fill("SP 8")
    clerk.get_by_role("option", name=re.compile("^SP 8, ")).click()
    expect_settled_fit(clerk)
    dialog.get_by_role("button", name="Dodaj i wyślij do nich").click()
    expect(clerk.get_by_text("Dodano: 1 adresata")).to_be_visible()


def recall(clerk: Page) -> None:
    choose(clerk, "Wycofaj u tych, którzy nie otworzyli")
    expect_settled_fit(clerk)
    question = clerk.get_by_role("dialog", name="Wycofać wiadomość?")
    question.get_by_role("button", name="Wycofaj", exact=True).click()
    told = clerk.get_by_role("dialog", name="Wycofano wiadomość")
    expect(told).to_contain_text("Wycofano u: 2 adresatów.")
    expect(told).to_contain_text("SP 5")
    expect_settled_fit(clerk)
    told.get_by_role("button", name="Zamknij").last.click()


@pytest.fixture
def admin(person):
    """Whoever settles the seconds; afterwards what is sent leaves at once again."""
    page = person("admin@example.org")
    yield page
    settle_seconds(page, "wcale: wiadomość wychodzi od razu")


def test_a_sender_undoes_prolongs_adds_and_recalls(person, admin):
    clerk = person(CLERK)
    settle_seconds(admin, "przez 30 sekund")
    write(clerk)
    send(clerk, "Przez 30 sekund możesz cofnąć wysłanie.")
    bar = clerk.get_by_role("region", name="Cofnięcie wysłania")
    expect(bar).to_contain_text("Wiadomość wyjdzie za")
    expect_settled_fit(clerk)
    bar.get_by_role("button", name="Cofnij wysłanie").click()
    expect(clerk.get_by_role("textbox", name="Temat")).to_have_value(SUBJECT)
    expect(clerk.get_by_text("Razem: 2 szkoły podstawowe")).to_be_visible()

    settle_seconds(admin, "przez 5 sekund")
    clerk.reload()
    send(clerk, "Przez 5 sekund możesz cofnąć wysłanie.")
    address = clerk.url
    clerk.goto("about:blank")  # whoever closes the browser stops nothing
    head = person(HEAD.format(5))
    receive(head)
    expect(head.get_by_role("heading", level=1, name=SUBJECT)).to_be_visible()

    expect(head.get_by_text("Proszę o terminy ferii.")).to_be_visible()
    expect_settled_fit(head)
    clerk.goto(address)
    expect(clerk.get_by_text("otwarto u 1, odpowiedziało 0")).to_be_visible()
    prolong(clerk)
    add(clerk)
    expect(clerk.get_by_text("Doręczono wszystkim (3 adresatów)")).to_be_visible()
    recall(clerk)
    expect(clerk.get_by_text("Wycofano u 2.")).to_be_visible()
    clerk.set_viewport_size(PHONE)
    expect_settled_fit(clerk)
    other = person(HEAD.format(6))
    other.goto("/messaging/inbox")
    expect(other.get_by_role("heading", level=1, name="Odebrane")).to_be_visible()
    expect(other.get_by_role("link", name=SUBJECT)).to_have_count(0)
