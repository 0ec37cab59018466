"""Letters: their templates, and the letters themselves."""

from procedures.services.correspondence.archiving import archive_job
from procedures.services.correspondence.downloading import download_letter, download_template
from procedures.services.correspondence.issuing import issue_letter, issue_letters
from procedures.services.correspondence.previewing import MAKING, PURPOSE, preview_letter
from procedures.services.correspondence.rendering import (
    await_letter,
    fail_letter,
    render_again,
    render_letter,
)
from procedures.services.correspondence.templates import (
    NEW,
    NEWER,
    PURPOSES,
    add_template,
    change_template,
)
from procedures.services.correspondence.values import ROOTS

__all__ = [
    "MAKING",
    "NEW",
    "NEWER",
    "PURPOSE",
    "PURPOSES",
    "ROOTS",
    "add_template",
    "archive_job",
    "await_letter",
    "change_template",
    "download_letter",
    "download_template",
    "fail_letter",
    "issue_letter",
    "issue_letters",
    "preview_letter",
    "render_again",
    "render_letter",
]
