"""How somebody is named beside what they say."""

from app.core import clock
from app.core.context import CommunityValue, Me
from app.discussion.rules import public_label
from app.register.queries.homes import find_building


def speaker_label(here: CommunityValue, reader: Me | None) -> str:
    """A reader's name in public here: 李女士，2号楼; empty for nobody."""
    if reader is None:
        return ""
    building = find_building(here.id, reader.account_id, clock.today(here.zone))
    return public_label(reader.name, f"{building}号楼" if building else "")
