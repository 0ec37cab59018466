"""The catalogue: procedures and forms that come ready, as files that a city makes its own.

Nouns: a type (of applications), its needs (people in functions, letters, pots, a class, dates).
Verbs: load_catalogue, switch_on_type, take_edition. It owns no table: what a city has is found by
the procedure's name, and what differs is compared with the files whenever somebody asks.

A type is a folder with `procedure.json` and `forms/<key>.json`; the procedure names forms by key.
Beside the types stand who plays each function to begin with (`functions.json`), the tables of
units that forms quote (`tables.json`), the letters (`letters.json` with what each asks for,
`letters/<key>.docx`) and the pots that stages grant money from (`pots.json`): a stage names a pot
by its code, and the city has a pot of that code for each year. Loading makes the first one, with an
amount to be changed.
"""
