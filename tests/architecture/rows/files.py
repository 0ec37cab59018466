from tests.architecture.rows import ALL, about, fixed, own

ROWS = {
    "files/download/{token}": fixed("x", serves=ALL, by=None, parameter="token"),
    "files/upload/{token}": fixed("x", serves=ALL, by=None, parameter="token"),
    "files/uploads/": own("files.upload_file"),
    "files/uploads/{pk}/finish/": about("upload", own="files.upload_file"),
}
