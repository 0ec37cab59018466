"""Letting old archives go."""

import re

from django.db import transaction
from django_tenants.utils import get_public_schema_name, schema_context

from audit import services as audit
from opium.permissions import Actor, require
from provisioning.archive.places import Place
from provisioning.deeds import Deed
from provisioning.permissions import Permission
from provisioning.services.backing_up import INSTALLATION
from tenants.models import Tenant

MOMENT = r"\d{8}T\d{6}Z"
WHOLE = re.compile(rf"opium-{MOMENT}")


def forget_old_copies(
    *, actor: Actor, place: Place, keep: int, tenant: Tenant | None = None
) -> list[str]:
    """Remove all but the newest `keep` archives of the city, or folders of the installation.

    Only what `back_up_city` and `back_up_installation` have named so, and of folders only those
    that were whole: an unfinished one is neither counted nor removed. The names of what went.
    """
    with schema_context(get_public_schema_name()):
        require(actor, Permission.BACK_UP, tenant)
        found = _folders(place) if tenant is None else _archives(place, tenant)
        old = sorted(found)[: max(len(found) - max(keep, 1), 0)]
        for name in old:
            if tenant is None:
                _remove_folder(place, name)
            place.remove(name)
        if old:
            _record(actor, tenant, old)
        return old


def _record(actor: Actor, tenant: Tenant | None, old: list[str]) -> None:
    with transaction.atomic():
        audit.record(
            actor=actor,
            deed=Deed.FORGET_OLD_COPIES,
            right=Permission.BACK_UP,
            target=tenant or Tenant.objects.get(schema_name=get_public_schema_name()),
            before={"archives": old},
        )


def _archives(place: Place, tenant: Tenant) -> list[str]:
    named = re.compile(rf"{re.escape(tenant.schema_name)}-{MOMENT}\.tar(\.sealed)?")
    return [name for name in place.names() if named.fullmatch(name)]


def _folders(place: Place) -> list[str]:
    return [
        name
        for name in place.names()
        if WHOLE.fullmatch(name) and INSTALLATION in place.inner(name).names()
    ]


def _remove_folder(place: Place, name: str) -> None:
    """Its list first: from then on the folder is no whole copy to anybody."""
    inner = place.inner(name)
    inner.remove(INSTALLATION)
    for archive in inner.names():
        inner.remove(archive)
