"""What calls tell the rooms below: how applications come in, who approves a division, the news."""

from files.registry import MAKINGS
from modules.applications.models import INTAKE
from modules.applications.selectors import RECOMMENDATION
from modules.applications.services import committees, intake, packing, subject
from modules.applications.services.entrusted import settling
from notifications import registry as notifications
from procedures import registry as procedures

MAKINGS.declare(packing.PURPOSE, packing.MAKING)
procedures.intake(INTAKE, intake.INTAKE)
procedures.subject(RECOMMENDATION, subject.TOLD)
notifications.declare(settling.SETTLED, committees.NEWS)
