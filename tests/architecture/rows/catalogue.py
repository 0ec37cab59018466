from tests.architecture.rows import Row, fixed

PUPIL = "nagroda_dla_ucznia"

ROWS = {
    "catalogue/types/": Row(is_shared=True),
    "catalogue/types/{key}/switch-on/": fixed(
        PUPIL, is_shared=True, is_shipped=True, parameter="key"
    ),
    "catalogue/types/{key}/edition/": fixed(
        PUPIL,
        is_shared=True,
        is_shipped=True,
        parameter="key",
        body=lambda _: {"draft_version": 0},
    ),
}
