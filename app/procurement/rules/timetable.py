"""From the notice to the contract: every term of a tender, counted as the law counts."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.core.values import Refusal
from app.core.words import N_
from app.core.workdays import Term, days_before
from app.procurement.rules.basis import Basis, Finding, finding
from app.procurement.rules.terms import TenderTerms


@dataclass(frozen=True, slots=True)
class Opening:
    """The earliest lawful days of a notice issued on a day: how long it stands, when bids may close."""

    notice: Term | None
    documents: Term | None
    deadline: Term


@dataclass(frozen=True, slots=True)
class Closing:
    """The latest lawful days after the evaluation; `challenge` is the last day on which the result may be challenged."""

    report: Term
    decide: Term
    publish: Term
    result_notice: Term
    challenge: Term
    sign: Term
    publish_contract: Term
    file_contract: Term


def earliest_days(method: str, issued_on: date, basis: Basis) -> Opening:
    """Not less than twenty days for an open tender, ten for a consultation; five working days for the documents.

    Source: 政府采购法 35, 87号令 16 and 18, 214号 10, 74号令 29, 38 and 45. Raises LawGap for an unknown method.
    """
    notice = basis.find(f"{method}.notice_workdays")
    documents = basis.find(f"{method}.documents_workdays")
    days = basis.find(f"{method}.response_days")
    count = basis.workdays.after_workdays
    if days is not None:
        deadline = basis.workdays.after_days(issued_on, days.whole)
    else:
        workdays = basis.find(f"{method}.response_workdays") or basis.row(f"{method}.notice_workdays")
        deadline = count(issued_on, workdays.whole)
    return Opening(
        count(issued_on, notice.whole) if notice else None,
        count(issued_on, documents.whole) if documents else None,
        deadline,
    )


def timetable_findings(terms: TenderTerms, basis: Basis) -> list[Finding]:
    """What in the days of a tender is shorter than the law."""
    if terms.issued_on is None:
        return []
    least = earliest_days(terms.method, terms.issued_on, basis)
    found: list[Finding] = []
    if terms.deadline is not None and terms.deadline < least.deadline.last:
        key = next(
            name
            for name in ("response_days", "response_workdays", "notice_workdays")
            if basis.find(f"{terms.method}.{name}")
        )
        row = basis.row(f"{terms.method}.{key}")
        sentence = (
            N_("从发公告到截止不能少于%(days)s天，最早%(day)s截止。")
            if key == "response_days"
            else N_("从发公告到截止不能少于%(days)s个工作日，最早%(day)s截止。")
        )
        found.append(finding("response-too-short", row, "deadline", sentence, days=row.whole, day=least.deadline.last))
    for name, given, needed, sentence in (
        ("notice", terms.notice_until, least.notice, N_("公告期不能少于%(days)s个工作日，最早到%(day)s。")),
        (
            "documents",
            terms.documents_until,
            least.documents,
            N_("领取文件的时间不能少于%(days)s个工作日，最早到%(day)s。"),
        ),
    ):
        if given is not None and needed is not None and given < needed.last:
            row = basis.row(f"{terms.method}.{name}_workdays")
            where = f"{name}_until"
            found.append(finding(f"{name}-too-short", row, where, sentence, days=row.whole, day=needed.last))
    return found


def clarify_by(method: str, deadline: date, basis: Basis) -> date | None:
    """The last day on which a clarification leaves the deadline where it is: counted back, not moved (87号令 27)."""
    row = basis.find(f"{method}.clarification_days")
    return days_before(deadline, row.whole) if row else None


def deadline_after_clarification(method: str, deadline: date, answered_on: date, basis: Basis) -> Term:
    """An answer that affects the bids and comes late moves the deadline, so that the full term remains (87号令 27)."""
    row = basis.find(f"{method}.clarification_days")
    if row is None or answered_on <= days_before(deadline, row.whole):
        return Term(deadline, basis.workdays.provisional(deadline, deadline))
    return basis.workdays.after_days(answered_on, row.whole)


def answer_by(asked_on: date, basis: Basis) -> Term:
    """A question is answered within three working days (条例 52)."""
    return basis.workdays.after_workdays(asked_on, basis.row("question_workdays").whole)


def deadline_to_decide(reported_on: date, basis: Basis) -> Term:
    """The buyer decides within five working days; silence means the first rank (87号令 68)."""
    return basis.workdays.after_workdays(reported_on, basis.row("decide_workdays").whole)


def after_evaluation(evaluated_on: date, basis: Basis) -> Closing:
    """The latest days, each step at its last moment: report 2, decide 5, publish 2, notice 1, challenge 7, sign 30."""
    report = basis.workdays.after_workdays(evaluated_on, basis.row("report_workdays").whole)
    decide = deadline_to_decide(report.last, basis)
    publish = publish_by(decide.last, basis)
    result_notice, challenge, sign = after_publication(publish.last, basis)
    count = basis.workdays.after_workdays
    return Closing(
        report,
        decide,
        publish,
        result_notice,
        challenge,
        sign,
        count(sign.last, basis.row("publish_contract_workdays").whole),
        count(sign.last, basis.row("file_contract_workdays").whole),
    )


def publish_by(decided_on: date, basis: Basis) -> Term:
    """The result is published within two working days of the decision (87号令 69)."""
    return basis.workdays.after_workdays(decided_on, basis.row("publish_workdays").whole)


def after_publication(published_on: date, basis: Basis) -> tuple[Term, Term, Term]:
    """The result stands one working day; challenges within seven working days of its end; signed within thirty days.

    Source: 87号令 69, 94号令 10, 政府采购法 46. The term to sign is counted from the award letter, sent with the notice;
    here it does not move to a later working day, since it is a latest day.
    """
    notice = basis.workdays.after_workdays(published_on, basis.row("result_notice_workdays").whole)
    challenge = basis.workdays.after_workdays(notice.last, basis.row("challenge_workdays").whole)
    last = published_on + timedelta(days=basis.row("sign_days").whole)
    return notice, challenge, Term(last, basis.workdays.provisional(published_on, last))


def signing_refusal(today: date, challenge_until: date, basis: Basis) -> Refusal | None:
    """A contract is signed after the last day for challenges, since one might change the result (94号令 10, 13)."""
    if today > challenge_until:
        return None
    row = basis.row("challenge_workdays")
    return Refusal(N_("质疑期到%(day)s为止，过了这一天才能签合同。"), {"day": challenge_until}, row.article)


def signing_findings(today: date, sign_until: date, basis: Basis) -> list[Finding]:
    """A contract signed later than thirty days after the award letter is valid, and its lateness is on record."""
    if today <= sign_until:
        return []
    row = basis.row("sign_days")
    sentence = N_("合同应当在中标通知书发出后%(days)s天内签订，最迟%(day)s，现在已经过了。")
    return [finding("signed-late", row, "signed_on", sentence, days=row.whole, day=sign_until)]
