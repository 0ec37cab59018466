import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from files import archives, services, storage
from files.services import ArchiveEntry, stream_archive
from tests.factories.files import PDF, stored, uploaded

pytestmark = pytest.mark.django_db
UTF8 = 0x800


@pytest.fixture
def unpack():
    def opened(*entries):
        return zipfile.ZipFile(io.BytesIO(b"".join(stream_archive(entries))))

    return opened


def test_every_file_lies_whole_under_its_polish_name(person, place, unpack):
    first, second = stored(person, content=bytes(600_000)), stored(person, content=b"second")

    with unpack(
        ArchiveEntry("SP 1 - Żółć - dane.pdf", first),
        ArchiveEntry("SP 2 - Żółć - dane.pdf", second),
        ArchiveEntry("index.xlsx", b"PK index"),
    ) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "SP 1 - Żółć - dane.pdf",
            "SP 2 - Żółć - dane.pdf",
            "index.xlsx",
        ]
        assert archive.read("SP 1 - Żółć - dane.pdf") == bytes(600_000)
        assert archive.read("SP 2 - Żółć - dane.pdf") == b"second"
        assert archive.read("index.xlsx") == b"PK index"
        assert all(
            entry.flag_bits & UTF8 for entry in archive.infolist() if not entry.filename.isascii()
        )


def test_a_file_of_this_machine_goes_in_from_its_path(unpack, tmp_path):
    path = tmp_path / "index.xlsx"
    path.write_bytes(b"x" * 300_000)

    with unpack(ArchiveEntry("index.xlsx", path)) as archive:
        assert archive.read("index.xlsx") == b"x" * 300_000


def test_what_is_compressed_already_is_stored_and_text_is_not(person, unpack):
    picture = uploaded(person, "a.png", b"\x89PNG\r\n\x1a\n" + bytes(10_000))
    text = uploaded(person, "a.csv", b"a;b\r\n" * 10_000)

    with unpack(ArchiveEntry("a.png", picture), ArchiveEntry("a.csv", text)) as archive:
        stored_entry, packed_entry = archive.infolist()

    assert stored_entry.compress_type == zipfile.ZIP_STORED
    assert stored_entry.compress_size == 10_008
    assert packed_entry.compress_type == zipfile.ZIP_DEFLATED
    assert packed_entry.compress_size < 1000


def test_names_are_made_safe_and_unique_once_more(unpack):
    names = ("../../a.txt", "CON.txt", "ą.txt", "Ą.txt", "/etc/passwd")

    with unpack(*(ArchiveEntry(name, b"x") for name in names)) as archive:
        assert archive.namelist() == ["-..-a.txt", "CON_.txt", "ą.txt", "Ą (2).txt", "-etc-passwd"]


def test_a_lost_file_is_not_missed_in_silence(person, place, unpack):
    lost, kept = stored(person), stored(person, content=b"kept")
    services.remove_bytes(key=lost.key)

    with unpack(ArchiveEntry("SP 1 - ą.pdf", lost), ArchiveEntry("SP 2 - ą.pdf", kept)) as archive:
        assert archive.namelist() == ["BŁĄD – SP 1 - ą.pdf.txt", "SP 2 - ą.pdf"]
        assert archive.read("SP 2 - ą.pdf") == b"kept"
        told = archive.read("BŁĄD – SP 1 - ą.pdf.txt").decode("utf-8-sig")

    assert told.startswith("Pliku „SP 1 - ą.pdf” nie udało się odczytać z magazynu")


def test_a_file_cut_short_in_the_store_is_told_as_partial(person, folder, unpack):
    file = stored(person, content=b"0123456789")
    (folder / file.key).write_bytes(b"01234")

    with unpack(ArchiveEntry("a.pdf", file), ArchiveEntry("b.pdf", b"b")) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["a.pdf", "BŁĄD – a.pdf.txt", "b.pdf"]
        told = archive.read("BŁĄD – a.pdf.txt").decode("utf-8-sig")

    assert told.startswith("Plik „a.pdf” jest w tym archiwum niepełny: odczytano 5 z 10 bajtów.")


def test_a_file_changed_behind_our_back_is_told_as_changed(person, folder, unpack):
    file = stored(person, content=b"0123456789")
    (folder / file.key).write_bytes(b"012345678X")

    with unpack(ArchiveEntry("a.pdf", file)) as archive:
        assert archive.namelist() == ["a.pdf", "BŁĄD – a.pdf.txt"]
        told = archive.read("BŁĄD – a.pdf.txt").decode("utf-8-sig")

    assert told.startswith("Plik „a.pdf” ma inną zawartość niż ta, która została przesłana.")


def test_a_disk_that_fails_in_the_middle_does_not_end_the_archive(unpack, monkeypatch, tmp_path):
    class Failing(io.BytesIO):
        def read(self, size=-1, /):
            if self.tell():
                raise OSError(5, "Input/output error")
            return super().read(4)

    path = tmp_path / "a.pdf"
    path.write_bytes(b"0123456789")
    monkeypatch.setattr(Path, "open", lambda *_: Failing(b"0123456789"))

    with unpack(ArchiveEntry("a.pdf", path), ArchiveEntry("b.pdf", b"b")) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["a.pdf", "BŁĄD – a.pdf.txt", "b.pdf"]
        assert archive.read("a.pdf") == b"0123"


def test_a_file_longer_than_it_was_goes_in_as_it_was_recorded(person, folder, unpack):
    file = stored(person, content=b"01234")
    (folder / file.key).write_bytes(b"0123456789")

    with unpack(ArchiveEntry("a.pdf", file)) as archive:
        assert archive.namelist() == ["a.pdf"]
        assert archive.read("a.pdf") == b"01234"


def test_another_citys_file_ends_the_archive(person, in_south):
    file = stored(person)

    with in_south(), pytest.raises(storage.KeyOfAnotherCity):
        b"".join(stream_archive([ArchiveEntry("a.pdf", file)]))


def test_entries_are_asked_for_only_when_their_turn_comes(person):
    asked = []

    def entries():
        for number in range(3):
            asked.append(number)
            yield ArchiveEntry(f"{number}.pdf", b"x" * 10)

    stream = stream_archive(entries())

    assert asked == []
    next(stream)
    assert asked == [0]


def test_a_reader_that_leaves_closes_the_file_it_was_given(person, folder):
    file = stored(person, content=bytes(2_000_000))
    stream = stream_archive([ArchiveEntry("a.pdf", file)])

    next(stream)
    next(stream)
    stream.close()  # an open file left behind would be a ResourceWarning, which fails the test


def test_unzip_and_zip_find_nothing_wrong(person, tmp_path):
    path = tmp_path / "all.zip"
    contents = {f"SP {number} - Żółć.pdf": PDF * number for number in range(1, 6)}
    entries = (
        ArchiveEntry(name, stored(person, content=content)) for name, content in contents.items()
    )
    with path.open("wb") as file:
        file.writelines(stream_archive(entries))
    for program in ("unzip", "zip"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not on this machine")

    listed = subprocess.run(["unzip", "-l", "-UU", path], capture_output=True, check=True).stdout
    tested = subprocess.run(["zip", "-T", path], capture_output=True, check=True).stdout

    sizes = [
        int(size) for size in re.findall(rb"^\s*(\d+)\s+\d{4}-\d\d-\d\d", listed, re.MULTILINE)
    ]
    assert sizes == [len(content) for content in contents.values()]
    assert b"OK" in tested


def test_more_than_four_gigabytes_become_zip64(monkeypatch, tmp_path):
    """Endless zeros come in, and become holes of a sparse file: no disk is spent."""
    size, zeros = (1 << 32) + 5, bytes(1 << 22)
    large, path = tmp_path / "large.bin", tmp_path / "large.zip"
    with large.open("wb") as file:
        file.truncate(size)

    class Zeros(io.RawIOBase):
        def read(self, size=-1, /):
            return zeros[:size]

    monkeypatch.setattr(archives, "CHUNK", len(zeros))
    monkeypatch.setattr(archives._Content, "open", lambda _: Zeros())

    with path.open("wb") as file:
        for chunk in stream_archive([ArchiveEntry("ą.zip", large), ArchiveEntry("b.txt", b"end")]):
            if chunk is zeros:
                file.seek(len(chunk), 1)
            else:
                file.write(chunk)

    with zipfile.ZipFile(path) as archive:
        first, second = archive.infolist()
        assert (first.file_size, first.compress_size) == (size, size)
        assert second.header_offset > size
        assert archive.read("b.txt") == bytes(3)
        with archive.open(first) as content:
            assert content.read(10) == bytes(10)
