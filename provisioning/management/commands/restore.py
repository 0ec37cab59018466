"""`opium restore --archive FILE [--as SCHEMA --domain HOST]`, or `--all --archive FOLDER`.

Nothing is done before every byte has been checked; a city is there whole or not at all.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from opium.errors import DomainError
from opium.permissions import SYSTEM
from provisioning import services
from provisioning.archive.checking import Archive
from provisioning.archive.places import place_at


class Command(BaseCommand):
    help = "Brings one city back from its archive, or the whole installation into an empty one."
    requires_system_checks = []  # the database may have no table yet

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--archive", required=True, help="a file (with --all a folder), or s3://bucket/key"
        )
        parser.add_argument("--all", action="store_true", help="the console and every city")
        parser.add_argument("--as", dest="schema", metavar="SCHEMA", help="under this name")
        parser.add_argument(
            "--domain", action="append", default=[], help="under this host name, not its own"
        )
        parser.add_argument(
            "--key",
            type=Path,
            metavar="PEM",
            help="private key of a sealed one, or a folder of them (znin.pem)",
        )
        parser.add_argument(
            "--lost-keys", action="store_true", help="without secrets that no key opens"
        )
        parser.add_argument("--resume", action="store_true", help="with --all: go on")
        parser.add_argument(
            "--rehearse", action="store_true", help="restore one city, say how it went, undo it"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            restored = self._whole(options) if options["all"] else [self._city(options)]
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        for one in restored:
            done = "próba się udała" if options["rehearse"] else "przywrócono"
            self.stdout.write(
                f"{one.tenant.schema_name}: {done}, wierszy {one.rows}, plików {one.files}"
            )
            if not one.log_holds:
                self.stderr.write(f"{one.tenant.schema_name}: ŁAŃCUCH DZIENNIKA PRZERWANY")
            if one.lost:
                self.stderr.write(f"{one.tenant.schema_name}: plików bez treści: {one.lost}")
            if one.forgotten:
                self.stderr.write(
                    f"{one.tenant.schema_name}: usunięto sekrety bez klucza: {one.forgotten}; "
                    "te osoby ustawią drugi składnik na nowo, a sekret dostawcy trzeba wpisać."
                )

    def _city(self, options: dict[str, Any]) -> services.Restored:
        if options["resume"]:
            raise CommandError("--resume jest tylko dla --all.")
        folder, _, name = options["archive"].rstrip("/").rpartition("/")
        archive = Archive(
            place_at(
                folder or ("/" if options["archive"].startswith("/") else "."),
                settings.S3_ENDPOINT_URL,
            ),
            name,
            options["key"],
        )
        rehearsed = f"proba_{uuid4().hex}" if options["rehearse"] else None
        return services.restore_city(
            actor=SYSTEM,
            archive=archive,
            schema_name=options["schema"] or rehearsed,
            domains=options["domain"] or ([f"{uuid4().hex}.invalid"] if rehearsed else []),
            rehearses=options["rehearse"],
            loses_keys=options["lost_keys"],
        )

    def _whole(self, options: dict[str, Any]) -> list[services.Restored]:
        if options["schema"] or options["domain"] or options["rehearse"]:
            raise CommandError("--as, --domain i --rehearse są dla jednego miasta, bez --all.")
        return services.restore_installation(
            actor=SYSTEM,
            place=place_at(options["archive"], settings.S3_ENDPOINT_URL),
            key=options["key"],
            resumes=options["resume"],
            loses_keys=options["lost_keys"],
        )
