"""What accounts tell the rooms below: what uploads are read for."""

from accounts.services import bulk
from files.registry import PURPOSES

PURPOSES.declare(bulk.PURPOSE, bulk.READING)
