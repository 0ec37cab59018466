"""What the child can be asked for. `room` is an empty folder that the parent makes and removes."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from documents.sandbox import drawing, filling, invoices, word
from documents.wire import Told

Verb = Callable[[Mapping[str, Any], Mapping[str, bytes]], Told]


def fields(_told: Mapping[str, Any], parts: Mapping[str, bytes]) -> Told:
    return {"fields": sorted(filling.fields_of(parts["template"]))}, {}


def fill(told: Mapping[str, Any], parts: Mapping[str, bytes]) -> Told:
    return {}, {"docx": filling.fill(parts["template"], told["values"])}


def read(told: Mapping[str, Any], parts: Mapping[str, bytes]) -> Told:
    filled = filling.fill(parts["template"], told["values"])
    return {"lines": word.lines(filled)}, {}


def convert(told: Mapping[str, Any], parts: Mapping[str, bytes]) -> Told:
    return {}, {"pdf": filling.as_pdf(parts["docx"], title=told["title"], room=Path(told["room"]))}


def letter(told: Mapping[str, Any], parts: Mapping[str, bytes]) -> Told:
    docx = filling.fill(parts["template"], told["values"])
    return {}, {
        "docx": docx,
        "pdf": filling.as_pdf(docx, title=told["title"], room=Path(told["room"])),
    }


def draw(told: Mapping[str, Any], parts: Mapping[str, bytes]) -> Told:
    return {}, {"pdf": drawing.draw(told["document"], parts, room=Path(told["room"]))}


def invoice(_told: Mapping[str, Any], parts: Mapping[str, bytes]) -> Told:
    return {"invoice": invoices.invoice_of(parts["xml"])}, {}


VERBS: dict[str, Verb] = {
    "fields": fields,
    "fill": fill,
    "read": read,
    "convert": convert,
    "letter": letter,
    "draw": draw,
    "invoice": invoice,
}
