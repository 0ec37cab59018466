"""The city's file plan."""

from typing import Any

from django.db import transaction

from audit import services as audit
from opium.constraints import refusing
from opium.permissions import WHOLE_CITY, Actor, require
from procedures.deeds import Deed
from procedures.errors import ClassExists, ClassInUse
from procedures.models import CaseClass, CaseSign
from procedures.permissions import Permission


@transaction.atomic
def add_class(
    *, actor: Actor, unit_symbol: str, symbol: str, name: str, archive_category: str = ""
) -> CaseClass:
    """Let signs be drawn in a class. Raises `ClassExists`."""
    require(actor, Permission.MANAGE_CLASSES, WHOLE_CITY)
    added = CaseClass(
        unit_symbol=unit_symbol, symbol=symbol, name=name, archive_category=archive_category
    )
    _save(added)
    audit.record(
        actor=actor,
        deed=Deed.ADD_CLASS,
        right=Permission.MANAGE_CLASSES,
        target=added,
        after={"code": added.code, "name": name, "archive_category": archive_category},
    )
    return added


@transaction.atomic
def change_class(*, actor: Actor, case_class: CaseClass, **values: Any) -> CaseClass:
    """Change the given fields; the symbols only before a sign was drawn.

    Raises `ClassExists`, `ClassInUse`.
    """
    require(actor, Permission.MANAGE_CLASSES, WHOLE_CITY)
    changed = CaseClass.objects.select_for_update().get(pk=case_class.pk)
    before = {name: getattr(changed, name) for name in values}
    after = {name: value for name, value in values.items() if value != before[name]}
    if {"symbol", "unit_symbol"} & after.keys() and _is_used(changed):
        raise ClassInUse(code=changed.code)
    for name, value in after.items():
        setattr(changed, name, value)
    if after:
        _save(changed)
        audit.record(
            actor=actor,
            deed=Deed.CHANGE_CLASS,
            right=Permission.MANAGE_CLASSES,
            target=changed,
            before={name: before[name] for name in after},
            after=after,
        )
    return changed


@transaction.atomic
def delete_class(*, actor: Actor, case_class: CaseClass) -> None:
    """Remove a class in which nothing was ever numbered. Raises `ClassInUse`."""
    require(actor, Permission.MANAGE_CLASSES, WHOLE_CITY)
    removed = CaseClass.objects.select_for_update().get(pk=case_class.pk)
    if _is_used(removed):
        raise ClassInUse(code=removed.code)
    audit.record(
        actor=actor,
        deed=Deed.DELETE_CLASS,
        right=Permission.MANAGE_CLASSES,
        target=removed,
        before={"code": removed.code, "name": removed.name},
    )
    removed.years.all().delete()
    removed.delete()


def _is_used(case_class: CaseClass) -> bool:
    return CaseSign.objects.filter(case_class=case_class).exists()


def _save(case_class: CaseClass) -> None:
    with refusing(one_class_per_symbol=ClassExists(code=case_class.code)):
        case_class.save()
