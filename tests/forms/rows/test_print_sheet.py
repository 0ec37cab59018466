from io import BytesIO

import pypdf
import pytest

from audit.models import Entry
from files import services as files
from forms import services
from forms.errors import UnknownSheetVersion
from opium.errors import NotFound
from outbox import services as outbox
from outbox.models import Job
from tests.factories.accounts import PersonFactory
from tests.factories.forms import BUDGET, TITLE, fresh, guarded, published, question, sheet_of

pytestmark = pytest.mark.django_db
ROWS = [{"id": "1", "pozycja": "Farby", "koszt": "10.50"}]


def drawn(making) -> bytes:
    """The PDF, once the background has drawn it."""
    files.run_making(making_id=making.pk)
    making.refresh_from_db()
    assert (making.state, making.failure, making.told) == ("done", "", {})
    return b"".join(files.read_chunks(making.file))


def text_of(pdf: bytes) -> str:
    """The words of the page, as a reader of screens finds them."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)


@pytest.fixture
def sheet(head, unit):
    form = published(
        TITLE,
        question("opis", "long_text"),
        BUDGET,
        question("powod", show='tytul = "Las"'),
        question("zgoda", "statement", options={"wording": "Oświadczam prawdę."}),
        question("naglowek", "heading", label="Na koniec"),
    )
    answers = {
        "tytul": "Łąka kwietna",
        "opis": "Zasiejemy *łąkę*.",
        "budzet": ROWS,
        "powod": "ukryty powód",
        "zgoda": {"accepted": True},
    }
    return sheet_of(form, answers, unit)


def test_a_submitted_sheet_is_printed_as_a_tagged_pdf(head, sheet):
    services.submit_sheet(actor=head, sheet=sheet)

    pdf = drawn(services.print_sheet(actor=head, sheet=fresh(sheet)))

    assert pdf.startswith(b"%PDF-")
    assert b"pdfuaid:part" in pdf
    entry = Entry.objects.filter(target_id=str(sheet.pk)).latest("id")
    assert (entry.deed, entry.after) == (
        "forms.print_sheet",
        {"export": "print", "version": 1},
    )


def test_the_page_says_what_was_answered_and_not_what_was_hidden(head, sheet):
    services.submit_sheet(actor=head, sheet=sheet)

    words = text_of(drawn(services.print_sheet(actor=head, sheet=fresh(sheet))))

    for said in ("Łąka kwietna", "Farby", "Oświadczam prawdę.", "Jan Nowak", "Na koniec", "10,50"):
        assert said in words
    assert "ukryty" not in words


def test_a_draft_says_that_it_is_one(head, sheet):
    words = text_of(drawn(services.print_sheet(actor=head, sheet=sheet)))

    assert "nie złożono" in words


def test_a_version_that_is_not_there_and_a_strangers_print_are_refused(head, sheet):
    with pytest.raises(UnknownSheetVersion):
        services.print_sheet(actor=head, sheet=sheet, number=3)
    with pytest.raises(NotFound):
        services.print_sheet(actor=PersonFactory(), sheet=sheet)


def test_the_print_is_asked_for_and_comes_from_the_background(head, sheet, api):
    browser, address = api(head), f"/api/v1/forms/sheets/{sheet.pk}/print/"

    begun = browser.post(address, {})

    assert (begun.status_code, list(begun.json())) == (202, ["id"])
    where = f"/api/v1/files/makings/{begun.json()['id']}/"
    assert browser.get(where).json() | {"name": ""} == {
        "id": begun.json()["id"],
        "name": "",
        "state": "waiting",
        "failure": "",
        "lines": [],
        "has_file": False,
    }
    assert browser.get(f"{where}download/").json()["code"] == "not_made_yet"
    assert outbox.run_job(str(Job.objects.get(task="files.make").pk))
    assert browser.get(where).json()["has_file"] is True
    given = browser.get(f"{where}download/", follow=True)
    assert given["Content-Type"] == "application/pdf"
    assert "inline" in given["Content-Disposition"]
    assert "nie złożono" in text_of(b"".join(given.streaming_content))
    assert Entry.objects.filter(deed="files.download_making").count() == 1


def test_a_print_is_shown_to_whoever_asked_and_only_while_they_see_the_sheet(head, sheet, api):
    making = services.print_sheet(actor=head, sheet=sheet)
    drawn(making)
    address = f"/api/v1/files/makings/{making.pk}/"
    browser, colleague = api(head), PersonFactory()
    with guarded(head, colleague):
        for asked in (address, f"{address}download/"):
            assert api(colleague).get(asked).status_code == 404
            assert browser.get(asked).status_code < 400
        with pytest.raises(NotFound):
            files.download_making(actor=colleague, making=making)

    with guarded(colleague):
        for asked in (address, f"{address}download/"):
            assert browser.get(asked).status_code == 404
