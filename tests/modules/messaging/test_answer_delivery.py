from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from django_tenants.utils import tenant_context

from accounts import services as accounts
from accounts.models import Person, Role
from audit.models import Entry
from files import services as files
from modules.messaging import services
from modules.messaging.errors import AnswersLocked
from modules.messaging.models import Answer, Delivery
from modules.messaging.permissions import Permission
from modules.messaging.services import AnswerContent, checking
from modules.messaging.services.checking import PURPOSE
from notifications.models import Notification
from opium.errors import Forbidden, NotFound
from opium.permissions import SYSTEM
from outbox import services as outbox
from outbox.models import Job
from spreadsheets.readers import Reader
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import MembershipFactory, UnitFactory
from tests.factories.files import read, uploaded
from tests.factories.messaging import broken_workbook, head_of, sent, survey, workbook

pytestmark = pytest.mark.django_db
URL = "/api/v1/messaging/inbox/"
FILLED = workbook(["Lp.", "Klasa", "Obiady"], [1, "1a", 12])


@pytest.fixture
def delivery_of(clerk, unit):
    """The unit's delivery of a message with this request."""

    def send(request):
        return sent(clerk, [unit], answer_request=request).deliveries.get()

    return send


@pytest.fixture
def asked(delivery_of):
    """A delivery that wants a text."""
    return delivery_of({"wants_text": True})


def test_an_answer_is_the_newest_version_of_what_was_asked(asked, head, api):
    browser = api(head)

    first = browser.post(f"{URL}{asked.pk}/answers/", {"text": "Pierwsza"})
    second = browser.post(f"{URL}{asked.pk}/answers/", {"text": "Poprawiona"})

    assert [first.status_code, second.status_code] == [201, 201]
    assert [one["version"] for one in browser.get(f"{URL}{asked.pk}/answers/").json()] == [2, 1]
    asked.refresh_from_db()
    newest = Answer.objects.get(version=2)
    assert (asked.answer_version, asked.answered_at, asked.is_late) == (2, newest.sent_at, False)
    assert (newest.text, newest.author) == ("Poprawiona", head)
    assert Entry.objects.filter(deed="messaging.answer_delivery").count() == 2


@pytest.mark.parametrize(
    ("wanted", "given"),
    [("text", {"text": "  "}), ("files", {"text": "x"}), ("files", {"workbook": "a.xlsx"})],
)
def test_an_answer_without_what_was_asked_is_refused(delivery_of, head, api, wanted, given):
    delivery = delivery_of({f"wants_{wanted}": True})
    if "workbook" in given:
        given = {"workbook": str(uploaded(head, given["workbook"], FILLED).pk)}

    answer = api(head).post(f"{URL}{delivery.pk}/answers/", given)

    assert answer.status_code == 422
    assert answer.json()["code"] == "answer_incomplete"
    assert wanted in [error["field"] for error in answer.json()["errors"]]
    assert not Answer.objects.exists()


def test_a_workbook_that_nobody_asked_for_is_refused(asked, head, api):
    file = uploaded(head, "a.xlsx", FILLED)

    answer = api(head).post(f"{URL}{asked.pk}/answers/", {"text": "x", "workbook": str(file.pk)})

    assert [error["field"] for error in answer.json()["errors"]] == ["workbook"]


def test_a_survey_without_its_workbook_is_refused(clerk, unit, head, api):
    survey(clerk, [unit])

    answer = api(head).post(f"{URL}{Delivery.objects.get().pk}/answers/", {"text": "Nie mam"})

    assert answer.json()["errors"] == [{"field": "workbook", "detail": "Dołącz wypełniony arkusz."}]


def test_a_broken_workbook_is_refused_with_a_sentence_and_accepted_through_the_door(
    clerk, unit, head, api
):
    delivery = survey(clerk, [unit]).deliveries.get()
    url = f"{URL}{delivery.pk}/answers/"
    file = uploaded(head, "obiady.xlsx", broken_workbook())
    read(head, file, PURPOSE, delivery.pk)

    refused = api(head).post(url, {"workbook": str(file.pk)})

    assert refused.status_code == 422
    problem = refused.json()
    assert problem["code"] == "workbook_unreadable"
    assert "„obiady.xlsx”" in problem["detail"]
    assert [error["field"] for error in problem["errors"]] == ["workbook"]
    assert not Answer.objects.exists()
    file.refresh_from_db()
    assert file.claimed_at is None

    accepted = api(head).post(url, {"workbook": str(file.pk), "despite_problems": True})

    assert accepted.status_code == 201
    assert accepted.json()["despite_problems"] is True
    assert accepted.json()["problem"] == problem["errors"][0]["detail"]
    assert [one["role"] for one in accepted.json()["files"]] == ["workbook"]


def test_an_answer_whose_workbook_was_not_read_yet_is_sent_and_read_afterwards(
    clerk, unit, head, api
):
    [good, bad] = [survey(clerk, [unit]).deliveries.get() for _ in range(2)]
    for delivery, content in ((good, FILLED), (bad, broken_workbook())):
        file = uploaded(head, "obiady.xlsx", content)
        answer = api(head).post(f"{URL}{delivery.pk}/answers/", {"workbook": str(file.pk)})
        assert (answer.status_code, answer.json()["problem"]) == (201, "")
    jobs = Job.objects.filter(task="messaging.check_workbook")
    assert [outbox.run_job(str(job.pk)) for job in jobs] == [True, True]

    assert Answer.objects.get(delivery=good).problem == ""
    unreadable = Answer.objects.get(delivery=bad)
    assert unreadable.problem.startswith("Plik jest uszkodzony")
    [told] = Notification.objects.filter(kind="messaging.unreadable_workbook")
    assert (told.person, told.url) == (head, bad.url)
    assert "obiady.xlsx" in told.title
    services.check_workbook(actor=SYSTEM, answer=unreadable)
    assert Notification.objects.filter(kind="messaging.unreadable_workbook").count() == 1


def test_a_workbook_that_was_read_before_it_was_sent_is_read_no_second_time(clerk, unit, head, api):
    delivery = survey(clerk, [unit]).deliveries.get()
    file = uploaded(head, "obiady.xlsx", FILLED)
    read(head, file, PURPOSE, delivery.pk)
    answer = api(head).post(f"{URL}{delivery.pk}/answers/", {"workbook": str(file.pk)})
    assert (answer.status_code, answer.json()["problem"]) == (201, "")
    assert not Job.objects.filter(task="messaging.check_workbook").exists()


def test_no_request_reads_a_workbook_while_it_takes_an_answer(clerk, unit, head, api, monkeypatch):
    def read_in_a_request(*_):
        pytest.fail("a workbook was opened")

    delivery = survey(clerk, [unit]).deliveries.get()
    file = uploaded(head, "obiady.xlsx", FILLED)
    monkeypatch.setattr(Reader, "read", read_in_a_request)
    url = f"{URL}{delivery.pk}/answers/"
    assert api(head).post(url, {"workbook": str(file.pk)}).status_code == 201
    again = {"workbook": str(file.pk), "despite_problems": True}
    assert api(head).post(url, again).status_code == 201


def test_what_was_read_between_the_press_and_the_check_is_told_and_read_no_second_time(
    clerk, unit, head, api, monkeypatch
):
    delivery = survey(clerk, [unit]).deliveries.get()
    file = uploaded(head, "obiady.xlsx", broken_workbook())
    about = str(delivery.pk)
    reading = files.begin_reading(actor=head, file_id=file.pk, purpose=PURPOSE, about=about)
    api(head).post(f"{URL}{delivery.pk}/answers/", {"workbook": str(file.pk)})
    files.run_reading(reading_id=reading.pk)
    monkeypatch.setattr(Reader, "read", lambda *_: pytest.fail("read again"))

    outbox.run_job(str(Job.objects.get(task="messaging.check_workbook").pk))

    assert Answer.objects.get().problem.startswith("Plik jest uszkodzony")
    assert Notification.objects.filter(kind="messaging.unreadable_workbook").count() == 1


def test_a_readable_workbook_sent_despite_problems_has_none(clerk, unit, head, api):
    delivery = survey(clerk, [unit]).deliveries.get()
    file = uploaded(head, "obiady.xlsx", FILLED)
    read(head, file, PURPOSE, delivery.pk)

    answer = api(head).post(
        f"{URL}{delivery.pk}/answers/",
        {"workbook": str(file.pk), "despite_problems": True},
    )

    assert (answer.json()["despite_problems"], answer.json()["problem"]) == (False, "")


def test_an_answer_after_the_due_date_is_late_and_after_the_lock_refused(clerk, unit, head, api):
    now = timezone.now()
    sent(
        clerk,
        [unit],
        answer_request={
            "wants_text": True,
            "due_at": now + timedelta(hours=1),
            "locks_at": now + timedelta(hours=2),
        },
    )
    delivery = Delivery.objects.get()
    content = AnswerContent(text="Jest")

    services.answer_delivery(actor=head, delivery=delivery, content=content)
    with time_machine.travel(now + timedelta(minutes=90)):
        late = services.answer_delivery(actor=head, delivery=delivery, content=content)
    with time_machine.travel(now + timedelta(hours=2)), pytest.raises(AnswersLocked):
        services.answer_delivery(actor=head, delivery=delivery, content=content)

    assert [one.is_late for one in Answer.objects.order_by("version")] == [False, True]
    assert late.version == 2
    delivery.refresh_from_db()
    assert (delivery.is_late, delivery.answer_version) == (True, 2)


def test_answers_that_close_while_the_workbook_is_read_take_no_more(clerk, unit, head):
    locks_at = timezone.now() + timedelta(minutes=5)
    survey(clerk, [unit], locks_at=locks_at)
    delivery = Delivery.objects.get()
    content = AnswerContent(workbook=uploaded(head, "a.xlsx", FILLED).pk)

    with time_machine.travel(locks_at - timedelta(seconds=30), tick=False) as clock:

        def read_for_long(execute, sql, params, many, context):
            if "FOR UPDATE" in sql and "messaging_delivery" in sql:
                clock.move_to(locks_at)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(read_for_long), pytest.raises(AnswersLocked):
            services.answer_delivery(actor=head, delivery=delivery, content=content)

        assert timezone.now() == locks_at
    assert not Answer.objects.exists()


def test_a_message_that_asks_nothing_takes_no_answer(clerk, unit, head, api):
    sent(clerk, [unit])

    answer = api(head).post(f"{URL}{Delivery.objects.get().pk}/answers/", {"text": "x"})

    assert answer.status_code == 409
    assert answer.json()["code"] == "no_answer_wanted"


def test_a_correction_may_name_the_files_of_the_version_before(clerk, unit, head, api):
    sent(clerk, [unit], answer_request={"wants_files": True})
    url = f"{URL}{Delivery.objects.get().pk}/answers/"
    kept, added = uploaded(head, "a.pdf"), uploaded(head, "b.pdf")
    api(head).post(url, {"files": [str(kept.pk)]})
    deputy = head_of(unit)

    refused = api(deputy).post(url, {"files": [str(kept.pk), str(added.pk)]})
    corrected = api(head).post(url, {"files": [str(kept.pk), str(added.pk)]})

    assert refused.status_code == 422
    assert refused.json()["code"] == "unknown_file"
    assert [one["name"] for one in corrected.json()["files"]] == ["a.pdf", "b.pdf"]


def test_answering_needs_the_right_for_this_unit_and_belonging_to_it(asked, unit, clerk, api):
    only_reads = PersonFactory()
    MembershipFactory(person=only_reads, unit=unit)
    belongs_elsewhere = person_with(Permission.ANSWER_MESSAGE)
    url = f"{URL}{asked.pk}/answers/"

    assert api(only_reads).get(f"{URL}{asked.pk}/").json()["can"] == []
    assert api(only_reads).post(url, {"text": "x"}).status_code == 403
    assert api(belongs_elsewhere).post(url, {"text": "x"}).status_code == 404
    with pytest.raises(Forbidden):
        services.answer_delivery(
            actor=belongs_elsewhere, delivery=asked, content=AnswerContent(text="x")
        )
    assert api().post(url, {"text": "x"}).status_code == 401
    assert not Answer.objects.exists()


def test_whoever_is_written_to_in_person_answers_without_any_role(clerk, api):
    addressee = PersonFactory()
    sent(clerk, people=[addressee], answer_request={"wants_text": True})
    delivery = Delivery.objects.get()

    answer = api(addressee).post(f"{URL}{delivery.pk}/answers/", {"text": "Jestem"})

    assert answer.status_code == 201
    with pytest.raises(Forbidden):
        services.answer_delivery(
            actor=person_with(Permission.ANSWER_MESSAGE),
            delivery=delivery,
            content=AnswerContent(text="x"),
        )


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_the_same_moment_are_two_versions(clerk, unit, head, city):
    deputy = head_of(unit)
    sent(clerk, [unit], answer_request={"wants_text": True})
    delivery = Delivery.objects.get()

    def answer(person):
        with tenant_context(city):
            try:
                content = AnswerContent(text=person.email)
                return services.answer_delivery(
                    actor=person, delivery=delivery, content=content
                ).version
            finally:
                connection.close()

    with ThreadPoolExecutor(4) as people:
        versions = list(people.map(answer, [head, deputy, head, deputy]))

    assert sorted(versions) == [1, 2, 3, 4]
    assert Answer.objects.filter(delivery=delivery).count() == 4
    delivery.refresh_from_db()
    assert delivery.answer_version == 4


@pytest.mark.parametrize("scope", ["city", "unit"])
def test_the_department_never_answers_as_a_unit_that_it_has_joined(asked, unit, clerk, scope):
    place = {"scope_kind": "unit", "scope_id": unit.pk} if scope == "unit" else {}
    role = Role.objects.create(
        name="Pracownik jednostki próby", permissions=[str(Permission.ANSWER_MESSAGE)]
    )
    accounts.assign_role(actor=SYSTEM, person=clerk, role=role, **place)
    MembershipFactory(person=clerk, unit=unit)
    clerk = Person.objects.get(pk=clerk.pk)

    with pytest.raises(Forbidden):
        services.answer_delivery(actor=clerk, delivery=asked, content=AnswerContent(text="x"))

    assert not Answer.objects.exists()


def test_a_right_to_answer_in_the_whole_city_answers_as_no_unit(asked, unit):
    person = person_with(Permission.ANSWER_MESSAGE)
    MembershipFactory(person=person, unit=unit)

    with pytest.raises(Forbidden):
        services.answer_delivery(actor=person, delivery=asked, content=AnswerContent(text="x"))


UNRELATED = workbook(["Nazwisko", "Imię", "Etat"], ["Lis", "Ewa", 1])


def compared(person, delivery, content):
    """An upload that was read, as its screen asks, for the answer to the delivery."""
    file = uploaded(person, "obiady.xlsx", content)
    read(person, file, PURPOSE, delivery.pk)
    return file


def test_nobody_has_a_workbook_compared_with_what_another_was_sent(clerk, unit, head):
    survey(clerk, [UnitFactory()])
    file = uploaded(head, "obiady.xlsx", UNRELATED)
    with pytest.raises(NotFound):
        files.begin_reading(
            actor=head, file_id=file.pk, purpose=PURPOSE, about=str(Delivery.objects.get().pk)
        )


def test_what_was_not_compared_before_it_was_sent_is_compared_afterwards(clerk, unit, head, api):
    survey(clerk, [unit])
    file = uploaded(head, "etaty.xlsx", UNRELATED)
    url = f"{URL}{Delivery.objects.get().pk}/answers/"
    assert api(head).post(url, {"workbook": str(file.pk)}).status_code == 201
    checking.check_workbook(actor=SYSTEM, answer=Answer.objects.get())
    assert Answer.objects.get().problem.startswith("Brakuje w nim nagłówków wzoru")


def test_what_was_compared_for_another_answer_is_compared_afterwards_with_its_own_template(
    clerk, unit, head, api
):
    other = sent(clerk, [unit], answer_request={"wants_text": True}).deliveries.get()
    delivery = survey(clerk, [unit]).deliveries.get()
    file = compared(head, other, UNRELATED)

    sent_off = api(head).post(f"{URL}{delivery.pk}/answers/", {"workbook": str(file.pk)})
    [job] = Job.objects.filter(task="messaging.check_workbook")
    outbox.run_job(str(job.pk))

    assert sent_off.status_code == 201
    assert Answer.objects.get().problem.startswith("Brakuje w nim nagłówków wzoru")


def test_a_workbook_that_is_no_copy_of_the_template_is_doubted_and_goes_with_a_reason(
    clerk, unit, head, api
):
    survey(clerk, [unit])
    delivery = Delivery.objects.get()
    url = f"{URL}{delivery.pk}/answers/"
    file = compared(head, delivery, UNRELATED)

    refused = api(head).post(url, {"workbook": str(file.pk)}).json()
    assert refused["code"] == "workbook_unlike"
    assert "„Klasa”" in refused["detail"]
    assert "„Obiady”" in refused["detail"]
    silent = api(head).post(url, {"workbook": str(file.pk), "despite_problems": True}).json()
    assert [error["field"] for error in silent["errors"]] == ["text"]
    assert not Answer.objects.exists()

    given = {"workbook": str(file.pk), "despite_problems": True, "text": "Nie prowadzimy obiadów."}
    assert api(head).post(url, given).status_code == 201
    assert Answer.objects.get().problem.startswith("Brakuje w nim nagłówków wzoru")


@pytest.mark.parametrize(
    "content",
    [
        workbook(["Szkoła nr 7"], [], ["lp.", "KLASA", "Obiady "], [1, "1a", 12]),
        workbook(["Obiady", "Uwagi"], [12, "brak"]),
    ],
)
def test_a_copy_that_was_moved_about_and_lost_a_column_is_taken_for_what_it_is(
    clerk, unit, head, api, content
):
    survey(clerk, [unit])
    delivery = Delivery.objects.get()
    file = compared(head, delivery, content)
    answer = api(head).post(f"{URL}{delivery.pk}/answers/", {"workbook": str(file.pk)})
    assert answer.status_code == 201
    assert Answer.objects.get().problem == ""
