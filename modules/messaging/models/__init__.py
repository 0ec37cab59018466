from modules.messaging.models.acceptance import AcceptanceChain, AcceptanceLink, AcceptanceRule
from modules.messaging.models.deliveries import (
    Answer,
    AnswerFile,
    Delivery,
    FileRequest,
    Reading,
    Reminder,
)
from modules.messaging.models.merges import Merge
from modules.messaging.models.messages import AnswerRequest, Attachment, Audience, Message
from modules.messaging.models.sending import SendingRules

__all__ = [
    "AcceptanceChain",
    "AcceptanceLink",
    "AcceptanceRule",
    "Answer",
    "AnswerFile",
    "AnswerRequest",
    "Attachment",
    "Audience",
    "Delivery",
    "FileRequest",
    "Merge",
    "Message",
    "Reading",
    "Reminder",
    "SendingRules",
]
