from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_tenants.utils import tenant_context

from audit.models import Entry
from modules.messaging import services
from modules.messaging.errors import MessageAlreadySent, MessageIncomplete, NoRecipients
from modules.messaging.models import Delivery, Message
from modules.messaging.permissions import Permission
from opium.errors import Forbidden
from outbox.models import Job
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import GroupFactory, UnitFactory, UnitKindFactory
from tests.factories.files import uploaded
from tests.factories.messaging import clerk as make_clerk
from tests.factories.messaging import draft

pytestmark = pytest.mark.django_db


def test_everyone_in_the_audience_gets_one_delivery_and_nobody_else(clerk):
    nursery = UnitKindFactory(code="przedszkole", name="Przedszkole")
    named, of_kind, grouped = UnitFactory(), UnitFactory(kind=nursery), UnitFactory()
    addressee, in_group = PersonFactory(), PersonFactory()
    group = GroupFactory(units=[grouped, named], people=[in_group])
    UnitFactory()
    UnitFactory(kind=nursery, closed_on=timezone.localdate())
    message = draft(
        clerk,
        audience={
            "units": [named.pk],
            "kinds": ["przedszkole"],
            "groups": [group.pk],
            "people": [addressee.pk],
        },
    )

    sent = services.send_message(actor=clerk, message=message)

    assert sent.state == Message.State.SENT
    assert sent.sent_by == clerk
    assert set(Delivery.objects.values_list("unit", "person")) == {
        (named.pk, None),
        (of_kind.pk, None),
        (grouped.pk, None),
        (None, addressee.pk),
        (None, in_group.pk),
    }
    entry = Entry.objects.filter(deed="messaging.send_message").latest("id")
    assert entry.after == {"state": "sent", "units": 3, "people": 2}
    job = Job.objects.get(task="messaging.deliver_message")
    assert (job.schema_name, job.args) == ("north", [str(message.pk)])


def test_an_excepted_unit_gets_no_delivery(clerk, unit):
    other = UnitFactory()
    message = draft(clerk, audience={"all_units": True, "except_units": [unit.pk]})

    services.send_message(actor=clerk, message=message)

    assert list(Delivery.objects.values_list("unit", flat=True)) == [other.pk]


def test_a_double_click_sends_once(clerk, unit, api):
    message = draft(clerk, [unit])
    url = f"/api/v1/messaging/messages/{message.pk}/send/"

    first, second = (api(clerk).post(url) for _ in range(2))

    assert [first.status_code, second.status_code] == [200, 409]
    assert second.json()["code"] == "message_already_sent"
    assert Delivery.objects.count() == 1
    assert Job.objects.filter(task="messaging.deliver_message").count() == 1


def test_a_retry_after_a_failure_sends_once(clerk, unit):
    message = draft(clerk, [unit])

    class Lost(Exception):
        pass

    with pytest.raises(Lost), transaction.atomic():
        services.send_message(actor=clerk, message=message)
        raise Lost
    assert (Delivery.objects.count(), Job.objects.count()) == (0, 0)

    services.send_message(actor=clerk, message=message)

    assert Delivery.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "fields"),
    [
        ({"subject": " "}, ["subject"]),
        ({"body": ""}, ["body"]),
        ({"answer_request": {}}, ["answer_request"]),
        ({"answer_request": {"wants_workbook": True}}, ["answer_request.template"]),
        (
            {"answer_request": {"wants_text": True, "due_at": timezone.now()}},
            ["answer_request.due_at"],
        ),
        (
            {
                "answer_request": {
                    "wants_text": True,
                    "due_at": timezone.now() + timedelta(days=2),
                    "locks_at": timezone.now() + timedelta(days=1),
                }
            },
            ["answer_request.locks_at"],
        ),
    ],
)
def test_an_incomplete_message_stays_a_draft_and_says_what_is_missing(
    api, clerk, unit, content, fields
):
    message = draft(clerk, [unit], **content)
    shown = api(clerk).get(f"/api/v1/messaging/messages/{message.pk}/").json()

    with pytest.raises(MessageIncomplete) as refusal:
        services.send_message(actor=clerk, message=message)

    told = [{"field": error.field, "detail": error.detail} for error in refusal.value.errors]
    assert [one["field"] for one in told] == fields
    assert shown["missing"] == told
    assert Message.objects.get().state == Message.State.DRAFT


def test_a_new_draft_lacks_recipients_subject_and_body_and_a_sent_one_nothing(api, clerk, unit):
    browser = api(clerk)
    url = "/api/v1/messaging/messages/"
    begun = browser.post(url, {}).json()
    assert begun["missing"] == [
        {"field": "audience", "detail": "Wybierz, do kogo wysłać wiadomość."},
        {"field": "subject", "detail": "Podaj temat wiadomości."},
        {"field": "body", "detail": "Napisz treść albo dołącz plik."},
    ]
    message = services.send_message(actor=clerk, message=draft(clerk, [unit]))
    message.audience.units = []
    message.audience.save()
    assert browser.get(f"{url}{message.pk}/").json()["missing"] == []


def test_a_message_of_files_alone_needs_no_text(clerk, unit):
    message = draft(clerk, [unit], body="", attachments=[uploaded(clerk).pk])

    assert services.send_message(actor=clerk, message=message).state == Message.State.SENT


def test_a_message_to_nobody_is_refused(clerk):
    closed = UnitFactory(closed_on=timezone.localdate())

    with pytest.raises(NoRecipients):
        services.send_message(actor=clerk, message=draft(clerk, [closed]))


def test_nobody_sends_anothers_draft(clerk, unit, api):
    message = draft(clerk, [unit])
    colleague = make_clerk()

    with pytest.raises(Forbidden):
        services.send_message(actor=colleague, message=message)
    url = f"/api/v1/messaging/messages/{message.pk}/send/"
    assert api(colleague).post(url).status_code == 404
    assert api().post(url).status_code == 401
    assert not Delivery.objects.exists()


def test_an_author_who_has_lost_the_right_finds_the_draft_no_more(clerk, unit, api):
    message = draft(clerk, [unit])
    clerk.assignments.all().delete()

    answer = api(clerk).post(f"/api/v1/messaging/messages/{message.pk}/send/")

    assert answer.status_code == 404
    assert Message.objects.get(pk=message.pk).state == Message.State.DRAFT


def test_the_picker_counts_each_unit_once(clerk, unit, api):
    UnitFactory()
    group = GroupFactory(units=[unit], people=[PersonFactory()])
    url = "/api/v1/messaging/audience/"

    both = api(clerk).post(url, {"units": [unit.pk], "groups": [group.pk]})
    everything = api(clerk).post(url, {"all_units": True})

    but_one = api(clerk).post(url, {"all_units": True, "except_units": [unit.pk]})
    counts = [(one.json()["units"], one.json()["people"]) for one in (but_one, both, everything)]
    assert counts == [(1, 0), (1, 1), (2, 0)]
    assert both.json()["acceptance"] == "none"
    assert api(person_with(Permission.VIEW_MESSAGES)).post(url, {}).status_code == 403


def test_the_number_of_queries_does_not_grow_with_the_audience(clerk, django_assert_num_queries):
    UnitFactory()
    few = draft(clerk, audience={"all_units": True})
    many = draft(clerk, audience={"all_units": True})
    assert clerk.allows(Permission.SEND_MESSAGE)

    with django_assert_num_queries(11):
        services.send_message(actor=clerk, message=few)
    UnitFactory.create_batch(20)
    with django_assert_num_queries(11):
        services.send_message(actor=clerk, message=many)
    assert Delivery.objects.filter(message=many).count() == 21


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_make_exactly_119_deliveries(clerk, city):
    UnitFactory.create_batch(119)
    message = draft(clerk, audience={"all_units": True})

    def press():
        with tenant_context(city):
            try:
                services.send_message(actor=clerk, message=message)
            except MessageAlreadySent:
                return "already sent"
            finally:
                connection.close()
            return "sent"

    with ThreadPoolExecutor(2) as presses:
        outcomes = [one.result() for one in [presses.submit(press) for _ in range(2)]]

    assert sorted(outcomes) == ["already sent", "sent"]
    assert Delivery.objects.filter(message=message).count() == 119
    assert Delivery.objects.values("unit").distinct().count() == 119
