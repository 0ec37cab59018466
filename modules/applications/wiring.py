"""What calls tell the rooms below: how applications come in, what members of committees hear."""

from modules.applications.models import INTAKE
from modules.applications.services import committees, intake
from notifications import registry as notifications
from procedures import registry as procedures

procedures.intake(INTAKE, intake.INTAKE)
notifications.declare(committees.NEWS)
