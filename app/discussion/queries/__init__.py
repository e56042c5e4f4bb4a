"""Finding threads, comments and answers that are owed."""

from app.discussion.queries.duties import Owed, excerpt, links, owed_in, turns, waiting
from app.discussion.queries.speakers import speaker_label
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
    get_thread_on,
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
    "get_thread_on",
    "links",
    "owed_in",
    "remarks",
    "replies",
    "speaker_label",
    "totals",
    "turns",
    "waiting",
]
