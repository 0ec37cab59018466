import openpyxl
import pytest
from django.db import connection

from audit.models import Entry
from files import services as files
from files.errors import UnknownPurpose
from files.models import FileReading
from modules.messaging import selectors, services
from modules.messaging.errors import MergeUnderWay, NothingToMerge, TemplateMissing
from modules.messaging.models import Attachment, Merge
from modules.messaging.permissions import Permission
from modules.messaging.services import AnswerContent
from opium.errors import Forbidden
from opium.permissions import SYSTEM
from outbox import services as outbox
from outbox.models import Job
from tests.factories.accounts import person_with
from tests.factories.directory import RegisterEntryFactory
from tests.factories.files import uploaded
from tests.factories.messaging import (
    broken_workbook,
    city_of,
    head_of,
    sent,
    survey,
    workbook,
)
from tests.factories.poison import died

pytestmark = pytest.mark.django_db
HEADER = ["Lp.", "Klasa", "Obiady"]


@pytest.fixture
def collected(clerk, delivery_to):
    """A survey of four units: two have filled it, one sent a broken file, one is silent."""
    units, heads = city_of(4)
    RegisterEntryFactory(unit=units[0], rspo="12345")
    message = survey(clerk, units)
    contents = [
        workbook(HEADER, [1, "1a", 12], [2, "1b", "13,5"]),
        workbook(HEADER, [1, "4c", 7]),
        broken_workbook(),
    ]
    for unit, head, content in zip(units, heads, contents, strict=False):
        services.answer_delivery(
            actor=head,
            delivery=delivery_to(message, unit),
            content=AnswerContent(
                workbook=uploaded(head, "obiady.xlsx", content).pk, despite_problems=True
            ),
        )
    return message, units


def url(message):
    return f"/api/v1/messaging/messages/{message.pk}/merges/"


def opened(merge):
    with files.local_path(merge.result) as path, path.open("rb") as content:
        return openpyxl.load_workbook(content)


def test_the_newest_workbooks_become_one_with_a_report(
    collected, clerk, api, django_capture_on_commit_callbacks
):
    message, units = collected
    browser = api(clerk)
    with django_capture_on_commit_callbacks(execute=True):
        started = browser.post(url(message), {})
    assert started.status_code == 202
    assert (started.json()["state"], started.json()["total"]) == ("waiting", 3)

    address = f"/api/v1/messaging/merges/{started.json()['id']}/"
    done = browser.get(address).json()
    assert (done["state"], done["mode"], done["mode_used"]) == ("done", "auto", "stack")
    assert (done["progress"], done["total"]) == (3, 3)
    report = done["report"]
    assert (report["rows"], report["workbooks"]) == (3, 2)
    [rejected] = report["rejected"]
    assert (rejected["unit"], rejected["file"]) == (units[2].short_name, "obiady.xlsx")
    merged = opened(Merge.objects.get())
    rows = [[cell.value for cell in row] for row in merged.worksheets[0].rows]
    assert rows[1][:3] == [units[0].short_name, "12345", "obiady.xlsx"]
    assert [row[-1] for row in rows] == ["Obiady", 12, 13.5, 7]
    remarks = [[cell.value for cell in row] for row in merged["Uwagi"].rows]
    assert [units[3].short_name, "Brak odpowiedzi"] in [[row[0], row[5]] for row in remarks]
    download = browser.get(f"{address}download/")
    assert download.status_code == 302
    assert [one["id"] for one in browser.get(url(message)).json()] == [done["id"]]
    again = browser.get(f"/api/v1/messaging/messages/{message.pk}/merge-proposal/").json()
    assert (again["workbooks"], again["fresh"]) == (3, 0)


def test_the_mode_that_fits_the_template_is_found_in_the_background(
    collected, clerk, api, django_capture_on_commit_callbacks
):
    message, _ = collected
    browser, address = api(clerk), f"/api/v1/messaging/messages/{message.pk}/merge-proposal/"
    nothing_yet = {"mode": None, "is_looked_at": False, "failure": "", "workbooks": 3, "fresh": 3}
    assert browser.get(address).json() == nothing_yet

    with django_capture_on_commit_callbacks(execute=True):
        asked = browser.post(address)
        assert (asked.status_code, asked.json()) == (202, nothing_yet | {"is_looked_at": True})
    assert Job.objects.filter(task="files.read_upload").count() == 1
    browser.post(address)
    assert Job.objects.filter(task="files.read_upload").count() == 1
    assert browser.get(address).json() == nothing_yet | {"mode": "stack", "is_looked_at": True}


def test_a_template_that_cannot_be_merged_says_why_and_is_not_asked_for_again(
    clerk,
):
    units, _ = city_of(1)
    message = survey(clerk, units, content=broken_workbook())
    services.look_at_template(actor=clerk, message=message)
    files.run_reading(reading_id=FileReading.objects.get().pk)
    told = selectors.merge_proposal(clerk, message)
    assert (told.mode, told.is_looked_at) == (None, True)
    assert told.failure.startswith("Plik")


def test_nobody_else_has_the_template_looked_at(collected):
    message, _ = collected
    stranger = person_with(Permission.VIEW_MESSAGES)
    with pytest.raises(Forbidden):
        services.look_at_template(actor=stranger, message=message)
    with pytest.raises(Forbidden):
        selectors.merge_proposal(stranger, message)
    mine = uploaded(stranger, "w.xlsx", workbook(HEADER))
    with pytest.raises(UnknownPurpose):
        files.begin_reading(actor=stranger, file_id=mine.pk, purpose=selectors.TEMPLATE_READING)


def test_a_corrected_answer_is_merged_anew(
    collected, clerk, delivery_to, django_capture_on_commit_callbacks
):
    message, units = collected
    head = head_of(units[1])
    services.answer_delivery(
        actor=head,
        delivery=delivery_to(message, units[1]),
        content=AnswerContent(workbook=uploaded(head, "b.xlsx", workbook(HEADER, [1, "4c", 8])).pk),
    )

    with django_capture_on_commit_callbacks(execute=True):
        services.start_merge(actor=clerk, message=message)

    rows = list(opened(Merge.objects.get()).worksheets[0].values)
    assert [row[-1] for row in rows] == ["Obiady", 12, 13.5, 8]


def test_a_double_press_starts_one_merge(collected, clerk):
    message, _ = collected

    first = services.start_merge(actor=clerk, message=message)
    second = services.start_merge(actor=clerk, message=message)

    assert first == second
    with pytest.raises(MergeUnderWay):
        services.start_merge(actor=clerk, message=message, mode=Merge.Mode.SUM)


def test_running_it_twice_gives_one_result(collected, clerk):
    message, _ = collected
    merge = services.start_merge(actor=clerk, message=message)

    services.run_merge(actor=SYSTEM, merge=merge)
    result = Merge.objects.get().result
    services.run_merge(actor=SYSTEM, merge=Merge.objects.get())

    assert Merge.objects.get().result == result
    assert type(result).objects.filter(name__contains="scalone").count() == 1


def test_a_worker_that_read_the_merge_before_another_finished_it_does_nothing(collected, clerk):
    message, _ = collected
    asked = services.start_merge(actor=clerk, message=message)
    services.run_merge(actor=SYSTEM, merge=Merge.objects.get())
    done = Merge.objects.get()

    services.run_merge(actor=SYSTEM, merge=asked)

    assert _results(Merge.objects.get()) == _results(done)
    assert Entry.objects.filter(deed="messaging.run_merge").count() == 1


@pytest.mark.parametrize("is_readable", [True, False])
def test_two_workers_at_one_merge_finish_it_once(collected, clerk, is_readable):
    message, _ = collected
    services.start_merge(actor=clerk, message=message)
    broken = uploaded(clerk, "wzor.xlsx", broken_workbook())
    during = []

    def another_worker(execute, sql, params, many, context):
        if sql.startswith('UPDATE "messaging_merge"') and not during:
            answer = execute(sql, params, many, context)
            during.append("first")
            services.run_merge(actor=SYSTEM, merge=Merge.objects.get())
            during.append(Merge.objects.get())
            if not is_readable:
                Attachment.objects.filter(message=message).update(file=broken)
            return answer
        return execute(sql, params, many, context)

    with connection.execute_wrapper(another_worker):
        services.run_merge(actor=SYSTEM, merge=Merge.objects.get())

    assert _results(Merge.objects.get()) == _results(during[1])
    assert during[1].state == "done"
    assert type(during[1].result).objects.filter(name__contains="scalone").count() == 1
    assert Entry.objects.filter(deed="messaging.run_merge").count() == 1


def _results(merge):
    return (merge.state, merge.result_id, merge.finished_at, merge.progress, merge.failure)


def test_a_template_that_is_no_workbook_fails_the_merge_with_a_sentence(
    clerk, unit, head, delivery_to, api
):
    template = uploaded(clerk, "wzor.xlsx", broken_workbook())
    message = sent(
        clerk,
        [unit],
        attachments=[template.pk],
        answer_request={"wants_workbook": True, "template": template.pk},
    )
    services.answer_delivery(
        actor=head,
        delivery=delivery_to(message, unit),
        content=AnswerContent(workbook=uploaded(head, "a.xlsx", workbook(HEADER, [1, 2, 3])).pk),
    )
    merge = services.start_merge(actor=clerk, message=message)

    services.run_merge(actor=SYSTEM, merge=merge)

    merge.refresh_from_db()
    assert merge.state == Merge.State.FAILED
    assert merge.failure.endswith(".")
    answer = api(clerk).get(f"/api/v1/messaging/merges/{merge.pk}/download/")
    assert (answer.status_code, answer.json()["code"]) == (404, "merge_not_done")


def test_without_workbooks_there_is_nothing_to_merge(clerk, unit):
    with pytest.raises(NothingToMerge):
        services.start_merge(actor=clerk, message=survey(clerk, [unit]))
    with pytest.raises(TemplateMissing):
        services.start_merge(
            actor=clerk, message=sent(clerk, [unit], answer_request={"wants_text": True})
        )


def test_a_viewer_sees_the_merge_but_does_not_start_one(collected, clerk, unit, api):
    message, _ = collected
    viewer = person_with(Permission.VIEW_MESSAGES)
    merge = services.start_merge(actor=clerk, message=message)

    with pytest.raises(Forbidden):
        services.start_merge(actor=viewer, message=message)
    assert api(viewer).post(url(message), {}).status_code == 403
    address = f"/api/v1/messaging/merges/{merge.pk}/"
    seen = [api(one).get(address).status_code for one in (viewer, head_of(unit), None)]
    assert seen == [200, 404, 401]


def test_a_merge_that_the_background_gave_up_is_failed_and_may_begin_again(collected, clerk):
    message, _ = collected
    merge = services.start_merge(actor=clerk, message=message)

    job = died(Job.objects.get(task="messaging.merge_answers"))

    merge.refresh_from_db()
    assert (merge.state, merge.failure) == (
        "failed",
        f"Scalanie zostało przerwane. {job.sentence}",
    )
    assert job.about == "Scalenie: Ankieta o obiadach"
    outbox.try_again(actor=SYSTEM, job=job)
    assert outbox.run_job(str(job.pk))
    merge.refresh_from_db()
    assert (merge.state, merge.failure) == ("done", "")


def test_an_old_merge_does_not_begin_again_beside_a_newer_one(collected, clerk):
    message, _ = collected
    services.start_merge(actor=clerk, message=message)
    job = died(Job.objects.get(task="messaging.merge_answers"))
    services.start_merge(actor=clerk, message=message)

    with pytest.raises(MergeUnderWay):
        outbox.try_again(actor=SYSTEM, job=job)

    job.refresh_from_db()
    assert job.given_up_at is not None


@pytest.fixture
def remarked(clerk, delivery_to):
    """A merge whose only remarks are about C4 of the first unit's file and C2 of the second's."""
    units, heads = city_of(2)
    message = survey(clerk, units)
    contents = [
        workbook(HEADER, [1, "1a", 12], [2, "1b", 13], [3, "1c", "pięć"]),
        workbook(HEADER, [1, "4c", "brak danych"], [2, "4d", 8]),
    ]
    for unit, head, content in zip(units, heads, contents, strict=True):
        services.answer_delivery(
            actor=head,
            delivery=delivery_to(message, unit),
            content=AnswerContent(
                workbook=uploaded(head, "obiady.xlsx", content).pk, despite_problems=True
            ),
        )
    merge = services.start_merge(actor=clerk, message=message)
    services.run_merge(actor=SYSTEM, merge=merge)
    return Merge.objects.get()


def cell_of(merge, number):
    return f"/api/v1/messaging/merges/{merge.pk}/remarks/{number}/"


def test_a_remark_leads_to_its_cell_in_the_very_file_it_is_about(remarked, clerk, api):
    browser = api(clerk)
    shown = browser.get(f"/api/v1/messaging/merges/{remarked.pk}/").json()["report"]["remarks"]
    assert [(one["cell"], one["number"]) for one in shown] == [("C4", 0), ("C2", 1)]

    found = browser.get(cell_of(remarked, 0)).json()

    answer_file = remarked.message.deliveries.order_by("unit__sort_key")[0].newest.files.get()
    assert found == {
        "unit": shown[0]["unit"],
        "file": "obiady.xlsx",
        "sheet": shown[0]["sheet"],
        "cell": "C4",
        "sentence": "„pięć” nie jest liczbą; zostawiono tekst.",
        "answer_file": str(answer_file.pk),
        "first_row": 1,
        "columns": ["A", "B", "C"],
        "rows": [HEADER, ["1", "1a", "12"], ["2", "1b", "13"], ["3", "1c", "pięć"]],
        "marked": [[3, 2]],
    }
    second = browser.get(cell_of(remarked, 1)).json()
    assert (second["rows"][1], second["marked"]) == (["1", "4c", "brak danych"], [[1, 2]])


def test_a_cell_is_seen_by_whoever_sees_the_merge_and_by_nobody_else(
    remarked, clerk, unit, api, in_south
):
    viewer = person_with(Permission.VIEW_MESSAGES)
    looked = [
        api(one).get(cell_of(remarked, 0)).status_code for one in (viewer, head_of(unit), None)
    ]
    assert looked == [200, 404, 401]
    for number in (2, 2**31 - 1, 2**31, 10**30):
        assert api(clerk).get(cell_of(remarked, number)).status_code == 404
    with in_south():
        southerner = person_with(Permission.VIEW_MESSAGES, Permission.SEND_MESSAGE)
        browser = api(southerner, host="south.test")
    assert browser.get(cell_of(remarked, 0), HTTP_HOST="south.test").status_code == 404


def test_looking_at_a_cell_costs_one_query_and_reads_no_file(
    remarked, clerk, django_assert_num_queries
):
    for number in (0, 1):
        with django_assert_num_queries(1):
            selectors.remarked_cell(clerk, remarked.pk, number)
