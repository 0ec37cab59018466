"""`opium city remove SCHEMA [--dry-run]`: a city taken out of the installation, for good.

It tells what would go and asks for the city's name; `--dry-run` stops there.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django_tenants.utils import get_public_schema_name

from opium.errors import DomainError
from opium.permissions import SYSTEM
from opium.polish import format_size
from provisioning import services
from provisioning.errors import NoCity
from tenants import selectors as tenants


class Command(BaseCommand):
    help = "Removes a city with its schema, public rows and files; only an archive brings it back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("schema")
        parser.add_argument("--dry-run", action="store_true", help="tell what would go, and stop")
        parser.add_argument("--name", default=None, help="the city's name, not to be asked for it")
        parser.add_argument(
            "--while-working", action="store_true", help="although people work in it"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        tenant = tenants.cities().filter(schema_name=options["schema"]).first()
        try:
            if tenant is None:
                raise NoCity(schema=options["schema"])
            self._tell(tenant.name, services.holdings_of(actor=SYSTEM, tenant=tenant))
            if options["dry_run"]:
                self.stdout.write("Niczego nie usunięto (--dry-run).")
                return
            typed = options["name"]
            if typed is None:
                typed = input(f"Tego nie da się cofnąć. Wpisz nazwę miasta ({tenant.name}): ")
            services.remove_city(
                actor=SYSTEM, tenant=tenant, typed=typed, despite_people=options["while_working"]
            )
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        except EOFError as end:
            raise CommandError("Podaj nazwę miasta: --name. Niczego nie usunięto.") from end
        self.stdout.write("Usunięto. Pliki usuwa zadanie w tle; archiwa kopii zostają.")

    def _tell(self, name: str, city: services.Holdings) -> None:
        public = get_public_schema_name()
        rows = ", ".join(f"{table}: {count}" for table, count in city.rows.items() if count)
        for line in (
            f"{name} ({', '.join(city.domains) or 'bez adresu'})",
            f"  tabele schematu      {city.tables}",
            f"  wiersze w {public}     {rows}",
            f"  konta                {city.people}",
            f"  pracują teraz        {city.at_work}",
            f"  pliki                {city.files}, {format_size(city.size)}",
        ):
            self.stdout.write(line)
