"""`opium backup --city SCHEMA --to PLACE` or `opium backup --all --to PLACE`: archives.

Exit code 1 where a city could not be written away, or where the file store has lost files: then the
archive stands, and the files are named.
"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from opium.errors import DomainError
from opium.permissions import SYSTEM
from provisioning import services
from provisioning.archive.places import place_at
from tenants.selectors import cities

NAMED = 20


class Command(BaseCommand):
    help = "Writes one city, or the whole installation, away as archives; people go on working."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--city", metavar="SCHEMA")
        what.add_argument("--all", action="store_true", help="the console and every city")
        parser.add_argument("--to", required=True, help="a folder, or s3://bucket/prefix")
        parser.add_argument(
            "--seal-to",
            type=Path,
            metavar="PEM",
            help="public X25519 key to encrypt to, or a folder with one for each city (znin.pub)",
        )
        parser.add_argument(
            "--keep", type=int, metavar="N", help="then remove all but the newest N of them"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        place, recipient = place_at(options["to"], settings.S3_ENDPOINT_URL), options["seal_to"]
        if options["keep"] is not None and options["keep"] < 1:
            raise CommandError("--keep: zostaw co najmniej jedną kopię.")
        city = None
        try:
            if options["all"]:
                folder, written = services.back_up_installation(
                    actor=SYSTEM, place=place, recipient=recipient
                )
            else:
                folder = ""
                city = cities().filter(schema_name=options["city"]).first()
                if city is None:
                    raise CommandError(f"Nie ma miasta o schemacie „{options['city']}”.")
                written = [
                    services.back_up_city(
                        actor=SYSTEM, tenant=city, place=place, recipient=recipient
                    )
                ]
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        for one in written:
            self._tell(one)
        if folder:
            self.stdout.write(f"Całość: {options['to'].rstrip('/')}/{folder}")
        if any(one.lost for one in written):
            sys.exit(1)  # an older copy may have what this one lacks
        if options["keep"] is not None:
            tenant = None if folder else city
            for name in services.forget_old_copies(
                actor=SYSTEM, place=place, keep=options["keep"], tenant=tenant
            ):
                self.stdout.write(f"usunięto starą kopię: {name}")

    def _tell(self, one: services.Written) -> None:
        self.stdout.write(
            f"{one.schema}: {one.name}, wierszy {one.rows}, plików {one.files}, skrót {one.sha256}"
        )
        for file in one.lost[:NAMED]:
            self.stderr.write(f"{one.schema}: magazyn nie ma pliku „{file.name}” ({file.sha256})")
        if len(one.lost) > NAMED:
            self.stderr.write(f"{one.schema}: i {len(one.lost) - NAMED} kolejnych")
