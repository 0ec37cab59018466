"""`opium catalogue load --city SCHEMA [FOLDER]`: the catalogue's types become a city's own."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_tenants.utils import tenant_context

from catalogue.checking import check
from catalogue.parsing import SHIPPED, CatalogueUnreadable, read
from catalogue.services import load_catalogue
from opium.errors import DomainError
from opium.permissions import SYSTEM
from tenants.models import Tenant


class Command(BaseCommand):
    help = "Bring procedures, forms, functions and letters into a city; what it has stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=SHIPPED)
        parser.add_argument("--city", required=True, metavar="SCHEMA")

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = Tenant.objects.filter(schema_name=options["city"]).first()
        if tenant is None or tenant.schema_name == "public":
            raise CommandError(f"Nie ma miasta o schemacie „{options['city']}”.")
        try:
            catalogue = read(options["folder"])
        except CatalogueUnreadable as unreadable:
            raise CommandError(str(unreadable)) from unreadable
        if problems := check(catalogue):
            for problem in problems:
                self.stderr.write(str(problem))
            raise CommandError(f"Niczego nie wczytano: w katalogu są błędy ({len(problems)}).")
        try:
            with tenant_context(tenant):
                loaded = load_catalogue(actor=SYSTEM, catalogue=catalogue)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        for name in loaded.published:
            self.stdout.write(f"opublikowano: {name}")
        for name in loaded.kept:
            self.stdout.write(f"już jest, bez zmian: {name}")
        for name, sentences in loaded.waiting.items():
            self.stdout.write(f"wczytano szkic: {name} – przed publikacją:")
            for sentence in sentences:
                self.stdout.write(f"  {sentence}")
