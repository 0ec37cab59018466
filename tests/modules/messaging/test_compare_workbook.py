"""A workbook is compared with the template of the very delivery that it answers."""

import pytest

from files import services as files
from modules.messaging.models import Answer, Delivery
from modules.messaging.services import checking
from modules.messaging.services.checking import PURPOSE
from notifications.models import Notification
from opium.errors import NotFound
from opium.permissions import SYSTEM
from outbox import services as outbox
from outbox.models import Job
from tests.factories.directory import UnitFactory
from tests.factories.files import read, uploaded
from tests.factories.messaging import sent, survey, workbook

pytestmark = pytest.mark.django_db
URL = "/api/v1/messaging/inbox/"
UNLIKE = "Arkusz „etaty.xlsx” nie wygląda jak wypełniony wzór, z odpowiedzi: Ankieta o obiadach"
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
    assert Notification.objects.get(kind="messaging.unreadable_workbook").title == UNLIKE


def test_a_workbook_found_unlike_between_the_press_and_the_check_is_not_called_unreadable(
    clerk, unit, head, api
):
    delivery = survey(clerk, [unit]).deliveries.get()
    file = uploaded(head, "etaty.xlsx", UNRELATED)
    about = str(delivery.pk)
    reading = files.begin_reading(actor=head, file_id=file.pk, purpose=PURPOSE, about=about)
    api(head).post(f"{URL}{delivery.pk}/answers/", {"workbook": str(file.pk)})
    files.run_reading(reading_id=reading.pk)

    outbox.run_job(str(Job.objects.get(task="messaging.check_workbook").pk))

    assert Notification.objects.get(kind="messaging.unreadable_workbook").title == UNLIKE


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
