"""Calls, their editions, and the applications that came in by them."""

from modules.applications.models.calls import INTAKE, Application, Call, CallEdition

__all__ = ["INTAKE", "Application", "Call", "CallEdition"]
