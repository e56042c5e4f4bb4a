"""Calling the owners or the residents to decide, and bringing in a poll that was held elsewhere."""

from app.assemblies.actions.convening import Convened, convene_owners, convene_residents, open_due
from app.assemblies.actions.importing import ImportedPoll, import_residents_poll

__all__ = [
    "Convened",
    "ImportedPoll",
    "convene_owners",
    "convene_residents",
    "import_residents_poll",
    "open_due",
]
