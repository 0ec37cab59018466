"""Calls as a city publishes them, and applications that came in by them."""

from datetime import timedelta

from django.utils import timezone

from modules.applications import services
from modules.applications.models import Application
from modules.applications.permissions import Permission
from modules.messaging.permissions import Permission as Messaging
from opium.permissions import SYSTEM
from procedures.permissions import Permission as Procedures
from procedures.services import steps
from tests.factories import procedures
from tests.factories.accounts import person_with
from tests.factories.budget import in_city

POT = "granty_w_naborze"


def clerk(**fields):
    """Somebody of the department who runs calls, writes to units and sees the matters."""
    return person_with(
        Permission.MANAGE_CALLS,
        Permission.VIEW_CALLS,
        Messaging.SEND_MESSAGE,
        Messaging.VIEW_MESSAGES,
        Procedures.VIEW_CASES,
        **fields,
    )


def window(key="tura", name="Tura", days=30, **fields):
    """A round that is open since yesterday."""
    now = timezone.now().replace(microsecond=0)
    return {
        "key": key,
        "name": name,
        "opens_at": (now - timedelta(days=1)).isoformat(),
        "closes_at": (now + timedelta(days=days)).isoformat(),
        "pots": [POT],
        "own_deadlines": [],
        **fields,
    }


def rules(*rounds, limits=None, **fields):
    return {
        "description": "Granty na zajęcia po lekcjach.",
        "rounds": list(rounds) or [window()],
        "audience": {"all_units": True},
        "limits": limits or {},
        **fields,
    }


def draft(actor=SYSTEM, procedure=None, said=None, **fields):
    """A call that could be published."""
    year = fields.pop("year", timezone.localdate().year)
    in_city(POT, year=year)
    call = services.draft_call(
        actor=actor,
        procedure=procedure or procedures.published(),
        title=fields.pop("title", f"Granty {year}"),
        year=year,
        **fields,
    )
    return services.change_call(actor=actor, call=call, content={"rules": said or rules()})


def published(procedure=None, said=None, actor=SYSTEM, **fields):
    """A call that takes applications; nobody was told of it."""
    return services.publish_call(actor=actor, call=draft(actor, procedure, said, **fields))


def begun(call, head, unit=None, **fields):
    """A draft of the unit, or of the person."""
    return services.begin_application(
        actor=head, call=call, unit_id=unit.pk if unit else None, **fields
    )


def handed_in(call, head, unit=None, **answers):
    """An application that was filled in and handed in."""
    return hand_in(begun(call, head, unit), head, **answers)


def hand_in(application, head, **answers):
    case = procedures.answered(again(application).case, **{"tytul": "Teatr", **answers})
    steps.perform(actor=head, case=case, action="submitted")
    return again(application)


def again(application):
    return Application.objects.select_related("call", "case__sheet").get(pk=application.pk)
