from django.db import models
from django.db.models import Q

from opium.models import Record


class Plan(Record):
    """A price list entry; never changed once a city is on it, a new price is a new plan."""

    name = models.CharField(max_length=100, unique=True)
    monthly_price = models.DecimalField(max_digits=10, decimal_places=2)
    max_units = models.PositiveIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Subscription(Record):
    """A city is on a plan from a day; the day it left is null while it is on it."""

    tenant = models.ForeignKey("tenants.Tenant", on_delete=models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant"], condition=Q(until=None), name="one_running_plan_per_city"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                name="a_subscription_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant_id}: {self.plan}"
