"""Who may open, vote in and close a poll. Whether one stands on the roll is the rule's question, not the role's."""

from app.core.permissions import ACCOUNT, ANYONE, AUDITOR, CLERK, CONVENER, OPERATOR, OWNER, SECRETARY, permission
from app.core.words import N_

OPEN_POLL = permission("open_poll", N_("开启表决"), CONVENER, SECRETARY, OPERATOR)
CAST_BALLOT = permission("cast_ballot", N_("投票"), ACCOUNT, OWNER)
CLOSE_POLL = permission("close_poll", N_("宣布表决截止"), CONVENER, SECRETARY, OPERATOR)
ANNUL_POLL = permission("annul_poll", N_("撤销投票"), CONVENER, OPERATOR)
PRINT_PAPERS = permission("print_papers", N_("印制选票"), SECRETARY, OPERATOR)
USE_PAPER_CODE = permission("use_paper_code", N_("凭选票码投票"), ANYONE)
RECEIVE_BALLOT = permission("receive_ballot", N_("在服务台收票、登记委托"), CLERK, SECRETARY)
READ_BALLOT = permission("read_ballot", N_("录入收到的票"), CLERK, SECRETARY)
SETTLE_BALLOT = permission("settle_ballot", N_("裁定两次录入不一致的票"), SECRETARY, CONVENER)
UNDO_REFUSAL = permission("undo_refusal", N_("更正错误的拒收"), CLERK, SECRETARY, CONVENER)
SEE_DESK = permission("see_desk", N_("看收票的进度"), CLERK, SECRETARY, CONVENER, AUDITOR)
READ_CHOICES = permission("read_choices", N_("看公开投票中各户怎么投"), OWNER, AUDITOR)
SEE_SCAN = permission("see_scan", N_("看选票和委托书的扫描件"), CLERK, SECRETARY, CONVENER)
EXPORT_VOTES = permission("export_votes", N_("导出业主表决的逐户清单"), SECRETARY, OPERATOR, AUDITOR)
