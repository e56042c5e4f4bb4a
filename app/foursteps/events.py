"""What can happen in a chain of four deliberations."""

from dataclasses import dataclass
from typing import Literal

from app.core.words import N_
from app.journal.events import Digest

Step = Literal["propose", "consult", "review", "decide", "tell-decision", "tell-result"]


@dataclass(frozen=True, slots=True)
class FourStepTaken:
    """One of the six steps was taken; `text` is the hash of what was written of it, the figures those of a meeting."""

    community_id: int
    chain_id: int
    number: int
    step: Step
    outcome: Literal["passed", "failed"]
    due: int | None
    present: int | None
    agreed: int | None
    text: Digest


WORDS = {FourStepTaken: N_("第%(number)s件“四议两公开”完成一步")}
