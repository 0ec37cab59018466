"""A city written away, against `pg_dump` of the same schema in the same run.

Both sides write the same rows to the same disk, in turns; ours digests every part besides, takes
the city's public rows along, and reads no catalogue of other cities. Files are left out, since
`pg_dump` knows none. Memory is the growth of the process's peak while it writes.
"""

import os
import resource
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from bench.city import own_city, row, seconds
from config.runtime import postgres
from opium.permissions import SYSTEM
from provisioning import services
from provisioning.archive.places import Folder
from tenants.models import Tenant

ENTRIES = 200_000
ROUNDS = 5
SCHEMA = "bench_copies"
SLOWEST = 1.2
"""Measured 0.7 to 0.9: the fastest gzip makes up for Python; the rest is room for a busy disk."""
LARGEST = 1.3
"""Measured 1.1: what the fastest gzip costs in size."""
MOST_MEGABYTES = 32
"""Measured 4; a part of a table is at most 4 MB, and S3 adds 32 of its own."""


def rows() -> list[dict[str, Any]]:
    with (
        tempfile.TemporaryDirectory(prefix="opium-bench-") as place,
        own_city(SCHEMA, "copies.localhost") as tenant,
    ):
        settings.FILES_ROOT, settings.S3_BUCKET = str(Path(place) / "files"), ""
        _fill()
        connection.set_schema_to_public()
        return _measure(Path(place), tenant)


def _measure(place: Path, tenant: Tenant) -> list[dict[str, Any]]:
    ours: list[float] = []
    peer: list[float] = []
    grown = 0.0
    for number in range(ROUNDS + 1):
        archive, dump = place / f"ours-{number}", place / f"peer-{number}"
        before = _peak()
        for run in _turns(tenant, archive, dump, is_even=number % 2 == 0):
            (ours if run[0] == "ours" else peer).append(seconds(run[1]))
        grown = max(grown, _peak() - before)
        sizes = [_megabytes(archive), _megabytes(dump)]
    what = f"copy of a city of {ENTRIES} rows"
    compared = "pg_dump --format=custom of its schema"
    return [
        row(what, ours, peer, compared, SLOWEST),
        {
            **row(f"size of the {what}", [0.0, sizes[0]], [0.0, sizes[1]], compared, LARGEST),
            "unit": "MB",
        },
        {
            "name": f"memory for the {what}",
            "unit": "MB",
            "ours_s": grown,
            "peer_s": None,
            "ratio": None,
            "limit": MOST_MEGABYTES,
            "peer": "the same process before",
            "ok": grown < MOST_MEGABYTES,
        },
    ]


def _turns(tenant: Tenant, archive: Path, dump: Path, *, is_even: bool) -> list[tuple[str, Any]]:
    both = [
        (
            "ours",
            lambda: services.back_up_city(actor=SYSTEM, tenant=tenant, place=Folder(archive)),
        ),
        ("peer", lambda: _dump(dump)),
    ]
    return both if is_even else both[::-1]


def _fill() -> None:
    """The log is what grows in a city; past its chain, which is measured elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute(
            "INSERT INTO audit_entry (at, actor_id, actor_name, in_place_of_name, outcome, deed,"
            ' "right", target_type, target_id, target_label, after)'
            " SELECT now(), gen_random_uuid(), 'Ewa Kowalska' || mod(n, 500), '', 'done',"
            " 'messaging.answer_delivery', 'messaging.answer_message', 'messaging.delivery',"
            " gen_random_uuid(), 'Ankieta o obiadach ' || n,"
            " jsonb_build_object('version', mod(n, 7), 'files', mod(n, 3))"
            " FROM generate_series(1, %s) n",
            [ENTRIES],
        )
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
        cursor.execute("ANALYZE audit_entry")


def _dump(target: Path) -> None:
    told = connection.get_connection_params()
    where = [f"--{name}={told[name]}" for name in ("host", "port") if told.get(name)]
    subprocess.run(
        [
            *(str(postgres.program("pg_dump")), "--format=custom", f"--schema={SCHEMA}"),
            *(f"--file={target}", f"--username={told['user']}", f"--dbname={told['dbname']}"),
            *where,
        ],
        check=True,
        env={**os.environ, "PGPASSWORD": str(told.get("password") or "")},
    )


def _megabytes(path: Path) -> float:
    files = [path] if path.is_file() else list(path.iterdir())
    return sum(file.stat().st_size for file in files) / 1e6


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
