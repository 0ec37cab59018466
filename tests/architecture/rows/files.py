from types import SimpleNamespace

from files import services as files
from files.models import FileMaking, FileReading
from forms import services as forms
from tests.architecture.rows import ALL, SELF, Row, about, fixed

PURPOSE = "messaging.workbook"


def furnish(here: SimpleNamespace) -> dict[str, FileReading | FileMaking]:
    """A reading of the administrator's upload that nobody has done yet; a print, made."""
    reading = files.begin_reading(
        actor=here.admin,
        file_id=here.upload.pk,
        purpose=PURPOSE,
        about=str(here.delivery.pk),
    )
    making = forms.print_sheet(actor=here.head, sheet=here.sheet)
    files.run_making(making_id=making.pk)
    return {"reading": reading, "making": making}


ROWS = {
    "files/download/{token}": fixed("x", serves=ALL, by=None, parameter="token"),
    "files/makings/{pk}/": about("making", by="head", own="files.collect_made"),
    "files/makings/{pk}/download/": about("making", by="head", own="files.collect_made"),
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
