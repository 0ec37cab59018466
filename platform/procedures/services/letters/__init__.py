"""Letters: their templates, and the letters themselves."""

from procedures.services.letters.archiving import archive_job
from procedures.services.letters.issuing import issue_letter, issue_letters
from procedures.services.letters.rendering import (
    await_letter,
    fail_letter,
    render_again,
    render_letter,
)
from procedures.services.letters.templates import (
    add_template,
    change_template,
)
from procedures.services.letters.values import ROOTS

__all__ = [
    "ROOTS",
    "add_template",
    "archive_job",
    "await_letter",
    "change_template",
    "fail_letter",
    "issue_letter",
    "issue_letters",
    "render_again",
    "render_letter",
]
