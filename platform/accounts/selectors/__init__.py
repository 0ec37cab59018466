"""Questions about people, rights and functions."""

from accounts.selectors.functions import (
    Acting,
    StandIn,
    acting_for,
    functions_visible_to,
    holders_of,
    standing_in,
    substitutions_visible_to,
)
from accounts.selectors.people import (
    active_people,
    deeds_to,
    people_matching,
    people_visible_to,
    person_named,
    with_homes,
)
from accounts.selectors.review import UNUSED_FOR, Grant, grants, unused_accounts
from accounts.selectors.rights import (
    Holding,
    Right,
    assignments_visible_to,
    permission_named,
    rights_of,
    role_named,
    roles_visible_to,
    who_may,
    with_places,
)
from accounts.selectors.sign_in import (
    OwnAccount,
    own_account,
    providers,
    providers_visible_to,
    sessions_of,
    tokens_visible_to,
)

__all__ = [
    "UNUSED_FOR",
    "Acting",
    "Grant",
    "Holding",
    "OwnAccount",
    "Right",
    "StandIn",
    "acting_for",
    "active_people",
    "assignments_visible_to",
    "deeds_to",
    "functions_visible_to",
    "grants",
    "holders_of",
    "own_account",
    "people_matching",
    "people_visible_to",
    "permission_named",
    "person_named",
    "providers",
    "providers_visible_to",
    "rights_of",
    "role_named",
    "roles_visible_to",
    "sessions_of",
    "standing_in",
    "substitutions_visible_to",
    "tokens_visible_to",
    "unused_accounts",
    "who_may",
    "with_homes",
    "with_places",
]
