"""The office enters for a unit what came on paper; the department still never answers as one."""

import io
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import Entry
from files import services as files
from modules.messaging import selectors, services
from modules.messaging.api.serializers import DeliveryStoryOut
from modules.messaging.errors import AnswersLocked
from modules.messaging.models import Answer
from modules.messaging.permissions import Permission
from modules.messaging.services import AnswerContent
from modules.messaging.services.checking import PURPOSE
from notifications.models import Notification
from opium.errors import NotFound
from opium.permissions import SYSTEM
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import UnitFactory
from tests.factories.files import read, uploaded
from tests.factories.messaging import broken_workbook, sent, survey, workbook
from tests.modules.messaging.entering.paper import API, RIGHTS, enter, today, told
from todo.models import Waiting

pytestmark = pytest.mark.django_db
FILLED = workbook(["Lp.", "Klasa", "Obiady"], [1, "1a", 12])


def test_what_came_on_paper_is_entered_with_its_ground_and_counts_as_answered(
    asked, clerk, head, api
):
    scan = uploaded(clerk, "pismo.pdf")

    answer = enter(api(clerk), asked, scan=str(scan.pk))

    assert answer.status_code == 201
    shown = answer.json()
    assert (shown["version"], shown["text"], shown["author"]) == (1, "Mamy 24 uczniów.", "Ewa Lis")
    assert shown["entered"] == told()
    assert shown["ground"] == {"kind": "letter", "on": str(today()), "words": "znak SP7.021.3"}
    assert [(one["name"], one["role"]) for one in shown["files"]] == [("pismo.pdf", "scan")]
    counts = api(clerk).get(f"{API}/messages/{asked.message_id}/").json()["counts"]
    assert (counts["answered"], counts["silent"], counts["opened"]) == (1, 0, 0)
    assert not Waiting.objects.filter(subject_id=asked.pk, done_at=None).exists()


@pytest.mark.parametrize(
    "ground", [("letter", "pismo"), ("email", "e-mail"), ("phone", "rozmowa telefoniczna")]
)
def test_it_is_shown_as_such_wherever_the_answer_is(asked, clerk, head, api, ground):
    ground, label = ground
    enter(api(clerk), asked, ground=ground, ground_words="Anna Nowak")
    sentence = told(label, "Anna Nowak")

    [row] = api(clerk).get(f"{API}/messages/{asked.message_id}/deliveries/").json()["results"]
    story = api(clerk).get(f"{API}/deliveries/{asked.pk}/").json()
    received = api(head).get(f"{API}/inbox/{asked.pk}/").json()
    export = api(clerk).get(f"{API}/messages/{asked.message_id}/export/")
    header, cells = openpyxl.load_workbook(io.BytesIO(export.getvalue())).active.values

    assert row["entered"] == sentence
    assert story["answers"][0]["entered"] == received["answers"][0]["entered"] == sentence
    assert dict(zip(header, cells, strict=True))["Wpisane w imieniu"] == sentence
    entry = Entry.objects.get(deed="messaging.enter_answer")
    assert (entry.right, entry.actor_id, entry.after["ground"]) == (
        "messaging.enter_answer",
        clerk.pk,
        sentence,
    )


def test_an_answer_of_the_unit_itself_is_told_as_nobody_elses(asked, clerk, head, api):
    api(head).post(f"{API}/inbox/{asked.pk}/answers/", {"text": "Jest"})

    [row] = api(clerk).get(f"{API}/messages/{asked.message_id}/deliveries/").json()["results"]
    received = api(head).get(f"{API}/inbox/{asked.pk}/").json()

    assert row["entered"] == ""
    assert (received["answers"][0]["entered"], received["answers"][0]["ground"]) == ("", None)


def test_the_unit_is_told_and_its_own_answer_then_stands(asked, clerk, head, api):
    scan = uploaded(clerk, "pismo.pdf")
    enter(api(clerk), asked, scan=str(scan.pk))
    [news] = Notification.objects.filter(kind="messaging.entered_answer")
    assert (news.person, news.url) == (head, asked.url)
    assert news.title == "Wpisano odpowiedź w imieniu SP nr 7: Ankieta o obiadach"

    url = f"{API}/inbox/{asked.pk}/answers/"
    theirs = api(head).post(url, {"text": "Mamy 25 uczniów."})
    with_scan = api(head).post(url, {"text": "x", "files": [str(scan.pk)]})

    assert (theirs.status_code, theirs.json()["version"]) == (201, 2)
    assert (with_scan.status_code, with_scan.json()["code"]) == (422, "unknown_file")
    asked.refresh_from_db()
    assert (asked.newest.text, asked.newest.ground) == ("Mamy 25 uczniów.", "")


def test_over_an_answer_that_the_unit_gave_nothing_is_entered(asked, clerk, head, api):
    enter(api(clerk), asked)
    api(head).post(f"{API}/inbox/{asked.pk}/answers/", {"text": "Własna"})

    refused = enter(api(clerk), asked)

    assert (refused.status_code, refused.json()["code"]) == (409, "unit_answered")
    assert refused.json()["detail"] == (
        "Jednostka SP nr 7 odpowiedziała już sama i jej odpowiedź jest ważna. "
        "Jeśli ma być inna, poproś jednostkę, żeby ją poprawiła."
    )
    asked.refresh_from_db()
    assert (asked.answer_version, asked.newest.text) == (2, "Własna")


def test_what_was_entered_wrongly_is_entered_again_with_its_files(asked, clerk, api):
    scan = uploaded(clerk, "pismo.pdf")
    enter(api(clerk), asked, scan=str(scan.pk))

    again_entered = enter(api(clerk), asked, text="Mamy 42 uczniów.", scan=str(scan.pk))

    assert again_entered.json()["version"] == 2
    assert [one["role"] for one in again_entered.json()["files"]] == ["scan"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": " "}, "text"),
        ({"ground_words": "  "}, "ground_words"),
        ({"ground_on": "2999-01-01"}, "ground_on"),
        ({"ground_on": "2020-01-01"}, "ground_on"),
        ({"ground": "rumour"}, "ground"),
        ({"ground_on": ""}, "ground_on"),
    ],
)
def test_an_entry_without_an_answer_or_a_ground_is_refused(asked, clerk, api, given, field):
    refused = enter(api(clerk), asked, **given)

    assert refused.status_code in (400, 422)
    assert [error["field"] for error in refused.json()["errors"]] == [field]
    assert not Answer.objects.exists()


def test_for_a_person_nobody_answers_but_that_person(clerk, api):
    message = sent(clerk, people=[PersonFactory()], answer_request={"wants_text": True})

    refused = enter(api(clerk), message.deliveries.get())

    assert (refused.status_code, refused.json()["code"]) == (409, "answers_for_themselves")


def test_where_no_answer_is_wanted_or_the_message_is_on_its_way_nothing_is_entered(
    clerk, unit, api
):
    unasked = sent(clerk, [unit]).deliveries.get()
    on_its_way = sent(clerk, [unit], answer_request={"wants_text": True}).deliveries.get()
    on_its_way.delivered_at = None
    on_its_way.save()

    codes = [enter(api(clerk), one).json()["code"] for one in (unasked, on_its_way)]

    assert codes == ["no_answer_wanted", "not_delivered_yet"]


def test_it_is_late_by_the_day_of_its_ground_and_always_once_answers_are_closed(clerk, unit, head):
    now = timezone.now()
    units = [unit, UnitFactory(), UnitFactory()]
    due, locks = now + timedelta(days=2), now + timedelta(days=5)
    request = {"wants_text": True, "due_at": due, "locks_at": locks}
    message = sent(clerk, units, answer_request=request)
    first, second, third = (message.deliveries.get(unit=one) for one in units)
    in_time = timezone.localdate(due)

    def entered(delivery, on):
        ground = services.Ground(kind=Answer.Ground.LETTER, on=on, words="znak 1")
        return services.enter_answer(
            actor=clerk, delivery=delivery, content=AnswerContent(text="x"), ground=ground
        ).is_late

    with time_machine.travel(due + timedelta(days=1)):
        of_the_day, after_it = entered(first, in_time), entered(second, today())
    with time_machine.travel(locks + timedelta(days=1)):
        closed = entered(third, in_time)
        with pytest.raises(AnswersLocked):
            services.answer_delivery(
                actor=head, delivery=first, content=AnswerContent(text="Za późno")
            )

    assert (of_the_day, after_it, closed) == (False, True, True)


def test_a_workbook_filled_in_from_paper_is_merged_and_told(clerk, unit, api):
    other, quiet = UnitFactory(short_name="SP nr 8"), UnitFactory(short_name="SP nr 9")
    message = survey(clerk, [unit, other, quiet])
    browser = api(clerk)
    filled = uploaded(clerk, "z pisma.xlsx", FILLED)
    by_unit = {one.unit_id: one for one in message.deliveries.all()}
    assert enter(browser, by_unit[unit.pk], workbook=str(filled.pk)).status_code == 201
    assert enter(browser, by_unit[other.pk]).status_code == 201

    merge = services.start_merge(actor=clerk, message=message)
    services.run_merge(actor=SYSTEM, merge=merge)

    merge.refresh_from_db()
    [remark] = [one for one in merge.report["remarks"] if one["kind"] == "entered"]
    assert (remark["unit"], remark["sentence"]) == ("SP nr 7", told())
    with files.local_path(merge.result) as path, path.open("rb") as content:
        rows = list(openpyxl.load_workbook(content)["Uwagi"].values)[1:]
    said = {(row[0], row[5]): row[6] for row in rows}
    assert said["SP nr 7", "Wpisane w imieniu"] == told()
    assert said["SP nr 8", "Odpowiedź bez arkusza"] == (
        "Jednostka odpowiedziała bez arkusza, więc nie ma jej w zestawieniu. "
        + told().replace("SP nr 7, na", "SP nr 8, na")
    )
    assert ("SP nr 9", "Brak odpowiedzi") in said
    assert ("SP nr 8", "Brak odpowiedzi") not in said


def test_a_workbook_that_cannot_be_read_is_refused_as_any_other(clerk, unit, api):
    delivery = survey(clerk, [unit]).deliveries.get()
    file = uploaded(clerk, "z pisma.xlsx", broken_workbook())
    read(clerk, file, PURPOSE, delivery.pk)

    refused = enter(api(clerk), delivery, workbook=str(file.pk))
    taken = enter(api(clerk), delivery, workbook=str(file.pk), despite_problems=True)

    assert (refused.status_code, refused.json()["code"]) == (422, "workbook_unreadable")
    assert (taken.status_code, taken.json()["problem"] != "") == (201, True)


def test_a_workbook_from_paper_is_compared_with_the_template_before_it_is_entered(clerk, unit, api):
    delivery = survey(clerk, [unit]).deliveries.get()
    file = uploaded(clerk, "z pisma.xlsx", workbook(["Nazwisko", "Etat"], ["Lis", 1]))
    asked_for = {"file": str(file.pk), "purpose": PURPOSE, "about": str(delivery.pk)}

    begun = api(clerk).post("/api/v1/files/readings/", asked_for)
    files.run_reading(reading_id=begun.json()["id"])

    assert begun.status_code == 202
    refused = enter(api(clerk), delivery, workbook=str(file.pk)).json()
    assert refused["code"] == "workbook_unlike"
    assert "„Klasa”" in refused["detail"]


@pytest.mark.parametrize("rights", [RIGHTS, (Permission.VIEW_MESSAGES,), ()])
def test_nobody_has_a_workbook_compared_with_what_they_may_not_enter(clerk, unit, rights):
    """A colleague who sees the message and enters answers to their own is no exception."""
    delivery = survey(clerk, [unit]).deliveries.get()
    other = person_with(*rights)
    file = uploaded(other, "obiady.xlsx", FILLED)

    with pytest.raises(NotFound):
        read(other, file, PURPOSE, delivery.pk)


def test_the_database_knows_no_half_of_a_ground(asked, clerk):
    def make(**ground):
        with transaction.atomic():
            Answer.objects.create(
                delivery=asked, version=9, author=clerk, sent_at=timezone.now(), **ground
            )

    for ground in (
        {"ground": "letter"},
        {"ground_on": today()},
        {"ground": "letter", "ground_on": today()},
    ):
        with pytest.raises(IntegrityError):
            make(**ground)


def test_a_story_costs_as_many_queries_with_one_answer_as_with_many(
    asked, clerk, api, django_assert_num_queries
):
    assert clerk.reach(Permission.SEND_MESSAGE)
    for count in (1, 3):
        for _ in range(count):
            enter(api(clerk), asked)
        with django_assert_num_queries(5):
            shown = DeliveryStoryOut(selectors.delivery_of_sender(clerk, asked.pk)).data
        assert all(one["entered"] == told() for one in shown["answers"])
