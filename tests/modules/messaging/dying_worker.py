"""A worker that is killed by the system while it delivers: `dying_worker.py JOB BATCH MAIL`.

It dies in the given batch, after its rows are written and before they are committed.
Its e-mails go to the folder MAIL.
"""

import os
import signal
import sys

import django
from django.conf import settings

job_id, fatal_batch, letters = sys.argv[1], int(sys.argv[2]), sys.argv[3]
settings.DATABASES["default"]["NAME"] = os.environ["WORKER_DATABASE"]
settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
settings.EMAIL_FILE_PATH = letters
django.setup()

from notifications import services as notifications  # noqa: E402  # after settings
from outbox import services as outbox  # noqa: E402

notify, batches = notifications.notify, iter(range(1, 1000))


def notify_or_die(news):
    notify(news)
    if next(batches) == fatal_batch:
        os.kill(os.getpid(), signal.SIGKILL)


notifications.notify = notify_or_die
outbox.run_job(job_id)
