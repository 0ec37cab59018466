from tests.architecture.rows import SELF, Row, about, own

ROWS = {
    "forms/dictionaries/": Row(body=lambda _: {"key": "nowy", "name": "Nowy"}),
    "forms/dictionaries/{pk}/": about("dictionary", body=lambda _: {"name": "Inny"}),
    "forms/forms/": Row(body=lambda _: {"name": "Nowy"}),
    "forms/forms/import/": Row(body=lambda here: {"file": str(here.upload.pk)}),
    "forms/forms/pattern/": Row(),
    "forms/forms/{pk}/": about("form", body=lambda _: {"name": "Inny"}),
    "forms/forms/{pk}/answers/": about("form"),
    "forms/forms/{pk}/archive/": about("form"),
    "forms/forms/{pk}/copy/": about("form"),
    "forms/forms/{pk}/definition/": about("form"),
    "forms/forms/{pk}/differences/": about("form", body=lambda _: {"older": "1"}),
    "forms/forms/{pk}/effects/": about("form"),
    "forms/forms/{pk}/export/": about("form"),
    "forms/forms/{pk}/preview/": about("form"),
    "forms/forms/{pk}/publish/": about("form"),
    "forms/forms/{pk}/restore/": about("form"),
    "forms/sheets/{pk}/": about("sheet", by="head", body=lambda _: {"changes": {"tytul": "Inny"}}),
    "forms/sheets/{pk}/differences/": about("sheet", by="head", body=lambda _: {"older": "1"}),
    "forms/sheets/{pk}/files/{file}/": Row(
        pk=lambda here: {"pk": here.sheet.pk, "file": here.sheet.files.get().file_id}, by="head"
    ),
    "forms/sheets/{pk}/print/": about("sheet", by="head"),
    "forms/sheets/{pk}/submit/": about("sheet", by="head"),
    "forms/sheets/{pk}/versions/{number}/": Row(
        pk=lambda here: {"pk": here.sheet.pk, "number": 1}, by="head"
    ),
    "forms/tables/": Row(
        body=lambda _: {"key": "nowa", "name": "N", "columns": [{"key": "a", "label": "A"}]}
    ),
    "forms/tables/{pk}/": about("table", body=lambda _: {"name": "Inna"}),
    "forms/tables/{pk}/export/": about("table"),
    "forms/tables/{pk}/grid/": about("table", body=lambda _: {"rows": []}),
    "forms/tables/{pk}/rows/": about("table"),
    "forms/tables/{pk}/template/": about("table"),
    "forms/tables/{pk}/upload/": about("table", body=lambda here: {"file": str(here.upload.pk)}),
    "forms/functions/": own(""),
    "forms/school-year/": Row(
        serves=SELF,
        body=lambda _: {
            "begins": {"month": 9, "day": 1},
            "second_semester": {"month": 2, "day": 1},
        },
    ),
    "forms/unit-facts/": own(""),
}
