"""Who is too near to a matter never sees it, nor a number that would betray it."""

import pytest

from audit.models import Entry
from modules.applications.selectors import scorings_of
from notifications.models import Notification
from procedures.errors import ActionNotAvailable, NotYourPart, TieDeclared, TieToOneself, TieUnclear
from procedures.models import Allotment, Exclusion
from procedures.selectors.case_list import cases_visible_to
from procedures.services import steps, ties
from procedures.services.steps import telling
from tests.factories import applications as made
from tests.factories import procedures
from tests.factories.directory import MembershipFactory, UnitFactory
from todo import selectors as todo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unit")]
URL = "/api/v1/applications/"


@pytest.fixture
def watching(people):
    """Three of the committee who also watch every call and every matter of the city."""
    return [
        made.clerk(first_name="Widzi", last_name=f"Wszystko {number}")
        for number, _ in enumerate(people)
    ]


def everything_told(api, person, call):
    """Whatever the person is told of the call and its matters, wherever it is told."""
    browser = api(person)
    listed = browser.get(f"{URL}calls/").json()["results"]
    told = [one for one in listed if one["id"] == str(call.pk)]
    return {
        "calls": told,
        "figures": browser.get(f"{URL}calls/{call.pk}/figures/").json(),
        "applications": browser.get(f"{URL}calls/{call.pk}/applications/").json()["count"],
        "cases": browser.get("/api/v1/procedures/cases/").json()["count"],
        "search": browser.get("/api/v1/procedures/cases/?search=siodma").json()["count"],
        "scoring": browser.get(f"{URL}scoring/").json(),
        "todo": browser.get("/api/v1/todo/waiting/").json()["count"],
        "bell": [
            one.title for one in Notification.objects.filter(person=person).order_by("created_at")
        ],
    }


def give_right_to_act(person):
    role = made.judge().assignments.get().role
    person.assignments.create(role=role, scope_kind="city")


def test_whoever_is_of_the_applicants_unit_is_told_nothing_and_no_total_betrays_it(
    watching, head, unit, api, now_as
):
    own, *others = watching
    for one in watching:
        give_right_to_act(one)
    call = made.judged_by(made.committee(others[0], others[1], own))
    MembershipFactory(person=own, unit=unit)
    before = everything_told(api, own, call)

    case = made.handed_in(call, head, unit).case
    telling.tell_event(case.events.latest("number"))
    made.score(others[0], case)

    assert everything_told(api, own, call) == before
    browser = api(own)
    assert browser.get(f"/api/v1/procedures/cases/{case.pk}/").status_code == 404
    assert browser.get(f"{URL}calls/{call.pk}/applications/export/").status_code == 200
    assert everything_told(api, others[0], call)["applications"] == 1
    with pytest.raises(NotYourPart):
        steps.perform(actor=now_as(own), case=case, action="give_score")


def test_a_tie_declared_to_a_unit_excludes_before_anything_is_shown(people, head, unit, now_as):
    call = made.judged_by(made.committee(*people))
    ties.declare_tie(actor=people[1], name="SP Siódma", unit_id=unit.pk)

    case = made.handed_in(call, head, unit).case

    found = Exclusion.objects.get()
    assert (found.person, found.reason) == (people[1], "Zgłoszone powiązanie.")
    assert not todo.todo_of(now_as(people[1])).exists()
    assert not cases_visible_to(now_as(people[1])).exists()
    assert scorings_of(now_as(people[1])) == []
    other = UnitFactory()
    theirs = made.handed_in(call, procedures.head_of(other), other).case
    assert list(cases_visible_to(now_as(people[1]))) == [theirs]
    assert case.exclusions.count() == 1


def test_a_tie_declared_to_a_person_excludes_from_what_that_person_has_written(
    people, head, unit, now_as
):
    call = made.judged_by(made.committee(*people))
    ties.declare_tie(actor=people[1], name="SP Siódma", person_id=head.pk)

    made.handed_in(call, head, unit)

    assert not cases_visible_to(now_as(people[1])).exists()
    assert cases_visible_to(now_as(people[2])).exists()


def test_a_tie_declared_during_the_scoring_takes_the_matter_away_at_once(
    people, head, unit, now_as
):
    call = made.judged_by(made.committee(*people))
    case = made.handed_in(call, head, unit).case
    assert cases_visible_to(now_as(people[0])).exists()

    ties.declare_tie(actor=people[0], name="SP Siódma", unit_id=unit.pk)

    assert not cases_visible_to(now_as(people[0])).exists()
    made.renew(case)
    for one in people[1:]:
        made.score(one, case)
    with pytest.raises(ActionNotAvailable, match="Wyłączono Cię z oceny tej sprawy"):
        steps.perform(actor=now_as(people[0]), case=case, action="scored")


def test_a_chair_who_is_too_near_neither_sees_nor_closes_it_and_the_deputy_does(
    people, head, unit, now_as
):
    deputy = made.seat(people[1], "deputy")
    call = made.judged_by(
        made.committee(made.seat(people[0], "chair"), deputy, made.seat(people[2]))
    )
    ties.declare_tie(actor=people[0], name="SP Siódma", unit_id=unit.pk)
    case = made.handed_in(call, head, unit).case
    for one in people[1:]:
        made.score(one, case)

    assert not cases_visible_to(now_as(people[0])).exists()
    with pytest.raises(ActionNotAvailable, match="Wyłączono Cię z oceny tej sprawy"):
        steps.perform(actor=now_as(people[0]), case=case, action="scored")
    closed = procedures.perform(case, now_as(people[1]), "scored")
    assert closed.facts["ocena"]["liczba"] == "2"


def test_whoever_excludes_themselves_says_why_and_is_told_nothing_more(
    people, head, unit, now_as, api
):
    call = made.judged_by(made.committee(*people))
    case = made.handed_in(call, head, unit).case

    procedures.perform(case, now_as(people[1]), "declare_conflict", reason="Kuzynka prowadzi.")

    assert Exclusion.objects.get().reason == "Kuzynka prowadzi."
    assert not cases_visible_to(now_as(people[1])).exists()
    assert api(now_as(people[1])).get(f"{URL}scoring/").json() == []
    for action in ("give_score", "abstain", "change_score", "declare_conflict"):
        with pytest.raises(ActionNotAvailable, match="Wyłączono Cię z oceny tej sprawy"):
            steps.perform(actor=now_as(people[1]), case=case, action=action)


def test_whose_exclusion_was_lifted_scores_the_matter_again(people, head, unit, now_as):
    call = made.judged_by(made.committee(*people))
    case = made.handed_in(call, head, unit).case
    tie = ties.declare_tie(actor=people[1], name="SP Siódma", unit_id=unit.pk)
    case = made.renew(case)
    assert not todo.todo_of(now_as(people[1])).exists()
    steps.undo(actor=now_as(head), case=case)
    ties.end_tie(actor=people[1], tie=tie)

    case = procedures.perform(procedures.fresh(case), now_as(head), "submitted")

    assert not case.exclusions.filter(lifted_in=None).exists()
    assert made.score(people[1], case, "7").votes.get().points == 7


@pytest.mark.parametrize("ends", [False, True])
def test_what_was_taken_by_hand_or_from_who_is_still_excluded_no_rule_gives_back(
    people, head, unit, now_as, ends
):
    call = made.judged_by(made.committee(*people))
    case = made.handed_in(call, head, unit).case
    tie = ties.declare_tie(actor=people[1], name="SP Siódma", unit_id=unit.pk)
    case = made.renew(case)
    if ends:
        ties.end_tie(actor=people[1], tie=tie)
        Allotment.objects.filter(person=people[1]).update(reason="Tak postanowiła komisja.")
    steps.undo(actor=now_as(head), case=case)

    procedures.perform(procedures.fresh(case), now_as(head), "submitted")

    assert not todo.todo_of(now_as(people[1])).exists()
    assert Allotment.objects.filter(person=people[1]).count() == 1


def test_who_joins_a_committee_is_excluded_in_the_same_moment(people, head, unit, now_as):
    call = made.judged_by(made.committee(*people[:2]))
    case = made.handed_in(call, head, unit).case
    MembershipFactory(person=people[2], unit=unit)

    made.republish(call, made.committee(people[0], people[1], made.seat(people[2], "deputy")))

    assert case.exclusions.get().person == people[2]
    assert not cases_visible_to(now_as(people[2])).exists()


def test_somebody_excluded_does_not_wait_for_it_in_another_part_either(head, unit, now_as):
    clerk = procedures.officer("komisja", "referent")
    other = procedures.officer("komisja")
    ties.declare_tie(actor=clerk, name="SP Siódma", unit_id=unit.pk)
    stages = [
        procedures.stage("nabor", "submission", "applicant"),
        procedures.stage(
            "ocena",
            "scoring",
            "komisja",
            form=str(made.forms.published(made.POINTS, name="Karta").pk),
            parameters={"points": "punkty"},
        ),
        procedures.stage("potem", "formal_check", "referent"),
        procedures.end(),
    ]
    ways = [
        procedures.way("nabor", "submitted", "ocena"),
        procedures.way("ocena", "scored", "potem"),
        procedures.way("potem", "complete", "koniec"),
    ]
    case = procedures.submitted(procedures.published(stages, ways), head, unit)
    made.score(other, case)
    case = procedures.perform(case, now_as(other), "scored")

    assert case.stage == "potem"
    assert not todo.todo_of(now_as(clerk)).exists()


def test_a_tie_is_said_whole_once_and_of_somebody_else(people, unit):
    one = people[0]
    with pytest.raises(TieUnclear):
        ties.declare_tie(actor=one, name="SP Siódma")
    with pytest.raises(TieToOneself):
        ties.declare_tie(actor=one, name="SP Siódma", person_id=one.pk)
    tie = ties.declare_tie(actor=one, name="SP Siódma", unit_id=unit.pk)
    with pytest.raises(TieDeclared, match="SP Siódma"):
        ties.declare_tie(actor=one, name="SP Siódma", unit_id=unit.pk)
    ties.end_tie(actor=one, tie=tie)
    assert ties.declare_tie(actor=one, name="SP Siódma", unit_id=unit.pk).pk != tie.pk


def test_ties_are_read_by_nobody_but_who_declared_them(people, unit, api):
    ties.declare_tie(actor=people[0], name="SP Siódma", unit_id=unit.pk)
    url = "/api/v1/procedures/ties/"

    [mine] = api(people[0]).get(url).json()
    assert mine["name"] == "SP Siódma"
    assert api(people[1]).get(url).json() == []
    assert api(people[1]).delete(f"{url}{mine['id']}/").status_code == 404
    assert api(people[0]).delete(f"{url}{mine['id']}/").status_code == 204
    assert api(people[0]).get(url).json() == []


def test_the_log_does_not_say_to_whom_somebody_is_near(people, unit):
    ties.declare_tie(actor=people[0], name="SP Siódma", unit_id=unit.pk)
    entry = Entry.objects.get(deed="procedures.declare_tie")
    assert "SP Siódma" not in f"{entry.before} {entry.after} {entry.target_label}"
