"""Taking a city out of the installation, for good."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import OperationalError, connection, models, transaction
from django.utils import timezone
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context

from accounts import selectors as accounts
from audit import services as audit
from files import selectors as files
from opium.permissions import Actor, require
from outbox import selectors as outbox
from outbox.services import after_commit, plan_at
from provisioning import errors
from provisioning.archive import public, tables
from provisioning.deeds import Deed
from provisioning.permissions import Permission
from tenants.models import Domain, Tenant

AT_WORK = timedelta(hours=1)
"""Who used a browser so lately works in the city."""
LATE = 2 * files.UPLOAD_LIFETIME
"""How long after the removal bytes may still come: an upload's address lives on, and a large file
takes its time; so may a request that has just begun."""
PATIENCE = "10s"
"""How long the removal waits for what is open in the city; it fails rather than hold people up."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a city has, and so what goes with it."""

    domains: list[str]
    tables: int
    rows: dict[str, int]
    """Of the public schema, by table."""
    people: int
    at_work: int
    """How many people used it within the last hour."""
    files: int
    size: int
    """Bytes of its files, each content as often as it is kept."""


def holdings_of(*, actor: Actor, tenant: Tenant) -> Holdings:
    """What `remove_city` would take away. Raises `NoCity` for the operators' console."""
    with schema_context(get_public_schema_name()):
        require(actor, Permission.REMOVE_CITY, tenant)
        if tenant.schema_name == get_public_schema_name():
            raise errors.NoCity(schema=tenant.schema_name)
        with tenant_context(tenant), connection.cursor() as cursor:
            count, size = files.kept()
            return Holdings(
                domains=sorted(
                    Domain.objects.filter(tenant=tenant).values_list("domain", flat=True)
                ),
                tables=len(tables.shapes(cursor, tenant.schema_name)),
                rows={one.table: one.all_of(tenant).count() for one in public.owned()},
                people=accounts.count_people(),
                at_work=accounts.count_people(seen_since=timezone.now() - AT_WORK),
                files=count,
                size=size,
            )


def remove_city(
    *, actor: Actor, tenant: Tenant, typed: str, despite_people: bool = False
) -> Holdings:
    """Remove the city's schema, its rows of the public schema and, in the background, its files.

    `typed` is the city's name as whoever removes it has typed it. Rows go in one transaction: where
    it fails or is killed, the city is whole. Nothing but an archive brings it back; the operators'
    log keeps who removed it. Bytes that come after the removal go a day later. Raises `NoCity`,
    `OtherName`, `PeopleAtWork` unless `despite_people`, and `CityBusy` where a job of it is being
    done or something stays open in it for longer than `PATIENCE`.
    """
    with schema_context(get_public_schema_name()), transaction.atomic():
        require(actor, Permission.REMOVE_CITY, tenant)
        holdings = holdings_of(actor=actor, tenant=tenant)
        if typed.strip() != tenant.name:
            raise errors.OtherName(name=tenant.name)
        if holdings.at_work and not despite_people:
            raise errors.PeopleAtWork(count=holdings.at_work)
        with tenant_context(tenant):
            if outbox.is_at_work():
                raise errors.CityBusy
        audit.record(
            actor=actor,
            deed=Deed.REMOVE_CITY,
            right=Permission.REMOVE_CITY,
            target=tenant,
            before={
                "domains": holdings.domains,
                "people": holdings.people,
                "files": holdings.files,
            },
        )
        schema, moment = tenant.schema_name, timezone.now()
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
            _drop(tenant)
        except OperationalError as error:
            raise errors.CityBusy from error
        # The job is the console's, which an installation without its host name lacks.
        Tenant.objects.get_or_create(
            schema_name=get_public_schema_name(), defaults={"name": "OPIUM"}
        )
        after_commit("provisioning.remove_files", schema, moment.isoformat())
        late = (moment + LATE).isoformat()
        plan_at(moment + files.GRACE, "provisioning.remove_late_files", schema, late)
    return holdings


def _drop(tenant: Tenant) -> None:
    """The last first: what names a city before the city's own row."""
    for one in reversed(public.owned()[1:]):
        models.QuerySet(one.model).filter(pk__in=one.all_of(tenant)).delete()
    tenant.delete(force_drop=True)
