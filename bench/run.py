"""Measure speed: `python3 start.py bench [--quick] [--only …] [--database …]`; the table goes to the terminal, the
figures to `bench/latest.json`. Every figure is a ratio within the run: to the smallest honest page on the same server,
workers and database, asked just before and just after."""

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from app.wiring import create_app  # noqa: E402  # found only once the checkout is on the path
from bench import databases, fill, reference, shares, single  # noqa: E402  # found only once the checkout is on the path
from bench.server import serving  # noqa: E402  # found only once the checkout is on the path
from bench.serving import Figure, Site, first_view, measure_pages, measure_votes  # noqa: E402  # found only once the checkout is on the path

PARTS = ("pages", "votes", "import", "outcome", "equal-shares")
LATEST = ROOT / "bench" / "latest.json"
LIBRARIES = ("flask", "sqlalchemy", "jinja2", "gunicorn", "psycopg")
PAGE_MARK, VOTE_MARK, IMPORT_MARK, OUTCOME_MARK, SIZE_MARK = 0.5, 0.3, 15.0, 2.0, 0.8
SHARES_MARK, FINER_MARK = 50.0, 4.0
MEMORY_MARK, START_MARK, FIRST_MARK, LATER_MARK = 120.0, 2.0, 60 * 1024, 15 * 1024


@dataclass(slots=True)
class Results:
    """All that one run found."""

    figures: list[Figure] = field(default_factory=list)
    others: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    servers: dict[str, str] = field(default_factory=dict)

    def other(self, what: str, database: str, value: float, mark: float, unit: str, *, least: bool = False) -> None:
        """A figure that is no throughput; `least` where the mark is to be reached and not to be kept below."""
        well = value >= mark if least else value <= mark
        self.others.append(
            {"what": what, "database": database, "value": round(value, 2), "mark": mark, "unit": unit, "well": well}
        )

    def as_json(self) -> dict[str, Any]:
        """What is kept of the run; nothing that names the machine."""
        return {
            "date": datetime.now(UTC).strftime("%Y-%m-%d"),
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "versions": {name: version(name) for name in LIBRARIES} | self.servers,
            "pages": [
                {
                    **{
                        key: round(value, 3) if isinstance(value, float) else value
                        for key, value in asdict(one).items()
                    },
                    "ratio": round(one.ratio, 2),
                }
                for one in self.figures
            ],
            "others": self.others,
            "notes": self.notes,
        }


def main(words: Sequence[str]) -> int:
    """Read the options, measure, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as `start.py` does for whatever it starts
    parser.add_argument("--quick", action="store_true", help="small tables and short rounds: a look, not a figure")
    parser.add_argument("--only", choices=PARTS, action="append", help="only this part (again for several)")
    parser.add_argument("--database", choices=databases.KINDS, action="append", help="only this kind")
    parser.add_argument("--size", choices=("small", "large"), action="append", help="only this size")
    parser.add_argument("--seconds", type=float, default=0.0, help="how long each round lasts")
    parser.add_argument("--output", type=Path, default=LATEST)
    options = parser.parse_args(words)
    parts, kinds = options.only or PARTS, options.database or databases.KINDS
    seconds = options.seconds or (0.3 if options.quick else 2.5)
    sizes = {"tiny": fill.TINY} if options.quick else {"small": fill.SMALL, "large": fill.LARGE}
    sizes = {name: size for name, size in sizes.items() if name in (options.size or sizes)}
    results = Results()
    for kind in kinds if set(parts) - {"equal-shares"} else ():
        with tempfile.TemporaryDirectory(prefix="bench-") as folder, databases.server(kind, Path(folder)) as place:
            results.servers[kind] = databases.version(kind, place)
            for name, size in sizes.items():
                if {"pages", "votes"} & set(parts):
                    _served(results, kind, place, name, size, seconds, parts)
            if "import" in parts:
                _import(results, kind, place, 400 if options.quick else 20_000)
            if "outcome" in parts:
                _outcome(results, kind, place, 2_000 if options.quick else 1_000_000)
            _keep(results, options.output)
    if "equal-shares" in parts:
        _equal_shares(results, 300 if options.quick else 2_553)
    _compare_sizes(results)
    _keep(results, options.output)
    print(table(results))
    return 0


def _keep(results: Results, output: Path) -> None:
    """Write down what was found so far."""
    output.write_text(json.dumps(results.as_json(), ensure_ascii=False, indent=1) + "\n", "utf-8")


def say(words: str) -> None:
    """Tell the person at the screen."""
    print(words, file=sys.stderr, flush=True)


def _served(
    results: Results, kind: str, place: str, name: str, size: fill.Size, seconds: float, parts: Sequence[str]
) -> None:
    workers = 1 if kind == "sqlite" else os.cpu_count() or 1
    with databases.fresh(kind, place) as url, tempfile.TemporaryDirectory() as files:
        env = {"DATABASE_URL": url, "STORAGE_URL": f"file://{files}"}
        say(f"{kind}, {name}: filling {size.proposals} proposals, {size.comments} comments …")
        town = fill.fill(create_app(env), size)
        reference.fill(reference.create_reference(url))
        factory = "bench.reference:create_reference()"
        with (
            serving(factory, env, workers=workers, path="/page/1") as smallest,
            serving("wsgi:app", env, workers=workers) as site,
        ):
            here = Site(site, smallest, kind, name, seconds)
            say(f"{kind}, {name}: asking …")
            if "pages" in parts:
                missing = measure_pages(here, town, PAGE_MARK)
                results.notes += [f"{kind}, {name}: no page {what}" for what in missing]
                _wire(results, here, town)
                results.other(f"memory of a worker, {name}", kind, max(site.memory(), default=0), MEMORY_MARK, "MB PSS")
                results.other(f"start to first answer, {name}", kind, site.first_answer, START_MARK, "s")
            if "votes" in parts:
                acknowledged, kept = measure_votes(here, town, url, VOTE_MARK)
                results.other(f"votes acknowledged, {name}", kind, acknowledged, size.units, "votes", least=True)
                results.other(f"of these on record, {name}", kind, kept, acknowledged, "votes", least=True)
            results.figures += here.figures


def _wire(results: Results, here: Site, town: fill.Town) -> None:
    found = first_view(here, town)
    if found:
        largest = max(found, key=lambda what: found[what][0])
        results.other(f"first view ({largest}), {here.size}", here.database, found[largest][0], FIRST_MARK, "octets")
        largest = max(found, key=lambda what: found[what][1])
        results.other(f"later page ({largest}), {here.size}", here.database, found[largest][1], LATER_MARK, "octets")


def _import(results: Results, kind: str, place: str, rows: int) -> None:
    say(f"{kind}: taking in a register of {rows} rows …")
    with databases.fresh(kind, place) as url:
        taken, bare = single.measure_import(create_app({"DATABASE_URL": url}), rows)
    results.other(f"register of {rows} rows ÷ bare reading", kind, taken / bare, IMPORT_MARK, "×")


def _outcome(results: Results, kind: str, place: str, units: int) -> None:
    say(f"{kind}: adding up a vote of {units} units …")
    with databases.fresh(kind, place) as url:
        outcome, aggregate = single.measure_outcome(create_app({"DATABASE_URL": url}), units)
    results.other(f"outcome of {units} units ÷ one aggregate", kind, outcome / aggregate, OUTCOME_MARK, "×")


def _equal_shares(results: Results, voters: int) -> None:
    say(f"equal shares with add1, {voters} voters …")
    seconds, finer, ratio = shares.measure_shares(voters)
    results.other("equal shares with add1 in coins of a hundred ÷ in whole ones", "none", finer, FINER_MARK, "×")
    if ratio is None:
        results.notes.append(
            f"equal shares: {seconds:.3f} s; name an interpreter with pabutools in {shares.INTERPRETER}"
        )
    else:
        results.other("equal shares with add1: pabutools ÷ ours", "none", ratio, SHARES_MARK, "×", least=True)


def _compare_sizes(results: Results) -> None:
    small = {(one.what, one.reader, one.database): one.ratio for one in results.figures if one.size == "small"}
    for one in results.figures:
        before = small.get((one.what, one.reader, one.database), 0.0)
        if one.size == "large" and before:
            results.other(f"{one.what}, {one.reader}: large ÷ small", one.database, one.ratio / before, SIZE_MARK, "×",
                          least=True)  # fmt: skip


def table(results: Results) -> str:
    """The figures for the terminal; what misses its mark has a cross before it."""
    lines = [
        "",
        f"  {'page':<12} {'reader':<10} {'database':<11} {'size':<6} {'a second':>9} {'÷ reference':>12}  mark",
    ]
    for one in results.figures:
        sign = " " if one.ratio >= one.mark and not one.wrong else "✗"
        wrong = f"  wrong answers: {one.statuses}" if one.wrong else ""
        lines.append(
            f"{sign} {one.what:<12} {one.reader:<10} {one.database:<11} {one.size:<6} {one.rate:>9.0f} {one.ratio:>12.2f}"
            f"  {one.mark}{wrong}"
        )
    lines.append("")
    for other in results.others:
        sign = " " if other["well"] else "✗"
        value = f"{other['value']:,.2f}".removesuffix(".00")
        lines.append(
            f"{sign} {other['what']:<48} {other['database']:<11} {value:>10} {other['unit']:<7} mark {other['mark']:g}"
        )
    return "\n".join([*lines, *results.notes, ""])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
