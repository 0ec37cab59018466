"""The command `opium`: `opium units import FILE` is the management command `units_import`.

The leading words that name a command are joined; the rest are its arguments.
"""

import os
import sys
from collections.abc import Mapping
from importlib import import_module

import django
from django.core.management import (
    CommandError,
    execute_from_command_line,
    get_commands,
    load_command_class,
)

_ALONE = {"merge": "spreadsheets.management.commands.merge"}
"""Commands that need neither settings nor a database: they start without all the rest."""
_WRONG_WORDS = 2


def main() -> None:
    words = sys.argv[1:]
    if words and words[0] in _ALONE:
        _run_alone(words)
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    known = get_commands()
    if len(words) <= _WRONG_WORDS and _tell_family(words, known):
        return
    for count in (2, 1):
        name = "_".join(word.replace("-", "_") for word in words[:count])
        if name in known:
            words = [name, *words[count:]]
            break
    execute_from_command_line(["opium", *words])


def _tell_family(words: list[str], known: Mapping[str, object]) -> bool:
    """`opium catalogue --help`: what the commands of that first word do; whether it was asked."""
    if not words or words[0] in known or words[1:] not in ([], ["--help"], ["-h"], ["help"]):
        return False
    family = [name for name in sorted(known) if name.startswith(f"{words[0]}_")]
    for name in family:
        helped = load_command_class(str(known[name]), name).help
        sys.stdout.write(f"opium {name.replace('_', ' ', 1).replace('_', '-'):24}  {helped}\n")
    if family:
        sys.stdout.write("Co podać każdemu z nich, mówi jego własne --help.\n")
    return bool(family)


def _run_alone(words: list[str]) -> None:
    """Run a command by itself; ends the process with the command's code where it refuses."""
    command = import_module(_ALONE[words[0]]).Command()
    try:
        options = command.create_parser("opium", words[0]).parse_args(words[1:])
        command.execute(**vars(options))
    except CommandError as refusal:
        command.stderr.write(str(refusal))
        sys.exit(max(refusal.returncode, _WRONG_WORDS))
