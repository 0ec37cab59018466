"""Working on scenarios: each saving is an edition that never changes."""

from collections.abc import Mapping
from typing import Any, TypedDict

from django.db import transaction
from django.utils import timezone

import ranking
from audit import services as audit
from modules.applications.deeds import Deed
from modules.applications.errors import ScenarioDiscarded, ScenarioNameTaken
from modules.applications.models import Call, Scenario, ScenarioEdition
from modules.applications.permissions import Permission
from modules.applications.selectors import played
from opium.constraints import refusing
from opium.permissions import Actor, require

Document = Mapping[str, Any]


class ScenarioContent(TypedDict, total=False):
    """The parts of a scenario; a part that is not named stays as it is."""

    name: str
    rules: Document
    changes: Document


@transaction.atomic
def draft_scenario(
    *,
    actor: Actor,
    call: Call,
    name: str,
    rules: Document,
    changes: Document | None = None,
) -> Scenario:
    """A new way to divide the call's money; it books nothing.

    Raises `ScenarioNameTaken`, `RulesFaulty`, `ChangesFaulty`, `PotNotOfCall`, `PotsUnknown`.
    """
    require(actor, Permission.DIVIDE_MONEY, call)
    outcome = played(actor, call, rules, changes or {}).outcome
    with refusing(one_scenario_per_name_in_a_call=ScenarioNameTaken(name=name.strip())):
        scenario = Scenario.objects.create(call=call, name=name.strip(), made_by_id=actor.pk)
    _edition(actor, scenario, rules, changes or {})
    audit.record(
        actor=actor,
        deed=Deed.DRAFT_SCENARIO,
        right=Permission.DIVIDE_MONEY,
        target=scenario,
        after={"call": call.pk, "name": scenario.name, **_told(outcome)},
    )
    return scenario


@transaction.atomic
def change_scenario(*, actor: Actor, scenario: Scenario, content: ScenarioContent) -> Scenario:
    """Save a new edition, or another name; what was recommended stays as it was.

    Raises `ScenarioDiscarded`, and what `draft_scenario` raises.
    """
    require(actor, Permission.DIVIDE_MONEY, scenario.call)
    scenario = locked_scenario(scenario)
    before, name = scenario.name, content.get("name", scenario.name).strip()
    newest = ScenarioEdition.objects.filter(scenario=scenario).latest("number")
    rules, changes = newest.rules, newest.changes
    wanted = (content.get("rules", rules), content.get("changes", changes))
    outcome = played(actor, scenario.call, *wanted).outcome
    if wanted != (rules, changes):
        _edition(actor, scenario, *wanted)
    scenario.name = name
    with refusing(one_scenario_per_name_in_a_call=ScenarioNameTaken(name=name)):
        scenario.save(update_fields=["name", "updated_at"])
    audit.record(
        actor=actor,
        deed=Deed.CHANGE_SCENARIO,
        right=Permission.DIVIDE_MONEY,
        target=scenario,
        before={"name": before} if before != name else {},
        after=({"name": name} if before != name else {}) | _told(outcome),
    )
    return scenario


@transaction.atomic
def discard_scenario(*, actor: Actor, scenario: Scenario) -> None:
    """Put it away; its editions stay, for a recommendation may have been made of one."""
    require(actor, Permission.DIVIDE_MONEY, scenario.call)
    scenario = locked_scenario(scenario)
    scenario.discarded_at = timezone.now()
    scenario.save(update_fields=["discarded_at", "updated_at"])
    audit.record(
        actor=actor,
        deed=Deed.DISCARD_SCENARIO,
        right=Permission.DIVIDE_MONEY,
        target=scenario,
        before={"name": scenario.name},
    )


def _edition(actor: Actor, scenario: Scenario, rules: Document, changes: Document) -> None:
    number = ScenarioEdition.objects.filter(scenario=scenario).count() + 1
    scenario.edition = ScenarioEdition.objects.create(
        scenario=scenario,
        number=number,
        rules=dict(rules),
        changes=dict(changes),
        made_at=timezone.now(),
        made_by_id=actor.pk,
    )
    scenario.save(update_fields=["edition", "updated_at"])


def locked_scenario(scenario: Scenario) -> Scenario:
    """The scenario as it stands now, held until this ends. Raises `ScenarioDiscarded`."""
    whole = Scenario.objects.select_related("call__procedure", "call__revision")
    found = whole.select_for_update(of=("self",)).get(pk=scenario.pk)
    if found.discarded_at is not None:
        raise ScenarioDiscarded(name=found.name)
    return found


def _told(outcome: ranking.Outcome) -> dict[str, object]:
    return {"given": str(outcome.given), "over": outcome.over}
