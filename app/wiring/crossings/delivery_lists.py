"""What is posted may be brought to every household of the register."""

from app.core.house import House
from app.core.words import N_
from app.register.queries.rolls import homes_roll, roll


def register(house: House) -> None:
    """Hang up."""
    house.rolls["dwellings"] = (N_("送到每一户业主"), roll)
    house.rolls["homes"] = (N_("送到每一户住户"), homes_roll)
