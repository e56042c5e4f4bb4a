"""What can be done with a poll.

For the floors above: `announce_poll` tells question, terms and window before there is a roll, and `freeze_roll` opens it;
`open_poll` does both at once. A question is put to a roll under terms (`rules.council_terms`, `owners_terms`,
`residents_terms`), `close_poll` ends a vote of the meeting, `declare_outcome` freezes the answer and records
`OutcomeDeclared(community_id, poll_id, number, outcome, answer)`, to which a crossing may react. What a seat may cast is
`Entry(key=seat code, label, group=party, voters=(Ref("seat", id),), present=…, recused=…)`.
"""

from app.voting.actions.annulling import annul_poll
from app.voting.actions.casting import cast_ballot
from app.voting.actions.closing import close_poll, declare_due, declare_outcome, draw_due_lots, draw_lot
from app.voting.actions.desk import receive_intake, void_intake
from app.voting.actions.exporting import export_votes
from app.voting.actions.importing import Imported, Progress, import_poll, quietly
from app.voting.actions.mandates import register_mandate, revoke_mandate
from app.voting.actions.opening import announce_poll, freeze_roll, open_poll
from app.voting.actions.papers import issue_papers, reissue_paper
from app.voting.actions.printing import (
    PRINT_JOB,
    begin_print,
    finish_print,
    forget_prints,
    note_print,
    note_printing,
    refuse_print,
    resume_prints,
)
from app.voting.actions.reading import read_intake, settle_intake, withdraw_reading
from app.voting.actions.receiving import Receipt
from app.voting.actions.refusing import correct_refusal, receive_refused, refuse_ballot, withdraw_refusal
from app.voting.actions.weighing import weigh_proxy_ballot

__all__ = [
    "PRINT_JOB",
    "Imported",
    "Progress",
    "Receipt",
    "announce_poll",
    "annul_poll",
    "begin_print",
    "cast_ballot",
    "close_poll",
    "correct_refusal",
    "declare_due",
    "declare_outcome",
    "draw_due_lots",
    "draw_lot",
    "export_votes",
    "finish_print",
    "forget_prints",
    "freeze_roll",
    "import_poll",
    "issue_papers",
    "note_print",
    "note_printing",
    "open_poll",
    "quietly",
    "read_intake",
    "receive_intake",
    "receive_refused",
    "refuse_ballot",
    "refuse_print",
    "register_mandate",
    "reissue_paper",
    "resume_prints",
    "revoke_mandate",
    "settle_intake",
    "void_intake",
    "weigh_proxy_ballot",
    "withdraw_reading",
    "withdraw_refusal",
]
