"""What procedures tell the rooms below: who works on what, whose the sheets of cases are."""

from accounts import registry as accounts
from accounts import scopes
from budget import registry as budget
from files.registry import MAKINGS, PURPOSES
from forms import registry as forms
from invoices import registry as invoices
from notifications import registry as notifications
from procedures import guarding
from procedures.selectors.case_list import shown_in_ledgers
from procedures.selectors.scopes import SCOPES
from procedures.selectors.workload import CASES, FIGURES
from procedures.services import (
    accounting,
    correspondence,
    designing,
    packaging,
    questions,
    steps,
)
from procedures.services.entrusted.corrections import note_correction
from procedures.services.entrusted.leaving import hand_over
from procedures.services.steps.telling import KINDS_OF_NEWS
from procedures.waits import KINDS_OF_WAITS, OWNER
from threads import registry as threads
from todo import registry as todo

for purpose, way in correspondence.PURPOSES.items():
    PURPOSES.declare(purpose, way)
PURPOSES.declare(designing.PURPOSE, designing.READING)
MAKINGS.declare(correspondence.PURPOSE, correspondence.MAKING)
MAKINGS.declare(packaging.PURPOSE, packaging.MAKING)
for kind, told in SCOPES.items():
    scopes.explain(kind, told)
notifications.declare(*KINDS_OF_NEWS)
forms.guard("procedures.case", guarding.GUARD)
forms.sheets_moved("procedures.case", note_correction)
budget.subject("procedures.case", budget.SubjectKind("Sprawa", shown_in_ledgers))
accounts.on_leaving(hand_over)
accounts.on_players(steps.members_change)
threads.subject(OWNER, questions.QUESTIONS)
invoices.subject(OWNER, accounting.INVOICES)
todo.declare(*KINDS_OF_WAITS)
todo.subject(OWNER, steps.TROUBLE)
todo.running(CASES)
todo.figures(FIGURES)
