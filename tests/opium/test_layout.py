import platform
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_standard_library_keeps_its_platform_module():
    assert Path(platform.__file__).is_relative_to(sysconfig.get_path("stdlib"))
    assert not (ROOT / "platform" / "__init__.py").exists()


def test_no_file_is_an_attic_and_none_outgrows_a_comfortable_read():
    sources = [
        path
        for folder in ("platform", "api", "tenants", "modules", "billing", "provisioning")
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
    ]

    assert not [path for path in sources if path.stem in {"utils", "helpers", "common", "misc"}]
    assert not [path for path in sources if len(path.read_text().splitlines()) > 400]
