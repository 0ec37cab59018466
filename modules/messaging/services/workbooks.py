"""Stored files as `spreadsheets` reads them."""

from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, BinaryIO, cast

from files import services as files
from files.errors import FileLost

if TYPE_CHECKING:
    from files.models import File


def content_of(file: "File") -> Callable[[], BinaryIO]:
    """Opens the file when its turn comes; one lost in the store is one that cannot be read."""

    def opened() -> BinaryIO:
        try:
            return cast("BinaryIO", closing(files.open_file(file)))
        except FileLost as lost:
            raise OSError(str(lost)) from lost

    return opened
