"""Under which name a publisher's purchases are known in the world."""

import pytest

from app.core.config import Misconfigured, read_settings


def test_who_has_not_registered_publishes_under_the_prefix_of_the_examples() -> None:
    assert read_settings({}).ocds_prefix == "ocds-213czf"


def test_a_registered_prefix_is_taken() -> None:
    assert read_settings({"OCDS_PREFIX": "ocds-a1b2c3"}).ocds_prefix == "ocds-a1b2c3"


@pytest.mark.parametrize("typed", ["", "ocds-", "ocds-A1B2C3", "ocds-a1b2c", "ocds-a1b2c3d", "a1b2c3", "ocds-a1b2c3-"])
def test_what_is_no_prefix_stops_the_house_with_a_sentence(typed: str) -> None:
    with pytest.raises(Misconfigured, match="OCDS_PREFIX"):
        read_settings({"OCDS_PREFIX": typed})
