"""Cases that ran before stages were marked as gone back over get the marks from their events."""

from importlib import import_module

import pytest
from django.apps import apps

from procedures.models import Case
from procedures.services import steps
from tests.factories import procedures as made

pytestmark = pytest.mark.django_db
migration = import_module("procedures.migrations.0007_stages_gone_back_over")


@pytest.fixture
def returned(case, clerk, boss):
    """It went to its approval, came back, was undone once on the way, and goes on."""
    made.perform(case, clerk, "complete")
    made.perform(case, boss, "returned", reason="Nie.")
    made.perform(case, clerk, "complete")
    steps.undo(actor=clerk, case=made.fresh(case))
    return made.fresh(case)


def before_the_edition(case):
    """As the case was kept then: without a mark."""
    bare = {
        stage: {name: one[name] for name in ("round", "order", "at")}
        for stage, one in case.entered.items()
    }
    Case.objects.filter(pk=case.pk).update(entered=bare)
    return bare


def test_the_events_give_each_running_case_the_marks_that_it_would_have(returned):
    assert {key for key, one in returned.entered.items() if one.get("undone")} == {"zgoda"}
    assert before_the_edition(returned) != returned.entered

    migration.mark(apps, None)

    assert made.fresh(returned).entered == returned.entered


def test_a_case_whose_events_tell_another_story_stays_as_it_is(returned):
    bare = before_the_edition(returned)
    bare["ocena"]["round"] = 7
    Case.objects.filter(pk=returned.pk).update(entered=bare)

    migration.mark(apps, None)

    assert made.fresh(returned).entered == bare


def test_a_case_that_has_its_marks_is_not_written(returned, django_assert_num_queries):
    with django_assert_num_queries(2):
        migration.mark(apps, None)

    assert made.fresh(returned).entered == returned.entered
