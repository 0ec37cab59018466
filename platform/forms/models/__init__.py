"""The tables of forms: what is asked, what is answered, and the city's own lists."""

from forms.models.definitions import Form, FormRevision
from forms.models.lists import (
    Dictionary,
    DictionaryEntry,
    SchoolCalendar,
    TableEdition,
    UnitTable,
    UnitTableRow,
)
from forms.models.sheets import Sheet, SheetFile, SheetVersion

__all__ = [
    "Dictionary",
    "DictionaryEntry",
    "Form",
    "FormRevision",
    "SchoolCalendar",
    "Sheet",
    "SheetFile",
    "SheetVersion",
    "TableEdition",
    "UnitTable",
    "UnitTableRow",
]
