from tests.architecture.rows import ALL, SELF, Row, about, fixed

ROWS = {
    "files/download/{token}": fixed("x", serves=ALL, by=None, parameter="token"),
    "files/upload/{token}": fixed("x", serves=ALL, by=None, parameter="token"),
    "files/uploads/": Row(
        serves=SELF, own="files.upload_file", body=lambda _: {"name": "nowy.txt", "size": 1}
    ),
    "files/uploads/{pk}/finish/": about("upload", own="files.upload_file"),
}
