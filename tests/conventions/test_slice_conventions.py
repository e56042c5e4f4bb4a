"""What a slice is made of, what it shows, what its rules know."""

import pytest

from tests.conventions.slices import faces, figures, names, rules
from tests.conventions.sources import Source, expect_none, python_of

HOUSE = python_of("app")
GOOD = [
    Source("app/voting/__init__.py", ""),
    Source("app/voting/actions.py", "from app.register.queries import roll\nfrom app.voting.models import Poll"),
    Source("app/voting/models.py", "from app.register.models import Dwelling"),
    Source("app/voting/rules/__init__.py", "from fractions import Fraction\nfrom app.core.values import Refusal"),
    Source("app/register/__init__.py", ""),
    Source("app/register/models.py", ""),
    Source("app/wiring/__init__.py", "from app.voting.routes import pages"),
]


def test_a_slice_has_only_the_files_of_the_architecture() -> None:
    expect_none(names(HOUSE))


def test_nobody_looks_behind_the_face_of_another_slice() -> None:
    expect_none(faces(HOUSE))


def test_a_rule_knows_only_values() -> None:
    expect_none(rules(HOUSE))


def test_a_figure_of_law_is_asked_of_the_community() -> None:
    expect_none(figures(HOUSE))


@pytest.mark.parametrize(
    "line",
    [
        "from app.core.law import law_row", "from app.core.law.rows import law_row as figure", "from app.core.law import law_rows",
        "from app.core import law\nlaw.law_row('owners.notice', day)", "end = Workdays().after_days(day, 7)",
        "def late():\n    from app.core.law import law_row\n    return law_row('owners.notice', day).whole",
    ],
)  # fmt: skip
def test_a_figure_of_the_house_where_a_community_is_known_is_found(line: str) -> None:
    assert len(figures([Source("app/voting/queries/rolls.py", line)])) == 1
    assert figures([Source("app/bylaws/queries.py", line), Source("app/core/law/rows.py", line)]) == []


def test_a_rule_that_is_handed_what_the_community_published_may_look_it_up() -> None:
    line = "from app.core.law import law_row\nrow = law_row(key, on, own)"
    assert figures([Source("app/procurement/rules/basis.py", line)]) == []


def test_a_good_slice_gives_no_complaint() -> None:
    assert names(GOOD) + faces(GOOD) + rules(GOOD) == []


@pytest.mark.parametrize(
    "path", ["app/voting/helpers.py", "app/voting/services/__init__.py", "app/core/utils.py", "app/voting/views.py"]
)
def test_a_file_of_another_name_is_found(path: str) -> None:
    assert any(path in said for said in names([*GOOD, Source(path, "")]))


def test_a_folder_that_is_no_package_is_found() -> None:
    assert names([*GOOD, Source("app/council/rules/quorum.py", "")]) == [
        "app/council/rules: has no __init__.py, so that the import contracts do not see it"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "from app.register.models import Dwelling", "from app.register.routes import pages", "from app.register import forms",
        "from app.register import reactions", "import app.register.serializers", "from ..register import cli",
        "def late():\n    from app.register.models import Dwelling",
    ],
)  # fmt: skip
def test_a_look_behind_the_face_is_found(line: str) -> None:
    assert len(faces([*GOOD, Source("app/voting/queries.py", line)])) == 1


@pytest.mark.parametrize(
    "line",
    [
        "import flask", "from app.core import clock", "from app.core.db import db", "from app.core.clock import now",
        "import os", "from time import sleep", "import random", "from app.voting.models import Poll", "from ..models import Poll",
        "open('law.toml')", "share = 0.5", "share = float(2)", "from sqlalchemy import select",
    ],
)  # fmt: skip
def test_a_rule_that_knows_the_world_is_found(line: str) -> None:
    assert len(rules([*GOOD, Source("app/voting/rules/majority.py", line)])) == 1
