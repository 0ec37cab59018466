"""A call is made, published, changed in the open, closed and settled."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from audit.models import Entry
from modules.applications import services
from modules.applications.errors import (
    CallFinished,
    CallIncomplete,
    CallNotDraft,
    CallNotOpen,
    CallStillTaking,
    CallUnsettled,
    NothingChanged,
    ProcedureFixed,
    YearFixed,
)
from modules.applications.models import Call, CallEdition
from modules.applications.permissions import Permission
from modules.messaging import services as messaging
from modules.messaging.models import Message
from opium.permissions import SYSTEM, MissingPermission
from procedures.models import Procedure
from tests.factories import applications as made
from tests.factories import procedures
from tests.factories.accounts import person_with
from tests.factories.directory import UnitFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unit")]


def recipients(message):
    return {one.unit.short_name for one in message.deliveries.select_related("unit")}


def test_a_published_call_pins_the_revision_and_its_rules_never_change(clerk):
    call = made.published(actor=clerk)

    assert (call.state, call.edition.number) == ("published", 1)
    assert call.revision.number == 1
    procedures.revised(call.procedure, call.procedure.draft)
    assert Call.objects.get(pk=call.pk).revision.number == 1
    for statement in (
        "UPDATE applications_calledition SET title = 'x'",
        "DELETE FROM applications_calledition",
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            connection.cursor().execute(statement)
    assert CallEdition.objects.get().title == call.title


def test_what_is_missing_is_told_with_its_place_and_nothing_is_published(clerk):
    call = services.draft_call(
        actor=clerk, procedure=Procedure.objects.create(name="Szkic"), title="Granty", year=2031
    )
    with pytest.raises(CallIncomplete) as refusal:
        services.publish_call(actor=clerk, call=call)

    assert {one.field: one.detail for one in refusal.value.errors} == {
        "procedure": "Ta procedura nie jest jeszcze opublikowana. Opublikuj ją albo wybierz inną.",
        "rules.rounds": "Dodaj co najmniej jedną turę z terminem.",
        "rules.audience": "Wybierz, które jednostki mogą składać wnioski.",
    }
    assert Call.objects.get().state == "draft"


def test_a_round_that_ends_before_it_begins_and_a_pot_that_is_not_there_are_named(clerk, unit):
    wrong = made.window(closes_at="2020-01-01T00:00:00+00:00", pots=["nie_ma"])
    call = made.draft(clerk, said=made.rules(wrong))

    with pytest.raises(CallIncomplete) as refusal:
        services.publish_call(actor=clerk, call=call)

    said = " ".join(one.detail for one in refusal.value.errors)
    assert "Tura „Tura” kończy się, zanim się zacznie." in said
    assert "nie ma puli „nie_ma”" in said


def test_the_units_are_told_in_the_same_press_and_nobody_else_is(clerk, unit):
    other = UnitFactory(short_name="P 1")
    said = made.rules(audience={"all_units": True, "except_units": [str(other.pk)]})
    call = made.draft(clerk, said=said)

    call = services.publish_call(
        actor=clerk,
        call=call,
        announcement=services.Announcement("Nabór ruszył", "Zapraszamy do 15 grudnia."),
    )

    message = Message.objects.get()
    assert (message.subject, message.state, message.author) == ("Nabór ruszył", "sent", clerk)
    assert "SP Siódma" in recipients(message)
    assert "P 1" not in recipients(message)
    assert call.edition.message == message


def test_an_announcement_whose_sending_was_undone_is_sent_again_but_not_thrown_away(
    clerk, unit, api
):
    messaging.change_sending_rules(actor=SYSTEM, undo_seconds=10)
    said = services.Announcement("Nabór ruszył", "Zapraszamy.")
    call = services.publish_call(actor=clerk, call=made.draft(clerk), announcement=said)
    message = f"/api/v1/messaging/messages/{call.edition.message_id}/"
    editions = f"/api/v1/applications/calls/{call.pk}/editions/"
    assert api(clerk).get(editions).json()[0]["told_at"] is not None
    assert api(clerk).post(f"{message}undo/").status_code == 200
    assert api(clerk).get(editions).json()[0]["told_at"] is None

    assert "send" in api(clerk).get(message).json()["can"]
    assert "discard" not in api(clerk).get(message).json()["can"]
    refused = api(clerk).delete(message)

    assert (refused.status_code, refused.json()["code"]) == (409, "message_held")
    assert refused.json()["detail"] == (
        "Tego szkicu nie można wyrzucić, bo należy do ogłoszenia, na przykład naboru. "
        "Popraw go, jeśli trzeba, i wyślij: adresaci jeszcze go nie dostali."
    )
    assert Message.objects.get().state == "draft"
    assert not Entry.objects.filter(deed="messaging.discard_draft").exists()
    assert api(clerk).post(f"{message}send/").status_code == 200
    assert "SP Siódma" in recipients(Message.objects.get())


def test_who_may_not_write_to_units_publishes_nothing_with_an_announcement(unit):
    runner = person_with(Permission.MANAGE_CALLS)
    call = made.draft(runner)

    with pytest.raises(MissingPermission):
        services.publish_call(
            actor=runner, call=call, announcement=services.Announcement("Nabór", "Treść")
        )
    assert Call.objects.get().state == "draft"
    assert not Message.objects.exists()


def test_a_change_holds_only_once_it_is_published_and_everybody_in_the_call_is_told(
    clerk, unit, head
):
    old = UnitFactory(short_name="P 9")
    call = made.published(said=made.rules(limits={"per_unit": 3}), actor=clerk)
    made.begun(call, procedures.head_of(old), old)

    narrowed = made.rules(
        made.window(days=40),
        limits={"per_unit": 1},
        audience={"units": [str(unit.pk)]},
    )
    services.change_call(actor=clerk, call=call, content={"rules": narrowed})
    assert Call.objects.get().edition.said.limits.per_unit == 3

    call = services.publish_call(actor=clerk, call=call, reason="Prośba szkół.")

    assert call.edition.number == 2
    assert call.edition.said.limits.per_unit == 1
    assert call.edition.differences[1:] == [
        "Zmieniono, które jednostki mogą składać wnioski.",
        "Limit wniosków jednostki: 1 (było 3).",
    ]
    assert call.edition.differences[0].startswith("Tura „Tura”: od ")
    message = Message.objects.get()
    assert {"SP Siódma", "P 9"} <= recipients(message)
    assert "Limit wniosków jednostki: 1 (było 3)." in message.body
    assert "Powód: Prośba szkół." in message.body
    entry = Entry.objects.filter(deed="applications.publish_call").latest("id")
    assert entry.actor_id == clerk.pk
    assert entry.after["changes"] == call.edition.differences


def test_nothing_changed_is_no_edition_and_the_procedure_stays(clerk):
    call = made.published(actor=clerk)

    with pytest.raises(NothingChanged):
        services.publish_call(actor=clerk, call=call)
    with pytest.raises(ProcedureFixed):
        services.change_call(
            actor=clerk, call=call, content={"procedure": procedures.published(name="Inna")}
        )


def test_only_a_draft_can_be_thrown_away(clerk):
    draft = made.draft(clerk)
    services.discard_call(actor=clerk, call=draft)
    assert not Call.objects.exists()

    call = made.published(actor=clerk)
    with pytest.raises(CallNotDraft):
        services.discard_call(actor=clerk, call=call)
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(state="draft")


def test_a_call_closes_when_nobody_can_hand_in_and_is_settled_when_nothing_runs(clerk, unit, head):
    call = made.published(actor=clerk)
    application = made.begun(call, head, unit)

    with pytest.raises(CallStillTaking):
        services.close_call(actor=clerk, call=call)
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        call = services.close_call(actor=clerk, call=call)
        with pytest.raises(CallUnsettled):
            services.settle_call(actor=clerk, call=call)
        with pytest.raises(CallFinished):
            services.change_call(actor=clerk, call=call, content={"title": "Inny"})
        with pytest.raises(CallNotOpen, match="nie przyjmuje wniosków"):
            made.begun(call, head, unit)
        procedures.perform(application.case, head, "withdrawn")
        assert services.settle_call(actor=clerk, call=call).state == "settled"


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("2026-12-15T15:00:00+01:00", "2027-12-15T15:00:00+01:00"),
        ("2026-11-13T15:00:00+01:00", "2027-11-15T15:00:00+01:00"),  # a Saturday then
        ("2026-05-01T00:00:00+02:00", "2027-05-01T00:00:00+02:00"),  # midnight ends 30 April
        ("2028-02-29T12:00:00+01:00", "2029-02-28T12:00:00+01:00"),
        ("2026-12-23T08:30:07+01:00", "2027-12-23T08:30:07+01:00"),
        ("2026-12-26T08:00:00+01:00", "2027-12-27T08:00:00+01:00"),
    ],
)
def test_a_copy_has_its_dates_a_year_later_on_working_days(clerk, was, becomes):
    one = made.window(opens_at="2026-01-02T08:00:00+01:00", closes_at=was)
    call = made.draft(clerk, said=made.rules(one), year=2026, title="Granty 2026")
    made.in_city(made.POT, year=2026)

    year = int(becomes[:4])
    copy = services.copy_call(actor=clerk, call=call, year=2026 + (year - int(was[:4])))

    assert (copy.title, copy.year, copy.state) == ("Granty 2027", 2027, "draft")
    assert copy.copied_from == call
    assert copy.rules["rounds"][0]["closes_at"] == becomes
    assert call.rules["rounds"][0]["closes_at"] == was


def test_calls_are_for_those_with_the_right_for_their_kind_of_matters(unit, head):
    procedure = procedures.published()
    other = procedures.published(name="Inna")
    of_kind = person_with(Permission.MANAGE_CALLS, scope_kind="matter", scope_id=procedure.pk)

    call = made.draft(of_kind, procedure)
    with pytest.raises(MissingPermission):
        made.draft(of_kind, other)
    with pytest.raises(MissingPermission):
        services.change_call(actor=of_kind, call=call, content={"procedure": other})
    for person in (head, person_with(Permission.VIEW_CALLS), procedures.officer("referent")):
        with pytest.raises(MissingPermission):
            services.publish_call(actor=person, call=call)
    assert Call.objects.get().state == "draft"


def test_the_year_of_a_published_call_stays_so_that_its_money_stays_in_its_pots(clerk):
    draft = made.draft(clerk, year=2030)
    call = services.change_call(actor=clerk, call=draft, content={"year": 2031})
    assert call.year == 2031

    made.in_city(made.POT, year=2031)
    call = services.publish_call(actor=clerk, call=call)
    with pytest.raises(YearFixed, match="pulami na 2031 r"):
        services.change_call(actor=clerk, call=call, content={"year": 2032, "title": "Inny"})
    kept = services.change_call(actor=clerk, call=call, content={"year": 2031})
    assert (kept.year, kept.title) == (2031, draft.title)


def test_another_title_of_a_published_call_is_shown_from_its_next_publishing_on(clerk, api, unit):
    head = procedures.head_of(unit)
    call = made.published(actor=clerk, title="Granty")
    made.begun(call, head, unit)

    def shown():
        [opening] = api(head).get("/api/v1/applications/openings/").json()
        [own] = api(head).get("/api/v1/applications/own/").json()["results"]
        return opening["title"], own["call"]["title"]

    call = services.change_call(actor=clerk, call=call, content={"title": "Stypendia"})
    assert shown() == ("Granty", "Granty")
    services.publish_call(actor=clerk, call=call)
    assert shown() == ("Stypendia", "Stypendia")
