import io
import threading
import zipfile

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from accounts.deeds import Deed
from accounts.permissions import Permission
from accounts.services import export_auditor_pack
from audit import services
from audit.models import Entry, Link
from opium.permissions import SYSTEM
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


def deeds(count):
    person = PersonFactory()
    for number in range(count):
        with transaction.atomic():
            services.record(
                actor=SYSTEM,
                deed=Deed.ADD_PERSON,
                right=Permission.MANAGE_PEOPLE,
                target=person,
                after={"n": number},
            )


def tamper(statement):
    """As somebody would who got hold of the database itself."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET session_replication_role = origin")


def test_each_committed_entry_is_chained_at_once_and_the_chain_holds(city):
    deeds(5)

    assert Link.objects.count() == Entry.objects.count()
    verdict = services.verify_chain()
    assert (verdict.holds, verdict.entries) == (True, Entry.objects.count())
    assert verdict.end == Link.objects.latest("position").digest


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor_name = 'nikt' WHERE id = {third_last}",
        "UPDATE audit_entry SET after = '{{\"n\": 7}}' WHERE id = {third_last}",
        "UPDATE audit_entry SET deed = 'accounts.close_account' WHERE id = {third_last}",
        "UPDATE audit_entry SET deed = '' WHERE id = {third_last}",
        "UPDATE audit_entry SET \"right\" = '' WHERE id = {third_last}",
        "UPDATE audit_entry SET at = at - interval '1 hour' WHERE id = {third_last}",
        "DELETE FROM audit_entry WHERE id = {third_last}",
        "DELETE FROM audit_link WHERE entry_id = {third_last}",
    ],
)
def test_whatever_is_changed_behind_the_application_breaks_the_chain(city, statement):
    deeds(5)

    tamper(statement.format(third_last=Entry.objects.order_by("-id")[2].pk))

    assert not services.verify_chain().holds


def test_removing_the_last_entries_shows_in_the_end_of_the_chain(city):
    deeds(3)
    noted = services.verify_chain().end

    tamper("DELETE FROM audit_link WHERE position = (SELECT max(position) FROM audit_link)")
    tamper("DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)")

    assert services.verify_chain().end != noted


def test_the_application_cannot_empty_the_log(city):
    deeds(1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER entry_is_not_emptied")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("TRUNCATE audit_entry CASCADE")


def test_deeds_at_the_same_time_don_t_wait_for_each_other_and_all_are_chained(city):
    person = PersonFactory()
    start = threading.Barrier(8)

    def work():
        connection.set_tenant(city)
        start.wait()
        for _ in range(10):
            with transaction.atomic():
                services.record(
                    actor=SYSTEM,
                    deed=Deed.ADD_PERSON,
                    right=Permission.MANAGE_PEOPLE,
                    target=person,
                )
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(8)]
    before = Entry.objects.count()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    verdict = services.verify_chain()
    assert (verdict.entries - before, verdict.holds) == (80, True)


def test_the_chain_is_proved_while_people_work(city):
    person = PersonFactory()
    over = threading.Event()
    begun = threading.Barrier(4)

    def work():
        connection.set_tenant(city)
        for number in range(100_000):
            if over.is_set():
                break
            with transaction.atomic():
                services.record(
                    actor=SYSTEM,
                    deed=Deed.ADD_PERSON,
                    right=Permission.MANAGE_PEOPLE,
                    target=person,
                )
            if number == 5:
                begun.wait()
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    begun.wait()
    verdicts = [services.verify_chain() for _ in range(40)]
    packs = [_chain_in_pack() for _ in range(8)]
    over.set()
    for thread in threads:
        thread.join()

    assert [(one.broken_at, one.unchained) for one in verdicts] == [(None, 0)] * 40
    assert ["Łańcuch: NIENARUSZONY" in pack for pack in packs] == [True] * 8
    assert [one.entries for one in verdicts] == sorted(one.entries for one in verdicts)
    last = services.verify_chain()
    assert (last.holds, last.entries) == (True, Entry.objects.count())


def _chain_in_pack():
    """What the auditor's pack says of the chain."""
    pieces = export_auditor_pack(actor=SYSTEM)
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as pack:
        return pack.read("lancuch.txt").decode("utf-8-sig")


def test_the_command_tells_of_each_city_and_fails_where_a_chain_broke(city, capsys):
    deeds(2)
    call_command("audit_verify", city="north")
    assert "łańcuch nienaruszony" in capsys.readouterr().out

    tamper("UPDATE audit_entry SET \"right\" = 'x' WHERE id = (SELECT max(id) FROM audit_entry)")

    with pytest.raises(SystemExit) as ending:
        call_command("audit_verify")
    assert ending.value.code == 1
    assert "PRZERWANY" in capsys.readouterr().out


OLD_ENTRY = """
INSERT INTO audit_entry (at, actor_name, in_place_of_name, outcome, verb, target_type, target_id,
                         target_label)
VALUES (now(), 'Ala A', '', 'done', 'messaging.send_message', 'messaging.message', '1', 'Ankieta')
"""


@pytest.mark.django_db(transaction=False)
def test_a_chain_from_before_the_log_told_deeds_still_proves_and_goes_on(city):
    steps = MigrationLoader(connection).disk_migrations
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA dawne")
    connection.set_schema("dawne", include_public=False)
    state = _migrated(ProjectState(), steps["audit", "0001_initial"])
    state = _migrated(state, steps["audit", "0002_append_only"])
    with connection.cursor() as cursor:
        cursor.execute(OLD_ENTRY)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    old = Link.objects.get().digest

    _migrated(state, steps["audit", "0003_deeds"])
    after = services.verify_chain()
    services.record(actor=SYSTEM, deed=Deed.ADD_ROLE, right=Permission.MANAGE_ROLES, target=city)
    end = services.verify_chain()

    assert (after.holds, after.entries, after.end) == (True, 1, old)
    assert (end.holds, end.entries) == (True, 2)
    kept, new = Entry.objects.order_by("id")
    assert (kept.deed, kept.right) == ("", "messaging.send_message")
    assert (new.deed, new.right) == ("accounts.add_role", "accounts.manage_roles")


def _migrated(state, migration):
    with connection.schema_editor(atomic=False) as editor:
        return migration.apply(state, editor)
