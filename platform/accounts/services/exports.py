"""The lists of accounts as files: what the screen shows, as filtered and ordered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import islice
from typing import IO, TypeVar

from django.db import models, transaction
from django.db.models import QuerySet

from accounts import places, selectors
from accounts.deeds import Deed
from accounts.models import Assignment, Person, Role
from accounts.permissions import OVERSEEING, Permission, require_any
from audit import services as audit
from opium import permissions
from opium.permissions import Actor, all_permissions
from spreadsheets.writing import Cell, Column, Kind, write_table_to

AT_ONCE = 500
Row = TypeVar("Row", bound=models.Model)


@transaction.atomic
def export_people(
    *, actor: Actor, people: QuerySet[Person], query: Mapping[str, object]
) -> IO[bytes]:
    """The accounts as an xlsx, an open file to be closed by the caller; an entry of the log.

    `people` comes from `selectors.people_visible_to` of the same actor; `query` says in the log how
    it was narrowed.
    """
    right = require_any(actor, (*OVERSEEING, Permission.MANAGE_UNIT_PEOPLE))
    columns = (
        Column("Nazwisko"),
        Column("Imię"),
        Column("E-mail"),
        Column("Telefon"),
        Column("Miejsce", width=40),
        Column("Role", width=50),
        Column("Konto"),
        Column("Drugi składnik"),
        Column("Ostatnie logowanie", Kind.DATETIME),
        Column("Konto założono", Kind.DATETIME),
    )
    return _written(
        actor=actor,
        deed=Deed.EXPORT_PEOPLE,
        right=right,
        model=Person,
        columns=columns,
        rows=_people(people),
        name="Osoby",
        query=query,
    )


def _people(people: QuerySet[Person]) -> Iterator[Sequence[Cell]]:
    for block in _blocks(people):
        homes = places.homes([person.pk for person in block])
        for person in block:
            yield (
                person.last_name,
                person.first_name,
                person.email,
                person.phone,
                "; ".join(home.name for home in homes.get(person.pk, ())),
                "; ".join(dict.fromkeys(one.role.name for one in person.held)),  # type: ignore[attr-defined]  # prefetched
                "czynne" if person.is_active else "zamknięte",
                person.has_second_factor,  # type: ignore[attr-defined]  # annotated
                person.last_login,
                person.created_at,
            )


@transaction.atomic
def export_roles(*, actor: Actor, roles: QuerySet[Role], query: Mapping[str, object]) -> IO[bytes]:
    """The city's roles with what each permits, as `export_people` gives the accounts."""
    right = require_any(
        actor, (*selectors.CHECKING, Permission.MANAGE_UNIT_PEOPLE, Permission.MANAGE_PEOPLE)
    )
    columns = (
        Column("Rola"),
        Column("Opis", width=50),
        Column("Wymaga drugiego składnika"),
        Column("Liczba osób", Kind.INTEGER),
        Column("Uprawnienia", width=100),
    )
    labels = [(str(right), right.label) for right in all_permissions()]
    rows: Iterator[Sequence[Cell]] = (
        (
            role.name,
            role.description,
            role.requires_mfa,
            role.holder_count,  # type: ignore[attr-defined]  # annotated
            "; ".join(label for name, label in labels if name in role.permissions),
        )
        for role in roles.iterator(chunk_size=AT_ONCE)
    )
    return _written(
        actor=actor,
        deed=Deed.EXPORT_ROLES,
        right=right,
        model=Role,
        columns=columns,
        rows=rows,
        name="Role",
        query=query,
    )


@transaction.atomic
def export_assignments(
    *, actor: Actor, assignments: QuerySet[Assignment], query: Mapping[str, object]
) -> IO[bytes]:
    """Who holds which role where, as `export_people` gives the accounts."""
    right = require_any(actor, (*selectors.CHECKING, Permission.MANAGE_UNIT_PEOPLE))
    columns = (
        Column("Osoba"),
        Column("E-mail"),
        Column("Rola"),
        Column("Gdzie", width=40),
        Column("Obowiązuje od", Kind.DATE),
        Column("Obowiązuje do", Kind.DATE),
        Column("Obowiązuje dziś"),
        Column("Nadano", Kind.DATETIME),
    )
    rows: Iterator[Sequence[Cell]] = (
        (
            one.person.display_name,
            one.person.email,
            one.role.name,
            one.scope_name,  # type: ignore[attr-defined]  # put there by with_places
            one.valid_from,
            one.valid_to,
            one.is_in_force,
            one.created_at,
        )
        for block in _blocks(assignments)
        for one in selectors.with_places(block)
    )
    return _written(
        actor=actor,
        deed=Deed.EXPORT_ASSIGNMENTS,
        right=right,
        model=Assignment,
        columns=columns,
        rows=rows,
        name="Nadane role",
        query=query,
    )


def _blocks(found: QuerySet[Row]) -> Iterator[list[Row]]:
    """So many at a time that what stands beside them is asked for all at once."""
    rows = found.iterator(chunk_size=AT_ONCE)
    while block := list(islice(rows, AT_ONCE)):
        yield block


def _written(
    *,
    actor: Actor,
    deed: Deed,
    right: permissions.Permission,
    model: type[models.Model],
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    name: str,
    query: Mapping[str, object],
) -> IO[bytes]:
    """The table as a file: rows are read a block at a time, the packed result stays in memory."""
    count = 0

    def counted() -> Iterator[Sequence[Cell]]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    target = BytesIO()
    write_table_to(target, columns, counted(), name=name, frozen=1)
    audit.record_export(actor=actor, deed=deed, right=right, model=model, query=query, rows=count)
    target.seek(0)
    return target
