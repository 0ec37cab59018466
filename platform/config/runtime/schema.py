"""The API's description, `api/openapi.yaml`, and the front end's types made from it.

`write` makes both anew; `check` says what of the committed files is no longer true.
"""

import difflib
import subprocess
import sys
import tempfile
from pathlib import Path

from config.runtime import frontend, state

DESCRIPTION = state.ROOT / "api" / "openapi.yaml"
TYPES = frontend.FOLDER / "src" / "api" / "schema.d.ts"
SHOWN_LINES = 60


class SchemaFailed(RuntimeError):
    """The message ends with what the generator said."""


def describe(target: Path) -> None:
    """Write the description that the code gives; a warning of the generator is a failure."""
    _generate(
        [
            *(sys.executable, str(state.ROOT / "manage.py"), "spectacular"),
            *("--validate", "--fail-on-warn", "--file", str(target)),
        ]
    )


def derive_types(description: Path, target: Path) -> None:
    """Write the TypeScript types of a description."""
    command = frontend.command("openapi-typescript")
    _generate([*command, str(description), "--output", str(target)])


def check() -> bool:
    """Whether both committed files are what the code gives; the difference goes to stdout."""
    with tempfile.TemporaryDirectory() as place:
        description, types = Path(place, "openapi.yaml"), Path(place, "schema.d.ts")
        describe(description)
        derive_types(description, types)
        same = [_same(DESCRIPTION, description), _same(TYPES, types)]
    if not all(same):
        sys.stdout.write("`make schema` writes both files anew.\n")
    return all(same)


def _same(committed: Path, generated: Path) -> bool:
    before = committed.read_text() if committed.exists() else ""
    after = generated.read_text()
    name = str(committed.relative_to(state.ROOT))
    changes = difflib.unified_diff(
        before.splitlines(), after.splitlines(), name, "what the code gives", lineterm=""
    )
    for _number, line in zip(range(SHOWN_LINES), changes, strict=False):
        sys.stdout.write(f"{line}\n")
    return before == after


def _generate(command: list[str]) -> None:
    done = subprocess.run(
        command,
        cwd=frontend.FOLDER if "node" in command[0] else state.ROOT,
        env=frontend.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise SchemaFailed(f"{' '.join(command)}\n{done.stdout}")


def main(arguments: list[str]) -> int:
    try:
        match arguments:
            case ["write"]:
                describe(DESCRIPTION)
                derive_types(DESCRIPTION, TYPES)
                return 0
            case ["check"]:
                return 0 if check() else 1
    except (SchemaFailed, frontend.FrontEndFailed) as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    sys.stderr.write("usage: python -m config.runtime.schema write|check\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
