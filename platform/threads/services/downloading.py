"""Taking a file of a thread out; each time is on record, as every other file that leaves."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from audit import services as audit
from threads import selectors
from threads.deeds import Deed

if TYPE_CHECKING:
    from accounts.models import Person
    from files.models import File


@transaction.atomic
def download_post_file(*, actor: "Person", file_id: UUID) -> "File":
    """A file of a thread that the actor sees, or shown to the actor's group. Raises `NotFound`."""
    found, standing = selectors.post_file_visible_to(actor, file_id)
    audit.record(
        actor=actor,
        deed=Deed.DOWNLOAD_POST_FILE,
        right=standing.right,
        target=found.post.thread,
        after={"file": found.file.name, "sha256": found.file.sha256},
    )
    return found.file
