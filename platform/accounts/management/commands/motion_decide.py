"""`opium motion decide`: the operators are the second person where a city has none."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management import BaseCommand, CommandError
from django_tenants.utils import get_tenant_model, tenant_context

from accounts import selectors, services
from accounts.models import Motion
from opium.errors import DomainError
from opium.permissions import SYSTEM


class Command(BaseCommand):
    help = "Lists what waits in a city for a second person; confirms or refuses one of them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("schema", help="the city's schema, such as bydgoszcz")
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--confirm", type=UUID, help="let it count, once you have made sure")
        choice.add_argument("--refuse", type=UUID, help="let nothing come of it")

    def handle(self, *_args: Any, **given: Any) -> None:
        tenant = get_tenant_model().objects.filter(schema_name=given["schema"]).first()
        if tenant is None:
            raise CommandError(f"Nie ma miasta o schemacie „{given['schema']}”.")
        with tenant_context(tenant):
            waiting = selectors.motions_visible_to(SYSTEM).filter(ended_at=None)
            wanted = given["confirm"] or given["refuse"]
            if wanted is None:
                for one in waiting:
                    self.stdout.write(f"{one.pk} {one.title}; proponuje {one.proposer}")
                return
            motion = waiting.filter(pk=wanted).first()
            if motion is None:
                raise CommandError(
                    "Taka sprawa nie czeka. Bez --confirm i --refuse zobaczysz listę."
                )
            self.stdout.write(self._decided(motion, is_confirmed=given["confirm"] is not None))

    def _decided(self, motion: Motion, *, is_confirmed: bool) -> str:
        decide = services.confirm_motion if is_confirmed else services.refuse_motion
        try:
            return f"{motion.title}: {decide(actor=SYSTEM, motion=motion).get_outcome_display()}"
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
