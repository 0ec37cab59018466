"""Every screen: no violation of WCAG 2.1 AA, nothing wider than a phone."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from config.runtime.looking import overflow, violations
from provisioning.demo.calls import open_call
from provisioning.demo.workbooks import TEMPLATE_NAME, answer, template
from tests.journeys.people import faults_of

CLERK = "referent@example.org"
HEAD = "dyrektor.sp5@example.org"
ADMIN = "admin@example.org"


def _arrived(recipient):
    """The survey in the recipient's inbox; the worker delivers it in the background."""
    until = time.monotonic() + 60
    while not (found := recipient.get("messaging/inbox/", search="Wyposażenie")["results"]):
        assert time.monotonic() < until
        time.sleep(0.3)
    return found[0]["id"]


@pytest.fixture(scope="module")
def places(installation):
    """Addresses of one of everything: a draft, a survey with an answer and a merge, a pot."""
    clerk = installation.client(CLERK)
    found = clerk.get("directory/units/", search="SP", page_size=500)["results"]
    units = {one["short_name"]: one["id"] for one in found}
    workbook = clerk.upload(TEMPLATE_NAME, template())
    content = {
        "subject": "Wyposażenie świetlic",
        "body": "Proszę wypełnić arkusz.",
        "audience": {"units": [units["SP 5"], units["SP 6"]]},
        "attachments": [{"file": workbook}],
        "answer_request": {
            "wants_text": True,
            "wants_workbook": True,
            "template": workbook,
            "due_at": (timezone.now() + timedelta(days=3)).isoformat(),
        },
    }
    message = clerk.post("messaging/messages/", content)["id"]
    clerk.post(f"messaging/messages/{message}/send/")
    draft = clerk.post("messaging/messages/", {"subject": "Jeszcze niegotowe"})["id"]
    group = clerk.post(
        "directory/groups/", {"name": "Pilotaż", "units": [units["SP 5"]], "people": []}
    )["id"]
    head = installation.client(HEAD)
    delivery = _arrived(head)
    filled = answer(4)
    head.post(f"messaging/inbox/{delivery}/open/")
    head.post(
        f"messaging/inbox/{delivery}/answers/",
        {"text": "W załączeniu.", "workbook": head.upload(filled.file_name, filled.content)},
    )
    other = installation.client("dyrektor.sp6@example.org")
    unanswered = _arrived(other)
    merge = clerk.post(f"messaging/messages/{message}/merges/", {"mode": "auto"})["id"]
    until = time.monotonic() + 60
    while clerk.get(f"messaging/merges/{merge}/")["state"] not in {"done", "failed"}:
        assert time.monotonic() < until
        time.sleep(0.3)
    admin, year = installation.client(ADMIN), timezone.localdate().year
    admin.post("budget/classifications/", {"year": year, "chapter": "80101", "name": "Szkoły"})
    pot = admin.post(
        "budget/pots/",
        {"year": year, "code": "granty_probne", "name": "Granty oświatowe", "amount": "500000.00"},
    )["id"]
    part = {"code": "granty_sp5", "name": "Granty SP 5", "amount": "20000.00"}
    admin.post(f"budget/pots/{pot}/parts/", {**part, "unit_id": units["SP 5"]})
    [grants] = clerk.get("procedures/procedures/", search="Bydgoskie Granty")["results"]
    call = open_call(clerk, grants["id"], title="Nabór próbny", pot="bydgoskie_granty_oswiatowe")
    head.post("applications/own/", {"call": call, "unit": units["SP 5"], "title": "Teatr"})
    return {
        "call": call,
        "pot": pot,
        "draft": draft,
        "group": group,
        "message": message,
        "delivery": delivery,
        "unanswered": unanswered,
        "unit": units["SP 5"],
    }


SCREENS = [
    (CLERK, "/"),
    (CLERK, "/messaging/inbox"),
    (CLERK, "/messaging/compose"),
    (CLERK, "/messaging/compose/{draft}"),
    (CLERK, "/messaging/drafts"),
    (CLERK, "/messaging/messages"),
    (CLERK, "/messaging/messages/{message}"),
    (CLERK, "/messaging/messages/{message}/merge"),
    (CLERK, "/directory/units"),
    (CLERK, "/directory/units/{unit}"),
    (CLERK, "/directory/units/{unit}/edit"),
    (CLERK, "/directory/groups"),
    (CLERK, "/directory/groups/new"),
    (CLERK, "/directory/groups/{group}"),
    (HEAD, "/"),
    (HEAD, "/budget/pots"),
    (HEAD, "/messaging/inbox"),
    (HEAD, "/messaging/inbox/{delivery}"),
    ("dyrektor.sp6@example.org", "/messaging/inbox/{unanswered}"),
    (HEAD, "/applications/own"),
    (CLERK, "/applications/calls"),
    (CLERK, "/applications/calls/new"),
    (CLERK, "/applications/calls/{call}"),
    (CLERK, "/applications/calls/{call}/edit"),
    (CLERK, "/applications/scoring"),
    (ADMIN, "/accounts/people"),
    (ADMIN, "/accounts/people/new"),
    (ADMIN, "/accounts/people/invitations"),
    (ADMIN, "/accounts/roles"),
    (ADMIN, "/accounts/roles/matrix"),
    (ADMIN, "/accounts/roles/new"),
    (ADMIN, "/accounts/assignments"),
    (ADMIN, "/accounts/assignments/new"),
    (ADMIN, "/accounts/rights"),
    (ADMIN, "/accounts/functions"),
    (ADMIN, "/accounts/substitutions"),
    (ADMIN, "/accounts/tokens"),
    (ADMIN, "/accounts/sign-in"),
    (ADMIN, "/accounts/me"),
    (ADMIN, "/audit/entries"),
    (ADMIN, "/budget/pots"),
    (ADMIN, "/budget/pots/new"),
    (ADMIN, "/budget/pots/{pot}"),
    (ADMIN, "/budget/pots/{pot}/edit"),
    (ADMIN, "/budget/pots/{pot}/part"),
    (ADMIN, "/budget/classifications"),
]


def test_every_screen_is_accessible_and_fits(person, places):
    faults: list[str] = []
    for email in dict.fromkeys(email for email, _ in SCREENS):
        page = person(email)
        for _, path in (one for one in SCREENS if one[0] == email):
            page.goto(path.format(**places))
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            page.wait_for_load_state("networkidle")
            faults += [f"{path}: {fault}" for fault in faults_of(page)]

    assert faults == []


@pytest.mark.parametrize("width", [1280, 320])
def test_the_way_in_is_accessible_and_fits(installation, chrome, width):
    page = chrome.new_page(viewport={"width": width, "height": 900}, locale="pl-PL")
    page.goto(installation.address)
    page.get_by_label("Adres e-mail").fill("nikt@example.org")
    page.locator("input[type=password]").fill("złe")
    page.get_by_role("button", name="Zaloguj się", exact=True).click()
    expect(page.get_by_text("Adres e-mail albo hasło jest nieprawidłowe")).to_be_visible()

    assert violations(page) == []
    assert overflow(page) <= 0
    page.close()


def test_a_head_answers_with_the_keyboard_alone(person, places):
    page = person("dyrektor.sp6@example.org")
    page.goto(f"/messaging/inbox/{places['unanswered']}")
    page.get_by_role("textbox", name="Twoja odpowiedź").focus()
    page.keyboard.type("Nie mamy świetlicy.")
    filled = answer(5)
    page.locator("input[type=file]").first.set_input_files(
        {"name": filled.file_name, "mimeType": "application/octet-stream", "buffer": filled.content}
    )
    expect(page.get_by_role("img", name="Przesłano")).to_be_visible()
    page.get_by_role("button", name="Wyślij odpowiedź").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Odpowiedź wysłana").first).to_be_visible()
