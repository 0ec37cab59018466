from uuid import uuid4

import pytest

from forms import selectors, services
from forms.errors import FormArchived, FormNotPublished
from forms.models import Sheet
from forms.services import entrusted
from opium.permissions import SYSTEM
from tests.factories.accounts import PersonFactory
from tests.factories.directory import MembershipFactory, RegisterEntryFactory, UnitFactory
from tests.factories.forms import (
    AMOUNT,
    OWNER,
    TITLE,
    document,
    published,
    question,
    redrafted,
    sheet_of,
    submitted_of,
)

pytestmark = pytest.mark.django_db


def test_a_sheet_begins_with_the_units_facts(head, unit):
    RegisterEntryFactory(unit=unit, rspo="12345", is_main=True)
    person = PersonFactory(first_name="Maria", last_name="Wójcik")
    MembershipFactory(unit=unit, person=person, position="Dyrektor szkoły")
    form = published(
        question("skrot", prefill="unit.short_name"),
        question("numer", prefill="unit.rspo"),
        question("nr_nip", "nip", prefill="unit.nip"),
    )

    sheet = sheet_of(form, unit=unit)

    assert sheet.answers == {"skrot": "SP nr 7", "numer": "12345"}


def test_an_unknown_unit_prefills_nothing(head):
    form = published(question("skrot", prefill="unit.short_name"))

    assert (
        entrusted.add_sheet(
            actor=SYSTEM,
            form=form,
            owner_kind=OWNER,
            owner_id=uuid4(),
            purpose="application",
            unit_id=uuid4(),
        ).answers
        == {}
    )


def test_a_sheet_begins_with_what_the_unit_submitted_last_as_this_revision_asks_it(head, unit):
    previous = {"prefill": "previous"}
    form = published({**TITLE, **previous}, {**AMOUNT, **previous})
    submitted_of(form, {"tytul": "Stary", "kwota": "1"}, unit)
    submitted_of(form, {"tytul": "Łąka", "kwota": "2"}, unit)
    submitted_of(form, {"tytul": "Cudzy"}, UnitFactory())
    sheet_of(form, {"tytul": "Szkic"}, unit)
    form = redrafted(form, {**TITLE, **previous}, question("kwota", "short_text", **previous))
    services.publish_form(actor=SYSTEM, form=form)

    assert sheet_of(form, unit=unit).answers == {"tytul": "Łąka", "kwota": "2,00\u00a0zł"}


@pytest.mark.parametrize("kind", ["file", "statement"])
def test_no_form_takes_files_or_statements_from_the_previous_sheet(kind):
    draft = document(question("pole", kind, prefill="previous"))

    assert "sections/0/questions/0/prefill" in [one.path for one in selectors.problems_of(draft)]


def test_a_link_fills_the_questions_that_take_it_and_no_others(head):
    form = published(question("rok", "number", prefill="link"), TITLE)

    sheet = sheet_of(form, link={"rok": "2026", "tytul": "podrzucony", "obce": "x"})

    assert sheet.answers == {"rok": "2026"}


def test_asked_again_it_gives_the_same_sheet(head):
    form, owner = published(), uuid4()

    first = sheet_of(form, {"tytul": "Łąka"}, owner_id=owner)
    second = sheet_of(form, owner_id=owner)

    assert (first.pk, Sheet.objects.count()) == (second.pk, 1)


def test_a_sheet_is_given_on_the_newest_revision_or_on_the_one_asked_for(head):
    form = published(TITLE)
    old = form.revisions.get()
    services.publish_form(actor=SYSTEM, form=redrafted(form, TITLE, AMOUNT))

    assert sheet_of(form).revision.number == 2
    assert sheet_of(old).revision.number == 1


def test_nobody_is_asked_what_was_never_published_or_is_in_the_archive(head):
    with pytest.raises(FormNotPublished):
        sheet_of(services.add_form(actor=SYSTEM, name="Nowy"))
    with pytest.raises(FormArchived):
        sheet_of(services.archive_form(actor=SYSTEM, form=published()))


def test_what_is_required_is_counted_from_the_beginning(head, unit):
    form = published(question("skrot", prefill="unit.short_name", required=True), TITLE)

    sheet = sheet_of(form, unit=unit)

    assert (sheet.answered, sheet.required, sheet.is_complete) == (1, 2, False)
