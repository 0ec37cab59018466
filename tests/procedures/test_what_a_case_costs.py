"""Every query of the request counts: the city, the session, the person, and what the page asks."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Holder, Substitution
from forms.selectors import sheets_of
from forms.services import save_answers
from opium.permissions import SYSTEM
from procedures.waits import OWNER
from tests.factories import forms
from tests.factories import procedures as made
from tests.factories.accounts import PersonFactory
from tests.factories.directory import MembershipFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/procedures/cases/"
POINTS = forms.question("punkty", "number", required=True, options={"min": "0", "max": "10"})
LIMIT = 12


@pytest.fixture
def asked(api):
    """The queries of the page of the case, as the person sees it."""

    def queries(person, case):
        client = api(person)
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"{URL}{case.pk}/").status_code == 200
        return [one["sql"] for one in found.captured_queries]

    return queries


def substitute_of(person):
    today = timezone.localdate()
    substitute = PersonFactory()
    Substitution.objects.create(
        person=person, substitute=substitute, starts_on=today, ends_on=today + timedelta(days=1)
    )
    return substitute


def with_many_events(case, clerk, head):
    for _ in range(4):
        case = made.perform(case, clerk, "incomplete", data={"wezwanie": "Popraw."})
        case = made.perform(case, head, "corrected")
    return case


def test_the_page_of_the_applicant_costs_the_same_early_and_late(
    procedure, head, clerk, unit, asked
):
    case = made.opened(procedure, head, unit)
    assert case.version == 1
    assert len(asked(head, case)) == 9

    case = made.perform(made.answered(case, tytul="Teatr"), head, "submitted")
    assert len(asked(head, with_many_events(case, clerk, head))) == 9


def test_the_page_of_a_clerk_costs_the_same_early_and_late(case, head, clerk, asked):
    assert len(asked(clerk, case)) == 8
    assert len(asked(clerk, with_many_events(case, clerk, head))) == 8


def test_the_page_of_a_substitute_costs_the_same_early_and_late(case, head, clerk, asked):
    substitute = substitute_of(clerk)

    assert len(asked(substitute, case)) == 9
    assert len(asked(substitute, with_many_events(case, clerk, head))) == 9


@pytest.fixture
def scored(head, unit):
    """A case that a committee of thirty scores, and its members."""
    members = [made.officer("komisja") for _ in range(30)]
    card = forms.published(POINTS, name="Karta oceny")
    stages = [
        made.stage("nabor", "submission", "applicant"),
        made.stage(
            "ocena", "scoring", "komisja", form=str(card.pk), parameters={"points": "punkty"}
        ),
        made.end(),
    ]
    ways = [made.way("nabor", "submitted", "ocena"), made.way("ocena", "scored", "koniec")]
    return made.submitted(made.published(stages, ways), head, unit), members


def score(case, member):
    sheet = sheets_of(OWNER, [case.pk]).get(person=member)
    save_answers(
        actor=SYSTEM, sheet=sheet, changes={"punkty": "5"}, draft_version=sheet.draft_version
    )
    return made.perform(case, member, "give_score")


def test_the_page_of_a_committee_member_costs_the_same_before_and_after_all_have_scored(
    scored, asked
):
    case, members = scored
    assert len(asked(members[0], case)) == 10

    for member in members:
        case = score(case, member)

    assert len(asked(members[0], case)) == 10
    assert len(asked(substitute_of(members[1]), case)) == 10


def test_a_request_reads_absences_and_functions_of_the_person_once(case, clerk, head, unit, asked):
    MembershipFactory(person=clerk, unit=unit)
    holders = f'FROM "{Holder._meta.db_table}"'
    absences = f'FROM "{Substitution._meta.db_table}"'

    for person in (clerk, head, substitute_of(clerk)):
        queries = asked(person, case)
        assert sum(absences in sql for sql in queries) == 1
        assert sum(sql.count(f"{holders} INNER JOIN") for sql in queries) == 1


def test_what_the_page_reads_of_the_rows_is_what_they_say(scored, api):
    case, members = scored
    case = score(case, members[0])

    [vote] = api(members[0]).get(f"{URL}{case.pk}/").json()["votes"]
    kept = case.votes.get()
    assert (UUID(vote["id"]), vote["points"], vote["person"]) == (
        kept.pk,
        "5.00",
        members[0].display_name,
    )
    assert vote["at"] == timezone.localtime(kept.at).isoformat()
    assert vote["in_place_of"] is None
    assert api(members[1]).get(f"{URL}{case.pk}/").json()["votes"] == []
