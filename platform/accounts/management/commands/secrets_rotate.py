"""`opium secrets rotate`: seals every secret of every city with the newest key."""

from typing import Any

from cryptography.fernet import InvalidToken
from django.core.management import BaseCommand, CommandError
from django_tenants.utils import get_tenant_model, tenant_context

from accounts import services
from opium.permissions import SYSTEM


class Command(BaseCommand):
    help = "Seals every kept secret with the first of ENCRYPTION_KEYS; then older keys may go."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for tenant in get_tenant_model().objects.order_by("schema_name"):
            with tenant_context(tenant):
                try:
                    count = services.rotate_secrets(actor=SYSTEM)
                except InvalidToken as refusal:
                    raise CommandError(
                        f"{tenant.schema_name}: sekretu nie otwiera żaden klucz. Dodaj brakujący "
                        "na koniec ENCRYPTION_KEYS i powtórz; to miasto zostało bez zmian."
                    ) from refusal
            self.stdout.write(f"{tenant.schema_name}: {count}")
