"""What can happen to a proposal; its text stands in the record only as a commitment."""

from dataclasses import dataclass
from typing import Literal

from app.core.values import Ref
from app.core.words import N_
from app.journal.events import Digest


@dataclass(frozen=True, slots=True)
class ProposalSubmitted:
    """A proposal was handed in; by the desk, for somebody who does not use the web."""

    community_id: int
    proposal_id: int
    number: int
    by_desk: bool
    commitment: Digest


@dataclass(frozen=True, slots=True)
class ProposalSupported:
    """Somebody supports a proposal in one of its versions."""

    community_id: int
    proposal_id: int
    number: int
    version: int


@dataclass(frozen=True, slots=True)
class SupportWithdrawn:
    """Somebody no longer supports a proposal."""

    community_id: int
    proposal_id: int
    number: int


@dataclass(frozen=True, slots=True)
class SupportReached:
    """Enough people support a proposal; the desk has to admit or return it."""

    community_id: int
    proposal_id: int
    number: int
    supporters: int


@dataclass(frozen=True, slots=True)
class ProposalReturned:
    """The desk gave a proposal back, with a reason and what to change."""

    community_id: int
    proposal_id: int
    number: int
    version: int


@dataclass(frozen=True, slots=True)
class ProposalRevised:
    """The author changed a proposal; what was supported before stays with the version that was supported."""

    community_id: int
    proposal_id: int
    number: int
    version: int
    commitment: Digest


@dataclass(frozen=True, slots=True)
class ProposalWithdrawn:
    """The author took a proposal back."""

    community_id: int
    proposal_id: int
    number: int


@dataclass(frozen=True, slots=True)
class ProposalAdmitted:
    """The desk put a proposal on the agenda; `owners_matter` 1 to 9 where all owners have to vote."""

    community_id: int
    proposal_id: int
    number: int
    version: int
    owners_matter: int | None


@dataclass(frozen=True, slots=True)
class ProposalSettled:
    """A resolution decided on a proposal."""

    community_id: int
    proposal_id: int
    number: int
    outcome: Literal["adopted", "rejected"]
    resolution: Ref


@dataclass(frozen=True, slots=True)
class ProposalReopened:
    """The vote that had decided on a proposal was annulled; it waits for a decision again."""

    community_id: int
    proposal_id: int
    number: int


WORDS = {
    ProposalReopened: N_("第%(number)s号提案的决定被撤销，重新等待决定"),
    ProposalSubmitted: N_("第%(number)s号提案提交"),
    ProposalSupported: N_("有人支持第%(number)s号提案"),
    SupportWithdrawn: N_("有人收回对第%(number)s号提案的支持"),
    SupportReached: N_("第%(number)s号提案满%(supporters)s人支持"),
    ProposalReturned: N_("第%(number)s号提案退回修改，理由已公开"),
    ProposalRevised: N_("第%(number)s号提案改为第%(version)s版"),
    ProposalWithdrawn: N_("第%(number)s号提案由提案人撤回"),
    ProposalAdmitted: N_("第%(number)s号提案受理，列入议程"),
    ProposalSettled: N_("第%(number)s号提案有了决议"),
}
