"""The verbs of procedures: making them, publishing them, moving what runs, carrying files."""

from procedures.services.designing.carrying import (
    PURPOSE,
    READING,
    copy_procedure,
    export_procedure,
    import_procedure,
)
from procedures.services.designing.drafting import (
    add_procedure,
    archive_procedure,
    change_procedure,
    declare_functions,
)
from procedures.services.designing.moves import Move, move_cases
from procedures.services.designing.publishing import publish_procedure

__all__ = [
    "PURPOSE",
    "READING",
    "Move",
    "add_procedure",
    "archive_procedure",
    "change_procedure",
    "copy_procedure",
    "declare_functions",
    "export_procedure",
    "import_procedure",
    "move_cases",
    "publish_procedure",
]
