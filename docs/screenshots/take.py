"""`make screenshots`: the README's pictures, taken of the running demonstration.

`make screenshots ARGS=--all`: every screen instead, into a folder of its own (`every.py`).
"""

import argparse
from pathlib import Path
from urllib.parse import urlsplit

import every
from persons import CLERK, HEAD, HOST, signed_in
from playwright.sync_api import Browser, Page, sync_playwright

from config.runtime import browser as chromium
from config.runtime import state

FOLDER = Path(__file__).parent
SURVEY = "Zapotrzebowanie na wyposażenie"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", required=True)
    parser.add_argument("--all", action="store_true", help="every screen, as each person sees it")
    parser.add_argument("--who", nargs="*", default=(), help="with --all: only these persons")
    parser.add_argument("--only", default="", help="with --all: only addresses with this in them")
    asked = parser.parse_args()
    port = urlsplit(asked.url).port
    password = (state.folder() / "demo" / "password").read_text()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(chromium.executable()), args=chromium.flags()
        )
        if asked.all:
            folder = state.folder() / "screens"
            every.look_at_all(browser, port, password, folder, who=asked.who, only=asked.only)
        else:
            readme(browser, f"http://{HOST}:{port}", password)
        browser.close()


def readme(browser: Browser, address: str, password: str) -> None:
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


def keep(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
