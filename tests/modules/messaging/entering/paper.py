"""What several rules of answers entered for units need."""

from django.utils import timezone

from modules.messaging.permissions import Permission
from opium.polish import format_date

API = "/api/v1/messaging"
RIGHTS = (Permission.SEND_MESSAGE, Permission.VIEW_MESSAGES, Permission.ENTER_ANSWER)


def letter(**more):
    ground = {"ground": "letter", "ground_words": "znak SP7.021.3", "ground_on": str(today())}
    return {"text": "Mamy 24 uczniów.", **ground, **more}


def today():
    return timezone.localdate()


def told(kind="pismo", words="znak SP7.021.3", on=None):
    day = format_date(on or today())
    return (
        f"Wpisane w imieniu SP nr 7, na podstawie: {kind} z dnia {day}, {words}. "
        "Wpisał(a): Ewa Lis."
    )


def enter(browser, delivery, **more):
    return browser.post(f"{API}/deliveries/{delivery.pk}/answers/", letter(**more))
