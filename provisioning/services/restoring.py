"""Bringing cities back from their archives (`provisioning.archive`): whole, or not at all."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth import get_user_model
from django.db import transaction
from django_tenants.utils import (
    get_public_schema_name,
    schema_context,
    schema_exists,
    tenant_context,
)

from accounts import services as accounts
from audit import services as audit
from files.services import remove_bytes
from opium.permissions import SYSTEM, Actor, require
from provisioning import errors
from provisioning.archive import loading, schemas
from provisioning.archive.checking import Archive, verify
from provisioning.archive.manifest import CITY, CONSOLE, LONGEST, Manifest
from provisioning.archive.places import Place
from provisioning.archive.public import NewHome
from provisioning.deeds import Deed
from provisioning.permissions import Permission
from provisioning.services.backing_up import INSTALLATION
from tenants.models import Domain, Tenant
from tenants.services import TenantExists

SCHEMA = re.compile(r"(?!pg_)[a-z][a-z0-9_-]{0,62}")
RESERVED = frozenset({"public", "information_schema"})
HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,200}")


@dataclass(frozen=True, slots=True)
class Restored:
    """A city that is back; what of it nobody could bring."""

    tenant: Tenant
    rows: int
    files: int
    lost: int
    forgotten: int
    """Secrets that no key opened, where that was allowed."""
    log_holds: bool
    """Whether the chain of its log proves; one that broke before the archive stays broken."""


def restore_city(
    *,
    actor: Actor,
    archive: Archive,
    schema_name: str | None = None,
    domains: Sequence[str] = (),
    loses_keys: bool = False,
    keeps_ids: bool = False,
    rehearses: bool = False,
) -> Restored:
    """Bring a city back from its archive, under its own names or others; other cities see nothing.

    Every byte is checked before anything is done; then rows and files come in one transaction, and
    where it fails, or its process is killed, no city is there. `loses_keys` goes on without the
    secrets that no key of this installation opens. `keeps_ids` is for an installation in which
    nothing else was ever numbered. `rehearses` does it all, takes it back, and so proves that it
    can be done. Raises `ArchiveBroken` and the others of `errors`, and
    `TenantExists` where the schema or a host name is taken.
    """
    with schema_context(get_public_schema_name()):
        require(actor, Permission.RESTORE)
        manifest, digest = verify(archive)
        if manifest.head.kind != CITY:
            raise errors.WrongKind(wanted="miasta", found="archiwum konsoli operatorów")
        was = manifest.head.schema
        home = NewHome(schema=schema_name or was, was=was, keeps_ids=keeps_ids)
        schemas.require_known(_steps(manifest))
        _require_free(home.schema, domains or loading.domains_of(archive, manifest))
        written: list[str] = []
        try:
            with transaction.atomic(durable=True):
                restored = _load(archive, manifest, home, domains, written, loses_keys=loses_keys)
                facts = {
                    "archive": archive.name,
                    "sha256": digest,
                    "made_at": manifest.head.made_at,
                    "was": was,
                }
                _record(actor, restored.tenant, home.schema, facts)
                transaction.set_rollback(rehearses)
        except BaseException:
            _remove(home.schema, written)
            raise
        if rehearses:
            _remove(home.schema, written)
        return restored


def _record(actor: Actor, tenant: Tenant, schema: str, facts: dict[str, str]) -> None:
    """In the log of the operators and in the city's own."""
    for place in (get_public_schema_name(), schema):
        with schema_context(place):
            audit.record(
                actor=actor,
                deed=Deed.RESTORE_CITY,
                right=Permission.RESTORE,
                target=tenant,
                after=facts,
            )


def restore_installation(
    *,
    actor: Actor,
    place: Place,
    key: Path | None = None,
    resumes: bool = False,
    loses_keys: bool = False,
) -> list[Restored]:
    """Bring back the console and every city of a folder that `back_up_installation` wrote.

    Only into an empty database, without tables or just migrated. Every archive is checked before
    anything is done. The console comes in one transaction, then each city in one of its own; a
    city that fails stops no other, and `SomeCitiesFailed` says which. `resumes` goes on where that,
    or a killed process, broke off: what is there is whole and is left as it is.
    """
    with schema_context(get_public_schema_name()):
        require(actor, Permission.RESTORE)
        console, *cities = _verified(place, key)
        if not _is_empty():
            if not resumes:
                raise errors.NotEmpty(what="są w niej miasta albo konta operatorów")
            there = set(Tenant.objects.values_list("schema_name", flat=True))
            cities = [(one, was) for one, was in cities if was.head.schema not in there]
        else:
            with transaction.atomic(durable=True):
                _load_console(*console)
                audit.record(
                    actor=actor,
                    deed=Deed.RESTORE_INSTALLATION,
                    right=Permission.RESTORE,
                    target=Tenant.objects.get(schema_name=get_public_schema_name()),
                    after={"archive": console[0].name, "cities": len(cities)},
                )
        restored, failed = [], []
        for archive, manifest in cities:
            try:
                restored.append(
                    restore_city(
                        actor=SYSTEM, archive=archive, loses_keys=loses_keys, keeps_ids=True
                    )
                )
            except Exception as problem:  # noqa: BLE001  # one city stops no other; all are told
                failed.append(f"{manifest.head.schema}: {problem}")
        if failed:
            raise errors.SomeCitiesFailed(
                what="Nie przywrócono (reszta jest cała; przyczynę usuń i dokończ z --resume):\n"
                + "\n".join(failed)
            )
    return restored


def _steps(manifest: Manifest) -> list[schemas.Step]:
    return [(step[0], step[-1]) for step in manifest.migrations]


def _load(
    archive: Archive,
    manifest: Manifest,
    home: NewHome,
    domains: Sequence[str],
    written: list[str],
    *,
    loses_keys: bool,
) -> Restored:
    with archive.reading() as source:
        sections = loading.Sections(source)
        tenant = loading.load_city(sections, manifest, home, domains)
        with tenant_context(tenant):
            sealed = accounts.count_unopened(forgets=loses_keys)
            if sealed and not loses_keys:
                raise errors.SecretsStaySealed(count=sealed)
            loading.load_files(sections, manifest, home.was, written)
            log = audit.verify_chain()
        sections.rest()
    return Restored(
        tenant=tenant,
        rows=sum(table.rows for table in manifest.tables),
        files=manifest.files.count,
        lost=len(manifest.files.lost),
        forgotten=sealed,
        log_holds=log.holds,
    )


def _require_free(schema: str, domains: Sequence[str]) -> None:
    if not SCHEMA.fullmatch(schema) or schema in RESERVED:
        raise errors.SchemaUnusable(schema=schema)
    if Tenant.objects.filter(schema_name__iexact=schema).exists() or schema_exists(schema):
        raise TenantExists(what=schema)
    for domain in domains:
        if not HOST.fullmatch(domain):
            raise errors.DomainUnusable(domain=domain)
        if Domain.objects.filter(domain__iexact=domain).exists():
            raise TenantExists(what=domain)


def _remove(schema: str, written: Sequence[str]) -> None:
    """The bytes that were laid for a city which is not there."""
    with tenant_context(Tenant(schema_name=schema)):
        for key in written:
            remove_bytes(key=key)


def _verified(place: Place, key: Path | None) -> list[tuple[Archive, Manifest]]:
    """The archives that the folder's list names, the console's first, each checked to its end."""
    with place.reading(INSTALLATION) as source:
        content = source.read(LONGEST)
    try:
        listed = [(one["name"], one["sha256"]) for one in json.loads(content)["archives"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise errors.ArchiveBroken(what=f"„{INSTALLATION}” nie daje się odczytać") from error
    found = []
    for name, sha256 in listed:
        if not isinstance(name, str) or not NAME.fullmatch(name):
            raise errors.ArchiveBroken(what=f"„{INSTALLATION}” wymienia złą nazwę")
        archive = Archive(place, name, key)
        manifest, digest = verify(archive)
        if digest != sha256:
            raise errors.ArchiveBroken(what=f"„{name}” nie jest tym, który zapisano")
        schemas.require_known(_steps(manifest))
        found.append((archive, manifest))
    kinds = [manifest.head.kind for _, manifest in found]
    if kinds != [CONSOLE, *(CITY for _ in kinds[1:])]:
        raise errors.ArchiveBroken(what=f"„{INSTALLATION}” nie zaczyna się od konsoli operatorów")
    return found


def _is_empty() -> bool:
    """Whether nobody has worked in this database yet."""
    if schemas.is_bare(get_public_schema_name()):
        return True
    return not Tenant.objects.exists() and not get_user_model().objects.exists()


def _load_console(archive: Archive, manifest: Manifest) -> None:
    schema = get_public_schema_name()
    if schemas.is_bare(schema):
        schemas.build(schema, _steps(manifest))
    elif {*schemas.applied(schema)} != {*_steps(manifest)}:
        raise errors.OtherState
    with archive.reading() as source:
        sections = loading.Sections(source)
        loading.load_tables(sections, manifest, schema)
        sections.rest()
    schemas.bring_up_to_date(schema)
