from collections.abc import Callable

import pytest

from tests.screens import DESK, PHONE, Screen
from tests.world import PASSWORD, World


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_a_resident_signs_in_and_lands_on_what_waits_for_them(
    screen: Callable[..., Screen], world: World, javascript: bool
) -> None:
    reader = screen(width=PHONE, javascript=javascript)
    page = reader.sign_in(world.login("resident"), PASSWORD)
    assert page.locator("h1").count() == 1
    assert "陈居民" in page.content()


@pytest.mark.parametrize("width", [320, PHONE, DESK])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_the_sign_in_page_is_readable_for_all(
    screen: Callable[..., Screen], width: int, theme: str, large: bool
) -> None:
    reader = screen(width=width, theme=theme, large=large)
    reader.go("/sign-in")
    reader.expect_good()
