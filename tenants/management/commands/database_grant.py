"""`opium database grant ROLE`: what a plain role of the database needs to run the application."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from opium.errors import DomainError
from opium.permissions import SYSTEM
from tenants import services


class Command(BaseCommand):
    help = "Lets a role that owns nothing run the application: of the log it only reads and adds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role", help="made before: CREATE ROLE opium_app LOGIN PASSWORD '…'")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            count = services.grant_to_role(actor=SYSTEM, role=options["role"])
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Rola {options['role']}: schematy {count}")
