"""What messaging tells the desk: one's own surveys on their way, and the city's answers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from modules.messaging.models import Delivery, Message
from modules.messaging.permissions import Permission
from modules.messaging.selectors.messages import LEFT
from opium.calendar import CITY_TIME, day_of
from opium.models import annotated
from opium.polish import format_date
from todo.registry import Figure, FigureSource, Part, Run, Running, RunSource

if TYPE_CHECKING:
    from accounts.models import Person

REMEMBERED = timedelta(days=30)
"""How long after its deadline a survey with silent recipients is still under way."""
COUNTED = timedelta(days=90)
DAYS = 14


def surveys_of(person: "Person", most: int) -> Running:
    """The person's own messages whose answers are still coming, the most pressing first."""
    now = timezone.now()
    running = _running(now).filter(author=person.pk)
    rows = annotated(
        running,
        recipients=Count("deliveries", filter=Q(deliveries__recalled_at=None)),
        answered=Count("deliveries__answered_at"),
    ).order_by(F("answer_request__due_at").asc(nulls_last=True), "-sent_at")[:most]
    shown = [_run(one, now) for one in rows]
    count = running.count() if len(shown) == most else len(shown)
    return Running(count, shown)


def _running(now: datetime) -> QuerySet[Message]:
    silent = Delivery.objects.filter(answer_version=0, recalled_at=None).values("message")
    request = "answer_request__"
    is_open = Q(**{f"{request}locks_at": None}) | Q(**{f"{request}locks_at__gt": now})
    is_fresh = Q(**{f"{request}due_at": None, "sent_at__gt": now - COUNTED}) | Q(
        **{f"{request}due_at__gt": now - REMEMBERED}
    )
    sent = Message.objects.filter(LEFT, answer_request__isnull=False)
    return sent.filter(is_open, is_fresh, pk__in=silent).select_related("answer_request")


def _run(message: Message, now: datetime) -> Run:
    total, done = message.recipients, message.answered
    due_at = message.answer_request.due_at
    is_late = due_at is not None and due_at < now
    sent = format_date(message.sent_at) if message.sent_at else ""
    return Run(
        id=message.pk,
        title=message.subject,
        url=f"/messaging/messages/{message.pk}",
        details=f"wysłana {sent}",
        whose=f"odpowiedziało {done} z {total}",
        since=message.sent_at,
        due_at=due_at,
        total=total,
        done=done,
        late=total - done if is_late else 0,
    )


SURVEYS = RunSource(
    "messaging.surveys",
    "Moje ankiety",
    "/messaging/messages?mine=true",
    (Permission.SEND_MESSAGE,),
    surveys_of,
)


def figures() -> Sequence[Figure]:
    """The answers of the city's surveys: in time or not, and day after day; two queries."""
    return [_answers(), _by_day()]


def _answers() -> Figure:
    now = timezone.now()
    asked = Delivery.objects.filter(
        message__sent_at__gt=now - COUNTED,
        message__answer_request__isnull=False,
        recalled_at=None,
    )
    late = Q(own_due_at__lt=now) | Q(own_due_at=None, message__answer_request__due_at__lt=now)
    found = asked.aggregate(
        in_time=Count("pk", filter=Q(answer_version__gte=1, is_late=False)),
        too_late=Count("pk", filter=Q(is_late=True)),
        overdue=Count("pk", filter=Q(answer_version=0) & late),
        silent=Count("pk", filter=Q(answer_version=0)),
    )
    return Figure(
        "messaging.answers",
        "Odpowiedzi na ankiety",
        "whole",
        [
            Part("w terminie", found["in_time"], "success"),
            Part("po terminie", found["too_late"], "warning"),
            Part("brak, po terminie", found["overdue"], "danger"),
            Part("brak, jest jeszcze czas", found["silent"] - found["overdue"], "neutral"),
        ],
        f"Ankiety wysłane w ciągu {COUNTED.days} dni, każdy adresat osobno.",
    )


def _by_day() -> Figure:
    today = day_of(timezone.now())
    first = today - timedelta(days=DAYS - 1)
    since = datetime.combine(first, datetime.min.time(), CITY_TIME)
    rows = (
        Delivery.objects.filter(answered_at__gte=since)
        .annotate(day=TruncDate("answered_at", tzinfo=CITY_TIME))
        .values("day")
        .annotate(rows=Count("pk"))
        .values_list("day", "rows")
    )
    found = dict(rows)
    days = [first + timedelta(days=number) for number in range(DAYS)]
    return Figure(
        "messaging.days",
        "Odpowiedzi dzień po dniu",
        "days",
        [Part(format_date(day), found.get(day, 0)) for day in days],
        f"Najnowsze odpowiedzi z ostatnich {DAYS} dni.",
    )


FIGURES = FigureSource("messaging.figures", figures)
