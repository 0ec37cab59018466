import io
import zipfile

from files import services
from files.models import File, FileReading

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
TEXT = "Zażółć gęślą jaźń\n".encode()


def archive_of(members: dict[str, str | bytes]) -> bytes:
    """A ZIP in memory."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def uploaded(person, name="pismo.pdf", content=PDF) -> File:
    """A file that the person has sent and finished through the local store."""
    upload = services.begin_upload(actor=person, name=name, size=len(content))
    token = upload.target.url.rsplit("/", 1)[-1]
    services.receive_upload(token=token, length=len(content), source=io.BytesIO(content))
    return services.finish_upload(actor=person, file=upload.file)


def stored(person, name="pismo.pdf", content=PDF) -> File:
    """A file that is ready and claimed, as if a module had taken it."""
    return services.store(actor=person, name=name, content=content)


def uploaded_and_read(person, name, content, purpose, about="") -> File:
    """A file that the person has sent, and the background has read for the purpose."""
    file = uploaded(person, name, content)
    read(person, file, purpose, about)
    return file


def read(person, file, purpose, about="") -> FileReading:
    """How reading the person's upload went, as the background does it."""
    reading = services.begin_reading(
        actor=person, file_id=file.pk, purpose=purpose, about=str(about)
    )
    services.run_reading(reading_id=reading.pk)
    reading.refresh_from_db()
    return reading
