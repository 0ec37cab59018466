"""A short question beside the survey: its deadline moves, and a head hands it to a colleague."""

from datetime import timedelta

from django.utils import timezone

from provisioning.demo.browser import Browser

SUBJECT = "Dyżury szkół w ferie zimowe"
BODY = (
    "Dzień dobry,\n\nproszę napisać, w które dni ferii szkoła będzie otwarta i w jakich godzinach."
)
UNITS = ("SP 1", "SP 2", "SP 3", "SP 4")
HANDED_IN = UNITS[0]


def ask(clerk: Browser) -> str:
    """The sent question; written and sent where it is not there yet."""
    for known in clerk.get("messaging/messages/", search=SUBJECT)["results"]:
        if known["state"] == "sent":
            return str(known["id"])
    units = clerk.get("directory/units/", search="SP", page_size=500)["results"]
    draft = clerk.post(
        "messaging/messages/",
        {
            "subject": SUBJECT,
            "body": BODY,
            "audience": {"units": [one["id"] for one in units if one["short_name"] in UNITS]},
            "answer_request": {
                "wants_text": True,
                "due_at": (timezone.now() + timedelta(days=5)).isoformat(),
            },
        },
    )
    clerk.post(f"messaging/messages/{draft['id']}/send/")
    return str(draft["id"])


def go_on(clerk: Browser, message: str, head: Browser) -> None:
    """A week more for everybody, and the head's delivery in a colleague's hands; once."""
    [delivery] = head.get("messaging/inbox/", search=SUBJECT)["results"]
    path = f"messaging/inbox/{delivery['id']}"
    if head.get(f"{path}/")["handed"] is not None:
        return
    later = {"due_at": (timezone.now() + timedelta(days=12)).isoformat(), "deliveries": None}
    clerk.post(f"messaging/messages/{message}/deadline/", later)
    colleague = head.get(f"{path}/colleagues/")[0]
    head.post(f"{path}/hand-over/", {"person": colleague["id"]})
