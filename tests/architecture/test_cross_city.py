"""What one city keeps is worth nothing in the other, by whatever way it is carried there.

Tried elsewhere and not again here: every id on every route (test_endpoints), sessions
(tests/accounts/test_sessions), keys of programs (test_api_tokens), invitations and resets
(test_invite_person, test_passwords), signed addresses of files (tests/files), tasks and the outbox
(tests/outbox, tests/modules/messaging/test_two_cities).
"""

import io
import zipfile

import openpyxl
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import DatabaseError, connection, models, transaction

from accounts import letters
from accounts import services as accounts
from accounts.models import Link
from modules.messaging import services as messaging
from opium.permissions import SYSTEM
from tests.architecture import world
from tests.factories.accounts import person_with
from tests.factories.directory import UnitFactory
from tests.factories.files import uploaded
from tests.factories.messaging import head_of, survey, workbook
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_root(settings, tmp_path):
    settings.FILES_ROOT = str(tmp_path / "files")


@pytest.fixture
def clean_cache():
    cache.clear()
    yield
    cache.clear()


def current_schema() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return cursor.fetchone()[0]


@pytest.mark.usefixtures("clean_cache")
def test_a_cached_value_is_not_found_under_its_key_in_the_other_city(in_south):
    cache.set("kod", "północny")

    with in_south():
        assert cache.get("kod") is None
        assert cache.add("kod", "południowy")
        cache.delete("kod")

    assert cache.get("kod") == "północny"


def test_a_browser_with_all_cookies_of_one_city_is_a_stranger_in_the_other(city, api, in_south):
    person = person_with(*world.everything())
    browser = api(person)
    assert browser.get("/api/v1/accounts/session/").json()["person"]["id"] == str(person.pk)
    assert settings.CSRF_COOKIE_NAME in browser.cookies
    with in_south():
        person_with(*world.everything(), pk=person.pk, email=person.email)

    there = browser.get("/api/v1/accounts/session/", HTTP_HOST="south.test")

    assert there.json()["person"] is None


def test_cookies_are_for_the_host_that_set_them_alone(city, api):
    browser = api(person_with())
    browser.get("/api/v1/accounts/session/")

    assert {cookie["domain"] or "" for cookie in browser.cookies.values()} == {""}
    assert (settings.SESSION_COOKIE_DOMAIN, settings.CSRF_COOKIE_DOMAIN) == (None, None)


def test_a_new_address_confirmed_in_one_city_changes_nobody_in_the_other(city, api, in_south):
    person = person_with()
    link = accounts.change_email(actor=SYSTEM, person=person, email="nowy@example.org")
    token = letters.token_of(link)
    with in_south():
        twin = person_with(pk=person.pk, email="stary@example.org")
        Link.objects.create(
            pk=link.pk,
            person=twin,
            kind=link.kind,
            address=link.address,
            expires_at=link.expires_at,
        )

    answer = api(host="south.test").post("/api/v1/accounts/email/", {"token": token})

    assert (answer.status_code, answer.json()["code"]) == (422, "link_ended")
    with in_south():
        twin.refresh_from_db()
        assert twin.email == "stary@example.org"


@pytest.fixture
def neighbours(city, in_south):
    """A survey answered in each city; the words of the southern one must not be seen."""
    found = []
    for name in ("Północ", "Południe"):
        if found:
            with in_south():
                found.append(_answered(name))
        else:
            found.append(_answered(name))
    return found


def _answered(name):
    author = person_with(*world.everything(), last_name=name)
    unit = UnitFactory(short_name=f"SP {name}", name=f"Szkoła {name}")
    head = head_of(unit, last_name=name)
    message = survey(author, [unit], subject=f"Ankieta {name}", name=f"{name}.xlsx")
    file = uploaded(head, f"{name}.xlsx", workbook(["Lp.", "Klasa"], [1, name]))
    messaging.answer_delivery(
        actor=head,
        delivery=message.deliveries.get(),
        content=messaging.AnswerContent(workbook=file.pk),
    )
    return author, message


EXPORTS = (
    "messaging/messages/{message}/export/",
    "messaging/messages/{message}/archive/",
    "directory/units/export/",
    "audit/entries/export/",
)


@pytest.mark.parametrize("export", EXPORTS)
def test_an_export_holds_the_words_of_its_city_alone(export, neighbours, api):
    author, message = neighbours[0]

    answer = api(author).get(f"/api/v1/{export.format(message=message.pk)}")

    assert answer.status_code == 200
    words = _words(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    assert "Północ" in words
    assert "Południe" not in words


def _words(content: bytes) -> str:
    """Every text in a workbook, or in the workbooks and names of an archive of them."""
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    if "xl/workbook.xml" not in names:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return " ".join(names) + " ".join(_words(archive.read(name)) for name in names)
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
    return " ".join(str(cell) for row in rows for cell in row if cell is not None)


def test_no_row_of_a_city_points_at_a_content_type(city):
    """Their ids are kept in memory for all cities at once; nothing of ours may rely on them."""
    rely = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label not in {"contenttypes", "auth"}
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is ContentType
    ]

    assert rely == []


class Broken(Exception):
    pass


def test_a_failure_in_the_other_city_brings_the_connection_back(city, in_south):
    with pytest.raises(Broken):
        with in_south():
            assert current_schema() == "south"
            raise Broken

    assert (connection.schema_name, current_schema()) == ("north", "north")


def test_a_query_refused_in_the_other_city_brings_the_connection_back(city, in_south):
    with pytest.raises(DatabaseError):
        with transaction.atomic(), in_south(), connection.cursor() as cursor:
            cursor.execute("SELECT no_such_thing")

    UnitFactory(short_name="SP Północ")
    assert (connection.schema_name, current_schema()) == ("north", "north")
    with in_south():
        assert not Unit.objects.filter(short_name="SP Północ").exists()


def test_a_request_that_fails_leaves_nothing_of_its_city_to_the_next(city, api, in_south):
    UnitFactory(short_name="SP Północ")
    northerner = api(person_with(*world.everything()))
    with in_south():
        UnitFactory(short_name="SP Południe")
        southerner = api(person_with(*world.everything()), host="south.test")
    southerner.get("/api/v1/directory/units/00000000-0000-4000-8000-000000000000/")

    def units(browser):
        rows = browser.get("/api/v1/directory/units/").json()["results"]
        return [row["short_name"] for row in rows]

    assert (units(northerner), units(southerner), units(northerner)) == (
        ["SP Północ"],
        ["SP Południe"],
        ["SP Północ"],
    )
