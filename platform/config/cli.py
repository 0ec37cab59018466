"""The command `opium`: `opium units import FILE` is the management command `units_import`.

The leading words that name a command are joined; the rest are its arguments.
"""

import os
import sys
from importlib import import_module

import django
from django.core.management import CommandError, execute_from_command_line, get_commands

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
    for count in (2, 1):
        name = "_".join(word.replace("-", "_") for word in words[:count])
        if name in known:
            words = [name, *words[count:]]
            break
    execute_from_command_line(["opium", *words])


def _run_alone(words: list[str]) -> None:
    """Run a command by itself; ends the process with the command's code where it refuses."""
    command = import_module(_ALONE[words[0]]).Command()
    try:
        options = command.create_parser("opium", words[0]).parse_args(words[1:])
        command.execute(**vars(options))
    except CommandError as refusal:
        command.stderr.write(str(refusal))
        sys.exit(max(refusal.returncode, _WRONG_WORDS))
