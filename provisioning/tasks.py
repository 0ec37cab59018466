"""Celery in: what is left to do once a city is gone."""

from datetime import datetime

from django_tenants.utils import tenant_context

from files.services import remove_all
from outbox.registry import task
from tenants.models import Tenant


@task("provisioning.remove_files", label="Usuwanie plików usuniętego miasta", lease=900)
def remove_files(schema: str, moment: str) -> None:
    """Of a later city with the same schema name every file is newer than the removal."""
    with tenant_context(Tenant(schema_name=schema)):
        remove_all(before=datetime.fromisoformat(moment))


@task("provisioning.remove_late_files", label="Usuwanie spóźnionych plików miasta", lease=900)
def remove_late_files(schema: str, moment: str) -> None:
    """What was stored by then, after the removal; nothing once another city has the schema.

    That city looks after its own bytes (`files.services.remove_orphans`), these among them.
    """
    if not Tenant.objects.filter(schema_name=schema).exists():
        remove_files(schema, moment)
