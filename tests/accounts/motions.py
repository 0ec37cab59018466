"""What tests of what waits for a second person ask of the world."""

from django.utils import timezone

from accounts.models import Person
from accounts.permissions import Permission
from notifications.models import Notification
from tests.factories.accounts import again


def assigns_roles(person):
    return bool(Person.objects.get(pk=person.pk).reach(Permission.MANAGE_ROLES))


def bell_of(person):
    return list(Notification.objects.filter(person=person).values_list("title", flat=True))


def waits_for(person, api):
    answer = api(person).get("/api/v1/todo/waiting/").json()["results"]
    return [one["title"] for one in answer]


def proved(person):
    found = again(person)
    found.proved_at = timezone.now()
    return found
