"""Who is the second person to something that one person proposes, and who is not."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts import selectors, services
from accounts.errors import (
    NotByKey,
    NotInPlaceOf,
    NotSecondPerson,
    ProofNeeded,
)
from accounts.models import Assignment, Motion, Role
from accounts.permissions import Permission
from audit.models import Entry
from opium.permissions import MissingPermission
from tests.accounts.motions import assigns_roles, proved, waits_for
from tests.factories.accounts import PersonFactory, again, person_with
from tests.factories.directory import UnitFactory

pytestmark = pytest.mark.django_db


def test_neither_the_proposer_nor_the_person_nor_a_weaker_one_is_the_second(motion, first, ala):
    weaker = person_with(*(one for one in Permission if one != Permission.MANAGE_ROLES))
    narrow = person_with(*Permission, scope_kind="unit", scope_id=UnitFactory().pk)
    role = Role.objects.create(name="Inna", permissions=["accounts.manage_roles"])
    Assignment.objects.create(person=ala, role=role)
    concerned = again(ala)
    concerned.proved_at = timezone.now()
    for who in (first, concerned):
        for decide in (services.confirm_motion, services.refuse_motion):
            with pytest.raises(NotSecondPerson):
                decide(actor=who, motion=motion)
    for who in (weaker, narrow):
        with pytest.raises(MissingPermission):
            services.confirm_motion(actor=who, motion=motion)
    assert Motion.objects.open_now().count() == 1


def test_an_account_that_the_proposer_has_made_or_recovered_is_no_second_person_for_a_while(
    first, ala, steward
):
    puppet = services.invite_person(
        actor=first, email="kukla@example.org", first_name="K", last_name="K"
    )
    recovered = person_with(Permission.MANAGE_ROLES)
    services.reset_factors(actor=first, person=recovered)
    role = Role.objects.create(name="Inna", permissions=["accounts.manage_roles"])
    Assignment.objects.create(person=puppet, role=role)
    motion = services.propose_administrator(actor=first, person=ala, role=steward)

    for who in (puppet, recovered):
        again_there = again(who)
        again_there.proved_at = timezone.now()
        with pytest.raises(NotSecondPerson, match="Jedno z Was"):
            services.confirm_motion(actor=again_there, motion=motion)
    assert selectors.has_second_person(motion) is False
    taken_over = services.propose_administrator(
        actor=proved(recovered), person=PersonFactory(), role=steward
    )
    with pytest.raises(NotSecondPerson, match="Jedno z Was"):  # nor the other way about
        services.confirm_motion(actor=first, motion=taken_over)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        fresh = services.propose_administrator(
            actor=proved(first), person=PersonFactory(), role=steward
        )
        assert services.confirm_motion(actor=proved(recovered), motion=fresh).state == "confirmed"


def test_a_second_person_proves_who_they_are_and_acts_by_no_key_and_for_nobody(
    motion, second, first, ala, steward
):
    stale = again(second)
    stale.proved_at = timezone.now() - timedelta(hours=1)
    with pytest.raises(ProofNeeded):
        services.confirm_motion(actor=stale, motion=motion)
    keyed = again(second)
    keyed.limits = frozenset(str(one) for one in Permission)
    with pytest.raises(NotByKey):
        services.confirm_motion(actor=keyed, motion=motion)
    stale = again(first)
    stale.proved_at = None
    with pytest.raises(ProofNeeded):
        services.propose_administrator(actor=stale, person=ala, role=steward)


def test_nobody_proposes_confirms_or_refuses_in_the_place_of_an_administrator(
    first, second, ala, steward, api
):
    helper = proved(PersonFactory())
    for absent in (first, second):
        services.appoint_substitute(
            actor=first,
            person=absent,
            substitute=helper,
            starts_on=timezone.localdate(),
            ends_on=timezone.localdate(),
        )
    in_place_of_first = selectors.standing_in(helper, in_place_of=first)
    in_place_of_second = selectors.standing_in(helper, in_place_of=second)
    with pytest.raises(NotInPlaceOf):
        services.propose_administrator(actor=in_place_of_first, person=ala, role=steward)
    motion = services.propose_administrator(actor=first, person=ala, role=steward)
    for decide in (
        services.confirm_motion,
        services.refuse_motion,
    ):
        with pytest.raises(NotInPlaceOf):
            decide(actor=in_place_of_second, motion=motion)
    assert Motion.objects.open_now().count() == 1
    assert waits_for(helper, api) == []
    assert waits_for(second, api) != []


def test_an_administrator_who_stands_in_for_the_other_is_still_one_person(
    first, second, ala, steward, api
):
    services.appoint_substitute(
        actor=first,
        person=second,
        substitute=first,
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate(),
    )
    motion = services.propose_administrator(actor=first, person=ala, role=steward)
    for who in (first, selectors.standing_in(first, in_place_of=second)):
        with pytest.raises((NotSecondPerson, NotInPlaceOf)):
            services.confirm_motion(actor=who, motion=motion)
    assert waits_for(first, api) == []
    assert not assigns_roles(ala)


def test_a_key_neither_refuses_nor_takes_back(motion, first, second):
    for who, decide in (
        (second, services.refuse_motion),
        (first, services.withdraw_motion),
    ):
        keyed = again(who)
        keyed.limits = frozenset(str(one) for one in Permission)
        with pytest.raises(NotByKey):
            decide(actor=keyed, motion=motion)
    assert Motion.objects.open_now().count() == 1


@pytest.mark.parametrize("decide", [services.confirm_motion, services.refuse_motion])
def test_whose_role_ended_a_second_ago_decides_nothing(motion, second, ala, decide):
    assert second.reach(Permission.MANAGE_ROLES).everywhere  # read when the request began
    second.assignments.update(valid_to=timezone.localdate() - timedelta(days=1))
    with pytest.raises(NotSecondPerson):
        decide(actor=second, motion=motion)
    assert not assigns_roles(ala)


def test_where_a_city_has_one_administrator_the_operators_are_the_second_person(
    first, ala, steward, city
):
    motion = services.propose_administrator(actor=first, person=ala, role=steward)
    assert selectors.has_second_person(motion) is False

    def told(*arguments):
        out = io.StringIO()
        call_command("motion_decide", city.schema_name, *arguments, stdout=out)
        return out.getvalue()

    assert f"{motion.pk} Rola „Zarządca” w całym mieście: Ala Nowak" in told()
    assert "potwierdzono" in told("--confirm", str(motion.pk))
    assert assigns_roles(ala)
    with pytest.raises(CommandError):
        told("--refuse", str(motion.pk))
    assert Entry.objects.get(deed="accounts.confirm_motion").actor_name == "OPIUM"
