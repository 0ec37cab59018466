"""What other modules do when somebody leaves."""

from collections.abc import Callable

from accounts.models import Person
from opium.declaring import Registry, name_of
from opium.permissions import Actor

HandOver = Callable[[Actor, Person, Person | None], None]
_hand_overs: Registry[HandOver] = Registry("hand-over")


def on_leaving(hand_over: HandOver) -> None:
    """Call `hand_over(actor, person, successor)` in the transaction that closes the account.

    Without a successor the module leaves its matters to nobody, or to whoever it sees fit.
    """
    _hand_overs.declare(name_of(hand_over), hand_over)


def hand_over(actor: Actor, person: Person, successor: Person | None) -> None:
    for subscriber in _hand_overs.values():
        subscriber(actor, person, successor)
