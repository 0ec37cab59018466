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
