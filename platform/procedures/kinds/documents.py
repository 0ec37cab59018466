"""Short ways of writing the small forms of kinds: their parameters and what a press asks for."""

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
