"""How often the pages of an owners' vote ask the database: no oftener for long rolls, many wishes and many assemblies."""

from collections.abc import Callable, Iterable

import pytest
from flask import Flask

from app.assemblies.rules import STEPS
from app.core.copies import Copies
from app.core.memory import Memory
from app.journal.actions import seal
from tests.calling import HIS, HOME, Called, call, take_in
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.pages.test_statement_counts import MOST, QUIET, counted
from tests.world import PASSWORD, World

Asked = dict[tuple[str, int], tuple[str, list[str]]]


def pages_of(it: Called) -> dict[str, list[str]]:
    """Who reads which pages."""
    running, over, annulled = (f"polls/{number}" for number in (it.running, it.over, it.annulled))
    assembly, asked = f"assemblies/{it.assembly}", f"assemblies/requests/{it.request}"
    anyone = [
        "assemblies", assembly, f"{assembly}/notice", f"{assembly}/objections", asked, running, over, f"{over}/result",
        f"{over}/book", f"{running}/book", f"{running}/book?code={it.receipt}", f"{over}/roll", annulled,
        f"{running}/code", "four-steps", f"four-steps/{it.chain}", "journal/witnesses", "journal/poster",
        "postings", f"postings/{it.posting}", f"postings/{it.posting}/poster",
    ]  # fmt: skip
    return {
        "": anyone,
        "owner": [
            *anyone, f"{assembly}/roll", "assemblies/requests/new", f"{running}/ballot", "todo",
            f"{running}/receipts/{it.receipt}", f"{running}/mandates/{it.mandate}/revoke",
        ],
        "resident": [f"homes/{HOME}/voter", "my-entry"],
        "clerk": [
            f"{assembly}/corrections", f"{assembly}/objections", f"dwellings/{HOME}/voter", f"dwellings/{HOME}", "todo",
        ],
        "secretary": [
            f"postings/{it.posting}", f"postings/{it.posting}/service", f"postings/{it.posting}/unreached",
            f"postings/{it.posting}/lines/{HIS}", f"postings/{it.posting}/withdraw", "postings/new",
            "assemblies", "assemblies/new", *(f"assemblies/drafts/{it.draft}/{step}" for step in STEPS), asked,
            f"{assembly}/objections", f"{running}/papers", f"{running}/papers/{it.print}", f"{over}/export",
            "four-steps/new", f"four-steps/{it.chain}/next", "todo",
        ],
        "convener": [f"{running}/annul", f"{over}/annul"],
    }  # fmt: skip


def signed_in(new_client: Callable[[], PageClient], world: World, roles: Iterable[str]) -> dict[str, PageClient]:
    """A reader for each role."""
    readers = {role: new_client() for role in roles}
    for role, client in readers.items():
        if role:
            client.sign_in(world.login(role), PASSWORD)
    return readers


def asked(app: Flask, readers: dict[str, PageClient], world: World, it: Called, *, cold: bool = False) -> Asked:
    """The statements of each page for who comes back to it, as in `test_statement_counts`."""
    found = {}
    for role, paths in pages_of(it).items():
        for place, path in enumerate(paths):
            readers[role].get(f"/c/{world.slug}/{path}")
            app.extensions["copies"] = Copies()
            if cold:
                app.extensions["memory"] = Memory()
                app.extensions["todo_counts"].clear()
            with counted() as statements:
                readers[role].get(f"/c/{world.slug}/{path}")
            found[role, place] = path, [one for one in statements if not one.startswith(QUIET)]
    return found


@pytest.mark.databases("sqlite")
def test_no_page_between_notice_and_result_asks_too_often_or_oftener_when_lists_grow(
    app: Flask, new_client: Callable[[], PageClient], world: World, clock: Clock
) -> None:
    take_in(world)
    made = call(world, clock)
    seal()
    readers = signed_in(new_client, world, pages_of(made))
    told = [
        f"{role} {path}: {len(found)}\n  " + "\n  ".join(found)
        for (role, _), (path, found) in asked(app, readers, world, made).items()
        if len(found) > MOST["signed in" if role else ""]
    ]
    assert not told, "\n".join(told)
    few = asked(app, readers, world, made, cold=True)
    made = call(world, clock, 12, 4)
    seal()
    many = asked(app, signed_in(new_client, world, readers), world, made, cold=True)
    told = [
        f"{role} {path}: {len(few[role, place][1])} before, then:\n  " + "\n  ".join(found)
        for (role, place), (path, found) in many.items()
        if len(found) > len(few[role, place][1])
    ]
    assert not told, "\n".join(told)
