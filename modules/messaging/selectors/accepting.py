"""Who accepts messages: the functions that each chain of acceptance asks, and who plays them."""

from collections.abc import Collection
from dataclasses import dataclass

from accounts import selectors as accounts
from modules.messaging.models import AcceptanceChain, AcceptanceRule
from modules.messaging.permissions import Permission
from opium.permissions import SYSTEM, Actor, require
from opium.polish import fold
from procedures import selectors as procedures
from procedures.permissions import Permission as Procedures

Chain = AcceptanceRule.Chain
FUNCTIONS = {"kierownik": "Kierownik referatu", "dyrektor": "Dyrektor wydziału"}
PLAYED = {Chain.HEAD: ("kierownik",), Chain.HEAD_AND_DIRECTOR: ("kierownik", "dyrektor")}
"""Who accepts, one after another: codes of functions where the city has none of that name."""


@dataclass(frozen=True, slots=True)
class Accepting:
    """A function that a chain asks."""

    code: str
    name: str
    holders: list[str]
    """People, and roles whose holders play it."""
    is_played: bool
    """Whether any of them may act in cases today."""


@dataclass(frozen=True, slots=True)
class ChainShown:
    chain: str
    functions: list[Accepting]


def codes_of(names: dict[str, str]) -> dict[str, str]:
    """The usual code -> the code of the city's function: that of the name, whoever made it."""
    known = accounts.functions_known(names)
    namesakes = accounts.function_namesakes()
    return {
        code: code if code in known else namesakes.get(fold(name), code)
        for code, name in names.items()
    }


def chains_shown(actor: Actor) -> list[ChainShown]:
    """Each chain with the functions that it asks, in their order."""
    require(actor, Permission.SET_ACCEPTANCE)
    wanted = {chain: functions_of(chain) for chain in PLAYED}
    codes = {code for names in wanted.values() for code in names}
    holders = _holders(codes)
    played = accounts.functions_played(codes, Procedures.ACT_IN_CASE)
    return [
        ChainShown(
            chain,
            [
                Accepting(code, name, holders.get(code, []), is_played=played[code])
                for code, name in names.items()
            ],
        )
        for chain, names in wanted.items()
    ]


def functions_of(chain: str) -> dict[str, str]:
    """Code -> name of the functions that the chain asks: of its procedure, where it has one."""
    known = AcceptanceChain.objects.select_related("procedure").filter(code=chain).first()
    revision = procedures.newest_or_none(known.procedure) if known is not None else None
    if revision is not None:
        return {one.key: one.name for one in procedures.definition_of(revision).functions}
    codes = codes_of(FUNCTIONS)
    return {codes[code]: FUNCTIONS[code] for code in PLAYED[Chain(chain)]}


def _holders(codes: Collection[str]) -> dict[str, list[str]]:
    functions = accounts.functions_visible_to(SYSTEM).filter(code__in=codes)
    return {
        one.code: [
            holder.person.display_name if holder.person else f"każdy z rolą {holder.role}"
            for holder in one.holders.all()
        ]
        for one in functions
    }
