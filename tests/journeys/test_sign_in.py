"""A second factor in a real browser: an app with codes, recovery codes, a key, and the demand."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import (
    ADMIN,
    code_of,
    expect_fit,
    give_password,
    newcomer,
    sign_out,
)

HOME = "Co na mnie czeka"
WRONG = "Kod albo klucz jest nieprawidłowy"


def expect_home(page: Page) -> None:
    expect(page.get_by_role("heading", level=1, name=HOME)).to_be_visible()


def expect_refused(page: Page) -> None:
    expect(page.get_by_role("alert").filter(has_text=WRONG)).to_be_visible()


def set_up_app(page: Page) -> tuple[str, list[str]]:
    """On "Moje konto": the secret read from the screen, and the recovery codes."""
    page.get_by_role("button", name="Dodaj aplikację z kodami").click()
    secret = page.get_by_text(re.compile(r"^([A-Z2-7]{4} )+[A-Z2-7]{1,4}$")).inner_text()
    secret = secret.replace(" ", "")
    expect_fit(page)
    page.get_by_label("Kod z aplikacji").fill("000000")
    page.get_by_role("button", name="Włącz").click()
    expect_refused(page)
    page.get_by_label("Kod z aplikacji").fill(code_of(secret))
    page.get_by_role("button", name="Włącz").click()
    codes = page.get_by_role("list", name="Kody zapasowe").get_by_role("listitem")
    expect(codes).to_have_count(10)
    expect_fit(page)
    return secret, codes.all_inner_texts()


def give_code(page: Page, code: str) -> None:
    page.get_by_label("Kod z aplikacji").fill(code)
    page.get_by_role("button", name="Dalej").click()


def test_codes_of_an_app_and_recovery_codes_are_the_second_step(installation, visitor):
    who = newcomer(installation, "teresa")
    page = visitor()
    give_password(page, who)
    expect_home(page)
    page.goto("/accounts/me")
    secret, spares = set_up_app(page)
    page.get_by_role("button", name="Mam je zapisane").click()
    expect(page.get_by_text("10 niewykorzystanych")).to_be_visible()
    expect_fit(page)
    sign_out(page)

    give_password(page, who)
    expect(page.get_by_text("Hasło się zgadza")).to_be_visible()
    expect_fit(page)
    give_code(page, "123456")
    expect_refused(page)
    give_code(page, code_of(secret, later=1))
    expect_home(page)
    sign_out(page)

    give_password(page, who)
    give_code(page, spares[0])
    expect_home(page)
    sign_out(page)

    give_password(page, who)
    give_code(page, spares[0])
    expect_refused(page)
    give_code(page, spares[1])
    expect_home(page)


@pytest.fixture
def keyring():
    """`keyring(page)` gives the page's browser a key that is always at hand."""

    def plug(page: Page) -> None:
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        devtools.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )

    return plug


def test_a_key_is_the_second_step_and_signs_in_alone(installation, visitor, keyring):
    who = newcomer(installation, "klara")
    page = visitor()
    keyring(page)
    give_password(page, who)
    expect_home(page)
    page.goto("/accounts/me")
    page.get_by_role("button", name="Dodaj klucz").click()
    page.get_by_label("Nazwa klucza").fill("laptop w pracy")
    expect_fit(page)
    page.get_by_role("button", name="Dodaj klucz").click()
    expect(page.get_by_text("Zapisz kody zapasowe")).to_be_visible()
    page.get_by_role("button", name="Mam je zapisane").click()
    expect(page.get_by_text("Klucz: laptop w pracy")).to_be_visible()
    sign_out(page)

    give_password(page, who)
    page.get_by_role("button", name="Użyj klucza").click()
    expect_home(page)
    sign_out(page)

    page.get_by_role("button", name="Zaloguj się kluczem").click()
    expect_home(page)
    expect(page.get_by_role("button", name="Konto: Klara Nowy")).to_be_visible()


def test_a_role_that_demands_a_second_factor_leads_to_setting_it_up(installation, visitor):
    office = installation.client(ADMIN)
    role = office.post(
        "accounts/roles/",
        {
            "name": f"Strażnik pieczęci {uuid4().hex[:6]}",
            "permissions": ["directory.view_units"],
            "requires_mfa": True,
        },
    )["id"]
    who = newcomer(installation, "ignacy", role)
    page = visitor()
    give_password(page, who)
    expect(page.get_by_role("heading", level=1, name="Moje konto")).to_be_visible()
    expect(page.get_by_text("Ustaw drugi składnik")).to_be_visible()
    expect(page.get_by_role("link", name="Jednostki")).to_have_count(0)
    expect_fit(page)
    page.goto("/directory/units")
    expect(page.get_by_role("heading", level=1, name="Moje konto")).to_be_visible()

    set_up_app(page)
    page.get_by_role("button", name="Mam je zapisane").click()

    page.get_by_role("link", name="Jednostki").first.click()
    expect(page.get_by_role("heading", level=1, name="Jednostki")).to_be_visible()


def test_the_office_ends_sessions_and_takes_a_lost_telephone_away(installation, visitor, person):
    who = newcomer(installation, "gizela")
    lost = visitor()
    give_password(lost, who)
    expect_home(lost)
    lost.goto("/accounts/me")
    set_up_app(lost)

    office = person(ADMIN)
    office.goto(f"/accounts/people?search={who.email}")
    office.get_by_role("link", name="Gizela Nowy").click()
    expect(office.get_by_role("region", name="Logowanie")).to_contain_text("aplikacja z kodami")
    office.get_by_role("region", name="Sesje").get_by_role("button", name="Pokaż").click()
    expect(office.get_by_role("list", name="Sesje").get_by_role("listitem")).to_have_count(1)
    expect_fit(office)
    office.get_by_role("button", name="Zakończ wszystkie").click()
    office.get_by_role("dialog").get_by_role("button", name="Zakończ wszystkie").click()
    expect(office.get_by_text("Ta osoba nie jest teraz nigdzie zalogowana.")).to_be_visible()
    lost.reload()
    expect(lost.get_by_role("heading", level=1, name="Zaloguj się")).to_be_visible()

    office.get_by_role("button", name="Usuń drugi składnik").click()
    office.get_by_role("dialog").get_by_role("button", name="Usuń drugi składnik").click()
    expect(office.get_by_role("region", name="Logowanie")).to_contain_text("nieustawiony")
    give_password(lost, who)
    expect_home(lost)
