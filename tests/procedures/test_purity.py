"""Files are checked and procedures are played where there is no database and no settings."""

import subprocess
import sys

PURE = (
    "procedures.definition",
    "procedures.checking",
    "procedures.simulation",
    "procedures.differences",
    "procedures.fates",
    "procedures.kinds",
    "procedures.routing",
)


def test_the_engine_is_imported_without_django():
    code = f"""
import sys
from importlib import import_module
for name in {PURE!r}:
    import_module(name)
roots = {{name.partition(".")[0] for name in sys.modules}}
print(sorted(roots & {{"django", "rest_framework", "psycopg"}}))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
