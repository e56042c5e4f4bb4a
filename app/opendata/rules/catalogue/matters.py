"""Tables of what is proposed, talked about, voted on and resolved."""

from app.core.words import N_
from app.opendata.rules.tables import DAY, FLAG, INTEGER, LINK, MOMENT, MONEY, TEXT, Column, Table

NUMBER = Column("number", INTEGER, N_("编号"))
STATE = Column("state", TEXT, N_("现在的状态，代码"))
PAGE = Column("url", LINK, N_("网页地址"))

COMMUNITIES = Table(
    "communities",
    N_("社区"),
    N_("每个社区一行。"),
    (
        Column("slug", TEXT, N_("网址里的名字")),
        Column("name", TEXT, N_("社区名称")),
        Column("zone", TEXT, N_("时区")),
        Column("url", LINK, N_("开放数据的网页地址")),
    ),
)
PROPOSALS = Table(
    "proposals",
    N_("全部提案"),
    N_("每件提案一行，最新的一版。不含提案人和支持人。"),
    (
        NUMBER,
        Column("title", TEXT, N_("标题")),
        Column("text", TEXT, N_("正文")),
        STATE,
        Column("budget", MONEY, N_("提案人估的费用，元")),
        Column("version", INTEGER, N_("第几版")),
        Column("supporters", INTEGER, N_("支持的人数，各版合计")),
        Column("supporters_of_this_version", INTEGER, N_("支持最新一版的人数")),
        Column("owners_matter", INTEGER, N_("要业主共同决定的，是民法典第二百七十八条的第几项")),
        Column("submitted_at", MOMENT, N_("提交的时间")),
        Column("revised_at", MOMENT, N_("最近一次修改的时间")),
        Column("reached_at", MOMENT, N_("支持人数达到要求的时间")),
        Column("returned_at", MOMENT, N_("最新一版退回修改的时间")),
        Column("admitted_at", MOMENT, N_("列入议程的时间")),
        Column("settled_at", MOMENT, N_("有决议的时间")),
        Column("withdrawn_at", MOMENT, N_("撤回的时间")),
        PAGE,
    ),
)
COMMENTS = Table(
    "comments",
    N_("意见的数目"),
    N_("每件提案一行：讨论里赞成、反对和其他意见各有多少条。不含内容和发言人。"),
    (
        Column("proposal", INTEGER, N_("提案编号")),
        Column("for", INTEGER, N_("赞成的意见，条")),
        Column("against", INTEGER, N_("反对的意见，条")),
        Column("other", INTEGER, N_("提问和其他意见，条")),
        Column("closed_at", MOMENT, N_("讨论结束的时间")),
        PAGE,
    ),
)
TALLY = (
    Column("heads", INTEGER, N_("总人数（四方表决是席位数）")),
    Column("heads_participating", INTEGER, N_("参加的人数")),
    Column("heads_agreeing", INTEGER, N_("同意的人数")),
    Column("area", INTEGER, N_("总面积，0.01平方米")),
    Column("area_participating", INTEGER, N_("参加的面积，0.01平方米")),
    Column("area_agreeing", INTEGER, N_("同意的面积，0.01平方米")),
)
"""What a vote adds up to, by heads and by area."""
POLLS = Table(
    "polls",
    N_("表决和结果"),
    N_("每次表决一行。结果在公布以后才有，进行中的表决没有任何结果。"),
    (
        NUMBER,
        Column("question", TEXT, N_("表决的问题")),
        Column("matter", TEXT, N_("属于哪件事，种类和内部编号")),
        Column("electorate", TEXT, N_("按什么投票：户、席位或人，代码")),
        STATE,
        Column("opens_at", MOMENT, N_("开始投票的时间")),
        Column("closes_at", MOMENT, N_("截止投票的时间")),
        Column("declared_at", MOMENT, N_("公布结果的时间")),
        Column("outcome", TEXT, N_("结果，代码")),
        Column("lines", INTEGER, N_("名册上能投的票数")),
        *TALLY,
        Column("ballots_refused", INTEGER, N_("服务台拒收的票，都不计入结果")),
        Column("advisory", FLAG, N_("结果只是意见，还要由业主决定")),
        Column("roll_sha256", TEXT, N_("名册的SHA-256，开始投票时固定")),
        PAGE,
    ),
)
ASSEMBLIES = Table(
    "assemblies",
    N_("业主大会和居民投票"),
    N_("通知上的每件事一行，各有自己的表决。结果在公布以后才有；撤销的写明时间。"),
    (
        Column("assembly", INTEGER, N_("大会编号")),
        Column("place", INTEGER, N_("通知上的第几件事")),
        Column("electorate", TEXT, N_("业主（owners）还是居民（residents）")),
        Column("assembly_title", TEXT, N_("大会的名称")),
        Column("title", TEXT, N_("表决的事")),
        Column("question", TEXT, N_("表决的问题")),
        Column("owners_matter", INTEGER, N_("要业主共同决定的，是民法典第二百七十八条的第几项")),
        Column("matter", TEXT, N_("由哪件事而来，种类和内部编号")),
        Column("extraordinary", FLAG, N_("业主或居民联名要求的临时会议")),
        Column("convened_at", MOMENT, N_("发通知的时间")),
        Column("opens_at", MOMENT, N_("开始投票的时间")),
        Column("closes_at", MOMENT, N_("截止投票的时间")),
        Column("poll", INTEGER, N_("表决编号")),
        STATE,
        *TALLY,
        Column("outcome", TEXT, N_("结果，代码")),
        Column("declared_at", MOMENT, N_("公布结果的时间")),
        Column("annulled_at", MOMENT, N_("撤销的时间")),
        PAGE,
    ),
)
CONDITIONS = Table(
    "poll-conditions",
    N_("表决的算式"),
    N_("每次公布了结果的表决，每个条件一行：左边和右边都是整数，可以自己验算。"),
    (
        Column("poll", INTEGER, N_("表决编号")),
        Column("name", TEXT, N_("条件的名称，代码")),
        Column("left", INTEGER, N_("算式左边")),
        Column("relation", TEXT, N_("左边要大于（>），还是不小于（>=）右边")),
        Column("right", INTEGER, N_("算式右边")),
        Column("holds", FLAG, N_("条件成立")),
        Column("article", TEXT, N_("依据的条文")),
    ),
)
OPTIONS = Table(
    "poll-options",
    N_("表决的选项和票数"),
    N_("多个选项的表决，公布结果以后每个选项一行。"),
    (
        Column("poll", INTEGER, N_("表决编号")),
        Column("option", TEXT, N_("选项的代号")),
        Column("label", TEXT, N_("选项的名称")),
        Column("cost", INTEGER, N_("选项的费用，没有单位的数")),
        Column("ballots", INTEGER, N_("得票")),
        Column("chosen", FLAG, N_("选中")),
    ),
)
MEETINGS = Table(
    "meetings",
    N_("四方会议"),
    N_("每次会议一行。不含到会的人。"),
    (
        NUMBER,
        STATE,
        Column("place", TEXT, N_("地点")),
        Column("starts_at", MOMENT, N_("开会的时间")),
        Column("convened_at", MOMENT, N_("发通知的时间")),
        Column("opened_at", MOMENT, N_("宣布开会的时间")),
        Column("closed_at", MOMENT, N_("散会的时间")),
        Column("cancelled_at", MOMENT, N_("取消的时间")),
        Column("cancel_reason", TEXT, N_("取消的理由")),
        Column("items", INTEGER, N_("议程上的事项，件")),
        Column("motions", INTEGER, N_("动议，项")),
        Column("resolutions", INTEGER, N_("决议，项")),
        Column("minutes", TEXT, N_("纪要的编号")),
        Column("minutes_published_at", MOMENT, N_("纪要公布的时间")),
        PAGE,
    ),
)
RESOLUTIONS = Table(
    "resolutions",
    N_("全部决议"),
    N_("每项决议一行。"),
    (
        Column("label", TEXT, N_("决议的文号")),
        Column("title", TEXT, N_("决定的事")),
        Column("meeting", INTEGER, N_("作出决议的会议编号")),
        Column("adopted_at", MOMENT, N_("通过的时间")),
        Column("matter", TEXT, N_("属于哪件事，种类和内部编号")),
        Column("ceiling", MONEY, N_("授权采购的最高金额，元")),
        Column("purpose", TEXT, N_("授权采购的用途")),
        Column("owners_matter", INTEGER, N_("要业主共同决定的，是民法典第二百七十八条的第几项")),
    ),
)
RULES = Table(
    "rules",
    N_("现行规则"),
    N_("今天有效的每个门槛和期限一行，写明出处。"),
    (
        Column("key", TEXT, N_("规则的名称，代码")),
        Column("title", TEXT, N_("规则")),
        Column("relation", TEXT, N_("不小于（>=）、大于（>）、不大于（<=）或小于（<）")),
        Column("value", TEXT, N_("数值，整数或分数")),
        Column("unit", TEXT, N_("单位")),
        Column("article", TEXT, N_("依据的条文")),
        Column("valid_from", DAY, N_("从哪一天起有效")),
        Column("valid_to", DAY, N_("到哪一天为止有效")),
        Column("local", FLAG, N_("本社区自己公布的")),
        Column("binding", FLAG, N_("有约束力；否则是默认值，待本地确认")),
        Column("version", TEXT, N_("版本，决定里写的就是它")),
    ),
)
JOURNAL = Table(
    "journal",
    N_("公开账本"),
    N_("已封存的每条记录一行。原文可以和账本的校验值核对。"),
    (
        Column("number", INTEGER, N_("账本里的第几条，从1起")),
        Column("at", MOMENT, N_("发生的时间")),
        Column("event", TEXT, N_("事件，代码")),
        Column("words", TEXT, N_("发生了什么")),
        Column("matter", TEXT, N_("属于哪件事，种类和内部编号")),
        Column("entry", TEXT, N_("记录的原文（RFC 8785）")),
    ),
)
POSTINGS = Table(
    "postings",
    N_("贴出的公示"),
    N_("每份公示一行。正文在网页上，这里是它的校验值；送达只有户数。"),
    (
        NUMBER,
        Column("kind", TEXT, N_("种类，代码")),
        Column("title", TEXT, N_("标题")),
        STATE,
        Column("begins", DAY, N_("公示的第一天")),
        Column("last_day", DAY, N_("公示的最后一天")),
        Column("legal_last_day", DAY, N_("按规定至少到哪一天")),
        Column("rule", TEXT, N_("期限依据的规则，版本")),
        Column("text_sha256", TEXT, N_("全文的SHA-256")),
        Column("homes", INTEGER, N_("送达名单上的户数，没有名单是0")),
        Column("homes_reached", INTEGER, N_("已经送达的户数")),
        Column("automatic", FLAG, N_("随别的记录自动贴出")),
        Column("posted_at", MOMENT, N_("贴出的时间")),
        Column("withdrawn_at", MOMENT, N_("撤下的时间")),
        PAGE,
    ),
)
MATTERS = (PROPOSALS, COMMENTS, MEETINGS, ASSEMBLIES, POLLS, CONDITIONS, OPTIONS, RESOLUTIONS, POSTINGS)
STANDING = (RULES, JOURNAL)
