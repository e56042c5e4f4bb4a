"""What each table and column is: for the page, for the last sheet of a workbook, and for programs."""

from collections.abc import Sequence
from typing import Any

from flask_babel import force_locale, gettext

from app.core.context import EN, CommunityValue
from app.core.i18n import _
from app.core.words import N_
from app.opendata.rules import TABLES, Table
from app.opendata.rules.catalogue import BUYING, MATTERS, STANDING
from app.opendata.rules.tables import DAY, FLAG, INTEGER, LINK, MOMENT, MONEY, TEXT

GROUPS: Sequence[tuple[str, str, tuple[Table, ...]]] = (
    ("matters", N_("提案、表决和决议"), MATTERS),
    ("buying", N_("采购和合同"), BUYING),
    ("standing", N_("规则和公开账本"), STANDING),
)
KINDS = {
    TEXT: N_("文字"),
    INTEGER: N_("整数"),
    MONEY: N_("金额"),
    DAY: N_("日期"),
    MOMENT: N_("时间"),
    FLAG: N_("是或否"),
    LINK: N_("网址"),
}
FIELDS: dict[str, dict[str, Any]] = {
    TEXT: {"type": "string"},
    INTEGER: {"type": "integer"},
    MONEY: {"type": "number"},
    DAY: {"type": "date"},
    MOMENT: {"type": "datetime", "format": "any"},
    FLAG: {"type": "boolean"},
    LINK: {"type": "string", "format": "uri"},
}


def groups() -> list[tuple[str, str, tuple[Table, ...]]]:
    """The tables in their groups, with the titles of the groups in the reader's language."""
    return [(name, _(title), tables) for name, title, tables in GROUPS]


def described(table: Table) -> list[list[str]]:
    """The columns of a table by name, kind, Chinese and English, under a heading."""
    with force_locale(EN):
        rows = [[one.name, KINDS[one.kind], one.words, gettext(one.words)] for one in table.columns]
    return [["column", "种类", "中文", "English"], *rows]


def datapackage(here: CommunityValue, folder: str) -> dict[str, Any]:
    """Every table of a community as Frictionless Data describes tables: titles in Chinese, descriptions in both languages.

    `folder` is the address beneath which the files are.
    """
    return {
        "profile": "tabular-data-package",
        "name": f"sifang-{here.slug}",
        "title": f"{here.name} · 开放数据",
        "homepage": folder,
        "resources": [_resource(table, folder) for table in TABLES.values()],
    }


def _resource(table: Table, folder: str) -> dict[str, Any]:
    fields = [
        {"name": column.name, **FIELDS[column.kind], "title": words, "description": f"{words} / {english}"}
        for column, (_name, _kind, words, english) in zip(table.columns, described(table)[1:], strict=True)
    ]
    with force_locale(EN):
        english = f"{gettext(table.title)}: {gettext(table.words)}"
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "description": f"{table.words} / {english}",
        "path": f"{folder}/{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields},
    }
