import ast

import pytest

from config.runtime import mutants, mutate
from config.runtime.mutate import ROOMS, Room, drawn

SOURCE = '''"""A page."""
LIMIT = 3


def may(actor, age, *, is_open=False):
    """Whether they may."""
    require(actor, "see")
    if not is_open:
        return False
    return age >= 18 and actor in {1}


class Desk:
    def tell(self) -> None:
        """Tell them."""
        say(f"{self.age + 1} lat")
'''
WEAK = """from thing import may


def test_grown_ups_may():
    assert may(30, 5)
"""
THING = "def may(age, limit):\n    return age >= limit and limit != 7\n"


def test_every_kind_of_mistake_is_made_in_its_place_and_nothing_else_changes():
    found = mutants.mutants_of(SOURCE)

    assert [(one.line, one.before, one.after) for one in found] == [
        (7, 'require(actor, "see")', "pass"),
        (8, "if not is_open:\n        return False", "pass"),
        (8, "not is_open", "(is_open)"),
        (9, "False", "True"),
        (10, "age >= 18 and actor in {1}", "(age >= 18 or actor in {1})"),
        (10, "age >= 18", "(age > 18)"),
        (10, "18", "19"),
        (10, "actor in {1}", "(actor not in {1})"),
        (10, "1", "2"),
        (16, 'say(f"{self.age + 1} lat")', "pass"),
        (16, 'say(f"{self.age + 1} lat")', "return"),
    ]
    for one in found:
        ast.parse(one.source)
        assert one.source.replace(one.after, one.before, 1).count("\n") == SOURCE.count("\n")


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A room whose tests notice little; not the project's, so without its database."""
    (tmp_path / "thing.py").write_text(THING)
    (tmp_path / "test_thing.py").write_text(WEAK)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    return Room(("thing.py",), ("test_thing.py",), root=tmp_path)


def test_a_mistake_that_a_test_notices_is_counted_and_one_that_none_does_is_shown(room, capsys):
    before = room.files()[0].read_text()

    assert mutate.mutate("thing", room, most=9, seed=1) == (1, 4)

    said = capsys.readouterr().out
    assert "thing.py:2 survived\n  - age >= limit\n  + (age > limit)" in said
    assert "  - limit != 7\n  + (limit == 7)" not in said
    assert "thing: noticed 1 of 4" in said
    assert room.files()[0].read_text() == before


def test_a_room_whose_tests_are_red_already_is_not_counted(room, capsys):
    (room.root / "test_thing.py").write_text("def test_no():\n    assert 1 == 2\n")

    assert mutate.mutate("thing", room, most=9, seed=1) is None
    assert "red without any mutant" in capsys.readouterr().out


def test_a_mutant_that_never_ends_is_noticed(room):
    (room.root / "test_thing.py").write_text("def test_no():\n    while True: pass\n")

    assert mutate.survives(room, None, limit=2) is False


def test_the_same_seed_draws_the_same_mutants_and_another_draws_others():
    room = ROOMS["budget"]

    def places(seed):
        return [(one.path, one.number) for one in drawn("budget", room, most=12, seed=seed)]

    assert places(1) == places(1)
    assert len(places(1)) == 12
    assert places(1) != places(2)


def test_every_room_has_its_code_and_its_tests():
    for room in ROOMS.values():
        assert room.files()
        assert [one for one in (*room.code, *room.tests) if not (room.root / one).exists()] == []


def test_a_room_that_is_not_listed_is_refused(capsys):
    with pytest.raises(SystemExit):
        mutate.main(["kitchen"])
    assert "no such room: kitchen" in capsys.readouterr().err
