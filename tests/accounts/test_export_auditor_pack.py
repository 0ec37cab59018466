import io
import zipfile
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from openpyxl import load_workbook

from accounts.deeds import Deed
from accounts.models import ApiToken, Assignment, Person
from accounts.permissions import Permission as Accounts
from audit import services as audit
from audit.models import Entry, Link
from audit.permissions import Permission
from modules.directory.permissions import Permission as Directory
from opium.permissions import SYSTEM
from opium.starting import starting_roles
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import UnitFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/accounts/auditor-pack/"


@pytest.fixture
def auditor():
    return person_with(Permission.VIEW_LOG, first_name="Ola", last_name="Aaron")


@pytest.fixture
def pack(api):
    """The files of the pack, as that person takes it."""

    def take(person):
        answer = api(person).get(URL)
        assert answer.status_code == 200
        archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}

    return take


def rows(content):
    """Every row under the header, by title."""
    header, *found = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in found]


def own():
    """What opening the city had written down before the test, in the log's own month."""
    month = f"{timezone.localdate():%Y-%m}"
    roles = len(list(starting_roles()))
    return [
        (month, "Dodanie roli", "Zarządzanie rolami", "wykonano", roles),
        (
            month,
            "Założenie początkowych rodzajów jednostek",
            "Zmienianie jednostek",
            "wykonano",
            1,
        ),
        (month, "Wypełnienie nowego miasta", "Otwieranie miast", "wykonano", 1),
    ]


def long_ago(person, **fields):
    Person.objects.filter(pk=person.pk).update(
        created_at=timezone.now() - timedelta(days=400), **fields
    )
    return person


def test_the_pack_is_one_zip_of_six_named_files(auditor, api):
    answer = api(auditor).get(URL)

    assert answer["Content-Type"] == "application/zip"
    today = timezone.localdate()
    assert answer["Content-Disposition"] == (
        f'attachment; filename="paczka-dla-audytora-{today:%Y-%m-%d}.zip"'
    )
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.namelist() == [
        "README.txt",
        "uprawnienia.xlsx",
        "konta-nieuzywane.xlsx",
        "dziennik-podsumowanie.xlsx",
        "proby-odrzucone.xlsx",
        "lancuch.txt",
    ]
    readme = archive.read("README.txt").decode("utf-8-sig")
    assert "Przygotował(a): Ola Aaron\r\n" in readme
    for name in archive.namelist()[1:]:
        assert f"\r\n{name}\r\n" in readme


def test_it_tells_who_holds_which_role_where_since_when_and_what_it_permits(auditor, pack):
    unit = UnitFactory(short_name="SP nr 7")
    head = person_with(
        Directory.VIEW_UNITS,
        Accounts.MAKE_TOKENS,
        scope_kind="unit",
        scope_id=unit.pk,
        email="jan@example.org",
        first_name="Jan",
        last_name="Żak",
    )
    head.assignments.update(valid_from=date(2026, 9, 1), valid_to=date(2099, 8, 31))
    gone = person_with(Directory.VIEW_UNITS, last_name="Były")
    gone.assignments.update(valid_to=timezone.localdate() - timedelta(days=1))
    coming = person_with(Directory.VIEW_UNITS, first_name="Ewa", last_name="Przyszła")
    coming.assignments.update(valid_from=timezone.localdate() + timedelta(days=1))

    found = rows(pack(auditor)["uprawnienia.xlsx"])

    assert [row["Osoba"] for row in found] == ["Ola Aaron", "Ewa Przyszła", "Jan Żak"]
    assert [row["Obowiązuje dziś"] for row in found] == ["tak", "nie", "tak"]
    given = Assignment.objects.get(person=head).created_at
    last = found[-1]
    assert abs(last.pop("Nadano") - timezone.make_naive(given)) < timedelta(seconds=1)
    assert {name: str(value) for name, value in last.items()} == {
        "Osoba": "Jan Żak",
        "E-mail": "jan@example.org",
        "Rola": f"Rola {head.pk}",
        "Gdzie": "SP nr 7",
        "Obowiązuje od": "2026-09-01 00:00:00",
        "Obowiązuje do": "2099-08-31 00:00:00",
        "Obowiązuje dziś": "tak",
        "Rola wymaga drugiego składnika": "nie",
        "Osoba ma drugi składnik": "nie",
        "Uprawnienia": "Klucze API; Przeglądanie jednostek",
    }


def test_it_lists_open_accounts_that_nobody_signed_in_to_for_ninety_days(auditor, pack):
    now = timezone.now()
    long_ago(auditor, last_login=now)
    long_ago(PersonFactory(last_name="Dawna"), last_login=now - timedelta(days=91))
    long_ago(PersonFactory(last_name="Świeża"), last_login=now - timedelta(days=89))
    never = long_ago(person_with(Directory.VIEW_UNITS, last_name="Żadna"))
    ApiToken.objects.create(person=never, name="x", expires_at=now, last_used_at=now)
    long_ago(PersonFactory(last_name="Zamknięta"), is_active=False)
    PersonFactory(last_name="Nowa")

    found = rows(pack(auditor)["konta-nieuzywane.xlsx"])

    assert [(row["Osoba"], row["Dni bez logowania"], row["Role"]) for row in found] == [
        ("Anna Dawna", 91, ""),
        ("Anna Żadna", 400, f"Rola {never.pk}"),
    ]
    assert [row["Ostatnie logowanie"] is None for row in found] == [False, True]
    assert [row["Klucz API użyty"] is None for row in found] == [True, False]


def test_it_adds_the_log_up_by_month_deed_right_and_outcome(auditor, pack):
    for _ in range(3):
        audit.record(
            actor=SYSTEM, deed=Deed.ADD_PERSON, right=Accounts.MANAGE_PEOPLE, target=auditor
        )
    audit.record_refusal(actor=None, right=Accounts.SIGN_IN, target=auditor, sentence="Nie.")

    found = rows(pack(auditor)["dziennik-podsumowanie.xlsx"])

    month = f"{timezone.localdate():%Y-%m}"
    assert [tuple(row.values()) for row in found] == [
        (month, "", "Logowanie", "odmówiono", 1),
        (month, "Założenie konta", "Zarządzanie kontami", "wykonano", 3),
        *own(),
    ]


def test_it_gathers_what_was_refused_by_person_and_record(auditor, pack):
    nosy = PersonFactory(first_name="Ewa", last_name="Ciekawska")
    for _ in range(2):
        audit.record_refusal(
            actor=nosy, right=Permission.VIEW_LOG, target=None, sentence="Nie masz uprawnienia."
        )
    audit.record_refusal(
        actor=None,
        deed=Deed.START_SESSION,
        right=Accounts.SIGN_IN,
        target=auditor,
        sentence="Nie.",
    )

    found = rows(pack(auditor)["proby-odrzucone.xlsx"])

    assert [tuple(row.values())[:6] for row in found] == [
        ("Ewa Ciekawska", "", "", "Przeglądanie dziennika", "", 2),
        ("niezalogowany", "", "Zalogowanie", "Logowanie", "Ola Aaron", 1),
    ]


def test_it_says_that_the_chain_holds_and_where_it_ends(auditor, pack):
    audit.record(actor=SYSTEM, deed=Deed.ADD_PERSON, right=Accounts.MANAGE_PEOPLE, target=auditor)

    told = pack(auditor)["lancuch.txt"].decode("utf-8-sig")

    proved = Link.objects.order_by("position").last()
    assert "Łańcuch: NIENARUSZONY" in told
    assert f"(SHA-256):\r\n{proved.digest}\r\n" in told
    assert proved.entry_id == Entry.objects.get(deed="accounts.add_person").pk
    assert f"Wpisów: {Link.objects.count()}\r\n" in told
    assert " UTC)\r\n" in told


def test_it_says_that_the_chain_is_broken(auditor, pack):
    audit.record(actor=SYSTEM, deed=Deed.ADD_PERSON, right=Accounts.MANAGE_PEOPLE, target=auditor)
    audit.close_chain()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE audit_entry SET actor_name = 'nikt'")
        cursor.execute("SET session_replication_role = origin")

    assert "Łańcuch: PRZERWANY w ogniwie" in pack(auditor)["lancuch.txt"].decode("utf-8-sig")


@pytest.mark.django_db(transaction=True)
def test_taking_it_is_an_entry_that_keeps_the_chains_end_and_the_chain_whole(auditor, pack):
    pack(auditor)
    end = Link.objects.latest("position").digest
    second = pack(auditor)

    entry = Entry.objects.latest("id")
    assert (entry.actor_name, entry.deed, entry.right) == (
        "Ola Aaron",
        "accounts.export_auditor_pack",
        "audit.view_log",
    )
    assert entry.after == {"chain_holds": True, "chain_end": end}
    assert "NIENARUSZONY" in second["lancuch.txt"].decode("utf-8-sig")
    assert audit.verify_chain().holds


def test_only_who_views_the_log_of_the_whole_city_takes_it(api):
    unit = UnitFactory()
    in_one_unit = person_with(Permission.VIEW_LOG, scope_kind="unit", scope_id=unit.pk)

    assert api().get(URL).status_code == 401
    for person in (PersonFactory(), person_with(Accounts.MANAGE_PEOPLE), in_one_unit):
        answer = api(person).get(URL)
        assert (answer.status_code, answer.json()["code"]) == (403, "missing_permission")
    assert not Entry.objects.filter(right=Permission.VIEW_LOG, outcome="done").exists()


def test_nothing_of_the_other_city_is_in_it(auditor, pack, in_south):
    before = Entry.objects.count()
    with in_south():
        foreign = long_ago(person_with(Directory.VIEW_UNITS, last_name="Południowa"))
        audit.record(
            actor=SYSTEM, deed=Deed.ADD_PERSON, right=Accounts.MANAGE_PEOPLE, target=foreign
        )
        audit.record_refusal(actor=foreign, right=Permission.VIEW_LOG, target=None, sentence="Nie.")

    taken = pack(auditor)

    assert [row["Osoba"] for row in rows(taken["uprawnienia.xlsx"])] == ["Ola Aaron"]
    for name in ("konta-nieuzywane.xlsx", "proby-odrzucone.xlsx"):
        assert rows(taken[name]) == [], name
    assert [tuple(row.values()) for row in rows(taken["dziennik-podsumowanie.xlsx"])] == own()
    assert f"Wpisów: {before}\r\n" in taken["lancuch.txt"].decode("utf-8-sig")


@pytest.mark.parametrize("count", [1, 20])
def test_its_queries_do_not_grow_with_the_city(auditor, api, count, django_assert_num_queries):
    for _ in range(count):
        unit = UnitFactory()
        person = person_with(Directory.VIEW_UNITS, scope_kind="unit", scope_id=unit.pk)
        long_ago(person)
        audit.record_refusal(actor=person, right=Permission.VIEW_LOG, target=None, sentence="Nie.")
    browser = api(auditor)

    # city (3), session, person, the first use of the limit (6), rights, the chain (7), the roles,
    # their places, the accounts, their roles, the log, the refusals, the entry, a savepoint (2)
    with django_assert_num_queries(26):
        b"".join(browser.get(URL).streaming_content)
