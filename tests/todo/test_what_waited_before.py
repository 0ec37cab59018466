"""Cities existed before the one list of what waits: its migrations wrote what waited in them."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from modules.messaging import services as messaging
from tests.factories import messaging as messages
from tests.factories.accounts import PersonFactory
from tests.factories.directory import UnitFactory
from todo.models import CalendarLink, Waiting
from todo.selectors import todo_of

pytestmark = pytest.mark.django_db

MEANT = (
    *("subject_kind", "subject_id", "code", "part", "what", "title", "details", "url", "search"),
    *("person", "function", "unit_id", "section_id", "kind_id", "who", "due_at", "ends_at"),
    *("remind_on", "excused", "barred_unit_id"),
)


def told():
    return sorted(Waiting.objects.filter(done_at=None).values_list(*MEANT), key=str)


def test_messages_sent_before_wait_as_if_they_were_sent_today(city):
    author, person = messages.clerk(), PersonFactory()
    unit, silent = UnitFactory(), UnitFactory()
    head = messages.head_of(unit)
    due = {"due_at": timezone.now() + timedelta(days=9), "locks_at": None}
    message = messages.survey(author, [unit, silent], [person], **due)
    answered = message.deliveries.get(unit=unit)
    file = messages.uploaded(head, "odp.xlsx", messages.workbook(["Lp.", "Klasa", "Obiady"]))
    messaging.answer_delivery(
        actor=head, delivery=answered, content=messaging.AnswerContent(workbook=file.pk)
    )
    messages.sent(author, [unit])  # asks for nothing
    written = told()
    assert [row[MEANT.index("code")] for row in written] == [
        *["messaging.answer"] * 2,
        "messaging.chase",
    ]
    Waiting.objects.all().delete()
    migration = import_module("modules.messaging.migrations.0004_open_answers_wait")

    migration.write_down(apps, SimpleNamespace(connection=connection))
    migration.write_down(apps, SimpleNamespace(connection=connection))

    assert told() == written


@pytest.fixture
def before_the_list():
    """The tables of the procedures as they were, and the models of that day."""
    executor = MigrationExecutor(connection)
    state = executor.loader.project_state(
        [("procedures", "0004_trouble"), ("todo", "0003_order_of_titles")]
    )
    with connection.schema_editor() as editor:
        for name in ("Waiting", "CalendarLink"):
            editor.create_model(state.apps.get_model("procedures", name))
    return executor.loader.get_migration("procedures", "0005_waiting_moves_to_todo"), state


def test_cases_that_waited_before_wait_for_the_same_people(before_the_list, case, clerk, head):
    migration, state = before_the_list
    was, boss = state.apps.get_model("procedures", "Waiting"), PersonFactory()
    due = timezone.now() + timedelta(days=5)
    row = Waiting.objects.get(done_at=None, subject_id=case.pk)
    facts = {"case_id": case.pk, "round": 1, "since": row.since, "opened_in": row.opened_in}
    kept = was.objects.create(
        **facts, stage="ocena", function=row.function, who=row.who, what=row.what, due_at=due
    )
    ended = was.objects.create(
        **facts,
        stage="nabor",
        function="applicant",
        what="Złóż",
        done_at=timezone.now(),
        closed_in=1,
    )
    link = state.apps.get_model("procedures", "CalendarLink").objects.create(
        person_id=boss.pk, digest="f" * 64
    )
    expected = {name: getattr(row, name) for name in ("code", "what", "title", "details", "url")}
    Waiting.objects.all().delete()

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with connection.schema_editor() as editor:
        migration.apply(state, editor)

    [found] = todo_of(clerk)
    assert (found.pk, found.due_at) == (kept.pk, due)
    assert {name: getattr(found, name) for name in expected} == expected
    assert found.function == "referent"
    assert list(todo_of(head)) == []
    closed = Waiting.objects.get(pk=ended.pk)
    assert (closed.code, closed.unit_id, closed.closed_in) == ("procedures.apply", case.unit_id, 1)
    assert closed.done_at is not None
    assert CalendarLink.objects.get(person=boss).digest == link.digest
    left = connection.introspection.table_names()
    assert {"procedures_waiting", "procedures_calendarlink"} & set(left) == set()
