"""The city in which the demo happens: 119 units, a department, people and their roles."""

from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from django.db import transaction
from django_tenants.utils import tenant_context

from accounts import services as accounts
from accounts.selectors import role_named
from catalogue.parsing import SHIPPED, read
from catalogue.services import load_catalogue
from modules.directory import services as directory
from modules.directory.selectors import units_visible_to
from modules.directory.services import EntryDetails
from opium.permissions import SYSTEM
from provisioning import services as provisioning
from provisioning.demo.story import Head
from provisioning.demo.units import DemoPerson, DemoUnit, units
from tenants.models import Tenant

if TYPE_CHECKING:
    from accounts.models import Person

SCHEMA = "bydgoszcz"
DOMAIN = "bydgoszcz.localhost"
CONSOLE = "localhost"
CLERK = "referent@example.org"
FINANCE = "finanse@example.org"
DIRECTOR, MAYOR = "dyrektor@example.org", "prezydent@example.org"
COMMITTEE = (
    *("komisja@example.org", "komisja2@example.org", "komisja3@example.org"),
    *("komisja4@example.org", "komisja5@example.org"),
)
OPERATOR = "operator@example.org"
SILENT = ("MOEN", "CKZ")
"""The units that never answer."""
SECTIONS = (("WE-1", "Referat Szkół i Przedszkoli"), ("WE-2", "Referat Organizacji i Finansów"))


@dataclass(frozen=True, slots=True)
class LogIn:
    """Somebody who can sign in to the demo, and what they are there."""

    role: str
    email: str


DEPARTMENT = (
    (DemoPerson("Adam", "Wiśniewski", "admin@example.org"), "Administrator miasta"),
    (DemoPerson("Iwona", "Zielińska", DIRECTOR), "Dyrektor wydziału"),
    (DemoPerson("Marek", "Lis", "kierownik@example.org"), "Kierownik referatu"),
    (DemoPerson("Ewa", "Nowak", CLERK), "Referent"),
    (DemoPerson("Urszula", "Żak", FINANCE), "Finanse"),
    (DemoPerson("Olgierd", "Ćwikliński", "informatyk@example.org"), "Informatyk"),
    (DemoPerson("Jolanta", "Łuczak", COMMITTEE[0]), "Członek komisji"),
    (DemoPerson("Paweł", "Gajewski", COMMITTEE[1]), "Członek komisji"),
    (DemoPerson("Danuta", "Ostrowska", COMMITTEE[2]), "Członek komisji"),
    (DemoPerson("Wojciech", "Sikora", COMMITTEE[3]), "Członek komisji"),
    (DemoPerson("Halina", "Pawlak", COMMITTEE[4]), "Członek komisji"),
    (DemoPerson("Rafał", "Krawczyk", MAYOR), "Prezydent, burmistrz, wójt"),
    (DemoPerson("Zenon", "Baran", "czytelnik@example.org"), "Czytelnik"),
)
"""Who works in the department, each in the role they are there to show."""


def open_demo_city(folder: Path) -> tuple[str, list[Head]]:
    """The city with everybody in it: the password they share, and the heads of its units.

    Made once on a machine; a second call finds what the first one made.
    """
    password = _password(folder)
    tenant = Tenant.objects.filter(schema_name=SCHEMA).first()
    if tenant is None:
        provisioning.open_console(
            actor=SYSTEM,
            domain=CONSOLE,
            administrator=provisioning.FirstAdministrator(OPERATOR, "Oskar", "Operator", password),
        )
        tenant = provisioning.open_city(
            actor=SYSTEM,
            name="Bydgoszcz",
            schema_name=SCHEMA,
            domain=DOMAIN,
            teryt="046101",
        )
    invented = units()
    with tenant_context(tenant), transaction.atomic():
        if not units_visible_to(SYSTEM).exists():
            _people_the_department(password)
            for unit in invented:
                _people(unit, password)
    heads = [Head(number, unit.short_name, unit.head.email) for number, unit in enumerate(invented)]
    return password, heads


def load_types() -> None:
    """The catalogue's types of matters become the city's, with people in all their functions."""
    with tenant_context(Tenant.objects.get(schema_name=SCHEMA)):
        load_catalogue(actor=SYSTEM, catalogue=read(SHIPPED))


def log_ins() -> list[LogIn]:
    """One log-in for each role."""
    first = units()[0]
    return [
        *(LogIn(role, person.email) for person, role in DEPARTMENT),
        LogIn(f"Dyrektor jednostki ({first.short_name})", first.head.email),
        LogIn(f"Główny księgowy ({first.short_name})", first.accountant.email),
        LogIn(f"Sekretariat ({first.short_name})", first.secretary.email),
    ]


def _password(folder: Path) -> str:
    """Made on this machine and kept, so that no password is known beforehand."""
    kept = folder / "password"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(f"Bydgoszcz-{token_urlsafe(6)}")
    return kept.read_text()


def _people_the_department(password: str) -> None:
    sections = [
        directory.add_section(actor=SYSTEM, code=code, name=name) for code, name in SECTIONS
    ]
    for invented, role in DEPARTMENT:
        person = _add(invented, password)
        accounts.assign_role(actor=SYSTEM, person=person, role=role_named(role))
        directory.add_membership(
            actor=SYSTEM, person=person, section=sections[0], position=role.lower()
        )


def _people(invented: DemoUnit, password: str) -> None:
    unit = directory.add_unit(
        actor=SYSTEM,
        kind=invented.kind,
        short_name=invented.short_name,
        name=invented.name,
        street=invented.street,
        building=invented.building,
        postal_code=invented.postal_code,
        city="Bydgoszcz",
        phone=invented.phone,
        email=invented.email,
        nip=invented.nip,
        regon=invented.regon,
        entries=[EntryDetails(one.rspo, one.name, one.type) for one in invented.entries],
    )
    reader = role_named("Czytelnik")
    shown = invented.short_name == "SP 1"
    for who, role, signs_in in (
        (invented.head, "Dyrektor jednostki", True),
        (invented.accountant, "Główny księgowy", shown),
        (invented.secretary, "Sekretariat", shown),
    ):
        person = _add(who, password if signs_in else None)
        if who is invented.head:
            accounts.assign_role(actor=SYSTEM, person=person, role=reader)
        directory.add_membership(actor=SYSTEM, person=person, unit=unit, position=role.lower())
        accounts.assign_role(
            actor=SYSTEM,
            person=person,
            role=role_named(role),
            scope_kind="unit",
            scope_id=unit.pk,
        )


def _add(invented: DemoPerson, password: str | None) -> "Person":
    return accounts.add_person(
        actor=SYSTEM,
        email=invented.email,
        first_name=invented.first_name,
        last_name=invented.last_name,
        password=password,
    )
