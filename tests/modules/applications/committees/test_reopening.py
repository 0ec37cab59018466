"""The chair opens a closed scoring again; a member takes back what they declared by mistake.

2 s of CPU.
"""

import pytest

from audit.models import Entry
from modules.applications.models import Recommendation
from opium.errors import NotFound
from procedures.errors import ActionIncomplete, ConflictKnown, NothingToUndo, NotYourPart
from procedures.models import Exclusion
from procedures.selectors.case_list import cases_visible_to
from procedures.selectors.reopening import own_conflicts
from procedures.services import steps, ties
from procedures.services.conflicts import take_back_conflict
from tests.factories import applications as made
from tests.factories import procedures
from todo import selectors as todo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unit")]
CASES, CONFLICTS = "/api/v1/procedures/cases/", "/api/v1/procedures/conflicts/"


def scoring_with_a_check():
    """Closed scores wait for somebody, so that there is a time before the division."""
    card = made.forms.published(made.POINTS, name="Karta")
    stages = [
        procedures.stage("nabor", "submission", "applicant"),
        procedures.stage(
            "ocena", "scoring", "komisja", form=str(card.pk), parameters={"points": "punkty"}
        ),
        procedures.stage("podzial", "formal_check", "referent"),
        procedures.end(),
    ]
    ways = [
        procedures.way("nabor", "submitted", "ocena"),
        procedures.way("ocena", "scored", "podzial"),
        procedures.way("podzial", "complete", "koniec"),
    ]
    return procedures.published(stages, ways)


@pytest.fixture
def closed(people, head, unit, now_as):
    deputy = made.seat(people[1], "deputy")
    seats = [made.seat(people[0], "chair"), deputy, made.seat(people[2])]
    call = made.judged_by(made.committee(*seats), procedure=scoring_with_a_check())
    case = made.handed_in(call, head, unit).case
    for one, points in zip(people, "789", strict=True):
        made.score(one, case, points)
    return procedures.perform(case, now_as(people[0]), "scored")


def test_the_chair_or_a_deputy_opens_it_again_with_a_reason_and_the_scores_stay(
    closed, people, now_as
):
    case = procedures.fresh(closed)
    assert case.stage == "podzial"

    event = steps.reopen_scoring(actor=now_as(people[1]), case=case, reason="Pomylony wniosek.")

    case = procedures.fresh(case)
    assert (case.stage, case.round) == ("ocena", 1)
    assert [vote.points for vote in case.votes.filter(is_valid=True)] == [7, 8, 9]
    assert (event.label, event.reason) == ("Otwarto ocenę ponownie", "Pomylony wniosek.")
    assert Entry.objects.get(deed="procedures.reopen_scoring").actor_id == people[1].pk
    procedures.perform(case, now_as(people[2]), "change_score")
    made.score(people[2], case, "3")
    assert procedures.perform(case, now_as(people[0]), "scored").facts["ocena"]["wynik"] == "6.00"


def test_a_member_opens_nothing_nor_anybody_without_a_reason(closed, people, now_as, api):
    with pytest.raises(NotYourPart):
        steps.reopen_scoring(actor=now_as(people[2]), case=closed, reason="Chcę.")
    with pytest.raises(ActionIncomplete):
        steps.reopen_scoring(actor=now_as(people[0]), case=closed, reason="  ")
    answer = api(now_as(people[0])).post(f"{CASES}{closed.pk}/reopen_scoring/", {"reason": ""})
    assert answer.status_code == 400
    assert "Podaj powód" in answer.content.decode()
    assert procedures.fresh(closed).stage == "podzial"


def test_the_page_offers_it_to_whoever_leads_and_to_nobody_else(closed, people, api, now_as):
    for person, is_offered in ((people[0], True), (people[1], True), (people[2], False)):
        page = api(now_as(person)).get(f"{CASES}{closed.pk}/").json()
        assert ("reopen_scoring" in page["can"]) is is_offered
    answer = api(now_as(people[1])).post(
        f"{CASES}{closed.pk}/reopen_scoring/", {"reason": "Pomyłka."}
    )
    assert (answer.status_code, answer.json()["stage"]["key"]) == (200, "ocena")


def test_nothing_is_opened_once_something_has_come_of_it(closed, people, now_as):
    clerk = procedures.officer("referent")
    made.renew(closed)
    case = procedures.perform(closed, clerk, "complete")
    with pytest.raises(NothingToUndo, match="nie było zamknięcie oceny"):
        steps.reopen_scoring(actor=now_as(people[0]), case=case, reason="Pomyłka.")


def test_nothing_is_opened_while_a_division_stands_on_it(closed, people, now_as):
    call = closed.application.call
    said = {"order": [{"by": "kwota"}], "amount": {"way": "asked", "by": "kwota"}}
    scenario = made.services.draft_scenario(actor=made.SYSTEM, call=call, name="A", rules=said)
    Recommendation.objects.create(
        call=call,
        edition=scenario.edition,
        rows=[{"case": str(closed.pk)}],
        total=0,
        made_at=closed.opened_at,
    )
    with pytest.raises(NothingToUndo, match="Najpierw zwróć rekomendację"):
        steps.reopen_scoring(actor=now_as(people[0]), case=closed, reason="Pomyłka.")


def test_the_chairs_list_says_what_closes_each_and_what_it_lacks(people, head, unit, api, now_as):
    call = made.judged_by(made.committee(*people))
    full, short = (made.handed_in(call, head, unit).case for _ in range(2))
    for one in people:
        made.score(one, full)
    made.score(people[0], short)
    panel = full.referrals.get().panel_id

    rows = api(now_as(people[0])).get(f"/api/v1/applications/committees/{panel}/matters/").json()

    assert [(one["case"], one["closing"], one["lacks"]) for one in rows] == [
        (str(full.pk), "scored", ""),
        (
            str(short.pk),
            "scored",
            "Oddano 1 z 3 potrzebnych ocen. Nie ocenili jeszcze: Bogdan Kowal, Celina Kowal.",
        ),
    ]


@pytest.fixture
def left(people, head, unit, now_as):
    """A matter that the second member has left by mistake."""
    case = made.handed_in(made.judged_by(made.committee(*people)), head, unit).case
    procedures.perform(case, now_as(people[1]), "declare_conflict")
    return procedures.fresh(case)


def test_a_conflict_declared_by_mistake_is_taken_back_and_the_member_scores(
    left, people, api, now_as
):
    browser = api(now_as(people[1]))
    [mine] = browser.get(CONFLICTS).json()
    assert mine["title"] == left.title

    answer = browser.post(f"{CONFLICTS}{mine['id']}/take_back/", {"reason": "Nie ten wniosek."})

    assert answer.status_code == 204
    assert browser.get(CONFLICTS).json() == []
    assert cases_visible_to(now_as(people[1])).get() == left
    assert todo.todo_of(now_as(people[1])).get().what == "Oceń"
    event = left.events.latest("number")
    assert (event.label, event.reason) == (
        "Członek komisji wycofał swoje wyłączenie",
        "Nie ten wniosek.",
    )
    assert Entry.objects.get(deed="procedures.take_back_conflict").actor_id == people[1].pk
    assert made.score(people[1], left, "7").votes.get().points == 7


def test_what_one_has_left_blindly_is_called_by_its_nick(people, head, unit, now_as):
    phases = [{"hides_applicant": True}]
    call = made.judged_by(made.committee(*people, phases=phases))
    case = made.handed_in(call, head, unit).case
    procedures.perform(case, now_as(people[1]), "declare_conflict")

    assert own_conflicts(now_as(people[1])).get().title == case.nick_row.name


def test_it_is_nobody_elses_to_take_back_and_not_after_the_closing(left, people, api, now_as):
    exclusion = Exclusion.objects.get()
    other = api(now_as(people[0]))
    assert other.get(CONFLICTS).json() == []
    url = f"{CONFLICTS}{exclusion.pk}/take_back/"
    assert other.post(url, {"reason": "Bo tak."}).status_code == 404
    with pytest.raises(NotFound):
        take_back_conflict(actor=now_as(people[0]), exclusion=exclusion, reason="Bo tak.")
    for one in (people[0], people[2]):
        made.score(one, left)
    procedures.perform(left, now_as(people[0]), "scored")
    assert api(now_as(people[1])).post(url, {"reason": "Za późno."}).status_code == 404


def test_what_is_known_from_data_is_not_taken_back(left, people, unit, now_as):
    ties.declare_tie(actor=people[1], name="SP Siódma", unit_id=unit.pk)
    with pytest.raises(ConflictKnown):
        take_back_conflict(
            actor=now_as(people[1]), exclusion=Exclusion.objects.get(), reason="Pomyłka."
        )
    ties.declare_tie(actor=people[2], name="SP Siódma", unit_id=unit.pk)
    assert not own_conflicts(people[2]).exists()
