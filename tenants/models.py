from django.contrib.postgres.fields import ArrayField
from django.db import models
from django_tenants.models import DomainMixin, TenantMixin


class Tenant(TenantMixin):
    """One local government; the row with schema `public` stands for the operators' console.

    Saving a row makes no schema: `services.create_tenant` does, by name.
    """

    auto_create_schema = False
    auto_drop_schema = False

    name = models.CharField(max_length=200)
    teryt = models.CharField(max_length=7, blank=True, default="")
    modules = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Domain(DomainMixin):
    def __str__(self) -> str:
        return str(self.domain)


class Blueprint(models.Model):
    """The statements that make a city's schema as a release's migrations would: `blueprint`."""

    revision = models.CharField(max_length=64, unique=True)
    statements = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.revision
