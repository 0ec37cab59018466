"""What calls tell the rooms below: how applications come in, and who approves a division."""

from modules.applications.models import INTAKE
from modules.applications.selectors import RECOMMENDATION
from modules.applications.services import intake, subject
from modules.applications.services.entrusted import settling
from notifications import registry as notifications
from procedures import registry as procedures

procedures.intake(INTAKE, intake.INTAKE)
procedures.subject(RECOMMENDATION, subject.TOLD)
notifications.declare(settling.SETTLED)
