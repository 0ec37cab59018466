"""What invoices tell the rooms below: their kind of news, what files are read for."""

from files.registry import PURPOSES
from invoices.services import KIND_OF_NEWS, PURPOSE, READING
from notifications import registry as notifications

notifications.declare(KIND_OF_NEWS)
PURPOSES.declare(PURPOSE, READING)
