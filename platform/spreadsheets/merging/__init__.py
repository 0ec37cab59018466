"""Puts the filled copies of one workbook together again, without programming.

Every visible sheet of the template becomes a sheet of the result. `stack` puts the rows of all
units under one header, `form` makes one row of each unit, `sum` adds the copies cell by cell.
A last sheet, "Uwagi", names every file, column and cell that did not fit, and why.
"""

from spreadsheets.merging.merge import merge

__all__ = ["merge"]
