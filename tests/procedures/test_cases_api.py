import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from procedures.models import Case
from procedures.selectors.actions import SUBMITTED
from procedures.selectors.case_list import cases_visible_to
from tests.factories import procedures as made
from tests.factories.accounts import PersonFactory
from tests.factories.directory import UnitFactory
from units.models import Unit

pytestmark = pytest.mark.django_db
URL = "/api/v1/procedures/cases/"


def test_a_unit_opens_a_case_fills_it_and_sends_it(procedure, head, unit, api):
    client = api(head)

    opened = client.post(URL, {"procedure": str(procedure.pk), "unit": str(unit.pk)})
    assert opened.status_code == 201
    case = opened.json()
    assert case == case | {
        "title": "Grant, SP nr 7",
        "noun": "sprawa",
        "version": 1,
        "unit": {"id": str(unit.pk), "short_name": "SP nr 7"},
        "stage": {"key": "nabor", "name": "Nabor"},
        "state": "open",
        "meaning": "",
        "is_from_office": False,
        "can": ["read_questions"],
    }
    assert case["ball"]["side"] == "applicant"
    assert case["ball"]["who"] == ["SP nr 7"]
    [sheet] = case["sheets"]
    assert (sheet["can_fill"], sheet["state"], sheet["stage"]) == (True, "draft", "")
    saved = client.patch(f"/api/v1/forms/sheets/{sheet['id']}/", {"changes": {"tytul": "Teatr"}})
    assert saved.status_code == 200
    assert [(one["action"], one["follows"]) for one in case["actions"]] == [
        ("submitted", f"Sprawa przejdzie do etapu „Ocena”. {SUBMITTED}"),
        ("withdrawn", "Sprawa się zakończy: „Wycofane”."),
    ]

    sent = client.post(f"{URL}{case['id']}/perform/", {"action": "submitted", "version": 1})
    assert sent.status_code == 200
    assert sent.json()["stage"] == {"key": "ocena", "name": "Ocena"}
    assert sent.json()["actions"] == []
    assert sent.json()["can"] == ["undo", "read_questions"]


def test_saving_an_answer_asks_for_its_case_once(procedure, head, unit, api):
    browser = api(head)
    opened = browser.post(URL, {"procedure": str(procedure.pk), "unit": str(unit.pk)}).json()
    url = f"/api/v1/forms/sheets/{opened['sheets'][0]['id']}/"
    seen = browser.patch(url, {"changes": {"tytul": "Teatr"}}).json()["draft_version"]

    with CaptureQueriesContext(connection) as heard:
        saved = browser.patch(url, {"changes": {"tytul": "Kino"}}, HTTP_IF_MATCH=f'"{seen}"')

    assert saved.status_code == 200
    asked = [one["sql"] for one in heard if 'FROM "procedures_case"' in one["sql"]]
    assert len(asked) == 1


def test_an_officer_sees_the_buttons_of_the_function_with_their_forms(case, clerk, api):
    page = api(clerk).get(f"{URL}{case.pk}/").json()

    assert page["is_from_office"] is True
    assert [
        (one["action"], one["kind"], one["needs_reason"], one["blocked"]) for one in page["actions"]
    ] == [
        ("complete", "transition", False, None),
        ("incomplete", "transition", False, None),
        ("rejected", "transition", True, None),
    ]
    fields = page["actions"][1]["fields"]["sections"][0]["questions"]
    assert [one["key"] for one in fields] == ["sekcje", "wezwanie"]
    assert [(one["key"], one["state"]) for one in page["path"]] == [
        ("nabor", "done"),
        ("ocena", "now"),
        ("zgoda", "ahead"),
    ]
    assert page["can"] == ["read_questions"]
    [sheet] = page["sheets"]
    assert (sheet["can_fill"], sheet["version"]) == (False, 1)


def test_the_story_reads_from_the_log(case, clerk, api):
    made.perform(case, clerk, "rejected", reason="Po terminie.")

    events = api(clerk).get(f"{URL}{case.pk}/events/").json()

    assert [(one["number"], one["actor"], one["sentence"]) for one in events] == [
        (1, "Jan Dyrektor", "Założono sprawę"),
        (2, "Jan Dyrektor", "Submitted"),
        (3, "Ewa Lis", "Rejected"),
    ]
    assert events[2] == events[2] | {
        "reason": "Po terminie.",
        "from_stage": "Ocena",
        "to_stage": "Odmowa",
        "function": "Referent prowadzący",
        "is_undone": False,
    }
    assert events[1]["sheet_version"] == 1


def test_the_applicant_reads_no_more_of_the_log_than_the_stage_lets_them(head, unit, clerk, api):
    stages = [
        made.stage("nabor", "submission", "applicant"),
        {
            **made.stage("ocena", "formal_check", "referent"),
            "public_name": "Sprawdzamy wniosek",
        },
        {
            **made.stage("zgoda", "approval", "kierownik"),
            "visible_to": {"applicant": ["stage", "reasons"]},
        },
        made.end(),
    ]
    ways = [
        made.way("nabor", "submitted", "ocena"),
        made.way("ocena", "complete", "zgoda", label="Przekaż kierownikowi"),
        made.way("zgoda", "approved", "koniec", label="Zatwierdź"),
    ]
    boss = made.officer("kierownik")
    case = made.submitted(made.published(stages, ways), head, unit)
    page = api(head).get(f"{URL}{case.pk}/").json()
    assert page["stage"]["name"] == "Sprawdzamy wniosek"
    made.perform(case, clerk, "complete", reason="Wewnętrzna uwaga.")
    made.perform(case, boss, "approved", reason="Dobry pomysł.")

    events = api(head).get(f"{URL}{case.pk}/events/").json()

    assert [(one["actor"], one["sentence"], one["reason"]) for one in events[2:]] == [
        ("Referent prowadzący", "Zgoda", ""),
        ("Kierownik referatu", "Zatwierdź", "Dobry pomysł."),
    ]
    page = api(head).get(f"{URL}{case.pk}/").json()
    assert (page["votes"], page["opinions"]) == ([], [])
    assert len(api(boss).get(f"{URL}{case.pk}/").json()["votes"]) == 1


def test_two_who_press_get_one_success_and_one_sentence(case, clerk, api):
    other = made.officer("referent", first_name="Olga", last_name="Mak")
    url = f"{URL}{case.pk}/perform/"

    first = api(other).post(url, {"action": "complete", "version": 2})
    second = api(clerk).post(url, {"action": "complete", "version": 2})

    assert [first.status_code, second.status_code] == [200, 409]
    assert second.json()["code"] == "case_changed_meanwhile"
    assert "Olga Mak: „Complete”" in second.json()["detail"]


def test_what_is_missing_is_named_by_its_field(case, clerk, api):
    answer = api(clerk).post(f"{URL}{case.pk}/perform/", {"action": "incomplete", "version": 2})

    assert answer.status_code == 422
    assert answer.json()["code"] == "action_incomplete"
    assert [one["field"] for one in answer.json()["errors"]] == ["data.wezwanie"]


@pytest.mark.parametrize("data", ["tekst", ["lista"], 7])
def test_data_is_an_object(case, clerk, api, data):
    answer = api(clerk).post(f"{URL}{case.pk}/perform/", {"action": "complete", "data": data})
    assert answer.status_code == 400


def test_the_last_step_is_undone_from_the_page(case, clerk, api):
    made.perform(case, clerk, "complete")

    answer = api(clerk).post(f"{URL}{case.pk}/undo/", {"version": 3})

    assert answer.status_code == 200
    assert answer.json()["stage"]["key"] == "ocena"
    assert api(clerk).post(f"{URL}{case.pk}/undo/", {}).status_code == 409


def test_who_may_not_see_a_case_gets_404_and_who_may_not_act_403(case, head, boss, api):
    url = f"{URL}{case.pk}/"
    strangers = (PersonFactory(), made.head_of(UnitFactory()))

    for stranger in strangers:
        client = api(stranger)
        assert client.get(url).status_code == 404
        assert client.get(f"{url}events/").status_code == 404
        assert client.post(f"{url}perform/", {"action": "complete"}).status_code == 404
        assert client.post(f"{url}undo/", {}).status_code == 404
        assert client.get(URL).json()["count"] == 0
    for seeing in (head, boss):
        answer = api(seeing).post(f"{url}perform/", {"action": "complete"})
        assert (answer.status_code, answer.json()["code"]) == (403, "not_your_part")
    assert api().get(url).status_code == 401


def test_the_other_city_knows_nothing_of_the_case(case, in_south, api):
    with in_south():
        stranger = made.officer("referent")
    client = api(stranger, host="south.test")

    assert client.get(f"{URL}{case.pk}/").status_code == 404
    assert client.get(URL).json()["count"] == 0


def test_an_officer_of_one_kind_of_matters_sees_only_those(case, procedure, unit, head):
    other = made.submitted(made.published(), head, unit)
    officer = made.person_with(
        made.Permission.VIEW_CASES, scope_kind="matter", scope_id=procedure.pk
    )
    assert list(cases_visible_to(officer)) == [case]
    assert set(cases_visible_to(head)) == {case, other}


def test_a_draft_application_is_not_seen_by_the_office(procedure, head, unit, clerk, api):
    case = made.opened(procedure, head, unit)

    page = api(clerk).get(f"{URL}{case.pk}/").json()

    assert page["sheets"] == []
    assert api(clerk).get(f"/api/v1/forms/sheets/{case.sheet.pk}/").status_code == 404


def test_the_list_is_narrowed_searched_and_ordered(procedure, head, unit, clerk, api):
    first = made.submitted(procedure, head, unit)
    other_unit = UnitFactory(short_name="MDK nr 3")
    second = made.opened(procedure, made.head_of(other_unit), other_unit, title="Żużel")
    client = api(clerk)

    def found(**query):
        return [row["id"] for row in client.get(URL, query).json()["results"]]

    assert found() == [str(second.pk), str(first.pk)]
    assert found(ordering="opened_at") == [str(first.pk), str(second.pk)]
    assert found(stage="ocena") == [str(first.pk)]
    assert found(unit=str(other_unit.pk)) == [str(second.pk)]
    assert found(search="zuzel mdk") == [str(second.pk)]
    assert found(mine=True) == [str(first.pk)]
    assert found(mine=False) == [str(second.pk)]
    assert found(side="applicant") == [str(second.pk)]
    assert found(overdue=True) == []
    assert found(state="closed") == []


def test_the_list_costs_the_same_for_one_case_and_for_many(
    case, clerk, head, api, django_assert_num_queries
):
    client = api(clerk)
    client.get(URL)
    with django_assert_num_queries(6):
        assert client.get(URL).json()["count"] == 1
    unit = Unit.objects.get(pk=case.unit_id)
    for _ in range(5):
        made.submitted(case.procedure, head, unit)
    with django_assert_num_queries(6):
        assert client.get(URL).json()["count"] == 6


def test_the_page_and_the_log_cost_the_same_early_and_late(
    case, clerk, head, api, django_assert_num_queries
):
    client = api(clerk)
    client.get(URL)
    with django_assert_num_queries(8):
        client.get(f"{URL}{case.pk}/")
    for _ in range(4):
        case = made.perform(case, clerk, "incomplete", data={"wezwanie": "Popraw."})
        case = made.perform(case, head, "corrected")
    with django_assert_num_queries(8):
        client.get(f"{URL}{case.pk}/")
    with django_assert_num_queries(7):
        assert len(client.get(f"{URL}{case.pk}/events/").json()) == 10


def test_the_list_is_taken_away_as_xlsx_and_the_log_says_so(case, clerk, api):
    answer = api(clerk).get(f"{URL}export/", {"stage": "ocena"})

    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)
    [sheet] = openpyxl.load_workbook(io.BytesIO(content))
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][1:5] == ("Tytuł", "Procedura", "Jednostka", "Etap")
    assert rows[1][1:5] == ("Grant, SP nr 7", "Grant", "SP nr 7", "Ocena")
    assert rows[1][7] == "Referent prowadzący"
    assert Entry.objects.latest("id").right == "procedures.view_cases"


def test_a_case_of_a_procedure_one_does_not_see_is_not_opened(unit, api, procedure):
    answer = api(PersonFactory()).post(URL, {"procedure": str(procedure.pk), "unit": str(unit.pk)})
    assert answer.status_code == 404
    elsewhere = made.head_of(UnitFactory())
    answer = api(elsewhere).post(URL, {"procedure": str(procedure.pk), "unit": str(unit.pk)})
    assert answer.status_code == 403
    assert not Case.objects.exists()


def test_each_step_has_a_receipt_that_says_whose_move_follows(case, head, clerk, api):
    story = api(head).get(f"{URL}{case.pk}/events/").json()
    told = api(head).get(f"{URL}{case.pk}/events/{story[-1]['number']}/receipt/").json()
    assert told["title"] == "Złożono: Grant, SP nr 7"
    assert told["at"] == story[-1]["at"]
    facts = {one["label"]: one["value"] for one in told["facts"]}
    assert facts["W historii sprawy"] == "Submitted"
    assert facts["Złożona wersja wniosku"] == "1"
    assert facts["Jednostka"] == "SP nr 7"
    assert told["follows"][0].startswith("Czyj ruch: urząd")
    assert told["seen_by"][1] == "wnioskodawca (SP nr 7): to, co go dotyczy"


def test_no_receipt_is_given_of_a_step_that_one_does_not_see(head, unit, clerk, api):
    stages = [
        made.stage("nabor", "submission", "applicant"),
        {
            **made.stage("ocena", "formal_check", "referent"),
            "visible_to": {"applicant": ["stage"]},
        },
        made.end(),
        made.end("odmowa", "negative"),
    ]
    ways = [
        made.way("nabor", "submitted", "ocena"),
        made.way("ocena", "complete", "koniec"),
        made.way("ocena", "rejected", "odmowa"),
    ]
    case = made.submitted(made.published(stages, ways), head, unit)
    assert api(head).get(f"{URL}{case.pk}/events/999/receipt/").status_code == 404
    stranger = made.head_of(UnitFactory(short_name="SP nr 9"))
    assert api(stranger).get(f"{URL}{case.pk}/events/1/receipt/").status_code == 404
    made.perform(case, clerk, "rejected", reason="Poufne.")
    number = case.events.order_by("-number").first().number
    seen = api(head).get(f"{URL}{case.pk}/events/{number}/receipt/").json()
    assert "Poufne." not in str(seen)
    assert seen["by"] == "Referent prowadzący"


def test_a_stage_of_failure_does_not_lie_ahead(head, unit, clerk, api):
    stages = [
        made.stage("nabor", "submission", "applicant"),
        made.stage("decyzja", "formal_check", "referent"),
        made.stage("realizacja", "execution", "applicant"),
        made.stage("zwrot", "execution", "applicant"),
        made.stage("odwolanie", "acceptance", "referent"),
        made.end(),
        made.end("odmowa", "negative"),
    ]
    ways = [
        made.way("nabor", "submitted", "decyzja"),
        made.way("decyzja", "complete", "realizacja"),
        made.way("decyzja", "rejected", "odwolanie"),
        made.way("realizacja", "executed", "koniec"),
        made.way("realizacja", "abandoned", "zwrot", tone="negative"),
        made.way("zwrot", "executed", "odmowa"),
        made.way("odwolanie", "accepted", "realizacja"),
        made.way("odwolanie", "not_accepted", "odmowa"),
    ]
    case = made.submitted(made.published(stages, ways), head, unit)

    def path(who):
        page = api(who).get(f"{URL}{case.pk}/").json()
        return [(one["key"], one["state"]) for one in page["path"]]

    assert path(head) == [("nabor", "done"), ("decyzja", "now"), ("realizacja", "ahead")]
    made.perform(made.perform(case, clerk, "complete"), head, "abandoned")
    assert path(head) == [
        ("nabor", "done"),
        ("decyzja", "done"),
        ("realizacja", "done"),
        ("zwrot", "now"),
    ]
