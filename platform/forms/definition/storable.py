"""Which texts a database of JSON can keep."""

import re

_REFUSED = re.compile("[\x00\ud800-\udfff]")


def is_storable(text: str) -> bool:
    """Without the character NUL and halves of pairs (surrogates), which PostgreSQL refuses."""
    return _REFUSED.search(text) is None
