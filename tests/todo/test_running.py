"""What somebody has set going, and the city in numbers, as the modules tell them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from modules.messaging.services import AnswerContent, answer_delivery
from opium.permissions import MissingPermission
from procedures.permissions import Permission as Procedures
from tests.factories import messaging
from tests.factories import procedures as cases
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import UnitFactory
from todo import registry
from todo.models import Waiting
from todo.permissions import Permission
from todo.registry import Figure, FigureSource, Part, Run, Running, RunSource
from todo.selectors import overview_for, running_of
from units.models import Unit

pytestmark = pytest.mark.django_db
RUNNING, OVERVIEW = "/api/v1/todo/running/", "/api/v1/todo/overview/"
SOON = timezone.now() + timedelta(days=5)


def survey(author, count, answers=0, **request):
    """A survey of so many units, of which so many have answered."""
    units = UnitFactory.create_batch(count)
    message = messaging.sent(author, units, answer_request={**messaging.TEXT_ONLY, **request})
    for unit in units[:answers]:
        answer_delivery(
            actor=messaging.head_of(unit),
            delivery=message.deliveries.get(unit=unit),
            content=AnswerContent(text="Tak."),
        )
    return message


def of(person, code):
    return next((one for one in running_of(person) if one.source.code == code), None)


def test_own_surveys_come_with_their_bars_until_all_have_answered():
    author = messaging.clerk()
    message = survey(author, 3, answers=1, due_at=SOON)
    survey(author, 1, answers=1, due_at=SOON)
    survey(messaging.clerk(), 2)

    [run] = of(author, "messaging.surveys").runs
    assert (run.id, run.total, run.done, run.late) == (message.pk, 3, 1, 0)
    assert (run.whose, run.due_at) == ("odpowiedziało 1 z 3", SOON)
    assert run.url == f"/messaging/messages/{message.pk}"


def test_what_is_late_is_counted_and_what_is_locked_or_long_over_is_not_under_way():
    author, now = messaging.clerk(), timezone.now()
    late, locked, over = (survey(author, 2, due_at=SOON) for _ in range(3))
    for message, days in ((late, 1), (locked, 1), (over, 31)):
        request = message.answer_request
        request.due_at = now - timedelta(days=days)
        request.locks_at = now if message == locked else None
        request.save()

    [run] = of(author, "messaging.surveys").runs
    assert (run.id, run.late) == (late.pk, 2)


def test_cases_that_others_have_now_come_by_whose_move_it_is(case, clerk, head, boss):
    [run] = of(head, "procedures.cases").runs
    assert (run.title, run.whose) == ("Grant, SP Leśna", "ruch urzędu: Referent prowadzący")
    assert of(clerk, "procedures.cases") is None

    cases.perform(case, clerk, "complete")

    [run] = of(clerk, "procedures.cases").runs
    assert run.whose == "ruch urzędu: Kierownik referatu"
    assert of(boss, "procedures.cases") is None

    cases.perform(case, boss, "approved")
    assert of(clerk, "procedures.cases") is of(head, "procedures.cases") is None


def test_the_office_reads_the_stages_own_name_and_the_applicant_the_public_one(head, unit, boss):
    clerk = cases.officer("referent")
    stages = [
        cases.stage("nabor", "submission", "applicant"),
        cases.stage("ocena", "formal_check", "referent"),
        {**cases.stage("zgoda", "approval", "kierownik"), "public_name": "Decydujemy"},
        cases.end(),
    ]
    ways = [
        cases.way("nabor", "submitted", "ocena"),
        cases.way("ocena", "complete", "zgoda"),
        cases.way("zgoda", "approved", "koniec"),
    ]
    case = cases.submitted(cases.published(stages, ways), head, unit)
    cases.perform(case, clerk, "complete")

    [office], [school] = (of(one, "procedures.cases").runs for one in (clerk, head))
    assert (office.details.split(" · ")[-1], school.details.split(" · ")[-1]) == (
        "Zgoda",
        "Decydujemy",
    )


def test_only_the_first_are_shown_and_all_are_counted():
    author = messaging.clerk()
    for _ in range(8):
        survey(author, 1)

    section = of(author, "messaging.surveys")
    assert (section.count, len(section.runs)) == (8, 6)


def test_many_runs_cost_as_many_queries_as_one(case, head, api, django_assert_num_queries):
    client = api(head)
    with django_assert_num_queries(8):
        [one] = client.get(RUNNING).json()
    for _ in range(4):
        cases.submitted(case.procedure, head, _unit(case))
    with django_assert_num_queries(8):
        [many] = client.get(RUNNING).json()
    assert (one["count"], many["count"]) == (1, 5)


def test_who_may_do_nothing_in_a_module_is_not_asked_about_it(monkeypatch):
    asked = []

    def source(code, right):
        def runs(person, most):
            asked.append(code)
            return Running(1, [Run(uuid4(), "Naprawa", "/x")])

        monkeypatch.setitem(registry._runs, code, RunSource(code, "Naprawy", "/x", (right,), runs))

    source("directory.mine", Procedures.VIEW_CASES)
    source("directory.other", Procedures.MANAGE_CLASSES)
    source("messaging.off", Procedures.VIEW_CASES)

    found = running_of(person_with(Procedures.VIEW_CASES))

    assert [one.source.code for one in found] == ["directory.mine", "messaging.off"]
    assert asked == ["directory.mine", "messaging.off"]


def test_a_module_switched_off_has_nothing_running_and_no_figures(city):
    author = person_with("messaging.send_message", Permission.VIEW_OVERVIEW)
    survey(author, 1)
    assert of(author, "messaging.surveys") is not None
    city.modules = ["directory"]

    assert of(author, "messaging.surveys") is None
    codes = {one.code.partition(".")[0] for one in overview_for(author)}
    assert codes == {"todo", "procedures"}


def values(figures, code):
    [found] = [one for one in figures if one.code == code]
    return {part.label: part.value for part in found.parts}


def test_the_city_in_numbers_is_what_its_rows_say(case, clerk, head):
    director = person_with(Permission.VIEW_OVERVIEW)
    survey(messaging.clerk(), 3, answers=1, due_at=SOON)
    closed = cases.submitted(case.procedure, head, _unit(case))
    cases.perform(closed, clerk, "rejected", reason="Nie.")
    now = timezone.now()
    Waiting.objects.filter(code="procedures.act").update(due_at=now - timedelta(days=1))

    figures = overview_for(director)

    assert values(figures, "todo.terms") == {
        "po terminie": 1,
        "na dziś": 0,
        "w ciągu 7 dni": 2,
        "później i bez terminu": 0,
    }
    assert values(figures, "todo.late") == {"Krok w sprawie": 1}
    assert values(figures, "procedures.moves") == {
        "urząd, w terminie": 1,
        "urząd, po terminie": 0,
        "wnioskodawca": 0,
        "zapytani o opinię": 0,
    }
    assert values(figures, "procedures.kinds") == {"Grant": 1}
    assert values(figures, "procedures.ends") == {"pozytywnie": 0, "odmownie": 1, "wycofane": 0}
    assert values(figures, "messaging.answers") == {
        "w terminie": 1,
        "po terminie": 0,
        "brak, po terminie": 0,
        "brak, jest jeszcze czas": 2,
    }
    days = values(figures, "messaging.days")
    assert (len(days), sum(days.values())) == (14, 1)


def _unit(case):
    return Unit.objects.get(pk=case.unit_id)


def test_only_who_sees_the_whole_city_gets_its_numbers(api, in_south):
    unit = UnitFactory()
    in_one_unit = person_with(Permission.VIEW_OVERVIEW, scope_kind="unit", scope_id=unit.pk)
    director = person_with(Permission.VIEW_OVERVIEW)
    with in_south():
        survey(messaging.clerk(), 4)

    for person in (PersonFactory(), in_one_unit):
        with pytest.raises(MissingPermission):
            overview_for(person)
        assert api(person).get(OVERVIEW).status_code == 403
    assert sum(values(overview_for(director), "messaging.answers").values()) == 0


def test_the_overview_costs_the_same_in_a_busy_city(
    case, head, api, monkeypatch, django_assert_num_queries
):
    client = api(person_with(Permission.VIEW_OVERVIEW))
    fake = Figure("directory.fake", "Naprawy", "bars", [Part("dach", 3)])
    source = FigureSource("directory.fake", lambda: [fake])
    monkeypatch.setitem(registry._figures, source.code, source)

    with django_assert_num_queries(11):
        assert client.get(OVERVIEW).json()[-1]["title"] == "Naprawy"
    survey(messaging.clerk(), 9, answers=3)
    for _ in range(3):
        cases.submitted(case.procedure, head, _unit(case))
    with django_assert_num_queries(11):
        client.get(OVERVIEW)
