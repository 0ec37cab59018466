"""What directory tells the rooms below: what becomes of places when somebody leaves."""

from accounts.registry import on_leaving
from modules.directory.services.entrusted.leaving import end_memberships

on_leaving(end_memberships)
