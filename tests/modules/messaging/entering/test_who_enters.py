"""Who enters an answer for a unit: whoever runs the message and has the right."""

from datetime import timedelta

import pytest
from rest_framework.test import APIClient

from accounts import services as accounts
from accounts.models import Assignment, Function
from modules.messaging import services
from modules.messaging.models import Answer
from modules.messaging.permissions import Permission
from modules.messaging.services import AnswerContent
from opium.errors import Forbidden
from opium.permissions import SYSTEM
from tests.factories.accounts import PersonFactory, again, person_with
from tests.factories.directory import MembershipFactory
from tests.factories.keys import program_of, secret_of
from tests.factories.messaging import clerk as make_clerk
from tests.factories.messaging import head_of, sent
from tests.modules.messaging.entering.paper import API, RIGHTS, enter, letter, today

pytestmark = pytest.mark.django_db


def _without_right(asked, clerk, unit):
    return make_clerk()


def _colleague(asked, clerk, unit):
    """Holds every right of the author, and may chase and merge this very message."""
    return person_with(*RIGHTS)


def _right_in_the_unit(asked, clerk, unit):
    person = person_with(*RIGHTS, scope_kind="unit", scope_id=unit.pk)
    MembershipFactory(person=person, unit=unit)
    return person


def _head(asked, clerk, unit):
    return head_of(unit)


def _key_of_another_right(asked, clerk, unit):
    return program_of(clerk, Permission.SEND_MESSAGE, Permission.VIEW_MESSAGES)


def _substitute(asked, clerk, unit):
    """Stands in for the author in matters; that lends no right of a message."""
    person = PersonFactory()
    accounts.give_function(
        actor=SYSTEM,
        function=Function.objects.create(code="f", name="F"),
        person=clerk,
    )
    days = {"starts_on": today(), "ends_on": today()}
    accounts.appoint_substitute(actor=SYSTEM, person=clerk, substitute=person, **days)
    return person


def _ended_role(asked, clerk, unit):
    yesterday = today() - timedelta(days=1)
    Assignment.objects.filter(person=clerk).update(valid_from=yesterday, valid_to=yesterday)
    return again(clerk)


@pytest.mark.parametrize(
    "whose",
    [
        _without_right,
        _colleague,
        _right_in_the_unit,
        _head,
        _key_of_another_right,
        _substitute,
        _ended_role,
    ],
)
def test_nobody_enters_but_who_runs_the_message_and_has_the_right(asked, clerk, unit, whose):
    actor = whose(asked, clerk, unit)
    ground = services.Ground(kind=Answer.Ground.LETTER, on=today(), words="znak 1")

    with pytest.raises(Forbidden):
        services.enter_answer(
            actor=actor, delivery=asked, content=AnswerContent(text="x"), ground=ground
        )

    assert not Answer.objects.exists()


def test_over_the_api_a_colleague_is_refused_and_a_stranger_finds_nothing(
    asked, clerk, head, api, in_south
):
    assert enter(api(person_with(*RIGHTS)), asked).status_code == 403
    assert enter(api(head), asked).status_code == 404
    assert enter(api(), asked).status_code == 401
    with in_south():
        browser = api(person_with(*RIGHTS), host="south.test")
    there = browser.post(f"{API}/deliveries/{asked.pk}/answers/", letter(), HTTP_HOST="south.test")
    assert there.status_code == 404
    assert not Answer.objects.exists()


def test_a_message_whose_author_has_left_is_run_by_a_colleague(asked, clerk, api):
    clerk.is_active = False
    clerk.save()

    assert enter(api(person_with(*RIGHTS)), asked).status_code == 201


def test_the_screens_offer_it_to_whoever_runs_the_message_alone(asked, clerk, unit, api):
    url = f"{API}/messages/{asked.message_id}/"
    silent = sent(clerk, [unit])

    assert "enter_answer" in api(clerk).get(url).json()["can"]
    assert "enter_answer" not in api(person_with(*RIGHTS)).get(url).json()["can"]
    assert "enter_answer" not in api(clerk).get(f"{API}/messages/{silent.pk}/").json()["can"]


def test_a_key_that_names_the_right_enters_and_one_that_does_not_is_refused(asked, clerk):
    def by_key(*rights):
        client = APIClient(HTTP_HOST="north.test")
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret_of(clerk, *rights)}")
        return enter(client, asked)

    seeing = (Permission.SEND_MESSAGE, Permission.VIEW_MESSAGES)
    assert by_key(*seeing).status_code == 403
    assert by_key(*seeing, Permission.ENTER_ANSWER).status_code == 201
