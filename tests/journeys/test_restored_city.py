"""The drill to its end: a city is written away and restored, and people work in it in a browser."""

import subprocess
import sys
import time

import pytest
from playwright.sync_api import expect

from config.runtime.looking import overflow, violations
from tests.journeys.people import delivered

COPY, HOST = "bydgoszcz_kopia", "kopia.localhost"
CLERK, HEAD = "referent@example.org", "dyrektor.sp5@example.org"
SUBJECT = "Liczba oddziałów"
BUSY, BUSY_SECONDS = "powtórz za chwilę", 60
"""What is said while the city's background still works, as it does after each answer."""


@pytest.fixture
def opium(installation):
    """`opium(words)`: the command line of the installation, once nothing hinders it."""

    def say(*words, typed=""):
        until = time.monotonic() + BUSY_SECONDS
        while BUSY in (done := once(*words, typed=typed)).stderr and time.monotonic() < until:
            time.sleep(1)
        assert done.returncode == 0, done.stderr

    def once(*words, typed):
        return subprocess.run(
            [sys.executable, "-c", "from config.cli import main; main()", *map(str, words)],
            env=installation.environment,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )

    return say


@pytest.fixture
def restored(installation, opium, tmp_path):
    """The restored city; what was asked in the first one is there, and not yet answered."""
    clerk = installation.client(CLERK)
    found = clerk.get("directory/units/", search="SP 5")["results"]
    [unit] = [one for one in found if one["short_name"] == "SP 5"]
    draft = clerk.post(
        "messaging/messages/",
        {
            "subject": SUBJECT,
            "body": "Proszę podać liczbę oddziałów.",
            "audience": {"units": [unit["id"]]},
            "answer_request": {"wants_text": True},
        },
    )
    clerk.post(f"messaging/messages/{draft['id']}/send/")
    delivered(clerk, draft["id"])
    opium("backup", "--city", "bydgoszcz", "--to", tmp_path)
    [archive] = tmp_path.glob("bydgoszcz-*.tar")
    opium("restore", "--archive", archive, "--as", COPY, "--domain", HOST)
    yield f"http://{HOST}:{installation.port}/"
    opium("city", "remove", COPY, "--while-working", typed="Bydgoszcz\n")


def test_people_sign_in_read_answer_and_see_the_answer_in_the_restored_city(
    installation, restored, visitor
):
    def signed_in(email, width=1280):
        page = visitor(width)
        page.goto(restored)
        page.get_by_label("Adres e-mail").fill(email)
        page.locator("input[type=password]").fill(installation.password)
        page.get_by_role("button", name="Zaloguj się", exact=True).click()
        expect(page.get_by_role("heading", level=1, name="Co na mnie czeka")).to_be_visible()
        return page

    head = signed_in(HEAD, width=320)
    head.get_by_role("link", name=SUBJECT).first.click()
    expect(head.get_by_role("heading", level=1, name=SUBJECT)).to_be_visible()
    head.get_by_role("textbox", name="Odpowiedź").fill("Oddziałów jest 14.")
    assert overflow(head) == 0
    head.get_by_role("button", name="Wyślij odpowiedź").click()
    expect(head.get_by_text("Odpowiedź wysłana").first).to_be_visible()

    clerk = signed_in(CLERK)
    clerk.goto(f"{restored}messaging/messages")
    clerk.get_by_role("link", name=SUBJECT).first.click()
    expect(clerk.get_by_text("otwarto u 1, odpowiedziało 1")).to_be_visible()
    assert violations(clerk) == []

    # the first city knows nothing of it
    there = installation.client(CLERK).get("messaging/messages/", search="Liczba")["results"]
    assert [one["counts"]["answered"] for one in there] == [0]
