import csv

import pytest

from tests.modules.directory.register import HEADER


@pytest.fixture
def written(tmp_path):
    def write(*rows, header=HEADER, encoding="utf-8-sig", name="rspo.csv"):
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, header, delimiter=";", quoting=csv.QUOTE_ALL)
            file.write(";".join(header) + "\n")
            writer.writerows(rows)
        return path

    return write
