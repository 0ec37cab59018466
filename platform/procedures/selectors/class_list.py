"""Questions about the city's file plan."""

from django.db.models import Count, QuerySet

from opium.models import holding
from opium.permissions import Actor, require
from procedures.errors import ClassUnknown
from procedures.models import CaseClass
from procedures.permissions import Permission


def classes_visible_to(actor: Actor) -> QuerySet[CaseClass]:
    """The classes with the number of signs drawn (`drawn`), for authors of procedures too."""
    if not actor.reach(Permission.MANAGE_PROCEDURES).everywhere:
        require(actor, Permission.MANAGE_CLASSES)
    return CaseClass.objects.annotate(drawn=Count("signs")).order_by("unit_symbol", "symbol", "pk")


def classes_matching(classes: QuerySet[CaseClass], text: str) -> QuerySet[CaseClass]:
    """Those with every word of `text` in symbols or name."""
    return holding(classes, text, ("unit_symbol", "symbol", "name"))


def active_codes() -> frozenset[str]:
    """What procedures may name: `WES.4424`."""
    active = CaseClass.objects.filter(is_active=True)
    return frozenset(
        f"{unit}.{symbol}" for unit, symbol in active.values_list("unit_symbol", "symbol")
    )


def class_of(code: str) -> CaseClass:
    """The active class of that code. Raises `ClassUnknown`."""
    unit, _, symbol = code.partition(".")
    found = CaseClass.objects.filter(unit_symbol=unit, symbol=symbol, is_active=True).first()
    if found is None:
        raise ClassUnknown(code=code)
    return found
