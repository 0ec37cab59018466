import subprocess
import sys

ROOMS = ("definition", "differences", "expressions", "filling", "migration", "tabular")
ENGINE = ", ".join(f"forms.{room}" for room in ROOMS)


def test_the_engine_needs_neither_django_nor_a_database():
    program = f"import sys; sys.modules['django'] = None; import {ENGINE}; print('pure')"

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert (done.stdout, done.stderr) == ("pure\n", "")
