from datetime import timedelta

from django.utils import timezone

from accounts import services
from accounts.models import Role
from accounts.permissions import Permission
from tests.architecture.rows import ALL, IN_PERSON, OWN, SELF, Row, about, fixed
from tests.architecture.secret import SECRET
from tests.factories.accounts import PersonFactory, person_with

PROVIDER = {
    "code": "nowe",
    "name": "Nowe",
    "server_url": "https://nowe.example.org",
    "client_id": "x",
    "secret": "x",
}


def furnish(here):
    """The administrator is asked into the world's unit."""
    joining = services.ask_to_join(
        actor=here.head,
        email=here.admin.email,
        first_name=SECRET,
        last_name="Proszona",
        home=("unit", here.unit.pk),
    )
    other = person_with(*Permission, last_name=SECRET)
    steward = Role.objects.create(name=f"Zarządca {SECRET}", permissions=["accounts.manage_roles"])
    motion, own_motion = (
        services.propose_administrator(actor=who, person=PersonFactory(), role=steward)
        for who in (other, here.admin)
    )
    return {
        "joining": joining,
        "motion": motion,
        "own_motion": own_motion,
        "kept_view": services.keep_view(actor=here.admin, screen="directory.units", name=SECRET),
        "steward": steward,
        "unit_clerk": PersonFactory(),
    }


ROWS = {
    "accounts/account/": OWN,
    "accounts/account/email/": OWN,
    "accounts/account/proof/": OWN,
    "accounts/account/proof/key/options/": OWN,
    "accounts/account/factors/{pk}/": fixed("1", serves=SELF, own=IN_PERSON, by=None),
    "accounts/account/keys/": OWN,
    "accounts/account/keys/options/": OWN,
    "accounts/account/password/": OWN,
    "accounts/account/recovery-codes/": Row(serves=SELF, own=IN_PERSON, by=None),
    "accounts/account/sessions/": OWN,
    "accounts/account/sessions/{pk}/": fixed("abc", serves=SELF, own=IN_PERSON, by=None),
    "accounts/account/totp/": OWN,
    "accounts/account/totp/options/": OWN,
    "accounts/assignments/": Row(
        body=lambda here: {"person": str(here.head.pk), "role": str(here.role.pk), "scope": {}}
    ),
    "accounts/assignments/export/": Row(),
    "accounts/assignments/{pk}/": about(
        "assignment", body=lambda _: {"valid_from": None, "valid_to": None}
    ),
    "accounts/auditor-pack/": Row(),
    "accounts/email/": Row(serves=ALL),
    "accounts/functions/": Row(is_shared=True, body=lambda _: {"code": "nowa", "name": "Nowa"}),
    "accounts/functions/{pk}/": about("function", is_shared=True),
    "accounts/functions/{pk}/acting/": about("function", is_shared=True),
    "accounts/functions/{pk}/holders/": about(
        "function", body=lambda here: {"person": str(here.head.pk), "role": None, "scope": {}}
    ),
    "accounts/holders/{pk}/": about("holder"),
    "accounts/invitations/": Row(body=lambda here: {"file": str(here.upload.pk)}),
    "accounts/invitations/template/": Row(is_shared=True),
    "accounts/account/joinings/": OWN,
    "accounts/account/joinings/{pk}/": about("joining", serves=SELF, own=IN_PERSON),
    "accounts/account/joinings/{pk}/agree/": about("joining", serves=SELF, own=IN_PERSON),
    "accounts/account/joinings/{pk}/decline/": about("joining", serves=SELF, own=IN_PERSON),
    "accounts/account/views/": Row(
        serves=SELF, own=IN_PERSON, body=lambda _: {"screen": "directory.units"}
    ),
    "accounts/account/views/{pk}/": about("kept_view", serves=SELF, own=IN_PERSON),
    "accounts/motions/": Row(
        body=lambda here: {"person": str(here.unit_clerk.pk), "role": str(here.steward.pk)}
    ),
    "accounts/motions/{pk}/": about("motion"),
    "accounts/motions/{pk}/confirm/": about("motion"),
    "accounts/motions/{pk}/refuse/": about("motion"),
    "accounts/motions/{pk}/withdraw/": about("own_motion"),
    "accounts/joinings/": Row(),
    "accounts/joinings/{pk}/": about("joining"),
    "accounts/joinings/{pk}/withdraw/": about("joining"),
    "accounts/joinings/look/": Row(serves=ALL),
    "accounts/joinings/agree/": Row(serves=ALL),
    "accounts/joinings/decline/": Row(serves=ALL),
    "accounts/links/look/": Row(serves=ALL),
    "accounts/password/": Row(serves=ALL),
    "accounts/password/forgotten/": Row(serves=ALL),
    "accounts/people/": Row(
        body=lambda _: {"email": "x@example.org", "first_name": "Ola", "last_name": "Nowa"}
    ),
    "accounts/people/export/": Row(),
    "accounts/people/{pk}/": about("head"),
    "accounts/people/{pk}/change-email/": about("head", body=lambda _: {"email": "y@example.org"}),
    "accounts/people/{pk}/close/": about("head"),
    "accounts/people/{pk}/invite/": about("head"),
    "accounts/people/{pk}/reopen/": about("head"),
    "accounts/people/{pk}/reset-factors/": about("head"),
    "accounts/people/{pk}/propose-recovery/": about("head", body=lambda _: {"kind": "factors"}),
    "accounts/people/{pk}/refuse-factor-loss/": about("head"),
    "accounts/people/{pk}/rights/": about("head"),
    "accounts/people/{pk}/sessions/": about("head"),
    "accounts/people/{pk}/sessions/{session_id}/": Row(
        pk=lambda here: {"pk": here.head.pk, "session_id": here.session.id}
    ),
    "accounts/permissions/": Row(is_shared=True),
    "accounts/providers/": Row(body=lambda _: PROVIDER),
    "accounts/providers/{pk}/": about("provider", body=lambda _: PROVIDER),
    "accounts/rights/": OWN,
    "accounts/roles/": Row(is_shared=True, body=lambda _: {"name": "Nowa", "permissions": []}),
    "accounts/roles/export/": Row(is_shared=True),
    "accounts/places-in-hand/": Row(is_shared=True),
    "accounts/roles/to-give/": Row(is_shared=True),
    "accounts/roles/{pk}/": about(
        "role", is_shared=True, body=lambda _: {"name": "Inna", "permissions": []}
    ),
    "accounts/roles/{pk}/answer-offer/": about("role", by=None, body=lambda _: {"accept": True}),
    "accounts/scopes/": Row(is_shared=True),
    "accounts/session/": Row(serves=ALL),
    "accounts/session/code/": Row(serves=ALL),
    "accounts/session/key/": Row(serves=ALL),
    "accounts/session/key/options/": Row(serves=ALL),
    "accounts/sign-in-rules/": Row(),
    "accounts/sign-in-ways/": Row(serves=ALL),
    "accounts/sign-in-ways/{code}/": fixed("x", serves=ALL, by=None, parameter="code"),
    "accounts/substitutions/": Row(
        serves=SELF,
        own="accounts.view_own_rights",
        body=lambda here: {
            "person": str(here.admin.pk),
            "substitute": str(here.head.pk),
            "starts_on": str(here.today),
            "ends_on": str(here.today),
        },
    ),
    "accounts/substitutions/{pk}/": about("substitution"),
    "accounts/tokens/": Row(
        serves=SELF,
        own="accounts.make_tokens",
        body=lambda here: {
            "name": "Nowy",
            "permissions": ["directory.view_units"],
            "expires_at": (timezone.now() + timedelta(days=1)).isoformat(),
        },
    ),
    "accounts/tokens/{pk}/revoke/": about("token"),
    "accounts/who-may/": Row(
        body=lambda here: {
            "permission": "directory.change_units",
            "scope_kind": "unit",
            "scope_id": str(here.unit.pk),
        }
    ),
}
