import pytest
from django.utils import timezone

from accounts import services as accounts
from accounts.selectors import standing_in
from forms import selectors, services
from forms.errors import (
    SheetAlreadyOpen,
    SheetClosed,
    SheetIncomplete,
    UnknownSections,
    UnknownSheetVersion,
)
from forms.models import SheetVersion, UnitTableRow
from forms.services import entrusted
from opium.errors import NotFound
from opium.permissions import SYSTEM
from tests.factories.accounts import PersonFactory
from tests.factories.forms import (
    AMOUNT,
    TITLE,
    fresh,
    published,
    question,
    section,
    sheet_of,
    submitted_of,
)

pytestmark = pytest.mark.django_db


def test_what_is_submitted_is_what_is_visible_and_computed(head):
    form = published(
        AMOUNT,
        question("polowa", "money", compute="kwota / 2"),
        question("powod", show="kwota > 100"),
        question("zgoda", "statement", options={"wording": "Prawda o {kwota} zł."}),
    )
    answers = {"kwota": "90", "powod": "ukryty", "zgoda": {"accepted": True}}
    sheet = sheet_of(form, answers)

    version = services.submit_sheet(actor=head, sheet=sheet)

    assert version.number == 1
    assert version.submitted_by == head
    assert version.answers["polowa"] == "45.00"
    assert "powod" not in version.answers
    assert version.answers["zgoda"]["wording"].startswith("Prawda o 90")
    assert fresh(sheet).answers["powod"] == "ukryty"
    assert (fresh(sheet).state, fresh(sheet).version) == ("submitted", 1)


def test_every_mistake_is_named_in_the_order_of_the_form(head):
    sheet = sheet_of(published(AMOUNT, TITLE), {"kwota": "dużo"})

    with pytest.raises(SheetIncomplete) as refused:
        services.submit_sheet(actor=head, sheet=sheet)

    assert [error.field for error in refused.value.errors] == ["kwota", "tytul"]
    assert SheetVersion.objects.count() == 0


def test_rules_that_take_too_many_steps_keep_what_was_typed_and_hinder_sending(head, settings):
    half = question("polowa", "money", compute="kwota / 2")
    form = published(AMOUNT, half)
    sheet = sheet_of(form, {"kwota": "90"})
    settings.FORM_STEPS = 2

    saved = services.save_answers(
        actor=head, sheet=sheet, changes={"kwota": "91"}, draft_version=fresh(sheet).draft_version
    )
    with pytest.raises(SheetIncomplete) as refused:
        services.submit_sheet(actor=head, sheet=sheet)

    assert fresh(sheet).answers["kwota"] == "91"
    assert saved.projection.questions["polowa"].value is None
    [error] = refused.value.errors
    assert (error.field, error.detail[:34]) == ("", "Reguły wymagają tu więcej niż 2 kr")
    assert SheetVersion.objects.count() == 0
    settings.FORM_STEPS = 3
    assert services.submit_sheet(actor=head, sheet=sheet).answers["polowa"] == "45.50"


def test_a_submitted_sheet_cannot_be_submitted_again(head):
    sheet = submitted_of(published(), {"tytul": "Łąka"})

    with pytest.raises(SheetClosed):
        services.submit_sheet(actor=head, sheet=sheet)


def test_a_correction_goes_on_in_the_same_draft_and_makes_the_next_version(head):
    form = published(sections=[section("dane", TITLE), section("koszty", AMOUNT)])
    sheet = submitted_of(form, {"tytul": "Łąka", "kwota": "1"})

    entrusted.reopen_sheet(
        actor=SYSTEM, sheet=sheet, sections=["koszty"], sentence=" Kwota za mała. "
    )
    asked = fresh(sheet)
    assert (asked.state, asked.asks_correction["sections"]) == ("draft", ["koszty"])
    assert asked.asks_correction["sentence"] == "Kwota za mała."
    services.save_answers(
        actor=head, sheet=asked, changes={"kwota": "2"}, draft_version=asked.draft_version
    )
    services.submit_sheet(actor=head, sheet=fresh(sheet))

    assert [one.answers["kwota"] for one in SheetVersion.objects.order_by("number")] == [
        "1.00",
        "2.00",
    ]
    assert fresh(sheet).asks_correction is None
    assert selectors.submitted_answers(fresh(sheet))["tytul"] == "Łąka"


def test_a_draft_is_not_opened_for_correction_and_unknown_sections_are_refused(head):
    form = published()

    with pytest.raises(SheetAlreadyOpen):
        entrusted.reopen_sheet(actor=SYSTEM, sheet=sheet_of(form))
    with pytest.raises(UnknownSections):
        entrusted.reopen_sheet(
            actor=SYSTEM, sheet=submitted_of(form, {"tytul": "Ł"}), sections=["nie_ma"]
        )


def test_a_withdrawn_sheet_is_closed_and_can_be_opened_again(head):
    sheet = sheet_of(published(), {"tytul": "Łąka"})

    for _ in range(2):
        entrusted.withdraw_sheet(actor=SYSTEM, sheet=sheet)
    with pytest.raises(SheetClosed):
        services.submit_sheet(actor=head, sheet=fresh(sheet))

    entrusted.reopen_sheet(actor=SYSTEM, sheet=sheet)
    assert services.submit_sheet(actor=head, sheet=fresh(sheet)).number == 1


def test_a_stranger_submits_nothing(head):
    with pytest.raises(NotFound):
        services.submit_sheet(actor=PersonFactory(), sheet=sheet_of(published()))


def test_the_version_says_in_whose_place_it_was_submitted(head):
    absent = PersonFactory(first_name="Ola", last_name="Kot")
    today = timezone.localdate()
    accounts.appoint_substitute(
        actor=SYSTEM, person=absent, substitute=head, starts_on=today, ends_on=today
    )
    stand_in = standing_in(head, in_place_of=absent)

    version = services.submit_sheet(actor=stand_in, sheet=sheet_of(published(), {"tytul": "Łąka"}))

    assert (version.submitted_by, version.in_place_of) == (head, absent)


def test_differences_between_versions_say_who_changed_what_and_when(head):
    form = published(TITLE, AMOUNT)
    sheet = submitted_of(form, {"tytul": "Łąka", "kwota": "1"})
    entrusted.reopen_sheet(actor=SYSTEM, sheet=sheet)
    sheet = fresh(sheet)
    services.save_answers(
        actor=head, sheet=sheet, changes={"tytul": "Las"}, draft_version=sheet.draft_version
    )

    [draft] = services.compare_versions(actor=head, sheet=fresh(sheet), older=1)
    services.submit_sheet(actor=head, sheet=fresh(sheet))
    [change] = services.compare_versions(actor=head, sheet=fresh(sheet), older=1, newer=2)

    assert (change.path, change.before, change.after) == ("tytul", "Łąka", "Las")
    assert (change.by, change.at is not None) == ("Jan Nowak", True)
    assert draft == change


def test_a_correction_that_is_taken_back_leaves_the_newest_version_as_it_was(head):
    form = published(TITLE, AMOUNT, question("polowa", "money", compute="kwota / 2"))
    sheet = submitted_of(form, {"tytul": "Łąka", "kwota": "2"})
    entrusted.reopen_sheet(actor=SYSTEM, sheet=sheet, sections=["dane"], sentence="Popraw.")
    sheet = fresh(sheet)
    services.save_answers(
        actor=head, sheet=sheet, changes={"tytul": "Las"}, draft_version=sheet.draft_version
    )

    entrusted.take_back_correction(actor=SYSTEM, sheet=sheet)

    after = fresh(sheet)
    assert (after.state, after.version, after.asks_correction) == ("submitted", 1, None)
    assert after.answers == {"tytul": "Łąka", "kwota": "2.00"}
    assert (after.answered, after.required, after.is_complete) == (1, 1, True)
    with pytest.raises(SheetClosed):
        entrusted.take_back_correction(actor=SYSTEM, sheet=after)
    with pytest.raises(UnknownSheetVersion):
        entrusted.take_back_correction(actor=SYSTEM, sheet=sheet_of(form))


def test_a_computed_value_stays_as_submitted_when_its_table_changes(head, unit):
    table = services.add_table(
        actor=SYSTEM,
        key="stawki",
        name="Stawki",
        columns=[services.TableColumn("stawka", "Stawka", "money")],
    )
    row = UnitTableRow.objects.create(table=table, unit_id=unit.pk, values={"stawka": "10.00"})
    stawka = 'z_tabeli("stawki", "stawka")'
    ile = {"key": "sztuk", "type": "number", "label": "Sztuk"}
    koszt = {"key": "koszt", "type": "money", "label": "Koszt", "compute": f"sztuk * {stawka}"}
    form = published(
        question("limit", "money", compute=stawka),
        question("lista", "table", options={"columns": [ile, koszt], "sums": ["koszt"]}),
    )
    sheet = submitted_of(form, {"lista": [{"id": "a", "sztuk": "2"}]}, unit)
    row.values = {"stawka": "99.00"}
    row.save()

    shown = selectors.project_version(selectors.version_of(sheet, 1)).questions

    assert shown["limit"].value == "10.00"
    assert shown["lista"].rows[0].cells["koszt"].value == "20.00"
    assert shown["lista"].sums == {"koszt": "20.00"}
    now = selectors.project_sheet(sheet).questions
    assert (now["limit"].value, now["lista"].sums) == ("10.00", {"koszt": "20.00"})
