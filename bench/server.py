"""A server under measurement: started as a process of its own, on a free port of loopback, and ended by its id."""

import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import start

ROOT = Path(__file__).resolve().parents[1]
LAST_WORDS = 2_000


@dataclass(slots=True)
class Running:
    """A server that answers: its port, its first answer after the start, its processes."""

    port: int
    first_answer: float
    pid: int

    def memory(self) -> list[float]:
        """PSS of each worker in MB, without the process that watches over them; nothing where the system does not tell."""
        found = []
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        for child in children.read_text().split() if children.exists() else []:
            lines = Path(f"/proc/{child}/smaps_rollup").read_text().splitlines()
            found.append(sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024)
        return found


def free_port() -> int:
    """A port of loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def words(application: str, port: int, workers: int) -> Sequence[str]:
    """How `start.py` starts its server, with another application in it."""
    return [application if word == "wsgi:app" else word for word in start.server("127.0.0.1", port, workers)]


@contextmanager
def serving(
    application: str, environ: Mapping[str, str], *, workers: int = 2, path: str = "/healthz"
) -> Iterator[Running]:
    """Serve `module:factory()` or `wsgi:app` as `start.py serve` does, until the block ends."""
    port = free_port()
    env = {**start.LEAN, **os.environ, "LOG_LEVEL": "INFO", **environ}
    with tempfile.TemporaryFile() as heard:
        began = time.monotonic()
        process = subprocess.Popen(
            words(application, port, workers), cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=heard
        )
        try:
            yield Running(port, _first_answer(port, path, began, process, heard), process.pid)
        finally:
            process.terminate()
            process.wait(timeout=60)


def _first_answer(port: int, path: str, began: float, process: "subprocess.Popen[bytes]", heard: IO[bytes]) -> float:
    while time.monotonic() - began < 60:
        if process.poll() is not None:
            heard.seek(0)
            said = heard.read().decode(errors="replace")[-LAST_WORDS:]
            raise RuntimeError(f"the server ended with {process.returncode}: {said}")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as asked:
                asked.sendall(f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n".encode())
                if asked.recv(12):
                    return time.monotonic() - began
        except OSError:
            time.sleep(0.02)
    raise RuntimeError("no answer within 60 s")
