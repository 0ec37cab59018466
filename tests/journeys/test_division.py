"""A division goes up a chain, is decided unseen, published at one moment, and paid."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.people import ADMIN, expect_settled_fit, expect_title, press

HEADS = ("dyrektor.sp9@example.org", "dyrektor.sp5@example.org")
UNITS, SUMS = ("SP 9", "SP 5"), ("3000", "2000")
CLERK, DIRECTOR, MAYOR = "referent@example.org", "dyrektor@example.org", "prezydent@example.org"
ACCOUNT = "61109010140000071219812874"
CASE = {
    "key": "nabor",
    "kind": "submission",
    "name": "Składanie wniosków",
    "function": "applicant",
}
POT = "bydgoskie_granty_oswiatowe"


def _form(office, mark: str) -> str:
    asked = [
        ("tytul", "short_text", "Nazwa projektu"),
        ("wnioskowana", "money", "O ile prosicie"),
        ("konto", "short_text", "Numer rachunku"),
    ]
    questions = [{"key": key, "type": kind, "label": label} for key, kind, label in asked]
    section = {"key": "calosc", "title": "Wniosek", "questions": questions}
    draft = {"format": 1, "title": "Wniosek", "sections": [section]}
    added = office.post("forms/forms/", {"name": f"Wniosek o podział {mark}"})["id"]
    office.patch(f"forms/forms/{added}/", {"draft": draft})
    office.post(f"forms/forms/{added}/publish/", {})
    return added


def _procedure(office, mark: str) -> str:
    """Applications wait for the decision as soon as they are handed in."""
    pots = {"pots": [{"id": "1", "pot": POT}], "requested": "wnioskowana", "with_amount": True}
    ends = [
        {"key": key, "kind": "closing", "name": name, "parameters": {"meaning": meaning}}
        for key, name, meaning in (
            ("koniec", "Przyznano", "positive"),
            ("odmowa", "Nie przyznano", "negative"),
        )
    ]
    decision = {"key": "decyzja", "kind": "decision", "name": "Decyzja", "function": "prezydent"}
    ways = [
        ("zlozono", "nabor", "decyzja", "submitted", "Złóż wniosek"),
        ("pelna", "decyzja", "koniec", "granted", "Przyznaj"),
        ("czesc", "decyzja", "koniec", "partly", "Przyznaj część"),
        ("brak", "decyzja", "odmowa", "refused", "Odmów"),
    ]
    draft = {
        "format": 1,
        "name": f"Podział {mark}",
        "noun": "wniosek",
        "applicant": "unit",
        "form": _form(office, mark),
        "functions": [{"key": "prezydent", "name": "Prezydent Miasta"}],
        "stages": [CASE, {**decision, "parameters": pots}, *ends],
        "transitions": [
            {"key": key, "from": source, "to": target, "on": outcome, "label": label}
            for key, source, target, outcome, label in ways
        ],
    }
    made = office.post("procedures/procedures/", {"name": draft["name"]})["id"]
    office.patch(f"procedures/procedures/{made}/", {"draft": draft})
    office.post(f"procedures/procedures/{made}/publish/", {})
    return made


@pytest.fixture(scope="module")
def call(installation, types):
    """A call with two applications and a scenario, whose division two functions approve."""
    mark = uuid4().hex[:4]
    office, clerk = installation.client(ADMIN), installation.client(CLERK)
    now = timezone.now().replace(microsecond=0)
    one = {
        "key": "nabor",
        "name": "Nabór",
        "opens_at": (now - timedelta(days=1)).isoformat(),
        "closes_at": (now + timedelta(days=7)).isoformat(),
        "pots": [POT],
    }
    told = {"procedure": _procedure(office, mark), "title": f"Podział {mark}", "year": now.year}
    call = clerk.post("applications/calls/", told)["id"]
    approvers = ["dyrektor", "prezydent"]
    said = {"rounds": [one], "audience": {"all_units": True}, "approvers": approvers}
    clerk.patch(f"applications/calls/{call}/", {"rules": said})
    clerk.post(f"applications/calls/{call}/publish/", {"announcement": None})
    for email, short, amount in zip(HEADS, UNITS, SUMS, strict=True):
        _apply(installation.client(email), call, short, amount)
    rules = {
        "order": [{"by": "wnioskowana"}],
        "amount": {"way": "asked", "by": "wnioskowana"},
        "asked": "wnioskowana",
        "pots": [{"code": POT}],
    }
    clerk.post(f"applications/calls/{call}/scenarios/", {"name": "Zasadniczy", "rules": rules})
    return call


def _apply(head, call: str, short: str, amount: str) -> None:
    units = head.get("directory/units/", search=short)["results"]
    unit = next(one["id"] for one in units if one["short_name"] == short)
    told = {"call": call, "unit": unit, "title": f"Ogród {short}"}
    case = head.post("applications/own/", told)["case"]
    [sheet] = head.get(f"procedures/cases/{case}/")["sheets"]
    answers = {"tytul": "Ogród", "wnioskowana": amount, "konto": ACCOUNT}
    head.patch(f"forms/sheets/{sheet['id']}/", {"changes": answers})
    head.post(f"procedures/cases/{case}/perform/", {"action": "zlozono", "data": {}})


def approve(page: Page, *, ends: bool) -> None:
    page.goto("/")
    page.get_by_role("link", name=re.compile("Podział środków")).first.click()
    expect_title(page, "Rekomendacja podziału środków")
    expect_settled_fit(page)
    press(page, "Zatwierdź")
    expect(page.get_by_text("Zatwierdzono podział.")).to_be_visible()
    expect(page.get_by_text("zatwierdzona" if ends else "Teraz zatwierdza")).to_be_visible()


def decide(clerk: Page) -> None:
    clerk.reload()
    clerk.get_by_role("textbox", name="Numer zarządzenia").fill("12/2026")
    clerk.get_by_role("textbox", name="Data zarządzenia").fill("30.11.2026")
    clerk.get_by_role("textbox", name="Data zarządzenia").press("Tab")
    field = clerk.get_by_role("combobox", name="Zmień kwotę wniosku")
    field.fill("Ogród SP 9")
    clerk.get_by_role("option", name=re.compile("^Ogród SP 9")).click()
    press(clerk, "Zmień")
    clerk.get_by_role("textbox", name="Kwota w decyzji").fill("2500")
    clerk.get_by_role("textbox", name="Dlaczego inna niż w rekomendacji").fill("Mniej zajęć")
    expect_settled_fit(clerk)
    press(clerk, "Przygotuj decyzję")
    expect(clerk.get_by_text("Nikt jej nie zobaczy, dopóki jej nie ogłosisz.")).to_be_visible()


def publish(clerk: Page) -> None:
    expect_settled_fit(clerk)
    press(clerk, "Ogłoś teraz")
    clerk.get_by_role("dialog").get_by_role("button", name="Ogłoś", exact=True).click()
    expect(clerk.get_by_text("Ogłoszono decyzję.")).to_be_visible()


def pay(clerk: Page) -> None:
    field = clerk.get_by_role("combobox", name="Pytanie z numerem rachunku")
    field.fill("Numer rachunku")
    clerk.get_by_role("option", name="Numer rachunku", exact=True).click()
    clerk.get_by_role("textbox", name="Kto płaci").fill("Miasto")
    clerk.get_by_role("textbox", name="Rachunek, z którego się płaci").fill(ACCOUNT)
    clerk.get_by_role("textbox", name="Dzień wypłaty").fill("10.12.2026")
    clerk.get_by_role("textbox", name="Dzień wypłaty").press("Tab")
    press(clerk, "Przygotuj listę wypłat")
    expect(clerk.get_by_text(re.compile(r"Lista nr 1: 4\s500,00\szł"))).to_be_visible()


def test_a_division_is_approved_decided_published_and_paid(person, call):
    clerk, director, mayor, head = map(person, (CLERK, DIRECTOR, MAYOR, HEADS[0]))
    clerk.goto(f"/applications/calls/{call}/division")
    press(clerk, "Zarekomenduj ten podział")
    clerk.get_by_role("dialog").get_by_role("button", name="Zarekomenduj", exact=True).click()
    expect(clerk.get_by_role("dialog")).to_have_count(0)
    clerk.get_by_role("link", name="Zasadniczy").click()
    expect_title(clerk, "Rekomendacja podziału środków")
    expect_settled_fit(clerk)
    press(clerk, "Przygotuj rekomendację z załącznikiem")

    approve(director, ends=False)
    approve(mayor, ends=True)
    decide(clerk)
    head.goto("/applications/own")
    expect(head.get_by_text("pozytywnie")).to_have_count(0)
    publish(clerk)
    press(clerk, "Przygotuj listę wyników")
    pay(clerk)
    expect(clerk.get_by_role("link", name="strona WWW: Lista wyników")).to_be_visible()
    expect(clerk.get_by_role("link", name="PDF: Rekomendacja", exact=True)).to_be_visible()
    expect_settled_fit(clerk)
    head.reload()
    expect(head.get_by_text("pozytywnie").first).to_be_visible()
