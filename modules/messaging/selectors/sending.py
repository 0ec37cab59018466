"""What the city has settled about sending."""

from modules.messaging.models import SendingRules
from modules.messaging.permissions import Permission
from opium.permissions import WHOLE_CITY, Actor, require


def sending_rules() -> SendingRules:
    """What the city has settled; as it came where it has settled nothing."""
    return SendingRules.objects.first() or SendingRules()


def sending_rules_visible_to(actor: Actor) -> SendingRules:
    """The same, for whoever settles it."""
    require(actor, Permission.SET_ACCEPTANCE, WHOLE_CITY)
    return sending_rules()
