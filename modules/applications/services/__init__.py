"""The verbs of calls and of the applications that come in by them."""

from modules.applications.services.applying import begin_application
from modules.applications.services.drafting import (
    CallContent,
    change_call,
    copy_call,
    discard_call,
    draft_call,
)
from modules.applications.services.exporting import export_applications
from modules.applications.services.publishing import (
    Announcement,
    close_call,
    publish_call,
    settle_call,
)

__all__ = [
    "Announcement",
    "CallContent",
    "begin_application",
    "change_call",
    "close_call",
    "copy_call",
    "discard_call",
    "draft_call",
    "export_applications",
    "publish_call",
    "settle_call",
]
