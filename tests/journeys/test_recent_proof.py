"""A browser left open asks who presses before it changes how anybody signs in."""

import subprocess
import sys

from playwright.sync_api import expect

from tests.journeys.people import expect_fit, give_password, newcomer

AGE = """
import django; django.setup()
from django_tenants.utils import schema_context
from accounts.models import Session
from accounts.sessions import PROVED_AT, SessionStore
with schema_context("bydgoszcz"):
    for row in Session.objects.exclude(person=None):
        session = SessionStore(row.session_key)
        session[PROVED_AT] = "2026-01-01T12:00:00+00:00"
        session.save()
"""


def leave_open(installation):
    """All proofs of the city lie long back."""
    subprocess.run([sys.executable, "-c", AGE], env=installation.environment, check=True)


def test_a_left_browser_asks_for_the_password_and_then_goes_on_by_itself(installation, visitor):
    who = newcomer(installation, "kornelia")
    for width in (1280, 320):
        page = visitor(width)
        give_password(page, who)
        expect(page.get_by_role("heading", level=1, name="Co na mnie czeka")).to_be_visible()
        page.goto("/accounts/me")
        page.get_by_role("button", name="Zmień adres").click()
        page.get_by_label("Nowy adres e-mail").fill(f"nowa{width}@example.org")
        leave_open(installation)
        page.get_by_role("button", name="Wyślij odnośnik").click()
        dialog = page.get_by_role("dialog", name="Potwierdź, że to Ty")
        expect(dialog.get_by_label("Hasło do OPIUM", exact=False).first).to_be_focused()
        expect_fit(page)
        page.keyboard.type("zle-haslo")
        page.keyboard.press("Enter")
        wrong = "Obecne hasło jest nieprawidłowe."
        expect(dialog.get_by_text(wrong, exact=True)).to_be_visible()
        dialog.get_by_role("textbox", name="Hasło do OPIUM").fill(who.password)
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"Na adres nowa{width}@example.org wysłaliśmy")).to_be_visible()
