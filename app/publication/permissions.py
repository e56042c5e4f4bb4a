"""Who may post, take down, enter service, and read whom it reached."""

from app.core.permissions import AUDITOR, CLERK, CONVENER, MEMBER, OPERATOR, SECRETARY, permission
from app.core.words import N_

PUBLISH_POSTING = permission("publish_posting", N_("发布公示"), SECRETARY, CONVENER, OPERATOR)
WITHDRAW_POSTING = permission("withdraw_posting", N_("说明理由，撤下公示"), SECRETARY, CONVENER, OPERATOR)
RECORD_SERVICE = permission("record_service", N_("登记公示的送达"), SECRETARY, CONVENER, CLERK, OPERATOR)
READ_SERVICE = permission("read_service", N_("看哪些户已经送达"), SECRETARY, CONVENER, CLERK, MEMBER, AUDITOR, OPERATOR)
