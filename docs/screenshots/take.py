"""`make screenshots`: the README's pictures, taken of the running demonstration."""

import argparse
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from config.runtime import browser as chromium
from config.runtime import state

FOLDER = Path(__file__).parent
HOST = "bydgoszcz.localhost"
CLERK, HEAD = "referent@example.org", "dyrektor.sp1@example.org"
SURVEY = "Zapotrzebowanie na wyposażenie"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", required=True)
    address = f"http://{HOST}:{urlsplit(parser.parse_args().url).port}"
    password = (state.folder() / "demo" / "password").read_text()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(chromium.executable()), args=chromium.flags()
        )
        clerk = signed_in(browser, address, CLERK, password)
        clerk.goto("/messaging/messages")
        clerk.get_by_role("link", name=SURVEY).first.click()
        keep(clerk, "status")
        clerk.get_by_role("link", name="Scal arkusze").click()
        keep(clerk, "merge")
        clerk.get_by_role("link", name="Pokaż komórkę").first.click()
        clerk.get_by_role("dialog").get_by_role("table").wait_for()
        keep(clerk, "merge-cell")
        clerk.goto("/messaging/compose")
        keep(clerk, "compose")
        clerk.goto("/directory/units")
        keep(clerk, "units")
        head = signed_in(browser, address, HEAD, password, width=390)
        head.goto("/messaging/inbox")
        head.get_by_role("link", name=SURVEY).first.click()
        keep(head, "answer-on-a-phone")
        browser.close()


def signed_in(browser: Browser, address: str, email: str, password: str, width: int = 1280) -> Page:
    page = browser.new_page(
        base_url=address,
        viewport={"width": width, "height": 860},
        locale="pl-PL",
        timezone_id="Europe/Warsaw",
        reduced_motion="reduce",
    )
    page.goto("/")
    page.get_by_label("Adres e-mail").fill(email)
    page.locator("input[type=password]").fill(password)
    page.get_by_role("button", name="Zaloguj się", exact=True).click()
    page.get_by_role("heading", level=1, name="Co na mnie czeka").wait_for()
    return page


def keep(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
