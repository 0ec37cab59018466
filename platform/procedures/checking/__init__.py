"""Whether a procedure may be published: pure, so that files are checked without a database."""

from collections.abc import Collection, Mapping

from forms.definition import Definition
from forms.expressions import TableShape
from procedures.checking.acting import VISIBLE, check_acting
from procedures.checking.places import Checked
from procedures.checking.questions import World, check_questions, limits_scope
from procedures.checking.ways import check_ways
from procedures.definition import Fault, Procedure, Stage

__all__ = ["VISIBLE", "check", "limits_scope", "start_of"]


def check(
    procedure: Procedure,
    *,
    form: Definition | None = None,
    forms: Mapping[str, Definition] | None = None,
    functions: Mapping[str, bool] | None = None,
    letters: Collection[str] | None = None,
    effects: Collection[str] | None = None,
    classes: Collection[str] | None = None,
    pots: Mapping[str, Collection[int]] | None = None,
    tables: Mapping[str, Collection[str] | TableShape] | None = None,
) -> list[Fault]:
    """Everything that keeps the procedure from being published; [] means that it may be.

    `form` is the applicant's form and `forms` every form that stages use, by the name that they
    use: published ones only. `functions` says of each function whether anybody plays it. What is
    None (functions, templates of letters, effects, classes of the file plan, pots by code with
    the years that have one, the city's tables) is not known and not checked.

    Whoever chooses what comes along, a matter of a procedure without faults always has a way on
    to an end: every stage is reached and reaches one, each outcome has a way that holds, and a
    circle has somebody in it.
    """
    checked = Checked(procedure, functions)
    world = World(form, forms or {}, letters, effects, classes, pots, tables)
    return [
        *check_ways(checked),
        *check_acting(checked),
        *check_questions(checked, world),
    ]


def start_of(procedure: Procedure) -> Stage | None:
    """Where a matter begins: the submission, else the first stage of an office's own procedure.

    None only where the procedure may not be published.
    """
    return Checked(procedure).start
