"""`opium city open NAME --schema SCHEMA --domain HOST`: a new city, with its administrator."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from opium.errors import DomainError
from opium.permissions import SYSTEM
from provisioning import services


class Command(BaseCommand):
    help = "Opens a city: schema, host name, modules, roles and the first administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--schema", required=True)
        parser.add_argument("--domain", required=True)
        parser.add_argument("--teryt", default="")
        parser.add_argument("--modules", nargs="*", default=None)
        parser.add_argument("--admin-email", default="")
        parser.add_argument(
            "--admin-password", default=None, help="without it an invitation is sent"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            tenant = services.open_city(
                actor=SYSTEM,
                name=options["name"],
                schema_name=options["schema"],
                domain=options["domain"],
                teryt=options["teryt"],
                modules=options["modules"],
                administrator=_administrator(options),
            )
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Otwarto: {tenant.name}, http://{options['domain']}/")


def _administrator(options: dict[str, Any]) -> services.FirstAdministrator | None:
    if not options["admin_email"]:
        return None
    return services.FirstAdministrator(
        email=options["admin_email"],
        first_name="Administrator",
        last_name=options["name"],
        password=options["admin_password"],
    )
