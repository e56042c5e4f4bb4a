"""What may be scored, how much, and in which words."""

from dataclasses import replace
from datetime import date

import pytest

from app.procurement.rules import (
    CHOICE,
    CONSULTATION,
    GOODS,
    GRADED,
    ITEMS,
    JUDGED,
    PER_ITEM,
    PRICE,
    Basis,
    Criterion,
    Scale,
    Step,
    TenderTerms,
    binding_refusal,
    points,
    review,
)

BASIS = Basis(date(2026, 11, 11))


def factor(name: str, hundredths: int, *labels: str) -> Criterion:
    steps = tuple(Step(label, hundredths) for label in labels or ("写明做法和人员",))
    return Criterion(name, hundredths, scales=(Scale(CHOICE, steps),))


def tender(*factors: Criterion, price: int = 1500) -> TenderTerms:
    return TenderTerms("助餐", 28_600_000, 28_600_000, criteria=(*factors, Criterion("价格", price, PRICE)))


SOUND = tender(factor("服务方案", 6500), factor("团队", 2000))


def rules_of(terms: TenderTerms) -> list[str]:
    return [found.rule for found in review(terms, BASIS)]


def test_a_sound_tender_has_no_findings() -> None:
    assert review(SOUND, BASIS) == []
    assert binding_refusal(review(SOUND, BASIS)) is None


def test_weights_sum_to_exactly_one_hundred() -> None:
    assert "weights-not-100" in rules_of(tender(factor("服务方案", 8499)))
    assert "weights-not-100" not in rules_of(tender(factor("服务方案", 8500)))
    assert "weights-not-100" in rules_of(tender(factor("服务方案", 8501)))


def test_ten_percent_is_enough_for_the_price_of_a_service_and_a_hundredth_less_is_not() -> None:
    assert rules_of(tender(factor("服务方案", 9000), price=1000)) == []
    assert rules_of(tender(factor("服务方案", 9001), price=999)) == ["price-weight-too-low"]


def test_goods_want_thirty_percent_for_the_price() -> None:
    goods = replace(tender(factor("质量", 7001), price=2999), category=GOODS)
    assert rules_of(goods) == ["price-weight-too-low"]
    assert rules_of(replace(tender(factor("质量", 7000), price=3000), category=GOODS)) == []


def test_a_tender_without_a_price_has_too_little_of_it() -> None:
    terms = TenderTerms("助餐", 100, 100, criteria=(factor("服务方案", 10_000),))
    assert rules_of(terms) == ["price-weight-too-low"]


def test_the_bounds_of_a_consultation_are_secondhand_and_never_bind() -> None:
    for price in (999, 3001):
        terms = replace(tender(factor("服务方案", 10_000 - price), price=price), method=CONSULTATION)
        [found] = review(terms, BASIS)
        assert (found.article, found.binding) == ("214号 24", False)
        assert binding_refusal([found]) is None
    inside = replace(tender(factor("服务方案", 7000), price=3000), method=CONSULTATION)
    assert review(inside, BASIS) == []


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("注册资本500万元以上", "registered-capital"),
        ("注 册 资 本５００万", "registered-capital"),
        ("注\u200b册资金", "registered-capital"),
        ("净资产不低于100万元", "assets"),
        ("近三年营业收入", "turnover"),
        ("员工总数50人以上", "staff-number"),
        ("从业人员不少于100人", "staff-number"),
        ("上年度利润为正", "profit"),
        ("年纳税额", "tax-paid"),
        ("在本市设有分支机构", "local-presence"),
        ("本区注册的社会组织", "local-presence"),
        ("办公场所面积300平方米", "office-area"),
        ("本市同类业绩", "regional-record"),
    ],
)
def test_size_and_place_may_be_neither_scored_nor_required(words: str, rule: str) -> None:
    scored = tender(factor("服务方案", 6500), factor("实力", 2000, words))
    assert rule in rules_of(scored)
    required = replace(SOUND, qualifications=(words,))
    assert rule in rules_of(required)
    assert binding_refusal(review(required, BASIS)) is not None


@pytest.mark.parametrize("level", ["省级", "市级", "区级", "县级", "街道级", "本市"])
def test_honours_of_a_region_give_no_points(level: str) -> None:
    honours = Criterion("投标人获得荣誉情况", 2000, scales=(Scale(CHOICE, (Step(level, 2000),)),))
    [found] = review(tender(factor("服务方案", 6500), honours), BASIS)
    assert found.rule == "regional-honours"
    assert "条例 20" in found.article
    assert level in found.where


def test_national_honours_and_grades_of_the_register_may_give_points() -> None:
    honours = factor("获得的荣誉", 1000, "国家级")
    grade = factor("社会组织等级", 1000, "5A")
    assert rules_of(tender(factor("服务方案", 6500), honours, grade)) == []


@pytest.mark.parametrize(
    "words", ["不看注册资本、资产和营业收入", "不要求在本市设有分支机构", "社区级活动的表彰办法", "团队至少5人有社工证"]
)
def test_what_is_said_not_to_count_and_what_the_service_needs_is_no_finding(words: str) -> None:
    assert rules_of(tender(factor("服务方案", 6500), factor("团队", 2000, words))) == []


def test_a_denial_reaches_to_the_next_comma_only() -> None:
    assert "registered-capital" in rules_of(replace(SOUND, qualifications=("不限地区，注册资本100万元",)))


def test_every_factor_is_quantified() -> None:
    bare = Criterion("督导人员", 2000)
    [found] = review(tender(factor("服务方案", 6500), bare), BASIS)
    assert (found.rule, found.article, found.where) == ("not-quantified", "87号令 55", "criteria[1] 督导人员")


@pytest.mark.parametrize(
    ("give", "rules"), [(1999, ["scale-does-not-reach"]), (2000, []), (2001, ["scale-does-not-reach"])]
)
def test_a_scale_reaches_exactly_the_points_of_its_factor(give: int, rules: list[str]) -> None:
    items = Criterion("团队", 2000, scales=(Scale(ITEMS, (Step("社工证", 1000), Step("健康证", give - 1000))),))
    assert rules_of(tender(factor("服务方案", 6500), items)) == rules


def test_points_for_each_item_stop_at_their_cap() -> None:
    each = Scale(PER_ITEM, (Step("每个项目", 680),), 2000)
    assert each.most == 2000
    assert rules_of(tender(factor("服务方案", 6500), Criterion("经验", 2000, scales=(each,)))) == []


def test_a_condition_of_taking_part_is_not_scored() -> None:
    terms = replace(tender(factor("服务方案", 6500), factor("社工证书", 2000)), qualifications=("有社工证书三张",))
    assert rules_of(terms) == ["qualification-scored"]


def test_a_duty_of_every_supplier_is_pointed_out_without_binding() -> None:
    [found] = review(tender(factor("服务方案", 6500), factor("工资发放", 2000, "五险")), BASIS)
    assert (found.rule, found.binding) == ("statutory-condition-scored", False)


def test_a_bare_grade_is_pointed_out_and_a_described_one_is_not() -> None:
    bare = Criterion("方案", 8500, JUDGED, scales=(Scale(GRADED, (Step("优", 8500), Step("良", 4000))),))
    told = Criterion("方案", 8500, JUDGED, scales=(Scale(GRADED, (Step("优：有路线、菜单和备餐点", 8500),)),))
    assert rules_of(tender(bare)) == ["grade-without-standard"]
    assert rules_of(tender(told)) == []


def test_what_binds_comes_first() -> None:
    terms = replace(tender(Criterion("方案", 8400, JUDGED, scales=(Scale(GRADED, (Step("优", 8400),)),))), ceiling=1)
    assert [found.binding for found in review(terms, BASIS)] == [True, False]


def test_points_read_as_people_write_them() -> None:
    assert [points(given) for given in (0, 5, 50, 100, 1250, 10_000)] == ["0", "0.05", "0.5", "1", "12.5", "100"]
