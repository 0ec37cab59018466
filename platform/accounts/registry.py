"""What rooms above do when somebody leaves or is kept out, and a right is proposed for a role."""

from collections.abc import Callable, Sequence

from accounts.models import Person, Role
from opium.declaring import Registry, name_of
from opium.permissions import Actor

HandOver = Callable[[Actor, Person, Person | None], None]
ProposalHearer = Callable[[Role, Sequence[str]], None]
_hand_overs: Registry[HandOver] = Registry("hand-over")
WayIn = Callable[[Person], None]
_ways_in: Registry[WayIn] = Registry("way in")
_hearers: Registry[ProposalHearer] = Registry("hearer of proposals")


def on_leaving(hand_over: HandOver) -> None:
    """Call `hand_over(actor, person, successor)` in the transaction that closes the account.

    Without a successor the module leaves its matters to nobody, or to whoever it sees fit.
    """
    _hand_overs.declare(name_of(hand_over), hand_over)


def hand_over(actor: Actor, person: Person, successor: Person | None) -> None:
    for subscriber in _hand_overs.values():
        subscriber(actor, person, successor)


def on_proposal(hearer: ProposalHearer) -> None:
    """Call `hearer(role, proposed)` whenever it may have changed what waits for the city's answer.

    `proposed` are names of rights, none where the city has decided or nothing is left to decide.
    It comes in the transaction of the deed and may come again with the same.
    """
    _hearers.declare(name_of(hearer), hearer)


def tell_proposal(role: Role, proposed: Sequence[str]) -> None:
    for hearer in _hearers.values():
        hearer(role, proposed)


def on_eviction(end: WayIn) -> None:
    """Call `end(person)` in the transaction that ends every way into the person's account."""
    _ways_in.declare(name_of(end), end)


def end_ways_in(person: Person) -> None:
    for end in _ways_in.values():
        end(person)
