from accounts.models.people import FACTORS, People, Person
from accounts.models.rights import (
    Assignment,
    AssignmentQuerySet,
    Function,
    Holder,
    Role,
    RoleOffer,
    Substitution,
    SubstitutionQuerySet,
)
from accounts.models.sign_in import Attempts, Link, LinkQuerySet, Session
from accounts.models.tokens import ApiToken

__all__ = [
    "FACTORS",
    "ApiToken",
    "Assignment",
    "AssignmentQuerySet",
    "Attempts",
    "Function",
    "Holder",
    "Link",
    "LinkQuerySet",
    "People",
    "Person",
    "Role",
    "RoleOffer",
    "Session",
    "Substitution",
    "SubstitutionQuerySet",
]
