"""The verbs of files: modules take over with `claim` and give out with `download_url`."""

from files.archives import ArchiveEntry, stream_archive
from files.carrying import put_back, settle
from files.names import Names, archive_name
from files.removing import discard, remove_abandoned, remove_all, remove_bytes, remove_orphans
from files.scanning import scanner_answers
from files.services.checking import hold_up, scan_upload
from files.services.keeping import (
    SHOWN_IN_BROWSER,
    Delivery,
    download_url,
    local_path,
    open_download,
    open_file,
    read_chunks,
    store,
)
from files.services.makings import (
    begin_making,
    download_making,
    fail_making,
    forget_makings,
    run_making,
)
from files.services.readings import (
    begin_reading,
    fail_reading,
    forget_reading,
    read_again,
    read_kept,
    run_reading,
)
from files.services.uploads import (
    REFUSALS,
    Upload,
    begin_upload,
    claim,
    finish_upload,
    raise_refusal,
    receive_upload,
)

__all__ = [
    "REFUSALS",
    "SHOWN_IN_BROWSER",
    "ArchiveEntry",
    "Delivery",
    "Names",
    "Upload",
    "archive_name",
    "begin_making",
    "begin_reading",
    "begin_upload",
    "claim",
    "discard",
    "download_making",
    "download_url",
    "fail_making",
    "fail_reading",
    "finish_upload",
    "forget_makings",
    "forget_reading",
    "hold_up",
    "local_path",
    "open_download",
    "open_file",
    "put_back",
    "raise_refusal",
    "read_again",
    "read_chunks",
    "read_kept",
    "receive_upload",
    "remove_abandoned",
    "remove_all",
    "remove_bytes",
    "remove_orphans",
    "run_making",
    "run_reading",
    "scan_upload",
    "scanner_answers",
    "settle",
    "store",
    "stream_archive",
]
