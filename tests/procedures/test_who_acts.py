"""Who acts in a case: by which function, in whose place, and which part history tells."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Substitution
from audit.models import Entry
from procedures.errors import (
    NotYourPart,
)
from procedures.services import steps
from tests.factories import procedures as made
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db


def test_only_whoever_plays_the_function_may_press(case, boss, head):
    stranger = made.officer()

    for person in (boss, head, stranger):
        with pytest.raises(NotYourPart, match="Referent prowadzący"):
            steps.perform(actor=person, case=case, action="complete")
    assert made.fresh(case).version == 2


def test_a_function_without_the_right_to_act_is_not_enough(case):
    idle = PersonFactory()
    made.holder("referent", idle)

    with pytest.raises(NotYourPart):
        steps.perform(actor=idle, case=case, action="complete")


def test_the_part_in_which_a_vote_was_counted_is_the_one_that_history_tells(head, unit, boss):
    made.holder("dyrektor", boss)
    stages = [
        made.stage("nabor", "submission", "applicant"),
        made.stage(
            "zgoda",
            "approval",
            "kierownik",
            parameters={
                "approvers": [{"function": "kierownik"}, {"function": "dyrektor"}],
                "person_may_repeat": True,
            },
        ),
        made.end(),
    ]
    ways = [made.way("nabor", "submitted", "zgoda"), made.way("zgoda", "approved", "koniec")]
    procedure = made.published(stages, ways, functions=["dyrektor"])
    case = made.submitted(procedure, head, unit)

    first = steps.perform(actor=boss, case=case, action="approved")
    second = steps.perform(actor=boss, case=case, action="approved")

    assert (first.function, second.function) == ("Kierownik referatu", "Dyrektor wydziału")
    assert not made.fresh(case).is_open


def test_whoever_submits_is_an_author_once_however_often_they_submit(case, clerk, head, unit):
    assert case.authors == [head.pk]
    case = made.perform(
        case, clerk, "incomplete", data={"sekcje": ["dane"], "wezwanie": "Dopisz miasto."}
    )
    case = made.answered(case, tytul="Teatr w Bydgoszczy")
    case = made.perform(case, head, "corrected")
    assert case.authors == [head.pk]
    deputy = made.head_of(unit)
    steps.undo(actor=head, case=case)

    case = made.perform(case, deputy, "corrected")

    assert set(case.authors) == {head.pk, deputy.pk}
    assert len(case.authors) == 2


def test_a_substitute_acts_in_the_place_of_the_absent_and_the_log_says_so(case, clerk):
    substitute = made.officer(first_name="Iga", last_name="Wir")
    today = timezone.localdate()
    Substitution.objects.create(person=clerk, substitute=substitute, starts_on=today, ends_on=today)

    event = steps.perform(actor=substitute, case=case, action="complete")

    assert (event.actor, event.in_place_of, event.in_place_of_name) == (
        substitute,
        clerk,
        "Ewa Lis",
    )
    entry = Entry.objects.latest("id")
    assert (entry.actor_name, entry.in_place_of_name) == ("Iga Wir", "Ewa Lis")


def test_a_substitution_that_is_over_gives_nothing(case, clerk):
    substitute = made.officer()
    yesterday = timezone.localdate() - timedelta(days=1)
    Substitution.objects.create(
        person=clerk, substitute=substitute, starts_on=yesterday, ends_on=yesterday
    )

    with pytest.raises(NotYourPart):
        steps.perform(actor=substitute, case=case, action="complete")


def test_a_holder_of_a_unit_goes_before_the_holder_of_the_city(case, clerk, unit):
    own = made.officer()
    made.holder("referent", own, scope_kind="unit", scope_id=unit.pk)

    with pytest.raises(NotYourPart):
        steps.perform(actor=clerk, case=case, action="complete")
    made.perform(case, own, "complete")


def test_a_holder_of_another_kind_of_matters_has_no_part(case, procedure):
    other = made.published()
    elsewhere = made.officer()
    made.holder("referent", elsewhere, scope_kind="matter", scope_id=other.pk)
    here = made.officer()
    made.holder("referent", here, scope_kind="matter", scope_id=procedure.pk)

    with pytest.raises(NotYourPart):
        steps.perform(actor=elsewhere, case=case, action="complete")
    made.perform(case, here, "complete")
