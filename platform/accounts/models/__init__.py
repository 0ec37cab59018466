from accounts.models.joining import Joining, JoiningQuerySet
from accounts.models.kept_views import KeptView
from accounts.models.motion import RECOVERIES, Motion, MotionQuerySet
from accounts.models.person import FACTORS, People, Person
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
from accounts.models.sign_in import (
    Attempts,
    Device,
    FactorLoss,
    Link,
    LinkQuerySet,
    Session,
    SignInRules,
)
from accounts.models.tokens import ApiToken

__all__ = [
    "FACTORS",
    "RECOVERIES",
    "ApiToken",
    "Assignment",
    "AssignmentQuerySet",
    "Attempts",
    "Device",
    "FactorLoss",
    "Function",
    "Holder",
    "Joining",
    "JoiningQuerySet",
    "KeptView",
    "Link",
    "LinkQuerySet",
    "Motion",
    "MotionQuerySet",
    "People",
    "Person",
    "Role",
    "RoleOffer",
    "Session",
    "SignInRules",
    "Substitution",
    "SubstitutionQuerySet",
]
