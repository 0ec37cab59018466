"""The sheet of a sum as people know it: the template's cells, with the sums in it."""

import xlsxwriter

from spreadsheets.cells import MAX_TEXT
from spreadsheets.merging.summing import Sum
from spreadsheets.template import Place

_WIDEST = 50
_LARGEST_MERGE = 5_000

Area = tuple[int, int, int, int]


def paint_sums(plan: Sum, book: xlsxwriter.Workbook, name: str) -> None:
    """Add the template's sheet with its sums to a workbook in the making."""
    sheet = book.add_worksheet(name)
    label = book.add_format({"text_wrap": True, "valign": "vcenter", "bold": True})
    summed = {*plan.addends, *plan.computed}
    merged = _merged(plan, summed)
    for place, value in plan.landmarks.values.items():
        if place in summed:
            continue
        if place in merged:
            sheet.merge_range(*merged[place], "", label)
        if isinstance(value, int | float) and not isinstance(value, bool):
            if place not in plan.formulas:
                sheet.write_number(*place, value, label)
        elif isinstance(value, str):
            sheet.write_string(*place, value[:MAX_TEXT], label)
    for place in summed:
        total = plan.total(place)
        if total is not None:
            number_format = plan.sheet.number_format(*place) or (
                "0" if isinstance(total, int) else "#,##0.00"
            )
            sheet.write_number(*place, total, book.add_format({"num_format": number_format}))
    _dress(plan, sheet)


def _dress(plan: Sum, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    widths: dict[int, int] = {}
    for (_, column), value in plan.landmarks.values.items():
        longest = max(map(len, str(value).split()), default=0)
        widths[column] = min(max(widths.get(column, 12), longest + 3), _WIDEST)
    for column, width in widths.items():
        sheet.set_column(column, column, width)
    if plan.matrices:
        layout = plan.matrices[0].layout
        sheet.freeze_panes(layout.header_row + 1, layout.titles[0].place + 1)


def _merged(plan: Sum, summed: set[Place]) -> dict[Place, Area]:
    """The template's merged cells by their first cell, without those that overlap."""
    used = set(summed)
    kept = {}
    for area in plan.sheet.merged:
        top, left, bottom, right = area
        if (bottom - top + 1) * (right - left + 1) > _LARGEST_MERGE or area[:2] == area[2:]:
            continue
        covered = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        if not covered & used:
            used |= covered
            kept[top, left] = area
    return kept
