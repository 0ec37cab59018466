"""The figures of the code and the picture of its rooms, printed by `make lint ARGS=--mirror`."""

import ast
import re
import tomllib

import pytest

from config.runtime import mirror
from config.runtime.mirror import Arrow


@pytest.fixture(scope="module")
def arrows():
    return mirror.arrows()


@pytest.fixture
def code(tmp_path, monkeypatch):
    """A product of three files, one of them a migration."""
    room = tmp_path / "modules" / "repairs"
    (room / "migrations").mkdir(parents=True)
    body = "".join(f"    x = {number}\n" for number in range(50))
    (room / "long.py").write_text(f"def long():\n{body}\n\nasync def short():\n    import os\n")
    (room / "marked.py").write_text("import os  # noqa: F401\nx = 1  # type: ignore[misc]\n" * 2)
    (room / "migrations" / "0001_first.py").write_text("# noqa\n")
    monkeypatch.setattr(mirror, "ROOT", tmp_path)


def test_the_figures_count_the_product_and_not_its_migrations(code):
    assert dict(mirror.figures()) == {
        "files": 2,
        "lines of a file, median": 30,
        "lines of a file, 95th percentile": 55,
        "lines of a file, most": 55,
        "functions over 50 lines": 1,
        "type: ignore": 2,
        "noqa": 2,
        "inline imports": 1,
    }


def test_a_function_of_fifty_lines_is_not_too_long_and_one_more_line_is():
    def long(lines):
        return mirror._long(ast.parse("def f():\n" + "    x = 1\n" * (lines - 1)))

    assert (long(50), long(51)) == (0, 1)


def test_no_room_of_ours_knows_one_above_it_or_comes_back_to_itself(arrows):
    assert mirror.upward(arrows) == []
    assert mirror.cycles(arrows) == []


def test_the_arrows_are_those_of_the_code(arrows):
    known = {(one.importer, one.imported): one.count for one in arrows}

    assert known["accounts", "units"] > 0
    assert ("units", "accounts") not in known  # for types alone, if at all
    assert ("config", "config") not in known


def test_an_arrow_up_or_between_neighbours_and_a_circle_are_found():
    up, aside, down = (
        Arrow("units", "accounts", 1),
        Arrow("billing", "modules", 1),
        Arrow("accounts", "units", 2),
    )

    assert mirror.upward([up, aside, down]) == [up, aside]
    assert sorted(mirror.cycles([up, aside, down])) == ["accounts", "units"]
    assert mirror.cycles([aside, down]) == []


def test_the_picture_has_each_room_once_and_marks_an_arrow_up():
    drawn = mirror.picture([Arrow("units", "accounts", 1), Arrow("accounts", "units", 4)])

    rooms = [room for storey in mirror.storeys() for room in storey]
    assert re.findall(r"<text [^>]*>(\w+)</text>", drawn) == rooms
    assert re.findall(r'class="wrong".*?<title>([^<]+)', drawn) == ["units → accounts: 1"]
    assert "<title>accounts → units: 4</title>" in drawn


def test_it_fails_where_an_arrow_goes_up(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(mirror, "PICTURE", mirror.ROOT / ".opium" / "imports.svg")
    monkeypatch.setattr(mirror, "arrows", lambda: [Arrow("units", "accounts", 1)])

    assert mirror.show() == 1
    assert re.search(r"^arrows up +1$", capsys.readouterr().out, re.MULTILINE)


def test_the_picture_in_the_documents_shows_the_rooms_of_today():
    rooms = [room for storey in mirror.storeys() for room in storey]
    assert re.findall(r"<text [^>]*>(\w+)</text>", mirror.PICTURE.read_text()) == rooms


def test_the_wheel_carries_every_room():
    project = tomllib.loads((mirror.ROOT / "pyproject.toml").read_text())
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    rooms = [path.parent for path in (mirror.ROOT / "platform").glob("*/__init__.py")]
    beside = {"api", "billing", "modules", "provisioning", "tenants"}

    assert sorted(packages) == sorted({f"platform/{room.name}" for room in rooms} | beside)
