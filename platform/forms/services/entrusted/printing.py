"""What was submitted, as pages that a deed of its owner takes out."""

from typing import TYPE_CHECKING, Any

from documents import pdf
from forms import selectors
from forms.services.printing import document_of

if TYPE_CHECKING:
    from files.models import File
    from forms.models import Sheet, SheetVersion


def printed_versions(sheet: "Sheet") -> "list[tuple[SheetVersion, dict[str, Any], list[File]]]":
    """Each submitted version, the oldest first: its page to be drawn (`pdf.draw`), its files."""
    versions = sorted(selectors.versions_of(sheet), key=lambda one: one.number)
    whole = [selectors.version_of(sheet, one.number) for one in versions]
    return [
        (one, pdf.told(document_of(sheet, one)), selectors.files_of_version(one)) for one in whole
    ]
