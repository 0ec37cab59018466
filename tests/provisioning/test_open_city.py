import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django_tenants.utils import schema_context, schema_exists, tenant_context

from accounts import services as accounts
from accounts.errors import UnknownPermission
from accounts.models import Assignment, Person, Role
from audit import services as audit
from audit.models import Entry
from modules.directory import services as directory
from opium.errors import DomainError
from opium.permissions import SYSTEM, MissingPermission
from opium.registry import is_enabled, optional_modules
from opium.starting import starting_roles
from outbox.models import Job
from provisioning import services
from provisioning.deeds import Deed
from provisioning.permissions import Permission
from provisioning.services import FirstAdministrator
from tenants import blueprint, deeds
from tenants import services as tenants
from tenants.models import Domain, Tenant
from tenants.permissions import Permission as Tenants
from tests.factories.accounts import person_with
from units.models import UnitKind

pytestmark = pytest.mark.django_db
ADMINISTRATOR = FirstAdministrator("a@example.org", "Ada", "Lis", "koc-w-kratę-17")


def open_znin(actor=SYSTEM, **changes):
    return services.open_city(
        actor=actor,
        **{"name": "Żnin", "schema_name": "znin", "domain": "znin.test"} | changes,
    )


def operators_log(*deeds):
    with schema_context("public"):
        return list(Entry.objects.filter(deed__in=deeds or list(map(str, OPERATING))))


OPERATING = (*Deed, *deeds.Deed)


def test_a_new_city_has_its_schema_its_host_name_every_module_kinds_and_the_starting_roles():
    tenant = open_znin()

    assert schema_exists("znin")
    assert tenant.get_primary_domain().domain == "znin.test"
    assert tenant.modules == sorted(optional_modules())
    with tenant_context(tenant):
        assert set(Role.objects.values_list("name", flat=True)) == {
            role.name for role, _ in starting_roles()
        }
        assert UnitKind.objects.filter(code="przedszkole").exists()
        assert not Person.objects.exists()


def test_its_first_administrator_signs_in_and_the_operators_log_tells_of_it():
    before = len(operators_log())

    tenant = open_znin(administrator=ADMINISTRATOR)

    with tenant_context(tenant):
        ada = Person.objects.get()
        assert ada.check_password("koc-w-kratę-17")
        assert Assignment.objects.get(person=ada).role.name == "Administrator miasta"
    made, opened = operators_log()[before:]
    assert (made.deed, made.actor_name, made.target_label) == (
        "tenants.create_tenant",
        "OPIUM",
        "Żnin",
    )
    assert made.after == {
        "schema_name": "znin",
        "domain": "znin.test",
        "modules": sorted(optional_modules()),
    }
    assert (opened.deed, opened.after) == (
        "provisioning.open_city",
        {"administrator": "a@example.org"},
    )


class Boom(Exception):
    pass


def _tables(_make, *args, **options):
    """As when a statement fails after others have made their tables."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA znin; CREATE TABLE znin.half (id int)")
    raise Boom


def _at_once(_real, *args, **given):
    raise Boom


def _after(real, *args, **given):
    real(*args, **given)
    raise Boom


STEPS = {
    "the row": (Tenant, "save", _after),
    "the host name": (Domain, "save", _after),
    "the schema's tables": (blueprint, "make_schema", _tables),
    "the kinds of units": (directory, "add_starting_kinds", _after),
    "a role": ("accounts.services.offers", "add_role", _at_once),
    "the administrator's role": (accounts, "assign_role", _after),
    "the entry of the log": (audit, "record", _after),
}


def _break(monkeypatch, step):
    owner, name, fail = STEPS[step]
    if isinstance(owner, str):
        monkeypatch.setattr(f"{owner}.{name}", lambda *a, **k: fail(None, *a, **k))
        return
    real = getattr(owner, name)
    monkeypatch.setattr(owner, name, lambda *a, **k: fail(real, *a, **k))


@pytest.mark.parametrize("step", STEPS)
def test_whichever_step_fails_no_half_of_a_city_stays(step, monkeypatch):
    entries, jobs = len(operators_log()), Job.objects.count()
    _break(monkeypatch, step)

    with pytest.raises(Boom):
        open_znin(administrator=ADMINISTRATOR)

    assert not schema_exists("znin")
    assert not Tenant.objects.filter(schema_name="znin").exists()
    assert not Domain.objects.filter(domain="znin.test").exists()
    assert (len(operators_log()), Job.objects.count()) == (entries, jobs)
    assert connection.schema_name == "north"


@pytest.mark.django_db(transaction=True)
def test_without_a_transaction_around_it_a_failure_still_leaves_nothing(monkeypatch):
    _break(monkeypatch, "a role")

    with pytest.raises(Boom):
        open_znin()

    assert not schema_exists("znin")
    assert not Tenant.objects.filter(schema_name="znin").exists()


def test_saving_a_tenant_makes_no_schema():
    with schema_context("public"):
        Tenant.objects.create(schema_name="sama_nazwa", name="Sama nazwa")

    assert not schema_exists("sama_nazwa")


@pytest.mark.parametrize(("schema", "domain"), [("north", "inna.test"), ("inna", "north.test")])
def test_a_taken_schema_or_host_name_is_refused_and_nothing_is_made(schema, domain):
    before = Tenant.objects.count()

    with pytest.raises(tenants.TenantExists, match=r"north.* jest już zajęte"):
        open_znin(schema_name=schema, domain=domain)

    assert (Tenant.objects.count(), schema_exists("inna")) == (before, False)


def test_a_schema_that_belongs_to_no_city_is_not_taken_over():
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA obcy")

    with pytest.raises(tenants.TenantExists, match="„obcy” jest już zajęte"):
        open_znin(schema_name="obcy")
    assert schema_exists("obcy")


def test_a_module_brings_what_it_requires_and_an_unknown_one_is_refused():
    tenant = Tenant.objects.get(schema_name="south")

    tenants.switch_modules(actor=SYSTEM, tenant=tenant, modules=["messaging"])

    assert tenant.modules == ["directory", "messaging"]
    with pytest.raises(tenants.UnknownModule):
        tenants.switch_modules(actor=SYSTEM, tenant=tenant, modules=["kosmos"])
    entry = operators_log(deeds.Deed.SWITCH_MODULES)[-1]
    assert (entry.target_label, entry.before, entry.after) == (
        "South",
        {"modules": sorted(optional_modules())},
        {"modules": ["directory", "messaging"]},
    )


def test_a_room_of_the_platform_cannot_be_switched_off():
    tenants.switch_modules(actor=SYSTEM, tenant=connection.tenant, modules=[])

    assert is_enabled("accounts")
    assert not is_enabled("messaging")


def test_an_operator_does_what_their_role_in_the_console_lets_them():
    with schema_context("public"):
        opener = person_with(*Permission, Tenants.CREATE_TENANT)
        reader = person_with("accounts.manage_people")

    assert open_znin(actor=opener).name == "Żnin"
    assert operators_log(Deed.OPEN_CITY)[-1].actor_id == opener.pk
    for deed in (
        lambda: open_znin(actor=reader, schema_name="b", domain="b.test"),
        lambda: tenants.create_tenant(actor=reader, schema_name="b", name="B", domain="b.test"),
        lambda: tenants.switch_modules(
            actor=opener, tenant=Tenant.objects.get(schema_name="south"), modules=[]
        ),
        lambda: services.open_console(actor=reader, domain="b.test"),
    ):
        with pytest.raises(MissingPermission):
            deed()
    assert not schema_exists("b")
    assert Tenant.objects.get(schema_name="south").modules == sorted(optional_modules())


def test_a_person_of_a_city_is_no_operator_whatever_their_role_says(city):
    person = person_with(*OPERATING)

    with pytest.raises(MissingPermission):
        open_znin(actor=Person.objects.get(pk=person.pk))
    with pytest.raises(UnknownPermission):
        accounts.add_role(actor=SYSTEM, name="Operator", permissions=["tenants.create_tenant"])


def test_an_operators_role_carries_no_right_of_a_city():
    with schema_context("public"):
        role = accounts.add_role(
            actor=SYSTEM, name="Operator", permissions=["tenants.create_tenant"]
        )
        assert role.permissions == ["tenants.create_tenant"]
        with pytest.raises(UnknownPermission):
            accounts.add_role(actor=SYSTEM, name="X", permissions=["messaging.send_message"])


def test_the_command_opens_a_city_and_invites_its_administrator(
    capsys, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        call_command(
            "city_open", "Żnin", schema="znin", domain="znin.test", admin_email="a@example.org"
        )

    assert "Otwarto: Żnin" in capsys.readouterr().out
    with tenant_context(Tenant.objects.get(schema_name="znin")):
        held = Assignment.objects.get(person=Person.objects.get(email="a@example.org"))
        assert held.role.name == "Administrator miasta"
        assert not held.person.has_usable_password()
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["a@example.org"], "Zaproszenie do OPIUM: Żnin")
    assert "http://znin.test:8000/invitation#" in letter.body


def test_the_command_tells_a_refusal_in_a_sentence():
    with pytest.raises(CommandError, match="jest już zajęte") as refusal:
        call_command("city_open", "North", schema="north", domain="nowa.test")
    assert isinstance(refusal.value.__cause__, DomainError)


def test_the_console_is_opened_once():
    before = len(operators_log(Deed.OPEN_CONSOLE))

    services.open_console(actor=SYSTEM, domain="console.test")
    assert Domain.objects.filter(domain="console.test").count() == 1
    assert len(operators_log(Deed.OPEN_CONSOLE)) == before
    services.open_console(actor=SYSTEM, domain="druga.test")
    assert operators_log(Deed.OPEN_CONSOLE)[-1].after == {"domain": "druga.test"}
