"""How many supporters, how many days: sentences read the rows of law by which the house decides."""

import re
from pathlib import Path

from app.core.law import law_row
from app.discussion.actions import say
from app.proposals import actions
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.pages.test_proposals_pages import here, signed_in, submitted
from tests.world import World

FIGURES = (
    "proposals.supporters", "proposals.admission.workdays",
    "discussion.answer.endorsements", "discussion.answer.workdays",
)  # fmt: skip


def test_how_many_and_how_soon_is_read_from_the_rows_of_law(client: PageClient, world: World, clock: Clock) -> None:
    row = submitted(world)
    actions.support_proposal(world.actor("owner"), row.id, 1)
    say(world.actor("owner"), row.thread.id, "for", "楼道里不再充电，大家都安心。", "李女士", "")
    signed_in(client, world, "secretary")
    today = clock.now.date()
    figures = {key: law_row(key, today).whole for key in FIGURES}
    assert client.get(here(world)).says(
        f"{figures['proposals.supporters']}位邻居支持，秘书{figures['proposals.admission.workdays']}个工作日内受理"
    )
    assert client.get(f"/c/{world.slug}/comments/1").says(
        f"从今天起{figures['discussion.answer.workdays']}个工作日内要答复"
    )
    signed_in(client, world, "resident")
    assert client.get(here(world, "/new")).says(f"满{figures['proposals.supporters']}位邻居支持")
    assert client.get(f"/c/{world.slug}/threads/{row.thread.id}/say").says(
        f"有{figures['discussion.answer.endorsements']}位居民觉得有道理"
    )


def test_no_figure_of_the_bylaws_stands_in_a_sentence_of_these_slices() -> None:
    """A figure that is typed into a sentence stays when the row of law changes."""
    root = Path(__file__).parents[2]
    found = [
        f"{path.name}: {match}"
        for slice_ in ("proposals", "discussion")
        for path in [*root.glob(f"app/{slice_}/**/*.py"), *root.glob(f"templates/{slice_}/*.html")]
        for match in re.findall(r"\d+(?:位|个工作日)", path.read_text("utf-8"))
    ]
    assert found == []
