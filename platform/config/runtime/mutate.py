"""`make mutate`: whether the tests of a room notice when its code is broken on purpose.

Of every room that is listed here so many mutants are drawn, the same ones for the same seed, and
the room's own tests run against each until one turns red. A survivor is shown with its place: it
wants a test, or is as right as the original. No gate: the exit code is 1 only where a room's tests
are red without any mutant.
"""

import argparse
import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from config.runtime.mutants import VARIABLE, Mutant, mutants_of
from config.runtime.state import ROOT

MOST, SEED = 12, 1
PATIENCE, AT_LEAST = 3, 30
"""A mutant that takes so many times what the tests take, and seconds besides, has been noticed."""
MESSAGING, CASES = "modules/messaging/services", "platform/procedures/services/steps"


@dataclass(frozen=True, slots=True)
class Room:
    """Code and the tests that answer for it; folders stand for all their files."""

    code: tuple[str, ...]
    tests: tuple[str, ...]
    root: Path = ROOT

    def files(self) -> list[Path]:
        places = [self.root / one for one in self.code]
        found = {file for one in places for file in ([one] if one.is_file() else one.rglob("*.py"))}
        return sorted(found)


ROOMS = {
    "permissions": Room(
        (
            *("platform/opium/permissions.py", "platform/accounts/scopes.py"),
            *("platform/accounts/selectors/rights.py", "platform/procedures/standing.py"),
        ),
        (
            *("tests/opium/test_require.py", "tests/accounts/test_rights_agree.py"),
            *("tests/accounts/test_assign_role.py", "tests/accounts/test_substitutions.py"),
            *("tests/accounts/test_second_factor.py", "tests/accounts/test_api_tokens.py"),
            *("tests/procedures/test_authority.py", "tests/procedures/test_scoring.py"),
            *("tests/procedures/test_opinions.py", "tests/todo/test_todo.py"),
        ),
    ),
    "budget": Room(
        ("platform/budget/services", "platform/budget/dividing.py", f"{CASES}/money.py"),
        (
            *("tests/budget", "tests/procedures/test_money.py"),
            "tests/procedures/test_refused_money.py",
        ),
    ),
    "filling": Room(("platform/forms/filling",), ("tests/forms/filling", "tests/forms/rows")),
    "routing": Room(
        ("platform/procedures/routing.py", f"{CASES}/performing.py", f"{CASES}/undoing.py"),
        (
            *("tests/procedures/test_perform.py", "tests/procedures/test_undo.py"),
            *("tests/procedures/test_simulate.py", "tests/procedures/test_no_dead_end.py"),
            *("tests/procedures/test_deadlines.py", "tests/procedures/test_kinds.py"),
            *("tests/procedures/test_cases_api.py", "tests/procedures/test_corrected_forms.py"),
        ),
    ),
    "sending": Room(
        tuple(f"{MESSAGING}/{one}.py" for one in ("sending", "delivering", "answering", "duties")),
        tuple(
            f"tests/modules/messaging/test_{one}.py"
            for one in (
                *("send_message", "remind_silent", "deliver_message", "answer_delivery"),
                *("open_delivery", "duties", "log_of_deeds", "keys_and_the_inbox"),
            )
        ),
    ),
    "merging": Room(
        (f"{MESSAGING}/merging.py", "platform/spreadsheets/merging"),
        (
            *("tests/modules/messaging/test_merge_answers.py", "tests/spreadsheets/cases"),
            *("tests/spreadsheets/test_merge_stack.py", "tests/spreadsheets/test_merge_sum.py"),
            *("tests/spreadsheets/test_merge_form.py", "tests/spreadsheets/test_merge_cells.py"),
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A mutant with the name by which a run loads it."""

    path: Path
    number: int
    mutant: Mutant


def drawn(name: str, room: Room, *, most: int, seed: int) -> list[Drawn]:
    """At most so many of the room's mutants, the same ones for the same seed."""
    every = [
        Drawn(path, number, mutant)
        for path in room.files()
        for number, mutant in enumerate(mutants_of(path.read_text()))
    ]
    chance = random.Random(f"{seed}:{name}")  # noqa: S311  # a draw that can be repeated
    chosen = chance.sample(range(len(every)), min(most, len(every)))
    return [every[place] for place in sorted(chosen)]


def survives(room: Room, mutant: Drawn | None, *, limit: float | None = None) -> bool:
    """Whether the room's tests stay green with it; too slow counts as red."""
    named = f"{mutant.path}#{mutant.number}" if mutant else ""
    command = [
        *(sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "--tb=no"),
        *("-p", "config.runtime.mutants", "-p", "no:cacheprovider", *room.tests),
    ]
    with subprocess.Popen(
        command,
        cwd=room.root,
        env={**os.environ, VARIABLE: named},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as run:
        try:
            return run.wait(limit) == 0
        except subprocess.TimeoutExpired:
            run.kill()
            return False


def mutate(name: str, room: Room, *, most: int, seed: int) -> tuple[int, int] | None:
    """How many of how many were noticed; None where the tests are red as they are."""
    begun = time.monotonic()
    if not survives(room, None):
        _say(f"{name}: its tests are red without any mutant")
        return None
    limit = PATIENCE * (time.monotonic() - begun) + AT_LEAST
    mutants = drawn(name, room, most=most, seed=seed)
    survivors = 0
    for one in mutants:
        if survives(room, one, limit=limit):
            survivors += 1
            _say(shown(one, room.root))
    _say(f"{name}: noticed {len(mutants) - survivors} of {len(mutants)}")
    return len(mutants) - survivors, len(mutants)


def shown(one: Drawn, root: Path = ROOT) -> str:
    """Where the mistake is, and what it is."""
    before, after = (
        "\n".join(f"  {sign} {line}" for line in text.splitlines())
        for sign, text in (("-", one.mutant.before), ("+", one.mutant.after))
    )
    return f"{one.path.relative_to(root)}:{one.mutant.line} survived\n{before}\n{after}"


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="make mutate", description=__doc__)
    parser.add_argument("rooms", nargs="*", help=f"of {', '.join(ROOMS)}; all of them by default")
    parser.add_argument("--most", type=int, default=MOST, help="mutants of each room")
    parser.add_argument("--seed", type=int, default=SEED, help="draws others")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.rooms) - set(ROOMS):
        parser.error(f"no such room: {', '.join(sorted(unknown))}")
    found = [
        mutate(name, ROOMS[name], most=chosen.most, seed=chosen.seed)
        for name in chosen.rooms or ROOMS
    ]
    counted = [one for one in found if one is not None]
    noticed, every = (sum(one[place] for one in counted) for place in (0, 1))
    day = datetime.now(UTC).date()
    _say(f"{day}, seed {chosen.seed}: noticed {noticed} of {every}")
    return int(len(counted) < len(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
