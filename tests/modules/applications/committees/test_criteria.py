"""The card of scores: weights, scale, labels, a required remark; and what is no zero."""

import pytest

from forms.errors import SheetIncomplete
from modules.applications.selectors import scorings_of
from procedures.errors import ActionNotAvailable, CaseClosed, NotYourPart
from procedures.models import Vote
from procedures.services import steps
from tests.factories import applications as made
from tests.factories import forms, procedures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unit")]
SCALE = {"min": "0", "max": "5", "decimals": 0}
CARD = (
    forms.question("pomysl", "number", required=True, options=SCALE),
    forms.question("wplyw", "number", required=True, options=SCALE),
    forms.question(
        "zasieg",
        "single_choice",
        required=True,
        options={
            "choices": [
                {"key": "szkola", "label": "szkoła"},
                {"key": "miasto", "label": "całe miasto"},
            ]
        },
    ),
    forms.question("uwagi", "long_text", required_when="pomysl < 2"),
    forms.question(
        "punkty", "number", compute='2 * pomysl + wplyw + jeżeli(zasieg = "miasto"; 3; 0)'
    ),
)
GOOD = {"pomysl": "4", "wplyw": "3", "zasieg": "miasto"}


@pytest.fixture
def handed(people, head, unit):
    """Hands an application in, to be scored by the three with a card or in a way of its own."""

    def hand_in(*questions, **parameters):
        procedure = made.scoring_procedure(*(questions or CARD), **parameters)
        call = made.judged_by(made.committee(*people), procedure=procedure)
        return made.handed_in(call, head, unit).case

    return hand_in


def test_weights_and_labels_of_the_scale_make_the_points(handed, people):
    case = made.score(people[1], handed(), **GOOD)
    assert case.votes.get().points == 14


@pytest.mark.parametrize("off", ["-1", "6", "2.5"])
def test_a_score_off_the_scale_is_refused_with_a_sentence_that_names_it(handed, people, off):
    case = handed()
    with pytest.raises(SheetIncomplete) as refused:
        made.score(people[1], case, **{**GOOD, "pomysl": off})
    fault, *_ = refused.value.errors
    assert (fault.field, bool(fault.detail)) == ("pomysl", True)
    assert not Vote.objects.exists()


def test_a_low_score_wants_its_remark(handed, people):
    case = handed()
    with pytest.raises(SheetIncomplete):
        made.score(people[1], case, **{**GOOD, "pomysl": "1"})
    case = made.score(people[1], case, pomysl="1", uwagi="Brak planu.")
    assert case.votes.get().points == 8


def test_a_missing_criterion_is_no_zero_but_no_score(handed, people):
    case = handed()
    with pytest.raises(SheetIncomplete):
        made.score(people[1], case, pomysl="4", zasieg="miasto")


def test_abstaining_is_no_zero_and_waits_no_more(handed, people, now_as):
    case = handed(made.POINTS)
    made.score(people[0], case, "8")
    made.score(people[1], case, "6")
    case = procedures.perform(case, now_as(people[2]), "abstain", reason="Nie znam dziedziny.")

    [told] = scorings_of(now_as(people[2]))
    assert (told.done, told.total, told.next) == (1, 1, None)
    closed = procedures.perform(case, now_as(people[0]), "scored")
    facts = closed.facts["ocena"]
    assert (facts["wynik"], facts["liczba"], facts["wstrzymane"]) == ("7.00", "2", "1")


def test_where_everybody_abstains_nothing_can_be_closed(handed, people, now_as):
    case = handed(made.POINTS)
    for one in people:
        procedures.perform(case, now_as(one), "abstain")
    with pytest.raises(ActionNotAvailable, match="Oddano 0 z 1 potrzebnych ocen"):
        steps.perform(actor=now_as(people[0]), case=case, action="scored")


def test_ones_own_score_can_change_until_the_closing_and_the_older_one_is_kept(
    handed, people, now_as
):
    case = handed(made.POINTS)
    for one, points in zip(people, ("8", "6", "1"), strict=True):
        made.score(one, case, points)
    with pytest.raises(ActionNotAvailable, match="już oddana"):
        steps.perform(actor=now_as(people[2]), case=case, action="give_score")

    procedures.perform(case, now_as(people[2]), "change_score")
    with pytest.raises(ActionNotAvailable, match="Oddano 2 z 3"):
        steps.perform(actor=now_as(people[0]), case=case, action="scored")
    made.score(people[2], case, "7")

    kept = Vote.objects.filter(person=people[2]).order_by("cast_in")
    assert [(one.points, one.is_valid) for one in kept] == [(1, False), (7, True)]
    closed = procedures.perform(case, now_as(people[0]), "scored")
    assert closed.facts["ocena"]["wynik"] == "7.00"
    for action in ("change_score", "give_score"):
        with pytest.raises((CaseClosed, ActionNotAvailable)):
            steps.perform(actor=now_as(people[2]), case=case, action=action)


def test_who_has_not_scored_has_nothing_to_change(handed, people, now_as):
    case = handed(made.POINTS)
    with pytest.raises(ActionNotAvailable, match="nie ma czego zmieniać"):
        steps.perform(actor=now_as(people[1]), case=case, action="change_score")


def test_nobody_changes_anothers_score(handed, people, now_as):
    case = handed(made.POINTS)
    made.score(people[1], case, "8")
    with pytest.raises(ActionNotAvailable):
        steps.perform(actor=now_as(people[2]), case=case, action="change_score")
    with pytest.raises(NotYourPart):
        steps.perform(actor=made.clerk(), case=case, action="change_score")


def test_a_missing_score_is_missing_and_the_quorum_says_whether_it_matters(handed, people, now_as):
    case = handed(made.POINTS, quorum="2")
    made.score(people[1], case, "9")
    with pytest.raises(ActionNotAvailable, match="Oddano 1 z 2"):
        steps.perform(actor=now_as(people[0]), case=case, action="scored")
    made.score(people[2], case, "7")
    assert procedures.perform(case, now_as(people[0]), "scored").facts["ocena"]["wynik"] == "8.00"


def test_the_quorum_is_counted_anew_after_an_exclusion(handed, people, now_as):
    case = handed(made.POINTS)
    made.score(people[0], case, "4")
    made.score(people[1], case, "6")
    procedures.perform(case, now_as(people[2]), "declare_conflict", reason="Kuzyn.")
    assert procedures.perform(case, now_as(people[0]), "scored").facts["ocena"]["liczba"] == "2"


@pytest.mark.parametrize(
    ("way", "told"),
    [
        ("mean", ("6.67", "6.6666666667")),
        ("median", ("9.00", "9.0000000000")),
        ("sum", ("20.00", "20.0000000000")),
    ],
)
def test_mean_and_median_stand_side_by_side_and_ties_are_told_by_what_is_not_rounded(
    handed, people, now_as, way, told
):
    case = handed(made.POINTS, aggregate=way)
    for one, points in zip(people, ("10", "9", "1"), strict=True):
        made.score(one, case, points)
    facts = procedures.perform(case, now_as(people[0]), "scored").facts["ocena"]

    assert (facts["wynik"], facts["dokladnie"]) == told
    assert (facts["srednia_ocen"], facts["mediana_ocen"]) == ("6.67", "9.00")
    assert facts["rozstep"] == "9.00"
