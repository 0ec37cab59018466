"""What tests of requests to join ask of the world."""

import re

from notifications.models import Notification
from todo.models import Waiting
from units.models import Membership

LINK = re.compile(r"/joining#(\S+)")


def belongs(person, unit):
    return Membership.objects.in_force().filter(person=person, unit=unit).exists()


def desk_of(person):
    rows = Waiting.objects.filter(person=person, code="accounts.answer_joining", done_at=None)
    return [(row.title, row.details, row.url) for row in rows]


def bell_of(person):
    return list(Notification.objects.filter(person=person).values_list("title", flat=True))


def body(email, unit, role=None):
    return {
        "email": email,
        "first_name": "Ewa",
        "last_name": "Nowa",
        "home": {"kind": "unit", "id": str(unit.pk)},
        "role": str(role.pk) if role else None,
    }
