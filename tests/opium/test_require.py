from types import SimpleNamespace
from uuid import uuid4

import pytest
from rules.predicates import predicate

from opium import permissions
from opium.permissions import SYSTEM, MissingPermission, Reach, may, require


class Permission(permissions.Permission):
    FEED_CAT = ("pets.feed_cat", "Karmienie kota", "Karmi kota.")
    BATHE_CAT = ("pets.bathe_cat", "Kąpanie kota", "Kąpie kota.")


@pytest.fixture(scope="module", autouse=True)
def _forget_the_cats():
    yield
    permissions.Permission.__subclasses__()


class Keeper:
    pk = None
    display_name = "Ala"

    def __init__(self, **reaches):
        self.reaches = reaches

    def reach(self, permission):
        return self.reaches.get(permission.name, Reach())

    def allows(self, permission, subject=None):
        return self.reach(permission).covers(subject)


def test_who_lacks_the_permission_is_told_its_name():
    with pytest.raises(MissingPermission, match="„Karmienie kota”"):
        require(Keeper(), Permission.FEED_CAT)


def test_a_permission_within_a_unit_covers_only_that_unit():
    own, other = uuid4(), uuid4()
    keeper = Keeper(FEED_CAT=Reach(units=frozenset({own})))

    assert may(keeper, Permission.FEED_CAT, SimpleNamespace(unit_id=own))
    assert not may(keeper, Permission.FEED_CAT, SimpleNamespace(unit_id=other))
    assert not may(keeper, Permission.FEED_CAT, SimpleNamespace(colour="rudy"))
    assert may(keeper, Permission.FEED_CAT)


def test_a_permission_for_a_kind_of_matters_covers_every_matter_of_that_kind():
    kind, other = uuid4(), uuid4()
    keeper = Keeper(FEED_CAT=Reach(kinds=frozenset({kind})))

    assert may(keeper, Permission.FEED_CAT, SimpleNamespace(kind_id=kind, unit_id=uuid4()))
    assert not may(keeper, Permission.FEED_CAT, SimpleNamespace(kind_id=other))
    assert not may(keeper, Permission.FEED_CAT, SimpleNamespace(kind_id=None, unit_id=kind))
    assert may(keeper, Permission.FEED_CAT)


def test_what_a_reach_covers_is_the_union_of_its_parts():
    unit, kind = uuid4(), uuid4()
    keeper = Keeper(FEED_CAT=Reach(units=frozenset({unit}), kinds=frozenset({kind})))

    assert may(keeper, Permission.FEED_CAT, SimpleNamespace(unit_id=unit, kind_id=uuid4()))
    assert may(keeper, Permission.FEED_CAT, SimpleNamespace(unit_id=uuid4(), kind_id=kind))
    assert not may(keeper, Permission.FEED_CAT, SimpleNamespace(unit_id=kind, kind_id=unit))


def test_a_rule_of_the_module_is_asked_besides_the_role():
    everywhere = Keeper(BATHE_CAT=Reach(everywhere=True))
    permissions.rule(Permission.BATHE_CAT, predicate(lambda actor, cat: cat.is_dirty))

    assert may(everywhere, Permission.BATHE_CAT, SimpleNamespace(is_dirty=True))
    assert not may(everywhere, Permission.BATHE_CAT, SimpleNamespace(is_dirty=False))
    assert not may(Keeper(), Permission.BATHE_CAT, SimpleNamespace(is_dirty=True))


def test_the_system_itself_may():
    require(SYSTEM, Permission.FEED_CAT)
