"""What may be put to residents, and why two ways of spending differ."""

import pytest

from app.voting.rules import Option, offer_refusal
from app.voting.rules.methods import method_outcome
from app.voting.rules.methods.difference import differences
from app.voting.rules.presets import METHODS
from app.voting.rules.sums import Sums, Tally
from tests.rules.test_voting_marks_rules import by

TWO = (Option("1", "健身角", 50_00), Option("2", "滑梯", 30_00))


@pytest.mark.parametrize("method", METHODS)
def test_every_method_takes_what_it_needs(method: str) -> None:
    options = () if method == "opinion" else TWO
    assert offer_refusal(method, options, 60_00 if method == "budget" else None) is None


@pytest.mark.parametrize(
    ("method", "options", "budget", "said"),
    [
        ("dice", TWO, None, "请选一种"),
        ("opinion", TWO, None, "不用另写选项"),
        ("opinion", (), 100, "才有预算"),
        ("irv", TWO[:1], None, "2到"),
        ("irv", tuple(Option(str(n), str(n)) for n in range(41)), None, "2到"),
        ("score", (TWO[0], Option("2", "  ")), None, "要有名称"),
        ("score", (TWO[0], Option("2", "长" * 201)), None, "要有名称"),
        ("score", (TWO[0], Option("2", " 健身角 ")), None, "名称一样"),
        ("score", (TWO[0], Option("1", "滑梯")), None, "名称一样"),
        ("score", TWO, 100, "才有预算"),
        ("budget", TWO, None, "一共有多少钱"),
        ("budget", TWO, 0, "一共有多少钱"),
        ("budget", TWO, -5, "一共有多少钱"),
        ("budget", TWO, 10**14, "一共有多少钱"),
        ("budget", (TWO[0], Option("2", "滑梯")), 60_00, "要多少钱"),
        ("budget", (TWO[0], Option("2", "滑梯", 0)), 60_00, "要多少钱"),
        ("budget", TWO, 49_99, "选上也办不成"),
    ],
)
def test_what_does_not_fit_is_told_in_a_sentence(
    method: str, options: tuple[Option, ...], budget: int | None, said: str
) -> None:
    refusal = offer_refusal(method, options, budget)
    assert refusal is not None
    assert said in refusal.sentence


def test_an_option_that_costs_just_the_budget_fits() -> None:
    assert offer_refusal("budget", TWO, 50_00) is None


def spent(choices: dict[str, int]) -> tuple[str, ...]:
    terms = by("budget")
    details = method_outcome(terms, Sums(Tally(9, 9)), choices).details
    assert details is not None
    return tuple(f"{one.sentence} {one.values.get('project', '')}" for one in differences(terms, details))


def test_the_same_result_of_both_ways_is_one_sentence() -> None:
    assert spent({'["a"]': 3}) == ("两种算法选出的项目一样。 ",)


def test_each_project_that_only_one_way_funds_is_named_with_the_reason() -> None:
    told = spent({'["a"]': 5, '["b"]': 3, '["c"]': 2, '["b","c"]': 1})
    assert [("先后时入选" in one, "分配时入选" in one, one.split()[-1]) for one in told] == [
        (False, True, "充电棚"),
        (False, True, "滑梯"),
        (True, False, "健身角"),
    ]


def test_what_nobody_wants_is_not_funded_however_much_is_left() -> None:
    details = method_outcome(by("budget"), Sums(Tally(9, 1)), {'["c"]': 1}).details
    assert details is not None
    assert details["greedy"]["funded"] == details["equal-shares"]["funded"] == ["c"]
