"""What is measured on a running site: pages for readers, votes that are cast, what a browser fetches."""

import gzip
import http.client
import re
import uuid
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import urlencode

from sqlalchemy import create_engine, text

from bench import load
from bench.fill import SLUG, Town
from bench.reference import PAGES
from bench.server import Running

CROWD = 64
ROUNDS = 40
LINKED = re.compile(r'<(?:link[^>]*? href|script[^>]*? src|img[^>]*? src)="(/static/[^"]+)"')


@dataclass(slots=True)
class Figure:
    """One measured ratio: what, who read it, where, its size, and by which mark it is judged."""

    what: str
    reader: str
    database: str
    size: str
    rate: float
    reference: float
    wrong: int
    slowest_of_20: float
    mark: float
    statuses: dict[int, int]

    @property
    def ratio(self) -> float:
        """How it compares with the smallest honest page."""
        return self.rate / self.reference if self.reference else 0.0


@dataclass(slots=True)
class Site:
    """The site and the reference side by side on one database."""

    site: Running
    reference: Running
    database: str
    size: str
    seconds: float
    readers: int = 16
    figures: list[Figure] = field(default_factory=list)
    _last: float = 0.0

    def compare(self, what: str, reader: str, asked: Sequence[bytes], mark: float) -> Figure:
        """Reference, page, reference: what the machine does meanwhile cancels out."""
        before = self._last or self.ask_reference(self.readers)
        found = load.run(self.site.port, asked, readers=self.readers, seconds=self.seconds)
        after = self._last = self.ask_reference(self.readers)
        return self.keep(what, reader, found, (before + after) / 2, mark)

    def keep(self, what: str, reader: str, found: load.Load, reference: float, mark: float) -> Figure:
        """Note a figure."""
        slow = found.percentile(0.95)
        figure = Figure(
            what, reader, self.database, self.size, found.rate, reference, found.wrong, slow, mark, dict(found.statuses)
        )
        self.figures.append(figure)
        return figure

    def ask_reference(self, readers: int) -> float:
        """Pages of the reference a second, now."""
        asked = [load.request(f"/page/{number}") for number in range(PAGES)]
        return load.run(self.reference.port, asked, readers=readers, seconds=self.seconds).rate

    def answers(self, path: str) -> int:
        """How the site answers an address."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=60)) as asked:
            asked.request("GET", path, headers={"Accept": "text/html"})
            return asked.getresponse().status


def pages(town: Town) -> dict[str, list[str]]:
    """The pages by name, each with the addresses that readers ask for in turn."""
    root = f"/c/{SLUG}"
    return {
        "home": [f"{root}/"],
        "proposals": [f"{root}/proposals"],
        "proposal": [f"{root}/proposals/{number}" for number in town.talked],
        "comments": [f"{root}/proposals/{number}?view=newest" for number in town.talked],
        "poll": [f"{root}/polls/{town.poll}"],
        "tenders": [f"{root}/tenders"],
        "tender": [f"{root}/tenders/{town.tender}"],
        "to-do": [f"{root}/todo"],
    }


def measure_pages(here: Site, town: Town, mark: float) -> list[str]:
    """Every page, anonymous and signed in; answers with the names of those that this site does not have."""
    missing = []
    for what, paths in pages(town).items():
        if here.answers(paths[0]) == http.client.NOT_FOUND:
            missing.append(what)
            continue
        if what != "to-do":
            here.compare(what, "anonymous", [load.request(path) for path in paths], mark)
        cookies = [reader.cookie for reader in town.readers[:ROUNDS]]
        asked = [load.request(paths[n % len(paths)], cookie=cookie) for n, cookie in enumerate(cookies)]
        here.compare(what, "signed in", asked, mark)
    return missing


def measure_votes(here: Site, town: Town, url: str, mark: float) -> tuple[int, int]:
    """Everybody casts one vote, 64 at a time: how many were acknowledged, and how many of these are on record."""
    asked = []
    for reader in town.readers:
        form = {
            "csrf_token": reader.token,
            "once": uuid.uuid4().hex,
            "step": "cast",
            "key": reader.key,
            "choice": "yes",
        }
        body = urlencode(form).encode()
        asked.append(load.request(f"/c/{SLUG}/polls/{town.ballot_poll}/ballot", cookie=reader.cookie, body=body))
    before = here.ask_reference(CROWD)
    found = load.run_each_once(here.site.port, asked, readers=CROWD, expected=(303,))
    here.keep("cast a vote", "64 voters", found, (before + here.ask_reference(CROWD)) / 2, mark)
    acknowledged = {place.rsplit("/", 1)[1] for place in found.places if "/receipts/" in place}
    engine = create_engine(url)
    with engine.connect() as connection:
        wanted = text("SELECT code FROM ballot WHERE poll_id = :poll AND counted")
        kept = set(connection.scalars(wanted, {"poll": town.ballot_poll_id}))
    engine.dispose()
    return len(acknowledged), len(acknowledged & kept)


def first_view(here: Site, town: Town) -> dict[str, tuple[int, int]]:
    """Octets over the wire by page: the first view with every file that it names, and the page alone."""
    found = {}
    for what, paths in pages(town).items():
        if what == "to-do" or here.answers(paths[0]) != http.client.OK:
            continue
        page, body = _fetch(here.site.port, paths[0])
        files = dict.fromkeys(LINKED.findall(body))
        found[what] = (page + sum(_fetch(here.site.port, path)[0] for path in files), page)
    return found


def _fetch(port: int, path: str) -> tuple[int, str]:
    """Octets of one answer with its head, and its text."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as asked:
        asked.request("GET", path, headers={"Accept": "text/html,*/*", "Accept-Encoding": "gzip"})
        answer = asked.getresponse()
        body = answer.read()
        head = len(f"HTTP/1.1 {answer.status} {answer.reason}\r\n") + len(str(answer.msg).replace("\n", "\r\n"))
        plain = gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body
        return head + len(body), plain.decode(errors="replace")
