"""A step is explained once, in one place, and every page tells that explanation."""

import pytest

from procedures.errors import ActionIncomplete
from procedures.models import Event
from procedures.pages import page_of
from procedures.services import steps
from tests.factories import procedures as made

pytestmark = pytest.mark.django_db


def recommended(head, unit, **way):
    """A case that waits to be recommended."""
    stages = [
        made.stage("nabor", "submission", "applicant"),
        made.stage("rekomendacja", "recommendation", "kierownik"),
        made.end(),
        made.end("odmowa", "negative"),
    ]
    ways = [
        made.way("nabor", "submitted", "rekomendacja"),
        made.way("rekomendacja", "recommended", "koniec", **way),
        made.way("rekomendacja", "not_recommended", "odmowa", reason="required"),
    ]
    return made.submitted(made.published(stages, ways), head, unit)


def button(actor, case, action):
    return next(one for one in page_of(actor, case.pk).actions if one.action == action)


def required(asked):
    [section] = asked.fields["sections"]
    return {one["key"]: one.get("required", False) for one in section["questions"]}


def test_a_call_for_correction_asks_for_one_text(case, clerk, head):
    asked = button(clerk, case, "incomplete")
    assert (asked.reason, required(asked)) == ("none", {"sekcje": False, "wezwanie": True})

    case = made.perform(case, clerk, "incomplete", data={"wezwanie": "Brak podpisu."})

    assert case.sheet.asks_correction["sentence"] == "Brak podpisu."
    for who in (clerk, head):
        page = page_of(who, case.pk)
        assert page.why.sentence == "Brak podpisu."
        assert [one["value"] for one in page.events[-1].details] == ["Brak podpisu."]
        assert page.events[-1].reason == ""


def test_a_bare_reason_is_the_text_of_the_call(case, clerk):
    case = made.perform(case, clerk, "incomplete", reason="Brak podpisu.")

    event = Event.objects.filter(case=case).latest("number")
    assert (event.reason, event.data) == ("", {"wezwanie": "Brak podpisu."})
    assert case.sheet.asks_correction["sentence"] == "Brak podpisu."


def test_two_different_texts_are_refused(case, clerk):
    with pytest.raises(ActionIncomplete) as refused:
        steps.perform(
            actor=clerk,
            case=case,
            action="incomplete",
            data={"wezwanie": "Brak podpisu."},
            reason="Brak kosztorysu.",
        )

    [error] = refused.value.errors
    assert (error.field, error.detail) == (
        "reason",
        "Ten krok wyjaśnia się w jednym polu, a powód podano w dwóch. Zostaw jeden.",
    )


@pytest.mark.parametrize("reason", ["none", "optional"])
def test_a_recommendation_needs_no_reasons_where_the_transition_does_not(head, unit, boss, reason):
    case = recommended(head, unit, reason=reason)
    asked = button(boss, case, "recommended")

    assert (asked.reason, required(asked)) == ("none", {"uzasadnienie": False})
    assert made.perform(case, boss, "recommended").stage == "koniec"


def test_a_recommendation_needs_reasons_where_the_transition_does(head, unit, boss):
    case = recommended(head, unit, reason="required")
    asked = button(boss, case, "recommended")
    assert (asked.reason, required(asked)) == ("none", {"uzasadnienie": True})

    with pytest.raises(ActionIncomplete) as refused:
        steps.perform(actor=boss, case=case, action="recommended")
    assert [one.field for one in refused.value.errors] == ["data.uzasadnienie"]

    case = made.perform(case, boss, "recommended", data={"uzasadnienie": "Dobry projekt."})
    assert case.facts["rekomendacja"] == {"uzasadnienie": "Dobry projekt."}
