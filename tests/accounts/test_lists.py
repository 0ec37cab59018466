"""The lists of accounts and rights promise what every list does."""

from datetime import timedelta
from functools import cached_property
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts import services
from accounts.models import ApiToken, Joining, Motion, Role, Session, Substitution
from accounts.permissions import Permission
from opium.permissions import SYSTEM
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import MembershipFactory, UnitFactory
from tests.lists import ListTest, PagedTest, TakenTest
from units.models import Membership

pytestmark = pytest.mark.django_db


class TestPeople(TakenTest):
    columns = ("roles", "person")
    route, permission, closed = "accounts/people/", Permission.MANAGE_PEOPLE, 403
    queries = 7  # city with two search paths, session, person, roles, people, their roles, homes
    by_code = {"email"}
    filters = {
        "search": ("Anna", "nie ma"),
        "is_active": ("true", "false"),
        "role": (lambda person: person.assignments.get().role_id, lambda _: uuid4()),
        "unit": (
            lambda person: Membership.objects.get(person=person).unit_id,
            lambda _: UnitFactory().pk,
        ),
    }

    def make(self, number):
        person = person_with()
        MembershipFactory(person=person, unit=UnitFactory())
        return person


class TestRoles(TakenTest):
    columns = ("permissions", "role")
    route, permission, queries, closed = "accounts/roles/", Permission.VIEW_RIGHTS, 5, 403

    def make(self, number):
        return Role.objects.create(name=f"Rola nr {number}", permissions=[])


class TestAssignments(TakenTest):
    columns = ("place", "person")
    route, permission, queries, closed = "accounts/assignments/", Permission.VIEW_RIGHTS, 6, 403
    filters = {
        "person": (lambda held: held.person_id, lambda _: PersonFactory().pk),
        "role": (
            lambda held: held.role_id,
            lambda _: Role.objects.create(name="Inna", permissions=[]).pk,
        ),
        "scope_kind": ("unit", "section"),
        "scope_id": (lambda held: held.scope_id, lambda _: uuid4()),
        "in_force": ("true", "false"),
    }

    def make(self, number):
        unit = UnitFactory()
        return person_with(scope_kind="unit", scope_id=unit.pk).assignments.get()


class TestFunctions(PagedTest):
    route, permission, queries, closed = "accounts/functions/", Permission.VIEW_RIGHTS, 7, 403

    def make(self, number):
        function = services.add_function(actor=SYSTEM, code=f"f_{number}", name=f"F {number}")
        unit = UnitFactory()
        services.give_function(
            actor=SYSTEM,
            function=function,
            person=PersonFactory(),
            scope_kind="unit",
            scope_id=unit.pk,
        )
        return function


class TestSubstitutions(PagedTest):
    route, queries = "accounts/substitutions/", 5
    filters = {
        "person": (lambda one: one.person_id, lambda _: PersonFactory().pk),
        "substitute": (lambda one: one.substitute_id, lambda _: PersonFactory().pk),
        "ends_after": (lambda one: one.ends_on, lambda one: one.ends_on + timedelta(days=1)),
    }

    def make(self, number):
        last = timezone.localdate() - timedelta(days=1)
        return Substitution.objects.create(
            person=PersonFactory(), substitute=self.reader, starts_on=last, ends_on=last
        )


class TestTokens(PagedTest):
    route, permission, queries, closed = "accounts/tokens/", Permission.MAKE_TOKENS, 5, 403

    def make(self, number):
        return ApiToken.objects.create(
            person=self.reader,
            name="Program",
            digest=uuid4().hex,
            hint="opium_abcd",
            permissions=[],
            expires_at=timezone.now() + timedelta(days=1),
        )


class TestProviders(PagedTest):
    route, permission, queries, closed = "accounts/providers/", Permission.MANAGE_SIGN_IN, 5, 403
    named = "code"
    by_code = {"name"}  # allauth's table; a city has one or two

    def make(self, number):
        return services.add_provider(
            actor=SYSTEM,
            code=uuid4().hex[:12],
            name="Logowanie miasta",
            server_url="https://logowanie.example.org",
            client_id="x",
            secret="x",
        )

    def id_of(self, row):
        return row.provider_id


class TestMotions(PagedTest):
    """What waits for a second person."""

    route, permission, queries, closed = "accounts/motions/", Permission.MANAGE_ROLES, 6, 403
    filters = {
        "is_open": ("true", "false"),
        "kind": ("administrator", "provider"),
        "person": (lambda one: str(one.person_id), lambda one: str(one.proposer_id)),
    }

    def make(self, number):
        return Motion.objects.create(
            kind="administrator",
            proposer=PersonFactory(),
            person=PersonFactory(),
            role=Role.objects.create(name=f"Rola nr {number}", permissions=[]),
            expires_at=timezone.now() + timedelta(days=1),
        )


class TestJoinings(PagedTest):
    route, permission, closed = "accounts/joinings/", Permission.MANAGE_PEOPLE, 403
    queries = 6  # city with two search paths, session, person, roles, joinings, places
    filters = {"is_open": ("true", "false")}

    def make(self, number):
        return joining_of(None)


class TestOwnJoinings(PagedTest):
    route, queries = "accounts/account/joinings/", 5
    filters = {"is_open": ("true", "false")}

    def make(self, number):
        return joining_of(self.reader)


def joining_of(person):
    return Joining.objects.create(
        asker=PersonFactory(),
        email=person.email if person else f"{uuid4().hex}@example.org",
        first_name="Ola",
        last_name="Nowa",
        person=person,
        scope_kind="unit",
        scope_id=UnitFactory().pk,
        expires_at=timezone.now() + timedelta(days=1),
    )


class TestSessions(ListTest):
    """Of somebody whose account one looks after."""

    route, permission, closed = "accounts/people/{pk}/sessions/", Permission.MANAGE_PEOPLE, 403
    queries = 14  # looking is an entry of the log

    @cached_property
    def person(self):
        return PersonFactory()

    def address(self):
        return {"pk": self.person.pk}

    def make(self, number):
        return Session.objects.create(
            session_key=uuid4().hex,
            person=self.person,
            expire_date=timezone.now() + timedelta(days=1),
        )

    def id_of(self, row):
        return row.id


class TestKeptViews(ListTest):
    """One's own ways of looking at lists."""

    route, permission, queries = "accounts/account/views/", None, 4

    def make(self, number):
        return services.keep_view(actor=self.reader, screen="directory.units", name=str(number))
