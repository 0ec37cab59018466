from tests.architecture.rows import ALL, Row, own

ROWS = {
    "health/": Row(serves=ALL),
    "schema/": own(""),
}
