"""What forms tell the rooms below: what uploads are read for, and what is made for people."""

from files.registry import MAKINGS, PURPOSES
from forms.services import printing, uploads

for name, purpose in uploads.PURPOSES.items():
    PURPOSES.declare(name, purpose)
MAKINGS.declare(printing.PURPOSE, printing.MAKING)
