"""A prepared question is a statement of the database's own, and answers as one asked anew."""

import pytest
from django.db import NotSupportedError, connection, transaction

from accounts.models import Person
from opium.prepared import Prepared
from opium.statements import Statement
from tests.factories.accounts import PersonFactory

named = Prepared(lambda name: Person.objects.filter(first_name=name, is_active=True))
PREPARED = "SELECT statement FROM pg_prepared_statements WHERE statement LIKE %s"


def kept(part: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(PREPARED, [f"%{part}%"])
        return [statement for (statement,) in cursor.fetchall()]


@pytest.mark.django_db
def test_the_database_plans_it_once_for_each_city(in_south):
    name = "Tylko tutaj"
    asked = Prepared(lambda pk: Person.objects.filter(pk=pk, first_name=name))
    for _ in range(3):
        asked.all(pk=PersonFactory(first_name=name).pk)
    with in_south():
        asked.all(pk=PersonFactory(first_name=name).pk)

    statements = kept(name)

    assert sorted(one.partition(" */")[0] for one in statements) == ["/* north", "/* south"]


@pytest.mark.django_db
def test_the_same_statement_never_shows_another_city(in_south):
    for _ in range(7):  # past the point at which PostgreSQL stops planning for the values
        assert named.all(name="Sąsiad") == []
    with in_south():
        theirs = PersonFactory(first_name="Sąsiad")
        assert [named.all(name="Sąsiad") for _ in range(7)] == [[theirs]] * 7
    assert named.all(name="Sąsiad") == []


@pytest.mark.django_db
def test_what_is_always_the_same_stands_in_the_statement_whatever_signs_it_has():
    for name in ("100 %", "O'Hara", r"a\b", "%s i $1"):
        person = PersonFactory(first_name=name)
        PersonFactory(first_name=f"{name}!")
        asked = Prepared(
            lambda pk, name=name: Person.objects.filter(first_name=name).exclude(pk=pk)
        )
        assert asked.all(pk=PersonFactory().pk) == [person]
        assert asked.all(pk=person.pk) == []


@pytest.mark.django_db
def test_a_query_of_the_orm_is_not_kept():
    for _ in range(7):
        list(Person.objects.filter(first_name="Tylko raz"))
    named.all(name="Jan")

    assert len(kept("Tylko raz")) == 0


@pytest.mark.django_db(transaction=True)
def test_a_statement_whose_columns_a_migration_has_changed_is_asked_anew():
    asked = Statement("SELECT * FROM bench_changing WHERE number >= %s", [(0, None)])
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_changing (number int)")
        cursor.execute("INSERT INTO bench_changing VALUES (1)")
    try:
        assert asked.rows([0]) == [(1,)]
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE bench_changing ALTER number TYPE text, ADD also int")
            cursor.execute("ALTER TABLE bench_changing ALTER number TYPE bigint USING number::int")
        assert asked.rows([0]) == [(1, None)]
        with pytest.raises(NotSupportedError), transaction.atomic():
            asked.rows([0])
        assert asked.rows([0]) == [(1, None)]
        with transaction.atomic():
            assert asked.rows([0]) == [(1, None)]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE bench_changing")
