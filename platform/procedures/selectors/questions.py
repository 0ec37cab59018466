"""Who sees what the applicant and the office ask each other about a case.

The office's side is whoever may view the case, or plays a function that prepares it. Members of a
committee see a case by their part in it alone, so what is asked about it is not theirs; who is
excluded from the case sees none of it.
"""

from collections.abc import Collection
from uuid import UUID

from opium.permissions import Actor, may
from procedures.definition import APPLICANT
from procedures.kinds import KINDS
from procedures.models import Case, Exclusion
from procedures.permissions import Permission
from procedures.published import definition_of
from procedures.standing import standing_of
from threads.registry import Side, Standing


def standing_in(actor: Actor, case: Case) -> Standing | None:
    """Where the actor stands in the case's thread; None for whoever has no part in it.

    The case is one that the actor sees, with both its sides.
    """
    stands = standing_of(actor)
    if stands is None:
        return None
    if case.is_on_applicants_side:
        right = Permission.OPEN_CASE if case.unit_id is not None else Permission.KEEP_OWN_CASES
        return Standing(Side.OUTSIDE, right, may_write=may(actor, right, case))
    if not case.is_from_office or case.nick is not None:
        return None
    plays = any(True for _ in stands.hats(case, functions_of_office(case)))
    if not (plays or may(actor, Permission.VIEW_CASES, case)):
        return None
    writes = plays or may(actor, Permission.ACT_IN_CASE, case)
    right = Permission.ACT_IN_CASE if writes else Permission.VIEW_CASES
    return Standing(Side.OFFICE, right, may_write=writes)


def excluded_from(cases: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Case -> who takes no part in it, in whatever stage; one query."""
    found: dict[UUID, set[UUID]] = {pk: set() for pk in cases}
    rows = Exclusion.objects.filter(case__in=cases, lifted_in=None)
    for case, person in rows.values_list("case", "person"):
        found[case].add(person)
    return found


def functions_of_office(case: Case) -> list[str]:
    """Those that prepare the case, in the order of its stages; a committee's are not among them."""
    stages = definition_of(case.revision).stages
    closed = {one.function for one in stages if KINDS[one.kind].has_members} | {"", APPLICANT}
    return list(dict.fromkeys(one.function for one in stages if one.function not in closed))
