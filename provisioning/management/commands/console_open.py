"""`opium console open --domain HOST --admin-email ADDRESS`: the operators' host and account."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from opium.errors import DomainError
from opium.permissions import SYSTEM
from provisioning import services


class Command(BaseCommand):
    help = "Opens the operators' host, or adds its first operator; safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--domain", required=True)
        parser.add_argument("--admin-email", required=True)
        parser.add_argument(
            "--admin-password", default=None, help="without it an invitation is sent"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        operator = services.FirstAdministrator(
            email=options["admin_email"],
            first_name="Operator",
            last_name="OPIUM",
            password=options["admin_password"],
        )
        try:
            services.open_console(actor=SYSTEM, domain=options["domain"], administrator=operator)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Panel operatora: http://{options['domain']}/outbox/jobs")
