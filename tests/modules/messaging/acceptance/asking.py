"""Messages that wait for acceptance, and the links of their letters."""

import re

from django.core import mail

from modules.messaging import services
from notifications.models import Email
from notifications.services import letters
from procedures.models import Case, Event
from procedures.services.steps import telling
from tests.factories.messaging import draft


def rule(admin, chain="head", section=None, audience="any", **fields):
    return services.set_rule(actor=admin, section=section, audience=audience, chain=chain, **fields)


def asked(clerk, unit, **content):
    """A message of the clerk that waits for acceptance, and its case."""
    message = services.send_message(actor=clerk, message=draft(clerk, [unit], **content))
    return message, Case.objects.get(subject_id=message.pk, state="open")


def link_sent_to(person):
    """The secret of the link in the newest letter to the person, as it left."""
    for event in Event.objects.order_by("number"):
        telling.tell_event(event)
    letter = Email.objects.filter(recipient=person.email).latest("id")
    Email.objects.filter(pk=letter.pk).update(state="waiting", sent_at=None)
    letters.send_emails([str(letter.pk)])
    body = mail.outbox[-1].body
    return re.search(r"/accept-message#(\S+)", body).group(1)
