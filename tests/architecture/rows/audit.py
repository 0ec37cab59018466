from tests.architecture.rows import Row

ROWS = {
    "audit/deeds/": Row(),
    "audit/entries/": Row(),
    "audit/entries/export/": Row(),
}
