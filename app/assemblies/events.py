"""What can happen to an assembly."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.core.words import N_


@dataclass(frozen=True, slots=True)
class AssemblyConvened:
    """The owners or the residents were called to decide; the vote itself is a poll on this matter."""

    community_id: int
    assembly_id: int
    number: int
    electorate: Literal["owners", "residents"]
    opens_at: datetime
    closes_at: datetime


WORDS = {AssemblyConvened: N_("第%(number)s次业主大会或居民投票召集")}
