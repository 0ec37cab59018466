"""What of the public schema is a city's: its row, host names, plan, work that waits.

Found from the models, so that no table that is added later can be forgotten: whatever stands there
once and names a tenant, by a foreign key or by its schema. Rows are written by field name, so a
later edition with more fields reads them. The operators' log is theirs and stays.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from billing.models import Plan
from opium.models import uuid7
from provisioning.errors import ArchiveBroken, ArchiveUnknown
from tenants.models import Domain, Tenant

SCHEMA = "schema_name"
LEFT_OUT = {"outbox.job": ~Q(done_at=None) | ~Q(left_at=None)}
"""Rows that nobody waits for any longer."""
PLAN = ("name", "monthly_price", "max_units")
"""What makes a plan the same in two installations."""


@dataclass(frozen=True, slots=True)
class Owned:
    """A public table with rows of cities, and the field that says whose they are."""

    model: type[models.Model]
    owner: str

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def fields(self) -> list["models.Field[Any, Any]"]:
        return list(self.model._meta.concrete_fields)

    def all_of(self, tenant: Tenant) -> models.QuerySet[models.Model]:
        value = tenant.schema_name if self.owner == SCHEMA else tenant
        return models.QuerySet(self.model).filter(**{self.owner: value})

    def of(self, tenant: Tenant) -> models.QuerySet[models.Model]:
        """Those that an archive keeps."""
        found = self.all_of(tenant)
        if (left_out := LEFT_OUT.get(self.model._meta.label_lower)) is not None:
            found = found.exclude(left_out)
        return found.order_by("pk")


@cache
def owned() -> tuple[Owned, ...]:
    """Every such table, the tenant's own row first."""
    found = [Owned(Tenant, SCHEMA)]
    for model in apps.get_models():
        stands = apps.get_app_config(model._meta.app_label).name
        is_public = stands in settings.SHARED_APPS and stands not in settings.TENANT_APPS
        if is_public and model is not Tenant and (owner := _owner(model)):
            found.append(Owned(model, owner))
    return tuple(found)


def _owner(model: type[models.Model]) -> str:
    for field in model._meta.concrete_fields:
        if field.related_model is Tenant or field.name == SCHEMA:
            return field.name
    return ""


def of_the_console(table: str) -> str:
    """The condition of the rows that are nobody's but the operators', of any public table."""
    public = settings.PUBLIC_SCHEMA_NAME
    for one in owned():
        if one.table == table and one.owner == SCHEMA:
            return f"{SCHEMA} = '{public}'"
        if one.table == table:
            column = next(field.column for field in one.fields if field.name == one.owner)
            tenants = f"{public}.{Tenant._meta.db_table}"
            return f"{column} IN (SELECT id FROM {tenants} WHERE {SCHEMA} = '{public}')"  # noqa: S608  # our own names
    return ""


def take(one: Owned, tenant: Tenant) -> Iterator[bytes]:
    """The city's rows of the table, a line each."""
    names = [field.attname for field in one.fields]
    for row in one.of(tenant).values(*names).iterator():
        if one.model._meta.label_lower == "billing.subscription":
            row["plan_id"] = Plan.objects.filter(pk=row["plan_id"]).values(*PLAN).get()
        yield json.dumps(row, cls=_Encoder, ensure_ascii=False).encode() + b"\n"


class _Encoder(DjangoJSONEncoder):
    """Django's own drops a moment's microseconds."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


@dataclass(frozen=True, slots=True)
class NewHome:
    """What the rows are to say in place of what they said."""

    schema: str
    was: str
    keeps_ids: bool
    """Whether numbers stay: only where nothing else has ever been numbered."""


def put(one: Owned, lines: Iterable[bytes], home: NewHome, tenant: Tenant | None) -> Tenant | None:
    """Insert the rows for the restored city; the tenant when it is its row."""
    for line in lines:
        row = _row(one, line)
        made = _instance(one, row, home, tenant)
        made.save_base(raw=True, force_insert=True)  # the moments of its making stay
        if isinstance(made, Tenant):
            tenant = made
    return tenant


def add_domains(tenant: Tenant, names: Iterable[str]) -> None:
    """Host names of a city that is restored under others; the first is the primary one."""
    for number, name in enumerate(names):
        Domain.objects.create(tenant=tenant, domain=name, is_primary=number == 0)


def domains_in(lines: Iterable[bytes]) -> list[str]:
    """The host names in rows of the domains' table."""
    wanted = next(one for one in owned() if one.model is Domain)
    return [str(_row(wanted, line).get("domain")) for line in lines]


def _row(one: Owned, line: bytes) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ArchiveBroken(what=f"wiersz tabeli „{one.table}” nie daje się odczytać") from error
    if not isinstance(row, dict):
        raise ArchiveBroken(what=f"wiersz tabeli „{one.table}” nie daje się odczytać")
    for name in row:
        if name not in {field.attname for field in one.fields}:
            raise ArchiveUnknown(what=f"pole {one.table}.{str(name)[:63]}")
    return row


def _instance(
    one: Owned, row: Mapping[str, Any], home: NewHome, tenant: Tenant | None
) -> models.Model:
    values: dict[str, Any] = {}
    for field in one.fields:
        if field.attname not in row:
            continue
        raw = row[field.attname]
        if field.name == one.owner:
            values[field.attname] = home.schema if one.owner == SCHEMA else _pk(tenant)
        elif field.primary_key:
            values[field.attname] = _number(one, field, raw, home)
        elif field.related_model is Plan:
            values[field.attname] = _plan(raw).pk
        else:
            values[field.attname] = _moved(_python(one, field, raw), home)
    return one.model(**values)


def _python(one: Owned, field: "models.Field[Any, Any]", raw: Any) -> Any:
    try:
        return field.to_python(raw)
    except (ValidationError, TypeError, ValueError) as error:
        raise ArchiveBroken(what=f"pole {one.table}.{field.name} ma złą wartość") from error


def _moved(value: Any, home: NewHome) -> Any:
    """Arguments of waiting work that are keys of files name the city's folder."""
    if isinstance(value, list):
        return [_moved(part, home) for part in value]
    if isinstance(value, str) and value.startswith(f"{home.was}/"):
        return home.schema + value.removeprefix(home.was)
    return value


def _number(one: Owned, field: "models.Field[Any, Any]", raw: Any, home: NewHome) -> Any:
    """The id of before where it is free: a copy beside the living city needs others."""
    if isinstance(field, models.AutoField) and not home.keeps_ids:
        return None
    value = _python(one, field, raw)
    taken = models.QuerySet(one.model).filter(pk=value).exists()
    return uuid7() if taken and isinstance(value, UUID) else value


def _pk(tenant: Tenant | None) -> Any:
    if tenant is None:
        raise ArchiveBroken(what=f"nie ma w nim wiersza tabeli „{Tenant._meta.db_table}”")
    return tenant.pk


def _plan(raw: Any) -> Plan:
    """The same plan here, or one more; a plan is never changed."""
    if not isinstance(raw, dict) or set(raw) != set(PLAN):
        raise ArchiveBroken(what="plan miasta ma nieznaną budowę")
    try:
        price = Decimal(str(raw["monthly_price"]))
        wanted = {"monthly_price": price, "max_units": raw["max_units"]}
        named = Plan.objects.filter(name=raw["name"]).first()
        name = raw["name"] if named is None else f"{raw['name']} ({price} zł)"
        if named is not None and all(getattr(named, one) == wanted[one] for one in wanted):
            return named
        return Plan.objects.get_or_create(name=name, defaults=wanted)[0]
    except (ArithmeticError, ValueError, TypeError) as error:
        raise ArchiveBroken(what="plan miasta ma złą wartość") from error
