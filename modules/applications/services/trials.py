"""The end of a trial call: it leaves nothing but the entries of the log."""

from django.db import transaction

from audit import services as audit
from files import services as files
from modules.applications.deeds import Deed
from modules.applications.errors import NoTrial
from modules.applications.models import (
    Application,
    Call,
    CallEdition,
    Recommendation,
    Scenario,
    ScenarioEdition,
)
from modules.applications.permissions import Permission
from modules.applications.services import committees, packing
from modules.applications.services.drafting import locked
from notifications.services import entrusted as notifications
from opium.permissions import Actor, require
from procedures.services.entrusted import trials


@transaction.atomic
def throw_away_trial(*, actor: Actor, call: Call) -> None:
    """Remove a trial call with its applications and everything that came of them.

    Cases, answers, files, letters, notices, what waits: nothing is left in any table but the log,
    which says that a trial was held and thrown away. It has taken no signs, no numbers of letters
    and no money. Raises `NoTrial`.
    """
    require(actor, Permission.MANAGE_CALLS, call)
    call = locked(call)
    if not call.is_test:
        raise NoTrial(title=call.title)
    applications = Application.objects.filter(call=call)
    cases = list(applications.values_list("case", flat=True))
    audit.record(
        actor=actor,
        deed=Deed.THROW_AWAY_TRIAL,
        right=Permission.MANAGE_CALLS,
        target=call,
        before={
            "title": call.title,
            "year": call.year,
            "state": call.state,
            "applications": len(cases),
        },
    )
    applications.delete()
    files.forget_makings(purpose=packing.PURPOSE, owners=[call.pk])
    trials.discard_trials(cases=cases, owner=committees.owner_of(call))
    _forget_scenarios(call)
    call.state, call.edition, call.revision = Call.State.DRAFT, None, None
    call.closed_at = call.settled_at = None
    call.save()
    editions = CallEdition.objects.filter(call=call)
    notifications.forget(urls=(), subjects=committees.news_of(list(editions)))
    editions.delete()
    call.delete()


def _forget_scenarios(call: Call) -> None:
    Recommendation.objects.filter(call=call).delete()
    scenarios = Scenario.objects.filter(call=call)
    scenarios.update(edition=None)
    ScenarioEdition.objects.filter(scenario__in=scenarios).delete()
    scenarios.delete()
