"""Who may attach files on their own account, and who may take any away."""

from app.core.permissions import CLERK, CONVENER, OPERATOR, SECRETARY, permission
from app.core.words import N_

ATTACH_FILE = permission("attach_file", N_("添加附件"), CONVENER, SECRETARY, CLERK, OPERATOR)
REMOVE_ATTACHMENT = permission("remove_attachment", N_("删去附件"), SECRETARY, CLERK, OPERATOR)
