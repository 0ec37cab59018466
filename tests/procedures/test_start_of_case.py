"""Whether a new matter may be opened: dates, numbers, what is overdue (GRA-01, GRA-02, GRA-08)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from forms.models import UnitTable, UnitTableRow
from modules.messaging import services as messaging
from opium.permissions import SYSTEM, MissingPermission
from procedures import selectors
from procedures.errors import ProcedureNotOpen
from procedures.models import Case, Procedure
from procedures.permissions import Permission
from procedures.services import designing
from tests.factories import procedures as made
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import UnitFactory

pytestmark = pytest.mark.django_db
WARSAW = ZoneInfo("Europe/Warsaw")


def published(**limits):
    return made.published(limits=limits)


def start(procedure, unit=None, at=None):
    return selectors.start_of(procedure, unit_id=unit.pk if unit else None, at=at)


def moment(*parts):
    return datetime(*parts, tzinfo=WARSAW)


def test_without_limits_as_many_as_one_likes(unit):
    found = start(published(), unit)
    assert (found.may, found.sentence, found.limit, found.used) == (True, "", None, 0)


def test_nothing_is_opened_before_publishing():
    draft = designing.add_procedure(actor=SYSTEM, name="Szkic")
    assert start(draft).sentence == "Procedura „Szkic” nie jest jeszcze wydana."


def test_nothing_is_opened_from_the_archive(unit):
    procedure = published()
    designing.archive_procedure(actor=SYSTEM, procedure=procedure)
    procedure.refresh_from_db()
    found = start(procedure, unit)
    assert not found.may
    assert "w archiwum" in found.sentence


def test_a_day_begins_and_ends_at_midnight_in_poland(unit):
    procedure = published(opens_at="2026-11-15", closes_at="2026-12-15")
    for at, may in (
        (moment(2026, 11, 14, 23, 59, 59), False),
        (moment(2026, 11, 15), True),
        (moment(2026, 12, 15, 23, 59, 59), True),
        (moment(2026, 12, 16), False),
    ):
        assert start(procedure, unit, at).may is may
    early = start(procedure, unit, moment(2026, 11, 1))
    assert early.sentence == "Nabór zacznie się 15.11.2026, 00:00."
    assert early.closes_at == moment(2026, 12, 16)


def test_after_the_closing_second_nothing_is_opened(unit):
    procedure = published(closes_at="2026-12-15T12:00:00")
    assert start(procedure, unit, moment(2026, 12, 15, 11, 59, 59)).may
    late = start(procedure, unit, moment(2026, 12, 15, 12))
    assert (late.may, late.sentence) == (False, "Nabór zakończył się 15.12.2026, 12:00.")


def test_a_unit_has_as_many_as_its_limit(unit, head):
    procedure = published(per_unit="2")
    made.opened(procedure, head, unit)
    half = start(procedure, unit)
    assert (half.may, half.limit, half.used, half.sentence) == (
        True,
        2,
        1,
        "Wykorzystano 1 z 2.",
    )
    made.opened(procedure, head, unit)

    full = start(procedure, unit)
    assert (full.may, full.sentence) == (False, "Wykorzystano już cały limit (2 z 2).")
    assert start(procedure, UnitFactory()).used == 0
    with pytest.raises(ProcedureNotOpen):
        made.opened(procedure, head, unit)


def test_what_was_withdrawn_does_not_count(unit, head):
    procedure = published(per_unit="1")
    case = made.opened(procedure, head, unit)
    made.perform(case, head, "withdrawn")
    assert start(procedure, unit).may


def test_what_was_opened_before_this_call_does_not_count(unit, head):
    procedure = published(per_unit="1", opens_at="2026-01-01")
    case = made.opened(procedure, head, unit)
    Case.objects.filter(pk=case.pk).update(opened_at=moment(2025, 12, 31))
    assert start(procedure, unit).may


def test_a_limit_may_be_looked_up_for_the_unit(unit):
    table = UnitTable.objects.create(
        key="limity", name="Limity", columns=[{"key": "ile", "label": "Ile", "type": "number"}]
    )
    UnitTableRow.objects.create(table=table, unit_id=unit.pk, values={"ile": "6"})
    procedure = published(per_unit='z_tabeli("limity", "ile")')
    assert start(procedure, unit).limit == 6
    assert start(procedure, UnitFactory()).limit is None


def test_what_is_overdue_bars_the_next_one(unit, head):
    procedure = published(test_of_overdue="sprawy.zalegle > 0")
    case = made.opened(procedure, head, unit)
    assert start(procedure, unit).may
    Case.objects.filter(pk=case.pk).update(due_at=timezone.now() - timedelta(days=1))

    found = start(procedure, unit)
    assert (found.may, found.sentence) == (
        False,
        "Najpierw trzeba załatwić to, co zaległe (1 zaległa sprawa).",
    )
    assert start(procedure, UnitFactory()).may


def test_open_ones_may_be_counted(unit, head):
    procedure = published(test_of_overdue="sprawy.otwarte >= 1")
    assert start(procedure, unit).may
    made.opened(procedure, head, unit)
    assert not start(procedure, unit).may


def test_nobody_learns_how_many_another_unit_has(unit, head):
    procedure = published(per_unit="2")
    assert selectors.start_for(head, procedure, unit_id=unit.pk).limit == 2
    with pytest.raises(MissingPermission):
        selectors.start_for(head, procedure, unit_id=UnitFactory().pk)
    with pytest.raises(MissingPermission):
        selectors.start_for(PersonFactory(), procedure)
    assert selectors.start_for(head, procedure).may


def test_a_persons_own_matters_are_counted_for_that_person():
    procedure = made.published(applicant="person", limits={"per_unit": "1"})
    one, other = person_with(Permission.OPEN_CASE), person_with(Permission.OPEN_CASE)
    made.opened(procedure, one)
    assert not selectors.start_for(one, procedure).may
    assert selectors.start_for(other, procedure).may


@pytest.mark.parametrize("others", [0, 20])
def test_the_limits_take_as_many_queries_however_many_matters(
    unit, head, others, django_assert_num_queries
):
    procedure = published(per_unit="100", test_of_overdue="sprawy.zalegle > 0")
    case = made.opened(procedure, head, unit)
    Case.objects.bulk_create(
        Case(
            procedure=procedure,
            revision=case.revision,
            stage="nabor",
            stage_kind="submission",
            unit_id=unit.pk,
            title="Inna",
            opened_at=case.opened_at,
            ball_since=case.opened_at,
        )
        for _ in range(others)
    )
    with django_assert_num_queries(7):
        assert start(procedure, unit).used == others + 1


def names(person):
    return [one.name for one in selectors.beginnings_for(person)]


def test_only_what_can_be_begun_is_offered_with_until_when_and_how_many(head, api):
    published(per_unit="3", opens_at="2020-01-01", closes_at="2099-12-31")
    office = made.published(applicant="office")
    Procedure.objects.filter(pk=office.pk).update(name="Sprawa urzędu")

    (card,) = api(head).get("/api/v1/procedures/procedures/beginnings/").json()

    assert (card["applicant"], card["limit"], card["sentence"]) == (
        "unit",
        "najwyżej 3 sprawy",
        "",
    )
    assert card["closes_at"].startswith("2100-01-01T00:00:00")
    assert names(person_with(Permission.OPEN_CASE)) == ["Grant", "Sprawa urzędu"]
    assert names(person_with(Permission.VIEW_CASES)) == []


def test_what_is_over_says_so_and_what_was_put_away_is_not_offered(head):
    published(closes_at="2020-12-31")
    gone = published()
    Procedure.objects.filter(pk=gone.pk).update(is_archived=True)

    (card,) = selectors.beginnings_for(head)

    assert card.sentence == "Nabór zakończył się 01.01.2021, 00:00."


def test_acceptance_of_messages_is_begun_by_nobody_s_hand(head):
    made.officer("kierownik")
    published()
    messaging.set_rule(actor=SYSTEM, section=None, audience="any", chain="head")
    assert Procedure.objects.filter(name__startswith="Akceptacja wiadomości").exists()

    everybody = person_with(Permission.OPEN_CASE)

    assert names(head) == names(everybody) == ["Grant"]


@pytest.mark.parametrize("count", [1, 12])
def test_the_cards_take_as_many_queries_however_many(head, count, django_assert_num_queries):
    for _ in range(count):
        published()
    head = type(head).objects.get(pk=head.pk)
    bool(head.reach(Permission.OPEN_CASE))
    with django_assert_num_queries(4):
        assert len(selectors.beginnings_for(head)) == count
