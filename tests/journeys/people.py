"""People whom a journey lets in: their letters, their passwords, the codes of their telephones."""

import email
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from email.policy import default
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Locator, Page, expect

from config.runtime.looking import overflow, violations
from provisioning.demo.browser import Browser
from provisioning.demo.city import SCHEMA

if TYPE_CHECKING:
    from tests.journeys.conftest import Installation

ADMIN = "admin@example.org"
PASSWORD = "zielony rower pod mostem"
PHONE = {"width": 320, "height": 700}
LETTER_SECONDS, DELIVERY_SECONDS = 30, 120
END = b"-" * 79  # of each letter that Django writes into a file of its own


@dataclass(frozen=True)
class Newcomer:
    """Somebody with an account and a password, and nothing else but the roles given."""

    email: str
    password: str = PASSWORD


def letter_to(folder: Path, address: str, subject: str, *, after: str | None = None) -> str:
    """The text of a letter to that address about that, once it is in the mail folder.

    One with the link `after` in it has been seen already.
    """
    until = time.monotonic() + LETTER_SECONDS
    while time.monotonic() < until:
        for file in (folder / "mail").glob("*"):
            letter = email.message_from_bytes(file.read_bytes().partition(END)[0], policy=default)
            if address in str(letter["to"]) and subject in str(letter["subject"]):
                text = letter.get_content()
                if after is None or after not in text:
                    return text
        time.sleep(0.1)
    raise AssertionError(f"No letter to {address} about {subject!r} within {LETTER_SECONDS} s.")


def link_in(letter: str) -> str:
    """Path and secret of the one link in a letter."""
    [(path, token)] = re.findall(r"https?://[^/\s]+(/[\w-]+)#(\S+)", letter)
    return f"{path}#{token}"


def delivered(client: Browser, message: str) -> None:
    """Wait until it has reached everybody: a page that was opened before does not look again."""
    until = time.monotonic() + DELIVERY_SECONDS
    while True:
        counts = client.get(f"messaging/messages/{message}/")["counts"]
        if counts["delivered"] == counts["recipients"] > 0:
            return
        assert time.monotonic() < until, counts
        time.sleep(0.3)


def newcomer(installation: "Installation", name: str, role: str | None = None) -> Newcomer:
    """Invited by the administrator, with a password set by the letter's link."""
    who = Newcomer(f"{name}.{uuid4().hex[:6]}@example.org")
    office = installation.client(ADMIN)
    office.post(
        "accounts/people/",
        {"email": who.email, "first_name": name.title(), "last_name": "Nowy", "role": role},
    )
    letter = letter_to(installation.folder, who.email, "Zaproszenie")
    token = link_in(letter).partition("#")[2]
    office.post("accounts/password/", {"token": token, "password": who.password})
    return who


def confirmed_by_operator(installation: "Installation", page: Page, title: str) -> None:
    """Follow what waits for a second person, and let the operators be it: the city has one."""
    page.get_by_role("link", name=title).click()
    expect(page.get_by_text("W mieście nie ma drugiej osoby")).to_be_visible()
    expect_fit(page)
    motion = page.url.rpartition("/")[2]
    subprocess.run(
        [sys.executable, "-m", "django", "motion_decide", SCHEMA, "--confirm", motion],
        env=installation.environment,
        check=True,
    )
    page.reload()
    expect(page.get_by_text("potwierdzono", exact=True)).to_be_visible()


def give_password(page: Page, who: Newcomer) -> None:
    """Fill in the first step of signing in and send it."""
    page.goto("/sign-in")
    page.get_by_label("Adres e-mail").fill(who.email)
    page.locator("input[type=password]").fill(who.password)
    page.get_by_role("button", name="Zaloguj się", exact=True).click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Konto: ").click()
    page.get_by_role("button", name="Wyloguj się").click()
    expect(page.get_by_role("heading", level=1, name="Zaloguj się")).to_be_visible()


def code_of(secret: str, later: int = 0) -> str:
    """What the app shows now, or so many half minutes later, which the server takes as well."""
    counter = int(time.time()) // 30 + later
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def expect_fit(page: Page) -> None:
    """The screen as it stands keeps WCAG 2.1 AA and, at 320 px, has no sideways scroll."""
    assert (found := faults_of(page)) == [], found


def faults_of(page: Page) -> list[str]:
    """What is wrong with the screen as it stands, at its own width and at 320 px."""
    wide = page.viewport_size
    faults = violations(page)
    page.set_viewport_size(PHONE)
    page.wait_for_timeout(100)  # the screen's own answer to the new width
    if (wider := overflow(page)) > 0:
        faults.append(f"{wider} px wider than a telephone")
    faults += [f"320 px: {fault}" for fault in violations(page)]
    page.set_viewport_size(wide)
    return faults


def expect_settled_fit(page: Page) -> None:
    """`expect_fit`, once the screen has all that it asked the server for."""
    page.wait_for_load_state("networkidle")
    expect_fit(page)


def expect_title(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1, name=title, exact=True)).to_be_visible()


def press(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def choose(field: Locator, option: str) -> None:
    """Take one of a searched list."""
    field.fill(option)
    field.page.get_by_role("option", name=option, exact=True).click()
    expect(field).to_have_value(option)
