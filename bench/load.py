"""A closed loop of readers: each keeps a connection, sends the next request when the last is answered, and counts."""

import socket
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field


@dataclass(slots=True)
class Load:
    """What a run measured; `places` are the addresses to which readers were led on (303); status 0: no answer."""

    seconds: float
    answers: int
    wrong: int
    octets: int
    slowest: list[float] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return (self.answers - self.wrong) / self.seconds

    def percentile(self, share: float) -> float:
        """Seconds within which a share of the requests was answered."""
        times = sorted(self.slowest)
        return times[min(len(times) - 1, int(len(times) * share))] if times else 0.0


@dataclass(slots=True)
class _Tally:
    answers: int = 0
    wrong: int = 0
    octets: int = 0
    times: list[float] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)


def request(
    path: str,
    *,
    cookie: str = "",
    body: bytes = b"",
    kind: str = "application/x-www-form-urlencoded",
    packed: bool = True,
) -> bytes:
    """The bytes of one request; browsers ask for packed answers."""
    lines = [f"{'POST' if body else 'GET'} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: text/html"]
    lines += ["Accept-Encoding: gzip"] if packed else []
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if body:
        lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def run(
    port: int, requests: Sequence[bytes], *, readers: int = 16, seconds: float = 4.0, expected: Sequence[int] = (200,)
) -> Load:
    """Let `readers` ask in turn for `requests` on loopback for a while."""
    stop = time.monotonic() + seconds
    tallies = [_Tally() for _ in range(readers)]

    def read(number: int) -> None:
        _read(
            port,
            [*requests[number % len(requests) :], *requests[: number % len(requests)]],
            stop,
            tallies[number],
            expected,
        )

    began = time.monotonic()
    crowd = [threading.Thread(target=read, args=(number,), daemon=True) for number in range(readers)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(seconds + 60)
    return _sum(tallies, time.monotonic() - began)


def run_each_once(port: int, requests: Sequence[bytes], *, readers: int = 64, expected: Sequence[int] = (200,)) -> Load:
    """Let `readers` share a list of requests, each asked exactly once."""
    turn = iter(requests)
    lock = threading.Lock()
    tallies = [_Tally() for _ in range(readers)]

    def read(number: int) -> None:
        with closing(_Connection(port)) as connection:
            while True:
                with lock:
                    asked = next(turn, None)
                if asked is None:
                    return
                _count(connection, asked, tallies[number], expected)

    began = time.monotonic()
    crowd = [threading.Thread(target=read, args=(number,), daemon=True) for number in range(readers)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(600)
    return _sum(tallies, time.monotonic() - began)


def _sum(tallies: Sequence[_Tally], seconds: float) -> Load:
    return Load(
        seconds,
        sum(tally.answers for tally in tallies),
        sum(tally.wrong for tally in tallies),
        sum(tally.octets for tally in tallies),
        [one for tally in tallies for one in tally.times],
        [one for tally in tallies for one in tally.places],
        sum((tally.statuses for tally in tallies), Counter()),
    )


def _read(port: int, requests: Sequence[bytes], stop: float, tally: _Tally, expected: Sequence[int]) -> None:
    turn = 0
    with closing(_Connection(port)) as connection:
        while time.monotonic() < stop:
            _count(connection, requests[turn % len(requests)], tally, expected)
            turn += 1


def _count(connection: "_Connection", asked: bytes, tally: _Tally, expected: Sequence[int]) -> None:
    began = time.monotonic()
    status, length, place = connection.ask(asked)
    tally.times.append(time.monotonic() - began)
    tally.answers += 1
    tally.octets += length
    tally.wrong += status not in expected
    tally.statuses[status] += 1
    if place:
        tally.places.append(place)


class _Connection:
    """One kept connection; opened again when the server closes it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket: socket.socket | None = None
        self.rest = b""

    def ask(self, asked: bytes) -> tuple[int, int, str]:
        """Send one request; the status and the length of its answer (0 when there was none), and where it leads."""
        for _ in range(2):
            try:
                if self.socket is None:
                    self.socket, self.rest = socket.create_connection(("127.0.0.1", self.port), timeout=60), b""
                    self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.socket.sendall(asked)
                return self._answer()
            except OSError:
                self.close()
        return 0, 0, ""

    def close(self) -> None:
        """Hang up."""
        if self.socket is not None:
            self.socket.close()
            self.socket = None

    def _answer(self) -> tuple[int, int, str]:
        head = self._until(b"\r\n\r\n")
        status = int(head[9:12])
        lower = head.lower()
        if b"transfer-encoding: chunked" in lower:
            length = self._chunks()
        elif b"content-length:" in lower:
            length = int(lower.split(b"content-length:")[1].split(b"\r\n")[0])
            self._exactly(length)
        else:
            length = 0
        if b"connection: close" in lower:
            self.close()
        place = head.split(b"\r\nLocation: ")[1].split(b"\r\n")[0].decode() if b"\r\nLocation: " in head else ""
        return status, len(head) + length, place

    def _chunks(self) -> int:
        total = 0
        while size := int(self._until(b"\r\n"), 16):
            self._exactly(size + 2)
            total += size
        self._exactly(2)
        return total

    def _until(self, mark: bytes) -> bytes:
        while mark not in self.rest:
            self._more()
        found, _, self.rest = self.rest.partition(mark)
        return found + mark

    def _exactly(self, length: int) -> None:
        while len(self.rest) < length:
            self._more()
        self.rest = self.rest[length:]

    def _more(self) -> None:
        assert self.socket is not None
        read = self.socket.recv(262_144)
        if not read:
            raise OSError("closed")
        self.rest += read
