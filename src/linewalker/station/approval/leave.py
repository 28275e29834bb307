"""Leave to do what was proposed: how it is given, and whether it counts when something is to be started.

Whoever gives it (a terminal, the console, a button wired to the station) calls `approve` or `reject`. Whoever wants to
start something has `objection` look at it. Nothing else gives leave.
"""

from __future__ import annotations

from dataclasses import dataclass

from linewalker.brain.language.interpretation import Because
from linewalker.inspection.title import Title
from linewalker.station.approval.operator_key import OperatorKey
from linewalker.station.approval.proposal import Filed, ProposalState
from linewalker.station.approval.proposal_book import ProposalBook

NO_SUCH_PROPOSAL = Because(
    code="no_such_proposal",
    title=Title(zh="没有这个提案；请先提出", en="there is no such proposal; propose it first"),
)
_ALTERED = Because(
    code="altered",
    title=Title(
        zh="记录中的计划与其编号不符：已被改动，不执行",
        en="what is on record is not what its id was made of: it was altered",
    ),
)
_EXPIRED = Because(
    code="expired",
    title=Title(zh="提案已过期；请重新提出", en="the proposal has expired; propose it again"),
)
_UNSIGNED = Because(
    code="not_signed",
    title=Title(
        zh="批准没有操作员密钥的签名，不算批准", en="the approval is not signed with the operator's key, so it is none"
    ),
)
_IN_STATE = {
    ProposalState.PROPOSED: Because(
        code="not_approved",
        title=Title(
            zh="操作员尚未批准；请操作员运行 linewalker approve",
            en="no operator has approved it; have an operator run linewalker approve",
        ),
    ),
    ProposalState.REJECTED: Because(code="rejected", title=Title(zh="操作员已拒绝", en="the operator said no")),
    ProposalState.EXPIRED: _EXPIRED,
    ProposalState.CANCELLED: Because(code="cancelled", title=Title(zh="已取消", en="it was cancelled")),
    **dict.fromkeys(
        (ProposalState.STARTED, ProposalState.DONE, ProposalState.FAILED),
        Because(
            code="already_started",
            title=Title(
                zh="已经启动过；每个提案只执行一次", en="it was started before; a proposal is carried out once"
            ),
        ),
    ),
}
_OTHER_ROBOT = Because(
    code="other_robot",
    title=Title(zh="批准的是另一台机器人", en="it was approved for another robot"),
)
_OTHER_PLAN = Because(
    code="plan_changed",
    title=Title(zh="检测计划在批准后已改动；请重新提出", en="the inspection plan has changed since; propose it again"),
)


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What has to be as it was when leave was asked for.

    Attributes:
        robot, plan_fingerprint: of the station, as `Proposal` has them.
        now_s: seconds since 1970.
        key: the operator's, if there is one.
    """

    robot: str
    plan_fingerprint: str
    now_s: float
    key: OperatorKey | None = None


def objection(filed: Filed, now: Circumstances) -> Because | None:
    """Why a proposal may not be started; None if it may."""
    if filed.altered:
        return _ALTERED
    if filed.state is not ProposalState.APPROVED:
        return _IN_STATE[filed.state]
    if now.now_s >= filed.proposal.expires_s:
        return _EXPIRED
    if now.key is not None and not now.key.verifies(filed.proposal.digest, filed.signature):
        return _UNSIGNED
    if filed.proposal.robot != now.robot:
        return _OTHER_ROBOT
    return None if filed.proposal.plan_fingerprint == now.plan_fingerprint else _OTHER_PLAN


def approve(
    book: ProposalBook, proposal_id: str, *, by: str, now_s: float, key: OperatorKey | None, passphrase: str = ""
) -> Because | None:
    """Give leave, as an operator.

    Args:
        by: who gives it, and where: ``ana at the terminal``.
        key: the operator's, if there is one; then the passphrase is needed.

    Returns:
        Why it came to nothing; None if it is approved.

    Raises:
        InputError: the passphrase is wrong.
    """
    filed = book.find(proposal_id)
    if filed is None:
        return NO_SUCH_PROPOSAL
    if filed.altered:
        return _ALTERED
    if filed.state is ProposalState.PROPOSED and now_s >= filed.proposal.expires_s:
        book.advance(filed.id, ProposalState.EXPIRED, because=_EXPIRED)
        return _EXPIRED
    signature = "" if key is None else key.sign(passphrase, filed.proposal.digest)
    if book.advance(filed.id, ProposalState.APPROVED, by=by, signature=signature):
        return None
    state = (book.find(proposal_id) or filed).state
    approved = Because(code="already_approved", title=Title(zh="已经批准过", en="it is approved already"))
    return approved if state is ProposalState.APPROVED else _IN_STATE[state]


def reject(book: ProposalBook, proposal_id: str, *, by: str) -> Because | None:
    """Say no, as an operator; also to what was approved, as long as nobody has started it."""
    filed = book.find(proposal_id)
    if filed is None:
        return NO_SUCH_PROPOSAL
    because = _IN_STATE[ProposalState.REJECTED]
    if book.advance(proposal_id, ProposalState.REJECTED, by=by, because=because):
        return None
    return _IN_STATE[(book.find(proposal_id) or filed).state]
