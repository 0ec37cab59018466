"""The verb that lets many people in at once, from a workbook."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from accounts.deeds import Deed
from accounts.errors import ProofNeeded, SheetWithoutColumns, TooManyRows
from accounts.models import Person, Role
from accounts.permissions import Permission, appoints, require_any
from accounts.registry import players_told_once
from accounts.services.guards import require_recent_proof
from accounts.services.invitations import invite_person
from accounts.services.joinings import ask_to_join
from audit import services as audit
from files import services as files
from files.registry import Purpose, Source
from files.selectors import outcome_of
from opium.errors import DomainError
from opium.permissions import Actor
from opium.polish import fold
from opium.registry import current_city
from spreadsheets.cells import Row, Value
from spreadsheets.readers import Limits, read_workbook
from spreadsheets.writing import Column, write_table
from units.selectors import Home, homes_named

if TYPE_CHECKING:
    from django.db.models import Model

LIMIT = 2000
LONGEST_NAME = 100
COLUMNS = {
    "unit": ("jednostka", "jednostka (RSPO albo nazwa skrócona)", "rspo", "nazwa skrocona"),
    "first_name": ("imie",),
    "last_name": ("nazwisko",),
    "email": ("e-mail", "email", "adres e-mail"),
    "role": ("rola",),
    "position": ("stanowisko",),
    "phone": ("telefon",),
}
OPTIONAL = frozenset({"position", "phone"})
_TITLES = ("Jednostka", "Imię", "Nazwisko", "E-mail", "Rola", "Stanowisko", "Telefon")
_HEADER_WITHIN = 20
_LIMITS = Limits(answer=2**26)
PURPOSE = "accounts.invitations"
_RIGHTS = (Permission.MANAGE_PEOPLE, Permission.MANAGE_UNIT_PEOPLE)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that invited nobody: its number as the spreadsheet shows it, who, and why."""

    row: int
    email: str
    reason: str


@dataclass(slots=True)
class InvitationReport:
    """What became of the rows. With `is_dry_run` nothing was done."""

    is_dry_run: bool
    invited: int = 0
    joined: int = 0
    asked: int = 0
    """Who is asked to agree; of them nobody is told who has an account already."""
    refused: list[RefusedRow] = field(default_factory=list)


def invitation_template() -> bytes:
    """An empty workbook with the right headers."""
    return write_table([Column(title, width=28) for title in _TITLES], [], name="Zaproszenia")


def invite_people(*, actor: Actor, file_id: UUID, is_dry_run: bool = False) -> InvitationReport:
    """Invite everybody whom the actor's own upload names, as it was read (`READING`).

    Each is invited as `invite_person` would.

    Whoever does not keep the city's accounts asks them (`ask_to_join`). A row that cannot be
    accepted is told with its reason and stops no other. With `is_dry_run` the report says what
    would happen. Raises the refusals of `files.selectors.outcome_of`, and as every row gives a
    role `ProofNeeded`, `NotByKey`: also where the proof grows old on the way, and then nobody is
    invited.
    """
    right = require_any(actor, _RIGHTS)
    require_recent_proof(actor)
    report = InvitationReport(is_dry_run=is_dry_run)
    with transaction.atomic():
        rows = outcome_of(actor, file_id, purpose=PURPOSE)["rows"]
        [file] = files.claim(actor=actor, files=[file_id])
        with players_told_once():
            _invite(actor, rows, report)
        files.discard(file=file)
        audit.record(
            actor=actor,
            deed=Deed.INVITE_PEOPLE,
            right=right,
            target=cast("Model", current_city()),
            after={"file": file.name, "invited": report.invited, "joined": report.joined}
            | {"asked": report.asked, "refused": len(report.refused)},
        )
        transaction.set_rollback(is_dry_run)
    return report


def _read(source: Source) -> dict[str, Any]:
    """The rows that somebody has filled, by the names of `COLUMNS`.

    Raises `SheetWithoutColumns`, `TooManyRows`.
    """
    with read_workbook(source.path, limits=_LIMITS) as workbook:
        return {"rows": list(_rows(workbook.sheets[0].rows()))}


def _ask(actor: Actor, _about: str) -> None:
    require_any(actor, _RIGHTS)


READING = Purpose(_read, _ask)


def _rows(numbered: Iterator[tuple[int, Row]]) -> Iterator[tuple[int, dict[str, str]]]:
    columns: dict[str, int] = {}
    missing = set(COLUMNS) - OPTIONAL
    count = 0
    for number, row in numbered:
        if not columns:
            found = _header(row)
            if not missing - set(found):
                columns = found
            elif number >= _HEADER_WITHIN:
                break
            continue
        facts = {name: _text(row, column) for name, column in columns.items()}
        if any(facts.values()):
            count += 1
            if count > LIMIT:
                raise TooManyRows(limit=LIMIT)
            yield number + 1, facts
    if not columns:
        raise SheetWithoutColumns(missing=", ".join(_TITLES[:5]))


def _header(row: Row) -> dict[str, int]:
    texts = {fold(str(value)): column for column, value in enumerate(row) if value is not None}
    return {
        name: texts[fold(title)]
        for name, titles in COLUMNS.items()
        for title in titles
        if fold(title) in texts
    }


def _text(row: Row, column: int) -> str:
    value: Value = row[column] if column < len(row) else None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else " ".join(str(value).split())


def _invite(actor: Actor, rows: list[tuple[int, dict[str, str]]], report: InvitationReport) -> None:
    homes = homes_named({facts["unit"] for _, facts in rows if facts["unit"]})
    roles = {fold(role.name): role for role in Role.objects.all()}
    known = set(
        Person.objects.filter(email__in={facts["email"] for _, facts in rows}).values_list(
            "email", flat=True
        )
    )
    invites = appoints(actor)
    for number, facts in rows:
        reason = _flaw(facts, homes, roles)
        if reason is None:
            home = homes[facts["unit"]]
            bring_in = invite_person if invites else ask_to_join
            try:
                bring_in(
                    actor=actor,
                    email=facts["email"],
                    first_name=facts["first_name"],
                    last_name=facts["last_name"],
                    phone=facts.get("phone", ""),
                    position=facts.get("position", ""),
                    role=roles[fold(facts["role"])],
                    home=(home.kind, home.id),
                )
            except ProofNeeded:
                raise
            except DomainError as refusal:
                reason = str(refusal)
        if reason is not None:
            report.refused.append(RefusedRow(number, facts["email"], reason))
        elif not invites:
            report.asked += 1
        elif facts["email"] in known:
            report.joined += 1
        else:
            report.invited += 1
            known.add(facts["email"])


def _flaw(
    facts: dict[str, str], homes: Mapping[str, Home], roles: Mapping[str, Role]
) -> str | None:
    for name, title in (
        ("unit", "jednostki"),
        ("first_name", "imienia"),
        ("last_name", "nazwiska"),
    ):
        if not facts[name]:
            return f"Brakuje {title}."
    if max(len(facts["first_name"]), len(facts["last_name"])) > LONGEST_NAME:
        return f"Imię albo nazwisko jest za długie (najwyżej {LONGEST_NAME} znaków)."
    try:
        validate_email(facts["email"])
    except ValidationError:
        return f"„{facts['email']}” nie jest adresem e-mail."
    if facts["unit"] not in homes:
        return f"Nie ma czynnej jednostki „{facts['unit']}” (numer RSPO albo nazwa skrócona)."
    if fold(facts["role"]) not in roles:
        return f"Nie ma roli „{facts['role']}”."
    return None
