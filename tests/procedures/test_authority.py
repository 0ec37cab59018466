"""What somebody may do in cases is one composition: rights, parts, places, keys, dates, factors."""

from datetime import timedelta

import pytest
import rules
from allauth.mfa.models import Authenticator
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import Assignment, Holder, Role, Substitution
from accounts.selectors import holders_of
from opium import permissions
from opium.errors import NotFound
from procedures.errors import NotYourPart
from procedures.permissions import Permission
from procedures.selectors.case_list import case_visible_to, cases_visible_to
from procedures.services import steps
from procedures.services.steps import telling
from tests.factories import procedures as made
from tests.factories.accounts import PersonFactory, again, person_with
from tests.factories.keys import program_of, secret_of
from todo.selectors import todo_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
URL = "/api/v1/procedures/cases/"
ONE = "directory.view_units"


@pytest.fixture
def substitute(clerk):
    person = PersonFactory(first_name="Ola", last_name="Zastępcza")
    Substitution.objects.create(person=clerk, substitute=person, starts_on=TODAY, ends_on=TODAY)
    return person


def program(secret):
    client = APIClient(HTTP_HOST="north.test")
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def test_a_key_limited_to_one_right_does_no_step_of_the_absent(case, substitute):
    client = program(secret_of(substitute, ONE))

    answer = client.post(f"{URL}{case.pk}/perform/", {"action": "complete"})

    assert answer.status_code == 404
    assert made.fresh(case).stage == "ocena"
    assert client.get(f"{URL}{case.pk}/").status_code == 404
    assert client.get(URL).json()["count"] == 0
    assert client.get("/api/v1/todo/waiting/").json()["count"] == 0
    with pytest.raises(NotYourPart):
        steps.perform(actor=program_of(substitute, ONE), case=case, action="complete")


def test_a_key_that_names_the_right_acts_in_the_place_of_the_absent(case, substitute, clerk):
    actor = program_of(substitute, Permission.ACT_IN_CASE)

    event = steps.perform(actor=actor, case=case, action="complete")

    assert (event.actor_id, event.in_place_of) == (substitute.pk, clerk)


def test_a_key_without_the_right_to_own_cases_sees_none_of_them(procedure, head, unit):
    made.opened(procedure, head, unit)

    assert cases_visible_to(head).count() == 1
    assert not cases_visible_to(program_of(head, ONE)).exists()
    assert cases_visible_to(program_of(head, Permission.OPEN_CASE)).count() == 1


def test_ones_own_application_is_ones_own_and_a_key_has_to_name_that():
    procedure = made.published(applicant="person")
    person = person_with(Permission.OPEN_CASE)
    case = made.answered(made.opened(procedure, person), tytul="Teatr")
    Assignment.objects.all().delete()
    person = type(person).objects.get(pk=person.pk)

    with pytest.raises(NotYourPart):
        steps.perform(actor=program_of(person, ONE), case=case, action="submitted")
    assert not cases_visible_to(program_of(person, ONE)).exists()
    assert not todo_of(program_of(person, ONE)).exists()
    own = program_of(person, Permission.KEEP_OWN_CASES, "forms.fill_sheet")
    steps.perform(actor=own, case=case, action="submitted")
    steps.undo(actor=person, case=case)


def test_a_question_to_a_person_is_theirs_and_a_key_has_to_name_that(head, unit, clerk):
    stages = [
        made.stage("nabor", "submission", "applicant"),
        made.stage("opinie", "opinion", "referent"),
        made.end(),
    ]
    ways = [
        made.way("nabor", "submitted", "opinie"),
        made.way("opinie", "opinions_in", "koniec"),
    ]
    case = made.submitted(made.published(stages, ways), head, unit)
    expert = PersonFactory()
    made.perform(case, clerk, "ask_opinion", data={"osoba": str(expert.pk), "tresc": "Czy?"})

    assert not todo_of(program_of(expert, ONE)).exists()
    assert not cases_visible_to(program_of(expert, ONE)).exists()
    assert todo_of(program_of(expert, Permission.KEEP_OWN_CASES)).count() == 1
    assert todo_of(expert).count() == 1

    given = {"opinia": "za", "uzasadnienie": "Warto."}
    with pytest.raises(NotYourPart):
        steps.perform(actor=program_of(expert, ONE), case=case, action="give_opinion", data=given)
    steps.perform(actor=expert, case=case, action="give_opinion", data=given)
    with pytest.raises(NotYourPart):
        steps.undo(actor=program_of(expert, ONE), case=case)
    steps.undo(actor=program_of(expert, Permission.KEEP_OWN_CASES), case=case)


def test_a_step_is_not_taken_back_by_who_has_lost_the_function(case, clerk):
    made.perform(case, clerk, "complete")
    Holder.objects.all().delete()

    with pytest.raises(NotYourPart, match="Referent prowadzący"):
        steps.undo(actor=again(clerk), case=case)
    assert made.fresh(case).stage == "zgoda"


def test_a_step_is_not_taken_back_by_who_has_lost_every_role(case, clerk, api):
    made.perform(case, clerk, "complete")
    Assignment.objects.filter(person=clerk).update(valid_to=TODAY - timedelta(days=1))
    clerk = again(clerk)

    with pytest.raises(NotYourPart):
        steps.undo(actor=clerk, case=case)
    assert api(clerk).post(f"{URL}{case.pk}/undo/", {"version": 3}).status_code == 404
    with pytest.raises(NotFound):
        case_visible_to(clerk, case.pk)
    assert made.fresh(case).stage == "zgoda"


def test_a_step_is_not_taken_back_by_a_substitute_whose_days_are_over(case, substitute):
    steps.perform(actor=substitute, case=case, action="complete")
    Substitution.objects.update(ends_on=TODAY - timedelta(days=1), starts_on=TODAY - timedelta(9))

    with pytest.raises(NotYourPart):
        steps.undo(actor=type(substitute).objects.get(pk=substitute.pk), case=case)


def test_a_step_is_not_taken_back_by_a_key_that_could_not_do_it(case, clerk):
    made.perform(case, clerk, "complete")

    with pytest.raises(NotYourPart):
        steps.undo(actor=program_of(clerk, Permission.VIEW_CASES), case=case)
    steps.undo(actor=program_of(clerk, Permission.ACT_IN_CASE), case=case)


def test_the_page_does_not_offer_to_take_back_what_the_actor_could_not_do_now(case, clerk, api):
    made.perform(case, clerk, "complete")
    assert "undo" in api(clerk).get(f"{URL}{case.pk}/").json()["can"]

    Holder.objects.all().delete()

    assert "undo" not in api(clerk).get(f"{URL}{case.pk}/").json()["can"]


@pytest.fixture
def not_after_hours(monkeypatch):
    """A module's own rule: nobody acts in a case now."""
    monkeypatch.setattr(permissions, "_rules", type(permissions._rules)())
    permissions.rule(Permission.ACT_IN_CASE, rules.predicate(lambda _actor, _case: False))


def test_a_rule_of_a_right_binds_whoever_performs(case, clerk, not_after_hours):
    with pytest.raises(NotYourPart):
        steps.perform(actor=clerk, case=case, action="complete")
    assert made.fresh(case).stage == "ocena"


def test_a_rule_of_a_right_binds_whoever_is_told(case, not_after_hours):
    assert telling.players(case, ["referent"]) == {"referent": []}


def test_no_right_of_the_absent_passes_to_who_lacks_the_factor_that_its_role_demands(
    case, substitute, clerk
):
    assert todo_of(substitute).count() == 1
    Role.objects.filter(assignments__person=clerk).update(requires_mfa=True)
    Authenticator.objects.create(user=clerk, type=Authenticator.Type.TOTP, data={})
    [acting] = holders_of("referent", case)
    substitute = again(substitute)

    assert not acting.actor.allows(Permission.ACT_IN_CASE, case)
    assert not todo_of(substitute).exists()
    with pytest.raises(NotYourPart):
        steps.perform(actor=substitute, case=case, action="complete")

    Authenticator.objects.create(user=substitute, type=Authenticator.Type.TOTP, data={})
    substitute = again(substitute)
    steps.perform(actor=substitute, case=case, action="complete")


def test_no_right_of_the_absent_passes_where_the_absent_lack_the_factor(case, substitute, clerk):
    Role.objects.filter(assignments__person=clerk).update(requires_mfa=True)
    Authenticator.objects.create(user=substitute, type=Authenticator.Type.TOTP, data={})

    with pytest.raises(NotYourPart):
        steps.perform(actor=substitute, case=case, action="complete")


def test_who_acted_once_and_may_act_no_more_sees_the_case_no_more(case, clerk):
    made.perform(case, clerk, "complete")
    Holder.objects.all().delete()
    Role.objects.filter(assignments__person=clerk).update(permissions=["procedures.act_in_case"])
    assert cases_visible_to(type(clerk).objects.get(pk=clerk.pk)).count() == 1

    Role.objects.filter(assignments__person=clerk).update(permissions=[])

    assert not cases_visible_to(type(clerk).objects.get(pk=clerk.pk)).exists()


def test_who_opened_a_units_case_and_left_the_unit_sees_it_no_more(procedure, head, unit):
    made.opened(procedure, head, unit)
    Assignment.objects.filter(person=head).delete()

    assert not cases_visible_to(type(head).objects.get(pk=head.pk)).exists()
