from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from outbox.models import Job
from tests.architecture.rows import Row, about
from tests.architecture.secret import SECRET

ROWS = {
    "outbox/jobs/": Row(),
    "outbox/jobs/try-all-again/": Row(),
    "outbox/jobs/{pk}/leave/": about("failed_job", body=lambda _: {"reason": "Niepotrzebne."}),
    "outbox/jobs/{pk}/try-again/": about("failed_job"),
}


def furnish(here: SimpleNamespace) -> dict[str, Any]:
    """A job that was given up."""
    job = Job.objects.create(
        schema_name="north",
        task="procedures.render_letter",
        args=[str(here.letter.pk)],
        given_up_at=timezone.now(),
        about=SECRET,
        sentence="Zabrakło wzoru.",
    )
    return {"failed_job": job}
