from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from audit.models import Entry
from files.models import File
from forms import services
from forms.errors import AnswersRefused, SheetChangedMeanwhile, SheetClosed
from forms.models import Sheet, SheetFile
from forms.services import entrusted
from opium.errors import DomainError, NotFound
from opium.permissions import SYSTEM, MissingPermission
from tests.factories.accounts import PersonFactory
from tests.factories.files import uploaded
from tests.factories.forms import (
    AMOUNT,
    BUDGET,
    TITLE,
    fresh,
    guarded,
    published,
    question,
    section,
    sheet_of,
    submitted_of,
)

pytestmark = pytest.mark.django_db
FILE = question("plan", "file")


def save(actor, sheet, version=None, **changes):
    return services.save_answers(
        actor=actor,
        sheet=sheet,
        changes=changes,
        draft_version=sheet.draft_version if version is None else version,
    )


def test_an_autosave_writes_the_given_answers_and_leaves_the_others(head):
    sheet = sheet_of(published(), {"tytul": "Łąka"})

    saved = save(head, sheet, kwota="1200.50")

    assert fresh(sheet).answers == {"tytul": "Łąka", "kwota": "1200.50"}
    assert saved.sheet.draft_version == sheet.draft_version + 1
    assert saved.projection.is_complete
    assert fresh(sheet).is_complete


def test_an_autosave_says_what_is_visible_computed_and_wrong(head):
    form = published(
        AMOUNT,
        question("polowa", "money", compute="kwota / 2"),
        question("powod", show="kwota > 100"),
    )

    saved = save(head, sheet_of(form), kwota="90")
    assert saved.projection.questions["polowa"].value == "45.00"
    assert saved.projection.questions["powod"].is_visible is False

    saved = save(head, fresh(saved.sheet), kwota="dużo")
    assert saved.projection.questions["kwota"].errors != []
    assert fresh(saved.sheet).answers["kwota"] == "dużo"


def test_an_answer_that_somebody_else_gave_meanwhile_is_not_overwritten(head):
    sheet = sheet_of(published())
    other = PersonFactory(first_name="Ola", last_name="Kot")
    with guarded(head, other):
        save(other, sheet, tytul="Las")

        with pytest.raises(SheetChangedMeanwhile) as refused:
            save(head, sheet, tytul="Łąka")
        save(head, sheet, kwota="1")

    [error] = refused.value.errors
    assert error.field == "tytul"
    assert error.detail.startswith("Ola Kot zmienił(a) odpowiedź na „Tytul”")
    assert fresh(sheet).answers == {"tytul": "Las", "kwota": "1"}


def test_an_answer_of_ones_own_from_another_tab_is_not_overwritten(head):
    sheet = sheet_of(published())
    save(head, sheet, tytul="Las")

    with pytest.raises(SheetChangedMeanwhile) as refused:
        save(head, sheet, tytul="Łąka")

    [error] = refused.value.errors
    assert error.detail.startswith("Zmieniono w innej karcie odpowiedź na „Tytul” (")
    assert fresh(sheet).answers == {"tytul": "Las"}


def test_the_same_answer_of_two_is_no_conflict(head):
    sheet = sheet_of(published())
    save(head, sheet, tytul="Łąka")
    other = PersonFactory()
    with guarded(head, other):
        save(other, sheet, tytul="Łąka")

    assert fresh(sheet).answers == {"tytul": "Łąka"}
    assert fresh(sheet).touched["tytul"]["name"] == "Jan Nowak"


def test_what_changes_nothing_makes_no_version(head):
    sheet = sheet_of(published(), {"tytul": "Łąka"})

    save(head, sheet, tytul="Łąka")

    assert fresh(sheet).draft_version == sheet.draft_version


def test_a_cleared_answer_stays_cleared_and_does_not_take_its_default_again(head):
    sheet = sheet_of(published(question("tytul", default='"Łąka"')))
    assert save(head, sheet).projection.questions["tytul"].value == "Łąka"

    saved = save(head, sheet, tytul=None)

    assert saved.projection.questions["tytul"].value is None
    assert fresh(sheet).answers == {"tytul": None}


def test_rows_of_a_table_keep_their_ids_and_new_ones_get_one(head):
    sheet = sheet_of(published(BUDGET))
    save(head, sheet, budzet=[{"id": "a", "pozycja": "Farby"}, {"pozycja": "Pędzle"}, {"id": "a"}])

    first, second, third = fresh(sheet).answers["budzet"]

    assert first == {"id": "a", "pozycja": "Farby"}
    assert len({first["id"], second["id"], third["id"]}) == 3


@pytest.mark.parametrize(
    ("key", "value"),
    [("nieznane", "x"), ("polowa", "1"), ("tytul", "a\x00b"), ("tytul", "\ud800")],
    ids=["unknown", "computed", "nul", "surrogate"],
)
def test_what_is_no_answer_of_this_form_is_refused_by_its_name(head, key, value):
    sheet = sheet_of(published(TITLE, AMOUNT, question("polowa", "money", compute="kwota / 2")))

    with pytest.raises(AnswersRefused) as refused:
        save(head, sheet, **{key: value})

    assert [error.field for error in refused.value.errors] == [key]
    assert fresh(sheet).answers == {}


def test_while_a_correction_is_asked_only_its_sections_can_be_changed(head):
    form = published(sections=[section("dane", TITLE), section("koszty", AMOUNT)])
    sheet = submitted_of(form, {"tytul": "Łąka", "kwota": "1"})
    entrusted.reopen_sheet(actor=SYSTEM, sheet=sheet, sections=["koszty"], sentence="Za mało.")
    sheet = fresh(sheet)

    with pytest.raises(AnswersRefused):
        save(head, sheet, tytul="Las")
    save(head, sheet, kwota="2")

    assert fresh(sheet).answers == {"tytul": "Łąka", "kwota": "2"}


def test_a_submitted_sheet_is_not_changed(head):
    sheet = submitted_of(published(), {"tytul": "Łąka"})

    with pytest.raises(SheetClosed):
        save(head, sheet, tytul="Las")

    assert fresh(sheet).answers == {"tytul": "Łąka"}


def test_who_may_only_look_does_not_write(head):
    sheet = sheet_of(published())
    reader = PersonFactory()
    with guarded(reader, may_fill=lambda *_: False), pytest.raises(MissingPermission):
        save(reader, sheet, tytul="Las")


def test_for_a_stranger_there_is_no_such_sheet(head):
    with pytest.raises(NotFound):
        save(PersonFactory(), sheet_of(published()), tytul="Las")


def test_a_sheet_of_an_unknown_owner_is_nobodys(head):
    sheet = sheet_of(published())
    Sheet.objects.update(owner_kind="nieznany")

    with pytest.raises(NotFound):
        save(head, fresh(sheet), tytul="Las")


def test_an_uploaded_file_becomes_the_sheets(head):
    sheet = sheet_of(published(FILE))
    file = uploaded(head)

    saved = save(head, sheet, plan=[str(file.pk)])

    assert saved.projection.questions["plan"].errors == []
    assert [one.file_id for one in SheetFile.objects.filter(sheet=sheet)] == [file.pk]
    assert File.objects.get(pk=file.pk).claimed_at is not None


def test_somebody_elses_upload_and_another_sheets_file_are_refused(head):
    form = published(FILE)
    other, mine = sheet_of(form), sheet_of(form)
    theirs = uploaded(head)
    save(head, other, plan=[str(theirs.pk)])

    for file in (uploaded(PersonFactory()), theirs):
        with pytest.raises(DomainError) as refused:
            save(head, mine, plan=[str(file.pk)])
        assert refused.value.code in {"unknown_file", "file_already_used"}
    assert fresh(mine).answers == {}


def test_a_file_taken_out_of_a_draft_is_forgotten_and_a_submitted_one_stays(
    head, django_capture_on_commit_callbacks
):
    sheet = sheet_of(published(FILE))
    first, second = uploaded(head), uploaded(head, "drugi.pdf")
    save(head, sheet, plan=[str(first.pk)])
    save(head, fresh(sheet), plan=[str(second.pk)])
    services.submit_sheet(actor=head, sheet=fresh(sheet))
    entrusted.reopen_sheet(actor=SYSTEM, sheet=fresh(sheet))
    save(head, fresh(sheet), plan=[])

    assert set(File.objects.values_list("pk", flat=True)) == {second.pk}
    assert SheetFile.objects.get().is_submitted


@pytest.mark.parametrize("count", [1, 30])
def test_an_autosave_asks_the_database_as_often_for_one_answer_as_for_many(
    head, unit, django_assert_num_queries, count
):
    questions = [question(f"pole{number}") for number in range(count)]
    sheet = sheet_of(published(*questions), unit=unit)

    with django_assert_num_queries(11):  # the first of an hour is written down
        save(head, sheet, **{f"pole{number}": "x" for number in range(count)})
    with django_assert_num_queries(10):
        save(head, fresh(sheet), **{f"pole{number}": "y" for number in range(count)})


def test_filling_in_is_told_once_for_each_person_until_an_hour_passes_without_a_word(head, unit):
    sheet = sheet_of(published(TITLE), unit=unit)
    deputy = PersonFactory()

    def told():
        entries = Entry.objects.filter(deed="forms.save_answers", target_id=str(sheet.pk))
        return [one.actor_id for one in entries.order_by("pk")]

    with guarded(head, deputy):
        for word in ("a", "b", "c"):
            save(head, fresh(sheet), tytul=word)
        assert told() == [head.pk]
        save(deputy, fresh(sheet), tytul="d")
        assert told() == [head.pk, deputy.pk]
        for minutes, count in ((59, 2), (118, 2), (179, 3)):
            with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
                save(deputy, fresh(sheet), tytul=str(minutes))
            assert len(told()) == count


@pytest.mark.parametrize("yes", [True, {"accepted": True}])
def test_a_bare_yes_to_a_statement_is_kept_with_the_words_of_that_moment(head, yes):
    wording = {"wording": "Wnoszę o {kwota}."}
    sheet = sheet_of(published(AMOUNT, question("zgoda", "statement", options=wording)))

    services.save_answers(
        actor=head, sheet=sheet, changes={"kwota": "100", "zgoda": yes}, draft_version=1
    )

    assert fresh(sheet).answers["zgoda"] == {
        "accepted": True,
        "wording": "Wnoszę o 100,00\u00a0zł.",
    }


def test_a_bare_yes_does_not_accept_words_that_come_later(head):
    wording = {"wording": "Wnoszę o {kwota}."}
    sheet = sheet_of(published(AMOUNT, question("zgoda", "statement", options=wording)))

    services.save_answers(
        actor=head, sheet=sheet, changes={"kwota": "100", "zgoda": True}, draft_version=1
    )
    saved = services.save_answers(
        actor=head, sheet=fresh(sheet), changes={"kwota": "900"}, draft_version=2
    )

    assert [one.sentence for one in saved.projection.errors] == [
        "Treść oświadczenia zmieniła się. Przeczytaj je i zaznacz ponownie."
    ]
