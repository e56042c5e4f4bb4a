"""What is posted, for how long, and when it may no longer be taken down."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from app.core.law.rows import LawRow
from app.core.values import Entry, Refusal
from app.core.words import N_
from app.core.workdays import Term, Workdays

OWNERS_NOTICE, RESIDENTS_NOTICE, OUTCOME, ROLL = "owners-notice", "residents-notice", "outcome", "roll"
RESOLUTION, MINUTES, GENERAL = "resolution", "minutes", "general"
KINDS = {
    OWNERS_NOTICE: N_("业主投票通知"),
    RESIDENTS_NOTICE: N_("居民投票通知"),
    OUTCOME: N_("表决结果公示"),
    ROLL: N_("名册公示"),
    RESOLUTION: N_("决议公示"),
    MINUTES: N_("会议纪要公示"),
    GENERAL: N_("其他公示"),
}
LAW_KEYS = {
    OWNERS_NOTICE: "owners.notice",
    RESIDENTS_NOTICE: "publication.general",
    OUTCOME: "publication.outcome",
    ROLL: "publication.roll",
    RESOLUTION: "publication.resolution",
    MINUTES: "publication.minutes",
    GENERAL: "publication.general",
}
PLACES = {
    "board": N_("小区公告栏"),
    "halls": N_("各楼门厅"),
    "gate": N_("小区出入口"),
    "desk": N_("服务台"),
    "online": N_("本站"),
}
PLANNED, RUNNING, ENDED, WITHDRAWN = "planned", "running", "ended", "withdrawn"
STATE_WORDS = {
    PLANNED: (N_("即将公示"), "plain", "calendar"),
    RUNNING: (N_("公示中"), "open", "bell"),
    ENDED: (N_("公示期满"), "good", "yes"),
    WITHDRAWN: (N_("公示撤下"), "plain", "off"),
}
WORKDAYS = "working days"
LONGEST_TITLE, SHORTEST_BODY, LONGEST_BODY, LONGEST_REASON = 80, 5, 20_000, 400
MOST_LINES = 200_000
FURTHEST = timedelta(days=366)
ARTICLE = N_("公示规则")
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")


@dataclass(frozen=True, slots=True)
class Span:
    """From which day to which something is posted, whether that may still move, and whether it was taken down."""

    begins: date
    last: date
    provisional: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to post: kind, title, text, first day, places, and a later last day than the law's, if any."""

    kind: str
    title: str
    body: str
    begins: date
    places: tuple[str, ...]
    until: date | None = None


def counted_in_workdays(row: LawRow) -> bool:
    """Whether a term is counted in working days; else every day counts."""
    return row.unit.startswith(WORKDAYS)


def term_end(begins: date, row: LawRow, workdays: Workdays) -> Term:
    """A term counts from the day after; a last day that is not a working day moves to the next. Source: 87号令 85."""
    if counted_in_workdays(row):
        return workdays.after_workdays(begins, row.whole)
    return workdays.after_days(begins, row.whole)


def state(span: Span, today: date) -> str:
    """Something is posted from its first day to its last, both included, unless it was taken down."""
    if span.withdrawn:
        return WITHDRAWN
    if today < span.begins:
        return PLANNED
    return RUNNING if today <= span.last else ENDED


def posted_text(title: str, body: str) -> str:
    """The exact text that goes on record: the title, an empty line, the body, a line end."""
    return f"{title}\n\n{body}\n"


def text_digest(title: str, body: str) -> str:
    """What the record keeps of a text: hexadecimal SHA-256 of it in UTF-8."""
    return sha256(posted_text(title, body).encode()).hexdigest()


def first_sentence(body: str, most: int = 80) -> str:
    """The one sentence that fits on a poster, empty where the first is longer than that."""
    found = _SENTENCE.search(body)
    sentence = found[0].strip() if found else ""
    return sentence if len(sentence) <= most else ""


def posting_refusal(draft: Draft, today: date, term: Term) -> Refusal | None:
    """What is posted has a title and a text, begins today or later, and stays at least as long as the law wants."""
    if draft.kind not in KINDS:
        return Refusal(N_("请选一种公示。"))
    if draft.begins < today:
        return Refusal(N_("公示从今天或以后的一天开始，不能写过去的日子。"), article=ARTICLE)
    if draft.begins > today + FURTHEST:
        return Refusal(N_("开始的日子太远了，请写一年以内的一天。"), article=ARTICLE)
    if draft.until is not None and draft.until < term.last:
        return Refusal(N_("这种公示至少要到%(last)s，不能更早结束。"), {"last": term.last}, ARTICLE)
    if draft.until is not None and draft.until > draft.begins + FURTHEST:
        return Refusal(N_("公示最长一年。"), article=ARTICLE)
    return _text_refusal(draft) or _places_refusal(draft.places)


def _text_refusal(draft: Draft) -> Refusal | None:
    if not draft.title.strip() or "\n" in draft.title:
        return Refusal(N_("请写一句话的标题。"))
    if len(draft.title) > LONGEST_TITLE:
        return Refusal(N_("标题太长了，请不要超过%(most)s个字。"), {"most": LONGEST_TITLE})
    if len(draft.body.strip()) < SHORTEST_BODY:
        return Refusal(N_("请写公示的正文。"))
    if len(draft.body) > LONGEST_BODY:
        return Refusal(N_("正文太长了，请不要超过%(most)s个字。"), {"most": LONGEST_BODY})
    return None


def _places_refusal(places: Collection[str]) -> Refusal | None:
    if not places or not set(places) <= PLACES.keys():
        return Refusal(N_("请选张贴在哪里，至少一处。"))
    return None


def list_refusal(lines: Sequence[Entry]) -> Refusal | None:
    """On a list of whom to reach, each household stands once."""
    if len(lines) > MOST_LINES:
        return Refusal(N_("送达名单最多%(most)s户。"), {"most": MOST_LINES})
    seen: set[str] = set()
    for line in lines:
        if line.key in seen:
            return Refusal(N_("送达名单上“%(label)s”出现了两次。"), {"label": line.label})
        seen.add(line.key)
    return None


def withdrawal_refusal(where: str, reason: str) -> Refusal | None:
    """What is posted may be taken down before its term ends, with a reason that everybody can read."""
    if where == WITHDRAWN:
        return Refusal(N_("这份公示已经撤下了。"))
    if where == ENDED:
        return Refusal(N_("公示期已满，不能再撤下。写错了的，请另发一份更正公示。"), article=ARTICLE)
    return reason_refusal(reason)


def reason_refusal(reason: str) -> Refusal | None:
    """Why something is taken down is said in a sentence."""
    if len(reason.strip()) < 4:
        return Refusal(N_("请写明为什么撤下，大家会看到。"), article=ARTICLE)
    if len(reason) > LONGEST_REASON:
        return Refusal(N_("理由太长了，请不要超过%(most)s个字。"), {"most": LONGEST_REASON})
    return None


def correction_refusal(already: int | None) -> Refusal | None:
    """A posted text is never changed: one new posting corrects it, and the next correction corrects that one."""
    if already is None:
        return None
    return Refusal(N_("这份公示已经由第%(number)s号更正，请更正那一份。"), {"number": already}, ARTICLE)
