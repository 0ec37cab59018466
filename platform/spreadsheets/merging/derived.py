"""Cells that a template calculates: totals, averages, shares. They are calculated from the sums."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from spreadsheets import formulas, headers
from spreadsheets.cells import Fault, address, addresses
from spreadsheets.log import Log, quoted
from spreadsheets.merging.exact import exact_sum
from spreadsheets.template import Place, TemplateSheet

if TYPE_CHECKING:
    from spreadsheets.merging.summing import Addend, Sum

_AVERAGES = re.compile(
    r"\b(?:sredni\w*|przecietn\w*|udzial\w*|wskaznik\w*|procent\w*|frekwencj\w*|stawk\w*|cen[ay]|"
    r"najwyzsz\w*|najnizsz\w*|najwieksz\w*|najmniejsz\w*|maks\w*|mediana|"
    r"na (?:1|jedn\w+|ucznia|dziecko|oddzial))\b|%"
)
_YEAR = re.compile(r"\brok\w*\b")
_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_TOLERANCE = 0.005


def formulas_of(sheet: TemplateSheet) -> dict[Place, str]:
    """The template's formulas, also of cells that share the formula of another."""
    found: dict[Place, str] = {}
    known = {place: formulas.normal(text) for place, text in sheet.facts.formulas.items() if text}
    for place, text in sheet.facts.formulas.items():
        if text:
            found[place] = known[place]
            continue
        row, column = place
        nearest = max((p for p in known if p[1] == column and p[0] < row), default=None)
        nearest = nearest or max((p for p in known if p[0] == row and p[1] < column), default=None)
        found[place] = formulas.moved(known[nearest], nearest, place) if nearest else ""
    for place, value in sheet.cells():
        if value == Fault():
            found.setdefault(place, "")
    return found


def settle(plan: "Sum", log: Log) -> None:
    """Calculate every formula of the template; leave out averages that have none."""
    _drop_averages(plan, log)
    _infer_totals(plan, log)
    noted: dict[tuple[str, int], list[Place]] = defaultdict(list)
    for place, formula in plan.formulas.items():
        reported = plan.reported.get(place, [])
        if not formula and reported and not _is_average(plan, place):
            plan.addends[place] = reported
            for addend in reported:
                log.accounts[addend.source].template -= 1
        elif kind := _calculate(plan, place, formula, log):
            noted[kind, place[1]].append(place)
    for (kind, _), places in noted.items():
        log.note_result(
            kind,
            sheet=plan.name,
            cell=addresses(places),
            formula=plan.formulas.get(places[0], ""),
            title=plan.described(places[0]).rpartition(" / ")[2],
        )


def _calculate(plan: "Sum", place: Place, formula: str, log: Log) -> str:
    """Put the value of a formula into the sums; the kind of remark on it, if any."""
    reported = plan.reported.get(place, [])
    try:
        value = formulas.calculate(formula, lambda p: _looked_up(plan, p, set()))
    except formulas.DividedByNothing:
        value = None
    except (formulas.NotCalculated, RecursionError):
        return "derived_unknown" if reported else ""
    if formulas.is_additive(formula):
        plan.computed[place] = _checked(plan, place, reported, log)
        return ""
    if not reported and value is None:
        return ""
    plan.computed[place] = value if value is None else _rounded(value)
    return "derived"


def _rounded(value: float) -> float | int:
    return int(value) if float(value).is_integer() else round(value, 12)


def _looked_up(plan: "Sum", place: Place, under: set[Place]) -> float | None:
    """The sum in a cell, or what its formula gives, or the template's own number."""
    formula = plan.formulas.get(place)
    if formula and place not in under:
        return formulas.calculate(formula, lambda p: _looked_up(plan, p, under | {place}))
    total = plan.total(place)
    if total is None:
        printed = plan.landmarks.values.get(place)
        if isinstance(printed, int | float) and not isinstance(printed, bool):
            return float(printed)
        return None
    return float(total)


def _checked(
    plan: "Sum", place: Place, reported: Iterable["Addend"], log: Log
) -> float | int | None:
    """The total of the parts; a file that gave only its total counts with that.

    Remarks on files whose total is not the sum of their own parts.
    """
    whole = [addend for part in _parts(plan, place) for addend in plan.addends.get(part, ())]
    own: dict[int, list[float | int]] = defaultdict(list)
    for addend in whole:
        own[addend.source].append(addend.value)
    alone = []
    for addend in reported:
        if addend.source not in own:
            alone.append(addend.value)
            continue
        parts = _of_file(plan, place, addend.source)
        if abs(parts - addend.value) > _TOLERANCE:
            log.note(
                addend.source,
                "total_differs",
                sheet=addend.sheet,
                cell=addresses([addend.found]),
                text=quoted(addend.value),
                wanted=quoted(_rounded(parts)),
            )
    if not whole and not alone:
        return None
    total = _total_of_parts(plan, place)
    return exact_sum([*total, *alone])


def _total_of_parts(plan: "Sum", place: Place) -> list[float | int]:
    value = _looked_up(plan, place, set())
    return [] if value is None else [_rounded(value)]


def _parts(plan: "Sum", place: Place, depth: int = 0) -> set[Place]:
    """The cells that a total adds up in the end."""
    formula = plan.formulas.get(place)
    if not formula or depth > 20:  # noqa: PLR2004  # a circle
        return {place}
    return {
        part
        for reference in formulas.references(formula)
        for part in _parts(plan, reference, depth + 1)
    }


def _of_file(plan: "Sum", place: Place, source: int) -> float:
    """What a total comes to from one file's own numbers."""

    def looked_up(wanted: Place, under: frozenset[Place] = frozenset()) -> float | None:
        formula = plan.formulas.get(wanted)
        if formula and wanted not in under:
            return formulas.calculate(formula, lambda p: looked_up(p, under | {wanted}))
        numbers = [a.value for a in plan.addends.get(wanted, ()) if a.source == source]
        return float(sum(numbers)) if numbers else None

    return looked_up(place) or 0.0


def _infer_totals(plan: "Sum", log: Log) -> None:
    """A row or column called a total, without a formula, is one where most files add up in it.

    Only a file that filled all the parts has a say: one whose parts are missing cannot add up.
    """
    for matrix in plan.matrices:
        for place, parts in matrix.totals():
            addends = plan.addends.get(place, [])
            if place in plan.formulas or not addends:
                continue
            added = {addend.source: _own(plan, parts, addend.source) for addend in addends}
            agreeing = [a for a in addends if _agrees(added[a.source], a)]
            whole = [a for a in addends if len(added[a.source]) == len(parts)]
            if not agreeing or len(agreeing) * 2 < len({*agreeing, *whole}):
                _doubt(addends, added, log)
                continue
            plan.formulas[place] = "+".join(address(*part) for part in parts)
            plan.reported[place] = plan.addends.pop(place)
            for addend in plan.reported[place]:
                log.accounts[addend.source].template += 1


def _own(plan: "Sum", parts: Iterable[Place], source: int) -> list[float | int]:
    """The numbers of one file in the parts of a total."""
    return [a.value for part in parts for a in plan.addends.get(part, ()) if a.source == source]


def _agrees(own: Sequence[float | int], addend: "Addend") -> bool:
    return len(own) > 1 and abs(sum(own) - addend.value) <= _TOLERANCE


def _doubt(
    addends: Iterable["Addend"], added: Mapping[int, Sequence[float | int]], log: Log
) -> None:
    """Numbers called totals that stay what they are, though their parts give another."""
    for addend in addends:
        own = added[addend.source]
        if own and not _agrees(own, addend):
            log.note(
                addend.source,
                "total_doubtful",
                sheet=addend.sheet,
                cell=address(*addend.found),
                text=quoted(addend.value),
                wanted=quoted(_rounded(sum(own))),
            )


def _drop_averages(plan: "Sum", log: Log) -> None:
    """Averages, shares and rates that people typed are not added: there is no sum of them."""
    dropped = [
        place
        for place, addends in plan.addends.items()
        if addends and (_is_average(plan, place) or _are_years(plan, place, addends))
    ]
    for _, places in groupby(sorted(dropped, key=lambda p: (p[1], p[0])), lambda p: p[1]):
        listed = list(places)
        title = plan.described(listed[0]).rpartition(" / ")[2]
        log.note_result("derived_unknown", sheet=plan.name, cell=addresses(listed), title=title)
        for place in listed:
            for addend in plan.addends.pop(place):
                log.accounts[addend.source].named += 1


def _is_average(plan: "Sum", place: Place) -> bool:
    if "%" in plan.sheet.number_format(*place):
        return True
    return any(_AVERAGES.search(headers.key(text)) for text in _names(plan, place))


def _names(plan: "Sum", place: Place) -> list[str]:
    """The title over a cell and the label before it, or the label of a field."""
    matrix = plan.matrix_of(place)
    if matrix is None:
        return [] if plan.matrices else [plan.described(place)]
    label = matrix.spelt(place[0]) if place[0] in matrix.rows else ""
    return [text for text in (matrix.title_of(place[1]), label) if text]


def _are_years(plan: "Sum", place: Place, addends: Iterable["Addend"]) -> bool:
    """Whether the numbers are years, asked for by that name."""
    is_asked = any(_YEAR.search(headers.key(text)) for text in _names(plan, place))
    return is_asked and all(
        float(a.value).is_integer() and _FIRST_YEAR <= a.value <= _LAST_YEAR for a in addends
    )
