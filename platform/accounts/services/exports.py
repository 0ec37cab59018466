"""The lists of accounts as files: what the screen shows, as filtered and ordered."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from typing import IO

from django.db import transaction
from django.db.models import QuerySet

from accounts import selectors
from accounts.deeds import Deed
from accounts.models import Assignment, Person, Role
from accounts.permissions import OVERSEEING, Permission, oversees, require_any
from audit import services as audit
from opium.models import AT_ONCE, in_blocks
from opium.permissions import Actor, all_permissions
from spreadsheets.writing import Cell, Column, Kind


@transaction.atomic
def export_people(
    *, actor: Actor, people: QuerySet[Person], query: Mapping[str, object]
) -> IO[bytes]:
    """The accounts as an xlsx, an open file to be closed by the caller; an entry of the log.

    `people` comes from `selectors.people_visible_to` of the same actor; `query` says in the log how
    it was narrowed. Telephones and how people sign in are for whoever oversees every account.
    """
    right = require_any(actor, (*OVERSEEING, Permission.MANAGE_UNIT_PEOPLE))
    columns = (
        Column("Nazwisko", id="person"),
        Column("Imię", id="person"),
        Column("E-mail", id="person"),
        Column("Telefon", id="phone"),
        Column("Miejsce", width=40, id="homes"),
        Column("Role", width=50, id="roles"),
        Column("Konto", id="account"),
        Column("Drugi składnik", id="account"),
        Column("Ostatnie logowanie", Kind.DATETIME, id="last_login"),
        Column("Konto założono", Kind.DATETIME, id="created"),
    )
    whole = oversees(actor) is not None
    kept = [whole or column.title not in _WHOLE for column in columns]
    return audit.write_list(
        actor=actor,
        deed=Deed.EXPORT_PEOPLE,
        right=right,
        model=Person,
        columns=tuple(compress(columns, kept)),
        rows=(tuple(compress(row, kept)) for row in _people(actor, people)),
        name="Osoby",
        query=query,
    )


_WHOLE = frozenset({"Telefon", "Drugi składnik", "Ostatnie logowanie", "Konto założono"})


def _people(actor: Actor, people: QuerySet[Person]) -> Iterator[Sequence[Cell]]:
    for block in in_blocks(people):
        homes = selectors.homes_seen(actor, [person.pk for person in block])
        for person in block:
            yield (
                person.last_name,
                person.first_name,
                person.email,
                person.phone,
                "; ".join(home.name for home in homes.get(person.pk, ())),
                "; ".join(dict.fromkeys(one.role.name for one in person.held)),
                "czynne" if person.is_active else "zamknięte",
                person.has_second_factor,
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
        Column("Rola", id="role"),
        Column("Opis", width=50, id="role"),
        Column("Wymaga drugiego składnika", id="role"),
        Column("Liczba osób", Kind.INTEGER, id="people"),
        Column("Uprawnienia", width=100, id="permissions"),
    )
    labels = [(str(right), right.label) for right in all_permissions()]
    rows: Iterator[Sequence[Cell]] = (
        (
            role.name,
            role.description,
            role.requires_mfa,
            role.holder_count,
            "; ".join(label for name, label in labels if name in role.permissions),
        )
        for role in roles.iterator(chunk_size=AT_ONCE)
    )
    return audit.write_list(
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
        Column("Osoba", id="person"),
        Column("E-mail", id="person"),
        Column("Rola", id="role"),
        Column("Gdzie", width=40, id="place"),
        Column("Obowiązuje od", Kind.DATE, id="at"),
        Column("Obowiązuje do", Kind.DATE, id="at"),
        Column("Obowiązuje dziś", id="state"),
        Column("Nadano", Kind.DATETIME, id="granted"),
    )
    rows: Iterator[Sequence[Cell]] = (
        (
            one.person.display_name,
            one.person.email,
            one.role.name,
            one.scope_name,
            one.valid_from,
            one.valid_to,
            one.is_in_force,
            one.created_at,
        )
        for block in in_blocks(assignments)
        for one in selectors.with_places(block)
    )
    return audit.write_list(
        actor=actor,
        deed=Deed.EXPORT_ASSIGNMENTS,
        right=right,
        model=Assignment,
        columns=columns,
        rows=rows,
        name="Nadane role",
        query=query,
    )
