"""Units were the directory's once; a city that existed then goes on with the tables it had."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from accounts.permissions import Permission as Accounts
from audit.models import Entry
from audit.permissions import Permission as Audit
from opium.permissions import SYSTEM
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import GroupFactory, MembershipFactory, UnitFactory
from units.models import Group, Membership, Unit
from units.selectors import Home
from units.services.entrusted import join

pytestmark = pytest.mark.django_db

MOVE = {
    ("units", "0001_take_over_the_directory"),
    ("messaging", "0005_units_below_accounts"),
    ("directory", "0002_units_below_accounts"),
}


@pytest.fixture
def before_the_move(city):
    """A city as it was before the units moved and before there were calls."""
    MigrationExecutor(connection).migrate([("applications", None)])  # their tables point to units
    rows = MigrationRecorder(connection).migration_qs
    for app, name in MOVE:
        assert rows.filter(app=app, name=name).delete()[0] == 1
    return MigrationExecutor(connection)


def tables():
    """Every column, constraint and index of the tables that moved or point to them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type, is_nullable, column_default, collation_name"
            " FROM information_schema.columns WHERE table_schema = current_schema"
            " AND table_name ~ '^(directory|units|messaging)_' ORDER BY 1, 2"
        )
        columns = cursor.fetchall()
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE connamespace = current_schema::regnamespace ORDER BY 1"
        )
        constraints = cursor.fetchall()
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes"
            " WHERE schemaname = current_schema ORDER BY 1"
        )
        return columns, constraints, cursor.fetchall()


def test_a_city_that_existed_keeps_its_tables_and_its_rows(before_the_move):
    unit, other = UnitFactory(), UnitFactory()
    membership = MembershipFactory(person=PersonFactory(), unit=unit)
    group = GroupFactory(units=[unit, other])
    found = tables()
    every = before_the_move.loader.graph.leaf_nodes()
    leaves = [leaf for leaf in every if leaf[0] != "applications"]
    steps = {(step.app_label, step.name) for step, _ in before_the_move.migration_plan(leaves)}

    before_the_move.migrate(leaves)

    assert steps == MOVE

    assert tables() == found
    assert {name for name, *_ in found[0] if name.startswith("units_")} == set()
    assert set(Unit.objects.all()) == {unit, other}
    assert Membership.objects.get().pk == membership.pk
    assert set(Group.objects.get(pk=group.pk).units.all()) == {unit, other}


def test_what_the_log_called_joining_before_is_read_and_found_with_the_new_entries(city, api):
    unit, person = UnitFactory(), PersonFactory()
    home = Home("unit", unit.pk, unit.short_name)
    join(actor=SYSTEM, right=Accounts.MANAGE_PEOPLE, person=person.pk, home=home, position="")
    new = Entry.objects.get(deed="units.join")
    old = Entry.objects.create(
        actor_name="Ala", deed="directory.join", target_type="directory.membership"
    )
    Entry.objects.create(actor_name="Ala", deed="directory.add_unit", target_type="directory.unit")
    reader = api(person_with(Audit.VIEW_LOG))

    for asked in ({"deed": "units.join"}, {"search": "przy zaproszeniu"}):
        found = reader.get("/api/v1/audit/entries/", asked).json()["results"]
        assert [(one["id"], one["deed_label"]) for one in found] == [
            (old.pk, "Przypisanie do miejsca przy zaproszeniu"),
            (new.pk, "Przypisanie do miejsca przy zaproszeniu"),
        ]


def test_joining_is_written_down_by_the_right_that_the_caller_asked_for(city):
    unit, person = UnitFactory(), PersonFactory()
    home = Home("unit", unit.pk, unit.short_name)

    for _ in range(2):
        join(
            actor=SYSTEM,
            right=Accounts.MANAGE_UNIT_PEOPLE,
            person=person.pk,
            home=home,
            position="sekretarz",
        )

    [entry] = Entry.objects.filter(deed="units.join")
    assert entry.right == "accounts.manage_unit_people"
    assert Membership.objects.get().position == "sekretarz"
