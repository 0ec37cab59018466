"""`opium audit verify --city SCHEMA`: proves the chain of the log; exit code 1 where it broke."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand
from django_tenants.utils import get_tenant_model, tenant_context

from audit import services


class Command(BaseCommand):
    help = "Proves that no entry of the audit log was changed, removed, added or moved."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--city", help="schema of one city; without it all are proved")
        parser.add_argument(
            "--noted", nargs="*", default=[], help="digests of the end, noted elsewhere (--city)"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        tenants = get_tenant_model().objects.order_by("schema_name")
        if options["city"]:
            tenants = tenants.filter(schema_name=options["city"])
        broken = False
        for tenant in tenants:
            with tenant_context(tenant):
                verdict = services.verify_chain()
                gone = [one for one in options["noted"] if not services.holds_note(one)]
            broken |= not verdict.holds or bool(gone)
            fate = (
                "łańcuch nienaruszony"
                if verdict.holds
                else f"ŁAŃCUCH PRZERWANY w ogniwie {verdict.broken_at}"
                f" (wpisów bez ogniwa: {verdict.unchained})"
            )
            for digest in gone:
                self.stdout.write(f"{tenant.schema_name}: w łańcuchu NIE MA końca {digest}")
            self.stdout.write(
                f"{tenant.schema_name}: {verdict.entries} wpisów, {fate}, koniec {verdict.end}"
            )
        if not tenants or broken:
            sys.exit(1)
