"""Who may witness the record. For which party somebody speaks is the rule's question, not the role's."""

from app.core.permissions import MEMBER, permission
from app.core.words import N_

WITNESS_LOG = permission("witness_log", N_("代表一方见证账本"), MEMBER)
