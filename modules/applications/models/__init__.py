"""Calls, their editions, the applications that came in by them, and how their money is divided."""

from modules.applications.models.calls import INTAKE, Application, Call, CallEdition
from modules.applications.models.decisions import ApprovalChain, Award, Paper
from modules.applications.models.payments import Payment, PaymentList
from modules.applications.models.scenarios import Recommendation, Scenario, ScenarioEdition

__all__ = [
    "INTAKE",
    "Application",
    "ApprovalChain",
    "Award",
    "Call",
    "CallEdition",
    "Paper",
    "Payment",
    "PaymentList",
    "Recommendation",
    "Scenario",
    "ScenarioEdition",
]
