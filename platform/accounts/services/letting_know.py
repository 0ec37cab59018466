"""Telling people by letter what was done to their way in; nobody can switch this off."""

from typing import TYPE_CHECKING

from accounts import letters
from accounts.models import Person
from outbox.services import after_commit

if TYPE_CHECKING:
    from django.db.models import QuerySet


def tell_of_change(person: Person, what: str, address: str | None = None) -> None:
    """Write to the person, or to another mailbox of theirs, once the deed is committed."""
    after_commit("accounts.tell_of_change", str(person.pk), what, address or person.email)


def tell_each_of_change(people: "QuerySet[Person]", what: str) -> None:
    """The same to many, a letter of its own each."""
    for person in people:
        tell_of_change(person, what)


def send_change(person_id: str, what: str, address: str) -> None:
    letters.send_change(Person.objects.get(pk=person_id), what, address)
