"""What every route of the API is about and whom it serves; `test_endpoints` tries each of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone


@dataclass(frozen=True)
class Row:
    """What a route is about, and whom it serves besides those entitled to that."""

    pk: Callable[[SimpleNamespace], Any] | None = None
    serves: str = "the entitled"
    """or `everybody` (a stranger too), or `the signed in` (about themselves)."""
    by: str | None = "admin"
    """Who of the world is entitled: the proof that the row reaches something."""
    is_shared: bool = False
    """Not of one unit: whoever holds the right in any place may read it."""
    parameter: str = "pk"
    body: Callable[[SimpleNamespace], dict[str, Any]] = lambda _: {}
    """What a write says, so that its form is right and only the right is missing."""
    own: str = ""
    """The right of everybody by which it is reached; "" where it tells nothing that is theirs."""


def about(attribute: str, **row: Any) -> Row:
    return Row(pk=lambda here: getattr(here, attribute).pk, **row)


def fixed(value: str, **row: Any) -> Row:
    return Row(pk=lambda _: value, **row)


ALL, SELF = "everybody", "the signed in"
PROVIDER = {
    "code": "nowe",
    "name": "Nowe",
    "server_url": "https://nowe.example.org",
    "client_id": "x",
    "secret": "x",
}
IN_PERSON = "accounts.keep_own_account"
"""The right that no key has and no missing second factor withholds."""
OWN = Row(serves=SELF, own=IN_PERSON)
INBOX = {"own": "messaging.keep_own_inbox", "by": "head"}


def own(right: str) -> Row:
    return Row(serves=SELF, own=right)


ROWS: dict[str, Row] = {
    "health/": Row(serves=ALL),
    "schema/": own(""),
    "accounts/account/": OWN,
    "accounts/account/email/": OWN,
    "accounts/account/factors/{pk}/remove/": fixed("1", serves=SELF, own=IN_PERSON, by=None),
    "accounts/account/keys/": OWN,
    "accounts/account/keys/options/": OWN,
    "accounts/account/password/": OWN,
    "accounts/account/recovery-codes/": OWN,
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
    "accounts/roles/{pk}/": about(
        "role", is_shared=True, body=lambda _: {"name": "Inna", "permissions": []}
    ),
    "accounts/roles/{pk}/answer-offer/": about("role", by=None, body=lambda _: {"accept": True}),
    "accounts/scopes/": Row(is_shared=True),
    "accounts/session/": Row(serves=ALL),
    "accounts/session/code/": Row(serves=ALL),
    "accounts/session/key/": Row(serves=ALL),
    "accounts/session/key/options/": Row(serves=ALL),
    "accounts/sign-in-ways/": Row(serves=ALL),
    "accounts/sign-in-ways/{code}/": fixed("x", serves=ALL, by=None, parameter="code"),
    "accounts/substitutions/": own("accounts.view_own_rights"),
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
    "audit/deeds/": Row(),
    "audit/entries/": Row(),
    "audit/entries/export/": Row(),
    "budget/classifications/": Row(
        is_shared=True, body=lambda _: {"year": 2031, "chapter": "80104", "name": "Nowa"}
    ),
    "budget/classifications/copy/": Row(
        is_shared=True,
        body=lambda _: {"from_year": timezone.localdate().year, "to_year": 2031},
    ),
    "budget/classifications/{pk}/": about(
        "position", is_shared=True, body=lambda _: {"name": "Inna"}
    ),
    "budget/pots/": Row(
        body=lambda _: {"year": 2031, "code": "nowa", "name": "Nowa", "amount": "1.00"}
    ),
    "budget/pots/export/": Row(),
    "budget/pots/{pk}/": about("pot", body=lambda _: {"name": "Inna"}),
    "budget/pots/{pk}/amount/": about("pot", body=lambda _: {"amount": "2000.00"}),
    "budget/pots/{pk}/fit/": about("pot", body=lambda _: {"amount": "1.00"}),
    "budget/pots/{pk}/parts/": about(
        "pot", body=lambda _: {"code": "czesc", "name": "Część", "amount": "1.00"}
    ),
    "budget/pots/{pot_id}/entries/": about("pot", parameter="pot_id"),
    "budget/pots/{pot_id}/entries/export/": about("pot", parameter="pot_id"),
    "budget/unit-kinds/": Row(body=lambda _: {"year": "2031"}),
    "budget/years/": Row(),
    "directory/groups/": Row(body=lambda _: {"name": "Nowa", "units": [], "people": []}),
    "directory/groups/{pk}/": about("group"),
    "directory/kinds/": Row(
        is_shared=True, body=lambda _: {"code": "n", "name": "Nowa", "name_plural": "Nowe"}
    ),
    "directory/kinds/{pk}/": about("kind"),
    "directory/memberships/": Row(
        body=lambda here: {"person": str(here.admin.pk), "unit": str(here.unit.pk)}
    ),
    "directory/memberships/{pk}/end/": about("membership"),
    "directory/people/": Row(),
    "directory/sections/": Row(is_shared=True, body=lambda _: {"code": "N", "name": "Nowy"}),
    "directory/units/": Row(
        body=lambda _: {"kind": "tajna", "short_name": "SP nowa", "name": "Nowa"}
    ),
    "directory/units/export/": Row(),
    "directory/units/{pk}/": about("unit"),
    "directory/units/{pk}/close/": about("unit"),
    "files/download/{token}": fixed("x", serves=ALL, by=None, parameter="token"),
    "files/upload/{token}": fixed("x", serves=ALL, by=None, parameter="token"),
    "files/uploads/": own("files.upload_file"),
    "files/uploads/{pk}/finish/": about("upload", own="files.upload_file"),
    "forms/dictionaries/": Row(body=lambda _: {"key": "nowy", "name": "Nowy"}),
    "forms/dictionaries/{pk}/": about("dictionary", body=lambda _: {"name": "Inny"}),
    "forms/forms/": Row(body=lambda _: {"name": "Nowy"}),
    "forms/forms/import/": Row(body=lambda here: {"file": str(here.upload.pk)}),
    "forms/forms/{pk}/": about("form", body=lambda _: {"name": "Inny"}),
    "forms/forms/{pk}/answers/": about("form"),
    "forms/forms/{pk}/archive/": about("form"),
    "forms/forms/{pk}/copy/": about("form"),
    "forms/forms/{pk}/definition/": about("form"),
    "forms/forms/{pk}/differences/": about("form", body=lambda _: {"older": "1"}),
    "forms/forms/{pk}/effects/": about("form"),
    "forms/forms/{pk}/export/": about("form"),
    "forms/forms/{pk}/preview/": about("form"),
    "forms/forms/{pk}/publish/": about("form"),
    "forms/forms/{pk}/restore/": about("form"),
    "forms/sheets/{pk}/": about(
        "sheet", by="head", body=lambda _: {"changes": {"tytul": "Inny"}, "draft_version": 9}
    ),
    "forms/sheets/{pk}/differences/": about("sheet", by="head", body=lambda _: {"older": "1"}),
    "forms/sheets/{pk}/files/{file}/": Row(
        pk=lambda here: {"pk": here.sheet.pk, "file": here.sheet.files.get().file_id}, by="head"
    ),
    "forms/sheets/{pk}/print/": about("sheet", by="head"),
    "forms/sheets/{pk}/submit/": about("sheet", by="head"),
    "forms/sheets/{pk}/versions/{number}/": Row(
        pk=lambda here: {"pk": here.sheet.pk, "number": 1}, by="head"
    ),
    "forms/tables/": Row(
        body=lambda _: {"key": "nowa", "name": "N", "columns": [{"key": "a", "label": "A"}]}
    ),
    "forms/tables/{pk}/": about("table", body=lambda _: {"name": "Inna"}),
    "forms/tables/{pk}/rows/": about("table"),
    "forms/tables/{pk}/template/": about("table"),
    "forms/tables/{pk}/upload/": about("table", body=lambda here: {"file": str(here.upload.pk)}),
    "forms/unit-facts/": own(""),
    "messaging/acceptance-links/decide/": Row(
        serves=ALL, by=None, body=lambda _: {"token": "x", "verdict": "accept"}
    ),
    "messaging/acceptance-links/look/": Row(serves=ALL, by=None, body=lambda _: {"token": "x"}),
    "messaging/acceptance-rules/": Row(
        body=lambda _: {"section": None, "audience": "people", "chain": "none"}
    ),
    "messaging/acceptance-rules/{pk}/": about("rule"),
    "messaging/acceptances/{message_id}/": about(
        "pending", parameter="message_id", body=lambda _: {"verdict": "accept"}
    ),
    "messaging/acceptances/{message_id}/attachments/{pk}/download/": Row(
        pk=lambda here: {
            "message_id": here.pending.pk,
            "pk": here.pending.attachments.get().pk,
        }
    ),
    "messaging/acceptances/{message_id}/history/": about("pending", parameter="message_id"),
    "messaging/answer-files/{pk}/download/": Row(
        pk=lambda here: here.answer.files.get().pk, **INBOX
    ),
    "messaging/attachments/{pk}/download/": Row(
        pk=lambda here: here.message.attachments.get().pk, **INBOX
    ),
    "messaging/audience/": Row(),
    "messaging/deliveries/{pk}/": about("delivery"),
    "messaging/inbox/": own("messaging.keep_own_inbox"),
    "messaging/inbox/{pk}/": about("delivery", **INBOX),
    "messaging/inbox/{pk}/answers/": about("delivery", **INBOX),
    "messaging/inbox/{pk}/open/": about("delivery", **INBOX),
    "messaging/merges/{pk}/": about("merge"),
    "messaging/merges/{pk}/download/": about("merge"),
    "messaging/messages/": Row(),
    "messaging/messages/{message_id}/archive/": about("message", parameter="message_id"),
    "messaging/messages/{message_id}/deliveries/": about("message", parameter="message_id"),
    "messaging/messages/{message_id}/export/": about("message", parameter="message_id"),
    "messaging/messages/{pk}/": about("draft"),
    "messaging/messages/{pk}/merge-proposal/": about("message"),
    "messaging/messages/{pk}/merges/": about("message"),
    "messaging/messages/{pk}/reminders/": about("message"),
    "messaging/messages/{pk}/send/": about("draft"),
    "notifications/": own("notifications.read_own_news"),
    "notifications/count/": own("notifications.read_own_news"),
    "notifications/settings/": OWN,
    "notifications/{pk}/read/": about("notification", own="notifications.read_own_news", by="head"),
    "outbox/jobs/": Row(),
    "outbox/jobs/try-all-again/": Row(),
    "outbox/jobs/{pk}/leave/": about("failed_job", body=lambda _: {"reason": "Niepotrzebne."}),
    "outbox/jobs/{pk}/try-again/": about("failed_job"),
    "procedures/cases/": Row(
        body=lambda here: {"procedure": str(here.procedure.pk), "unit": str(here.unit.pk)}
    ),
    "procedures/cases/export/": Row(),
    "procedures/cases/{pk}/": about("case"),
    "procedures/cases/{pk}/events/": about("case"),
    "procedures/cases/{pk}/perform/": about("case", body=lambda _: {"action": "withdrawn"}),
    "procedures/cases/{pk}/undo/": about("case"),
    "procedures/cases/{case_id}/letters/": about(
        "case", parameter="case_id", body=lambda here: {"template": str(here.template.pk)}
    ),
    "procedures/classes/": Row(
        body=lambda _: {"unit_symbol": "WES", "symbol": "1", "name": "Nowa"}, is_shared=True
    ),
    "procedures/classes/{pk}/": about("case_class", is_shared=True),
    "procedures/effects/": Row(is_shared=True),
    "procedures/kinds/": Row(is_shared=True),
    "procedures/letter-jobs/{pk}/": about("letter_job"),
    "procedures/letter-jobs/{pk}/download/": about("letter_job"),
    "procedures/letter-templates/": Row(
        body=lambda here: {"key": "nowy", "name": "Nowy", "file": str(here.upload.pk)},
        is_shared=True,
    ),
    "procedures/letter-templates/fields/": Row(is_shared=True),
    "procedures/letter-templates/{pk}/": about("template", is_shared=True),
    "procedures/letter-templates/{pk}/download/": about("template", is_shared=True),
    "procedures/letters/": Row(
        body=lambda here: {"template": str(here.template.pk), "cases": [str(here.case.pk)]}
    ),
    "procedures/letters/{pk}/download/": about("letter"),
    "procedures/letters/{pk}/retry/": about("letter"),
    "procedures/procedures/": Row(is_shared=True, body=lambda _: {"name": "Nowa"}),
    "procedures/procedures/import/": Row(body=lambda here: {"file": str(here.upload.pk)}),
    "procedures/procedures/{pk}/": about("procedure", body=lambda _: {"draft_version": 1}),
    "procedures/procedures/{pk}/archive/": about("procedure"),
    "procedures/procedures/{pk}/copy/": about("procedure"),
    "procedures/procedures/{pk}/differences/": about("procedure", body=lambda _: {"older": "1"}),
    "procedures/procedures/{pk}/effects/": about("procedure"),
    "procedures/procedures/{pk}/export/": about("procedure"),
    "procedures/procedures/{pk}/functions/": about("procedure"),
    "procedures/procedures/{pk}/move/": about("procedure"),
    "procedures/procedures/{pk}/publish/": about("procedure"),
    "procedures/procedures/{pk}/revisions/{number}/": Row(
        pk=lambda here: {"pk": here.procedure.pk, "number": 1}
    ),
    "procedures/procedures/{pk}/simulate/": about("procedure"),
    "procedures/procedures/{pk}/start/": about("procedure", is_shared=True),
    "todo/calendar-link/": OWN,
    "todo/calendar/{secret}.ics": Row(pk=lambda _: {"secret": "x"}, serves=ALL, by=None),
    "todo/overview/": Row(),
    "todo/running/": own(""),
    "todo/waiting/": own(""),
    "todo/waiting/count/": own(""),
}
