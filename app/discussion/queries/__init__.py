"""Finding threads, comments and answers that are owed."""

from app.discussion.queries.duties import Owed, excerpt, links, owed_in, turns, waiting
from app.discussion.queries.talk import (
    BESIDE,
    NEWEST,
    QUESTIONS,
    Answer,
    Remark,
    ThreadRow,
    beside,
    find_remark,
    find_thread,
    get_comment,
    get_thread,
    remarks,
    replies,
    totals,
)

__all__ = [
    "BESIDE",
    "NEWEST",
    "QUESTIONS",
    "Answer",
    "Owed",
    "Remark",
    "ThreadRow",
    "beside",
    "excerpt",
    "find_remark",
    "find_thread",
    "get_comment",
    "get_thread",
    "links",
    "owed_in",
    "remarks",
    "replies",
    "totals",
    "turns",
    "waiting",
]
