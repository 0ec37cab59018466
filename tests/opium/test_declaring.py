from datetime import time

import pytest

from accounts import registry as accounts
from accounts import scopes
from forms import registry as forms
from notifications import registry as notifications
from opium.declaring import DeclaredTwice, Registry
from outbox.registry import TASKS, task
from procedures import registry as procedures
from procedures.kinds import KINDS
from procedures.kinds.registry import StageKind, kind


def test_things_stand_by_name_in_the_order_of_their_declaration():
    known = Registry("fruit")
    known.declare("pear", 1)
    known.declare("apple", 2)
    assert list(known.items()) == [("pear", 1), ("apple", 2)]


def test_a_name_declared_twice_is_refused_and_the_first_stays():
    known = Registry("fruit")
    known.declare("pear", 1)
    with pytest.raises(DeclaredTwice, match=r"^the fruit „pear” is declared already: 1$"):
        known.declare("pear", 2)
    assert known == {"pear": 1}


FIRST_SUBJECT = next(iter(procedures._subjects.items()))
FIRST_GUARD = next(iter(forms._guards.items()))
FIRST_SCOPE = next(iter(scopes._places.items()))

AGAIN = {
    "a task": lambda: task("messaging.deliver_message", daily_at=time(7))(print),
    "a kind of stage": lambda: kind("approval")(type("Other", (StageKind,), {})),
    "a kind of news": lambda: notifications.declare(notifications.SECURITY),
    "an effect": lambda: [procedures.effect("tests.twice", "Próba", print) for _ in range(2)],
    "a kind of subject": lambda: procedures.subject(*FIRST_SUBJECT),
    "a guard of sheets": lambda: forms.guard(*FIRST_GUARD),
    "a hearer of moved sheets": lambda: [forms.sheets_moved("tests.x", print) for _ in range(2)],
    "a kind of scope": lambda: scopes.explain(*FIRST_SCOPE),
    "a hand-over": lambda: accounts.on_leaving(next(iter(accounts._hand_overs.values()))),
}


@pytest.mark.parametrize("declare", AGAIN.values(), ids=AGAIN)
def test_no_room_takes_the_place_of_anothers_declaration(declare, monkeypatch):
    monkeypatch.setattr(procedures, "_effects", Registry("effect"))
    monkeypatch.setattr(forms, "_asked", {})
    before = (dict(TASKS), dict(KINDS))
    with pytest.raises(DeclaredTwice):
        declare()
    assert before == (TASKS, KINDS)
