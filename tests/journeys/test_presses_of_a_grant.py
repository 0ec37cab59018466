"""A grant from the application to the decision, in as few presses as six people can make."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from catalogue.parsing import SHIPPED, read
from provisioning.demo.calls import open_call
from tests.journeys.people import ADMIN, choose, expect_settled_fit, press
from tests.journeys.stopwatch import Stopwatch

HEAD, CLERK, MEMBER = "dyrektor.sp9@example.org", "referent@example.org", "komisja@example.org"
FINANCE, DIRECTOR, MAYOR = "finanse@example.org", "dyrektor@example.org", "prezydent@example.org"
KEY, POT = "bydgoskie_granty_oswiatowe", "bydgoskie_granty_oswiatowe"
MOST = 35
PROJECT = "Ogród przy szkole"
AFTER = ("realizacja", "rozliczenie")
"""What comes after the decision, which is not counted here."""


def form(title: str, *questions: dict) -> dict:
    section = {"key": "calosc", "title": title, "questions": list(questions)}
    return {"format": 1, "title": title, "sections": [section]}


def question(key: str, kind: str, label: str, **rest) -> dict:
    return {"key": key, "type": kind, "label": label, "required": True, **rest}


APPLICATION = form(
    "Wniosek o mikrogrant",
    question("tytul", "short_text", "Nazwa projektu"),
    question("opis", "long_text", "Co zrobicie"),
    question("wnioskowana", "money", "O ile prosicie"),
)
CARD = form(
    "Karta oceny",
    question("wartosc", "number", "Wartość projektu", options={"min": "0", "max": "60"}),
    question("zasieg", "number", "Zasięg", options={"min": "0", "max": "40"}),
    {
        "key": "suma_punktow",
        "type": "number",
        "label": "Razem",
        "compute": "wartosc + zasieg",
    },
)


def published_form(office, name: str, document: dict) -> str:
    added = office.post("forms/forms/", {"name": name})["id"]
    office.patch(f"forms/forms/{added}/", {"draft": document})
    office.post(f"forms/forms/{added}/publish/", {})
    return added


@pytest.fixture(scope="module")
def call(installation):
    """An open call of the catalogue's procedure for grants, with two short forms and one member."""
    mark = uuid4().hex[:4]
    office, clerk = installation.client(ADMIN), installation.client(CLERK)
    [member] = office.get("directory/people/", search=MEMBER)["results"]
    function = {"code": f"ocenia_{mark}", "name": f"Ocenia mikrogranty {mark}"}
    added = office.post("accounts/functions/", function)
    office.post(
        f"accounts/functions/{added['id']}/holders/",
        {"person": member["id"], "scope": {"kind": "city", "id": None}},
    )
    [shipped] = [one for one in read(SHIPPED).types if one.key == KEY]
    draft = {**shipped.procedure, "name": f"Mikrogranty {mark}"}
    del draft["limits"]
    draft["form"] = published_form(office, f"Wniosek o mikrogrant {mark}", APPLICATION)
    draft["functions"] = [
        {"key": function["code"], "name": function["name"]} if one["key"] == "komisja" else one
        for one in draft["functions"]
    ]
    draft["stages"] = [
        {
            **one,
            "function": function["code"],
            "form": published_form(office, f"Karta mikrograntu {mark}", CARD),
            "parameters": {**one["parameters"], "quorum": "1"},
        }
        if one["kind"] == "scoring"
        else one
        for one in draft["stages"]
        if one["key"] not in AFTER
    ]
    draft["transitions"] = [
        {**one, "to": "zakonczone"} if one["to"] in AFTER else one
        for one in draft["transitions"]
        if one["from"] not in AFTER
    ]
    procedure = office.post("procedures/procedures/", {"name": draft["name"]})["id"]
    office.patch(f"procedures/procedures/{procedure}/", {"draft": draft})
    office.post(f"procedures/procedures/{procedure}/publish/", {})
    open_call(clerk, procedure, title=draft["name"], pot=POT)
    return draft["name"]


def write(watch: Stopwatch, label: str, text: str) -> None:
    watch.page.get_by_role("textbox", name=label).click()
    watch.type(text)


def take_up(page: Page, call: str, task: str) -> None:
    """From the first page, in one press."""
    mine = page.get_by_role("listitem").filter(has_text=call).filter(has_text=task)
    mine.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1, name=call)).to_be_visible()


def confirm(page: Page, step: str) -> None:
    press(page.get_by_role("dialog"), step)
    expect(page.get_by_role("dialog")).to_have_count(0)


def apply(head: Stopwatch, call: str) -> None:
    page = head.page
    page.get_by_role("navigation").get_by_role("link", name="Wnioski", exact=True).click()
    page.get_by_role("button", name=re.compile(f"^Rozpocznij wniosek: {call}")).click()
    write(head, "Nazwa projektu", PROJECT)
    write(head, "Co zrobicie", "Grządki, kompostownik i lekcje przyrody pod chmurką.")
    write(head, "O ile prosicie", "4800")
    press(page, "Gotowe, dalej")
    confirm(page, "Złóż wniosek")


def check(clerk: Stopwatch, call: str) -> None:
    take_up(clerk.page, call, "Sprawdź formalnie")
    press(clerk.page, "Poprawny formalnie")
    dialog = clerk.page.get_by_role("dialog")
    for point in range(4):
        dialog.get_by_role("radiogroup").nth(point).get_by_role("radio", name="tak").click()
    confirm(clerk.page, "Poprawny formalnie")


def score(member: Stopwatch, call: str) -> None:
    take_up(member.page, call, "Oceń")
    member.page.get_by_role("link", name=re.compile("^Wypełnij: ")).click()
    write(member, "Wartość projektu", "51")
    write(member, "Zasięg", "30")
    press(member.page, "Gotowe, dalej")
    confirm(member.page, "Oddaj ocenę")


def close(clerk: Stopwatch, call: str) -> None:
    take_up(clerk.page, call, "Zamknij ocenę")
    step = "Zamknij ocenę – na listę rankingową"
    press(clerk.page, step)
    confirm(clerk.page, step)


def divide(clerk: Page, call: str) -> None:
    """Look at how the call's money could be divided, which takes no part in the count."""
    clerk.goto("/applications/calls")
    clerk.get_by_role("link", name=call).first.click()
    clerk.get_by_role("link", name="Podziel środki").click()
    clerk.get_by_role("textbox", name="Nazwa wariantu").fill("Najlepsi po kolei")
    choose(clerk.get_by_role("combobox", name="Ranking według"), "Ocena komisji: wynik")
    choose(clerk.get_by_role("combobox", name="Kwota, o którą"), "O ile prosicie")
    press(clerk, "Załóż wariant")
    expect(clerk.get_by_text("Nad linią: 1 wniosek, razem 4 800,00 zł.")).to_be_visible()
    line = clerk.get_by_role("slider", name="Linia podziału")
    line.focus()
    clerk.keyboard.press("ArrowUp")
    expect(clerk.get_by_text("Nad linią: 0 wniosków")).to_be_visible()
    expect_settled_fit(clerk)
    press(clerk, "Cofnij")
    expect(line).to_have_attribute("aria-valuenow", "1")


def grant(call: str, finance: Stopwatch, director: Stopwatch, mayor: Stopwatch) -> None:
    for watch, task, step, text in (
        (finance, "Podziel środki", "Przyznaj kwotę", "4800"),
        (director, "Zarekomenduj", "Rekomenduj", "Projekt dobrze oceniony."),
        (mayor, "Podejmij decyzję", "Przyznaj grant", "112/2026"),
    ):
        watch.page.reload()
        take_up(watch.page, call, task)
        press(watch.page, step)
        expect(watch.page.get_by_role("dialog").locator("input, textarea").first).to_be_focused()
        watch.type(text)
        if watch is mayor:
            write(watch, "Data decyzji", "30.11.2026")
        confirm(watch.page, step)


def test_a_grant_comes_from_the_application_to_the_decision_in_35_presses_of_six_people(
    person, call
):
    head, clerk, member, finance, director, mayor = watches = [
        Stopwatch(person(one)) for one in (HEAD, CLERK, MEMBER, FINANCE, DIRECTOR, MAYOR)
    ]
    apply(head, call)
    clerk.page.reload()
    check(clerk, call)
    member.page.reload()
    score(member, call)
    clerk.page.goto("/")
    close(clerk, call)
    divide(person(CLERK), call)
    grant(call, finance, director, mayor)

    matter = mayor.page
    expect(matter.get_by_text("Sprawa jest zakończona. Na nikogo już nie czeka.")).to_be_visible()
    expect_settled_fit(matter)
    presses = {one: watch.presses for one, watch in zip("hcmfdp", watches, strict=True)}
    assert sum(presses.values()) <= MOST, presses
