from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from modules.messaging import selectors, services
from modules.messaging.api.serializers import DeliveryOut, MessageSummaryOut, delivery_out
from modules.messaging.models import Delivery
from modules.messaging.permissions import Permission
from modules.messaging.services import AnswerContent
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import UnitFactory
from tests.factories.files import uploaded
from tests.factories.messaging import city_of, draft, head_of, sent
from tests.factories.messaging import clerk as make_clerk

pytestmark = pytest.mark.django_db
URL = "/api/v1/messaging/messages/"


@pytest.fixture
def story(clerk, delivery_to):
    """Ł 1 has answered in time, Ł 2 late, Ł 10 has opened, Ż 1 has done nothing; the date passed.

    Created out of the Polish order, which is Ł 1, Ł 2, Ł 10, Ż 1.
    """
    units = {name: UnitFactory(short_name=name) for name in ("Ż 1", "Ł 10", "Ł 2", "Ł 1")}
    heads = {name: head_of(unit, first_name="Jan", last_name=name) for name, unit in units.items()}
    due = timezone.now() + timedelta(days=1)
    message = sent(clerk, units.values(), answer_request={"wants_files": True, "due_at": due})
    found = {name: delivery_to(message, unit) for name, unit in units.items()}
    for name in ("Ł 1", "Ł 10"):
        services.open_delivery(actor=heads[name], delivery=found[name])
    for name, when in (("Ł 1", timezone.now()), ("Ł 2", due + timedelta(hours=1))):
        with time_machine.travel(when):
            services.answer_delivery(
                actor=heads[name],
                delivery=found[name],
                content=AnswerContent(files=[uploaded(heads[name], "a.pdf").pk]),
            )
    with time_machine.travel(due + timedelta(hours=2)):
        yield message


def test_each_status_lists_its_rows_in_polish_order(story, clerk, api):
    browser, url = api(clerk), f"{URL}{story.pk}/deliveries/"

    def names(**query):
        rows = browser.get(url, query).json()["results"]
        return [row["recipient"]["short_name"] for row in rows]

    assert names() == ["Ł 1", "Ł 2", "Ł 10", "Ż 1"]
    assert names(status="delivered") == ["Ł 1", "Ł 2", "Ł 10", "Ż 1"]
    assert names(status="opened") == ["Ł 1", "Ł 10"]
    assert names(status="unopened") == ["Ł 2", "Ż 1"]
    assert names(status="answered") == ["Ł 1", "Ł 2"]
    assert names(status="silent") == ["Ł 10", "Ż 1"]
    assert names(status="late") == ["Ł 2", "Ł 10", "Ż 1"]
    assert names(search="ł 10") == names(search="L 10", status="silent") == ["Ł 10"]
    assert names(search="Ł 10", status="answered") == []
    assert names(ordering="-name_key") == ["Ż 1", "Ł 10", "Ł 2", "Ł 1"]
    assert browser.get(url, {"status": "zielony"}).status_code == 400


def test_the_counts_agree_with_the_rows(story, clerk, api):
    counts = {
        "recipients": 4,
        "delivered": 4,
        "opened": 2,
        "answered": 2,
        "silent": 2,
        "late": 3,
        "recalled": 0,
    }

    assert api(clerk).get(f"{URL}{story.pk}/").json()["counts"] == counts
    assert api(clerk).get(URL).json()["results"][0]["counts"] == counts


def test_a_row_tells_who_opened_and_what_came(story, clerk, api):
    row = api(clerk).get(f"{URL}{story.pk}/deliveries/").json()["results"][0]

    assert row["opened_by"] == "Jan Ł 1"
    assert row["openings"] == 1
    assert row["answer_version"] == 1
    assert row["is_late"] is False
    [file] = row["files"]
    assert (file["name"], file["role"]) == ("a.pdf", "file")
    assert set(row) == set(DeliveryOut().fields)

    whole = api(clerk).get(f"/api/v1/messaging/deliveries/{row['id']}/").json()
    assert [one["person"] for one in whole["readings"]] == ["Jan Ł 1"]
    assert [one["version"] for one in whole["answers"]] == [1]
    assert whole["recipient"]["short_name"] == "Ł 1"


def test_a_person_stands_after_the_units_and_is_found_by_name(clerk, api):
    unit = UnitFactory(short_name="Ż 9")
    person = PersonFactory(first_name="Ala", last_name="Łoś")
    message = sent(clerk, [unit], people=[person])
    url = f"{URL}{message.pk}/deliveries/"

    rows = api(clerk).get(url).json()["results"]

    assert [row["recipient"]["kind"] for row in rows] == ["unit", "person"]
    [found] = api(clerk).get(url, {"search": "los ala"}).json()["results"]
    assert found["recipient"]["name"] == "Ala Łoś"


def test_only_the_author_and_those_who_may_view_see_a_sent_message(clerk, unit, head, api):
    message = sent(clerk, [unit])
    delivery = Delivery.objects.get()
    viewer = person_with(Permission.VIEW_MESSAGES)
    addresses = [
        f"{URL}{message.pk}/{part}"
        for part in ("", "deliveries/", "export/", "archive/", "merges/")
    ] + [f"/api/v1/messaging/deliveries/{delivery.pk}/"]

    for address in addresses:
        answers = [api(one).get(address).status_code for one in (clerk, viewer, head, None)]
        assert answers == [200, 200, 404, 401], address
    assert api(viewer).get(f"{URL}{message.pk}/").json()["can"] == ["export"]
    assert api(head).get(URL).json()["count"] == 0


def test_ones_own_messages_can_be_told_from_those_of_colleagues(clerk, unit, api):
    mine = sent(clerk, [unit])
    theirs = sent(make_clerk(), [unit])
    my_draft = draft(clerk)

    def listed(**query):
        return {item["id"] for item in api(clerk).get(URL, query).json()["results"]}

    assert listed() == {str(one.pk) for one in (mine, theirs, my_draft)}
    assert listed(mine="true") == {str(mine.pk), str(my_draft.pk)}
    assert listed(mine="false") == {str(theirs.pk)}
    assert listed(state="draft") == {str(my_draft.pk)}


def test_a_draft_has_no_status_page(clerk, api):
    assert api(clerk).get(f"{URL}{draft(clerk).pk}/deliveries/").status_code == 404


def test_the_status_table_is_one_query_for_one_row_and_for_many(
    clerk, django_assert_num_queries, delivery_to
):
    assert clerk.reach(Permission.VIEW_MESSAGES)
    for count in (1, 6):
        units, heads = city_of(count)
        message = sent(clerk, units, answer_request={"wants_files": True})
        for unit, head in zip(units, heads, strict=True):
            services.open_delivery(actor=head, delivery=delivery_to(message, unit))
            services.answer_delivery(
                actor=head,
                delivery=delivery_to(message, unit),
                content=AnswerContent(files=[uploaded(head).pk]),
            )
        with django_assert_num_queries(1):
            found = selectors.status_rows(selectors.deliveries_of(clerk, message))
            rows = [delivery_out(row) for row in found]
        assert len(rows) == count


def test_the_list_of_messages_is_one_query_for_one_and_for_many(
    clerk, unit, django_assert_num_queries, rf
):
    request = rf.get("/")
    request.user = clerk
    assert clerk.reach(Permission.SEND_MESSAGE)
    for count in (1, 5):
        sent(clerk, [unit], answer_request={"wants_text": True})
        for _ in range(count - 1):
            sent(clerk, [unit])
        with django_assert_num_queries(1):
            shown = MessageSummaryOut(
                selectors.with_counts(selectors.messages_visible_to(clerk)),
                many=True,
                context={"request": request},
            ).data
        assert len(shown) >= count
