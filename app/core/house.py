"""The house's switchboard: what each slice contributes to pages that show everything.

A slice never imports a stranger. It hangs up here what it can say about its own things (`describe`, `stations`,
`waiting`, `search`), and wiring connects the rest. One House belongs to one application.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import click
from flask import Blueprint, current_app
from sqlalchemy import CompoundSelect, Select, literal_column, select, union_all

from app.core import clock
from app.core.context import maybe_community
from app.core.db import db
from app.core.i18n import lang
from app.core.memory import remember
from app.core.questions import Question, answers
from app.core.values import Actor, Entry, Ref


@dataclass(frozen=True, slots=True)
class Link:
    """What a reference is called and where it stands."""

    title: str
    url: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Station:
    """One of the seven stations of a matter (`propose notice discuss vote resolve carry-out review`) as one slice knows it."""

    name: str
    state: str
    since: date | None = None
    until: date | None = None


STATIONS = ("propose", "notice", "discuss", "vote", "resolve", "carry-out", "review")
DONE, NOW, TO_COME, PASSED_BY = "done", "now", "to-come", "passed-by"


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is in a matter: who does what by when, why by which rule, and where."""

    who: str
    act: str
    by: datetime | None = None
    why: str = ""
    article: str = ""
    url: str = ""
    button: str = ""
    mine: bool = False
    now: bool = False


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing that waits for a reader: title, why them, by when, and its one action; `now` while people sit and wait."""

    ref: Ref
    title: str
    why: str
    url: str
    button: str
    by: datetime | None = None
    now: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found by a search."""

    title: str
    url: str
    kind: str
    at: datetime
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """Where a slice looks for words: a selection of a number, a title, a moment and a text, and the hit that a row is."""

    asks: Select[*tuple[Any, ...]]
    tells: Callable[[Any], Hit]


@dataclass(frozen=True, slots=True)
class NavItem:
    """A main link: its order, words, icon and endpoint, shown on every page of a community."""

    order: int
    label: str
    icon: str
    endpoint: str
    section: str


@dataclass(frozen=True, slots=True)
class FooterLink:
    """A link at the foot of every page: of the site, or beneath a community's address."""

    label: str
    path: str
    site: bool = False


@dataclass(frozen=True, slots=True)
class Postable:
    """Things of one kind about which something may be posted: what they are called together, which there are in a
    community (reference and title, the newest first), and under which matter one of them is told."""

    words: str
    offered: "Callable[[int], Sequence[tuple[Ref, str]]]"
    matter_of: "Callable[[int], Ref]"


Describe = Callable[[Sequence[int]], Mapping[int, Link]]
Stations = Callable[[Ref], Sequence[Station]]
Turns = Callable[[Ref, Actor], Sequence[Turn]]
Waiting = Callable[[int, Actor], Sequence[Question[Todo]]]
Search = Callable[[int, str, Actor], Sequence[Sought]]
Voice = Select[str, int]
FindPerson = Callable[[int, str, str], Ref | None]
FilesOf = Callable[[int, Ref, Actor], Sequence[Any]]
FilesOfMany = Callable[[int, str, Sequence[int], Actor], Mapping[int, Sequence[Any]]]
PrepareFile = Callable[[str, bytes], Any]
KeepFile = Callable[..., int]
AddFile = Callable[[Actor, int, Ref, Ref | None, str, Any], str]
Papers = Callable[[Ref], Sequence[Link]]
PostUrl = Callable[[int, Ref, Actor], str]
RollOf = Callable[[int, date], Sequence[Entry]]
Crossing = Callable[[Any, Actor, Ref | None], None]
Reader = Callable[[Mapping[str, Any]], None]


@dataclass(slots=True)
class House:
    """Everything that slices hung up, in the order of hanging."""

    blueprints: list[Blueprint] = field(default_factory=list)
    commands: dict[str, list[click.Command]] = field(default_factory=dict)
    describers: dict[str, Describe] = field(default_factory=dict)
    stations: list[Stations] = field(default_factory=list)
    turns: list[Turns] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    searches: list[Search] = field(default_factory=list)
    voices: list[Voice] = field(default_factory=list)
    crossings: dict[type, list[Crossing]] = field(default_factory=dict)
    readers: dict[str, list[tuple[str, Reader]]] = field(default_factory=dict)
    nav: list[NavItem] = field(default_factory=list)
    footer: list[FooterLink] = field(default_factory=list)
    jobs: list[tuple[str, float, Callable[[], object]]] = field(default_factory=list)
    event_words: dict[str, str] = field(default_factory=dict)
    quiet: set[str] = field(default_factory=set)
    noise: set[str] = field(default_factory=set)
    people: list[FindPerson] = field(default_factory=list)
    files: FilesOf = lambda _community_id, _subject, _actor: ()
    files_of: FilesOfMany = lambda _community_id, _kind, _ids, _actor: {}
    prepare_file: PrepareFile | None = None
    keep_file: KeepFile | None = None
    add_file: AddFile = lambda _actor, _community_id, _subject, _matter, _back, _readers: ""
    panels: dict[str, Callable[[int, Actor], Any]] = field(default_factory=dict)
    papers: list[Papers] = field(default_factory=list)
    postable: dict[str, Postable] = field(default_factory=dict)
    post_url: PostUrl = lambda _community_id, _thing, _actor: ""
    rolls: dict[str, tuple[str, RollOf]] = field(default_factory=dict)

    def hang(self, blueprint: Blueprint) -> None:
        """A slice's pages."""
        self.blueprints.append(blueprint)

    def command(self, group: str, command: click.Command) -> None:
        """A command beneath `flask <group>`; several slices may share a group."""
        self.commands.setdefault(group, []).append(command)

    def cross(self, event: type, act: Crossing) -> None:
        """A crossing with legal effect: runs in the sender's transaction, whenever `event` is recorded."""
        self.crossings.setdefault(event, []).append(act)

    def read(self, event: type, name: str, act: Reader) -> None:
        """A reader: runs from the outbox after the commit, at least once, with the entry as a mapping."""
        self.readers.setdefault(event.__name__, []).append((name, act))

    def every(self, seconds: float, name: str, act: Callable[[], object]) -> None:
        """A job that runs again and again, harmless twice."""
        self.jobs.append((name, seconds, act))

    def too_many(self, *events: type) -> None:
        """Events of which a matter may have thousands (a comment, a support): left out where its milestones are told."""
        self.noise.update(event.__name__ for event in events)

    def words_for(self, words: Mapping[Any, str]) -> None:
        """What an event is called on the pages of the public record."""
        self.event_words.update({event.__name__: sentence for event, sentence in words.items()})


def house() -> House:
    """The switchboard of the application under way."""
    found: House = current_app.extensions["house"]
    return found


def describe(refs: Iterable[Ref]) -> dict[Ref, Link]:
    """Titles and addresses of references of any kind, one query a kind; unknown ones are left out."""
    wanted: dict[str, set[int]] = {}
    for ref in refs:
        wanted.setdefault(ref.kind, set()).add(ref.id)
    found: dict[Ref, Link] = {}
    for kind, ids in wanted.items():
        found.update({Ref(kind, number): link for number, link in _links(kind, sorted(ids)).items()})
    return found


def _links(kind: str, ids: Sequence[int]) -> Mapping[int, Link]:
    describer = house().describers.get(kind)
    if describer is None:
        return {}
    return remember(("links", kind, *ids, lang(), maybe_community()), lambda: describer(ids))


def papers(matter: Ref) -> list[Link]:
    """What was put on paper about a matter and hangs on the wall: titles, addresses, and in `kind` their state in words."""
    return [link for said in house().papers for link in said(matter)]


def timeline(matter: Ref, ask: Sequence[Stations] | None = None) -> list[Station]:
    """The seven stations of a matter, merged from what every slice knows: what is done wins over what is to come.

    A station behind which the matter already stands without having stopped there is passed by. `ask` names the only
    slices that can know anything yet, where a page knows them.
    """
    rank = {TO_COME: 0, NOW: 1, DONE: 2}
    best = {name: Station(name, TO_COME) for name in STATIONS}
    for said in house().stations if ask is None else ask:
        for station in said(matter):
            if rank[station.state] >= rank[best[station.name].state]:
                best[station.name] = station
    stations = [best[name] for name in STATIONS]
    last = max((place for place, station in enumerate(stations) if station.state != TO_COME), default=-1)
    return [
        replace(station, state=DONE if station.state != TO_COME else PASSED_BY) if place < last else station
        for place, station in enumerate(stations)
    ]


def whose_turn(matter: Ref, actor: Actor, ask: Sequence[Turns] | None = None) -> list[Turn]:
    """Who must act next in a matter: the reader first, then what goes on now, then by deadline; `ask` as in `timeline`."""
    turns = [turn for said in (house().turns if ask is None else ask) for turn in said(matter, actor)]
    return sorted(turns, key=lambda turn: (not turn.mine, not turn.now, turn.by is None, turn.by))


def speaks_for(account_id: int) -> frozenset[Ref]:
    """Everything that an account may speak for today: its person, seats, organisation; one statement.

    Each slice hangs up in `voices` a selection of kinds and numbers for `account_id` on the day `today`.
    """
    rows = db.session.execute(voices(), {"account_id": account_id, "today": clock.today(clock.DAY_ZONE)})
    return frozenset(Ref(kind, number) for kind, number in rows)


def voices() -> CompoundSelect[str, int]:
    """What an account may speak for, as one selection of kinds and numbers for `account_id` on the day `today`."""
    return _all_of(tuple(house().voices))


@lru_cache(maxsize=8)
def _all_of(hung: tuple[Voice, ...]) -> CompoundSelect[str, int]:
    return union_all(*hung)


def search(community_id: int, words: str, actor: Actor) -> list[Hit]:
    """Everything that holds some words, the newest first; one statement, however many slices there are."""
    return found([one for look in house().searches for one in look(community_id, words, actor)])


def found(sought: Sequence[Sought]) -> list[Hit]:
    """What is found where slices look, the newest first; one statement."""
    if not sought:
        return []
    parts = [select(literal_column(str(place)), *one.asks.subquery().columns) for place, one in enumerate(sought)]
    hits = [sought[row[0]].tells(row[1:]) for row in db.session.execute(union_all(*parts))]
    return sorted(sorted(hits, key=lambda hit: hit.title), key=lambda hit: hit.at, reverse=True)


def find_person(community_id: int, name: str, phone: str) -> Ref | None:
    """Whom somebody means by a name and a telephone number, where a slice knows them."""
    return next((found for ask in house().people if (found := ask(community_id, name, phone)) is not None), None)


def waiting_for(community_id: int, actor: Actor) -> list[Todo]:
    """What waits for a reader, in order; one statement, and one for each question that has an answer."""
    if actor.account_id is None:
        return []
    return in_order(answers([question for puts in house().waiting for question in puts(community_id, actor)]))


def in_order(todos: Iterable[Todo]) -> list[Todo]:
    """First what goes on at this moment, then by deadline."""
    return sorted(todos, key=lambda todo: (not todo.now, todo.by is None, todo.by, str(todo.ref)))
