"""What kind of case a file holds, and its outcome."""

from app.core.words import N_
from app.voting.rules.case.council import CouncilCase, decide_council, read_council
from app.voting.rules.case.owners import OwnersCase, decide_owners, read_owners
from app.voting.rules.case.reading import Keyed, Malformed, one_of, read_json
from app.voting.rules.outcome import Outcome
from app.voting.rules.presets import Law
from app.voting.rules.terms import COUNCIL, OWNERS

Case = OwnersCase | CouncilCase


def read_case(data: bytes) -> Case:
    """A case as its file tells it. Raises Malformed with the path of the first fault, `$` where the file is no JSON."""
    case = read_json(data)
    if not isinstance(case, Keyed):
        raise Malformed("$", N_("文件里应当是一个对象。"))
    if "kind" not in case:
        raise Malformed("kind", N_("缺少这一项。"))
    if case.twice == "kind":
        raise Malformed("kind", N_("这一项写了两次。"))
    kind = one_of(case["kind"], "kind", (OWNERS, COUNCIL))
    return read_owners(case) if kind == OWNERS else read_council(case)


def decide(case: Case, law: Law) -> Outcome:
    """The outcome of a case by the rules engine alone. Raises LawGap where no law is in force on its day."""
    return decide_owners(case, law) if isinstance(case, OwnersCase) else decide_council(case, law)
