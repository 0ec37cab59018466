"""The words of the product: `docs/slownik.md` says what a thing is called, and what it is not."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GLOSSARY = ROOT / "docs" / "slownik.md"
ROOMS = ("platform", "modules", "api", "tenants", "billing", "provisioning")
POLISH = re.compile(r"[ąćęłńóśźż„]", re.IGNORECASE)
"""A text with none of these may be code; those that people read have one nearly always."""
PLACES = re.compile(r"\$?\{[^{}]*\}")
STRING = re.compile(r'"([^"\n]*)"|`([^`]*)`|>([^<>{}]+)<')
JSX_LINE = re.compile(r"^[ \t]*([^\W\d_][^\n;=(){}<>\"]*)$", re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\w])//[^\n]*", re.DOTALL)
RECORDING = {"record", "record_view", "record_typing"}
NAMED_OTHERWISE = {
    "status publiczności": "a heading of the register of schools, in the register's own words",
    "„django_migrations”": "a table, told to the operator who restores a city",
    "mają różni odbiorcy": "payees of bank transfers, as banks call them",
    "previous, link, unit": "words of the file format of forms, told to who writes such a file",
}
CODES = re.compile(r"(?<![\w.{@/])[a-z]+_[a-z_]+(?![\w.}@(])")
"""A raw code, such as `ocena_komisji`."""


def rows() -> list[tuple[str, str]]:
    """Each word of the glossary with what it is not called."""
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if "|" in line]
    return [(one[0], one[3]) for one in cells if one[0] not in {"Słowo", "---"}]


def forbidden() -> dict[str, re.Pattern[str]]:
    """What is never said -> how it is found."""
    words = [word.strip() for _, never in rows() for word in never.split(",")]
    told = {word for word in words if word not in {"–", ""} and not word.startswith("(")}
    endings = {word: r"\w*".join(re.escape(part) for part in word.split("*")) for word in told}
    return {word: re.compile(rf"\b{endings[word]}\b", re.IGNORECASE) for word in sorted(told)}


@cache
def texts() -> list[tuple[str, str]]:
    """Every Polish text of the product, with the file in which it stands."""
    return list(_texts())


def _texts() -> Iterator[tuple[str, str]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if not {"migrations", "runtime"} & set(path.parts):
                yield from ((str(path), text) for text in _of_python(path))
    for path in sorted((ROOT / "frontend" / "src").rglob("*.ts*")):
        if ".test." not in path.name and path.name != "schema.d.ts":
            yield from ((str(path), text) for text in _of_screen(path))


def _of_python(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {one.value for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in told:
            text = PLACES.sub("", node.value)
            if POLISH.search(text):
                yield text


def _of_screen(path: Path) -> Iterator[str]:
    source = COMMENT.sub("", path.read_text(encoding="utf-8"))
    found = ["".join(filter(None, groups)) for groups in STRING.findall(source)]
    for text in (*found, *JSX_LINE.findall(source)):
        cleaned = PLACES.sub("", text)
        if POLISH.search(cleaned):
            yield cleaned


def offences(what: re.Pattern[str]) -> list[str]:
    return [
        f"{Path(path).relative_to(ROOT)}: {text.strip()[:120]}"
        for path, text in texts()
        if what.search(text) and not any(one in text for one in NAMED_OTHERWISE)
    ]


def test_each_word_stands_once_in_the_glossary_with_what_it_is_not_called():
    words = [word for word, _ in rows()]
    assert len(words) > 50
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize("word", forbidden())
def test_nothing_is_called_what_the_glossary_forbids(word):
    assert offences(forbidden()[word]) == []


def test_no_text_that_people_read_names_a_thing_by_its_code():
    assert offences(CODES) == []


def test_the_log_has_a_polish_word_for_each_fact_that_services_write_down():
    telling = (ROOT / "frontend/src/modules/audit/telling.ts").read_text(encoding="utf-8")
    known = set(re.findall(r'^\s+(\w+): "', telling, re.MULTILINE))
    written = {key for room in ROOMS for key in _facts_of(ROOT / room)}
    told = {key for key in written if not key.endswith(("_id", "_kind", "_code"))}
    assert len(told) > 50
    assert told - known == set()


def _facts_of(room: Path) -> Iterator[str]:
    """The names of what is written beside a deed, as far as they stand in the call itself."""
    for path in sorted(room.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "attr", "") in RECORDING:
                facts = [one.value for one in call.keywords if one.arg in {"before", "after"}]
                keys = [key for one in facts if isinstance(one, ast.Dict) for key in one.keys]
                yield from (str(one.value) for one in keys if isinstance(one, ast.Constant))


def test_the_search_finds_texts_of_services_and_of_screens():
    known = [text for _, text in texts()]
    assert "Nadawca tej wiadomości nie prosi o odpowiedź." in known
    assert any("Przyszła nowsza odpowiedź" in text for text in known)
