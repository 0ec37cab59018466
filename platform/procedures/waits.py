"""What cases ask of people: the kinds of rows in „Co na mnie czeka”."""

from procedures.permissions import Permission
from todo.registry import Kind

OWNER = "procedures.case"
"""What the rows of a case are about: its sheets, and those on whom it waits."""
ACT = Kind("procedures.act", "Krok w sprawie", Permission.ACT_IN_CASE)
SCORE = Kind("procedures.score", "Ocena w komisji", Permission.ACT_IN_CASE, in_person=True)
"""A seat in a committee is a person's own: nobody scores in the place of somebody absent."""
_OWN = Permission.KEEP_OWN_CASES
APPLY = Kind(
    "procedures.apply", "Sprawa po stronie wnioskodawcy", Permission.OPEN_CASE, own_right=_OWN
)
GIVE_OPINION = Kind("procedures.give_opinion", "Opinia", Permission.OPEN_CASE, own_right=_OWN)
CORRECT_FORM = Kind(
    "procedures.correct_form",
    "Uzupełnienie po zmianie formularza",
    Permission.OPEN_CASE,
    own_right=_OWN,
)
QUESTION_TO_OFFICE = Kind(
    "procedures.question_to_office", "Pytanie wnioskodawcy", Permission.ACT_IN_CASE
)
QUESTION_TO_APPLICANT = Kind(
    "procedures.question_to_applicant",
    "Pytanie urzędu do wnioskodawcy",
    Permission.OPEN_CASE,
    own_right=_OWN,
)
KINDS_OF_WAITS = (
    ACT,
    SCORE,
    APPLY,
    GIVE_OPINION,
    CORRECT_FORM,
    QUESTION_TO_OFFICE,
    QUESTION_TO_APPLICANT,
)
