"""A notice while it is written: what is to be decided, how, when, in which words; and what is still wrong with it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.assemblies.rules.convening import LONGEST_TITLE, OWNERS, title_refusal
from app.assemblies.rules.matters import MATTERS
from app.core.law.rows import LawRow
from app.core.values import Ref, Refusal
from app.core.words import N_

MOST_ITEMS, LONGEST_QUESTION, LONGEST_NOTICE = 9, 500, 8000
OPENING, CLOSING = time(9), time(20)
FURTHEST = timedelta(days=366)
STEPS = ("matters", "kinds", "rules", "notice", "check")
STEP_WORDS = {
    "matters": N_("表决什么"),
    "kinds": N_("属于哪一类"),
    "rules": N_("怎么投"),
    "notice": N_("通知"),
    "check": N_("核对并召集"),
}


@dataclass(frozen=True, slots=True)
class DraftItem:
    """One matter: its title, the question on the ballot, which of the nine it is (0: not said yet), where it comes from.

    `succeeds` is the annulled vote in whose place it is held again (0: none).
    """

    title: str = ""
    question: str = ""
    matter: int = 0
    origin: str = ""
    succeeds: int = 0

    @property
    def ref(self) -> Ref | None:
        """What it comes from."""
        return Ref.parse(self.origin) if self.origin else None


@dataclass(frozen=True, slots=True)
class Draft:
    """A notice that is being written. Days are ISO texts, empty until they are chosen; `options` one a line, with a cost.

    `budget` in whole yuan, `request` is who asked for it (0: nobody).
    """

    electorate: str = OWNERS
    title: str = ""
    items: tuple[DraftItem, ...] = ()
    opens_on: str = ""
    closes_on: str = ""
    channels: tuple[str, ...] = ("online", "paper", "stall", "phone", "proxy", "letter")
    precedence: str = "last"
    proxy_limit: int | None = None
    follow_majority: bool = False
    choices_visible: str = "electorate"
    live: bool = False
    method: str = "opinion"
    options: tuple[str, ...] = ()
    notice: str = ""
    request: int = 0
    budget: int = 0

    def window(self, zone: str) -> tuple[datetime, datetime] | None:
        """From nine on the first day to eight in the evening of the last; None until both are chosen."""
        if not self.opens_on or not self.closes_on:
            return None
        begins, ends = date.fromisoformat(self.opens_on), date.fromisoformat(self.closes_on)
        at = ZoneInfo(zone)
        return datetime.combine(begins, OPENING, at), datetime.combine(ends, CLOSING, at)


def draft_as_json(draft: Draft) -> str:
    """A draft is kept as one text."""
    return json.dumps(asdict(draft), ensure_ascii=False, sort_keys=True)


def draft_from_json(text: str) -> Draft:
    """A draft read back; what is not known any more is left out."""
    data = json.loads(text)
    known = {one.name: data[one.name] for one in fields(Draft) if one.name in data}
    known["items"] = tuple(DraftItem(**item) for item in known.get("items", ()))
    for name in ("channels", "options"):
        known[name] = tuple(known.get(name, ()))
    return Draft(**known)


def with_items(draft: Draft, items: Sequence[DraftItem]) -> Draft:
    """The same draft with other matters; a single one gives the notice its title where it has none."""
    title = draft.title or (items[0].title if len(items) == 1 else "")
    return replace(draft, items=tuple(items), title=title)


def matters_refusal(draft: Draft) -> Refusal | None:
    """A notice names at least one matter, each with a title and a question that can be answered with 同意."""
    if not draft.items:
        return Refusal(N_("请写上要表决的事，至少一件。"))
    if len(draft.items) > MOST_ITEMS:
        return Refusal(N_("一次最多表决%(most)s件事，请分几次。"), {"most": MOST_ITEMS})
    for item in draft.items:
        refusal = title_refusal(item.title)
        if refusal is not None:
            return refusal
        if not item.question.strip():
            return Refusal(N_("“%(title)s”还没有写选票上的问题。"), {"title": item.title})
        if len(item.question) > LONGEST_QUESTION:
            return Refusal(N_("问题太长了，请不要超过%(most)s个字。"), {"most": LONGEST_QUESTION})
    return title_refusal(draft.title)


def kinds_refusal(draft: Draft) -> Refusal | None:
    """Of every matter of the owners it is said which of the nine it is: that decides how many have to agree."""
    if draft.electorate != OWNERS:
        return None
    for item in draft.items:
        if item.matter not in MATTERS:
            return Refusal(N_("请选一下“%(title)s”属于哪一类，它决定要多少业主同意。"), {"title": item.title})
    return None


def window_refusal(begins: date, ends: date, shortest: LawRow, longest: LawRow) -> Refusal | None:
    """A vote of the owners lasts as many days as the rules here want, both ends counted. Source: 杭州物业条例 20."""
    days = (ends - begins).days + 1
    if days < shortest.whole:
        return Refusal(N_("投票至少要开放%(days)s天。"), {"days": shortest.whole}, shortest.article)
    if days > longest.whole:
        return Refusal(N_("投票最多开放%(days)s天。"), {"days": longest.whole}, longest.article)
    return None


def window_order_refusal(opens_at: datetime, closes_at: datetime, now: datetime) -> Refusal | None:
    """A vote closes after it opens, and opens within a year: later, nobody remembers."""
    if closes_at <= opens_at:
        return Refusal(N_("投票的截止必须晚于开始。"))
    if opens_at.date() - now.date() > FURTHEST:
        return Refusal(N_("投票开始的日子太远了，请写一年以内的一天。"))
    return None


def past_refusal(opens_at: datetime, now: datetime) -> Refusal | None:
    """A vote opens after it is announced."""
    return Refusal(N_("投票开始的时间已经过去，请写明天或以后的一天。")) if opens_at <= now else None


def earliest_day(today: date, notice: LawRow) -> date:
    """The first day on which a vote may open that is announced today: after so many whole days of notice."""
    return today + timedelta(days=notice.whole + 1)


def follow_refusal(wanted: bool, rule: LawRow, *, local: bool) -> Refusal | None:
    """Ballots not returned are laid to the majority only where the compound has published that its own rules say so."""
    if wanted and not (local and rule.whole == 1):
        return Refusal(
            N_("没投的票计入多数，要本小区的议事规则写明，并且先在“议事规则”页公布依据。现在没有公布，不能这样计。"),
            article=N_("(2022)沪02民初16号"),
        )
    return None


def notice_text_refusal(text: str) -> Refusal | None:
    """The notice is what is posted; it says something."""
    if not text.strip():
        return Refusal(N_("请写上通知的正文。"))
    if len(text) > LONGEST_NOTICE:
        return Refusal(N_("通知太长了，请不要超过%(most)s个字。"), {"most": LONGEST_NOTICE})
    return None


def listed_refusal(convened: bool) -> Refusal | None:
    """What was not on the notice is not decided: nothing is added once the assembly is called."""
    if convened:
        return Refusal(N_("通知已经发出，没有写在通知上的事不能表决。请另发一次通知。"), article=N_("杭州物业条例 19"))
    return None


def advised_draft(title: str, matter: int, ceiling: int | None, origin: Ref) -> Draft:
    """The notice that follows from advice of the council: everything filled in, to be read and completed.

    `ceiling` in fen. The words are those of the record, in Chinese.
    """
    money = "" if ceiling is None else f"，费用不超过{ceiling // 100:,}.{ceiling % 100:02d}元"
    question = f"您是否同意{title}{money}？"
    short = title[:LONGEST_TITLE]
    return Draft(OWNERS, short, (DraftItem(short, question[:LONGEST_QUESTION], matter, str(origin)),))
