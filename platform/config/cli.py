"""The command `opium`: `opium units import FILE` is the management command `units_import`.

The leading words that name a command are joined; the rest are its arguments.
"""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # noqa: PLC0415
    from django.core.management import (  # noqa: PLC0415  # after settings
        execute_from_command_line,
        get_commands,
    )

    django.setup()
    words = sys.argv[1:]
    known = get_commands()
    for count in (2, 1):
        name = "_".join(word.replace("-", "_") for word in words[:count])
        if name in known:
            words = [name, *words[count:]]
            break
    execute_from_command_line(["opium", *words])
