from uuid import uuid4

import pytest

from accounts.models import Assignment, Function, Holder, Role
from accounts.services import assign_role, give_function
from audit.models import Entry
from forms.models import Sheet
from forms.permissions import may_fill, may_view
from forms.services import save_answers
from opium.permissions import SYSTEM
from outbox.models import Job
from outbox.registry import TASKS
from procedures.errors import ActionNotAvailable, NotYourPart
from procedures.models import Case, Exclusion, Vote
from procedures.selectors.case_list import cases_visible_to
from procedures.services import steps
from procedures.waits import OWNER
from tests.factories import forms
from tests.factories import procedures as made
from tests.factories.directory import MembershipFactory
from todo import selectors as todo

pytestmark = pytest.mark.django_db


def sheet_of(case, person):
    return Sheet.objects.get(owner_kind=OWNER, owner_id=case.pk, person=person)


def score(case, member, points):
    sheet = sheet_of(case, member)
    save_answers(
        actor=SYSTEM,
        sheet=sheet,
        changes={"punkty": str(points)},
        draft_version=sheet.draft_version,
    )
    return made.perform(case, member, "give_score")


def test_each_member_scores_on_a_sheet_of_their_own(scored, members):
    case = scored()

    for member, points in zip(members, (10, 7, 4), strict=True):
        case = score(case, member, points)

    case = made.perform(case, members[0], "scored")
    assert case.facts["ocena"] == {
        "wynik": "7.00",
        "dokladnie": "7.0000000000",
        "srednia_ocen": "7.00",
        "mediana_ocen": "7.00",
        "liczba": "3",
        "rozstep": "6.00",
        "wstrzymane": "0",
    }
    assert not case.is_open


@pytest.mark.parametrize(
    ("way", "result"), [("mean", "6.67"), ("median", "9.00"), ("sum", "20.00")]
)
def test_the_result_is_a_mean_a_median_or_a_sum(scored, members, way, result):
    case = scored(aggregate=way, closes_alone=True)

    for member, points in zip(members, (10, 9, 1), strict=True):
        case = score(case, member, points)

    assert (case.stage, case.facts["ocena"]["wynik"]) == ("koniec", result)


def test_nobody_sees_anothers_sheet_or_score_before_the_closing(scored, members):
    case = scored()
    case = score(case, members[0], 5)
    theirs = sheet_of(case, members[0])

    assert may_view(members[0], theirs)
    assert not may_view(members[1], theirs)
    assert not may_fill(members[1], theirs)
    assert not may_view(made.officer(), theirs)

    score(case, members[1], 6)
    score(case, members[2], 7)
    made.perform(case, members[0], "scored")
    assert may_view(members[1], sheet_of(case, members[0]))


def test_others_scores_come_to_the_page_only_when_the_stage_is_closed(scored, members, api):
    case = scored()
    score(case, members[0], 5)
    url = f"/api/v1/procedures/cases/{case.pk}/"

    assert len(api(members[0]).get(url).json()["votes"]) == 1
    assert api(members[1]).get(url).json()["votes"] == []

    for member in members[1:]:
        score(case, member, 6)
    made.perform(case, members[0], "scored")
    assert len(api(members[1]).get(url).json()["votes"]) == 3


def test_a_score_is_given_once(scored, members):
    case = scored()
    score(case, members[0], 5)

    with pytest.raises(ActionNotAvailable, match="już oddana"):
        steps.perform(actor=members[0], case=case, action="give_score")


def test_the_quorum_holds_the_closing_back(scored, members):
    case = scored(quorum="2")
    score(case, members[0], 5)

    with pytest.raises(ActionNotAvailable, match="Oddano 1 z 2"):
        steps.perform(actor=members[0], case=case, action="scored")
    score(case, members[1], 5)
    assert made.perform(case, members[0], "scored").facts["ocena"]["liczba"] == "2"


def test_a_declared_conflict_excludes_and_the_rest_decide(scored, members):
    case = scored(closes_alone=True)

    made.perform(case, members[0], "declare_conflict", reason="Pracuje tam moja siostra.")

    found = Exclusion.objects.get()
    assert (found.person, found.is_declared, found.reason) == (
        members[0],
        True,
        "Pracuje tam moja siostra.",
    )
    assert not cases_visible_to(members[0]).exists()
    assert not todo.todo_of(members[0]).exists()
    with pytest.raises(ActionNotAvailable, match="Wyłączono"):
        steps.perform(actor=members[0], case=case, action="give_score")
    score(case, members[1], 5)
    assert not score(case, members[2], 7).is_open


@pytest.mark.parametrize("scope", ["city", "unit", "matter"])
def test_no_right_however_wide_shows_a_case_to_whoever_is_excluded(
    scored, members, unit, api, scope
):
    case = scored()
    places = {"city": None, "unit": unit.pk, "matter": case.procedure_id}
    role = Role.objects.create(name="Podgląd", permissions=[str(made.Permission.VIEW_CASES)])
    Assignment.objects.filter(person=members[0]).update(scope_kind="unit", scope_id=uuid4())
    Assignment.objects.create(
        person=members[0], role=role, scope_kind=scope, scope_id=places[scope]
    )
    url = f"/api/v1/procedures/cases/{case.pk}/"
    assert api(members[0]).get(url).status_code == 200

    Exclusion.objects.create(
        case=case,
        stage=case.stage,
        person=members[0],
        reason="Pracuje tam siostra.",
        is_declared=True,
        excluded_in=case.version,
    )

    assert not cases_visible_to(members[0]).exists()
    assert api(members[0]).get(url).status_code == 404
    assert list(cases_visible_to(members[1])) == [case]


def test_a_member_of_the_applicants_unit_never_sees_the_case(head, unit, members, scored, api):
    own = members[0]
    MembershipFactory(person=own, unit=unit)

    case = scored()

    found = Exclusion.objects.get()
    assert (found.person, found.is_declared) == (own, False)
    assert not cases_visible_to(own).exists()
    assert not todo.todo_of(own).exists()
    assert api(own).get(f"/api/v1/procedures/cases/{case.pk}/").status_code == 404
    with pytest.raises(NotYourPart):
        steps.perform(actor=own, case=case, action="give_score")
    for member in members[1:]:
        case = score(case, member, 5)
    assert made.perform(case, members[1], "scored").facts["ocena"]["liczba"] == "2"


def test_somebody_who_joins_the_committee_gets_a_sheet_the_next_morning(scored, members):
    case = scored()
    late = made.officer("komisja")

    steps.renew_waiting(case=case)

    case = score(made.fresh(case), late, 5)
    assert Vote.objects.get(case=case).person == late


def test_the_secretary_closes_where_the_city_says_so(scored, members):
    secretary = made.officer("referent")
    case = scored(quorum="1", closed_by="referent")
    score(case, members[0], 5)

    with pytest.raises(NotYourPart, match="referent"):
        steps.perform(actor=members[0], case=case, action="scored")
    assert made.perform(case, secretary, "scored").state == Case.State.CLOSED


def test_a_function_nobody_plays_leaves_the_stage_waiting(scored, members):
    Holder.objects.filter(function=Function.objects.get(code="komisja")).delete()

    case = scored()

    with pytest.raises(NotYourPart):
        steps.perform(actor=members[0], case=case, action="give_score")
    assert made.fresh(case).stage == "ocena"


@pytest.fixture
def judged(head, unit, members):
    """A case that goes on with fifty points, and is refused with fewer; its clerk closes it."""
    card = forms.published(
        forms.question("punkty", "number", required=True), name="Karta oceny punktowej"
    )
    stages = [
        made.stage("nabor", "submission", "applicant"),
        made.stage(
            "ocena",
            "scoring",
            "komisja",
            form=str(card.pk),
            parameters={"points": "punkty", "closed_by": "referent"},
        ),
        made.end(),
        made.end("odmowa", "negative"),
    ]
    ways = [
        made.way("nabor", "submitted", "ocena"),
        made.way(
            "ocena", "scored", "koniec", "dalej", label="Do podziału", condition="ocena.wynik >= 50"
        ),
        made.way("ocena", "scored", "odmowa", "za_malo", label="Za mało punktów"),
    ]
    return made.submitted(made.published(stages, ways, functions=["referent"]), head, unit)


@pytest.mark.parametrize(
    ("points", "label", "key", "stage"),
    [
        ((55, 100, 77), "Do podziału", "dalej", "koniec"),
        ((1, 2, 3), "Za mało punktów", "za_malo", "odmowa"),
    ],
)
def test_the_way_that_is_taken_stands_on_the_button_before_and_in_history_and_log_after(  # noqa: PLR0917  # what the way says
    judged, members, clerk, api, points, label, key, stage
):
    case = judged
    for member, given in zip(members, points, strict=True):
        case = score(case, member, given)
    (button,) = api(clerk).get(f"/api/v1/procedures/cases/{case.pk}/").json()["actions"]
    assert (button["label"], button["action"], button["ways"]) == (label, key, [])

    event = steps.perform(actor=clerk, case=case, action=button["action"])

    assert (event.label, event.action, event.to_stage) == (label, key, stage)
    entry = Entry.objects.filter(target_id=str(case.pk), deed="procedures.perform").latest("pk")
    assert entry.after["label"] == label


def test_the_threshold_of_the_result_stands_beside_the_scores_that_are_shown(
    judged, members, clerk, api
):
    case, url = judged, f"/api/v1/procedures/cases/{judged.pk}/"

    def told(person):
        return api(person).get(url).json()["thresholds"]

    assert told(members[0]) == []
    score(case, members[0], 55)
    threshold = {"stage": "ocena", "points": "50.00", "of": "mean"}
    assert (told(members[0]), told(members[1])) == ([threshold], [])
    for member in members[1:]:
        case = score(case, member, 40)
    made.perform(case, clerk, "za_malo")
    assert told(clerk) == [threshold]


def test_a_way_that_was_not_foreseen_is_never_what_history_says(judged, members, clerk):
    case = judged
    for member, given in zip(members, (55, 100, 77), strict=True):
        case = score(case, member, given)

    event = steps.perform(actor=clerk, case=case, action="za_malo")

    assert (event.label, event.action, event.to_stage) == ("Do podziału", "dalej", "koniec")


def test_before_all_have_scored_the_button_promises_no_way(judged, members, clerk, api):
    case = score(judged, members[0], 55)
    (button,) = api(clerk).get(f"/api/v1/procedures/cases/{case.pk}/").json()["actions"]
    assert button["label"] == "Oceniono"
    assert [one["label"] for one in button["ways"]] == ["Do podziału", "Za mało punktów"]
    assert button["blocked"] == "Oddano 1 z 3 potrzebnych ocen."


def run_job(name):
    """Do what waits under that name, as the worker does."""
    job = Job.objects.get(task=name)
    TASKS[name].run(*job.args)


def test_whoever_joins_the_committee_during_the_scoring_has_a_sheet_and_can_score(scored, members):
    case = scored()
    late = made.officer()
    with pytest.raises(NotYourPart):
        steps.perform(actor=late, case=case, action="give_score")
    function = Function.objects.get(code="komisja")

    give_function(actor=SYSTEM, function=function, person=late)

    late = type(late).objects.get(pk=late.pk)
    with pytest.raises(ActionNotAvailable, match="nie jest jeszcze gotowa"):
        steps.perform(actor=late, case=case, action="give_score")
    run_job("procedures.members_change")
    steps.renew_waiting(case=case)
    case = score(made.fresh(case), late, 7)
    assert Vote.objects.get(case=case, person=late).points == 7


def test_a_role_that_plays_the_function_brings_its_new_holder_a_sheet(scored, members):
    case = scored()
    role = Role.objects.create(name="Komisja", permissions=["procedures.act_in_case"])
    give_function(actor=SYSTEM, function=Function.objects.get(code="komisja"), role=role)
    Job.objects.all().delete()
    late = made.officer()

    assign_role(actor=SYSTEM, person=late, role=role)

    run_job("procedures.members_change")
    steps.renew_waiting(case=case)
    assert sheet_of(case, late).state == "draft"


def test_where_nothing_is_scored_a_change_of_functions_plans_nothing():
    give_function(
        actor=SYSTEM, function=Function.objects.create(code="x", name="X"), person=made.officer()
    )
    assert not Job.objects.filter(task="procedures.members_change").exists()
