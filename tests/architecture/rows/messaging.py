from types import SimpleNamespace
from typing import Any

from modules.messaging import services as messaging
from opium.permissions import SYSTEM
from tests.architecture.rows import ALL, Row, about, own
from tests.architecture.secret import SECRET
from tests.factories.messaging import draft

INBOX = {"own": "messaging.keep_own_inbox", "by": "head"}


def furnish(here: SimpleNamespace) -> dict[str, Any]:
    """A message whose sending can still be undone."""
    messaging.change_sending_rules(actor=SYSTEM, undo_seconds=60)
    held = messaging.send_message(
        actor=here.admin, message=draft(here.admin, [here.unit], subject=SECRET)
    )
    messaging.change_sending_rules(actor=SYSTEM, undo_seconds=0)
    return {"held": held}


ROWS = {
    "messaging/acceptance-links/decide/": Row(
        serves=ALL, by=None, body=lambda _: {"token": "x", "verdict": "accept"}
    ),
    "messaging/acceptance-links/look/": Row(serves=ALL, by=None, body=lambda _: {"token": "x"}),
    "messaging/acceptance-rules/": Row(
        body=lambda _: {"section": None, "audience": "people", "chain": "none"}
    ),
    "messaging/acceptance-rules/chains/": Row(is_shared=True),
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
    "messaging/answers/{pk}/receipt/": Row(pk=lambda here: here.answer.pk, **INBOX),
    "messaging/attachments/{pk}/download/": Row(
        pk=lambda here: here.message.attachments.get().pk, **INBOX
    ),
    "messaging/audience/": Row(),
    "messaging/deliveries/{pk}/": about("delivery"),
    "messaging/deliveries/{pk}/answers/": about(
        "delivery",
        body=lambda here: {
            "text": "x",
            "ground": "letter",
            "ground_on": str(here.today),
            "ground_words": "znak 1",
        },
    ),
    "messaging/inbox/": own("messaging.keep_own_inbox"),
    "messaging/inbox/{pk}/": about("delivery", **INBOX),
    "messaging/inbox/{pk}/answers/": about("delivery", **INBOX),
    "messaging/inbox/{pk}/colleagues/": about("delivery", **INBOX),
    "messaging/inbox/{pk}/hand-over/": about(
        "delivery", body=lambda here: {"person": str(here.head.pk)}, **INBOX
    ),
    "messaging/inbox/{pk}/take-back/": about("delivery", **INBOX),
    "messaging/inbox/{pk}/open/": about("delivery", **INBOX),
    "messaging/merges/{merge_id}/file-requests/": about(
        "merge", parameter="merge_id", body=lambda here: {"answer": str(here.answer.pk)}
    ),
    "messaging/merges/{merge_id}/remarks/{number}/": Row(
        pk=lambda here: {"merge_id": here.merge.pk, "number": 0}
    ),
    "messaging/merges/{pk}/": about("merge"),
    "messaging/merges/{pk}/download/": about("merge"),
    "messaging/messages/": Row(),
    "messaging/messages/{message_id}/archive/": about("message", parameter="message_id"),
    "messaging/messages/{message_id}/copies/": about("message", parameter="message_id"),
    "messaging/messages/{message_id}/deadline/": about(
        "message", parameter="message_id", body=lambda here: {"due_at": f"{here.today}T23:00Z"}
    ),
    "messaging/messages/{message_id}/recall/": about("message", parameter="message_id"),
    "messaging/messages/{message_id}/recipients/": about(
        "message", parameter="message_id", body=lambda here: {"people": [str(here.head.pk)]}
    ),
    "messaging/messages/{message_id}/deliveries/": about("message", parameter="message_id"),
    "messaging/messages/{message_id}/export/": about("message", parameter="message_id"),
    "messaging/messages/{message_id}/receipt/": about("message", parameter="message_id"),
    "messaging/messages/{pk}/": about("draft"),
    "messaging/messages/{pk}/merge-proposal/": about("message"),
    "messaging/messages/{pk}/merges/": about("message"),
    "messaging/messages/{pk}/reminders/": about("message"),
    "messaging/messages/{pk}/send/": about("draft"),
    "messaging/messages/{pk}/undo/": about("held"),
    "messaging/sending-rules/": Row(body=lambda _: {"undo_seconds": 20}),
}
