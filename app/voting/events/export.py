"""That a list of how each unit voted was taken out."""

from dataclasses import dataclass
from typing import Literal

from app.core.words import N_


@dataclass(frozen=True, slots=True)
class VotesExported:
    """Somebody took out the list that an owners' vote is filed with; who it was stands beside the entry."""

    community_id: int
    poll_id: int
    number: int
    lines: int
    form: Literal["csv", "xlsx"]


WORDS: dict[type, str] = {VotesExported: N_("第%(number)s号表决的逐户清单导出一次")}
