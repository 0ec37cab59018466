"""Letters and their links in a real browser: an invitation, a forgotten password, a new address."""

import re
from uuid import uuid4

import psycopg
import pytest
from playwright.sync_api import Page, expect

from provisioning.demo.city import SCHEMA
from tests.journeys.people import (
    ADMIN,
    PASSWORD,
    Newcomer,
    expect_fit,
    give_password,
    letter_to,
    link_in,
    newcomer,
    sign_out,
)

INVITATION = "Zaproszenie do OPIUM"
RESET = "Nowe hasło w OPIUM"
NEW_ADDRESS = "Potwierdź nowy adres"
ENDED = "Ten odnośnik już nie działa"
HOME = "Co na mnie czeka"


def expect_title(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


def choose_password(page: Page, password: str) -> None:
    page.locator("#password").fill(password)
    page.get_by_role("button", name="Ustaw hasło i zaloguj się").click()


@pytest.fixture
def expire(installation):
    """`expire(address)`: every link sent to the address is past its day."""

    def moved(address: str) -> None:
        with psycopg.connect(installation.environment["DATABASE_URL"], autocommit=True) as server:
            moved = server.execute(
                f"UPDATE {SCHEMA}.accounts_link SET expires_at = now() - interval '1 second'"
                " WHERE address = %s",
                [address],
            )
            assert moved.rowcount == 1

    return moved


def test_an_invited_head_sets_a_password_and_sees_the_own_unit_only(installation, person, visitor):
    address = f"nowa.dyrektorka.{uuid4().hex[:6]}@example.org"
    office = person(ADMIN)
    office.goto("/accounts/people/new")
    office.get_by_label("Imię").fill("Bronisława")
    office.get_by_label("Nazwisko").fill("Wąż")
    office.get_by_label("Adres e-mail").fill(address)
    office.get_by_label("Gdzie pracuje").select_option(label="Jednostka")
    office.get_by_role("combobox", name="Jednostka").fill("SP 7")
    office.get_by_role("option", name=re.compile(r"^SP 7, ")).click()
    office.get_by_label("Stanowisko").fill("dyrektor")
    office.get_by_label("Rola", exact=True).select_option(label="Dyrektor jednostki")
    expect_fit(office)
    office.get_by_role("button", name="Wyślij zaproszenie").click()
    expect_title(office, "Bronisława Wąż")
    expect(office.get_by_role("region", name="Role")).to_contain_text("Dyrektor jednostki")
    expect_fit(office)

    link = link_in(letter_to(installation.folder, address, INVITATION))
    head = visitor()
    head.goto(link)
    expect(head.get_by_text("Dzień dobry, Bronisława Wąż.")).to_be_visible()
    expect_fit(head)
    choose_password(head, "haslo123")
    expect(head.locator("#password-error")).to_contain_text("To hasło łatwo odgadnąć")
    expect_fit(head)
    choose_password(head, PASSWORD)
    expect_title(head, HOME)

    head.goto("/directory/units")
    names = head.get_by_role("table").get_by_role("rowheader")
    expect(names).to_have_count(1)
    expect(names).to_contain_text("SP 7")
    head.goto("/accounts/people")
    expect(head.get_by_role("rowheader", name=address)).to_be_visible()
    expect(head.get_by_text("dyrektor.sp5@example.org")).to_have_count(0)
    expect_fit(head)
    sign_out(head)

    head.goto(link)
    expect(head.get_by_role("alert")).to_contain_text(ENDED)


def test_an_invitation_past_its_day_says_so_and_a_new_one_works(installation, visitor, expire):
    address = f"spozniona.{uuid4().hex[:6]}@example.org"
    office = installation.client(ADMIN)
    account = office.post(
        "accounts/people/", {"email": address, "first_name": "Sabina", "last_name": "Późna"}
    )
    old = link_in(letter_to(installation.folder, address, INVITATION))
    expire(address)
    page = visitor()
    page.goto(old)
    expect(page.get_by_role("alert")).to_contain_text(ENDED)
    expect_fit(page)

    office.post(f"accounts/people/{account['id']}/invite/")
    page.goto(link_in(letter_to(installation.folder, address, INVITATION, after=old)))
    choose_password(page, PASSWORD)
    expect_title(page, HOME)


def test_a_forgotten_password_is_replaced_by_a_letter(installation, visitor):
    who = newcomer(installation, "zapominalska")
    page = visitor()
    page.goto("/sign-in")
    page.get_by_role("link", name="Nie pamiętam hasła").click()
    expect_title(page, "Nowe hasło")
    page.get_by_label("Adres e-mail").fill(who.email)
    expect_fit(page)
    page.get_by_role("button", name="Wyślij odnośnik").click()
    expect(page.get_by_text("Sprawdź pocztę")).to_be_visible()
    expect_fit(page)

    page.goto(link_in(letter_to(installation.folder, who.email, RESET)))
    choose_password(page, "niebieska łódka na rzece")
    expect_title(page, HOME)
    sign_out(page)
    give_password(page, who)
    expect(page.get_by_role("alert")).to_contain_text("Adres e-mail albo hasło jest nieprawidłowe")
    give_password(page, Newcomer(who.email, "niebieska łódka na rzece"))
    expect_title(page, HOME)


def test_a_new_address_counts_once_its_own_mailbox_has_confirmed_it(installation, visitor):
    who = newcomer(installation, "wanda")
    address = f"po-slubie.{uuid4().hex[:6]}@example.org"
    page = visitor()
    give_password(page, who)
    expect_title(page, HOME)
    page.goto("/accounts/me")
    page.get_by_role("button", name="Zmień adres").click()
    page.get_by_label("Nowy adres e-mail").fill(address)
    expect_fit(page)
    page.get_by_role("button", name="Wyślij odnośnik").click()
    expect(page.get_by_text("Potwierdź nowy adres")).to_be_visible()

    page.goto(link_in(letter_to(installation.folder, address, NEW_ADDRESS)))
    expect_fit(page)
    page.get_by_role("button", name="Potwierdź nowy adres").click()
    expect(page.get_by_text(f"Od teraz loguj się adresem {address}.")).to_be_visible()
    assert letter_to(installation.folder, who.email, "Bezpieczeństwo konta")

    page.get_by_role("link", name="Przejdź do OPIUM").click()
    sign_out(page)
    give_password(page, Newcomer(address))
    expect_title(page, HOME)
