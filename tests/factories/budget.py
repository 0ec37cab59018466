"""Pots, and subjects that money is booked on."""

from decimal import Decimal
from itertools import count
from uuid import uuid4

from django.utils import timezone

from budget import registry
from budget import services as budget
from budget.models import Pot
from budget.services import Share, Subject
from opium.permissions import SYSTEM

REPAIR = "tests.repair"
"""A kind of subject that no module of the product has."""
NAMES: dict = {}
"""Subject -> its name, for those that may be seen."""


def _shown(_actor, ids):
    return {pk: registry.Shown(NAMES[pk], f"/repairs/{pk}") for pk in ids if pk in NAMES}


_KIND = registry.SubjectKind(label="Remont", shown=_shown)
registry.subject(REPAIR, _KIND)
_numbers = count(1)


def pot(amount="1000.00", **fields):
    number = next(_numbers)
    given = {"year": timezone.localdate().year, "code": f"pula_{number}", "name": f"Pula {number}"}
    return budget.make_pot(actor=SYSTEM, amount=Decimal(amount), **(given | fields))


def part(of, amount, **fields):
    number = next(_numbers)
    given = {"code": f"czesc_{number}", "name": f"Część {number}"}
    return budget.delegate_part(actor=SYSTEM, pot=of, amount=Decimal(amount), **(given | fields))


def repair(unit=None, name=""):
    subject = Subject(REPAIR, uuid4(), unit.pk if unit is not None else None)
    if name:
        NAMES[subject.id] = name
    return subject


def book(verb, subject, *shares, key="", actor=SYSTEM, **rest):
    """`book("grant", repair(), (pot, "400.00"))`."""
    given = [Share(one, Decimal(amount)) for one, amount in shares]
    return getattr(budget, verb)(
        actor=actor, subject=subject, shares=given, key=key or f"{verb}:{next(_numbers)}", **rest
    )


def in_city(code, amount="100000.00", year=None):
    """The pot of that code, made where the city has none yet."""
    of = year or timezone.localdate().year
    return Pot.objects.filter(year=of, code=code).first() or pot(
        amount, code=code, name=f"Pula {code}", year=of
    )
