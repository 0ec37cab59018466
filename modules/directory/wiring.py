"""What directory tells the rooms below: what becomes of places when somebody leaves, and units."""

from accounts.registry import on_leaving
from files import registry as files
from modules.directory.services.entrusted.leaving import end_memberships
from units.selectors import people_around

on_leaving(end_memberships)
files.PLACES.declare("units", people_around)
