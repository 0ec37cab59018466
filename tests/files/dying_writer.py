"""A process killed between storing a file and its commit: `dying_writer.py FOLDER`."""

import os
import signal
import sys

import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = os.environ["WORKER_DATABASE"]
settings.FILES_ROOT = sys.argv[1]
settings.S3_BUCKET = ""
django.setup()

from django.db import transaction  # noqa: E402  # after settings
from django_tenants.utils import schema_context  # noqa: E402

from files import services  # noqa: E402
from opium.permissions import SYSTEM  # noqa: E402
from tenants.models import Tenant  # noqa: E402

with schema_context("public"):
    north = Tenant.objects.get(schema_name="north")
django.db.connection.set_tenant(north)
with transaction.atomic():
    services.store(actor=SYSTEM, name="scalone.pdf", content=b"%PDF-1.7")
    os.kill(os.getpid(), signal.SIGKILL)
