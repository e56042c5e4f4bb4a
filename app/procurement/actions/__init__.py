"""What may be done: grant, draft, publish, ask, answer, bid, open, appoint, score, rank, award, sign, accept."""

from app.procurement.actions.asking import answer_question, ask_question
from app.procurement.actions.awarding import (
    complete_milestone,
    decide_award,
    decide_by_silence,
    publish_award,
    sign_contract,
)
from app.procurement.actions.bidding import bidding_refusal, submit_bid, withdraw_bid
from app.procurement.actions.evaluating import (
    appoint_panel,
    declare_conflict,
    panel_change_refusal,
    rank_bids,
    score_bid,
    scoring_refusal,
    submit_scores,
)
from app.procurement.actions.opening import open_bids, open_due_bids, qualify_bid
from app.procurement.actions.sealing import Address, Offer, bound, seal, unseal
from app.procurement.actions.tendering import (
    Replayed,
    TenderDraft,
    draft_findings,
    draft_tender,
    grant_mandate,
    publish_tender,
    replay_tender,
    revise_tender,
    withdraw_mandate,
)

__all__ = [
    "Address",
    "Offer",
    "Replayed",
    "TenderDraft",
    "answer_question",
    "appoint_panel",
    "ask_question",
    "bidding_refusal",
    "bound",
    "complete_milestone",
    "decide_award",
    "decide_by_silence",
    "declare_conflict",
    "draft_findings",
    "draft_tender",
    "grant_mandate",
    "open_bids",
    "open_due_bids",
    "panel_change_refusal",
    "publish_award",
    "publish_tender",
    "qualify_bid",
    "rank_bids",
    "replay_tender",
    "revise_tender",
    "score_bid",
    "scoring_refusal",
    "seal",
    "sign_contract",
    "submit_bid",
    "submit_scores",
    "unseal",
    "withdraw_bid",
    "withdraw_mandate",
]
