from tests.architecture.rows import ALL, OWN, Row, own

ROWS = {
    "todo/calendar-link/": OWN,
    "todo/calendar/{secret}.ics": Row(pk=lambda _: {"secret": "x"}, serves=ALL, by=None),
    "todo/overview/": Row(),
    "todo/running/": own(""),
    "todo/waiting/": own(""),
    "todo/waiting/count/": own(""),
}
