"""What forms tell the rooms below: what uploads are read for."""

from files.registry import PURPOSES
from forms.services import reading

for name, purpose in reading.PURPOSES.items():
    PURPOSES.declare(name, purpose)
