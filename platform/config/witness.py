"""The end of each city's log, kept each day where this installation cannot change it.

Whoever rules the database could rewrite the whole chain, or cut its end off. The digest that left
the house proves it: `opium audit verify --noted DIGEST` finds it in the chain, or does not.
"""

import json
import logging
from datetime import timedelta

import boto3
from django.conf import settings
from django.core import mail
from django.utils import timezone

from audit import services as audit
from opium.registry import current_city

logger = logging.getLogger(__name__)

_LETTER = """Dziennik OPIUM: {city} ({schema})
Dzień: {day}
Wpisów: {entries}
Skrót końca łańcucha: {end}
{fate}

Zachowaj ten list poza systemem. Skrót dowodzi, że nikt nie przepisał ani nie uciął dziennika:
opium audit verify --city {schema} --noted {end}
"""


def send_digest() -> None:
    """Prove the current city's log and send its end away, to each place that is configured.

    Safe to run twice: both notes are true. Raises what the place raises.
    """
    if not (settings.LOG_DIGEST_MAIL or settings.LOG_DIGEST_BUCKET):
        return
    verdict, now, city = audit.verify_chain(), timezone.localtime(), current_city()
    if not verdict.holds:
        logger.error("The chain of the log of %s is broken", city.schema_name)
    facts = {
        "city": city.name,
        "schema": city.schema_name,
        "day": f"{now:%Y-%m-%d}",
        "entries": verdict.entries,
        "end": verdict.end,
    }
    if settings.LOG_DIGEST_BUCKET:
        client = boto3.client("s3", endpoint_url=settings.S3_ENDPOINT_URL)
        client.put_object(
            Bucket=settings.LOG_DIGEST_BUCKET,
            Key=f"{city.schema_name}/{now:%Y-%m-%d}.json",
            Body=json.dumps({**facts, "at": now.isoformat(), "holds": verdict.holds}).encode(),
            ContentType="application/json",
            ObjectLockMode="COMPLIANCE",
            ObjectLockRetainUntilDate=now + timedelta(days=settings.LOG_DIGEST_KEEP_DAYS),
        )
        client.close()
    if settings.LOG_DIGEST_MAIL:
        fate = "Łańcuch nienaruszony." if verdict.holds else "ŁAŃCUCH PRZERWANY."
        mail.EmailMessage(
            subject=f"Dziennik OPIUM: {city.name}, {facts['day']}",
            body=_LETTER.format(**facts, fate=fate),
            to=[settings.LOG_DIGEST_MAIL],
        ).send()
