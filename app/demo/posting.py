"""What hangs on the notice board, and how the call to vote is carried from door to door."""

from app.bylaws.queries import law
from app.demo.stage import Stage, Thread
from app.publication import queries, rules
from app.publication.actions import end_due, publish_posting, record_service, undo_service
from app.publication.queries import PostingRow
from app.publication.rules import ABSENT, HANDED, LETTER, NOTICE, ONLINE, OWNERS_NOTICE, WITNESSED, Draft

# Building, days ago, and how many of the homes at its end nobody has found yet.
ROUNDS = ((1, 26, 0), (2, 26, 3), (3, 24, 5), (4, 23, 2), (5, 21, 6), (6, 20, 11))
ABROAD, UNWILLING = 3, 2


def carry(stage: Stage) -> Thread:
    """The staff bring the call to vote to every home: most sign, some are away, one pair refuses before two witnesses."""
    yield stage.at(26, 17)
    calls = [one for one in queries.standing_postings(stage.community_id) if one.kind == OWNERS_NOTICE]
    row = max(calls, key=lambda one: one.number)
    for building, ago, missed in ROUNDS:
        yield stage.at(ago, 19, 30)
        yield from _round(stage, row, str(building), ago, missed)
    yield stage.at(14, 9)
    _write_to_the_rest(stage, row)


def _round(stage: Stage, row: PostingRow, building: str, ago: int, missed: int) -> Thread:
    keys = [line.key for line in queries.lines_of_building(row.id, building)]
    clerk, day, found = stage.actor("赵敏"), stage.day(ago), keys[: len(keys) - missed]
    record_service(clerk, row.id, HANDED, day, keys=found)
    yield stage.at(ago, 19, 50)
    if missed:
        record_service(clerk, row.id, ABSENT, day, keys=keys[len(keys) - missed :])
    if building == "4":
        wrong = record_service(clerk, row.id, LETTER, day, keys=found[:1])
        assert wrong.act_id is not None, "it was not entered before"
        undo_service(clerk, wrong.act_id)


def _write_to_the_rest(stage: Stage, row: PostingRow) -> None:
    """Owners who live elsewhere get it online, who refuses has it left before two witnesses, one hall gets a notice."""
    secretary, day = stage.actor("林秘书"), stage.day(14)
    rest = [line.key for line in queries.unreached_lines(row) if line.building != "6"]
    record_service(secretary, row.id, ONLINE, day, keys=rest[:ABROAD], note="empty")
    refused = rest[ABROAD : ABROAD + UNWILLING]
    record_service(secretary, row.id, WITNESSED, day, keys=refused, witnesses=("孙国庆", "马秀英"))
    record_service(secretary, row.id, NOTICE, day, building="3")


def announce(stage: Stage) -> Thread:
    """A lift stands still for two days: nothing to decide, but everybody has to know."""
    yield stage.at(2, 8, 40)
    day = stage.day(2)
    text = (
        "5号楼两部电梯先后停一天检修，请走另一部。\n"
        "明天8:00到18:00停东侧电梯，后天8:00到18:00停西侧电梯。\n"
        "腿脚不便、要搬东西的，请提前打服务台电话，我们上门帮忙。"
    )
    draft = Draft(rules.GENERAL, "5号楼电梯检修，两天轮流停用", text, day, ("board", "halls", "online"))
    term = law(stage.community_id, rules.LAW_KEYS[rules.GENERAL], day)
    publish_posting(stage.actor("林秘书"), stage.community_id, draft, term)


def take_down(stage: Stage, first: int) -> Thread:
    """What hung for its term is over the morning after its last day."""
    for ago in range(first - 1, -1, -1):
        yield stage.at(ago, 0, 5)
        end_due()
