"""Files of a city: two-step uploads, checked contents, short-lived downloads, streamed archives.

Nouns: File, ArchiveEntry, Names. Verbs: begin_upload, finish_upload, claim, store, discard,
open_file, read_chunks, local_path, download_url, stream_archive.
The bytes lie in a folder or, where `S3_BUCKET` is set, in S3, under keys that begin with the city.
"""
