"""Tables of open data: what a table holds and what each column means."""

from dataclasses import dataclass

TEXT, INTEGER, MONEY, DAY, MOMENT, FLAG, LINK = "text", "integer", "money", "day", "moment", "flag", "link"
KINDS = (TEXT, INTEGER, MONEY, DAY, MOMENT, FLAG, LINK)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in files, what kind of value it holds, and what it means, in Chinese for translation."""

    name: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name in addresses, its title and what a row is, in Chinese for translation, and its columns."""

    name: str
    title: str
    words: str
    columns: tuple[Column, ...]
