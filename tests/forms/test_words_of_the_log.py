"""The log tells of questions and sections by their words, never by their keys."""

import pytest

from audit.models import Entry
from forms.services import entrusted
from opium.permissions import SYSTEM
from tests.factories.directory import UnitFactory
from tests.factories.forms import (
    AMOUNT,
    TITLE,
    published,
    question,
    section,
    sheet_of,
    submitted_of,
)

pytestmark = pytest.mark.django_db


def newest(deed):
    return Entry.objects.filter(deed=deed).order_by("pk").last().after


def test_what_was_filled_in_before_is_told_by_the_words_of_the_questions():
    asked = question("szkola_skrot", label="Skrót szkoły", prefill="unit.short_name")

    sheet_of(published(asked), unit=UnitFactory(short_name="SP 7"))

    assert newest("forms.add_sheet")["prefilled"] == ["Skrót szkoły"]


def test_what_is_to_be_corrected_is_told_by_the_titles_of_its_sections():
    form = published(
        sections=[section("dane", TITLE), section("koszty", AMOUNT, title="Koszty zadania")]
    )
    sheet = submitted_of(form, {"tytul": "Łąka", "kwota": "1"})

    entrusted.reopen_sheet(actor=SYSTEM, sheet=sheet, sections=["koszty"], sentence="Za mało.")

    assert newest("forms.reopen_sheet")["sections"] == ["Koszty zadania"]
