from io import BytesIO

import pypdf
import pytest

from audit.models import Entry
from forms import services
from forms.errors import UnknownSheetVersion
from opium.errors import NotFound
from tests.factories.accounts import PersonFactory
from tests.factories.forms import BUDGET, TITLE, fresh, published, question, sheet_of

pytestmark = pytest.mark.django_db
ROWS = [{"id": "1", "pozycja": "Farby", "koszt": "10.50"}]


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

    pdf = services.print_sheet(actor=head, sheet=fresh(sheet))

    assert pdf.startswith(b"%PDF-")
    assert b"pdfuaid:part" in pdf
    entry = Entry.objects.filter(target_id=str(sheet.pk)).latest("id")
    assert (entry.deed, entry.after) == (
        "forms.print_sheet",
        {"export": "print", "version": 1},
    )


def test_the_page_says_what_was_answered_and_not_what_was_hidden(head, sheet):
    services.submit_sheet(actor=head, sheet=sheet)

    words = text_of(services.print_sheet(actor=head, sheet=fresh(sheet)))

    for said in ("Łąka kwietna", "Farby", "Oświadczam prawdę.", "Jan Nowak", "Na koniec", "10,50"):
        assert said in words
    assert "ukryty" not in words


def test_a_draft_says_that_it_is_one(head, sheet):
    words = text_of(services.print_sheet(actor=head, sheet=sheet))

    assert "nie złożono" in words


def test_a_version_that_is_not_there_and_a_strangers_print_are_refused(head, sheet):
    with pytest.raises(UnknownSheetVersion):
        services.print_sheet(actor=head, sheet=sheet, number=3)
    with pytest.raises(NotFound):
        services.print_sheet(actor=PersonFactory(), sheet=sheet)
