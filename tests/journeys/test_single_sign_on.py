"""Signing in through the city's own provider, a real OpenID Connect server on this machine."""

import logging
import re
from urllib.parse import quote

import oidc_provider_mock
import pytest
import requests
from playwright.sync_api import Page, expect

from tests.journeys.people import ADMIN, confirmed_by_operator, expect_fit, newcomer, sign_out

pytestmark = pytest.mark.filterwarnings(
    "ignore:get_jwt_config:DeprecationWarning"  # the provider's own
)
NAME = "Urząd Miasta"
WAY = f"Zaloguj się przez: {NAME}"


@pytest.fixture(scope="module")
def provider():
    """Where the provider listens."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with oidc_provider_mock.run_server_in_thread() as running:
        yield f"http://localhost:{running.server_port}"


def vouch(provider: str, subject: str, address: str) -> None:
    claims = {"email": address, "email_verified": True}
    answer = requests.put(f"{provider}/users/{quote(subject)}", json=claims, timeout=20)
    assert answer.status_code == 204


def consent(page: Page, subject: str) -> None:
    """On the provider's page: say who one is."""
    page.get_by_placeholder("sub").fill(subject)
    page.get_by_role("button", name="Authorize").click()


@pytest.fixture
def way_in(installation, person, provider):
    """The administrator has entered the provider on the screen, and the operator, for want of a
    second administrator, has confirmed it; it goes again afterwards.
    """
    office = person(ADMIN)
    office.goto("/accounts/sign-in")
    office.get_by_role("button", name="Dodaj sposób logowania").click()
    office.get_by_label("Nazwa na przycisku").fill(NAME)
    office.get_by_label("Adres serwera").fill(provider)
    office.get_by_label("Identyfikator klienta").fill("opium")
    office.get_by_role("textbox", name="Sekret klienta").fill("bardzo-tajne")
    expect_fit(office)
    office.get_by_role("button", name="Zapisz").click()
    expect(office.get_by_role("heading", level=2, name=NAME)).to_be_visible()
    expect(office.get_by_text("bardzo-tajne")).to_have_count(0)
    expect(office.get_by_text("Nikt się nim jeszcze nie zaloguje")).to_be_visible()
    expect_fit(office)
    confirmed_by_operator(installation, office, "Sposób logowania")
    office.goto("/accounts/sign-in")
    expect(office.get_by_text("czeka na drugą osobę")).to_have_count(0)
    yield
    office.get_by_role("button", name="Usuń").click()
    office.get_by_role("dialog").get_by_role("button", name="Usuń").click()
    expect(office.get_by_text("Wszyscy logują się hasłem OPIUM")).to_be_visible()


def test_whoever_is_invited_comes_in_through_the_city_and_nobody_else(
    installation, way_in, provider, visitor
):
    who = newcomer(installation, "urszula")
    vouch(provider, "u-1", who.email)
    vouch(provider, "u-2", "obcy@example.org")
    page = visitor()
    page.route("https://**", lambda route: route.abort())  # the provider's own looks
    page.goto("/sign-in")
    expect_fit(page)
    page.get_by_role("button", name=WAY).click()
    consent(page, "u-2")
    expect(page.get_by_role("alert")).to_contain_text("Nie masz tu konta")
    expect_fit(page)

    page.get_by_role("button", name=WAY).click()
    consent(page, "u-1")
    expect(page.get_by_role("heading", level=1, name="Co na mnie czeka")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Konto: Urszula"))).to_be_visible()
    sign_out(page)
