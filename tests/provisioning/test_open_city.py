import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django_tenants.utils import schema_context, schema_exists, tenant_context

from accounts.models import Assignment, Person, Role
from opium.errors import DomainError
from opium.permissions import all_permissions
from opium.registry import is_enabled, optional_modules
from provisioning import services
from provisioning.roles import STARTING_ROLES, spelled_out
from tenants import services as tenants
from tenants.models import Domain, Tenant

pytestmark = pytest.mark.django_db


def test_a_new_city_has_its_schema_its_host_name_every_module_and_the_starting_roles():
    tenant = services.open_city(name="Żnin", schema_name="znin", domain="znin.test")

    assert schema_exists("znin")
    assert tenant.get_primary_domain().domain == "znin.test"
    assert tenant.modules == sorted(optional_modules())
    with tenant_context(tenant):
        assert set(Role.objects.values_list("name", flat=True)) == {r.name for r in STARTING_ROLES}


def test_saving_a_tenant_makes_no_schema():
    with schema_context("public"):
        Tenant.objects.create(schema_name="sama_nazwa", name="Sama nazwa")

    assert not schema_exists("sama_nazwa")


@pytest.mark.parametrize(("schema", "domain"), [("north", "inna.test"), ("inna", "north.test")])
def test_a_taken_schema_or_host_name_is_refused_and_nothing_is_made(schema, domain):
    before = Tenant.objects.count()

    with pytest.raises(tenants.TenantExists, match=r"north.* jest już zajęte"):
        services.open_city(name="Inna", schema_name=schema, domain=domain)

    assert (Tenant.objects.count(), schema_exists("inna")) == (before, False)


def test_a_module_brings_what_it_requires_and_an_unknown_one_is_refused():
    tenant = Tenant.objects.get(schema_name="south")

    tenants.switch_modules(tenant=tenant, modules=["messaging"])

    assert tenant.modules == ["directory", "messaging"]
    with pytest.raises(tenants.UnknownModule):
        tenants.switch_modules(tenant=tenant, modules=["kosmos"])


def test_a_room_of_the_platform_cannot_be_switched_off():
    tenants.switch_modules(tenant=connection.tenant, modules=[])

    assert is_enabled("accounts")
    assert not is_enabled("messaging")


def test_every_starting_role_names_permissions_that_exist():
    known = frozenset(str(permission) for permission in all_permissions())

    for role in STARTING_ROLES:
        assert spelled_out(role.permissions, known)
    with pytest.raises(LookupError):
        spelled_out(("messaging.fly",), known)


def test_the_command_opens_a_city_with_its_administrator(capsys):
    call_command(
        "city_open", "Żnin", schema="znin", domain="znin.test", admin_email="a@example.org"
    )

    assert "Otwarto: Żnin" in capsys.readouterr().out
    with tenant_context(Tenant.objects.get(schema_name="znin")):
        held = Assignment.objects.get(person=Person.objects.get(email="a@example.org"))
        assert held.role.name == "Administrator miasta"


def test_the_command_tells_a_refusal_in_a_sentence():
    with pytest.raises(CommandError, match="jest już zajęte") as refusal:
        call_command("city_open", "North", schema="north", domain="nowa.test")
    assert isinstance(refusal.value.__cause__, DomainError)


def test_the_console_is_opened_once():
    services.open_console(domain="console.test")

    assert Domain.objects.filter(domain="console.test").count() == 1
