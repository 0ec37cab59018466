"""`opium city upgrade [--schema SCHEMA]`: what a new edition brings, for cities that exist.

Run it after `migrate_schemas`. A city that fails stops no other; the command then ends with 1.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from opium.permissions import SYSTEM
from provisioning import services
from tenants import selectors as tenants


class Command(BaseCommand):
    help = "Gives the rights of new modules to the starting roles of every city, or proposes them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--schema", default=None, help="only this city")

    def handle(self, *_args: Any, **options: Any) -> None:
        cities = tenants.cities()
        if wanted := options["schema"]:
            cities = cities.filter(schema_name=wanted)
            if not cities:
                raise CommandError(f"Nie ma miasta o schemacie „{wanted}”.")
        failed: list[str] = []
        for tenant in cities:
            try:
                asked = services.upgrade_city(actor=SYSTEM, tenant=tenant)
            except Exception as problem:  # noqa: BLE001  # one city stops no other; all are told
                failed.append(f"{tenant.name}: {type(problem).__name__}: {problem}")
                continue
            waiting = f"; do decyzji administratora: {', '.join(asked)}" if asked else ""
            self.stdout.write(f"{tenant.name}: gotowe{waiting}")
        if failed:
            raise CommandError("Nie podniesiono:\n" + "\n".join(failed))
