from types import SimpleNamespace

from files import services as files
from files.models import FileReading
from tests.architecture.rows import ALL, SELF, Row, about, fixed

PURPOSE = "messaging.workbook"


def furnish(here: SimpleNamespace) -> dict[str, FileReading]:
    """A reading of the administrator's upload that nobody has done yet."""
    reading = files.begin_reading(
        actor=here.admin,
        file_id=here.upload.pk,
        purpose=PURPOSE,
        about=str(here.delivery.pk),
    )
    return {"reading": reading}


ROWS = {
    "files/download/{token}": fixed("x", serves=ALL, by=None, parameter="token"),
    "files/readings/": Row(
        serves=SELF,
        own="files.upload_file",
        body=lambda here: {
            "file": str(here.upload.pk),
            "purpose": PURPOSE,
            "about": str(here.delivery.pk),
        },
    ),
    "files/readings/{pk}/": about("reading", own="files.upload_file"),
    "files/readings/{pk}/again/": about("reading", own="files.upload_file"),
    "files/upload/{token}": fixed("x", serves=ALL, by=None, parameter="token"),
    "files/uploads/": Row(
        serves=SELF, own="files.upload_file", body=lambda _: {"name": "nowy.txt", "size": 1}
    ),
    "files/uploads/{pk}/": about("upload", own="files.upload_file"),
    "files/uploads/{pk}/finish/": about("upload", own="files.upload_file"),
}
