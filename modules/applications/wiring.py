"""What calls tell the rooms below: how applications come in."""

from modules.applications.models import INTAKE
from modules.applications.services import intake
from procedures import registry as procedures

procedures.intake(INTAKE, intake.INTAKE)
