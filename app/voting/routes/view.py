"""What the pages of one poll have in common: its tag, its heading, the reader's own lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.bylaws.queries import law
from app.core import clock
from app.core.context import actor
from app.core.house import describe
from app.core.i18n import _, zone
from app.core.values import Actor, Refusal
from app.core.words import N_
from app.voting import queries
from app.voting.forms import amount
from app.voting.queries import OwnLine, PollRow
from app.voting.rules import (
    ADOPTED,
    COUNTED,
    COUNTING,
    DISPUTED,
    HALF_READ,
    NOT_QUORATE,
    OPEN,
    PLANNED,
    READ,
    REFUSED_WORDS,
    REJECTED,
    UNREAD,
    VOID,
    Marks,
    Terms,
    annulled_refusal,
    ballot_refusal,
    challenge_until,
    proxy_refusal,
)
from app.voting.rules.terms import BUDGET, COUNCIL, LETTER, ONLINE, OWNERS, PAPER, PHONE, PROXY, RESIDENTS, STALL, UNITS

KINDS = {COUNCIL: N_("四方委员表决"), OWNERS: N_("全体业主投票"), RESIDENTS: N_("居民投票")}
CHANNEL_WORDS = {
    ONLINE: N_("网上"),
    PAPER: N_("纸质"),
    STALL: N_("投票点"),
    PHONE: N_("电话"),
    PROXY: N_("受托人"),
    LETTER: N_("信件"),
}
Tag = tuple[str, str, str]
_STATES: dict[str, Tag] = {
    PLANNED: (N_("还没开始"), "plain", "calendar"),
    OPEN: (N_("投票中"), "open", "vote"),
    COUNTING: (N_("计票中"), "wait", "clock"),
    ADOPTED: (N_("已通过"), "good", "yes"),
    REJECTED: (N_("未通过"), "bad", "no"),
    NOT_QUORATE: (N_("参加不够"), "bad", "no"),
    COUNTED: (N_("已计票"), "plain", "chart"),
}

ANNULLED: Tag = (N_("已撤销"), "bad", "no")


def tag_of(poll: PollRow) -> Tag:
    """The state of a poll as a tag: word, kind, sign."""
    word, kind, sign = ANNULLED if poll.annulled_at else _STATES[poll.outcome or poll.state]
    return _(word), kind, sign


_INTAKES: dict[str, Tag] = {
    UNREAD: (N_("还没录入"), "plain", "calendar"),
    HALF_READ: (N_("录入一次"), "plain", "clock"),
    DISPUTED: (N_("录入不一致"), "bad", "warn"),
    READ: (N_("已入账"), "good", "yes"),
    VOID: (N_("已作废"), "plain", "no"),
}


def intake_tag(state: str) -> Tag:
    """How an arrival at the desk stands, as a tag."""
    word, kind, sign = _INTAKES[state]
    return _(word), kind, sign


@dataclass(frozen=True, slots=True)
class Mine:
    """One line that the reader may cast: what its ballot is called, its receipt, and why it cannot be cast now."""

    own: OwnLine
    refusal: Refusal | None

    @property
    def by_another(self) -> bool:
        """Whether another owner of the same unit cast the ballot that counts, by an account of their own."""
        cast = self.own.cast if self.own.shared else None
        other = cast is not None and cast.account_id not in (None, actor().account_id)
        return other and cast is not None and cast.channel == ONLINE and self.own.line.entry.area > 0

    @property
    def known(self) -> list[tuple[str, Any]]:
        """How the ballot was received."""
        assert self.own.cast is not None, "only a cast ballot has a receipt"
        how = _(CHANNEL_WORDS.get(self.own.cast.channel, self.own.cast.channel))
        if self.by_another:
            return [(_("方式"), _("%(way)s，由共有的另一位业主投出", way=how))]
        return [(_("方式"), _("%(way)s，由工作人员录入", way=how) if self.own.cast.by_desk else how)]


def lines_for(poll: PollRow, lines: Sequence[OwnLine], who: Actor | None = None) -> list[Mine]:
    """The lines that the reader (or `who` holds a ballot paper) may cast, each with the reason why not now."""
    now, acts_as = clock.now(), (who or actor()).acts_as
    return [
        Mine(
            own,
            annulled_refusal(poll.annulled_at is not None)
            or (proxy_refusal(poll.terms, by_owner=own.by_owner) if own.mandate_id is not None else None)
            or ballot_refusal(
                poll.terms,
                own.line.entry,
                acts_as,
                now,
                voted=own.cast is not None,
                declared=poll.declared_at is not None,
            ),
        )
        for own in lines
    ]


def stranger(found: PollRow) -> Refusal | None:
    """Why somebody who is on no line of the roll does not vote."""
    named = found.terms.electorate == UNITS and bool(queries.told_lines(found, actor().acts_as))
    return ballot_refusal(found.terms, None, (), clock.now(), frozen=found.frozen_at is not None, named=named)


def about_poll(found: PollRow) -> dict[str, Any]:
    """The heading of a poll: what it is about, its terms, where it stands."""
    link = describe([found.matter]).get(found.matter)
    return {
        "poll": found,
        "terms": found.terms,
        "amount": amount,
        "matter": link,
        "title": link.title if link else found.question,
        "tag": tag_of(found),
        "kind": _(KINDS[found.terms.kind]),
        "refused_words": REFUSED_WORDS,
    }


def court_until(found: PollRow) -> tuple[int, date] | None:
    """In how many years, and so until when, an owner may ask a court to revoke; None where there is nothing to revoke."""
    if found.terms.kind != OWNERS or found.declared_at is None or found.annulled_at is not None:
        return None
    told = found.declared_at.astimezone(zone()).date()
    years = law(found.community_id, "owners.challenge.years", told).whole
    return years, challenge_until(told, years)


def wish(terms: Terms, chosen: Marks) -> tuple[str, str] | None:
    """What is marked costs together, and what there is to spend; nothing where nothing is spent. For information only."""
    if terms.method != BUDGET or terms.budget is None:
        return None
    together = sum(option.cost or 0 for option in terms.options if option.key in chosen)
    return amount(together, terms.budget), amount(terms.budget.amount, terms.budget)
