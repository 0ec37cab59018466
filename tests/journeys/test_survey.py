"""The main job in a real browser: a clerk asks, units answer, the answers become one workbook."""

import io
import re
import zipfile

import openpyxl
from django.utils import timezone
from playwright.sync_api import Page, expect

from provisioning.demo.workbooks import HEADER, TEMPLATE_NAME, answer, template
from tests.journeys.people import expect_settled_fit

CLERK = "referent@example.org"
SUBJECT = "Wyposażenie pracowni"
ENTERED = "Wpisane w imieniu SP 4, na podstawie: pismo z dnia"
UNITS = ("SP 1", "SP 2", "SP 3", "SP 4")


def head_of(unit: str) -> str:
    return f"dyrektor.{unit.lower().replace(' ', '')}@example.org"


def file(name: str, content: bytes) -> dict:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def compose(clerk: Page) -> None:
    clerk.get_by_role("link", name="Nowa wiadomość").first.click()
    for unit in UNITS:
        clerk.get_by_role("combobox", name="Dodaj adresatów").fill(unit)
        clerk.get_by_role("option", name=re.compile(f"^{unit}, ")).click()
    expect(clerk.get_by_text("Razem: 4 szkoły podstawowe")).to_be_visible()
    clerk.get_by_role("textbox", name="Temat").fill(SUBJECT)
    clerk.get_by_role("textbox", name="Treść").fill("Proszę wypełnić arkusz.")
    clerk.locator("input[type=file]").first.set_input_files(file(TEMPLATE_NAME, template()))
    clerk.get_by_role("switch", name="Wypełniony arkusz").check(force=True)
    clerk.get_by_role("button", name="Dalej: sprawdź i wyślij").click()
    dialog = clerk.get_by_role("dialog")
    expect(dialog).to_contain_text("4 szkół podstawowych")
    dialog.get_by_role("button", name="Wyślij").dblclick()
    expect(clerk.get_by_role("heading", level=1, name=SUBJECT)).to_be_visible()


def open_the_survey(page: Page) -> None:
    page.get_by_role("link", name=SUBJECT).first.click()
    expect(page.get_by_role("heading", level=1, name=SUBJECT)).to_be_visible()


def give(page: Page, name: str, content: bytes) -> None:
    page.locator("input[type=file]").first.set_input_files(file(name, content))


def send_answer(page: Page) -> None:
    page.get_by_role("button", name="Wyślij odpowiedź").click()
    expect(page.get_by_text("Odpowiedź wysłana").first).to_be_visible()


def downloaded(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).first.click()
    return waiting.value.path().read_bytes()


def enter_from_paper(clerk: Page) -> None:
    """What SP 4 wrote on paper: by the clerk, with its ground, told as such to everybody."""
    clerk.get_by_role("button", name="Wpisz odpowiedź z papieru: SP 4").click()
    dialog = clerk.get_by_role("dialog", name="Odpowiedź w imieniu SP 4")
    dialog.get_by_label("Z dnia").fill(f"{timezone.localdate():%d.%m.%Y}")
    dialog.get_by_label("Znak pisma").fill("znak SP4.021.3")
    dialog.get_by_label("Co odpowiedziała jednostka").fill("Nie potrzebujemy wyposażenia.")
    expect_settled_fit(clerk)
    dialog.get_by_role("button", name="Wpisz odpowiedź").click()
    expect(clerk.get_by_text("Wpisano odpowiedź w imieniu SP 4.")).to_be_visible()
    row = clerk.get_by_role("row").filter(has_text="SP 4")
    expect(row).to_contain_text(ENTERED)
    expect(clerk.get_by_text("otwarto u 3, odpowiedziało 4")).to_be_visible()
    expect_settled_fit(clerk)


def see_what_was_entered(head: Page) -> None:
    """The unit is told under the bell, and may answer itself."""
    head.get_by_role("button", name=re.compile("^Powiadomienia")).click()
    head.get_by_role(
        "button", name=re.compile(f"^Wpisano odpowiedź w imieniu SP 4: {SUBJECT}")
    ).click()
    panel = head.get_by_role("region", name="Odpowiedź wpisał wydział")
    expect(panel).to_contain_text(ENTERED)
    expect(panel.get_by_role("button", name="Odpowiedz samodzielnie")).to_be_visible()
    expect_settled_fit(head)


def test_a_survey_is_sent_answered_saved_and_merged(person):
    clerk = person(CLERK)
    compose(clerk)
    expect(clerk.get_by_text("Doręczono wszystkim (4 adresatów)")).to_be_visible()

    filled = {unit: answer(number) for number, unit in enumerate(UNITS[:3])}
    for unit in UNITS[:2]:
        head = person(head_of(unit))
        open_the_survey(head)
        give(head, filled[unit].file_name, filled[unit].content)
        send_answer(head)

    third = person(head_of("SP 3"), width=320)
    open_the_survey(third)
    give(third, "ucięty.xlsx", filled["SP 3"].content[:3000])
    expect(third.get_by_text("jest uszkodzony albo zapisany tylko w części")).to_be_visible()
    third.get_by_role("button", name="Usuń ucięty.xlsx").click()
    give(third, filled["SP 3"].file_name, filled["SP 3"].content)
    send_answer(third)

    clerk.reload()
    expect(clerk.get_by_text("otwarto u 3, odpowiedziało 3")).to_be_visible()
    rows = clerk.get_by_role("table").get_by_role("row")
    expect(rows.filter(has_text="SP 4")).to_contain_text("nie")

    enter_from_paper(clerk)
    see_what_was_entered(person(head_of("SP 4")))

    archive = zipfile.ZipFile(io.BytesIO(downloaded(clerk, "Zapisz wszystko (ZIP)")))
    assert sorted(archive.namelist()) == sorted(
        [
            "index.xlsx",
            *(f"{unit} - {SUBJECT} - {one.file_name}" for unit, one in filled.items()),
        ]
    )
    for unit, one in filled.items():
        assert archive.read(f"{unit} - {SUBJECT} - {one.file_name}") == one.content

    clerk.get_by_role("link", name="Scal arkusze").click()
    clerk.get_by_role("button", name="Scal 3 arkusze").click()
    merged = openpyxl.load_workbook(io.BytesIO(downloaded(clerk, "Pobierz")))
    remarks = [(row[0], row[5]) for row in merged["Uwagi"].iter_rows(values_only=True)]
    assert ("SP 4", "Odpowiedź bez arkusza") in remarks
    rows = list(merged.worksheets[0].iter_rows(values_only=True))
    assert rows[0] == ("Jednostka", "RSPO", "Plik", "Wiersz", *HEADER)
    got = [(row[0], row[1], row[2], *row[4:]) for row in rows[1:]]
    expected = [
        (
            unit, str(900_001 + number), one.file_name, position, line.goods, line.room, line.count,
            float(line.price), float(line.value), line.needed_on, line.remark or None,
        )
        for number, (unit, one) in enumerate(filled.items())
        for position, line in enumerate(one.lines, start=1)
    ]  # fmt: skip
    assert [(*row[:9], row[9].date(), row[10]) for row in got] == expected
