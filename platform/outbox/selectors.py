"""Questions about background work."""

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django_tenants.utils import get_public_schema_name, get_tenant_model

from opium.permissions import WHOLE_CITY, Actor, require
from opium.registry import current_city
from outbox.models import Job, Tick
from outbox.permissions import Permission
from outbox.registry import RELAY, TASKS, Facts


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


def facts() -> Facts:
    """How the work of every city stands, in two queries. For the health page, not for a person."""
    now = timezone.now()
    unfinished = Q(done_at=None, given_up_at=None)
    due = unfinished & Q(due_at__lte=now) & (Q(leased_until=None) | Q(leased_until__lt=now))
    mail = [name for name, task in TASKS.items() if task.sends_mail]
    found = Job.objects.filter(unfinished | Q(given_up_at__isnull=False, left_at=None)).aggregate(
        waiting=Count("pk", filter=due),
        oldest_due=Min("due_at", filter=due),
        oldest_mail=Min("created_at", filter=unfinished & Q(task__in=mail)),
        given_up=Count("pk", filter=Q(given_up_at__isnull=False)),
    )
    tick = Tick.objects.filter(name=RELAY).values_list("at", flat=True).first()
    return Facts(last_tick=tick, **found)
