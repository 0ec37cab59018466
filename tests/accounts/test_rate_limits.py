from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Attempts
from audit.permissions import Permission as Audit
from modules.directory.permissions import Permission as Directory
from tests.accounts.conftest import PASSWORD
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.messaging import clerk, survey

pytestmark = pytest.mark.django_db
UPLOADS = "/api/v1/files/uploads/"
UNITS = "/api/v1/directory/units/export/"
LOG = "/api/v1/audit/entries/export/"
PACK = "/api/v1/accounts/auditor-pack/"


@pytest.fixture(autouse=True)
def three(settings, tmp_path):
    settings.FILES_ROOT = str(tmp_path)
    settings.RATE_LIMITS = {"upload": 3, "export": 3}


def begin(browser):
    return browser.post(UPLOADS, {"name": "pismo.pdf", "size": 10})


def test_so_many_uploads_an_hour_and_no_more(api):
    browser = api(PersonFactory())
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        assert [begin(browser).status_code for _ in range(3)] == [201] * 3
    with time_machine.travel(start + timedelta(minutes=20), tick=False):
        answer = begin(browser)

    assert (answer.status_code, answer["Retry-After"]) == (429, "2400")
    assert answer.json() == {
        "code": "too_often",
        "detail": (
            "W ciągu godziny można to zrobić 3 razy i ta liczba jest już wykorzystana. "
            "Spróbuj ponownie za 40 min."
        ),
        "errors": [],
    }
    with time_machine.travel(start + timedelta(hours=1), tick=False):
        assert [begin(browser).status_code for _ in range(4)] == [201] * 3 + [429]


def test_the_limit_is_each_persons_own_whatever_address_they_share(api):
    for _ in range(5):
        browser = api(PersonFactory())
        assert [begin(browser).status_code for _ in range(3)] == [201] * 3


def test_every_way_to_take_much_out_counts_together(api):
    person = person_with(Directory.VIEW_UNITS, Audit.VIEW_LOG)
    browser = api(person)

    assert [browser.get(url).status_code for url in (UNITS, LOG, PACK, UNITS, LOG, PACK)] == [
        *(200, 200, 200),
        *(429, 429, 429),
    ]
    assert begin(browser).status_code == 201


def test_the_status_table_and_the_archive_of_a_message_count_too(api, settings):
    author = clerk()
    message = survey(author, people=[PersonFactory()])
    settings.RATE_LIMITS = {"upload": 3, "export": 2}
    browser = api(author)
    url = f"/api/v1/messaging/messages/{message.pk}/"

    statuses = [browser.get(f"{url}{what}/").status_code for what in ("export", "archive") * 2]
    assert statuses == [200, 200, 429, 429]
    assert browser.get(f"{url}deliveries/").status_code == 200


def test_reading_the_list_and_finishing_an_upload_are_not_limited(api):
    browser = api(person_with(Directory.VIEW_UNITS))
    assert [browser.get("/api/v1/directory/units/").status_code for _ in range(5)] == [200] * 5
    assert not Attempts.objects.exists()


def test_a_stranger_is_asked_to_sign_in_and_not_counted(api):
    assert [begin(api()).status_code for _ in range(5)] == [401] * 5
    assert not Attempts.objects.exists()


def test_what_one_did_in_one_city_counts_nothing_in_the_other(api, in_south):
    person = PersonFactory()
    with in_south():
        twin = PersonFactory(pk=person.pk)
    assert [begin(api(person)).status_code for _ in range(4)] == [201] * 3 + [429]

    assert begin(api(twin, host="south.test")).status_code == 201


def test_a_counted_request_takes_one_query_more(api, settings, django_assert_num_queries):
    browser = api(person_with(Directory.VIEW_UNITS))
    browser.get(UNITS)

    # city, session, person, the limit, rights, units (none, so no numbers either), the entry,
    # a savepoint (2)
    with django_assert_num_queries(9):
        assert browser.get(UNITS).status_code == 200


def test_by_default_nobody_who_works_meets_the_limits():
    from config import settings  # noqa: PLC0415  # as they come, not as this file's fixture has them

    assert settings.RATE_LIMITS == {"upload": 300, "reading": 300, "export": 60, "ask": 300}


def test_a_locked_sign_in_tells_when_to_come_back(sign_in, ala):
    with time_machine.travel(timezone.now(), tick=False):
        for _ in range(10):
            sign_in(password="zle-haslo")
        _, answer = sign_in(password=PASSWORD)

    assert (answer.status_code, answer["Retry-After"]) == (429, "900")
