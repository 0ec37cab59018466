"""A form as a plain table, one row a question: what cities keep in a workbook."""

from forms.tabular.example import example
from forms.tabular.rows_in import definition_from_rows
from forms.tabular.writing import definition_to_rows

__all__ = ["definition_from_rows", "definition_to_rows", "example"]
