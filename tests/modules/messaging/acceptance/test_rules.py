"""Rules of acceptance, set on a screen of their own with those who accept; what these see."""

import pytest

from accounts import services as accounts
from accounts.models import Function
from accounts.permissions import Permission as Accounts
from modules.messaging import services
from modules.messaging.permissions import Permission
from modules.messaging.services import acceptance
from notifications.models import Notification
from opium.permissions import SYSTEM
from procedures.models import Event
from procedures.services.steps import telling
from tests.factories.accounts import person_with
from tests.factories.messaging import draft
from tests.factories.procedures import officer
from tests.modules.messaging.acceptance.asking import asked, rule
from todo.selectors import todo_of

pytestmark = pytest.mark.django_db


RULES = "/api/v1/messaging/acceptance-rules/"


@pytest.fixture
def giver():
    return person_with(Permission.SET_ACCEPTANCE, Accounts.MANAGE_ROLES)


def test_functions_of_the_rule_s_own_names_are_those_that_the_rule_asks(giver, clerk, unit):
    """An administrator who created functions of the names that a refusal told came no further."""
    made = accounts.add_function(actor=SYSTEM, code="kierownik-referatu", name="kierownik referatu")
    accounts.give_function(actor=SYSTEM, function=made, person=officer())

    rule(giver)

    assert services.send_message(actor=clerk, message=draft(clerk, [unit])).state == "pending"
    assert Function.objects.get().code == "kierownik-referatu"


def test_the_rule_s_own_screen_lets_people_accept(giver, api, clerk, unit):
    adam = officer(first_name="Adam", last_name="Nowak")
    chains = f"{RULES}chains/"
    before = api(giver).get(chains).json()
    assert before[0] == {
        "chain": "head",
        "functions": [
            {"code": "kierownik", "name": "Kierownik referatu", "holders": [], "is_played": False}
        ],
    }
    body = {"section": None, "audience": "any", "chain": "head"}
    refused = api(giver).post(RULES, body, format="json")
    assert refused.json()["code"] == "acceptance_unprepared"
    assert "(kod: kierownik)" in refused.json()["detail"]
    assert not Function.objects.exists()

    body["holders"] = [{"function": "kierownik", "person": str(adam.pk)}]
    assert api(giver).post(RULES, body, format="json").status_code == 200

    (head,) = api(giver).get(chains).json()[0]["functions"]
    assert (head["holders"], head["is_played"]) == (["Adam Nowak"], True)
    assert services.send_message(actor=clerk, message=draft(clerk, [unit])).state == "pending"


def test_whoever_sets_rules_gives_no_function_without_the_right_to_it(admin, api):
    body = {
        "section": None,
        "audience": "any",
        "chain": "head",
        "holders": [{"function": "kierownik", "person": str(officer().pk)}],
    }
    assert api(admin).post(RULES, body, format="json").status_code == 403
    body["holders"][0]["function"] = "inna"
    assert api(admin).post(RULES, body, format="json").status_code == 409
    assert not Function.objects.exists()


def test_only_the_press_that_sends_says_so_and_history_tells_what_was_done(  # noqa: PLR0917  # a chain of two
    admin, clerk, boss, director, unit, api
):
    rule(admin, "head_and_director")
    message, case = asked(clerk, unit)
    acceptances, cases = "/api/v1/messaging/acceptances/", "/api/v1/procedures/cases/"

    def offered(person):
        button = api(person).get(f"{cases}{case.pk}/").json()["actions"][0]
        page = api(person).get(f"{acceptances}{message.pk}/").json()
        return button["label"], page["sends"]

    assert offered(boss) == ("Akceptuj", False)
    acceptance.decide(actor=boss, case=case, verdict="accept")
    assert offered(director) == ("Akceptuj i wyślij", True)
    acceptance.decide(actor=director, case=case, verdict="accept")

    labels = list(Event.objects.order_by("number").values_list("label", flat=True))
    assert labels[1:] == ["Akceptuj", "Akceptuj i wyślij"]


def test_whoever_has_to_accept_is_led_to_the_page_of_acceptance(admin, clerk, boss, unit):
    rule(admin)
    message, _ = asked(clerk, unit)
    (row,) = todo_of(boss)
    assert row.url == f"/messaging/acceptance/{message.pk}"
    for event in Event.objects.all():
        telling.tell_event(event)
    (news,) = Notification.objects.filter(person=boss)
    assert news.url == f"/messaging/acceptance/{message.pk}"
