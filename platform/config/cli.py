"""The command `opium`: `opium units import FILE` is the management command `units_import`.

The leading words that name a command are joined; the rest are its arguments.
"""

import os
import sys
from importlib import import_module

_ALONE = {"merge": "spreadsheets.management.commands.merge"}
"""Commands that need neither settings nor a database: they start without all the rest."""
_WRONG_WORDS = 2


def main() -> None:
    words = sys.argv[1:]
    if words and words[0] in _ALONE:
        _run_alone(words)
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # noqa: PLC0415  # after settings
    from django.core.management import (  # noqa: PLC0415  # after settings
        execute_from_command_line,
        get_commands,
    )

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
    from django.core.management.base import CommandError  # noqa: PLC0415  # quicker without

    command = import_module(_ALONE[words[0]]).Command()
    try:
        options = command.create_parser("opium", words[0]).parse_args(words[1:])
        command.execute(**vars(options))
    except CommandError as refusal:
        command.stderr.write(str(refusal))
        sys.exit(max(refusal.returncode, _WRONG_WORDS))
