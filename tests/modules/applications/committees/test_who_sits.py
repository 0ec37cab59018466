"""Who scores is who sits in the call's committee at that moment, to the second."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Substitution
from forms.models import Sheet
from modules.applications import services
from modules.applications.errors import CallIncomplete
from modules.applications.models import Call
from modules.applications.selectors import missing_in, scorings_of
from notifications.models import Notification
from opium.permissions import SYSTEM
from outbox.models import Job
from procedures.errors import ActionNotAvailable, NotYourPart
from procedures.models import Seat
from procedures.selectors.case_list import cases_visible_to
from procedures.services import steps
from tests.factories import applications as made
from tests.factories import procedures
from tests.factories.accounts import person_with
from todo import selectors as todo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unit")]


def sheets_of(case):
    return set(Sheet.objects.filter(owner_id=case.pk, person__isnull=False).values_list("person"))


def test_members_of_the_committee_score_and_holders_of_the_function_do_not(people, head, unit):
    stranger = procedures.officer("komisja")
    call = made.judged_by(made.committee(*people))
    case = made.handed_in(call, head, unit).case

    assert sheets_of(case) == {(one.pk,) for one in people}
    with pytest.raises(NotYourPart):
        steps.perform(actor=stranger, case=case, action="give_score")
    assert not todo.todo_of(stranger).exists()
    assert made.score(people[1], case, "7").votes.get().points == 7
    assert procedures.fresh(case).ball_side == "office"


def test_a_membership_that_ended_a_second_ago_scores_nothing_and_waits_for_nobody(
    people, head, unit, now_as
):
    ends = timezone.now().replace(microsecond=0) + timedelta(hours=1)
    last = made.seat(people[1], to_at=ends)
    call = made.judged_by(made.committee(people[0], last, people[2]))
    case = made.handed_in(call, head, unit).case
    with time_machine.travel(ends - timedelta(seconds=1), tick=False):
        assert todo.todo_of(now_as(people[1])).count() == 1
        assert cases_visible_to(now_as(people[1])).exists()

    with time_machine.travel(ends, tick=False):
        made.fill_card(people[1], case, punkty="9")
        with pytest.raises(NotYourPart):
            steps.perform(actor=now_as(people[1]), case=case, action="give_score")
        assert not todo.todo_of(now_as(people[1])).exists()
        assert not cases_visible_to(now_as(people[1])).exists()
        assert scorings_of(now_as(people[1])) == []
        made.renew(case)
        for one in (people[0], people[2]):
            made.score(one, case)
        closed = procedures.perform(case, now_as(people[0]), "scored")
    assert closed.facts["ocena"]["liczba"] == "2"


def test_one_who_begins_later_gets_the_sheet_when_the_seat_begins(people, head, unit, now_as):
    begins = timezone.now().replace(microsecond=0) + timedelta(days=2)
    late = people[2]
    call = made.judged_by(made.committee(*people[:2], made.seat(late, from_at=begins)))
    case = made.handed_in(call, head, unit).case
    assert (late.pk,) not in sheets_of(case)
    assert not cases_visible_to(late).exists()
    with pytest.raises(NotYourPart):
        steps.perform(actor=late, case=case, action="give_score")
    planned = Job.objects.get(task="procedures.renew_panel")
    assert planned.due_at == begins

    with time_machine.travel(begins, tick=False):
        made.renew(case)
        assert todo.todo_of(now_as(late)).get().what == "Oceń"
        made.score(late, case, "4")
    assert case.votes.get().person == late


def test_a_substitute_scores_nothing_in_the_place_of_a_member(people, head, unit, now_as):
    call = made.judged_by(made.committee(*people))
    case = made.handed_in(call, head, unit).case
    stand_in, today = made.judge(), timezone.localdate()
    Substitution.objects.create(
        person=people[1], substitute=stand_in, starts_on=today, ends_on=today
    )

    with pytest.raises(NotYourPart):
        steps.perform(actor=now_as(stand_in), case=case, action="give_score")
    assert not todo.todo_of(now_as(stand_in)).exists()
    assert scorings_of(now_as(stand_in)) == []


def test_a_member_without_the_right_to_act_scores_nothing(people, head, unit, now_as):
    call = made.judged_by(made.committee(*people))
    case = made.handed_in(call, head, unit).case
    people[1].assignments.all().delete()

    with pytest.raises(NotYourPart):
        steps.perform(actor=now_as(people[1]), case=case, action="give_score")


def test_the_chair_closes_and_a_member_does_not(people, head, unit, now_as):
    call = made.judged_by(made.committee(*people))
    case = made.handed_in(call, head, unit).case
    for one in people:
        made.score(one, case)

    assert [row.what for row in todo.todo_of(now_as(people[0]))] == ["Zamknij ocenę"]
    assert not todo.todo_of(now_as(people[1])).exists()
    with pytest.raises(NotYourPart, match="Komisja"):
        steps.perform(actor=now_as(people[1]), case=case, action="scored")
    closed = procedures.perform(case, now_as(people[0]), "scored")
    assert (closed.state, closed.events.latest("number").function) == (
        "closed",
        "Przewodnictwo komisji",
    )


def test_a_deputy_closes_too_and_the_clerk_where_the_procedure_lets_them(
    people, head, unit, now_as
):
    procedure = made.scoring_procedure(closed_by="referent")
    deputy = made.seat(people[1], "deputy")
    call = made.judged_by(
        made.committee(made.seat(people[0], "chair"), deputy), procedure=procedure
    )
    clerk = procedures.officer("referent")
    for actor in (people[1], clerk):
        case = made.handed_in(call, head, unit).case
        for one in people[:2]:
            made.score(one, case)
        assert procedures.perform(case, now_as(actor), "scored").state == "closed"


def test_a_secretary_sees_every_matter_and_scores_none(people, head, unit, now_as):
    call = made.judged_by(made.committee(people[0], people[1], made.seat(people[2], "secretary")))
    case = made.handed_in(call, head, unit).case

    assert (people[2].pk,) not in sheets_of(case)
    assert list(cases_visible_to(now_as(people[2]))) == [case]
    with pytest.raises(NotYourPart):
        steps.perform(actor=now_as(people[2]), case=case, action="give_score")


def test_several_committees_of_one_call_have_each_their_rounds(people, head, unit):
    said = made.rules(
        made.window("wiosna"),
        made.window("jesien"),
        committees=[
            made.committee(*people[:2], key="pierwsza", rounds=["wiosna"]),
            made.committee(people[2], key="druga", rounds=["jesien"]),
        ],
    )
    call = made.published(made.scoring_procedure(), said)
    case = made.handed_in(call, head, unit).case

    assert sheets_of(case) == {(one.pk,) for one in people[:2]}


def test_a_change_in_a_published_call_is_an_edition_told_to_those_in_it(
    people, head, unit, clerk, now_as
):
    call = made.judged_by(made.committee(*people[:2]))
    case = made.handed_in(call, head, unit).case
    Notification.objects.all().delete()

    call = made.republish(call, made.committee(people[0], people[2]), actor=clerk)

    assert call.edition.number == 2
    assert call.edition.message is None
    [came, went] = sorted(call.edition.differences)
    assert came.startswith("Komisja „Komisja”: doszła osoba Celina Kowal (członek od ")
    assert went == "Komisja „Komisja”: odeszła osoba Bogdan Kowal."
    told = {one.person_id: one.title for one in Notification.objects.all()}
    assert set(told) == {people[1].pk, people[2].pk}
    assert told[people[1].pk] == f"{call.title}: Nie jesteś już w komisji „Komisja”"
    made.renew(case)
    with pytest.raises(NotYourPart):
        steps.perform(actor=now_as(people[1]), case=case, action="give_score")
    assert (people[2].pk,) in sheets_of(case)


def test_before_the_change_is_published_the_older_committee_scores(people, head, unit):
    call = made.judged_by(made.committee(*people[:2]))
    case = made.handed_in(call, head, unit).case
    draft = Call.objects.get(pk=call.pk)
    said = {**draft.rules, "committees": [made.committee(people[2])]}
    services.change_call(actor=SYSTEM, call=draft, content={"rules": said})

    made.renew(case)

    assert made.score(people[1], case).votes.count() == 1
    assert (people[2].pk,) not in sheets_of(case)


def faults(call, *committees):
    said = {**call.rules, "committees": list(committees)}
    call = services.change_call(actor=SYSTEM, call=call, content={"rules": said})
    return [one.detail for one in missing_in(call)]


def test_what_makes_no_sense_is_told_before_the_call_is_published(people):
    call = made.draft(procedure=made.scoring_procedure(quorum="3"))
    now = timezone.now().replace(microsecond=0)
    first, second, third = people
    late = made.seat(third, from_at=now, to_at=now - timedelta(hours=1))
    powerless = person_with(first_name="Ewa", last_name="Bezprawna")

    assert faults(call, made.committee(*people)) == []
    for said, sentence in (
        (made.committee(made.seat(first), second, third), "wskaż osobę, która przewodniczy."),
        (made.committee(first, made.seat(second, "chair"), third), "dwie osoby przewodniczą"),
        (made.committee(first, second, third, second), "Bogdan Kowal jest w niej dwa razy"),
        (made.committee(first, second, late), "Celina Kowal: udział kończy się, zanim"),
        (made.committee(first, second, powerless), "Ewa Bezprawna nie ma uprawnienia"),
        (made.committee(first, second), "procedura wymaga 3 ocen, a wniosek dostanie ich naj"),
        (made.committee(*people, each_to=4), "każdy wniosek ma oceniać 4 osób, a ocenia w niej 3"),
        (made.committee(*people, function="inna"), "jej funkcja niczego nie ocenia"),
    ):
        [found, *_] = faults(call, said)
        assert found.startswith("Komisja „Komisja”: ")
        assert sentence in found
    twice = faults(call, made.committee(*people), made.committee(*people, key="druga"))
    assert "oceniałyby te same wnioski" in twice[0]
    with pytest.raises(CallIncomplete):
        services.publish_call(actor=SYSTEM, call=call)


@pytest.mark.parametrize("keeps_the_old_entry", [False, True])
def test_somebody_appointed_again_sits_from_then_on_and_not_since_their_first_seat(
    people, keeps_the_old_entry
):
    now = timezone.now().replace(microsecond=0)
    times = now - timedelta(days=3), now - timedelta(days=1)
    chair, old = made.seat(people[0], "chair"), made.seat(people[1], "member", *times)
    call = made.judged_by(made.committee(chair, old))

    kept = [old] if keeps_the_old_entry else []
    made.republish(call, made.committee(chair, *kept, made.seat(people[1])))

    first, second = Seat.objects.filter(person=people[1]).order_by("from_at")
    assert (first.from_at, first.to_at) == times
    assert (second.from_at >= now, second.to_at) == (True, None)


def test_two_chairs_one_after_the_other_are_one_chair_at_a_time(people):
    call = made.draft(procedure=made.scoring_procedure())
    turn = timezone.now().replace(microsecond=0) + timedelta(days=9)
    first = made.seat(people[0], "chair", to_at=turn)
    second = made.seat(people[1], "chair", from_at=turn)

    assert faults(call, made.committee(first, second)) == []


def test_a_copied_call_keeps_its_people_without_the_dates_of_last_year(people, clerk):
    ends = timezone.now().replace(microsecond=0) + timedelta(days=9)
    call = made.judged_by(made.committee(people[0], made.seat(people[1], to_at=ends)))

    [copied] = services.copy_call(actor=SYSTEM, call=call).rules["committees"]

    assert [(one["from_at"], one["to_at"]) for one in copied["members"]] == [(None, None)] * 2


def test_a_call_without_a_committee_is_scored_by_who_plays_the_function(head, unit):
    members = [procedures.officer("komisja") for _ in range(2)]
    case = made.handed_in(made.judged_by(), head, unit).case

    assert sheets_of(case) == {(one.pk,) for one in members}
    for one in members:
        made.score(one, case)
    with pytest.raises(ActionNotAvailable, match="już oddana"):
        steps.perform(actor=members[0], case=case, action="give_score")
