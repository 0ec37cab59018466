from tests.architecture.rows import ALL, Row, own

ROWS = {
    "health/": Row(serves=ALL),
    "installation/": Row(by=None),  # the operators' alone: in a city nobody is entitled
    "schema/": own(""),
}
