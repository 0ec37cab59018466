"""What `docs/threats.md` cites is there: a table of promises is worth what its tests are."""

import re
from pathlib import Path

import pytest

from config.runtime import state

PAGE = state.ROOT / "docs" / "threats.md"
CITED = re.compile(r"`([^`\s]+(?:/[^`\s]+|\.(?:md|lock))(?:::\w+)?)`")
ROW = re.compile(
    r"^\| (?!group|---)(?P<group>[^|]+) \| (?P<state>[^|]+) \| (?P<why>.+) \|$", re.MULTILINE
)
STATES = {"met", "partly", "not met", "does not apply"}
CHAPTERS = 17


def cited(text: str) -> list[str]:
    return CITED.findall(text)


def is_there(citation: str, root: Path = state.ROOT) -> bool:
    """Whether the file stands, and the test in it."""
    name, _, test = citation.partition("::")
    path = root / name
    if not path.is_file():
        return False
    return not test or re.search(rf"^def {test}\(", path.read_text(), re.MULTILINE) is not None


def test_every_file_and_test_that_the_page_cites_is_there():
    found = cited(PAGE.read_text())
    assert len(found) > 100
    assert [one for one in found if not is_there(one)] == []


def test_whatever_is_called_met_names_what_meets_it():
    rows = [one.groupdict() for one in ROW.finditer(PAGE.read_text())]
    assert {one["state"] for one in rows} == STATES
    met = [one for one in rows if one["state"] in {"met", "partly"}]
    assert [one["group"] for one in met if not cited(one["why"])] == []


def test_what_is_partly_met_says_what_is_lacking():
    rows = [one.groupdict() for one in ROW.finditer(PAGE.read_text())]
    lacking = [one["group"] for one in rows if one["state"] == "partly"]
    assert lacking == [one["group"] for one in rows if "Not met: " in one["why"]]


def test_every_chapter_of_the_standard_is_there_in_its_order():
    numbers = re.findall(r"^## V(\d+) ", PAGE.read_text(), re.MULTILINE)
    assert [int(one) for one in numbers] == list(range(1, CHAPTERS + 1))


@pytest.mark.parametrize(
    "citation",
    ["tests/nie/ma.py", "SECURITY.md::test_nothing", "tests/architecture/test_threats.py::test_x"],
)
def test_what_is_not_there_is_noticed(citation):
    assert not is_there(citation)
