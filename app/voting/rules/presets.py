"""The kinds of poll that the house offers, as rows of data: which marks of law each one takes, and how it is run."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from app.core.law.rows import LawGap, LawRow
from app.core.words import N_
from app.voting.rules.terms import (
    ABSTAIN,
    AGREEMENT,
    APPROVAL,
    AREA,
    AT_THE_TIME,
    BUDGET,
    BY_BALLOT,
    BY_POINTS,
    BY_PRESENCE,
    BY_THE_CHAIR,
    CHANNELS,
    COMMITTEE,
    CONSENSUS,
    CONSENT,
    COUNCIL,
    ELECTORATE,
    HEADS,
    IRV,
    NO,
    NOBODY,
    ONE,
    ONLINE,
    OWNERS,
    PARTICIPATION,
    PARTIES,
    PARTY,
    PEOPLE,
    PUBLIC,
    RANKING,
    RESIDENTS,
    SCHULZE,
    SCORE,
    SEATS,
    TIE_ALL,
    TIE_FAILS,
    TIE_LOT,
    UNITS,
    YES,
    Budget,
    Option,
    Terms,
    Threshold,
)

Law = Callable[[str, date], LawRow]
"""The row of law for a key on a day; raises LawGap where none is in force."""

YES_NO_ABSTAIN = (Option(YES, N_("同意")), Option(NO, N_("不同意")), Option(ABSTAIN, N_("弃权")))
# 民法典 278: raising repair funds, rebuilding, changing the use of common parts want three quarters.
SPECIAL_MATTERS = frozenset({6, 7, 8})
MATTERS = range(1, 10)


@dataclass(frozen=True, slots=True)
class Mark:
    """One threshold of a preset: its name, what it compares, and the row of law that gives its figure."""

    name: str
    stage: str
    of: str
    row: str


@dataclass(frozen=True, slots=True)
class Preset:
    """One kind of poll as it may be opened from a day on (until a day)."""

    name: str
    terms: Terms
    marks: tuple[Mark, ...] = ()
    valid_from: date = date.min
    valid_to: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether polls of this kind may be opened on a day, both ends included."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def _owners_marks(agreement: str) -> tuple[Mark, ...]:
    return (
        Mark("participation-area", PARTICIPATION, AREA, "owners.participation"),
        Mark("participation-heads", PARTICIPATION, HEADS, "owners.participation"),
        Mark("agreement-area", AGREEMENT, AREA, agreement),
        Mark("agreement-heads", AGREEMENT, HEADS, agreement),
    )


_OWNERS = Terms(
    OWNERS,
    UNITS,
    date.min,
    YES_NO_ABSTAIN,
    participates=BY_BALLOT,
    channels=CHANNELS,
    choices_visible=ELECTORATE,
    closing=AT_THE_TIME,
    tie=TIE_FAILS,
    proxy_limit=None,
)
# Votes of the council are seen as they are cast. That is why a vote stands: who may change it could wait for the others.
_COUNCIL = Terms(
    COUNCIL,
    SEATS,
    date.min,
    YES_NO_ABSTAIN,
    participates=BY_PRESENCE,
    channels=(ONLINE,),
    choices_visible=PUBLIC,
    closing=BY_THE_CHAIR,
    tie=TIE_FAILS,
    changes=False,
    live=True,
)
_RESIDENTS = Terms(
    RESIDENTS,
    PEOPLE,
    date.min,
    YES_NO_ABSTAIN,
    participates=BY_BALLOT,
    channels=(ONLINE, "paper", "stall", "phone"),
    choices_visible=NOBODY,
    closing=AT_THE_TIME,
    advisory=True,
)
_RANKED = replace(_RESIDENTS, selection=RANKING, options=(), most=0, tie=TIE_LOT)
OPINION = "opinion"
METHODS = (OPINION, APPROVAL, SCORE, IRV, SCHULZE, BUDGET)
"""What residents may be asked by: yes or no, and five ways of choosing among several options."""

PRESETS: tuple[Preset, ...] = (
    Preset("owners-ordinary", _OWNERS, _owners_marks("owners.agreement.ordinary"), date(2021, 1, 1)),
    Preset("owners-special", _OWNERS, _owners_marks("owners.agreement.special"), date(2021, 1, 1)),
    Preset(
        "council",
        _COUNCIL,
        (
            Mark("quorum-seats", PARTICIPATION, HEADS, "council.quorum.seats"),
            Mark("quorum-parties", PARTICIPATION, PARTIES, "council.quorum.parties"),
            Mark("party", PARTY, HEADS, "council.party"),
            Mark("parties", CONSENT, PARTIES, "council.parties"),
        ),
        date(2020, 1, 1),
    ),
    Preset(
        "council-seats",
        _COUNCIL,
        (
            Mark("quorum-seats", PARTICIPATION, HEADS, "council.quorum.seats"),
            Mark("quorum-parties", PARTICIPATION, PARTIES, "council.quorum.parties"),
            Mark("party", PARTY, HEADS, "council.party"),
            Mark("seats", AGREEMENT, HEADS, "council.seats"),
        ),
        date(2020, 1, 1),
    ),
    Preset(
        "owners-committee",
        replace(_COUNCIL, kind=COMMITTEE),
        (
            Mark("quorum-seats", PARTICIPATION, HEADS, "committee.attendance"),
            Mark("seats", CONSENT, HEADS, "committee.decision"),
        ),
        date(2022, 3, 1),
    ),
    Preset(
        "party-members",
        replace(_COUNCIL, kind=COMMITTEE),
        (
            Mark("quorum-seats", PARTICIPATION, HEADS, "four-steps.members.attendance"),
            Mark("seats", CONSENT, HEADS, "four-steps.members.agreement"),
        ),
        date(2020, 1, 1),
    ),
    Preset("residents-opinion", replace(_RESIDENTS, selection=ONE)),
    Preset("residents-approval", replace(_RESIDENTS, selection=APPROVAL, options=(), most=0, tie=TIE_ALL)),
    Preset(
        "residents-score",
        replace(_RESIDENTS, selection=SCORE, options=(), most=0, tie=TIE_LOT, method=BY_POINTS, highest=5),
    ),
    Preset("residents-irv", replace(_RANKED, method=IRV)),
    Preset("residents-schulze", replace(_RANKED, method=SCHULZE)),
    Preset(
        "residents-budget",
        replace(_RESIDENTS, selection=APPROVAL, options=(), most=0, tie=TIE_LOT, method=BUDGET),
    ),
    Preset(
        "residents-assembly",
        replace(_RESIDENTS, participates=BY_BALLOT, advisory=False),
        (
            Mark("participation-heads", PARTICIPATION, HEADS, "residents.participation"),
            Mark("agreement-heads", AGREEMENT, HEADS, "residents.agreement"),
        ),
        date(2018, 12, 29),
    ),
)


def preset_terms(name: str, on: date, law: Law) -> Terms:
    """The terms of one kind of poll with the figures of law in force on a day. Raises LawGap where there are none."""
    for preset in PRESETS:
        if preset.name == name and preset.in_force(on):
            marks = tuple(_threshold(mark, law(mark.row, on)) for mark in preset.marks)
            return replace(preset.terms, on=on, thresholds=marks)
    raise LawGap(name, on)


def _threshold(mark: Mark, row: LawRow) -> Threshold:
    return Threshold(
        mark.name,
        mark.stage,
        mark.of,
        row.value.numerator,
        row.value.denominator,
        row.relation,
        row.article,
        row.version,
    )


def owners_terms(matter: int, on: date, law: Law) -> Terms:
    """Owners decide by area and by head; matters 6, 7 and 8 want three quarters of those who take part.

    Source: 民法典 278. Raises LawGap before 2021-01-01 and ValueError for a matter that is none of the nine.
    """
    if matter not in MATTERS:
        raise ValueError(f"the owners decide nine matters, not {matter}")
    name = "owners-special" if matter in SPECIAL_MATTERS else "owners-ordinary"
    return replace(preset_terms(name, on, law), matter=matter)


def council_terms(on: date, law: Law, parties: tuple[int, int] | None = None) -> Terms:
    """The four parties decide by parties, each by more than half of its present seats; consensus wanted, then 3/4 of them.

    `parties` puts another fraction of the parties in place of the house's default. Source: 四方联席会议.
    """
    terms = preset_terms("council", on, law)
    return terms if parties is None else with_fraction(terms, "parties", *parties)


def meeting_terms(on: date, law: Law) -> Terms:
    """The four parties decide in the way that the community has published: by parties or by seats, consensus looked for first.

    Consensus is everybody who is present; where it is missed, the votes decide. Source: 四方联席会议.
    """
    by_seats = law("council.way", on).whole == 1
    terms = preset_terms("council-seats" if by_seats else "council", on, law)
    if law("council.consensus", on).whole == 0:
        return terms
    consensus = _threshold(Mark("consensus", CONSENSUS, HEADS, "council.unanimous"), law("council.unanimous", on))
    return replace(terms, thresholds=(*terms.thresholds, consensus))


def residents_terms(
    on: date, law: Law, options: tuple[Option, ...] = (), method: str = "", budget: Budget | None = None
) -> Terms:
    """Residents are asked: yes or no, or about several options by one of METHODS. The answer advises, it does not bind.

    Without a method options are approved of. Raises LawGap for a method that is not offered.
    """
    terms = preset_terms(f"residents-{method or (APPROVAL if options else OPINION)}", on, law)
    return replace(terms, options=options or terms.options, budget=budget)


def with_fraction(terms: Terms, name: str, numerator: int, denominator: int) -> Terms:
    """The same terms with another figure for one threshold, unreduced, under the same article."""
    return replace(
        terms,
        thresholds=tuple(
            replace(mark, numerator=numerator, denominator=denominator) if mark.name == name else mark
            for mark in terms.thresholds
        ),
    )
