"""`opium city open NAME --schema SCHEMA --domain HOST`: a new city, with its administrator."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django_tenants.utils import tenant_context

from accounts import selectors as people
from accounts import services as accounts
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
        parser.add_argument("--admin-password", default=None)

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            tenant = services.open_city(
                name=options["name"],
                schema_name=options["schema"],
                domain=options["domain"],
                teryt=options["teryt"],
                modules=options["modules"],
            )
            if options["admin_email"]:
                with tenant_context(tenant):
                    administrator = accounts.add_person(
                        actor=SYSTEM,
                        email=options["admin_email"],
                        first_name="Administrator",
                        last_name=tenant.name,
                        password=options["admin_password"],
                    )
                    accounts.assign_role(
                        actor=SYSTEM,
                        person=administrator,
                        role=people.role_named("Administrator miasta"),
                    )
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Otwarto: {tenant.name}, http://{options['domain']}/")
