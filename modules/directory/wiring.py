"""What directory tells the rooms below, which know no unit: what a place is, who belongs where."""

from accounts import places, scopes
from accounts import registry as leaving
from forms import registry as forms
from modules.directory import selectors
from modules.directory.services.entrusted.joining import join
from modules.directory.services.entrusted.leaving import end_memberships

for kind, told in selectors.SCOPES.items():
    scopes.explain(kind, told)
leaving.on_leaving(end_memberships)
places.told_by(selectors.units_of)
places.drawn_by(
    places.Atlas(
        members=selectors.members_within,
        homes=selectors.homes_of,
        found=selectors.homes_named,
        join=join,
    )
)
forms.explain_units(forms.Units(selectors.unit_facts, selectors.units_named, selectors.FACTS))
