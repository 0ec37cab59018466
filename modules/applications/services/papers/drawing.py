"""Drawing a document up as docx and PDF; the list of results as HTML and xlsx besides."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.html import format_html, format_html_join

from audit import services as audit
from documents import letters
from documents.errors import DocumentsBusy
from files import services as files
from modules.applications.deeds import Deed
from modules.applications.models import Paper
from modules.applications.permissions import Permission
from opium.errors import DomainError
from opium.permissions import Actor, require
from spreadsheets import writing
from spreadsheets.writing import Column, Kind

if TYPE_CHECKING:
    from uuid import UUID

FOLDER = Path(__file__).resolve().parent
COLUMNS = (
    Column("Lp.", Kind.INTEGER, 6),
    Column("Oznaczenie", width=30),
    Column("Jednostka", width=40),
    Column("Przyznana kwota", Kind.MONEY, 18),
)

SHOWN = ("lp", "oznaczenie", "jednostka", "kwota")


def draw_paper(*, actor: Actor, paper: Paper) -> Paper:
    """Make the files of a document that waits for them; safe to run twice.

    They are drawn in no transaction, so that nothing is locked meanwhile. What cannot be drawn
    makes the document fail with the sentence why.
    """
    require(actor, Permission.DIVIDE_MONEY, paper.recommendation.call)
    if paper.state != Paper.State.WAITING:
        return paper
    template = (FOLDER / f"{paper.kind}.docx").read_bytes()
    try:
        drawn = letters.draw_up(template, paper.values, title=str(paper))
    except DocumentsBusy:
        raise
    except DomainError as refusal:
        fail_paper(paper_id=paper.pk, sentence=str(refusal))
        return Paper.objects.get(pk=paper.pk)
    made = {"docx": drawn.docx, "pdf": drawn.pdf}
    if paper.kind == Paper.Kind.RESULTS:
        made |= {"html": page(paper.values), "xlsx": sheet(paper.values)}
    with transaction.atomic():
        locked = Paper.objects.select_for_update().get(pk=paper.pk)
        if locked.state == Paper.State.WAITING:
            _keep(actor, locked, made)
    return locked


def _keep(actor: Actor, paper: Paper, made: dict[str, bytes]) -> None:
    for ending, content in made.items():
        name = files.archive_name(str(paper), extension=ending)
        setattr(paper, ending, files.store(actor=actor, name=name, content=content))
    paper.state, paper.failure = Paper.State.READY, ""
    paper.save()
    audit.record(
        actor=actor,
        deed=Deed.DRAW_PAPER,
        right=Permission.DIVIDE_MONEY,
        target=paper,
        after={"files": sorted(made)},
    )


def fail_paper(*, paper_id: "UUID | str", sentence: str) -> str:
    """Mark a document that cannot be made, with the sentence why; its name."""
    waiting = Paper.objects.filter(pk=paper_id, state=Paper.State.WAITING)
    waiting.update(state=Paper.State.FAILED, failure=sentence[:1000])
    found = Paper.objects.select_related("recommendation__call").filter(pk=paper_id).first()
    return str(found) if found is not None else ""


def page(values: dict[str, Any]) -> bytes:
    """The results as a page of their own, ready for a web site and the BIP."""
    rows = format_html_join(
        "\n",
        "<tr><td>{}</td><th scope='row'>{}</th><td>{}</td><td>{}</td></tr>",
        (
            (one["lp"], one["oznaczenie"], one["jednostka"], one["kwota"])
            for one in values["wiersze"]
        ),
    )
    told = {name: values[name] for name in ("nabor", "miasto", "data", "numer", "z_dnia")}
    return format_html(
        "<!doctype html>\n<html lang='pl'>\n<head><meta charset='utf-8'>"
        "<title>Wyniki naboru: {nabor}</title></head>\n<body>\n<h1>Wyniki naboru: {nabor}</h1>\n"
        "<p>{miasto}, {data}</p>\n"
        "<p>Zarządzenie {numer} z {z_dnia}. Środki otrzymuje: {liczba}, razem {razem}.</p>\n"
        "<table>\n<caption>Przyznane środki</caption>\n<thead><tr><th scope='col'>Lp.</th>"
        "<th scope='col'>Oznaczenie</th><th scope='col'>Jednostka</th>"
        "<th scope='col'>Przyznana kwota</th></tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n"
        "<p>Lista nie zawiera danych uczniów ani innych osób. {sposob}</p>\n</body>\n</html>\n",
        rows=rows,
        liczba=values["liczba"],
        razem=values["razem"],
        sposob=values["sposob"],
        **told,
    ).encode()


def sheet(values: dict[str, Any]) -> bytes:
    rows = (
        (one["lp"], one["oznaczenie"], one["jednostka"], Decimal(one["suma"]))
        for one in values["wiersze"]
    )
    return writing.write_table(COLUMNS, rows, name="Wyniki")
