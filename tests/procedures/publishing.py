"""A grant whose draft has nothing wrong, and the ways of changing and publishing it."""

import copy

from procedures.services import designing


def redrafted(grant, maker, change):
    grant.refresh_from_db()
    draft = copy.deepcopy(grant.draft)
    change(draft)
    return designing.change_procedure(
        actor=maker, procedure=grant, draft=draft, draft_version=grant.draft_version
    )


def publish(grant, maker, *moves, **rest):
    return designing.publish_procedure(actor=maker, procedure=grant, moves=moves, **rest)


def stage_in(draft, key):
    return next(one for one in draft["stages"] if one["key"] == key)


def rename_stage(draft, old, new):
    stage_in(draft, old)["key"] = new
    for one in draft["transitions"]:
        one["from"] = new if one["from"] == old else one["from"]
        one["to"] = new if one["to"] == old else one["to"]


def longer(draft):
    stage_in(draft, "ocena")["deadline"] = {"days": 14}
