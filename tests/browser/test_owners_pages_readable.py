"""From the notice to the result: whatever an owners' vote puts before a person is readable for all."""

from collections.abc import Callable, Sequence
from itertools import cycle

import pytest

from app.assemblies.rules import STEPS
from app.core.values import Ref
from app.demo import stage
from app.journal.actions import seal
from tests.calling import HIS, HOME, Called, call, take_in
from tests.conftest import Clock
from tests.polls import speaks_for
from tests.screens import DESK, Screen
from tests.witnesses import Browser
from tests.world import PASSWORD, World

NARROW = 320
ZH, EN = "zh_Hans_CN", "en"
LOOKS: Sequence[dict[str, object]] = (
    {"width": NARROW, "lang": EN, "large": True}, {"width": DESK, "lang": ZH, "theme": "dark"},
    {"width": NARROW, "lang": ZH, "theme": "dark", "large": True}, {"width": DESK, "lang": EN},
    {"width": NARROW, "lang": EN, "theme": "dark"}, {"width": DESK, "lang": ZH, "large": True},
)  # fmt: skip
"""One after the other narrow and wide; each role of the year is seen in a pair of them."""

YEAR = {
    "": ("assemblies", "assemblies/3", "assemblies/3/notice", "assemblies/3/objections", "polls/9/code", "polls/9/book",
         "polls/9/roll", "polls/6/result", "polls/7/result", "polls/10/result", "journal/witnesses", "journal/poster",
         "four-steps",
         "postings", "postings/1", "postings/1/poster"),
    "jumin": ("assemblies/3/roll", "assemblies/3/objections", "assemblies/requests/new", "polls/9", "my-entry"),
    "mishu": ("postings/new", "postings/1/withdraw", "assemblies/new", "assemblies/3/objections",
              "polls/9/papers", "polls/9/desk", "four-steps/new"),
    "fuwutai": ("assemblies/3/corrections", "polls/9/desk", "polls/9/desk/receive", "polls/9/desk/type",
                "polls/9/desk/intakes", "polls/9/desk/intakes/1", "polls/9/desk/mandates", "polls/9/desk/mandates/1"),
    "shuji": ("polls/9/annul", "polls/9/desk"),
}  # fmt: skip


@pytest.mark.parametrize("login", YEAR)
def test_the_owners_vote_of_the_year_is_readable_for_all(year_screen: Callable[..., Screen], login: str) -> None:
    place = list(YEAR).index(login) % 3 * 2
    for look in LOOKS[place : place + 2]:
        reader = year_screen(**look)
        if login:
            reader.sign_in(login, stage.PASSWORD)
        reader.expect_all_good(*(f"/c/wutongli/{path}" for path in YEAR[login]))


@pytest.fixture
def called(world: World, clock: Clock) -> Called:
    """One of each; the branch and the property company have witnesses, the log is sealed."""
    take_in(world)
    made = call(world, clock)
    speaks_for(world.accounts["member"], Ref("owners", world.community_id))
    branch = Browser(world, "branch")
    branch.register()
    Browser(world, "property").register()
    seal()
    branch.cosign()
    return made


def pages_of(it: Called) -> dict[str, list[str]]:
    """Who reads which pages."""
    running, over, annulled = (f"polls/{number}" for number in (it.running, it.over, it.annulled))
    drafts, assembly = f"assemblies/drafts/{it.draft}", f"assemblies/{it.assembly}"
    return {
        "": [
            over, f"{over}/result", f"{over}/book", annulled, f"{running}/code", f"{running}/book?code={it.receipt}",
            f"assemblies/requests/{it.request}", f"four-steps/{it.chain}", "four-steps", "journal/witnesses", "polls",
            "postings", f"postings/{it.posting}", f"postings/{it.posting}/poster",
        ],
        "owner": [
            f"{running}/receipts/{it.receipt}", f"{running}/mandates/{it.mandate}/revoke", f"{assembly}/roll",
            f"assemblies/requests/{it.request}", f"{running}/ballot",
        ],
        "resident": [f"homes/{HOME}/voter"],
        "member": ["journal/witnesses"],
        "clerk": [
            f"{assembly}/corrections", f"dwellings/{HOME}/voter", f"dwellings/{HOME}",
            f"{running}/desk/mandates/{it.mandate}",
        ],
        "secretary": [
            f"postings/{it.posting}", f"postings/{it.posting}/service", f"postings/{it.posting}/unreached",
            f"postings/{it.posting}/lines/{HIS}", f"postings/{it.posting}/withdraw", "postings/new",
            *(f"{drafts}/{step}" for step in STEPS), "assemblies", f"{assembly}/objections", f"{running}/papers",
            f"{running}/papers/{it.print}", f"{over}/export", f"four-steps/{it.chain}/next",
        ],
        "convener": [f"{running}/annul", f"{over}/annul"],
    }  # fmt: skip


@pytest.mark.parametrize("turn", range(2))
def test_each_page_between_notice_and_result_is_readable_for_all(
    screen: Callable[..., Screen], world: World, called: Called, turn: int
) -> None:
    looks = cycle(LOOKS[turn::2])
    for role, paths in pages_of(called).items():
        reader = screen(**next(looks))
        if role:
            reader.sign_in(world.login(role), PASSWORD)
        reader.expect_all_good(*(f"/c/{world.slug}/{path}" for path in paths))


@pytest.mark.parametrize("look", LOOKS[2:4], ids=["narrow", "wide"])
def test_the_ballot_behind_a_code_is_readable_for_all(
    screen: Callable[..., Screen], world: World, called: Called, look: dict[str, object]
) -> None:
    reader = screen(**look)
    page = reader.go(f"/c/{world.slug}/polls/{called.running}/code")
    page.fill("#code", called.code)
    page.press("#code", "Enter")
    page.wait_for_url("**/code/ballot")
    reader.expect_good()
    page.locator("input[name=choice][value=yes]").check(force=True)
    page.locator("#ballot form button").last.click()
    reader.expect_good()
    page.locator("main form.card button").first.click()
    page.wait_for_url("**/receipts/*")
    reader.expect_good()
