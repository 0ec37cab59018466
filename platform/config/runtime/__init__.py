"""What runs OPIUM on a machine that has Python, make and the package registries, and nothing else.

`bootstrap` installs, `postgres` serves the database, `frontend` finds Node and builds the screens,
`browser` finds a Chromium, `supervisor` is `make demo` and `make dev`, `checks` is `make test`,
`schema` keeps the API's description, `broker` is Celery's queue in a folder.
Nothing here needs Django; a deployment that brings its own services uses none of it.
"""
