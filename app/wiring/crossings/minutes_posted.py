"""Minutes that the four parties have signed hang for everybody to read, and each resolution in them on its own."""

from app.bylaws.queries import law
from app.communities.queries import get_community
from app.core import clock
from app.core.house import House
from app.core.values import Actor, Ref, the_house
from app.council.events import MinutesPublished
from app.council.queries import ResolutionRow, get_minutes, meetings_of, resolutions_of
from app.council.rules.drafting import DISSENT, POINT, VOTES
from app.publication.actions import publish_posting
from app.publication.rules import LAW_KEYS, MINUTES, RESOLUTION, Draft

PLACES = ("board", "halls", "online")
LONGEST, LONGEST_TITLE = 19_000, 80


def register(house: House) -> None:
    """Hang up."""
    house.cross(MinutesPublished, post_the_minutes)


def post_the_minutes(event: MinutesPublished, actor: Actor, matter: Ref | None) -> None:
    """The minutes are posted the day they are signed, in the text that was signed."""
    del actor
    here = get_community(event.community_id)
    today = clock.today(here.zone)
    number = meetings_of([event.meeting_id])[event.meeting_id].number
    text = "\n".join(block.text for block in get_minutes(event.meeting_id).blocks)
    if len(text) > LONGEST:
        text = f"{text[:LONGEST]}……\n纪要很长，全文和四方签署见本站的会议页。"
    draft = Draft(MINUTES, f"第{number}次四方联席会议纪要", text, today, PLACES)
    term = law(here.id, LAW_KEYS[MINUTES], today)
    publish_posting(the_house(here.id), here.id, draft, term, matter=matter, automatic=True)
    _post_the_resolutions(event, number)


def _post_the_resolutions(event: MinutesPublished, meeting: int) -> None:
    """Each resolution hangs under its own matter, from the day on which the minutes that hold it are signed."""
    here = get_community(event.community_id)
    today = clock.today(here.zone)
    term = law(here.id, LAW_KEYS[RESOLUTION], today)
    blocks = get_minutes(event.meeting_id).blocks
    for found in resolutions_of([event.meeting_id]):
        said = [block for block in blocks if block.ref == found.motion_id]
        points = [block.text for block in said if block.kind == POINT]
        lines = points if len(points) == 1 else [f"{place}. {text}" for place, text in enumerate(points, 1)]
        lines += [block.text for block in said if block.kind in (VOTES, DISSENT)]
        text = "\n".join((f"第{meeting}次四方联席会议通过{found.label}。", *lines, "全文见本站的决议页和会议纪要。"))
        draft = Draft(RESOLUTION, _title(found), text[:LONGEST], today, PLACES)
        publish_posting(the_house(here.id), here.id, draft, term, matter=found.matter, source=found.ref, automatic=True)


def _title(found: ResolutionRow) -> str:
    head = f"{'建议' if found.owners_matter is not None else '决议'}："
    return (head + " ".join(found.title.split()))[:LONGEST_TITLE]
