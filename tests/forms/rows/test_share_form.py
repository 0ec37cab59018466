import io
import json

import openpyxl
import pytest

from audit.models import Entry
from forms import selectors, services
from forms.errors import FormFileUnknown, FormUnreadable, UnknownRevision
from forms.models import Form
from forms.services import uploads
from forms.services.uploads import FORM
from opium.errors import Forbidden
from opium.permissions import SYSTEM, MissingPermission
from tests.factories.accounts import PersonFactory
from tests.factories.files import read, uploaded
from tests.factories.forms import AMOUNT, BUDGET, TITLE, document, published, question, redrafted
from tests.factories.forms import author as make_author

pytestmark = pytest.mark.django_db


def bring(actor, content, name="formularz.json"):
    if not isinstance(content, bytes):
        content = json.dumps(content).encode()
    file = uploaded(actor, name, content)
    read(actor, file, FORM)
    return services.import_form(actor=actor, file_id=file.pk)


def test_a_form_taken_out_as_json_comes_in_the_same_in_another_city(author, in_south):
    form = published(TITLE, AMOUNT, BUDGET)
    content = services.export_form(actor=author, form=form)

    with in_south():
        brought = bring(make_author(), content)

        assert (brought.name, brought.draft) == ("Wniosek o grant", form.draft)
        assert Form.objects.count() == 1


def test_taking_a_form_out_bringing_it_in_and_copying_it_are_three_deeds(author):
    form = published(TITLE)
    brought = bring(author, services.export_form(actor=author, form=form))
    copy = services.copy_form(actor=author, form=form)

    taken = Entry.objects.get(deed="forms.export_form")
    assert (taken.actor_id, taken.target_id, taken.after) == (
        author.pk,
        str(form.pk),
        {"as": "json", "revision": None},
    )
    for made, deed in ((brought, "forms.import_form"), (copy, "forms.copy_form")):
        told = Entry.objects.filter(target_id=str(made.pk)).order_by("pk")
        assert [one.deed for one in told] == ["forms.add_form", deed]


@pytest.mark.parametrize("revision", [None, 1])
def test_a_form_taken_out_as_a_workbook_asks_the_same_when_it_comes_back(author, revision):
    form = published(TITLE, AMOUNT, BUDGET)
    content = services.export_form(actor=author, form=form, as_="xlsx", revision=revision)

    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
    brought = bring(author, content, "formularz.xlsx")

    assert len(rows) >= 4
    assert selectors.problems_of(brought.draft) == []
    assert [one.key for one in selectors.readable(brought.draft).questions()] == [
        *("tytul", "kwota", "budzet")
    ]


def test_a_bare_definition_document_is_a_form_too(author):
    brought = bring(author, document(TITLE))

    assert (brought.name, brought.draft_version) == ("Wniosek o grant", 1)


def test_a_revision_that_is_not_the_draft_can_be_taken_out(author):
    form = redrafted(published(TITLE), TITLE, AMOUNT)

    content = services.export_form(actor=author, form=form, revision=1)

    assert json.loads(content)["definition"] == document(TITLE)
    with pytest.raises(UnknownRevision):
        services.export_form(actor=author, form=form, revision=7)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"{", FormFileUnknown.code),
        (b"[1]", FormFileUnknown.code),
        (b'{"definition": 5}', FormFileUnknown.code),
        (b'{"sections": "x"}', FormUnreadable.code),
        (b'{"title": "a\\u0000"}', FormUnreadable.code),
        (b"[" * 5000, FormFileUnknown.code),
    ],
)
def test_a_file_that_holds_no_form_is_refused_with_a_sentence(author, content, refusal):
    reading = read(author, uploaded(author, "formularz.json", content), FORM)

    assert (reading.state, reading.failure_code) == ("failed", refusal)
    assert reading.failure.endswith(".")
    assert Form.objects.count() == 0


def test_a_form_that_cannot_be_published_yet_comes_in_with_its_problems(author):
    brought = bring(author, document(question("razem", "money", compute="nieznane + 1")))

    [problem] = selectors.problems_of(brought.draft)
    assert problem.path == "sections/0/questions/0/compute"


def test_who_makes_no_forms_brings_none_and_takes_none(author):
    actor = PersonFactory()

    with pytest.raises(MissingPermission):
        bring(actor, document(TITLE))
    with pytest.raises(Forbidden):
        services.export_form(actor=actor, form=published())
    assert services.export_form(actor=SYSTEM, form=published()) != b""


@pytest.mark.parametrize(("rows", "failure"), [(3, ""), (4, "form_unreadable")])
def test_a_form_takes_so_many_rows_and_says_the_limit_to_one_more(
    author, monkeypatch, rows, failure
):
    monkeypatch.setattr(uploads, "MOST_OF_FORM", 3)
    book = openpyxl.Workbook()
    for row in [["Sekcja", "Pytanie", "Rodzaj"], *[["A", "Ile?", "krótki tekst"]] * (rows - 1)]:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)

    reading = read(author, uploaded(author, "f.xlsx", content.getvalue()), FORM)

    assert reading.failure_code == failure
    told = "".join(one["detail"] for one in reading.faults)
    assert told == (
        "Arkusz ma więcej niż 3 wierszy; formularz tyle nie zmieści. "
        "Podziel go na mniejsze formularze."
        if failure
        else ""
    )


def test_a_city_without_forms_has_a_pattern_that_comes_in_ready_to_be_published(author):
    brought = bring(author, services.form_pattern(actor=author), "wzór.xlsx")

    assert selectors.problems_of(brought.draft) == []
    assert brought.draft["title"] == "Wniosek na wzór"
    kinds = [one["type"] for part in brought.draft["sections"] for one in part["questions"]]
    assert kinds == [
        *("short_text", "single_choice", "short_text", "date"),
        *("table", "money", "statement"),
    ]


def test_the_pattern_is_for_those_who_make_forms():
    with pytest.raises(MissingPermission):
        services.form_pattern(actor=PersonFactory())
