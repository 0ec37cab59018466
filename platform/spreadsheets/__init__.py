"""Any workbook in, one workbook out.

Nouns: Workbook, Sheet, Fault (a cell without a readable value), Template, Source, Report, Remark.
Verbs: `reading.Reader` reads what people send in a sandboxed child process, `merging.merge` puts
119 filled copies of one template together, `writing.write_table` exports a table to xlsx.
No tables, no settings: the package works without Django configured.
"""
