"""What directory tells the rooms below: what becomes of places when somebody leaves."""

from accounts import registry as leaving
from modules.directory.services.entrusted.leaving import end_memberships

leaving.on_leaving(end_memberships)
