"""What threads tell the rooms below: their kind of news."""

from notifications import registry as notifications
from threads.services import KIND_OF_NEWS

notifications.declare(KIND_OF_NEWS)
