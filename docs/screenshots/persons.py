"""Persons of the demonstration, signed in for a picture."""

from playwright.sync_api import Browser, Page

HOST = "bydgoszcz.localhost"
CONSOLE = "localhost"
ADMIN, DIRECTOR, MANAGER = "admin@example.org", "dyrektor@example.org", "kierownik@example.org"
CLERK, HEAD = "referent@example.org", "dyrektor.sp1@example.org"
MEMBER, OPERATOR = "komisja@example.org", "operator@example.org"


def opened(browser: Browser, address: str, width: int = 1280) -> Page:
    """A page of a browser that nobody has used yet."""
    return browser.new_page(
        base_url=address,
        viewport={"width": width, "height": 860},
        locale="pl-PL",
        timezone_id="Europe/Warsaw",
        reduced_motion="reduce",
    )


def signed_in(browser: Browser, address: str, email: str, password: str, width: int = 1280) -> Page:
    page = opened(browser, address, width)
    page.goto("/sign-in")  # the first page of the operators' host names the cities
    page.get_by_label("Adres e-mail").fill(email)
    page.locator("input[type=password]").fill(password)
    page.get_by_role("button", name="Zaloguj się", exact=True).click()
    page.get_by_role("button", name="Konto: ").wait_for()  # operators have no desk
    return page
