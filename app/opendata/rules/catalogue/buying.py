"""Tables of what is bought, from whom, for how much, and what was delivered."""

from app.core.words import N_
from app.opendata.rules.catalogue.matters import NUMBER, PAGE, STATE
from app.opendata.rules.tables import DAY, FLAG, INTEGER, MOMENT, MONEY, TEXT, Column, Table

TENDER = Column("tender", INTEGER, N_("采购编号"))
TITLE = Column("title", TEXT, N_("采购的名称"))
SUPPLIER = Column("supplier", TEXT, N_("机构名称"))
CODE = Column("credit_code", TEXT, N_("统一社会信用代码"))
SCORE = Column("score", TEXT, N_("总分，两位小数，以下舍去"))

TENDERS = Table(
    "tenders",
    N_("采购"),
    N_("每项发布了公告的采购一行。"),
    (
        NUMBER,
        Column("ocid", TEXT, N_("开放合同编号（OCID）")),
        TITLE,
        Column("summary", TEXT, N_("摘要")),
        STATE,
        Column("method", TEXT, N_("采购方式，代码")),
        Column("category", TEXT, N_("服务或货物，代码")),
        Column("buyer", TEXT, N_("采购人")),
        Column("agency", TEXT, N_("代理机构")),
        Column("budget", MONEY, N_("预算，元")),
        Column("ceiling", MONEY, N_("最高限价，元")),
        Column("yearly", FLAG, N_("限价是每年的价格")),
        Column("term_months", INTEGER, N_("服务期，月")),
        Column("published_at", MOMENT, N_("发布公告的时间")),
        Column("notice_until", DAY, N_("公告期的最后一天")),
        Column("deadline", MOMENT, N_("截止投标的时间")),
        Column("opened_at", MOMENT, N_("开标的时间")),
        Column("bidders", INTEGER, N_("投标的家数，截止以前没有")),
        Column("failed_at", MOMENT, N_("采购失败的时间")),
        Column("source", TEXT, N_("从别处导入的，原来的编号")),
        Column("findings", INTEGER, N_("发布时查出不合条文的地方，处")),
        PAGE,
    ),
)
BIDS = Table(
    "bids",
    N_("标书"),
    N_("开标以后每份标书一行；得分和名次在结果公告以后才有。"),
    (
        TENDER,
        Column("receipt", TEXT, N_("回执码")),
        SUPPLIER,
        CODE,
        Column("price", MONEY, N_("报价，元")),
        Column("received_at", MOMENT, N_("递交的时间")),
        Column("qualified", FLAG, N_("资格审查合格")),
        Column("reason", TEXT, N_("不合格的理由")),
        Column("rank", INTEGER, N_("名次")),
        SCORE,
    ),
)
AWARDS = Table(
    "awards",
    N_("历次中标结果"),
    N_("每项公告了结果的采购一行。"),
    (
        TENDER,
        TITLE,
        SUPPLIER,
        CODE,
        Column("price", MONEY, N_("中标价，元")),
        SCORE,
        Column("decided_at", MOMENT, N_("确定中标人的时间")),
        Column("published_at", MOMENT, N_("公告结果的时间")),
        Column("notice_until", DAY, N_("公告期的最后一天")),
        Column("challenge_until", DAY, N_("质疑期的最后一天")),
        Column("sign_by", DAY, N_("最迟签约的一天")),
        Column("reason", TEXT, N_("在并列第一里选定的理由")),
        PAGE,
    ),
)
CONTRACTS = Table(
    "contracts",
    N_("合同"),
    N_("每份合同一行。"),
    (
        NUMBER,
        TENDER,
        TITLE,
        SUPPLIER,
        CODE,
        Column("amount", MONEY, N_("合同金额，元")),
        Column("signed_at", MOMENT, N_("签订的时间")),
        Column("starts_on", DAY, N_("开始的一天")),
        Column("ends_on", DAY, N_("结束的一天")),
        Column("milestones", INTEGER, N_("节点，个")),
        Column("milestones_completed", INTEGER, N_("已经验收的节点，个")),
        Column("completed_at", MOMENT, N_("全部履行完毕的时间")),
        PAGE,
    ),
)
MILESTONES = Table(
    "milestones",
    N_("合同节点"),
    N_("每份合同的每个节点一行。"),
    (
        Column("contract", INTEGER, N_("合同编号")),
        TENDER,
        Column("position", INTEGER, N_("第几个节点")),
        Column("title", TEXT, N_("节点的名称")),
        Column("due_on", DAY, N_("应当完成的一天")),
        Column("amount", MONEY, N_("验收后应付，元")),
        Column("completed_at", MOMENT, N_("通过验收的时间")),
        Column("note", TEXT, N_("验收意见")),
    ),
)
BUYING = (TENDERS, BIDS, AWARDS, CONTRACTS, MILESTONES)
