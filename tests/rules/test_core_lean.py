"""What nobody asks for is not loaded with a server, and can still be loaded by whoever needs it."""

import importlib
import importlib.util
import subprocess
import sys

import pytest

from app.core.lean import without


def test_a_library_is_not_found_meanwhile_and_is_found_again_afterwards() -> None:
    sys.modules.pop("this", None)
    sys.modules.pop("antigravity", None)
    with without("antigravity"), pytest.raises(ImportError):
        importlib.import_module("antigravity")
    assert "antigravity" not in sys.modules
    assert importlib.util.find_spec("antigravity") is not None


def test_a_library_that_is_loaded_already_stays_as_it_is() -> None:
    with without("json"):
        assert importlib.import_module("json").loads("1") == 1
    assert sys.modules["json"] is not None


def test_a_server_without_redis_loads_neither_its_library_nor_colours_for_a_terminal() -> None:
    told = "import sys, wsgi; print(sorted({'redis', 'rich', 'openpyxl', 'PIL', 'flask_migrate', 'holidays'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
    needed = "import sys, wsgi; from app.core.jobs import _redis_storage; print(_redis_storage().__name__, 'redis' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", needed], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "RedisStorage True"
