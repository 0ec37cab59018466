from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.deeds import Deed
from accounts.permissions import Permission
from audit import services
from audit.models import Entry
from opium.permissions import SYSTEM
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db


def test_an_entry_tells_who_did_what_to_which_record_and_from_where():
    ala, ola = PersonFactory(first_name="Ala", last_name="A"), PersonFactory(last_name="O")
    token = services.origin.set("192.0.2.7")
    try:
        services.record(
            actor=ala,
            deed=Deed.ADD_PERSON,
            right=Permission.MANAGE_PEOPLE,
            target=ola,
            before={"phone": ""},
            after={"phone": "52 111"},
        )
    finally:
        services.origin.reset(token)

    entry = Entry.objects.get(actor_id=ala.pk)
    assert (entry.actor_name, entry.right, entry.origin) == (
        "Ala A",
        "accounts.manage_people",
        "192.0.2.7",
    )
    assert (entry.target_type, entry.target_id) == ("accounts.person", str(ola.pk))
    assert (entry.before, entry.after) == ({"phone": ""}, {"phone": "52 111"})


@pytest.mark.parametrize(
    "change",
    [
        lambda: Entry.objects.update(actor_name="nikt"),
        lambda: Entry.objects.all()._raw_delete("default"),
    ],
)
def test_the_database_refuses_to_change_or_delete_an_entry(change):
    person = PersonFactory()
    services.record(
        actor=SYSTEM, deed=Deed.ADD_PERSON, right=Permission.MANAGE_PEOPLE, target=person
    )

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change()


def test_the_other_city_has_its_own_log(in_south):
    services.record(
        actor=SYSTEM, deed=Deed.ADD_PERSON, right=Permission.MANAGE_PEOPLE, target=PersonFactory()
    )
    here = Entry.objects.count()

    with in_south():
        assert Entry.objects.count() != here


@pytest.mark.django_db(transaction=True)
def test_without_a_transaction_there_is_no_entry(city):
    person = PersonFactory()
    with pytest.raises(transaction.TransactionManagementError):
        services.record(
            actor=SYSTEM, deed=Deed.ADD_PERSON, right=Permission.MANAGE_PEOPLE, target=person
        )


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_was_committed_cannot_be_deleted_either(city):
    with transaction.atomic():
        services.record(
            actor=SYSTEM,
            deed=Deed.ADD_PERSON,
            right=Permission.MANAGE_PEOPLE,
            target=PersonFactory(),
        )

    with pytest.raises(DatabaseError, match="append-only"):
        Entry.objects.all()._raw_delete("default")


def test_a_sign_that_the_database_cannot_keep_is_written_down_as_unknown(city):
    person = PersonFactory()
    with transaction.atomic():
        entry = services.record(
            actor=person,
            deed=Deed.ADD_PERSON,
            right=Permission.MANAGE_PEOPLE,
            target=person,
            after={"a\x00b": "c\x00"},
        )
    entry.refresh_from_db()
    assert entry.after == {"a\ufffdb": "c\ufffd"}


def typed(person, target, right=Permission.MANAGE_PEOPLE):
    services.record_typing(actor=person, deed=Deed.CHANGE_PERSON, right=right, target=target)
    return Entry.objects.filter(target_id=str(target.pk), deed=Deed.CHANGE_PERSON)


def test_what_saves_itself_is_written_down_once_an_hour_for_each_person_and_record():
    ala, ola, one, other = PersonFactory.create_batch(4)

    assert [typed(ala, one).count() for _ in range(5)] == [1] * 5
    assert (typed(ola, one).count(), typed(ala, other).count()) == (2, 1)
    with time_machine.travel(timezone.now() + timedelta(minutes=59)):
        assert typed(ala, one).count() == 2
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert typed(ala, one).count() == 3


def test_an_entry_of_typing_is_as_any_other_and_chained():
    ala, ola = PersonFactory(first_name="Ala", last_name="A"), PersonFactory()
    token = services.origin.set("192.0.2.7")
    try:
        [entry] = typed(ala, ola)
        told = services.record(
            actor=ala,
            deed=Deed.CHANGE_PERSON,
            right=Permission.MANAGE_PEOPLE,
            target=ola,
            after={"typed": True},
        )
    finally:
        services.origin.reset(token)

    told.refresh_from_db()
    same = [one.attname for one in Entry._meta.fields if one.name not in {"id", "at"}]
    assert [getattr(entry, one) for one in same] == [getattr(told, one) for one in same]
    assert entry.at <= told.at
    assert services.verify_chain().holds


def test_typing_costs_one_statement_whether_it_is_written_down_or_not(django_assert_num_queries):
    ala, ola = PersonFactory.create_batch(2)
    for _ in range(2):
        with django_assert_num_queries(1):
            services.record_typing(
                actor=ala, deed=Deed.CHANGE_PERSON, right=Permission.MANAGE_PEOPLE, target=ola
            )
