"""The verbs of messaging, one file for each part of a message's life."""

from modules.messaging.services.acceptance import delete_rule, set_rule
from modules.messaging.services.adding import add_recipients
from modules.messaging.services.answering import answer_delivery, open_delivery
from modules.messaging.services.checking import check_workbook
from modules.messaging.services.copying import copy_message
from modules.messaging.services.delivering import (
    deliver_message,
    deliver_reminders,
    note_trouble,
    settle_trouble,
)
from modules.messaging.services.downloading import (
    download_answer_file,
    download_attachment,
    download_pending_attachment,
)
from modules.messaging.services.drafting import (
    Content,
    change_draft,
    discard_draft,
    write_draft,
)
from modules.messaging.services.entering import enter_answer
from modules.messaging.services.exporting import (
    answer_file_name,
    archive_answers,
    export_status,
)
from modules.messaging.services.handing import hand_over_delivery, take_back_delivery
from modules.messaging.services.merging import (
    await_merge,
    download_merge,
    fail_merge,
    run_merge,
    start_merge,
)
from modules.messaging.services.prolonging import prolong_deadline, tell_deadline
from modules.messaging.services.proposing import look_at_template
from modules.messaging.services.recalling import Recall, recall_message
from modules.messaging.services.replacing import ask_for_file
from modules.messaging.services.sending import remind_silent, send_message
from modules.messaging.services.undoing import change_sending_rules, undo_sending
from modules.messaging.services.versions import AnswerContent, Ground

__all__ = [
    "AnswerContent",
    "Content",
    "Ground",
    "Recall",
    "add_recipients",
    "answer_delivery",
    "answer_file_name",
    "archive_answers",
    "ask_for_file",
    "await_merge",
    "change_draft",
    "change_sending_rules",
    "check_workbook",
    "copy_message",
    "delete_rule",
    "deliver_message",
    "deliver_reminders",
    "discard_draft",
    "download_answer_file",
    "download_attachment",
    "download_merge",
    "download_pending_attachment",
    "enter_answer",
    "export_status",
    "fail_merge",
    "hand_over_delivery",
    "look_at_template",
    "note_trouble",
    "open_delivery",
    "prolong_deadline",
    "recall_message",
    "remind_silent",
    "run_merge",
    "send_message",
    "set_rule",
    "settle_trouble",
    "start_merge",
    "take_back_delivery",
    "tell_deadline",
    "undo_sending",
    "write_draft",
]
