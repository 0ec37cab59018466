"""From the members of a verified archive to rows and files; inside the caller's transaction.

What is read here a second time is held against the manifest a second time.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import psycopg
from django.db import DatabaseError, connection

from files import services as files
from files.errors import ForeignKeys, UnknownContent
from files.selectors import ready_files
from opium.constraints import refusing
from provisioning.archive import public, schemas, tables
from provisioning.archive.checking import Archive
from provisioning.archive.manifest import Manifest, Table
from provisioning.archive.packing import Member, Source, members, unpacked
from provisioning.archive.public import NewHome
from provisioning.errors import ArchiveBroken
from tenants.models import Domain, Tenant
from tenants.services import TenantExists

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

LONGEST_LINE = 16 << 20
"""Bytes of one row of the public schema."""


class Sections:
    """The members of an archive, folder by folder, once from the first to the last."""

    def __init__(self, source: Source) -> None:
        self._members = members(source)
        self._next = next(self._members, None)

    def of(self, folder: str) -> Iterator[tuple[str, Iterator[Member]]]:
        """The tables of the folder, each with its parts, after whatever stands before it."""
        while self._next is not None and "/" not in self._next.name:
            self._next = next(self._members, None)
        yield from groupby(self.members(folder), key=lambda one: one.name.split("/")[1])

    def members(self, folder: str) -> Iterator[Member]:
        while self._next is not None and self._next.name.startswith(f"{folder}/"):
            yield self._next
            self._next = next(self._members, None)

    def rest(self) -> None:
        """Read on to the end."""
        while self._next is not None:
            self._next = next(self._members, None)


def domains_of(archive: Archive, manifest: Manifest) -> list[str]:
    """The host names that the city had."""
    stated = {table.name: table for table in manifest.public}
    with archive.reading() as source:
        for name, parts in Sections(source).of("public"):
            if name == Domain._meta.db_table:
                return public.domains_in(_lines(_Content(stated[name], parts)))
    return []


def load_city(
    sections: Sections, manifest: Manifest, home: NewHome, domains: Sequence[str]
) -> Tenant:
    """Its row, its schema at the migrations of the archive with all rows, brought to today's.

    Raises `ArchiveBroken` where rows do not agree with one another or with the migrations, and
    `TenantExists` where somebody was faster.
    """
    tenant = _load_public(sections, manifest, home, skips_domains=bool(domains))
    public.add_domains(tenant, domains)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {tables.quoted(home.schema)}")
    schemas.build(home.schema, [(app, name) for app, name in manifest.migrations])
    load_tables(sections, manifest, home.schema)
    schemas.bring_up_to_date(home.schema)
    return tenant


def load_tables(sections: Sections, manifest: Manifest, schema: str) -> None:
    """The rows of every table, and where its sequences stand."""
    stated = {table.name: table for table in manifest.tables}
    with connection.cursor() as cursor:
        _require_same_shapes(cursor, manifest, schema)
        try:
            with tables.open_for_loading(cursor, schema):
                for name, parts in sections.of("tables"):
                    _load_table(cursor, schema, _Content(stated[name], parts))
                tables.set_counters(cursor, schema, manifest.counters)
        except DatabaseError as error:
            raise ArchiveBroken(what=f"wiersze nie zgadzają się ze sobą ({error})") from error
    if {tuple(step) for step in schemas.applied(schema)} != {
        tuple(step) for step in manifest.migrations
    }:
        raise ArchiveBroken(what="tabela „django_migrations” nie zgadza się z manifestem")


def load_files(sections: Sections, manifest: Manifest, was: str, written: list[str]) -> None:
    """The bytes of every file; the current city is the restored one. Fills `written`."""
    try:
        files.settle(was=was)
        contents = ready_files().values("sha256").distinct().count()
        if contents != manifest.files.count + len(manifest.files.lost):
            raise ArchiveBroken(what="pliki nie są tymi, o których mówią wiersze")
        for member in sections.members("files"):
            sha256 = member.name.removeprefix("files/")
            content = _Measured(member)
            files.put_back(sha256=sha256, source=content, written=written)
            if content.digest.hexdigest() != sha256:
                raise ArchiveBroken(what=f"treść pliku {sha256[:12]}… jest zmieniona")
    except (ForeignKeys, UnknownContent) as error:
        raise ArchiveBroken(what=str(error)) from error


def _load_public(
    sections: Sections, manifest: Manifest, home: NewHome, *, skips_domains: bool
) -> Tenant:
    stated = {table.name: table for table in manifest.public}
    known = {one.table: one for one in public.owned()}
    tenant: Tenant | None = None
    for name, parts in sections.of("public"):
        if name not in known:
            raise ArchiveBroken(what=f"tabeli „{name}” nie ma w tym wydaniu")
        if skips_domains and known[name].model is Domain:
            continue
        content = _Content(stated[name], parts)
        try:
            with refusing(
                tenants_tenant_schema_name_key=TenantExists(what=home.schema),
                tenants_domain_domain_key=TenantExists(what="adres miasta"),
            ):
                tenant = public.put(known[name], _lines(content), home, tenant)
        except DatabaseError as error:
            raise ArchiveBroken(what=f"tabela „{name}”: {error}") from error
    if tenant is None:
        raise ArchiveBroken(what="nie ma w nim wiersza miasta")
    return tenant


def _require_same_shapes(cursor: "CursorWrapper", manifest: Manifest, schema: str) -> None:
    """Whether the archive's tables are those that its migrations make."""
    made = {one.name: set(one.columns) for one in tables.shapes(cursor, schema)}
    stated = {one.name: set(one.columns) for one in manifest.tables}
    for name in sorted(made.keys() | stated.keys()):
        if made.get(name) != stated.get(name):
            raise ArchiveBroken(what=f"tabela „{name}” jest inna, niż tworzą ją jego migracje")
    counters = {one.name for one in tables.counters(cursor, schema)}
    if counters != {one.name for one in manifest.counters}:
        raise ArchiveBroken(what="liczniki są inne, niż tworzą je jego migracje")


def _load_table(cursor: "CursorWrapper", schema: str, content: "_Content") -> None:
    stated = content.stated
    try:
        rows = tables.copy_in(
            cursor, schema, tables.Shape(stated.name, stated.columns), content.pieces()
        )
    except psycopg.Error as error:
        told = str(error).partition("\n")[0]
        raise ArchiveBroken(what=f"tabela „{stated.name}”: {told}") from error
    if rows != stated.rows:
        raise ArchiveBroken(what=f"tabela „{stated.name}” ma {rows} wierszy, nie {stated.rows}")


@dataclass
class _Content:
    """The parts of one table, and what the manifest says of it."""

    stated: Table
    parts: Iterable[Member]

    def pieces(self) -> Iterator[bytes]:
        """Unpacked; raises `ArchiveBroken` at the end where they are others than stated."""
        digest = hashlib.sha256()
        left = self.stated.unpacked
        for member in self.parts:
            for piece in unpacked(member, left, digest):
                left -= len(piece)
                yield piece
        if left or digest.hexdigest() != self.stated.sha256:
            raise ArchiveBroken(what=f"tabela „{self.stated.name}” jest zmieniona albo niepełna")


def _lines(content: _Content) -> Iterator[bytes]:
    held = b""
    for piece in content.pieces():
        *whole, held = (held + piece).split(b"\n")
        yield from whole
        if len(held) > LONGEST_LINE:
            raise ArchiveBroken(what=f"wiersz tabeli „{content.stated.name}” jest za długi")
    if held:
        raise ArchiveBroken(what=f"ostatni wiersz tabeli „{content.stated.name}” się urywa")


class _Measured:
    """A member as the store takes it, with the digest of what it has taken."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self.digest = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        data = self.member.read(size)
        self.digest.update(data)
        return data
