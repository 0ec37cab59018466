"""Short ways of writing the small forms of kinds: their parameters and what a press asks for."""

from collections.abc import Mapping
from typing import Any

from procedures.kinds.registry import Document


def form(title: str, *questions: Document, checks: tuple[Document, ...] = ()) -> Document:
    """A form of one section."""
    section = {"key": "dane_kroku", "title": title, "questions": list(questions)}
    return {"format": 1, "title": title, "sections": [section], "checks": list(checks)}


def question(key: str, kind: str, label: str, **rest: Any) -> Document:
    return {"key": key, "type": kind, "label": label, **rest}


def choice(key: str, label: str, choices: dict[str, str], **rest: Any) -> Document:
    """A question with one answer of several; `choices` are keys and labels."""
    options = {"choices": [{"key": name, "label": text} for name, text in choices.items()]}
    return question(key, "single_choice", label, options=options, **rest)


def choices(key: str, label: str, offered: dict[str, str], **rest: Any) -> Document:
    """A question with any of several answers."""
    options = {"choices": [{"key": name, "label": text} for name, text in offered.items()]}
    return question(key, "multiple_choice", label, options=options, **rest)


def table(key: str, label: str, *columns: Document, **rest: Any) -> Document:
    return question(key, "table", label, options={"columns": list(columns)}, **rest)


FUNCTION_COLUMN = question("function", "short_text", "Funkcja", required=True)
"""Its answer is a function's key; the editor offers those of the procedure."""

EXPLAINING = ("wezwanie", "uzasadnienie")
"""Keys of questions that ask why a step is taken: with them no other reason is asked for."""


def explaining_in(fields: Mapping[str, Any] | None) -> str:
    """The key of the question of a press that asks why; "" where none does."""
    asked = fields["sections"][0]["questions"] if fields is not None else ()
    return next((one["key"] for one in asked if one["key"] in EXPLAINING), "")


def demanding(fields: Document | None, key: str) -> Document | None:
    """The same questions, of which this one has to be answered."""
    if fields is None:
        return None
    [section] = fields["sections"]
    asked = [
        {**one, "required": True} if one["key"] == key else one for one in section["questions"]
    ]
    return {**fields, "sections": [{**section, "questions": asked}]}


def explained_in(data: Mapping[str, Any]) -> str:
    """Why a step is taken, as the answers to its own questions say."""
    return next((str(data[key]) for key in EXPLAINING if data.get(key)), "")
