"""The budget classification, which the city copies from year to year and corrects."""

from typing import Any

from django.db import transaction

from audit import services as audit
from budget.deeds import Deed
from budget.errors import ClassificationExists, ClassificationInUse, NothingToCopy
from budget.models import Classification
from budget.permissions import Permission
from opium.constraints import refusing
from opium.permissions import WHOLE_CITY, Actor, require

SYMBOLS = frozenset({"year", "chapter", "paragraph"})


@transaction.atomic
def add_classification(
    *, actor: Actor, year: int, chapter: str, name: str, paragraph: str = ""
) -> Classification:
    """A position that pots of the year may name; its division is in its chapter.

    Raises `ClassificationExists`.
    """
    require(actor, Permission.MANAGE_POTS, WHOLE_CITY)
    added = Classification(
        year=year, division=chapter[:3], chapter=chapter, paragraph=paragraph, name=name
    )
    _save(added)
    audit.record(
        actor=actor,
        deed=Deed.ADD_CLASSIFICATION,
        right=Permission.MANAGE_POTS,
        target=added,
        after={"year": year, "code": added.code, "name": name},
    )
    return added


@transaction.atomic
def change_classification(
    *, actor: Actor, classification: Classification, **values: Any
) -> Classification:
    """Change the given fields; the symbols only while no pot uses it.

    Raises `ClassificationExists`, `ClassificationInUse`.
    """
    require(actor, Permission.MANAGE_POTS, WHOLE_CITY)
    changed = Classification.objects.select_for_update().get(pk=classification.pk)
    before = {name: getattr(changed, name) for name in values}
    after = {name: value for name, value in values.items() if value != before[name]}
    if SYMBOLS & after.keys() and changed.pots.exists():
        raise ClassificationInUse(code=changed.code)
    for name, value in after.items():
        setattr(changed, name, value)
    changed.division = changed.chapter[:3]
    if after:
        _save(changed)
        audit.record(
            actor=actor,
            deed=Deed.CHANGE_CLASSIFICATION,
            right=Permission.MANAGE_POTS,
            target=changed,
            before={name: before[name] for name in after},
            after=after,
        )
    return changed


@transaction.atomic
def delete_classification(*, actor: Actor, classification: Classification) -> None:
    """Remove a position that no pot uses. Raises `ClassificationInUse`."""
    require(actor, Permission.MANAGE_POTS, WHOLE_CITY)
    removed = Classification.objects.select_for_update().get(pk=classification.pk)
    if removed.pots.exists():
        raise ClassificationInUse(code=removed.code)
    audit.record(
        actor=actor,
        deed=Deed.DELETE_CLASSIFICATION,
        right=Permission.MANAGE_POTS,
        target=removed,
        before={"year": removed.year, "code": removed.code, "name": removed.name},
    )
    removed.delete()


@transaction.atomic
def copy_classifications(*, actor: Actor, from_year: int, to_year: int) -> int:
    """Bring into a year what another has in use and it has not yet; how many were added.

    Raises `NothingToCopy`.
    """
    require(actor, Permission.MANAGE_POTS, WHOLE_CITY)
    source = Classification.objects.filter(year=from_year, is_active=True)
    copies = [
        Classification(
            year=to_year,
            division=one.division,
            chapter=one.chapter,
            paragraph=one.paragraph,
            name=one.name,
        )
        for one in source
    ]
    if not copies:
        raise NothingToCopy(year=from_year)
    before = Classification.objects.filter(year=to_year).count()
    Classification.objects.bulk_create(copies, ignore_conflicts=True)
    added = Classification.objects.filter(year=to_year).count() - before
    first = Classification.objects.filter(year=to_year).order_by("pk").last()
    if first is not None and added:
        audit.record(
            actor=actor,
            deed=Deed.COPY_CLASSIFICATIONS,
            right=Permission.MANAGE_POTS,
            target=first,
            after={"from_year": from_year, "to_year": to_year, "added": added},
        )
    return added


def _save(classification: Classification) -> None:
    taken = ClassificationExists(year=classification.year, code=classification.code)
    with refusing(one_classification_per_symbol=taken):
        classification.save()
