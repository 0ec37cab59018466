"""Whose each application is to score: by rule, by hand, evened, anew after an exclusion."""

from collections import Counter
from uuid import uuid4

import pytest

from forms.models import Sheet
from modules.applications.errors import NotLeading
from modules.applications.selectors import scorings_of
from modules.applications.services import allotting
from notifications.models import Notification
from procedures.errors import (
    AllottedAlready,
    NotAllotted,
    NotBeingScored,
    NotSeated,
    NotYourPart,
    PersonExcluded,
    ScoredAlready,
)
from procedures.models import Allotment, Panel
from procedures.seating import Move, evened
from procedures.selectors.case_list import cases_visible_to
from procedures.services import steps, ties
from procedures.services.steps import telling
from tests.factories import applications as made
from tests.factories import procedures
from tests.factories.directory import UnitFactory
from todo import selectors as todo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unit")]


@pytest.fixture
def chair(people, api):
    return api(people[0])


def scorers(case):
    open_ones = Allotment.objects.filter(referral__case=case, ended_at=None)
    return {one.person for one in open_ones.select_related("person")}


def loads():
    open_ones = Allotment.objects.filter(ended_at=None)
    return Counter(open_ones.values_list("person__first_name", flat=True))


@pytest.fixture
def panel(people):
    """Two of the three score each application."""
    call = made.judged_by(made.committee(*people, each_to=2))
    return Panel.objects.get(owner_id=call.pk), call


@pytest.fixture
def handed(panel, head, unit):
    """Hands another application of the unit in; gives its case."""
    return lambda: made.handed_in(panel[1], head, unit).case


def test_each_application_goes_to_so_many_with_equal_loads(handed, panel, people, now_as):
    cases = [handed() for _ in range(6)]

    assert [len(scorers(case)) for case in cases] == [2] * 6
    assert loads() == {"Anna": 4, "Bogdan": 4, "Celina": 4}
    [told] = scorings_of(now_as(people[1]))
    assert (told.done, told.total) == (0, 4)
    strange = next(case for case in cases if people[1] not in scorers(case))
    assert not cases_visible_to(now_as(people[1])).filter(pk=strange.pk).exists()
    with pytest.raises(NotYourPart):
        steps.perform(actor=now_as(people[1]), case=strange, action="give_score")


def test_looking_again_changes_nothing(handed, panel):
    case = handed()
    before = scorers(case)
    for _ in range(3):
        made.renew(case)
    assert scorers(case) == before


def test_nobody_is_given_what_they_are_too_near_to(handed, panel, people, unit):
    ties.declare_tie(actor=people[0], name="SP Siódma", unit_id=unit.pk)
    cases = [handed() for _ in range(3)]

    assert [scorers(case) for case in cases] == [set(people[1:])] * 3


def test_an_exclusion_gives_the_application_to_the_next_one_and_tells(
    handed, panel, people, now_as
):
    case = handed()
    gone = next(iter(scorers(case)))
    [spare] = set(people) - scorers(case)
    Notification.objects.all().delete()

    procedures.perform(case, now_as(gone), "declare_conflict", reason="Znam autora.")
    telling.tell_event(case.events.latest("number"))

    assert spare in scorers(case)
    assert gone not in scorers(case)
    assert todo.todo_of(now_as(spare)).get().what == "Oceń"
    assert set(Notification.objects.values_list("person", flat=True)) == {spare.pk}
    ended = Allotment.objects.get(ended_at__isnull=False)
    assert (ended.person, ended.reason) == (gone, "Wyłączenie z oceny.")


def test_the_chair_gives_an_application_by_hand_and_takes_it_back_with_a_reason(
    handed, panel, people, now_as
):
    committee, _call = panel
    case = handed()
    [spare] = set(people) - scorers(case)
    other = next(one for one in scorers(case) if one != people[0])
    chair = now_as(people[0])

    allotting.allot_application(
        actor=chair, committee=committee, case_id=case.pk, person_id=spare.pk
    )
    allotting.withdraw_allotment(
        actor=chair, committee=committee, case_id=case.pk, person_id=other.pk, reason="Urlop."
    )

    made.renew(case)
    assert other not in scorers(case)
    assert spare in scorers(case)
    assert Sheet.objects.filter(owner_id=case.pk, person=spare).exists()
    with pytest.raises(NotYourPart):
        steps.perform(actor=now_as(other), case=case, action="give_score")


def test_what_cannot_be_given_by_hand_is_refused_with_its_sentence(
    handed, panel, people, head, unit
):
    committee, call = panel
    case = handed()
    [spare] = set(people) - scorers(case)
    mine = next(iter(scorers(case)))
    clerk = made.clerk()

    def give(person, which=case):
        allotting.allot_application(
            actor=clerk, committee=committee, case_id=which.pk, person_id=person.pk
        )

    def take(person):
        allotting.withdraw_allotment(
            actor=clerk, committee=committee, case_id=case.pk, person_id=person.pk, reason="Urlop"
        )

    with pytest.raises(AllottedAlready):
        give(mine)
    with pytest.raises(NotSeated):
        give(made.judge())
    with pytest.raises(NotAllotted):
        take(spare)
    ties.declare_tie(actor=spare, name="SP Siódma", unit_id=unit.pk)
    with pytest.raises(PersonExcluded):
        give(spare)
    made.score(mine, case)
    with pytest.raises(ScoredAlready):
        take(mine)
    with pytest.raises(NotBeingScored):
        give(mine, made.begun(call, head, unit).case)


def test_whoever_does_not_lead_gives_nothing(handed, panel, people, now_as):
    committee, _ = panel
    handed()
    with pytest.raises(NotLeading, match="Komisja"):
        allotting.even_committee(actor=now_as(people[1]), committee=committee)


def test_evening_moves_what_nobody_has_begun_to_whoever_has_come(handed, panel, people, now_as):
    committee, call = panel
    cases = [handed() for _ in range(6)]
    late = made.judge(first_name="Daria")
    begun = next(case for case in cases if people[1] in scorers(case))
    made.fill_card(people[1], begun, punkty="3")
    made.republish(call, made.committee(*people, late, each_to=2))
    assert "Daria" not in loads()

    moved = allotting.even_committee(actor=now_as(people[0]), committee=committee)

    assert moved == 3
    assert loads() == {"Anna": 3, "Bogdan": 3, "Celina": 3, "Daria": 3}
    assert [len(scorers(case)) for case in cases] == [2] * 6
    assert people[1] in scorers(begun)
    assert allotting.even_committee(actor=now_as(people[0]), committee=committee) == 0


def test_loads_are_evened_as_far_as_conflicts_let_them():
    anna, bogdan, celina = (uuid4() for _ in range(3))
    first, second, third, fourth = sorted(uuid4() for _ in range(4))
    all_four = {first, second, third, fourth}

    moves = evened([anna, bogdan, celina], {anna: all_four}, {anna: all_four}, {bogdan: all_four})

    assert moves == [Move(first, anna, celina), Move(second, anna, celina)]
    assert evened([anna, bogdan], {anna: all_four}, {anna: set()}, {}) == []


def test_the_next_one_is_the_one_with_the_fewest_scores_among_mine(handed, panel, people, now_as):
    cases = [handed() for _ in range(6)]
    me, other = people[1], people[2]
    mine = [case for case in cases if me in scorers(case)]
    shared = next(case for case in mine if other in scorers(case))
    made.score(other, shared)

    [told] = scorings_of(now_as(me))

    assert told.next in {case.pk for case in mine} - {shared.pk}


def url(committee, more=""):
    return f"/api/v1/applications/committees/{committee.pk}/{more}"


def post(browser, address, body=None):
    return browser.post(
        address,
        body or {},
        content_type="application/json",
        headers={"Idempotency-Key": uuid4().hex},
    )


def test_the_chair_sees_over_the_api_how_far_each_member_is_and_no_score_before_the_end(
    handed, panel, people, api, now_as
):
    committee, _call = panel
    case = handed()
    first, second = sorted(scorers(case), key=lambda one: one.first_name)
    made.score(first, case, "9")
    chair = api(now_as(people[0]))

    [listed] = chair.get("/api/v1/applications/committees/").json()
    assert (listed["id"], listed["leads"]) == (str(committee.pk), True)
    sittings = chair.get(url(committee)).json()["sittings"]
    assert {one["name"]: (one["allotted"], one["scored"]) for one in sittings} == {
        one.display_name: (int(one in {first, second}), int(one == first)) for one in people
    }
    [matter] = chair.get(url(committee, "matters/")).json()
    assert [(one["standing"], one["points"]) for one in matter["judgements"]] == [
        ("scored", None),
        ("waits", None),
    ]
    assert matter["result"] == {}

    made.score(second, case, "2")
    procedures.perform(case, now_as(people[0]), "scored")
    [matter] = chair.get(url(committee, "matters/")).json()
    assert [(one["points"], one["is_far"]) for one in matter["judgements"]] == [
        ("9.00", True),
        ("2.00", True),
    ]
    assert (matter["result"]["wynik"], matter["result"]["rozstep"]) == ("5.50", "7.00")


def test_a_member_has_no_page_of_the_committee_and_a_stranger_neither(panel, people, api, now_as):
    committee, _ = panel
    for person in (people[1], made.judge()):
        browser = api(now_as(person))
        assert browser.get("/api/v1/applications/committees/").json() == []
        for more in ("", "matters/"):
            assert browser.get(url(committee, more)).status_code == 404
        assert post(browser, url(committee, "evening/")).status_code == 404


def test_a_chair_who_is_excluded_finds_neither_the_matter_nor_a_number_of_it(
    handed, panel, people, unit, chair
):
    committee, call = panel
    ties.declare_tie(actor=people[0], name="SP Siódma", unit_id=unit.pk)
    before = chair.get(url(committee)).json()

    handed()
    other = UnitFactory()

    assert chair.get(url(committee)).json() == before
    assert chair.get(url(committee, "matters/")).json() == []
    made.handed_in(call, procedures.head_of(other), other)
    assert len(chair.get(url(committee, "matters/")).json()) == 1


def test_a_chairs_pages_cost_the_same_for_one_matter_and_for_many(
    handed, panel, chair, django_assert_num_queries
):
    committee, _ = panel
    handed()
    chair.get(url(committee, "matters/"))
    for _ in range(2):
        for more, cost in (("", 14), ("matters/", 13)):
            with django_assert_num_queries(cost):
                chair.get(url(committee, more))
        for _ in range(3):
            handed()
