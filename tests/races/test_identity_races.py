"""Two people with one code."""

from flask import Flask

from app.core.errors import Refused
from app.core.values import ANYONE, the_house
from app.identity import actions, queries
from tests.together import together
from tests.world import PASSWORD, World


def test_a_code_used_twice_at_once_makes_one_account(app: Flask, world: World) -> None:
    code = actions.invite(the_house(world.community_id), world.community_id, ["resident"])

    def use(number: int) -> object:
        try:
            return actions.accept_invitation(ANYONE, code, name="甲", login=f"racer-{number}", password=PASSWORD)
        except Refused as refused:
            return refused.refusal.sentence

    answers = together(app, use, 6)
    won = [answer for answer in answers if isinstance(answer, int)]
    assert len(won) == 1
    assert sum(queries.find_account(f"racer-{number}") is not None for number in range(6)) == 1
