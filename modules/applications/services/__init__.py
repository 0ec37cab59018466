"""The verbs of calls and of the applications that come in by them."""

from modules.applications.services.applying import begin_application
from modules.applications.services.approving import approve_recommendation
from modules.applications.services.awarding import Change
from modules.applications.services.carrying import carry_award, note_stuck, retry_award
from modules.applications.services.deciding import (
    award_recommendation,
    decide_recommendation,
    publish_decision,
    publish_due,
)
from modules.applications.services.drafting import (
    CallContent,
    change_call,
    copy_call,
    discard_call,
    draft_call,
)
from modules.applications.services.exporting import export_applications, export_register
from modules.applications.services.lettering import send_letters
from modules.applications.services.packing import pack_call
from modules.applications.services.papers import (
    Naming,
    ask_paper,
    download_paper,
    draw_paper,
    fail_paper,
)
from modules.applications.services.paying import (
    Where,
    download_payments,
    pay_awards,
    void_payments,
)
from modules.applications.services.publishing import (
    Announcement,
    close_call,
    publish_call,
    settle_call,
)
from modules.applications.services.recommending import (
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
    "Change",
    "Naming",
    "ScenarioContent",
    "Where",
    "approve_recommendation",
    "ask_paper",
    "award_recommendation",
    "begin_application",
    "carry_award",
    "change_call",
    "change_scenario",
    "close_call",
    "copy_call",
    "decide_recommendation",
    "discard_call",
    "discard_scenario",
    "download_paper",
    "download_payments",
    "draft_call",
    "draft_scenario",
    "draw_paper",
    "export_applications",
    "export_register",
    "fail_paper",
    "note_stuck",
    "pack_call",
    "pay_awards",
    "publish_call",
    "publish_decision",
    "publish_due",
    "recommend_scenario",
    "retry_award",
    "send_back_recommendation",
    "send_letters",
    "settle_call",
    "throw_away_trial",
    "void_payments",
]
