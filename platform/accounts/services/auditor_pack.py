"""The pack for the auditor: what a yearly audit asks of a city, in one ZIP (KRI-09)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from django.db import transaction
from django.utils import timezone

from accounts import selectors
from accounts.deeds import Deed
from audit import services as audit
from audit.permissions import Permission as Audit
from audit.selectors import counts_by_month, refused_attempts
from files.services import ArchiveEntry, stream_archive
from opium import registry
from opium.permissions import WHOLE_CITY, Actor, require
from opium.polish import format_moment
from spreadsheets.writing import Cell, Column, Kind, write_table

if TYPE_CHECKING:
    from django.db.models import Model

REFUSALS_OF = timedelta(days=366)


def export_auditor_pack(*, actor: Actor) -> Iterator[bytes]:
    """The ZIP in pieces: rights, unused accounts, the log added up, refusals, the chain's verdict.

    Everything is gathered before the first piece. Taking it is an entry of the log, with the
    digest at the chain's end; the chain is proved before, outside that entry's transaction, which
    only its commit chains.
    """
    require(actor, Audit.VIEW_LOG, WHOLE_CITY)
    now = timezone.now()
    verdict = audit.verify_chain()
    with transaction.atomic():
        entries = [
            ArchiveEntry("README.txt", _text(_readme(actor, now))),
            ArchiveEntry("uprawnienia.xlsx", _rights(actor)),
            ArchiveEntry("konta-nieuzywane.xlsx", _unused(actor, now)),
            ArchiveEntry("dziennik-podsumowanie.xlsx", _log(actor)),
            ArchiveEntry("proby-odrzucone.xlsx", _refusals(actor)),
            ArchiveEntry("lancuch.txt", _text(_chain(verdict, now))),
        ]
        audit.record(
            actor=actor,
            deed=Deed.EXPORT_AUDITOR_PACK,
            right=Audit.VIEW_LOG,
            target=cast("Model", registry.current_city()),
            after={"chain_holds": verdict.holds, "chain_end": verdict.end},
        )
    return stream_archive(entries)


def _rights(actor: Actor) -> bytes:
    columns = (
        Column("Osoba"),
        Column("E-mail"),
        Column("Rola"),
        Column("Gdzie"),
        Column("Nadano", Kind.DATETIME),
        Column("Obowiązuje od", Kind.DATE),
        Column("Obowiązuje do", Kind.DATE),
        Column("Obowiązuje dziś"),
        Column("Rola wymaga drugiego składnika"),
        Column("Osoba ma drugi składnik"),
        Column("Uprawnienia", width=100),
    )
    rows: Iterator[tuple[Cell, ...]] = (
        (
            grant.assignment.person.display_name,
            grant.assignment.person.email,
            grant.assignment.role.name,
            grant.scope_name,
            grant.assignment.created_at,
            grant.assignment.valid_from,
            grant.assignment.valid_to,
            grant.assignment.is_in_force,
            grant.assignment.role.requires_mfa,
            grant.has_factor,
            "; ".join(grant.permissions),
        )
        for grant in selectors.grants(actor)
    )
    return write_table(columns, rows, name="Uprawnienia", frozen=1)


def _unused(actor: Actor, now: datetime) -> bytes:
    columns = (
        Column("Osoba"),
        Column("E-mail"),
        Column("Konto założono", Kind.DATETIME),
        Column("Ostatnie logowanie", Kind.DATETIME),
        Column("Dni bez logowania", Kind.INTEGER),
        Column("Klucz API użyty", Kind.DATETIME),
        Column("Role", width=60),
    )
    rows: Iterator[tuple[Cell, ...]] = (
        (
            person.display_name,
            person.email,
            person.created_at,
            person.last_login,
            (now - (person.last_login or person.created_at)).days,
            person.key_used_at,
            "; ".join(dict.fromkeys(one.role.name for one in person.held)),
        )
        for person in selectors.unused_accounts(actor)
    )
    return write_table(columns, rows, name="Konta nieużywane", frozen=1)


def _log(actor: Actor) -> bytes:
    columns = (
        Column("Miesiąc"),
        Column("Czynność", width=50),
        Column("Uprawnienie", width=50),
        Column("Wynik"),
        Column("Liczba wpisów", Kind.INTEGER),
    )
    rows: Iterator[tuple[Cell, ...]] = (
        (f"{one.month:%Y-%m}", one.deed, one.right, one.outcome, one.count)
        for one in counts_by_month(actor)
    )
    return write_table(columns, rows, name="Dziennik")


def _refusals(actor: Actor) -> bytes:
    columns = (
        Column("Kto"),
        Column("Skąd"),
        Column("Czynność", width=40),
        Column("Uprawnienie", width=50),
        Column("Rekord", width=50),
        Column("Liczba prób", Kind.INTEGER),
        Column("Pierwsza", Kind.DATETIME),
        Column("Ostatnia", Kind.DATETIME),
    )
    rows: Iterator[tuple[Cell, ...]] = (
        (
            one.actor or "niezalogowany",
            one.origin,
            one.deed,
            one.right,
            one.target,
            one.count,
            one.first_at,
            one.last_at,
        )
        for one in refused_attempts(actor, within=REFUSALS_OF)
    )
    return write_table(columns, rows, name="Próby odrzucone")


def _chain(verdict: audit.Verdict, now: datetime) -> str:
    if verdict.holds:
        fate = "NIENARUSZONY: żadnego wpisu nie zmieniono, nie usunięto ani nie dodano"
    elif verdict.broken_at is not None:
        fate = f"PRZERWANY w ogniwie {verdict.broken_at}: wpisy zmieniono poza systemem"
    else:
        fate = f"NIEPEŁNY: {verdict.unchained} wpisów nie ma ogniwa"
    return f"""Dziennik zdarzeń: wynik sprawdzenia łańcucha skrótów

Łańcuch: {fate}.
Sprawdzono: {_when(now)}
Wpisów: {verdict.entries}
Wpisów bez ogniwa: {verdict.unchained}
Skrót na końcu łańcucha (SHA-256):
{verdict.end or "brak wpisów"}

Zachowaj ten plik. Skrót z końca łańcucha pozwala za rok sprawdzić, czy ktoś nie zapisał
od nowa całego dziennika: musi nadal występować wśród ogniw.
"""


def _readme(actor: Actor, now: datetime) -> str:
    return f"""Paczka dla audytora

Przygotowano: {_when(now)}
Przygotował(a): {actor.display_name}

uprawnienia.xlsx
    Kto ma jaką rolę, gdzie, od kiedy do kiedy i na co ona pozwala. Role, które obowiązują
    dziś albo zaczną obowiązywać później. „Nadano” to chwila, w której rolę zapisano;
    puste „od” oznacza: od chwili nadania, puste „do”: bezterminowo.

konta-nieuzywane.xlsx
    Czynne konta, na które od {selectors.UNUSED_FOR.days} dni nikt się nie zalogował.
    Kont założonych później tu nie ma.

dziennik-podsumowanie.xlsx
    Liczba wpisów dziennika w każdym miesiącu według czynności, uprawnienia
    i wyniku.

proby-odrzucone.xlsx
    Czynności, których system odmówił w ciągu ostatniego roku, i nieudane logowania:
    kto, skąd, jakiego uprawnienia zabrakło, czego dotyczyły i ile razy.

lancuch.txt
    Wynik sprawdzenia, czy nikt nie zmienił dziennika, i skrót z jego końca.

Pełny dziennik pobiera się na ekranie „Dziennik zdarzeń” (xlsx albo csv).
Paczka zawiera dane osobowe. Jej pobranie zapisano w dzienniku.
"""


def _when(moment: datetime) -> str:
    return f"{format_moment(moment)} ({moment:%Y-%m-%d %H:%M:%S} UTC)"


def _text(content: str) -> bytes:
    """As Windows' Notepad expects it."""
    return content.replace("\n", "\r\n").encode("utf-8-sig")
