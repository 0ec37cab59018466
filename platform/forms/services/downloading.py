"""Taking a file out of a sheet; on record."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from audit import services as audit
from forms import selectors
from forms.deeds import Deed
from forms.models import Sheet
from forms.permissions import require_sight
from opium.permissions import Actor

if TYPE_CHECKING:
    from files.models import File


@transaction.atomic
def download_file(*, actor: Actor, sheet: Sheet, file_id: UUID) -> "File":
    """A file that answers a question of the sheet. Raises `NotFound`."""
    require_sight(actor, sheet)
    file = selectors.file_of_sheet(sheet, file_id)
    audit.record(
        actor=actor,
        deed=Deed.DOWNLOAD_FILE,
        right=None,
        target=sheet,
        after={"file": file.name, "sha256": file.sha256},
    )
    return file
