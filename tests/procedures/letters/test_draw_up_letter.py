"""A letter from its template: what stands in it, and what is no template."""

import os

import pytest

from audit.models import Entry
from documents import bounded
from files.errors import ReadingRefused
from opium.errors import Forbidden
from outbox import services as outbox
from outbox.models import Job
from procedures.errors import (
    LetterTemplateExists,
    TemplateAsksUnknown,
    TemplateMissing,
)
from procedures.models import LetterTemplate
from procedures.services import correspondence
from tests.factories.files import PDF, read, uploaded, uploaded_and_read
from tests.procedures.letters.lettering import rendered, template, text_of, word

pytestmark = pytest.mark.django_db


def test_a_letter_is_numbered_dated_and_drawn_up_as_docx_and_pdf(secretary, case):
    wanted = template(
        secretary, "{{ pismo.numer }} {{ jednostka.skrot }}: {{ wniosek.tytul }}, {{ miasto }}"
    )
    letter = correspondence.issue_letter(actor=secretary, case=case, template=wanted)
    assert (letter.number, letter.state) == (1, "waiting")
    assert Job.objects.filter(task="procedures.render_letter").count() == 1

    letter = rendered(letter)

    expected = f"1/{letter.year} SP nr 7: Teatr, North"
    assert letter.state == "ready"
    assert text_of(letter.docx) == expected
    assert text_of(letter.pdf) == expected
    assert Entry.objects.filter(target_id=str(case.pk), after__letter=str(letter)).exists()


def test_drawing_up_twice_makes_each_file_once(secretary, case):
    letter = correspondence.issue_letter(
        actor=secretary, case=case, template=template(secretary, "a")
    )
    first = rendered(letter).pdf_id
    assert rendered(letter).pdf_id == first


def test_a_letter_keeps_its_values_and_the_docx_it_was_made_from(secretary, case):
    wanted = template(secretary, "stary {{ sprawa.tytul }}")
    letter = correspondence.issue_letter(actor=secretary, case=case, template=wanted)
    newer = uploaded_and_read(secretary, "nowy.docx", word("nowy"), correspondence.NEWER, wanted.pk)
    correspondence.change_template(actor=secretary, template=wanted, file=newer.pk)
    case.title = "Inny tytuł"
    case.save()
    assert text_of(rendered(letter).docx) == f"stary {letter.values['sprawa']['tytul']}"
    assert letter.values["sprawa"]["tytul"] != "Inny tytuł"


def test_a_template_that_asks_for_the_unknown_is_refused_with_its_name(secretary):
    file = uploaded(secretary, "wzor.docx", word("{{ kwota_brutto }}"))
    reading = read(secretary, file, correspondence.NEW)
    assert (reading.state, reading.failure_code) == ("failed", TemplateAsksUnknown.code)
    with pytest.raises(ReadingRefused, match="„kwota_brutto”"):
        correspondence.add_template(actor=secretary, key="a", name="A", file=file.pk)
    assert not LetterTemplate.objects.exists()


def test_a_template_that_is_no_word_file_is_refused(secretary):
    file = uploaded_and_read(secretary, "wzor.pdf", PDF, correspondence.NEW)
    with pytest.raises(ReadingRefused, match=r"jako dokumentu Word \(.docx\)"):
        correspondence.add_template(actor=secretary, key="a", name="A", file=file.pk)


def test_no_request_opens_a_template(secretary, api, monkeypatch):
    monkeypatch.setattr(bounded, "_children", {})
    wanted = {"key": "a", "name": "A", "file": str(uploaded(secretary, "a.docx", word("a")).pk)}
    refused = api(secretary).post("/api/v1/procedures/letter-templates/", wanted)
    assert (refused.status_code, refused.json()["code"]) == (409, "file_not_read")
    assert bounded._children == {}  # nobody was started to open it


def test_a_template_is_read_only_for_whoever_keeps_the_letters(head):
    with pytest.raises(Forbidden):
        read(head, uploaded(head, "wzor.docx", word("a")), correspondence.NEW)


def test_a_key_is_taken_once(secretary):
    template(secretary, "a")
    with pytest.raises(LetterTemplateExists):
        template(secretary, "b")


def test_a_field_that_cannot_be_filled_makes_the_letter_fail_with_a_sentence(secretary, case):
    wanted = template(secretary, "{{ wniosek.nie_ma_takiego }}")
    letter = rendered(correspondence.issue_letter(actor=secretary, case=case, template=wanted))
    assert letter.state == "failed"
    assert letter.failure.startswith("W szablonie jest błąd: nieznane pole")

    content = word("{{ wniosek.tytul }}")
    mended = uploaded_and_read(secretary, "wzor.docx", content, correspondence.NEWER, wanted.pk)
    correspondence.change_template(actor=secretary, template=wanted, file=mended.pk)
    correspondence.render_again(actor=secretary, letter=letter)
    assert text_of(rendered(letter).docx) == "Teatr"


@pytest.fixture
def three_seconds(monkeypatch):
    """The child of this process, with three seconds where the platform gives twenty."""
    child = bounded.Child(bounded.Limits(seconds=3))
    monkeypatch.setitem(bounded._children, os.getpid(), child)
    yield
    child.stop()


@pytest.mark.usefixtures("three_seconds")
@pytest.mark.parametrize(
    "text",
    [
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{{ 'x'|center(2000000000) }}",
        "{% for a in x %}" * 8 + "y" + "{% endfor %}" * 8,
    ],
)
def test_a_template_that_takes_too_much_makes_the_letter_fail_and_the_next_one_is_made(
    secretary, case, text
):
    hostile = template(secretary, "{% set x = 'abcdefghijklmnopqrstuvwxyz' %}" + text)
    next_one = template(secretary, "{{ jednostka.skrot }}", key="dalej")

    letter = correspondence.issue_letter(actor=secretary, case=case, template=hostile)
    after = correspondence.issue_letter(actor=secretary, case=case, template=next_one)
    for job in Job.objects.filter(task="procedures.render_letter").order_by("created_at"):
        assert outbox.run_job(str(job.pk))

    letter.refresh_from_db()
    after.refresh_from_db()
    assert letter.state == "failed"
    assert letter.failure.startswith("Przygotowanie tego dokumentu wymaga więcej niż 3 s pracy")
    assert after.state == "ready"


def test_an_archived_template_makes_no_letters(secretary, case):
    wanted = template(secretary, "a")
    correspondence.change_template(actor=secretary, template=wanted, is_archived=True)
    with pytest.raises(TemplateMissing):
        correspondence.issue_letter(actor=secretary, case=case, template=wanted)
