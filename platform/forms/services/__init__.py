"""The verbs of forms, one file for each part of the life of a form and of a sheet."""

from forms.services.dictionaries import (
    Entry,
    add_dictionary,
    change_dictionary,
    remove_dictionary,
)
from forms.services.downloading import download_file
from forms.services.drafting import (
    add_form,
    archive_form,
    change_draft,
    change_form,
    copy_form,
    restore_form,
)
from forms.services.exporting import export_answers
from forms.services.filling import Saved, save_answers
from forms.services.grids import GridRow, change_rows, export_table
from forms.services.opening import Opened, compare_versions, open_sheet, open_version
from forms.services.printing import print_sheet
from forms.services.publishing import Choice, Move, Published, publish_form
from forms.services.schooling import change_school_year
from forms.services.sharing import Ending, export_form, form_pattern, import_form
from forms.services.submitting import submit_sheet
from forms.services.table_uploads import RefusedRow, UploadReport, upload_table
from forms.services.tables import (
    TableColumn,
    add_table,
    change_table,
    remove_table,
    table_template,
)

__all__ = [
    "Choice",
    "Ending",
    "Entry",
    "GridRow",
    "Move",
    "Opened",
    "Published",
    "RefusedRow",
    "Saved",
    "TableColumn",
    "UploadReport",
    "add_dictionary",
    "add_form",
    "add_table",
    "archive_form",
    "change_dictionary",
    "change_draft",
    "change_form",
    "change_rows",
    "change_school_year",
    "change_table",
    "compare_versions",
    "copy_form",
    "download_file",
    "export_answers",
    "export_form",
    "export_table",
    "form_pattern",
    "import_form",
    "open_sheet",
    "open_version",
    "print_sheet",
    "publish_form",
    "remove_dictionary",
    "remove_table",
    "restore_form",
    "save_answers",
    "submit_sheet",
    "table_template",
    "upload_table",
]
