"""A head asks people into the school: somebody new agrees by letter, somebody known on the desk."""

from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.journeys.people import PASSWORD, PHONE, expect_fit, letter_to, link_in

HEAD = "dyrektor.sp6@example.org"


def ask(page: Page, address: str) -> None:
    page.goto("/accounts/people/new")
    page.get_by_label("Imię").fill("Sabina")
    page.get_by_label("Nazwisko").fill("Proszona")
    page.get_by_label("Adres e-mail").fill(address)
    page.get_by_label("Stanowisko").fill("nauczycielka")
    expect_fit(page)
    page.get_by_role("button", name="Wyślij zaproszenie").click()
    waiting = page.get_by_role("region", name="Czekają na zgodę")
    expect(waiting.get_by_text(address)).to_be_visible()
    expect_fit(page)


def test_people_join_a_school_only_once_they_have_agreed(installation, person, visitor):
    head = person(HEAD)
    new = f"sabina.{uuid4().hex[:6]}@example.org"
    ask(head, new)

    stranger = visitor()
    stranger.set_viewport_size(PHONE)
    stranger.goto(link_in(letter_to(installation.folder, new, "Prośba o dołączenie")))
    expect(stranger.get_by_text("nauczycielka")).to_be_visible()
    expect_fit(stranger)
    stranger.locator("input[type=password]").fill(PASSWORD)
    stranger.get_by_role("button", name="Zgadzam się i ustawiam hasło").click()
    expect(stranger.get_by_role("heading", level=1, name="Co na mnie czeka")).to_be_visible()

    head.goto("/accounts/people?search=Proszona")
    expect(head.get_by_role("link", name="Sabina Proszona").first).to_be_visible()
    expect(head.get_by_role("region", name="Czekają na zgodę")).to_have_count(0)

    other = person("dyrektor.sp1@example.org", width=320)
    ask(head, "dyrektor.sp1@example.org")
    other.goto("/")
    other.get_by_role("link", name="Prośba o dołączenie do: SP 6").click()
    expect(other.get_by_role("heading", level=1, name="Prośba o dołączenie")).to_be_visible()
    expect_fit(other)
    other.get_by_role("button", name="Odmawiam").click()
    expect(other.get_by_text("Odmowa zapisana")).to_be_visible()
    head.goto("/accounts/people")
    expect(head.get_by_role("region", name="Czekają na zgodę")).to_have_count(0)
