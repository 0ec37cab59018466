"""What forms tell the rooms below: what uploads are read for."""

from files.registry import PURPOSES
from forms.services import uploads

for name, purpose in uploads.PURPOSES.items():
    PURPOSES.declare(name, purpose)
