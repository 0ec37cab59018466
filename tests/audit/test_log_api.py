import csv
import io

import pytest
from openpyxl import load_workbook

from accounts.deeds import Deed
from accounts.permissions import Permission as Accounts
from audit import services
from audit.models import Entry
from audit.permissions import Permission
from opium.permissions import SYSTEM
from opium.polish import sort_key
from tests.factories.accounts import PersonFactory, person_with

pytestmark = pytest.mark.django_db
URL = "/api/v1/audit/entries/"


@pytest.fixture
def auditor():
    return person_with(Permission.VIEW_LOG)


def deed(label="Kot", **facts):
    person = PersonFactory(first_name=label, last_name="X")
    return services.record(
        actor=SYSTEM, deed=Deed.ADD_PERSON, right=Accounts.MANAGE_PEOPLE, target=person, **facts
    )


def test_the_log_is_searched_by_person_record_and_right_newest_first(api, auditor):
    first, second = deed("Mruczek"), deed("Filemon")
    browser = api(auditor)

    assert [one["id"] for one in browser.get(URL).json()["results"]][:2] == [second.pk, first.pk]
    found = browser.get(URL, {"search": "mruczek"}).json()["results"]
    assert [one["target_label"] for one in found] == ["Mruczek X"]
    assert (found[0]["deed_label"], found[0]["right_label"]) == (
        "Założenie konta",
        "Zarządzanie kontami",
    )
    by_deed = browser.get(URL, {"search": "założenie KONT"}).json()
    assert {one["deed"] for one in by_deed["results"]} == {"accounts.add_person"}
    by_right = browser.get(URL, {"search": "zarządzanie KONT"}).json()
    assert {one["right"] for one in by_right["results"]} == {"accounts.manage_people"}


def test_the_log_is_filtered_by_outcome_and_day(api, auditor):
    deed()
    services.record_refusal(
        actor=None, right=Accounts.SIGN_IN, target=None, sentence="Nie ma takiego konta."
    )
    browser = api(auditor)

    refused = browser.get(URL, {"outcome": "refused"}).json()["results"]
    assert [one["right"] for one in refused] == ["accounts.sign_in"]
    assert browser.get(URL, {"until": "2020-01-01"}).json()["count"] == 0


def test_the_log_is_filtered_by_what_was_done_and_by_the_right_to_it(api, auditor):
    opened, closed = (
        services.record(
            actor=SYSTEM, deed=done, right=Accounts.MANAGE_PEOPLE, target=PersonFactory()
        )
        for done in (Deed.REOPEN_ACCOUNT, Deed.CLOSE_ACCOUNT)
    )
    services.record(
        actor=SYSTEM, deed=Deed.ADD_ROLE, right=Accounts.MANAGE_ROLES, target=PersonFactory()
    )
    browser = api(auditor)

    by_deed = browser.get(URL, {"deed": "accounts.reopen_account"}).json()["results"]
    assert [(one["id"], one["deed_label"]) for one in by_deed] == [
        (opened.pk, "Ponowne otwarcie konta")
    ]
    by_right = browser.get(URL, {"right": "accounts.manage_people"}).json()["results"]
    assert [one["id"] for one in by_right] == [closed.pk, opened.pk]


def test_whoever_views_the_log_reads_what_can_be_done_module_by_module(api, auditor):
    found = api(auditor).get("/api/v1/audit/deeds/").json()

    names = [one["name"] for one in found]
    assert names == sorted(names, key=sort_key)
    assert {"Budżet", "Jednostki", "Wiadomości"} < set(names)
    assert next(one for one in found if one["module"] == "audit") == {
        "module": "audit",
        "name": "Dziennik zdarzeń",
        "deeds": [{"deed": "audit.export_log", "name": "Pobranie dziennika do pliku"}],
    }
    assert "tenants.create_tenant" not in str(found)
    assert api(PersonFactory()).get("/api/v1/audit/deeds/").status_code == 403


def test_who_may_not_view_the_log_is_refused_and_a_stranger_must_sign_in(api):
    assert api(PersonFactory()).get(URL).status_code == 403
    assert api().get(URL).status_code == 401


def test_an_attempt_without_the_right_is_written_down(api):
    nosy = PersonFactory(first_name="Ewa", last_name="Ciekawska")

    api(nosy).get(URL)

    entry = Entry.objects.latest("id")
    assert (entry.actor_name, entry.deed, entry.right, entry.outcome) == (
        "Ewa Ciekawska",
        "",
        "audit.view_log",
        "refused",
    )
    assert entry.after["sentence"].startswith("Nie masz uprawnienia „Przeglądanie dziennika”")


def test_the_export_holds_what_is_filtered_and_is_an_entry_itself(api, auditor):
    deed("Mruczek", before={"phone": "1"}, after={"phone": "2"})
    deed("Filemon")

    answer = api(auditor).get(f"{URL}export/", {"search": "Mruczek"})

    sheet = load_workbook(io.BytesIO(answer.getvalue())).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[8:] for row in rows[1:]] == [("Mruczek X", "phone: 1", "phone: 2")]
    entry = Entry.objects.latest("id")
    assert (entry.deed, entry.right, entry.after) == (
        "audit.export_log",
        "audit.view_log",
        {"export": {"search": "Mruczek"}, "rows": 1},
    )


def test_the_csv_opens_in_a_polish_excel_and_holds_no_formula(api, auditor):
    deed("=CMD()")

    answer = api(auditor).get(f"{URL}export/", {"as": "csv", "search": "CMD"})

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0][:3] == ["Nr", "Kiedy", "Kto"]
    assert rows[1][8] == "'=CMD() X"
