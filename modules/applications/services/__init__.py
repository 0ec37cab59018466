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
from modules.applications.services.recommending import (
    award_recommendation,
    recommend_scenario,
    send_back_recommendation,
)
from modules.applications.services.scenarios import (
    ScenarioContent,
    change_scenario,
    discard_scenario,
    draft_scenario,
)
from modules.applications.services.trials import throw_away_trial

__all__ = [
    "Announcement",
    "CallContent",
    "ScenarioContent",
    "award_recommendation",
    "begin_application",
    "change_call",
    "change_scenario",
    "close_call",
    "copy_call",
    "discard_call",
    "discard_scenario",
    "draft_call",
    "draft_scenario",
    "export_applications",
    "publish_call",
    "recommend_scenario",
    "send_back_recommendation",
    "settle_call",
    "throw_away_trial",
]
