from tests.architecture.rows import Row, about

ROWS = {
    "directory/groups/": Row(body=lambda _: {"name": "Nowa", "units": [], "people": []}),
    "directory/groups/{pk}/": about("group"),
    "directory/kinds/": Row(
        is_shared=True, body=lambda _: {"code": "n", "name": "Nowa", "name_plural": "Nowe"}
    ),
    "directory/kinds/{pk}/": about("kind"),
    "directory/memberships/": Row(
        body=lambda here: {"person": str(here.admin.pk), "unit": str(here.unit.pk)}
    ),
    "directory/memberships/{pk}/end/": about("membership"),
    "directory/people/": Row(),
    "directory/sections/": Row(is_shared=True, body=lambda _: {"code": "N", "name": "Nowy"}),
    "directory/units/": Row(
        body=lambda _: {"kind": "tajna", "short_name": "SP nowa", "name": "Nowa"}
    ),
    "directory/units/export/": Row(),
    "directory/units/{pk}/": about("unit"),
    "directory/units/{pk}/close/": about("unit"),
}
