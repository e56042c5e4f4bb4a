"""Minutes that the four parties have signed hang for everybody to read."""

from app.bylaws.queries import law
from app.communities.queries import get_community
from app.core import clock
from app.core.house import House
from app.core.values import Actor, Ref, the_house
from app.council.events import MinutesPublished
from app.council.queries import get_minutes, meetings_of
from app.publication.actions import publish_posting
from app.publication.rules import LAW_KEYS, MINUTES, Draft

PLACES = ("board", "halls", "online")
LONGEST = 19_000


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
