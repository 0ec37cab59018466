"""The verb of what a city settles about signing in."""

from typing import TYPE_CHECKING, cast

from django.db import transaction

from accounts.deeds import Deed
from accounts.models import SignInRules
from accounts.permissions import Permission
from accounts.services.guards import require_recent_proof
from audit import services as audit
from opium import registry
from opium.permissions import WHOLE_CITY, Actor, require

if TYPE_CHECKING:
    from django.db.models import Model


@transaction.atomic
def change_sign_in_rules(
    *, actor: Actor, lost_factor: str | None = None, tells_new_devices: bool | None = None
) -> SignInRules:
    """Change what is given, for everybody of the city. Raises `ProofNeeded`."""
    require(actor, Permission.MANAGE_SIGN_IN, WHOLE_CITY)
    require_recent_proof(actor)
    rules, _ = SignInRules.objects.select_for_update().get_or_create(pk=1)
    before = _facts(rules)
    if lost_factor is not None:
        rules.lost_factor = lost_factor
    if tells_new_devices is not None:
        rules.tells_new_devices = tells_new_devices
    rules.save()
    audit.record(
        actor=actor,
        deed=Deed.CHANGE_SIGN_IN_RULES,
        right=Permission.MANAGE_SIGN_IN,
        target=cast("Model", registry.current_city()),
        before=before,
        after=_facts(rules),
    )
    return rules


def _facts(rules: SignInRules) -> dict[str, object]:
    return {
        "lost_factor": SignInRules.LostFactor(rules.lost_factor).label,
        "tells_new_devices": rules.tells_new_devices,
    }
