"""Which messages need acceptance: as the city sets, for a section and a kind of audience."""

from typing import TYPE_CHECKING

from django.db import transaction

from accounts import selectors as accounts
from accounts.services import add_function, give_function
from audit import services as audit
from modules.messaging.deeds import Deed
from modules.messaging.errors import AcceptanceUnprepared
from modules.messaging.models import AcceptanceRule, Audience
from modules.messaging.permissions import Permission
from modules.messaging.selectors.accepting import functions_of
from modules.messaging.services.acceptance.chains import prepare
from opium.permissions import SYSTEM, WHOLE_CITY, Actor, require
from units.selectors import homes_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import Person
    from units.models import Section

Chain = AcceptanceRule.Chain
STRICTNESS = (Chain.NONE, Chain.HEAD, Chain.HEAD_AND_DIRECTOR)


@transaction.atomic
def set_rule(
    *,
    actor: Actor,
    section: "Section | None",
    audience: str,
    chain: str,
    allows_links: bool = True,
    holders: "Mapping[str, Person] | None" = None,
) -> AcceptanceRule:
    """Say whose acceptance the section's messages to such an audience need; again replaces it.

    `holders` lets people play functions of the chain from now on, by their codes; who may is asked
    of `accounts`. Messages that wait already go on as they were asked for. Raises
    `AcceptanceUnprepared`.
    """
    require(actor, Permission.SET_ACCEPTANCE, WHOLE_CITY)
    for code, person in (holders or {}).items():
        _let_play(actor, chain, code, person)
    prepare(chain)
    before = AcceptanceRule.objects.filter(section=section, audience=audience).first()
    rule, _ = AcceptanceRule.objects.update_or_create(
        section=section,
        audience=audience,
        defaults={"chain": chain, "allows_links": allows_links},
    )
    audit.record(
        actor=actor,
        deed=Deed.SET_RULE,
        right=Permission.SET_ACCEPTANCE,
        target=rule,
        before=_told(before) if before else None,
        after=_told(rule),
    )
    return rule


def _let_play(actor: Actor, chain: str, code: str, person: "Person") -> None:
    names = {} if chain == Chain.NONE else functions_of(chain)
    if code not in names:
        raise AcceptanceUnprepared(reason=f"Ta zasada nie pyta funkcji o kodzie „{code}”.")
    function = accounts.functions_visible_to(SYSTEM).filter(code=code).first()
    if function is None:
        function = add_function(actor=actor, code=code, name=names[code])
    give_function(actor=actor, function=function, person=person)


@transaction.atomic
def delete_rule(*, actor: Actor, rule: AcceptanceRule) -> None:
    """Let the more general rule hold again, or none."""
    require(actor, Permission.SET_ACCEPTANCE, WHOLE_CITY)
    audit.record(
        actor=actor,
        deed=Deed.DELETE_RULE,
        right=Permission.SET_ACCEPTANCE,
        target=rule,
        before=_told(rule),
    )
    rule.delete()


def rule_for(author: "Person", audience: Audience) -> AcceptanceRule | None:
    """The strictest rule that the author's sections and the audience come under.

    For each kind of audience in the message: a rule of the author's section goes before one of
    the city, and one for that kind before one for any. None where nobody has to accept. One query
    where the city has no rules, two otherwise.
    """
    rules = {(one.section_id, one.audience): one for one in AcceptanceRule.objects.all()}
    if not rules:
        return None
    homes = homes_of([author.pk]).get(author.pk, [])
    sections = [home.id for home in homes if home.kind == "section"]
    meant = []
    for kind in _kinds(audience):
        own = [
            rules[section, wanted]
            for section in sections
            for wanted in (kind, AcceptanceRule.Audience.ANY)
            if (section, wanted) in rules
        ]
        city = [
            rules[None, wanted]
            for wanted in (kind, AcceptanceRule.Audience.ANY)
            if (None, wanted) in rules
        ]
        meant += own[:1] or city[:1]
    strictest = max(meant, key=lambda rule: STRICTNESS.index(Chain(rule.chain)), default=None)
    return None if strictest is None or strictest.chain == Chain.NONE else strictest


def _kinds(audience: Audience) -> list[str]:
    chosen = {
        AcceptanceRule.Audience.ALL_UNITS: audience.all_units,
        AcceptanceRule.Audience.KINDS: bool(audience.kinds),
        AcceptanceRule.Audience.GROUPS: bool(audience.groups),
        AcceptanceRule.Audience.UNITS: bool(audience.units),
        AcceptanceRule.Audience.PEOPLE: bool(audience.people),
    }
    return [kind for kind, is_chosen in chosen.items() if is_chosen]


def _told(rule: AcceptanceRule) -> dict[str, object]:
    return {"rule": str(rule), "chain": rule.chain, "allows_links": rule.allows_links}
