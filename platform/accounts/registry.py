"""What rooms above do when somebody comes, leaves or is kept out, and a right is proposed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from accounts.models import Joining, Motion, Person, Role
from opium.declaring import Registry, name_of
from opium.permissions import Actor
from opium.registry import in_console

HandOver = Callable[[Actor, Person, Person | None], None]
ProposalHearer = Callable[[Role, Sequence[str]], None]
_hand_overs: Registry[HandOver] = Registry("hand-over")
WayIn = Callable[[Person], None]
_ways_in: Registry[WayIn] = Registry("way in")
PlayersHearer = Callable[[], None]
_players_hearers: Registry[PlayersHearer] = Registry("hearer of players")
LossHearer = Callable[[Person, bool], None]
_loss_hearers: Registry[LossHearer] = Registry("hearer of lost factors")
DeviceHearer = Callable[[Person, UUID, str, str], bool]
_device_hearers: Registry[DeviceHearer] = Registry("hearer of new devices")
_hearers: Registry[ProposalHearer] = Registry("hearer of proposals")
JoiningHearer = Callable[[Joining], None]
_joining_hearers: Registry[JoiningHearer] = Registry("hearer of joinings")
MotionHearer = Callable[[Motion], None]
_motion_hearers: Registry[MotionHearer] = Registry("hearer of motions")
_players_wait: ContextVar[list[bool] | None] = ContextVar("players wait", default=None)


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


def on_players(hearer: PlayersHearer) -> None:
    """Call `hearer()` whenever it may have changed who plays which function.

    It comes in the transaction of the deed. Days on which roles and substitutions begin and end
    pass in silence.
    """
    _players_hearers.declare(name_of(hearer), hearer)


def tell_players() -> None:
    if in_console():
        return
    waiting = _players_wait.get()
    if waiting is not None:
        waiting[:] = [True]
        return
    for hearer in _players_hearers.values():
        hearer()


@contextmanager
def players_told_once() -> Iterator[None]:
    """Tell of all that the block changes once, at its end, in the same transaction."""
    waiting: list[bool] = []
    token = _players_wait.set(waiting)
    try:
        yield
    finally:
        _players_wait.reset(token)
    if waiting:
        tell_players()


def on_factor_loss(hearer: LossHearer) -> None:
    """Call `hearer(person, waits)` where it may have changed whether somebody's loss waits."""
    _loss_hearers.declare(name_of(hearer), hearer)


def tell_factor_loss(person: Person, *, waits: bool) -> None:
    for hearer in _loss_hearers.values():
        hearer(person, waits)


def on_new_device(hearer: DeviceHearer) -> None:
    """Call `hearer(person, news, subject, body)` when somebody signs in with an unknown browser.

    It gives whether it has told the person, in the way that they chose; the same `news` once.
    """
    _device_hearers.declare(name_of(hearer), hearer)


def tell_new_device(person: Person, news: UUID, subject: str, body: str) -> bool:
    told = [hearer(person, news, subject, body) for hearer in _device_hearers.values()]
    return any(told)


def on_eviction(end: WayIn) -> None:
    """Call `end(person)` in the transaction that ends every way into an account of a city.

    Operators have none but those of their sign-in.
    """
    _ways_in.declare(name_of(end), end)


def end_ways_in(person: Person) -> None:
    if in_console():
        return
    for end in _ways_in.values():
        end(person)


def on_joining(hearer: JoiningHearer) -> None:
    """Call `hearer(joining)` where somebody may have been asked into a place, or it has ended.

    It may come again with the same. The person asked is told only where there is an account.
    """
    _joining_hearers.declare(name_of(hearer), hearer)


def tell_joining(joining: Joining) -> None:
    for hearer in _joining_hearers.values():
        hearer(joining)


def on_motion(hearer: MotionHearer) -> None:
    """Call `hearer(motion)` where something waits for a second person, or does no more."""
    _motion_hearers.declare(name_of(hearer), hearer)


def tell_motion(motion: Motion) -> None:
    for hearer in _motion_hearers.values():
        hearer(motion)
