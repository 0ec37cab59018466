"""Questions about background work."""

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django_tenants.utils import get_public_schema_name, get_tenant_model

from opium.permissions import WHOLE_CITY, Actor, require
from opium.registry import current_city
from outbox.models import Job
from outbox.permissions import Permission


def given_up_visible_to(actor: Actor) -> QuerySet[Job]:
    """Jobs that were given up and that nobody has settled, newest first, with their `city`.

    In a city its own, at the operators' host of every city. Without the right: `Forbidden`.
    """
    require(actor, Permission.MANAGE_JOBS, WHOLE_CITY)
    names = get_tenant_model().objects.filter(schema_name=OuterRef("schema_name")).values("name")
    jobs = Job.objects.filter(given_up_at__isnull=False, left_at=None).annotate(
        city=Coalesce(Subquery(names[:1]), F("schema_name"))
    )
    here = current_city().schema_name
    if here != get_public_schema_name():
        jobs = jobs.filter(schema_name=here)
    return jobs.order_by("-given_up_at", "-pk")
