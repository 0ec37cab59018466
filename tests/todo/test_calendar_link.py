import pytest

from tests.factories import procedures as cases
from todo.models import CalendarLink

pytestmark = pytest.mark.django_db
LINK = "/api/v1/todo/calendar-link/"


def path_of(url):
    return "/" + url.split("/", 3)[3]


def made(api, person):
    answer = api(person).post(LINK)
    assert answer.status_code == 201
    return path_of(answer.json()["url"])


def test_the_address_shows_what_waits_for_its_owner_and_nothing_else(api, clerk, boss, case):
    cases.waiting(case).update(due_at=case.opened_at)
    mine, other = made(api, clerk), made(api, boss)
    text = api().get(mine).content.decode()
    assert "BEGIN:VEVENT" in text
    assert f"/procedures/cases/{case.pk}" in text.replace("\r\n ", "")
    assert "BEGIN:VEVENT" not in api().get(other).content.decode()


def test_the_secret_is_told_once_and_kept_as_a_digest(api, clerk):
    secret = made(api, clerk).rsplit("/", 1)[1].removesuffix(".ics")
    link = CalendarLink.objects.get()
    assert secret not in link.digest
    told = api(clerk).get(LINK).json()
    assert (told["exists"], told["url"]) == (True, None)


def test_a_new_address_ends_the_one_before(api, clerk):
    old, new = made(api, clerk), made(api, clerk)
    assert (api().get(old).status_code, api().get(new).status_code) == (404, 200)


def test_a_deleted_address_opens_nothing(api, clerk):
    address = made(api, clerk)
    assert api(clerk).delete(LINK).status_code == 204
    assert api().get(address).status_code == 404


def test_a_closed_account_has_no_calendar(api, clerk):
    address = made(api, clerk)
    clerk.is_active = False
    clerk.save()
    assert api().get(address).status_code == 404


@pytest.mark.usefixtures("south")
def test_an_address_of_one_city_opens_nothing_in_another(api, clerk):
    address = made(api, clerk)
    assert api(host="south.test").get(address).status_code == 404


def test_a_calendar_subscribed_to_before_the_feed_moved_is_sent_to_where_it_stands(api, clerk):
    address = made(api, clerk)
    before = address.replace("/api/v1/todo/", "/api/v1/procedures/")

    answer = api().get(before)

    assert (answer.status_code, answer["Location"]) == (301, address)
    assert api().get(before, follow=True).status_code == 200
