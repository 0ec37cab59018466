"""A procedure that a city makes by itself in a real browser, runs a matter through and changes."""

import re
from dataclasses import dataclass
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import ADMIN, choose, expect_settled_fit, expect_title, press

CLERK = "referent@example.org"
CHIEF = "kierownik@example.org"
HEAD = "dyrektor.sp7@example.org"
PRINCIPAL = "Łucja Szymańska"
HOME = "Co na mnie czeka"
NURSED = "Czy jadą dzieci pod opieką pielęgniarki"
CALL = "Podaj liczbę dzieci pod opieką."


@dataclass(frozen=True)
class Trip:
    """What one run calls the things that it makes, so that it can be repeated in one city."""

    title: str
    form: str
    procedure: str
    checks: str
    approves: str


@pytest.fixture
def trip(installation):
    """Two functions of the city for the new procedure: the clerk's and the chief's."""
    mark = uuid4().hex[:4]
    office = installation.client(ADMIN)
    people = {
        email: office.get("directory/people/", search=email)["results"][0]["id"]
        for email in (CLERK, CHIEF)
    }
    names = []
    for name, email in (("Opiekun wyjazdów", CLERK), ("Zatwierdzający wyjazdy", CHIEF)):
        names.append(f"{name} {mark}")
        added = office.post(
            "accounts/functions/", {"code": f"f{len(names)}_{mark}", "name": names[-1]}
        )
        office.post(
            f"accounts/functions/{added['id']}/holders/",
            {"person": people[email], "scope": {"kind": "city", "id": None}},
        )
    return Trip(
        f"Trzy dni w Biskupinie {mark}",
        f"Wniosek o wyjazd {mark}",
        f"Wyjazdy edukacyjne {mark}",
        *names,
    )


def ask(builder: Page, section: str, kind: str, question: str) -> None:
    press(builder, f"Dodaj pytanie do sekcji: {section}")
    builder.get_by_role("menuitem", name=kind, exact=True).click()
    builder.get_by_role("textbox", name="Pytanie", exact=True).fill(question)
    builder.get_by_role("checkbox", name="Odpowiedź jest wymagana").check()


def build_the_form(office: Page, trip: Trip) -> None:
    office.goto("/forms/forms/new")
    office.get_by_role("textbox", name="Nazwa").fill(trip.form)
    press(office, "Dalej: pytania")
    expect_title(office, trip.form)
    press(office, "Dodaj sekcję")
    office.get_by_role("textbox", name="Tytuł sekcji").fill("Wyjazd")
    ask(office, "Wyjazd", "Krótki tekst", "Dokąd jedziecie")
    ask(office, "Wyjazd", "Kwota w złotych", "Koszt wyjazdu")
    press(office, "Dodaj sekcję")
    office.get_by_role("textbox", name="Tytuł sekcji").fill("Opieka")
    ask(office, "Opieka", "Tak lub nie", "Czy jadą dzieci pod opieką pielęgniarki")
    ask(office, "Opieka", "Liczba", "Ile dzieci jest pod opieką")
    press(office, "Dodaj warunek: Pokazuj, gdy")
    term = office.get_by_role("group", name="Pokazuj, gdy, warunek 1")
    choose(term.get_by_role("combobox", name="Pytanie"), NURSED)
    expect(term.get_by_label("Wartość")).to_have_value("tak")
    expect(office.get_by_text("Nic nie wymaga poprawki.")).to_be_visible()
    expect_settled_fit(office)
    press(office, "Publikuj…")
    press(office, "Publikuj")
    office.get_by_role("dialog").get_by_role("button", name="Publikuj").click()
    expect(office.get_by_text("Opublikowano wersję 1.")).to_be_visible()


def add_stage(office: Page, kind: str, name: str, who: str | None = None) -> None:
    press(office, "Dodaj etap")
    dialog = office.get_by_role("dialog", name="Nowy etap")
    dialog.get_by_role("radio", name=re.compile(rf"^{kind}( \(brakuje|$)")).check()
    dialog.get_by_role("textbox", name="Nazwa etapu").fill(name)
    press(dialog, "Dodaj etap")
    expect(office.get_by_role("heading", name=f"Etap: {name}")).to_be_visible()
    if who:
        choose(office.get_by_role("combobox", name="Kto działa"), who)
    elif kind in ("Złożenie", "Poprawa"):
        expect(office.get_by_role("combobox", name="Kto działa")).to_have_value("Wnioskodawca")


def lead(office: Page, stage: str, on: str, to: str, label: str) -> None:
    press(office, f"Dodaj przejście z etapu „{stage}”")
    dialog = office.get_by_role("dialog")
    dialog.get_by_label("Gdy etap kończy się jako").select_option(label=on)
    dialog.get_by_label("Sprawa idzie do etapu").select_option(label=to)
    dialog.get_by_label("Napis na przycisku").fill(label)
    press(dialog, "Dodaj przejście")
    expect(office.get_by_role("heading", name=f"Przejście: {label}")).to_be_visible()


def build_the_procedure(office: Page, trip: Trip) -> None:
    office.goto("/procedures/procedures/new")
    office.get_by_role("textbox", name="Nazwa").fill(trip.procedure)
    press(office, "Utwórz procedurę")
    expect_title(office, trip.procedure)
    office.get_by_role("tab", name="Spis etapów").click()
    add_stage(office, "Złożenie", "Złożenie wniosku")
    add_stage(office, "Ocena formalna", "Sprawdzenie", trip.checks)
    add_stage(office, "Poprawa", "Uzupełnienie")
    add_stage(office, "Zatwierdzenie", "Zgoda kierownika")
    add_stage(office, "Zakończenie", "Zgoda udzielona")
    add_stage(office, "Zakończenie", "Odmowa")
    expect(office.get_by_text("Zapisano", exact=True)).to_be_visible()
    problems = office.get_by_role("alert").get_by_role("listitem")
    expect(problems).to_contain_text(
        [
            (
                "Etap „Złożenie wniosku”: Nie wiadomo, co dalej po wyniku „złożono”."
                " Dodaj przejście po tym wyniku."
            ),
            (
                "Etap „Sprawdzenie”: Do tego etapu nie prowadzi żadna droga."
                " Dodaj przejście albo usuń etap."
            ),
            (
                "Etap „Zgoda kierownika”: Z tego etapu nie da się dojść do zamknięcia sprawy."
                " Dodaj przejścia do etapu rodzaju „Zakończenie”."
            ),
        ]
    )
    lead(office, "Złożenie wniosku", "złożono", "Sprawdzenie", "Złóż wniosek")
    lead(office, "Sprawdzenie", "kompletne", "Zgoda kierownika", "Potwierdź kompletność")
    lead(office, "Sprawdzenie", "do poprawy", "Uzupełnienie", "Wezwij do poprawy")
    lead(office, "Uzupełnienie", "poprawiono", "Sprawdzenie", "Złóż poprawiony")
    lead(office, "Zgoda kierownika", "zatwierdzono", "Zgoda udzielona", "Zatwierdź")
    lead(office, "Zgoda kierownika", "odmówiono", "Odmowa", "Odmów")
    expect(problems).to_have_text(
        [
            "Etap „Zgoda udzielona” › Jak się kończy: Odpowiedz na „Jak się kończy”.",
            "Etap „Odmowa” › Jak się kończy: Odpowiedz na „Jak się kończy”.",
        ]
    )
    choose_stage(office, "Zgoda kierownika")
    choose(office.get_by_role("combobox", name="Kto działa"), trip.approves)
    choose_stage(office, "Zgoda udzielona")
    office.get_by_role("radio", name="załatwiono pozytywnie").check()
    choose_stage(office, "Odmowa")
    office.get_by_role("radio", name="załatwiono odmownie").check()
    expect(problems).to_have_count(0)
    expect_settled_fit(office)
    office.get_by_role("tab", name="Ustawienia").click()
    choose(office.get_by_role("combobox", name="Formularz wniosku"), trip.form)
    office.get_by_role("textbox", name="Jak nazywa się jedna sprawa").fill("wniosek")
    expect(office.get_by_text("Nic nie stoi na przeszkodzie publikacji")).to_be_visible()


def choose_stage(office: Page, name: str) -> None:
    office.get_by_role("list", name="Etapy po kolei").get_by_role(
        "button", name=re.compile(rf"^\d\. {name} ")
    ).click()
    expect(office.get_by_role("heading", name=f"Etap: {name}")).to_be_visible()


def simulate(office: Page) -> None:
    press(office, "Wypróbuj")
    for stage, step in (
        ("Złożenie wniosku", "Złóż wniosek"),
        ("Sprawdzenie", "Potwierdź kompletność"),
    ):
        expect(office.get_by_role("heading", name=f"Etap: {stage}")).to_be_visible()
        deed(office, step)
    expect(office.get_by_role("heading", name="Etap: Zgoda kierownika")).to_be_visible()
    press(office, "Zatwierdź")
    expect(office.get_by_role("heading", name="Koniec: Zgoda udzielona")).to_be_visible()
    story = office.get_by_role("main").get_by_role("listitem")
    expect(story).to_contain_text(
        [
            "Etap „Złożenie wniosku” (złożenie). Kolej na: wnioskodawca.",
            ": „Złóż wniosek”.",
            "Etap „Sprawdzenie” (ocena formalna).",
            ": „Potwierdź kompletność”.",
            "Etap „Zgoda kierownika” (zatwierdzenie).",
            ": „Zatwierdź”.",
            "Etap „Zgoda udzielona”: sprawa się kończy (załatwiono pozytywnie).",
        ]
    )
    expect_settled_fit(office)


def publish(office: Page, trip: Trip) -> None:
    office.get_by_role("link", name="Wróć do procedury").click()
    press(office, "Opublikuj…")
    expect(office.get_by_text("To pierwsze wydanie, nie ma z czym porównać.")).to_be_visible()
    press(office, "Opublikuj…")
    press(office.get_by_role("dialog"), "Opublikuj")
    expect(office.get_by_text("Obowiązuje wydanie 1")).to_be_visible()


def open_a_matter(head: Page, trip: Trip) -> None:
    head.goto("/procedures/cases/new")
    head.get_by_role("radio", name=trip.procedure).check()
    expect(head.get_by_role("radio", name="Akceptacja wiadomości")).to_have_count(0)
    head.get_by_role("textbox", name="Tytuł").fill(trip.title)
    press(head, "Załóż sprawę")
    expect_title(head, trip.title)
    expect_settled_fit(head)
    head.get_by_role("link", name=f"Wypełnij: {trip.form}").click()
    expect_title(head, trip.form)
    head.get_by_role("textbox", name="Dokąd jedziecie").fill("Biskupin")
    head.get_by_role("textbox", name="Koszt wyjazdu").fill("4800,50")
    hidden = head.get_by_role("textbox", name="Ile dzieci jest pod opieką")
    expect(hidden).to_have_count(0)
    head.get_by_role("radiogroup", name=NURSED).get_by_role("radio", name="tak").check()
    hidden.fill("2")
    expect(head.get_by_text("Zapisano", exact=True)).to_be_visible()
    expect_settled_fit(head)
    head.reload()
    expect(hidden).to_have_value("2")
    press(head, "Sprawdź")
    expect(head.get_by_text("Formularz jest kompletny")).to_be_visible()
    head.get_by_role("link", name="Sprawa", exact=True).click()
    deed(head, "Złóż wniosek")
    expect(head.get_by_text(f"Czyj ruch: urząd ({trip.checks})")).to_be_visible()


def expect_waiting(page: Page, trip: Trip, task: str | None = None) -> None:
    """What waits for the person in the matter, on the first page and on the to-do list."""
    page.goto("/")
    expect_title(page, HOME)
    page.wait_for_load_state("networkidle")
    waiting = page.get_by_role("region", name="Czeka na mnie").get_by_role("listitem")
    mine = waiting.filter(has_text=trip.title)
    if task is None:
        expect(mine).to_have_count(0)
        return
    expect(mine).to_contain_text([task])
    page.goto("/todo/waiting")
    rows = page.get_by_role("row").filter(has_text=trip.title)
    expect(rows.get_by_role("link")).to_have_text([task])


def take_up(page: Page, trip: Trip, task: str) -> None:
    page.get_by_role("row").filter(has_text=trip.title).get_by_role("link", name=task).click()
    expect_title(page, trip.title)


def deed(page: Page, name: str) -> None:
    """Press a button of the matter and confirm it as it stands."""
    press(page, name)
    press(page.get_by_role("dialog"), name)
    expect(page.get_by_role("dialog")).to_have_count(0)


def call_for_correction(clerk: Page) -> None:
    press(clerk, "Wezwij do poprawy")
    dialog = clerk.get_by_role("dialog")
    dialog.get_by_role("checkbox", name="Opieka").check()
    dialog.get_by_role("textbox", name="Co trzeba poprawić").fill(CALL)
    expect_settled_fit(clerk)
    press(dialog, "Wezwij do poprawy")
    expect(clerk.get_by_text("Czyj ruch: wnioskodawca")).to_be_visible()


def correct(head: Page, trip: Trip) -> None:
    expect(head.get_by_role("main")).to_contain_text(CALL)
    expect(head.get_by_role("main")).not_to_contain_text("termin stoi")
    head.get_by_role("link", name=f"Wypełnij: {trip.form}").click()
    expect(head.get_by_text("Prośba o poprawę")).to_be_visible()
    expect(head.get_by_text(CALL)).to_be_visible()
    expect(head.get_by_role("textbox", name="Dokąd jedziecie")).to_have_count(0)
    head.get_by_role("textbox", name="Ile dzieci jest pod opieką").fill("3")
    expect(head.get_by_text("Zapisano", exact=True)).to_be_visible()
    expect_settled_fit(head)
    head.get_by_role("link", name="Sprawa", exact=True).click()
    deed(head, "Złóż poprawiony")


def change_in_flight(office: Page, trip: Trip) -> None:
    office.goto("/procedures/procedures")
    office.get_by_role("link", name=trip.procedure).click()
    office.get_by_role("tab", name="Spis etapów").click()
    choose_stage(office, "Zgoda kierownika")
    office.get_by_role("textbox", name="Nazwa etapu").fill("Zgoda wydziału")
    expect(office.get_by_text("Zapisano", exact=True)).to_be_visible()
    press(office, "Opublikuj…")
    expect(office.get_by_role("main").get_by_role("listitem")).to_have_text(
        ["Etap „Zgoda kierownika”: nazwa: było „Zgoda kierownika”, jest „Zgoda wydziału”."]
    )
    expect(
        office.get_by_role("group", name="1 sprawa w etapie „Sprawdzenie” (wydanie 1)")
    ).to_be_visible()
    office.get_by_role("radio", name="Przenieś na nowe wydanie, do etapu:").check()
    expect(office.get_by_label("Etap dla spraw: Sprawdzenie, wydanie 1")).to_have_value(
        "sprawdzenie"
    )
    expect_settled_fit(office)
    press(office, "Opublikuj…")
    dialog = office.get_by_role("dialog")
    expect(dialog).to_contain_text(
        "Na nowe wydanie przejdzie 1 sprawa, przy swoim zostanie 0 spraw."
    )
    press(dialog, "Opublikuj")
    expect(office.get_by_text("Obowiązuje wydanie 2")).to_be_visible()


def steps_of(trip: Trip) -> list[str]:
    """The whole story, as the office sees it: who, in what function, what was done."""
    return [
        f"{PRINCIPAL} (Wnioskodawca)Założono sprawę",
        f"{PRINCIPAL} (Wnioskodawca)Złóż wniosekZłożenie wnioskuSprawdzenie",
        (
            f"Ewa Nowak ({trip.checks})Wezwij do poprawySprawdzenieUzupełnienie"
            f"Części do poprawy: OpiekaCo trzeba poprawić: {CALL}"
        ),
        f"{PRINCIPAL} (Wnioskodawca)Złóż poprawionyUzupełnienieSprawdzenie",
        "Adam WiśniewskiPrzeniesiono na wydanie 2",
        f"Ewa Nowak ({trip.checks})Potwierdź kompletnośćSprawdzenieZgoda wydziału",
        f"Marek Lis ({trip.approves})ZatwierdźZgoda wydziałuZgoda udzielona",
    ]


def steps_for_applicant(trip: Trip) -> list[str]:
    """The rest as the applicant sees it: the office's functions, and where each step has led."""
    return [
        (
            f"{trip.checks}UzupełnienieSprawdzenieUzupełnienie"
            f"Części do poprawy: OpiekaCo trzeba poprawić: {CALL}"
        ),
        f"{PRINCIPAL} (Wnioskodawca)Złóż poprawionyUzupełnienieSprawdzenie",
        f"{trip.checks}Zgoda wydziałuSprawdzenieZgoda wydziału",
        f"{trip.approves}Zgoda udzielonaZgoda wydziałuZgoda udzielona",
    ]


def expect_story(page: Page, trip: Trip, told: list[str]) -> None:
    """The matter is over, and its page tells every step in its order."""
    expect_title(page, trip.title)
    expect(page.get_by_text("załatwiona pozytywnie")).to_be_visible()
    expect(page.get_by_text("Sprawa jest zakończona. Na nikogo już nie czeka.")).to_be_visible()
    page.get_by_role("heading", name="Gdzie jest sprawa").click()
    steps = page.get_by_role("list", name="Etapy sprawy").get_by_role("listitem")
    expect(steps).to_have_text(
        [
            "Złożenie wniosku (za nami)",
            "Sprawdzenie (za nami)",
            "Uzupełnienie (za nami)",
            "Zgoda wydziału (za nami)",
            "Zgoda udzielona (teraz)",
        ]
    )
    expect(page.locator("ol").last.locator("> li")).to_contain_text(told)


def test_a_city_makes_its_own_procedure_and_changes_it_while_a_matter_runs(person, trip):
    office = person(ADMIN)
    build_the_form(office, trip)
    build_the_procedure(office, trip)
    simulate(office)
    publish(office, trip)
    head, clerk, chief = person(HEAD), person(CLERK), person(CHIEF)
    open_a_matter(head, trip)
    expect_waiting(head, trip)
    expect_waiting(chief, trip)
    expect_waiting(clerk, trip, "Sprawdź formalnie")
    take_up(clerk, trip, "Sprawdź formalnie")
    call_for_correction(clerk)
    expect_waiting(clerk, trip)
    expect_waiting(head, trip, "Popraw i złóż ponownie")
    take_up(head, trip, "Popraw i złóż ponownie")
    correct(head, trip)
    expect_waiting(head, trip)
    change_in_flight(office, trip)
    expect_waiting(clerk, trip, "Sprawdź formalnie")
    take_up(clerk, trip, "Sprawdź formalnie")
    deed(clerk, "Potwierdź kompletność")
    expect_waiting(clerk, trip)
    expect_waiting(chief, trip, "Zatwierdź albo zwróć")
    take_up(chief, trip, "Zatwierdź albo zwróć")
    matter = chief.url
    deed(chief, "Zatwierdź")
    expect_waiting(chief, trip)
    expect_waiting(head, trip)
    chief.goto(matter)
    expect_story(chief, trip, steps_of(trip))
    expect_settled_fit(chief)
    head.goto(matter)
    expect_story(head, trip, [*steps_of(trip)[:2], *steps_for_applicant(trip)])
