#!/usr/bin/env python3
"""Start the house on a machine that has Python 3.11 and git and nothing else.

    python3 start.py demo      a community with a year behind it, served on this machine
    python3 start.py test      the whole test suite
    python3 start.py check     style, types, import contracts, locks
    python3 start.py serve     production; see docs/operations.md
    python3 start.py bench     speed, as ratios
    python3 start.py shell     a Python prompt inside the site

What it makes: .venv from the hash-locked list, static/build from static, the compiled translations, instance/ for the demo.
Each is stamped with the hash of what it was made from, so that nothing is made twice. Standard library only.
"""

from __future__ import annotations  # an older Python gets as far as the sentence in main

import argparse
import contextlib
import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
INSTANCE = ROOT / "instance"
TRANSLATIONS = ROOT / "app" / "translations"
AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")
RUN, DEV, NODE = "requirements.lock", "requirements-dev.lock", "requirements-node.lock"
CI = os.environ.get("CI", "").lower() in {"1", "true"}
BEGUN = time.monotonic()


def say(sentence: str) -> None:
    """Tell the person at the screen what is going on; standard output stays free for answers."""
    print(f"[{time.monotonic() - BEGUN:5.1f} s] {sentence}", file=sys.stderr, flush=True)


def stop(sentence: str) -> NoReturn:
    """Give up with one sentence that says what to do."""
    sys.exit(f"start.py: {sentence}")


def digest(*paths: Path) -> str:
    """One hash over the names and contents of files, and of the files in folders."""
    found = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                found.update(f"{file.relative_to(ROOT)}\0{file.stat().st_size}\0".encode() + file.read_bytes())
    return found.hexdigest()


def read(path: Path) -> str:
    """The text of a file, or nothing where there is none."""
    return path.read_text("utf-8") if path.is_file() else ""


def run(*words: str | Path, keep: bool = False, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a program in the checkout and wait for it; what it answers goes to the screen, or is kept."""
    answer = subprocess.PIPE if keep else None
    return subprocess.run(list(words), check=False, cwd=ROOT, env={**os.environ, **env}, text=True, stdout=answer)


def quietly(*words: str | Path, **env: str) -> None:
    """Run a program whose words matter only when it fails."""
    done = subprocess.run(list(words), check=False, cwd=ROOT, env={**os.environ, **env}, text=True, capture_output=True)
    if done.returncode:
        print((done.stdout + done.stderr)[-4000:], file=sys.stderr)
        stop(f"“{' '.join(map(str, words))}” failed; its last words are above.")


def make_environment(folder: Path, lock: str) -> None:
    """A fresh environment of exactly the locked libraries, each checked by its hash, none of them built here."""
    if importlib.util.find_spec("ensurepip") is None:
        stop("this Python cannot make environments; install its part for that, on Debian `apt install python3-venv`.")
    quietly(sys.executable, "-m", "venv", "--clear", folder)
    exact = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--no-input", "--disable-pip-version-check"]
    quietly(folder / "bin" / "python", "-m", "pip", "install", *exact, "-r", ROOT / lock)


def holds(lock: str) -> bool:
    """Whether .venv was made from this lock as it stands, or from one that contains it."""
    had = json.loads(read(VENV / "stamp.json") or "{}")
    return bool(had.get(lock) == digest(ROOT / lock) and (BIN / "python").exists())


def need_environment(lock: str) -> None:
    """Make .venv, or leave it where it already holds what is asked for."""
    if holds(lock):
        return
    count = len(re.findall(r"^[\w.\[\]-]+==", read(ROOT / lock), re.MULTILINE))
    say(f"Installing {count} libraries into .venv (about half a minute) …")
    make_environment(VENV, lock)
    stamp = json.dumps({name: digest(ROOT / name) for name in {RUN, lock}})
    (VENV / "stamp.json").write_text(stamp, "utf-8")
    say(".venv is ready.")


def build_assets() -> None:
    """Bundle style sheet, script and pictures with the machine's npm, else with one that is thrown away after."""
    sources = [ROOT / "package.json", ROOT / "package-lock.json", ROOT / "build.mjs"]
    sources += sorted(path for path in (ROOT / "static").iterdir() if path.name not in {"build", ".build"})
    mark, stamp = digest(*sources), ROOT / "static" / "build" / ".stamp"
    if read(stamp) == mark:
        return
    say("Building the style sheet and the script …")
    node = run("node", "--version", keep=True).stdout if shutil.which("npm") and shutil.which("node") else ""
    if re.match(r"v(1[89]|[2-9]\d)\.", node):
        bundle()
    else:
        say("No npm on this machine: fetching one for the build alone …")
        with tempfile.TemporaryDirectory() as folder:
            make_environment(Path(folder), NODE)
            bundle(PATH=f"{folder}/bin{os.pathsep}{os.environ.get('PATH', os.defpath)}")
    stamp.write_text(mark, "utf-8")


def bundle(**env: str) -> None:
    """Install the locked bundler where it is missing or another, and run it; npm trusts whom the machine trusts."""
    if AUTHORITIES.is_file():
        env.setdefault("NODE_EXTRA_CA_CERTS", os.environ.get("NODE_EXTRA_CA_CERTS", str(AUTHORITIES)))
    installed, lock = ROOT / "node_modules" / ".stamp", digest(ROOT / "package-lock.json")
    if read(installed) != lock:
        quietly("npm", "ci", "--ignore-scripts", **env)
        installed.write_text(lock, "utf-8")
    quietly("npm", "run", "build", **env)


def compile_translations() -> None:
    """Compile every language's sentences, one file a slice."""
    files = sorted(TRANSLATIONS.rglob("*.po"))
    stamp = TRANSLATIONS / ".stamp"
    mark = digest(*files)
    if not files or (read(stamp) == mark and all(file.with_suffix(".mo").is_file() for file in files)):
        return
    say("Compiling the translations …")
    domains = " ".join(sorted({file.stem for file in files}))
    quietly(BIN / "pybabel", "compile", "--directory", TRANSLATIONS, "--domain", domains)
    stamp.write_text(mark, "utf-8")


def compile_templates() -> None:
    """Compile every page once, so that the first reader does not wait for it."""
    stamp = INSTANCE / "templates" / ".stamp"
    mark = digest(ROOT / "templates", *sorted((ROOT / "app" / "core").glob("*.py")))
    if read(stamp) == mark:
        return
    say("Compiling the pages …")
    quietly(BIN / "python", "-m", "app.wiring.compiled")
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(mark, "utf-8")


def prepare(lock: str = RUN) -> None:
    """All that is needed before anything runs."""
    os.chdir(ROOT)
    need_environment(lock)
    build_assets()
    compile_translations()


def free_port(wanted: int) -> int:
    """The wanted port of this machine, or any free one where it is taken."""
    for port in (wanted, 0):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)) as probe:
            return int(probe.getsockname()[1])
    stop("no port is free on 127.0.0.1.")


# Many threads would each keep a heap of their own.
LEAN = {"MALLOC_ARENA_MAX": "2"}


def server(host: str, port: int, workers: int) -> list[str]:
    """The words that start the web server."""
    words = [str(BIN / "gunicorn"), "wsgi:app", "--bind", f"{host}:{port}", "--workers", str(workers)]
    words += ["--preload", "--worker-class", "gthread", "--threads", "32", "--keep-alive", "75"]
    return [*words, "--log-level", "warning", "--no-control-socket"]


def need_tables(**env: str) -> None:
    """The tables as this version of the house wants them."""
    quietly(BIN / "flask", "--app", "wsgi", "db", "upgrade", **env)
    compile_templates()


def demo(options: argparse.Namespace) -> int:
    """Fill a community once, serve it, and say where it is and who can sign in."""
    prepare()
    INSTANCE.mkdir(exist_ok=True)
    port = free_port(options.port)
    url = f"http://127.0.0.1:{port}"
    env = {
        "DATABASE_URL": f"sqlite:///{INSTANCE / 'demo.sqlite'}",
        "STORAGE_URL": f"file://{INSTANCE / 'demo-files'}",
        **os.environ,
        "PUBLIC_URL": url,
        "EMBEDDED_JOBS": "1",
    }
    signins = INSTANCE / f"demo-{hashlib.sha256(env['DATABASE_URL'].encode()).hexdigest()[:8]}.txt"
    if not signins.is_file() and "DATABASE_URL" not in os.environ:
        for left in INSTANCE.glob("demo.sqlite*"):
            left.unlink()
    need_tables(**env)
    if not signins.is_file():
        say("Telling a year of one community (under a minute) …")
        scale = ["--scale", str(options.scale)] if options.scale else []
        told = run(BIN / "flask", "--app", "wsgi", "demo", *scale, keep=True, **env)
        if told.returncode:
            return told.returncode
        signins.write_text(told.stdout, "utf-8")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with subprocess.Popen(server("127.0.0.1", port, 1), cwd=ROOT, env=env) as served:
        try:
            while served.poll() is None and not answers(f"{url}/healthz"):
                time.sleep(0.1)
            if served.poll() is None:
                print(f"\n{read(signins)}\n  {url}/\n\n  Ctrl+C ends it; what you do is kept.\n", flush=True)
            return served.wait()
        except KeyboardInterrupt:
            return 0
        finally:
            served.terminate()


def answers(url: str) -> bool:
    """Whether a page of this machine can be had."""
    with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2):
        return True
    return False


def serve(options: argparse.Namespace) -> int:
    """Serve for real: keys and addresses come from the environment, and the site refuses to start without them."""
    prepare()
    INSTANCE.mkdir(exist_ok=True)
    sqlite = os.environ.get("DATABASE_URL", "sqlite:").startswith("sqlite")
    env = {"SIFANG_MODE": "production", **LEAN, **({"EMBEDDED_JOBS": "1"} if sqlite else {}), **os.environ}
    need_tables(**env)
    words = server(options.host, options.port, 1 if sqlite else options.workers)
    os.execve(words[0], words, env)  # noqa: S606  the server takes the place of the launcher


def need_packages() -> list[str]:
    """Install what the browser tests need, as root on Debian; answer what is still missing."""
    wanted = {"chromium": Path("/usr/bin/chromium"), "fonts-noto-cjk": Path("/usr/share/fonts/opentype/noto")}
    missing = [name for name, place in wanted.items() if not place.exists()]
    if missing and Path("/etc/debian_version").exists() and os.geteuid() == 0:
        say(f"Installing {' and '.join(missing)} for the browser tests …")
        for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *missing]):
            run("apt-get", *words, keep=True, DEBIAN_FRONTEND="noninteractive")
    return [name for name in missing if not wanted[name].exists()]


def test(options: argparse.Namespace) -> int:
    """Run the whole test suite, on SQLite and PostgreSQL and in a real browser."""
    prepare(DEV)
    if missing := need_packages():
        say(f"Left out: the browser tests, for want of {' and '.join(missing)} (install them, or run this as root).")
        if CI:
            return 1
    return run(BIN / "python", "-m", "tests.parts", *options.words).returncode


def check(options: argparse.Namespace) -> int:
    """Style, types, import contracts, and locks that name no host."""
    prepare(DEV)
    host = re.compile(r"https?://|file:|--(extra-)?index|--find")
    failed = [name for name in (RUN, DEV, NODE, "package-lock.json") if host.search(read(ROOT / name))]
    for name in failed:
        say(f"{name} names a host: lock again without it.")
    typed = [name for name in ("app", "tests", "bench", "start.py", "wsgi.py") if (ROOT / name).exists()]
    for words in (
        "ruff check .",
        "ruff format --check .",
        f"mypy --strict {' '.join(typed)}",
        "lint-imports --no-logo",
    ):
        say(f"{words} …")
        tool, *rest = words.split()
        if run(BIN / tool, *rest).returncode:
            failed.append(words)
    say(f"Not in order: {', '.join(failed)}." if failed else "All in order.")
    return 1 if failed else 0


def bench(options: argparse.Namespace) -> int:
    """Measure speed as ratios to the smallest honest page."""
    prepare(DEV)
    compile_templates()
    return run(BIN / "python", ROOT / "bench" / "run.py", *options.words).returncode


def shell(options: argparse.Namespace) -> int:
    """A Python prompt inside the site."""
    prepare()
    return run(BIN / "flask", "--app", "wsgi", "shell").returncode


def main(words: list[str]) -> int:
    """Read the command and do it."""
    if sys.version_info < (3, 11):  # noqa: UP036  the very thing that this sentence is for
        stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    acts = {act.__name__: act for act in (demo, test, check, serve, bench, shell)}
    parser.add_argument("command", choices=acts)
    parser.add_argument("--port", type=int, default=8000, help="demo, serve")
    parser.add_argument("--scale", type=int, default=0, help="demo: so many communities")
    parser.add_argument("--host", default="127.0.0.1", help="serve")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="serve")
    options, rest = parser.parse_known_args(words)
    options.words = rest
    if rest and options.command not in {"test", "bench"}:
        parser.error(f"unknown: {' '.join(rest)}")
    # What Python compiled once is kept: a start reads six hundred files.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    return acts[options.command](options)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
