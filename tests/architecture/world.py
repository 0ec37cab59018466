"""One of everything that the API can show or change, each carrying a word that must not leak."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from accounts import services as accounts
from accounts.models import Person, Role
from modules.messaging import services as messaging
from notifications.models import Notification
from opium.permissions import SYSTEM, all_permissions
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import (
    GroupFactory,
    MembershipFactory,
    RegisterEntryFactory,
    SectionFactory,
    UnitFactory,
    UnitKindFactory,
)
from tests.factories.files import uploaded
from tests.factories.messaging import draft, survey, workbook

SECRET = "Tajemniczka"
"""In every name of the world; an answer to somebody who may not see it never holds it."""


def everything() -> list[str]:
    return [str(permission) for permission in all_permissions()]


def build() -> SimpleNamespace:
    """The world of the first city; `ids` fills the parameters of its routes."""
    admin = person_with(*everything(), first_name=SECRET, last_name="Naczelna")
    unit = UnitFactory(short_name=f"SP {SECRET}", name=f"Szkoła {SECRET}", street=SECRET)
    RegisterEntryFactory(unit=unit, name=SECRET)
    head = person_with(
        *everything(), scope_kind="unit", scope_id=unit.pk, first_name=SECRET, last_name="Szkolna"
    )
    membership = MembershipFactory(person=head, unit=unit, position=SECRET)
    section = SectionFactory(name=SECRET)
    kind = UnitKindFactory(code="tajna", name="Rodzaj próbny", name_plural="Rodzaje próbne")
    group = GroupFactory(name=SECRET, units=[unit], people=[head])
    message = survey(admin, [unit], subject=SECRET, name=f"{SECRET}.xlsx")
    delivery = message.deliveries.get()
    file = uploaded(head, f"{SECRET}.xlsx", workbook(["Lp.", "Klasa", "Obiady"], [1, SECRET, 2]))
    answer = messaging.answer_delivery(
        actor=head, delivery=delivery, content=messaging.AnswerContent(workbook=file.pk)
    )
    merge = messaging.start_merge(actor=admin, message=message)
    messaging.run_merge(actor=SYSTEM, merge=merge)
    unsent = draft(admin, [unit], subject=SECRET)
    role = Role.objects.create(name=f"Rola {SECRET}", permissions=[])
    assignment = accounts.assign_role(actor=SYSTEM, person=head, role=role)
    function = accounts.add_function(actor=SYSTEM, code="tajna", name=SECRET)
    holder = accounts.give_function(actor=SYSTEM, function=function, person=head)
    substitution = accounts.appoint_substitute(
        actor=SYSTEM,
        person=head,
        substitute=admin,
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate(),
        reason=SECRET,
    )
    provider = accounts.add_provider(
        actor=SYSTEM,
        code="logowanie",
        name="Logowanie miasta",
        server_url="https://logowanie.example.org",
        client_id=SECRET,
        secret=SECRET,
    )
    token, _ = accounts.make_token(
        actor=admin,
        name=SECRET,
        permissions=["directory.view_units"],
        expires_at=timezone.now() + timedelta(days=1),
    )
    notification = Notification.objects.filter(person=head).first()
    upload = uploaded(admin, f"{SECRET}.pdf")
    return SimpleNamespace(
        admin=admin, head=head, unit=unit, membership=membership, section=section, kind=kind,
        group=group, message=message, delivery=delivery, answer=answer, merge=merge,
        draft=unsent, role=role, assignment=assignment, function=function, token=token,
        holder=holder, substitution=substitution, provider=provider,
        notification=notification, upload=upload, today=timezone.localdate(),
    )  # fmt: skip


def nobody() -> Person:
    """Signed in, with no right at all."""
    return PersonFactory(first_name="Bez", last_name="Praw")


def neighbour() -> Person:
    """Holds every permission there is, but in another unit."""
    unit = UnitFactory(short_name="SP Sąsiednia", name="Sąsiednia")
    person = person_with(*everything(), scope_kind="unit", scope_id=unit.pk, last_name="Sąsiad")
    MembershipFactory(person=person, unit=unit)
    return person
