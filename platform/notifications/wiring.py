"""What notifications tell of themselves: the news of deadlines, which come from every module."""

from notifications import registry as news
from notifications.services import ESCALATED, NEAR

news.declare(NEAR, ESCALATED)
