"""Several people at the same moment: one revision, no matter lost."""

import copy
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django_tenants.utils import schema_context

from opium.errors import Conflict
from procedures import selectors
from procedures.errors import NothingToPublish
from procedures.models import ProcedureRevision
from procedures.permissions import Permission
from procedures.services import designing
from procedures.services.designing import Move
from tests.factories import forms
from tests.factories import procedures as made
from tests.factories.accounts import person_with
from tests.procedures.publishing import publish, redrafted, rename_stage


@pytest.fixture
def maker():
    return person_with(Permission.MANAGE_PROCEDURES)


@pytest.fixture
def form():
    return forms.published()


@pytest.fixture
def grant(maker, form, clerk, boss):
    """A draft in which nothing is wrong."""
    draft = made.document(*copy.deepcopy(made.SIMPLE), form=str(form.pk))
    return designing.add_procedure(actor=maker, name="Grant", draft=draft)


def at_once(deeds):
    """What each of the deeds came to, all begun at the same moment in the same city."""
    begin = Barrier(len(deeds))

    def run(deed):
        with schema_context("north"):
            begin.wait(timeout=30)
            try:
                return deed()
            except Conflict as refusal:
                return type(refusal)
            finally:
                connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_make_one_revision(grant, maker):
    found = at_once([lambda: publish(grant, maker)] * 4)

    assert found.count(NothingToPublish) == 3
    assert [one.number for one in ProcedureRevision.objects.all()] == [1]


@pytest.mark.django_db(transaction=True)
def test_who_acts_while_it_is_published_loses_nothing(grant, maker, clerk, head, unit):
    publish(grant, maker)
    cases = [made.submitted(grant, head, unit) for _ in range(4)]
    redrafted(grant, maker, lambda draft: rename_stage(draft, "ocena", "sprawdzenie"))
    moves = [Move(1, "ocena", "move", "sprawdzenie"), Move(1, "zgoda", "keep")]

    at_once(
        [
            lambda: publish(grant, maker, *moves),
            *(lambda case=case: made.perform(case, clerk, "complete") for case in cases),
        ]
    )

    for case in map(made.fresh, cases):
        stages = selectors.definition_of(case.revision).stage_by_key
        assert case.stage in stages
        assert case.stage in {"sprawdzenie", "zgoda"}
        numbers = list(case.events.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, case.version + 1))
        told = case.events.filter(action="move").count()
        assert told == (case.revision.number == 2)
