"""Who may buy, ask, bid, open, evaluate, award."""

from app.core.permissions import (
    ACCOUNT,
    CLERK,
    CONVENER,
    EVALUATOR,
    MEMBER,
    OPERATOR,
    SECRETARY,
    permission,
)
from app.core.words import N_

GRANT_MANDATE = permission("grant_mandate", N_("按决议授权采购"), CONVENER, SECRETARY, OPERATOR)
DRAFT_TENDER = permission("draft_tender", N_("起草采购文件"), CONVENER, SECRETARY, CLERK)
PUBLISH_TENDER = permission("publish_tender", N_("发布采购公告"), CONVENER, SECRETARY)
REPLAY_TENDER = permission("replay_tender", N_("导入别处发布的采购"), OPERATOR)
ASK_QUESTION = permission("ask_question", N_("就采购提问"), ACCOUNT)
ANSWER_QUESTION = permission("answer_question", N_("答复采购的提问"), CONVENER, SECRETARY, CLERK)
SUBMIT_BID = permission("submit_bid", N_("投标"), ACCOUNT)
WITHDRAW_BID = permission("withdraw_bid", N_("撤回自己的标书"), ACCOUNT)
OPEN_BIDS = permission("open_bids", N_("当众打开标书"), CONVENER, SECRETARY, OPERATOR)
QUALIFY_BID = permission("qualify_bid", N_("审查投标人的资格"), CONVENER, SECRETARY, CLERK)
APPOINT_PANEL = permission("appoint_panel", N_("组成评审小组"), CONVENER, SECRETARY)
DECLARE_CONFLICT = permission(
    "declare_conflict", N_("申报自己的利害关系"), EVALUATOR, MEMBER, CONVENER, SECRETARY, CLERK
)
SCORE_BID = permission("score_bid", N_("给标书评分"), EVALUATOR, MEMBER, CONVENER, SECRETARY, CLERK)
RANK_BIDS = permission("rank_bids", N_("汇总评委的评分"), CONVENER, SECRETARY)
DECIDE_AWARD = permission("decide_award", N_("定下中标人"), CONVENER, SECRETARY, OPERATOR)
PUBLISH_AWARD = permission("publish_award", N_("公布中标结果"), CONVENER, SECRETARY)
SIGN_CONTRACT = permission("sign_contract", N_("签采购合同"), CONVENER, SECRETARY)
COMPLETE_MILESTONE = permission("complete_milestone", N_("验收合同节点"), CONVENER, SECRETARY, CLERK)
