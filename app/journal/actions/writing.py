"""An entry, the code that leads to it, and who is still to be told of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, String, bindparam, insert, literal, select, union_all

from app.core.bulk import add_row, given, insert_row, named
from app.core.db import Moment, db, straight
from app.journal.models import JournalEntry, JournalReceipt, Outbox

ENTRY, RECEIPT, OUTBOX = (db.metadata.tables[model.__tablename__] for model in (JournalEntry, JournalReceipt, Outbox))


def write_entry(entry: Mapping[str, Any], readers: Sequence[str], due_at: datetime, receipt: str) -> int:
    """One entry by its columns, with a receipt code where there is one, and a line for each reader; answers its number.

    PostgreSQL takes all of it in one statement: each is a turn to another process, and very many vote at once.
    """
    if db.engine.dialect.name == "postgresql" and (readers or receipt):
        told = {f"reader_{place}": reader for place, reader in enumerate(readers)}
        values = {**given(entry), **told, "told_at": due_at, "receipt": receipt}
        return int(straight(_at_once(tuple(entry), len(readers), bool(receipt)), values).scalar_one())
    number = int(insert_row(JournalEntry, **entry))
    for reader in readers:
        add_row(Outbox, community_id=entry["community_id"], entry_id=number, reader=reader, due_at=due_at)
    if receipt:
        add_row(JournalReceipt, community_id=entry["community_id"], code=receipt, entry_id=number)
    return number


@cache
def _at_once(columns: tuple[str, ...], readers: int, receipt: bool) -> Select[int]:
    made = insert(ENTRY).values(named(ENTRY, columns)).returning(ENTRY.c.id, ENTRY.c.community_id).cte("entry")
    answer = select(made.c.id)
    if receipt:
        led = select(made.c.community_id, bindparam("receipt", type_=String), made.c.id)
        names = ["community_id", "code", "entry_id"]
        answer = answer.add_cte(insert(RECEIPT).from_select(names, led, include_defaults=False).cte("receipt"))
    if readers:
        due = bindparam("told_at", type_=Moment)
        lines = [
            select(
                made.c.community_id, made.c.id, bindparam(f"reader_{place}", type_=String), due, literal(0), literal("")
            )
            for place in range(readers)
        ]
        names = ["community_id", "entry_id", "reader", "due_at", "attempts", "fault"]
        told = insert(OUTBOX).from_select(names, union_all(*lines), include_defaults=False)
        answer = answer.add_cte(told.cte("told"))
    return answer
