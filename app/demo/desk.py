"""The owners' vote at the desk: papers, a stall on a Saturday, two calls, letters, a proxy; some are still to be typed today."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from app.core.values import Entry
from app.demo.compound import Neighbour
from app.demo.stage import Stage
from app.voting.actions import (
    cast_ballot,
    issue_papers,
    read_intake,
    receive_intake,
    refuse_ballot,
    register_mandate,
    reissue_paper,
    settle_intake,
    void_intake,
)
from app.voting.queries.papers import sheets_of

Step = tuple[datetime, Callable[[], object]]
CLERK, SECRETARY, CONVENER = "赵敏", "林秘书", "王书记"
MARKS = ("yes", "yes", "no", "yes", "yes", "abstain", "yes", "yes", "invalid")
PAPERS, STALL = 22, 12


class Desk:
    """One desk of the story; `silent` are the units that have not voted online, `voted` one that has."""

    def __init__(self, stage: Stage, poll_id: int, silent: Sequence[Entry], voted: Entry, proxy: Neighbour) -> None:
        self.stage, self.poll_id, self.voted, self.proxy = stage, poll_id, voted, proxy
        self.left = iter(silent)

    def steps(self) -> Iterator[Step]:
        """What happens at the desk, each step with its moment."""
        at = self.stage.at
        yield at(11, 10), self._print
        yield from self._come("paper", at(8, 14), PAPERS, at(6, 15))
        yield from self._come("stall", at(5, 9), STALL, at(4, 15))
        yield from self._come("phone", at(4, 10), 2, at(4, 10, 1))
        yield from self._come("letter", at(3, 11), 2, at(3, 15))
        yield from self._by_proxy(at(7, 16), at(6, 20))
        yield from self._mistaken(at(3, 9))
        yield from self._disputed(at(3, 16), settled=at(2, 10))
        yield from self._refused(at(4, 15))
        yield from self._superseding(at(2, 11))
        yield from self._open(at(2, 16), at(2, 17))

    def _print(self) -> None:
        while issue_papers(self.stage.actor(SECRETARY), self.poll_id, "unit"):
            pass

    def _receive(self, channel: str, entry: Entry, kept: list[int]) -> None:
        kept += receive_intake(self.stage.actor(CLERK), self.poll_id, channel, entry.key)

    def _read(self, who: str, kept: list[int], choice: str) -> None:
        read_intake(self.stage.actor(who), self.poll_id, kept[0], choice)

    def _void(self, kept: list[int]) -> None:
        void_intake(self.stage.actor(CLERK), self.poll_id, kept[0], "扫成了隔壁那一户")

    def _settle(self, kept: list[int]) -> None:
        reason = "“同意”格里打了勾，旁边的字是签名，票有效"
        settle_intake(self.stage.actor(CONVENER), self.poll_id, kept[0], "yes", reason)

    def _come(self, channel: str, first: datetime, many: int, typed: datetime) -> Iterator[Step]:
        """So many come in one way, some minutes apart; later two people type them."""
        for place in range(many):
            kept, marks, came = list[int](), MARKS[place % len(MARKS)], first + timedelta(minutes=7 * place)
            yield came, partial(self._receive, channel, next(self.left), kept)
            for who, later in ((CLERK, 0), (SECRETARY, 90)):
                at = max(typed, came) + timedelta(minutes=later, seconds=20 * place + 1)
                yield at, partial(self._read, who, kept, marks)

    def _by_proxy(self, registered: datetime, cast: datetime) -> Iterator[Step]:
        key, proxy = next(self.left).key, self.proxy
        clerk = partial(self.stage.actor, CLERK)
        yield registered, lambda: register_mandate(clerk(), self.poll_id, key, proxy.name, proxy.phone, "yes")
        yield cast, lambda: cast_ballot(self.stage.actor("陈女士"), self.poll_id, key, "yes")

    def _mistaken(self, at: datetime) -> Iterator[Step]:
        kept = list[int]()
        yield at, partial(self._receive, "paper", next(self.left), kept)
        yield at + timedelta(minutes=1), partial(self._void, kept)

    def _disputed(self, at: datetime, settled: datetime) -> Iterator[Step]:
        kept = list[int]()
        yield at, partial(self._receive, "paper", next(self.left), kept)
        yield at + timedelta(minutes=1), partial(self._read, CLERK, kept, "yes")
        yield at + timedelta(minutes=2), partial(self._read, SECRETARY, kept, "invalid")
        yield settled, partial(self._settle, kept)

    def _refused(self, at: datetime) -> Iterator[Step]:
        """A paper that was lost was replaced, and then found after all; another belongs to no vote here."""
        key, codes = self.voted.key, list[str]()

        def replaced() -> None:
            codes.extend(one.code for one in sheets_of(self.poll_id) if key in {line.key for line in one.lines})
            reissue_paper(self.stage.actor(SECRETARY), self.poll_id, key)

        def refused(code: str) -> None:
            refuse_ballot(self.stage.actor(CLERK), self.poll_id, "paper", code)

        yield at, replaced
        yield at + timedelta(hours=1), lambda: refused(codes[0])
        yield at + timedelta(hours=2), lambda: refused("7K3M-QX2P-9RTD")

    def _superseding(self, at: datetime) -> Iterator[Step]:
        """One who had voted online hands in a paper after all."""
        kept = list[int]()
        yield at, partial(self._receive, "paper", self.voted, kept)
        for who, later in ((CLERK, 20), (SECRETARY, 40)):
            yield at + timedelta(minutes=later), partial(self._read, who, kept, "no")

    def _open(self, came: datetime, typed: datetime) -> Iterator[Step]:
        """What is to be done today: one that two read differently, three read once, four that nobody has read."""
        for place in range(8):
            kept = list[int]()
            yield came + timedelta(minutes=place), partial(self._receive, "paper", next(self.left), kept)
            if place < 4:
                yield typed + timedelta(minutes=place), partial(self._read, CLERK, kept, "yes")
            if place == 0:
                yield typed + timedelta(minutes=9), partial(self._read, SECRETARY, kept, "no")
