"""One list for every module: whom a row means, today, and what it costs to ask."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import Assignment, Role, Substitution
from modules.messaging.permissions import Permission as Messaging
from modules.messaging.services import AnswerContent, answer_delivery
from opium.declaring import DeclaredTwice
from procedures.permissions import Permission as Procedures
from tests.factories import messaging
from tests.factories import procedures as cases
from tests.factories.accounts import PersonFactory, again, person_with
from tests.factories.directory import MembershipFactory, UnitFactory
from tests.factories.keys import secret_of
from todo import registry, services
from todo.models import Waiting
from todo.registry import Kind, UndeclaredKind
from todo.selectors import counts_of, group_of, people_behind, todo_of
from todo.services import Wait

pytestmark = pytest.mark.django_db
URL = "/api/v1/todo/waiting/"
OWN = Procedures.KEEP_OWN_CASES
TODAY = timezone.localdate()


@pytest.fixture
def fake(monkeypatch):
    """A module more, as the next eight will be: it only declares a kind and writes rows."""
    kind = Kind("directory.repair", "Naprawa", Procedures.OPEN_CASE, own_right=OWN)
    monkeypatch.setitem(registry._kinds, kind.code, kind)
    return kind


def row(code="directory.repair", **told):
    about = {"subject": ("directory.need", uuid4()), "what": "Napraw", "title": "Dach", "url": "/x"}
    return Wait(code=code, **(about | told))


def written(*told):
    return services.wait(told)


def titles(person):
    return [one.title for one in todo_of(again(person))]


def keyed(person, *permissions):
    """A program that acts as the person, by a key limited to these rights."""
    client = APIClient(HTTP_HOST="north.test")
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret_of(person, *permissions)}")
    return client


def absent(person, substitute):
    Substitution.objects.create(
        person=person, substitute=substitute, starts_on=TODAY, ends_on=TODAY
    )


def test_a_row_of_a_person_waits_for_them_alone(fake):
    mine, other = PersonFactory(), PersonFactory()
    written(row(person=mine.pk))

    assert (titles(mine), titles(other)) == (["Dach"], [])


def test_a_row_of_a_unit_waits_for_whoever_holds_the_right_there(fake):
    unit = UnitFactory()
    head = cases.head_of(unit)
    without_the_right = PersonFactory()
    MembershipFactory(person=without_the_right, unit=unit)
    elsewhere = cases.head_of(UnitFactory())
    in_the_city = person_with(Procedures.OPEN_CASE)
    written(row(unit_id=unit.pk))

    assert titles(head) == ["Dach"]
    assert titles(without_the_right) == titles(elsewhere) == titles(in_the_city) == []
    MembershipFactory(person=in_the_city, unit=unit)
    assert titles(in_the_city) == ["Dach"]


def test_where_only_members_answer_a_role_held_for_the_unit_is_not_enough(monkeypatch):
    kind = Kind("directory.repair", "Naprawa", Procedures.OPEN_CASE, members_only=True)
    monkeypatch.setitem(registry._kinds, kind.code, kind)
    unit = UnitFactory()
    from_outside = person_with(Procedures.OPEN_CASE, scope_kind="unit", scope_id=unit.pk)
    written(row(unit_id=unit.pk))

    assert titles(from_outside) == []
    MembershipFactory(person=from_outside, unit=unit)
    assert titles(from_outside) == ["Dach"]


def test_a_named_person_needs_the_right_where_the_kind_says_so(monkeypatch):
    kind = Kind("directory.repair", "Naprawa", Procedures.OPEN_CASE)
    monkeypatch.setitem(registry._kinds, kind.code, kind)
    entitled, without = person_with(Procedures.OPEN_CASE), PersonFactory()
    written(row(person=entitled.pk), row(person=without.pk))

    assert (titles(entitled), titles(without)) == (["Dach"], [])


def test_whoever_is_excused_or_belongs_to_the_barred_unit_is_not_waited_for(fake):
    unit = UnitFactory()
    done, barred, left = (cases.head_of(unit) for _ in range(3))
    home = UnitFactory()
    MembershipFactory(person=barred, unit=home)
    [one] = written(row(unit_id=unit.pk, excused=[done.pk], barred_unit_id=home.pk))

    assert (titles(done), titles(barred), titles(left)) == ([], [], ["Dach"])
    assert people_behind(one) == [left]


def test_a_row_waits_from_its_beginning_to_its_end(fake):
    person, now = PersonFactory(), timezone.now()
    hour = timedelta(hours=1)
    written(
        row(person=person.pk, title="jutro", since=now + hour),
        row(person=person.pk, title="teraz", since=now - hour, ends_at=now + hour),
        row(person=person.pk, title="już nie", since=now - hour, ends_at=now - hour),
    )

    assert titles(person) == ["teraz"]


def test_the_same_of_the_same_waits_once(fake):
    person, told = PersonFactory(), row()
    subject = told.subject
    for _ in range(2):
        written(row(subject=subject, person=person.pk))
    assert titles(person) == ["Dach"]

    assert services.done(subject_kind=subject[0], subjects=[subject[1]], by=person) == 1
    assert services.done(subject_kind=subject[0], subjects=[subject[1]], by=person) == 0
    assert titles(person) == []
    written(row(subject=subject, person=person.pk))
    assert titles(person) == ["Dach"]
    assert Waiting.objects.filter(subject_id=subject[1], done_by=person).count() == 1


def test_settling_keeps_what_goes_on_and_ends_what_does_not(fake):
    first, second, third = (PersonFactory() for _ in range(3))
    subject, due = ("directory.need", uuid4()), timezone.now() + timedelta(days=3)
    told = [row(subject=subject, person=one.pk, due_at=due) for one in (first, second)]
    kept, ended = services.settle(subject=subject, waits=told, step=1)

    services.settle(
        subject=subject,
        waits=[
            row(subject=subject, person=first.pk, what="Napraw dziś", due_at=None),
            row(subject=subject, person=third.pk),
        ],
        step=2,
    )

    kept.refresh_from_db()
    ended.refresh_from_db()
    assert (kept.what, kept.since, kept.due_at, kept.done_at) == (
        "Napraw dziś",
        kept.since,
        due,
        None,
    )
    assert (ended.done_at is not None, ended.closed_in) == (True, 2)
    assert titles(third) == ["Dach"]

    services.take_back(subject=subject, step=2, by_step=3)
    assert (titles(first), titles(second), titles(third)) == (["Dach"], ["Dach"], [])


def test_what_waits_for_one_passes_to_the_successor_once(fake):
    leaving, successor = PersonFactory(), PersonFactory()
    both = ("directory.need", uuid4())
    written(row(person=leaving.pk), row(subject=both, person=leaving.pk, title="Wspólne"))
    written(row(subject=both, person=successor.pk, title="Wspólne"))

    services.hand_over(person=leaving, successor=successor, code=fake.code)

    assert (titles(leaving), sorted(titles(successor))) == ([], ["Dach", "Wspólne"])


def test_a_kind_that_nobody_declares_is_refused(fake):
    with pytest.raises(UndeclaredKind):
        written(row(code="directory.unknown", person=PersonFactory().pk))
    with pytest.raises(DeclaredTwice):
        registry.declare(fake)


@pytest.mark.parametrize(
    ("due", "group"),
    [
        ("2026-11-23T09:59:59+01:00", "overdue"),
        ("2026-11-23T10:00:00+01:00", "today"),
        ("2026-11-23T23:59:59+01:00", "today"),
        ("2026-11-24T00:00:00+01:00", "week"),
        ("2026-11-30T23:59:59+01:00", "week"),
        ("2026-12-01T00:00:00+01:00", "later"),
        (None, "later"),
    ],
)
def test_deadlines_are_grouped_by_the_days_of_poland_on_screens_and_in_counts(fake, due, group):
    now = datetime.fromisoformat("2026-11-23T10:00:00+01:00")
    due_at = None if due is None else datetime.fromisoformat(due)
    with time_machine.travel(now, tick=False):
        person = PersonFactory()
        written(row(person=person.pk, due_at=due_at))
        counts = counts_of(todo_of(person))

    assert group_of(due_at, now) == group
    assert counts == {"count": 1, "overdue": 0, "today": 0, "week": 0, "later": 0, group: 1}


def test_a_substitute_has_the_rows_of_the_absent_from_every_module_and_sees_in_whose_place(
    fake, case, clerk
):
    unit, author = UnitFactory(), messaging.clerk()
    head = messaging.head_of(unit, first_name="Ola", last_name="Nieobecna")
    messaging.sent(author, [unit], answer_request=messaging.TEXT_ONLY)
    substitute = PersonFactory()
    absent(head, substitute)
    absent(clerk, substitute)

    rows = sorted((one.title, one.in_place_of_name) for one in todo_of(substitute))
    assert rows == [("Ankieta o obiadach", "Ola Nieobecna"), ("Grant, SP Leśna", "Ewa Lis")]


def test_a_role_that_has_ended_ends_the_waiting(case, clerk):
    unit, author = UnitFactory(), messaging.clerk()
    head = messaging.head_of(unit)
    messaging.sent(author, [unit], answer_request=messaging.TEXT_ONLY)
    assert (titles(clerk), titles(head)) == (["Grant, SP Leśna"], ["Ankieta o obiadach"])

    yesterday = TODAY - timedelta(days=1)
    Assignment.objects.filter(person__in=[clerk, head]).update(valid_to=yesterday)

    for person in (clerk, head):
        again = type(person).objects.get(pk=person.pk)
        assert titles(again) == []


def test_a_key_limited_to_one_right_shows_what_that_right_is_waited_for_and_nothing_else(case):
    rights = (Messaging.ANSWER_MESSAGE, Procedures.ACT_IN_CASE, "directory.view_units")
    person = person_with(*rights)
    cases.holder("referent", person)
    unit = UnitFactory()
    MembershipFactory(person=person, unit=unit)
    text = messaging.TEXT_ONLY
    messaging.sent(messaging.clerk(), [unit], [person], answer_request=text)
    replaced = messaging.head_of(UnitFactory())
    absent(replaced, person)
    messaging.sent(messaging.clerk(), people=[replaced], answer_request=text)

    def shown(right):
        answer = keyed(person, right).get(URL)
        return sorted((one["code"], one["in_place_of"] or "") for one in answer.json()["results"])

    answers = [("messaging.answer", ""), ("messaging.answer", replaced.display_name)]
    assert shown("directory.view_units") == []
    assert shown(Messaging.ANSWER_MESSAGE) == answers[:1]
    assert shown(Messaging.KEEP_OWN_INBOX) == answers
    assert shown(Procedures.ACT_IN_CASE) == [("procedures.act", "")]
    assert keyed(person, "directory.view_units").get(f"{URL}count/").json()["count"] == 0
    assert keyed(person, "directory.view_units").get("/api/v1/todo/running/").json() == []


def test_who_has_not_set_the_second_factor_that_a_role_demands_is_shown_nothing(fake, case, clerk):
    written(row(person=clerk.pk))
    assert len(titles(clerk)) == 2

    Role.objects.filter(assignments__person=clerk).update(requires_mfa=True)

    assert titles(type(clerk).objects.get(pk=clerk.pk)) == []


def test_a_module_switched_off_asks_nothing_of_anybody(fake, city, case, clerk):
    messaging.sent(messaging.clerk(), people=[clerk], answer_request=messaging.TEXT_ONLY)
    assert len(titles(clerk)) == 2

    city.modules = ["directory"]

    assert titles(clerk) == ["Grant, SP Leśna"]


def test_the_other_citys_rows_are_not_there(fake, in_south, api):
    with in_south():
        stranger = PersonFactory()
        written(row(person=stranger.pk))
    twin = PersonFactory(pk=stranger.pk)

    assert titles(twin) == []
    assert api(twin).get(URL).json()["count"] == 0
    assert api(stranger, host="south.test").get(URL).json()["count"] == 1


QUERIES = SimpleNamespace(list=8, count=8)
"""The session, its person and rights (3), absences, functions (2), home; then the rows."""


def test_ten_modules_cost_as_many_queries_as_one_and_many_rows_as_one(
    monkeypatch, case, clerk, api, django_assert_num_queries
):
    client = api(clerk)
    client.get(URL)

    def asked():
        with django_assert_num_queries(QUERIES.list):
            listed = client.get(URL).json()["count"]
        with django_assert_num_queries(QUERIES.count):
            counted = client.get(f"{URL}count/").json()["count"]
        return listed, counted

    assert asked() == (1, 1)
    for number in range(10):
        code = f"directory.fake_{number}"
        own = OWN if number > 5 else None
        kind = Kind(code, "Naprawa", list(Procedures)[number % 3], own_right=own)
        monkeypatch.setitem(registry._kinds, code, kind)
        written(*(row(code, person=clerk.pk) for _ in range(5)))
    listed, counted = asked()
    assert listed == counted > 30


def test_writing_many_rows_is_one_statement(fake, django_assert_num_queries):
    people = [PersonFactory() for _ in range(30)]
    with django_assert_num_queries(1):
        written(*(row(person=one.pk) for one in people))


def test_an_answer_by_the_list_is_the_inbox_of_the_same_moment(api):
    """The two say the same of every delivery: what is waited for is what can be answered."""
    unit, other = UnitFactory(), UnitFactory()
    head, author, now = messaging.head_of(unit), messaging.clerk(), timezone.now()
    soon = now + timedelta(days=2)
    for request in (
        None,
        messaging.TEXT_ONLY,
        {**messaging.TEXT_ONLY, "due_at": soon, "locks_at": soon + timedelta(days=1)},
    ):
        for to in ({"units": [unit]}, {"units": [other]}, {"people": [head]}):
            messaging.sent(author, **to, answer_request=request)
    answered = messaging.sent(author, [unit], answer_request=messaging.TEXT_ONLY)
    answer_delivery(
        actor=head, delivery=answered.deliveries.get(), content=AnswerContent(text="Tak.")
    )

    inbox = api(head).get("/api/v1/messaging/inbox/", {"waiting": True}).json()["results"]
    listed = {one.url for one in todo_of(head)}
    assert {f"/messaging/inbox/{one['id']}" for one in inbox} == listed
    assert len(listed) == 4
