from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalogue.checking import check
from catalogue.parsing import SHIPPED, CatalogueUnreadable, read


class Command(BaseCommand):
    help = "Check the procedures and forms of a folder as publishing would; no database needed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=SHIPPED)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            catalogue = read(options["folder"])
        except CatalogueUnreadable as unreadable:
            raise CommandError(str(unreadable)) from unreadable
        problems = check(catalogue)
        for problem in problems:
            self.stderr.write(str(problem))
        if problems:
            raise CommandError(f"Błędów: {len(problems)}.")
        for one in catalogue.types:
            name, stages = one.procedure["name"], len(one.procedure["stages"])
            self.stdout.write(f"{one.key}: {name} – etapów {stages}, formularzy {len(one.forms)}")
        self.stdout.write(self.style.SUCCESS(f"Sprawdzono typów: {len(catalogue.types)}."))
