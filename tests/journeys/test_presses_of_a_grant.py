"""A grant from the application to the decision, in as few presses as eight people can make."""

import re
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from provisioning.demo.calls import published, rules_of
from provisioning.demo.matters import POT, PROCEDURE, scan_of
from tests.journeys.people import ADMIN, choose, expect_settled_fit, press
from tests.journeys.stopwatch import Stopwatch

HEAD, CLERK = "dyrektor.sp9@example.org", "referent@example.org"
MEMBERS = ("komisja@example.org", "komisja2@example.org", "komisja3@example.org")
FINANCE, DIRECTOR, MAYOR = "finanse@example.org", "dyrektor@example.org", "prezydent@example.org"
MARK = uuid4().hex[:4]
CALL, PROJECT = f"Granty {MARK}", f"Ogród przy szkole {MARK}"
MOST, ANSWERS = 35, 43
"""Presses, beside those that an answer to a question of a form takes: one each."""
POINTS = {
    "Wartość merytoryczna": "25",
    "Wartość społeczna": "18",
    "Organizacja i realność": "15",
    "Zasięg poza placówkę": "8",
    "Partnerzy": "6",
    "Aktywny udział uczestników": "9",
}


@pytest.fixture(scope="module")
def call(installation, types):
    """An open call of the catalogue's grants, as it ships them: its form, a committee of three."""
    office = installation.client(ADMIN)
    [procedure] = office.get("procedures/procedures/", search=PROCEDURE)["results"]
    found = [office.get("directory/people/", search=one)["results"][0] for one in MEMBERS]
    seats = [{"person": one["id"]} for one in found]
    seats[0]["part"] = "chair"
    committee = {"key": "komisja", "name": f"Komisja {MARK}", "function": "komisja"}
    committee["members"] = seats
    rules = {**rules_of(POT), "committees": [committee]}
    clerk = installation.client(CLERK)
    published(clerk, procedure["id"], CALL, timezone.localdate().year, rules)
    return CALL


class Answering:
    """Somebody who fills in a form: each answer takes one press, counted apart."""

    def __init__(self, watch: Stopwatch) -> None:
        self.watch, self.page = watch, watch.page
        self.answers = 0

    def press(self, field: Locator) -> None:
        field.click()
        self.answers += 1

    def write(self, label: str, text: str, *, within: Locator | None = None) -> None:
        self.press((within or self.page).get_by_role("textbox", name=label).first)
        self.watch.type(text)

    def pick(self, question: str, answer: str) -> None:
        asked = self.page.get_by_role("radiogroup", name=question)
        self.press(asked.get_by_role("radio", name=answer, exact=True))


def write(watch: Stopwatch, label: str, text: str) -> None:
    watch.page.get_by_role("textbox", name=label).click()
    watch.type(text)


def take_up(page: Page, task: str) -> None:
    """From the first page, in one press."""
    mine = page.get_by_role("listitem").filter(has_text=PROJECT).filter(has_text=task)
    mine.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1, name=PROJECT)).to_be_visible()


def confirm(page: Page, step: str) -> None:
    press(page.get_by_role("dialog"), step)
    expect(page.get_by_role("dialog")).to_have_count(0)


def apply(head: Stopwatch, call: str) -> int:
    """Hand in the whole application; the presses that its answers took."""
    page, form = head.page, Answering(head)
    page.get_by_role("navigation").get_by_role("link", name="Wnioski", exact=True).click()
    page.get_by_role("button", name=re.compile(f"^Rozpocznij wniosek: {call}")).click()
    form.write("Imię i nazwisko koordynatora", "Małgorzata Wójcik")
    form.write("E-mail koordynatora", "koordynator@example.org")
    form.write("Tytuł projektu", PROJECT)
    form.pick("Projekt ma tytuł", "nie")
    form.pick("Rodzaj projektu", "rekreacyjny")
    form.write("Opis projektu", "Grządki, kompostownik i lekcje przyrody pod chmurką.")
    form.write("Cele", "Szkoła otwarta na osiedle.")
    form.write("Grupa docelowa", "Uczniowie i mieszkańcy.")
    form.write("Liczba uczestników", "80")
    form.pick("Projekt wykracza poza placówkę", "tak")
    time = page.get_by_role("group", name="Czas trwania projektu")
    form.write("Od", "01.02.2027", within=time)
    form.write("Do", "30.06.2027", within=time)
    form.write("Koniec projektu", "30.06.2027")
    plan = page.get_by_role("group", name="Harmonogram, wiersz 1")
    for label, text in (("Działanie", "Sadzenie"), ("Od", "01.02.2027"), ("Do", "30.06.2027")):
        form.write(label, text, within=plan)
    costs = page.get_by_role("group", name="Kosztorys, wiersz 1")
    for label, text in (("Pozycja", "Sadzonki"), ("Ilość", "1"), ("Cena", "4800")):
        form.write(label, text, within=costs)
    form.write("W tym z grantu", "4800", within=costs)
    form.write("Przewidywane rezultaty", "Ogród, z którego korzysta osiedle.")
    with page.expect_file_chooser() as chooser:
        form.press(page.get_by_role("button", name="Wybierz plik"))
    scan = {
        "name": "wniosek.pdf",
        "mimeType": "application/pdf",
        "buffer": scan_of("SP 9", PROJECT),
    }
    chooser.value.set_files(scan)
    for statement in ("dane we wniosku", "osoby, których dane", "wskazane koszty"):
        form.press(page.get_by_role("checkbox", name=re.compile(f"Oświadczam, że {statement}")))
    expect_settled_fit(page)
    press(page, "Gotowe, dalej")
    confirm(page, "Złóż wniosek")
    return form.answers


def check(clerk: Stopwatch) -> None:
    take_up(clerk.page, "Sprawdź formalnie")
    press(clerk.page, "Poprawny formalnie")
    dialog = clerk.page.get_by_role("dialog")
    for point in range(4):
        dialog.get_by_role("radiogroup").nth(point).get_by_role("radio", name="tak").click()
    confirm(clerk.page, "Poprawny formalnie")


def score(member: Stopwatch) -> int:
    """Give one member's points; the presses that the criteria took."""
    card = Answering(member)
    mine = member.page.get_by_role("listitem").filter(has_text=PROJECT).filter(has_text="Oceń")
    mine.get_by_role("link").first.click()
    for criterion, points in POINTS.items():
        card.write(criterion, points)
    press(member.page, "Gotowe, dalej")
    confirm(member.page, "Oddaj ocenę")
    return card.answers


def close(chair: Stopwatch) -> None:
    take_up(chair.page, "Zamknij ocenę")
    step = "Zamknij ocenę – na listę rankingową"
    press(chair.page, step)
    confirm(chair.page, step)


def divide(clerk: Page, call: str) -> None:
    """Look at how the call's money could be divided, which takes no part in the count."""
    clerk.goto("/applications/calls")
    clerk.get_by_role("link", name=call).first.click()
    clerk.get_by_role("link", name="Podziel środki").click()
    clerk.get_by_role("textbox", name="Nazwa wariantu").fill("Najlepsi po kolei")
    choose(clerk.get_by_role("combobox", name="Ranking według"), "Ocena komisji: wynik")
    choose(clerk.get_by_role("combobox", name="Kwota, o którą"), "Kwota wnioskowana")
    press(clerk, "Załóż wariant")
    expect(clerk.get_by_text("Nad linią: 1 wniosek, razem 4 800,00 zł.")).to_be_visible()
    line = clerk.get_by_role("slider", name="Linia podziału")
    line.focus()
    clerk.keyboard.press("ArrowUp")
    expect(clerk.get_by_text("Nad linią: 0 wniosków")).to_be_visible()
    expect_settled_fit(clerk)
    press(clerk, "Cofnij")
    expect(line).to_have_attribute("aria-valuenow", "1")


def grant(finance: Stopwatch, director: Stopwatch, mayor: Stopwatch) -> None:
    for watch, task, step, text in (
        (finance, "Podziel środki", "Przyznaj kwotę", "4800"),
        (director, "Zarekomenduj", "Rekomenduj", "Projekt dobrze oceniony."),
        (mayor, "Podejmij decyzję", "Przyznaj grant", "112/2026"),
    ):
        watch.page.reload()
        take_up(watch.page, task)
        press(watch.page, step)
        expect(watch.page.get_by_role("dialog").locator("input, textarea").first).to_be_focused()
        watch.type(text)
        if watch is mayor:
            write(watch, "Data decyzji", "30.11.2026")
        confirm(watch.page, step)


def test_a_grant_comes_to_its_decision_in_35_presses_beside_one_for_each_answer(person, call):
    head, clerk, finance, director, mayor, *members = watches = [
        Stopwatch(person(one)) for one in (HEAD, CLERK, FINANCE, DIRECTOR, MAYOR, *MEMBERS)
    ]
    answers = apply(head, call)
    clerk.page.reload()
    check(clerk)
    for member in members:
        member.page.reload()
        answers += score(member)
    members[0].page.goto("/")
    close(members[0])
    divide(person(CLERK), call)
    grant(finance, director, mayor)

    expect(mayor.page.get_by_text("Realizacja projektu").first).to_be_visible()
    expect_settled_fit(mayor.page)
    presses = [watch.presses for watch in watches]
    assert answers == ANSWERS
    assert sum(presses) - answers <= MOST, presses
