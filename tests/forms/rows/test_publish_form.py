import pytest
from django.db import ProgrammingError, connection, transaction

from audit.models import Entry
from forms import registry, selectors, services
from forms.errors import (
    FormChangedMeanwhile,
    FormFaulty,
    NothingToPublish,
    SheetMovedMeanwhile,
    UnknownMove,
)
from forms.models import FormRevision, SheetVersion
from forms.services import Move, entrusted
from opium.permissions import SYSTEM
from tests.factories.forms import (
    AMOUNT,
    OWNER,
    TITLE,
    document,
    fresh,
    published,
    question,
    redrafted,
    section,
    sheet_of,
    submitted_of,
)

pytestmark = pytest.mark.django_db
GOAL = question("cel", required=True)


def publish(form, *moves, actor=SYSTEM):
    return services.publish_form(actor=actor, form=form, moves=[Move(*move) for move in moves])


def test_publishing_freezes_the_draft_with_the_differences_in_words(author):
    form = redrafted(published(TITLE, AMOUNT), TITLE, GOAL)

    revision = publish(form, actor=author).revision

    assert (revision.number, revision.definition) == (2, document(TITLE, GOAL))
    assert [(one["kind"], one["path"]) for one in revision.differences] == [
        ("added", "cel"),
        ("removed", "kwota"),
    ]
    assert revision.published_by == author
    entry = Entry.objects.filter(target_id=str(form.pk)).latest("id")
    assert (entry.actor_id, entry.after["revision"]) == (author.pk, 2)


def test_a_faulty_draft_is_not_published_and_every_place_is_named(author):
    form = redrafted(published(), TITLE, question("razem", "money", compute="nieznane + 1"))

    with pytest.raises(FormFaulty) as refused:
        publish(form)

    [error] = refused.value.errors
    assert error.field == "sections/0/questions/1/compute"
    assert "Razem" in error.detail
    assert FormRevision.objects.count() == 1


def test_a_draft_that_says_the_same_is_not_published_again(author):
    with pytest.raises(NothingToPublish):
        publish(published())


def test_a_draft_that_changed_after_the_preview_is_not_published(author):
    form = redrafted(published(), TITLE)

    with pytest.raises(FormChangedMeanwhile):
        services.publish_form(actor=author, form=form, draft_version=form.draft_version - 1)


@pytest.mark.parametrize("table", ["forms_formrevision", "forms_sheetversion"])
@pytest.mark.parametrize("deed", ["UPDATE {} SET number = 9", "DELETE FROM {}"])
def test_the_database_refuses_to_change_what_was_published_or_submitted(table, deed):
    submitted_of(published(), {"tytul": "Łąka"})

    with pytest.raises(ProgrammingError, match="immutable"), transaction.atomic():
        connection.cursor().execute(deed.format(table))


def test_sheets_stay_where_they_are_unless_the_author_says_otherwise(head):
    form = published()
    sheet = sheet_of(form, {"tytul": "Łąka"})

    publish(redrafted(form, TITLE, GOAL), (1, "draft", "stay"))

    assert fresh(sheet).revision.number == 1


def test_a_moved_draft_keeps_what_has_a_place_and_sets_the_rest_aside(head):
    form = published()
    sheet = sheet_of(form, {"tytul": "Łąka", "kwota": "1200.00"})

    outcome = publish(redrafted(form, TITLE, GOAL), (1, "draft", "move"))

    moved = fresh(sheet)
    assert (outcome.moved, outcome.asked) == (1, 0)
    assert (moved.revision.number, moved.state) == (2, "draft")
    assert moved.answers == {"tytul": "Łąka"}
    [aside] = moved.set_aside
    assert (aside["path"], aside["value"], aside["revision"]) == ("kwota", "1200.00", 1)
    assert (moved.answered, moved.required, moved.is_complete) == (1, 2, False)
    assert moved.asks_correction is None
    entry = Entry.objects.filter(target_id=str(sheet.pk)).latest("id")
    assert entry.before == {"revision": 1}
    assert entry.after == {"revision": 2, "set_aside": ["kwota"], "asked": []}


def test_what_was_submitted_stays_as_it_was_when_its_sheet_moves(head):
    form = published()
    sheet = submitted_of(form, {"tytul": "Łąka", "kwota": "5"})

    publish(redrafted(form, TITLE), (1, "submitted", "move"))

    moved = fresh(sheet)
    assert (moved.state, moved.version, moved.revision.number) == ("submitted", 1, 2)
    version = SheetVersion.objects.get()
    assert (version.revision.number, version.answers) == (1, {"tytul": "Łąka", "kwota": "5.00"})


def test_move_and_ask_opens_the_sections_to_correct_and_names_the_questions(head):
    form = published(sections=[section("dane", TITLE), section("koszty", AMOUNT)])
    sheet = submitted_of(form, {"tytul": "Łąka", "kwota": "5"})
    told = []
    registry.sheets_moved(OWNER, lambda actor, sheets: told.extend(sheets))

    draft = redrafted(form, sections=[section("dane", TITLE), section("koszty", AMOUNT, GOAL)])
    outcome = publish(draft, (1, "submitted", "move_and_ask"))
    del registry._asked[OWNER]

    moved = fresh(sheet)
    assert (outcome.moved, outcome.asked) == (1, 1)
    assert (moved.state, moved.version) == ("draft", 1)
    assert moved.asks_correction["sections"] == ["koszty"]
    assert moved.asks_correction["sentence"] == (
        "Formularz ma nową wersję. Uzupełnij lub popraw: „Cel”."
    )
    assert (moved.answered, moved.required) == (0, 1)
    assert told == [sheet]


def test_who_has_nothing_to_correct_is_not_asked(head):
    form = published()
    sheet = submitted_of(form, {"tytul": "Łąka"})

    outcome = publish(redrafted(form, TITLE), (1, "submitted", "move_and_ask"))

    assert (outcome.moved, outcome.asked) == (1, 0)
    assert fresh(sheet).state == "submitted"


def test_only_the_named_group_moves(head):
    form = published()
    draft, submitted = sheet_of(form), submitted_of(form, {"tytul": "Łąka"})
    withdrawn = entrusted.withdraw_sheet(actor=SYSTEM, sheet=sheet_of(form))

    publish(redrafted(form, TITLE), (1, "submitted", "move"))

    assert [fresh(one).revision.number for one in (draft, submitted, withdrawn)] == [1, 2, 1]


def test_sheets_of_closed_matters_and_of_unknown_owners_never_move(head):
    form = published()
    closed, unknown = sheet_of(form), sheet_of(form)
    type(unknown).objects.filter(pk=unknown.pk).update(owner_kind="nieznany")
    guard = registry.guards()[OWNER]
    registry._guards[OWNER] = registry.Guard(
        guard.may_view, guard.may_fill, in_flight=lambda all_: all_.exclude(pk=closed.pk)
    )

    assert selectors.effects_of(SYSTEM, redrafted(form, TITLE)).groups == []
    publish(form, (1, "draft", "move"))

    assert [fresh(one).revision.number for one in (closed, unknown)] == [1, 1]


@pytest.mark.parametrize("move", [(7, "draft", "move"), (2, "draft", "move"), (1, "x", "move")])
def test_a_group_that_is_not_there_is_refused(author, move):
    form = redrafted(published(), TITLE)

    with pytest.raises(UnknownMove):
        publish(form, move)

    assert FormRevision.objects.count() == 1


def test_an_autosave_from_before_the_move_is_refused_and_one_after_it_is_taken(head):
    form = published()
    sheet = sheet_of(form, {"tytul": "Łąka"})
    publish(redrafted(form, TITLE, GOAL), (1, "draft", "move"))

    def save(version):
        return services.save_answers(
            actor=head, sheet=sheet, changes={"cel": "Dla dzieci"}, draft_version=version
        )

    with pytest.raises(SheetMovedMeanwhile):
        save(sheet.draft_version)
    assert fresh(sheet).answers == {"tytul": "Łąka"}

    save(fresh(sheet).draft_version)
    assert fresh(sheet).answers == {"tytul": "Łąka", "cel": "Dla dzieci"}


def test_the_owner_is_locked_before_its_sheets(head):
    form = published()
    sheet = sheet_of(form)
    held = []
    guard = registry.guards()[OWNER]
    registry._guards[OWNER] = registry.Guard(guard.may_view, guard.may_fill, hold=held.extend)

    publish(redrafted(form, TITLE), (1, "draft", "move"))

    assert held == [sheet.owner_id]


@pytest.mark.parametrize(("sheets", "queries"), [(1, 19), (40, 58)])
def test_moving_many_sheets_costs_one_log_entry_each_and_nothing_more(
    head, unit, django_assert_max_num_queries, sheets, queries
):
    form = published()
    for _ in range(sheets):
        sheet_of(form, {"tytul": "Łąka"}, unit)
    form = redrafted(form, TITLE)

    with django_assert_max_num_queries(queries + 1):  # other tests before it
        publish(form, (1, "draft", "move"))
