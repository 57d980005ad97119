# Generated from Protocol/ by `swift run generate`; do not edit.
"""The methods of the contract."""

from __future__ import annotations

from typing import Any, Callable, Dict, Optional, Sequence

from ..family import Family
from .types import *  # noqa: F403


class AuditMethods(Family):
    """Methods of audit."""

    def verify(
        self,
        *,
        from_: Optional[int] = None,
        to: Optional[int] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> AuditVerifyResult:
        """Check the chain of the event log.

        Recomputes every digest in the range. Without a range it also compares the kept bytes of
        every notification with its digest and with what the log says of it, every signed run with
        the digest that was signed, and the kept sums of the ledger with the log.
        """
        result: AuditVerifyResult = self._call(
            "audit.verify",
            {
                "from": from_,
                "to": to,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result


class BatchMethods(Family):
    """Methods of batch."""

    def run(
        self,
        *,
        calls: Sequence[BatchCall],
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> BatchRunResult:
        """Several writes, all or none.

        The calls run in order in one transaction. One refusal undoes all. Only methods marked
        batch; no common members within a call.
        """
        result: BatchRunResult = self._call(
            "batch.run",
            {
                "calls": calls,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result


class CaseMethods(Family):
    """Methods of case."""

    def assign(
        self,
        case: str,
        owner: str,
        *,
        due: Optional[int] = None,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> CaseAssignResult:
        """Give a case to somebody.

        Whoever was the owner before is not any more.
        """
        result: CaseAssignResult = self._call(
            "case.assign",
            {
                "case": case,
                "owner": owner,
                "due": due,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def close(
        self,
        case: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> CaseCloseResult:
        """Put a resolved case away.

        Only when every discrepancy that it is about is decided, or waits for a day. Marks on its
        orders that nothing but a person's look ends are cleared: by kind refund_returned its own;
        by refund those of refunds that failed, came back, were made outside or contradict
        themselves; by excess a second charge; by dispute those of odd disputes; by gateway and
        other contradictions, unknown statuses and foreign transactions.
        """
        result: CaseCloseResult = self._call(
            "case.close",
            {
                "case": case,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def confirm(
        self,
        case: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> CaseConfirmResult:
        """Agree to the cause that another operator named.

        Never the same person.
        """
        result: CaseConfirmResult = self._call(
            "case.confirm",
            {
                "case": case,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def get(
        self,
        case: str,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> CaseGetResult:
        """One case.

        With what people wrote into it; evidence that is no text is read with case.paper.
        """
        result: CaseGetResult = self._call(
            "case.get",
            {
                "case": case,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def link(
        self,
        case: str,
        links: Sequence[str],
        *,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> CaseLinkResult:
        """Say what else a case is about.

        What is linked already stays as it is.
        """
        result: CaseLinkResult = self._call(
            "case.link",
            {
                "case": case,
                "links": links,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def list(
        self,
        *,
        live: Optional[bool] = None,
        state: Optional[CaseState] = None,
        escalated: Optional[bool] = None,
        kind: Optional[CaseKind] = None,
        severity: Optional[CaseSeverity] = None,
        owner: Optional[str] = None,
        cause: Optional[CauseCode] = None,
        about: Optional[str] = None,
        limit: Optional[int] = None,
        page: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> CaseListResult:
        """Cases.

        All filters must hold. Newest first.
        """
        result: CaseListResult = self._call(
            "case.list",
            {
                "live": live,
                "state": state,
                "escalated": escalated,
                "kind": kind,
                "severity": severity,
                "owner": owner,
                "cause": cause,
                "about": about,
                "limit": limit,
                "page": page,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def note(
        self,
        case: str,
        *,
        text: Optional[str] = None,
        content_base64: Optional[str] = None,
        name: Optional[str] = None,
        media_type: Optional[str] = None,
        waiting_for: Optional[CaseWait] = None,
        due: Optional[int] = None,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> CaseNoteResult:
        """Write into a case, or add evidence.

        Kept sealed, with its digest in the log. Give text for text or content_base64 for any bytes,
        not both. waiting_for says whom the work waits for from now on.
        """
        result: CaseNoteResult = self._call(
            "case.note",
            {
                "case": case,
                "text": text,
                "content_base64": content_base64,
                "name": name,
                "media_type": media_type,
                "waiting_for": waiting_for,
                "due": due,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def open(
        self,
        kind: CaseKind,
        *,
        severity: Optional[CaseSeverity] = None,
        links: Optional[Sequence[str]] = None,
        text: Optional[str] = None,
        owner: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> CaseOpenResult:
        """Open a case: work for people.

        Somebody must take it up within two hours. What it is about is linked; the order of a
        payment, refund or dispute is linked with it. Cases also open by themselves: for differences
        that one person may not decide, for excess money, for a refund that came back, for a payment
        without an answer for a day.
        """
        result: CaseOpenResult = self._call(
            "case.open",
            {
                "kind": kind,
                "severity": severity,
                "links": links,
                "text": text,
                "owner": owner,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def paper(
        self,
        case: str,
        paper: str,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> CasePaperResult:
        """A note or a piece of evidence of a case.

        The bytes that were given.
        """
        result: CasePaperResult = self._call(
            "case.paper",
            {
                "case": case,
                "paper": paper,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def reopen(
        self,
        case: str,
        *,
        text: str,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> CaseReopenResult:
        """Take a case up again.

        Also how a second person turns down the cause that the first one named.
        """
        result: CaseReopenResult = self._call(
            "case.reopen",
            {
                "case": case,
                "text": text,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def resolve(
        self,
        case: str,
        cause: CauseCode,
        *,
        text: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> CaseResolveResult:
        """Name the cause: the work is done.

        Of a case on which much hangs a second operator must agree; then the first needs a token as
        well.
        """
        result: CaseResolveResult = self._call(
            "case.resolve",
            {
                "case": case,
                "cause": cause,
                "text": text,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result


class DeliveryMethods(Family):
    """Methods of delivery."""

    def claim(
        self,
        order: str,
        *,
        line: Optional[int] = None,
        lease_ms: Optional[int] = None,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> DeliveryClaimResult:
        """Take an order line to hand it out.

        Exactly one caller gets a claim for a line, ever; an order of several lines takes a claim
        for each, as each has its delivery.pending. The same key returns the same claim. A lease
        that ends without complete, fail or release makes the delivery failed, never pending: nobody
        knows whether something was handed out.
        """
        result: DeliveryClaimResult = self._call(
            "delivery.claim",
            {
                "order": order,
                "line": line,
                "lease_ms": lease_ms,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def complete(
        self,
        claim: str,
        *,
        reference: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> DeliveryCompleteResult:
        """Say that a claimed line was handed out.

        Safe to repeat.
        """
        result: DeliveryCompleteResult = self._call(
            "delivery.complete",
            {
                "claim": claim,
                "reference": reference,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def fail(
        self,
        claim: str,
        *,
        reason: str,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> DeliveryFailResult:
        """Say that a claimed line could not be handed out.

        A person decides what next.
        """
        result: DeliveryFailResult = self._call(
            "delivery.fail",
            {
                "claim": claim,
                "reason": reason,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def hold(
        self,
        order: str,
        *,
        reason: str,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> DeliveryHoldResult:
        """Hold the delivery of an order.

        Nothing of it can be claimed until delivery.unhold.
        """
        result: DeliveryHoldResult = self._call(
            "delivery.hold",
            {
                "order": order,
                "reason": reason,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def list(
        self,
        *,
        order: Optional[str] = None,
        state: Optional[DeliveryState] = None,
        limit: Optional[int] = None,
        page: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> DeliveryListResult:
        """Deliveries by order or state.

        All filters must hold. Oldest first: what has waited longest stands on top.
        """
        result: DeliveryListResult = self._call(
            "delivery.list",
            {
                "order": order,
                "state": state,
                "limit": limit,
                "page": page,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def release(
        self,
        claim: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> DeliveryReleaseResult:
        """Give a claim back.

        The worker says that nothing was handed out; the line may be claimed again.
        """
        result: DeliveryReleaseResult = self._call(
            "delivery.release",
            {
                "claim": claim,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def retry(
        self,
        order: str,
        *,
        reason: str,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> DeliveryRetryResult:
        """Open a failed delivery again.

        Support says that nothing was handed out.
        """
        result: DeliveryRetryResult = self._call(
            "delivery.retry",
            {
                "order": order,
                "reason": reason,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def revoke(
        self,
        order: str,
        *,
        reason: str,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> DeliveryRevokeResult:
        """Take back what was handed out.

        After delivered; for goods that can be made worthless.
        """
        result: DeliveryRevokeResult = self._call(
            "delivery.revoke",
            {
                "order": order,
                "reason": reason,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def unhold(
        self,
        order: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> DeliveryUnholdResult:
        """Let a held delivery go.

        Ends delivery.hold. Goods whose money is known by a weak word alone stay held: order.accept
        lets them go.
        """
        result: DeliveryUnholdResult = self._call(
            "delivery.unhold",
            {
                "order": order,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result


class DiscrepancyMethods(Family):
    """Methods of discrepancy."""

    def confirm(
        self,
        discrepancy: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> DiscrepancyConfirmResult:
        """Agree to a proposed decision.

        By another operator than the one who proposed it, or by any where a rule did. Then it takes
        effect.
        """
        result: DiscrepancyConfirmResult = self._call(
            "discrepancy.confirm",
            {
                "discrepancy": discrepancy,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def get(
        self,
        discrepancy: str,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> DiscrepancyGetResult:
        """One discrepancy.

        With both sides, the likely cause and what is done about it.
        """
        result: DiscrepancyGetResult = self._call(
            "discrepancy.get",
            {
                "discrepancy": discrepancy,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def list(
        self,
        *,
        run: Optional[str] = None,
        gateway: Optional[str] = None,
        kind: Optional[DiscrepancyKind] = None,
        state: Optional[DiscrepancyState] = None,
        order: Optional[str] = None,
        limit: Optional[int] = None,
        page: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> DiscrepancyListResult:
        """Discrepancies.

        All filters must hold. Newest first.
        """
        result: DiscrepancyListResult = self._call(
            "discrepancy.list",
            {
                "run": run,
                "gateway": gateway,
                "kind": kind,
                "state": state,
                "order": order,
                "limit": limit,
                "page": page,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def propose(
        self,
        discrepancy: str,
        verb: AdjudicationVerb,
        *,
        reason: str,
        until: Optional[int] = None,
        partner: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> DiscrepancyProposeResult:
        """Decide a difference, or propose how.

        One person decides a small one at once; a large one, and whatever tells a final payment
        otherwise, waits until another operator confirms, and takes a token already here. No verb
        changes a fact: each is an event with its entries in the books.
        """
        result: DiscrepancyProposeResult = self._call(
            "discrepancy.propose",
            {
                "discrepancy": discrepancy,
                "verb": verb,
                "reason": reason,
                "until": until,
                "partner": partner,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def reject(
        self,
        discrepancy: str,
        *,
        reason: str,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> DiscrepancyRejectResult:
        """Turn a proposed decision down.

        The difference is open again.
        """
        result: DiscrepancyRejectResult = self._call(
            "discrepancy.reject",
            {
                "discrepancy": discrepancy,
                "reason": reason,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def summary(
        self,
        *,
        gateway: Optional[str] = None,
        days: Optional[int] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> DiscrepancySummaryResult:
        """What lies on the desk, how old it is, and what keeps coming back.

        Undecided discrepancies by kind, those at which most is at stake first; by age; and of the
        last days what was opened, what the machine ended, what people decided in time, and the
        causes of resolved cases, most frequent first.
        """
        result: DiscrepancySummaryResult = self._call(
            "discrepancy.summary",
            {
                "gateway": gateway,
                "days": days,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def undo(
        self,
        discrepancy: str,
        *,
        reason: str,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> DiscrepancyUndoResult:
        """Take a decision of people back.

        What it posted is posted the other way; nothing is erased, and the difference is open again.
        """
        result: DiscrepancyUndoResult = self._call(
            "discrepancy.undo",
            {
                "discrepancy": discrepancy,
                "reason": reason,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result


class DisputeMethods(Family):
    """Methods of dispute."""

    def attach(
        self,
        dispute: str,
        kind: DisputeEvidence,
        *,
        name: Optional[str] = None,
        media_type: Optional[str] = None,
        text: Optional[str] = None,
        content_base64: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> DisputeAttachResult:
        """Attach what supports the shop's side of a dispute.

        Kept sealed, with its digest in the log; nothing is sent to the gateway. Give text for text
        or content_base64 for any bytes, not both. The same content of the same kind again changes
        nothing.
        """
        result: DisputeAttachResult = self._call(
            "dispute.attach",
            {
                "dispute": dispute,
                "kind": kind,
                "name": name,
                "media_type": media_type,
                "text": text,
                "content_base64": content_base64,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def attachment(
        self,
        dispute: str,
        attachment: str,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> DisputeAttachmentResult:
        """The content of one attachment.

        The bytes that were attached.
        """
        result: DisputeAttachmentResult = self._call(
            "dispute.attachment",
            {
                "dispute": dispute,
                "attachment": attachment,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def get(
        self,
        dispute: str,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> DisputeGetResult:
        """One dispute.

        By id. The content of attachments is read with dispute.attachment.
        """
        result: DisputeGetResult = self._call(
            "dispute.get",
            {
                "dispute": dispute,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def list(
        self,
        *,
        order: Optional[str] = None,
        payment: Optional[str] = None,
        gateway: Optional[str] = None,
        state: Optional[DisputeStatus] = None,
        open: Optional[bool] = None,
        due_before: Optional[int] = None,
        limit: Optional[int] = None,
        page: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> DisputeListResult:
        """Disputes by order, payment, gateway, state or due date.

        All filters must hold. Newest first.
        """
        result: DisputeListResult = self._call(
            "dispute.list",
            {
                "order": order,
                "payment": payment,
                "gateway": gateway,
                "state": state,
                "open": open,
                "due_before": due_before,
                "limit": limit,
                "page": page,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def query(
        self,
        dispute: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> DisputeQueryResult:
        """Ask the gateway about a dispute now.

        Joins a query in flight; at most once in two seconds.
        """
        result: DisputeQueryResult = self._call(
            "dispute.query",
            {
                "dispute": dispute,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result


class EventsMethods(Family):
    """Methods of events."""

    def ack(
        self,
        consumer: str,
        cursor: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> EventsAckResult:
        """Move a named consumer forward.

        At least once: what is not acked comes again. An ack never moves back; an older one changes
        nothing.
        """
        result: EventsAckResult = self._call(
            "events.ack",
            {
                "consumer": consumer,
                "cursor": cursor,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def read(
        self,
        *,
        after: str,
        types: Optional[Sequence[str]] = None,
        order: Optional[str] = None,
        limit: Optional[int] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> EventsReadResult:
        """Events after a position.

        Ordered and complete within the filter. The result's cursor is where to go on.
        """
        result: EventsReadResult = self._call(
            "events.read",
            {
                "after": after,
                "types": types,
                "order": order,
                "limit": limit,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def wait(
        self,
        *,
        after: Optional[str] = None,
        consumer: Optional[str] = None,
        types: Optional[Sequence[str]] = None,
        order: Optional[str] = None,
        limit: Optional[int] = None,
        wait_ms: Optional[int] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> EventsWaitResult:
        """Events after a position, waiting for the first.

        A long poll for callers without a stream. timed_out is a normal result. With consumer the
        daemon keeps the position: process, then events.ack.
        """
        result: EventsWaitResult = self._call(
            "events.wait",
            {
                "after": after,
                "consumer": consumer,
                "types": types,
                "order": order,
                "limit": limit,
                "wait_ms": wait_ms,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result


class GatewayMethods(Family):
    """Methods of gateway."""

    def check(
        self,
        gateway: str,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> GatewayCheckResult:
        """Make one harmless signed call and say what is wrong.

        Looks at address, certificate, keys, clock and rights, and whether notifications have come
        at all.
        """
        result: GatewayCheckResult = self._call(
            "gateway.check",
            {
                "gateway": gateway,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def health(
        self,
        *,
        gateway: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> GatewayHealthResult:
        """How gateways do, and how many callbacks are lost.

        A success first learnt by query, although a callback was due, counts as lost.
        """
        result: GatewayHealthResult = self._call(
            "gateway.health",
            {
                "gateway": gateway,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def list(
        self,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> GatewayListResult:
        """Configured gateways.

        What each can do and whether it takes payments now.
        """
        result: GatewayListResult = self._call(
            "gateway.list",
            {
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def pause(
        self,
        gateway: str,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> GatewayPauseResult:
        """Make no new payments at a gateway.

        Queries, closes and refunds go on.
        """
        result: GatewayPauseResult = self._call(
            "gateway.pause",
            {
                "gateway": gateway,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def resume(
        self,
        gateway: str,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> GatewayResumeResult:
        """Make payments at a gateway again.

        Ends gateway.pause and closes the circuit.
        """
        result: GatewayResumeResult = self._call(
            "gateway.resume",
            {
                "gateway": gateway,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result


class HookMethods(Family):
    """Methods of hook."""

    def list(
        self,
        *,
        hook: Optional[str] = None,
        state: Optional[HookState] = None,
        limit: Optional[int] = None,
        page: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> HookListResult:
        """Outgoing hooks and what they still owe.

        With messages the ones not taken are listed.
        """
        result: HookListResult = self._call(
            "hook.list",
            {
                "hook": hook,
                "state": state,
                "limit": limit,
                "page": page,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def retry(
        self,
        message: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> HookRetryResult:
        """Send an outgoing message again.

        One given up, or one waiting for its next try, becomes due now.
        """
        result: HookRetryResult = self._call(
            "hook.retry",
            {
                "message": message,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result


class KeyMethods(Family):
    """Methods of key."""

    def lookup(
        self,
        key: str,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> KeyLookupResult:
        """What became of an idempotency key.

        How a caller settles an unknown outcome: absent means that nothing happened under this key.
        A write is running from the moment its line is taken up, also while it waits for other
        writes or for the disk. Who still wants it after absent sends the same request under the
        same key.
        """
        result: KeyLookupResult = self._call(
            "key.lookup",
            {
                "key": key,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result


class LedgerMethods(Family):
    """Methods of ledger."""

    def balances(
        self,
        *,
        at: Optional[int] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> LedgerBalancesResult:
        """The books: what every account holds.

        A double-entry ledger, made from the event log: sums by hour are kept up to where somebody
        last asked, and the log is read on from there. Each currency stands apart; in each, all
        accounts together hold nothing.
        """
        result: LedgerBalancesResult = self._call(
            "ledger.balances",
            {
                "at": at,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def trace(
        self,
        account: str,
        currency: str,
        *,
        from_at: Optional[int] = None,
        to_at: Optional[int] = None,
        after: Optional[int] = None,
        limit: Optional[int] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> LedgerTraceResult:
        """The entries behind a balance.

        From a figure down to events, orders and their evidence: each entry names its event, and
        what it takes back.
        """
        result: LedgerTraceResult = self._call(
            "ledger.trace",
            {
                "account": account,
                "currency": currency,
                "from_at": from_at,
                "to_at": to_at,
                "after": after,
                "limit": limit,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result


class NotificationMethods(Family):
    """Methods of notification."""

    def get(
        self,
        receipt: str,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> NotificationGetResult:
        """One notification, verbatim.

        The bytes that were received.
        """
        result: NotificationGetResult = self._call(
            "notification.get",
            {
                "receipt": receipt,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def ingest(
        self,
        gateway: str,
        *,
        http_method: Optional[str] = None,
        query: Optional[str] = None,
        headers: Optional[Dict[str, str]] = None,
        body: Optional[str] = None,
        body_base64: Optional[str] = None,
        source_ip: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> NotificationIngestResult:
        """Pass on what a gateway sent.

        The front end hands over method, query, headers and body exactly as received, and answers
        the gateway with exactly ack. The same notification again is noop and safe, so a key is not
        needed. Give body for text or body_base64 for any bytes, not both.
        """
        result: NotificationIngestResult = self._call(
            "notification.ingest",
            {
                "gateway": gateway,
                "http_method": http_method,
                "query": query,
                "headers": headers,
                "body": body,
                "body_base64": body_base64,
                "source_ip": source_ip,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def list(
        self,
        *,
        gateway: Optional[str] = None,
        verdict: Optional[Verdict] = None,
        payment: Optional[str] = None,
        order: Optional[str] = None,
        received_from: Optional[int] = None,
        received_to: Optional[int] = None,
        limit: Optional[int] = None,
        page: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> NotificationListResult:
        """Notifications as they arrived.

        All filters must hold. Newest first.
        """
        result: NotificationListResult = self._call(
            "notification.list",
            {
                "gateway": gateway,
                "verdict": verdict,
                "payment": payment,
                "order": order,
                "received_from": received_from,
                "received_to": received_to,
                "limit": limit,
                "page": page,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def replay(
        self,
        receipt: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> NotificationReplayResult:
        """Judge a notification again.

        For parked ones, and for mismatches after the reason is gone. The bytes are verified again.
        """
        result: NotificationReplayResult = self._call(
            "notification.replay",
            {
                "receipt": receipt,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result


class OrderMethods(Family):
    """Methods of order."""

    def accept(
        self,
        order: str,
        *,
        reason: str,
        version: Optional[int] = None,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> OrderAcceptResult:
        """Accept an order whose money differs from what was asked.

        For orders in review, and for those paid by a weak word alone (flag weak). Two people: the
        first call proposes, the call of another operator confirms. Then what was captured counts as
        what was due, with the flag forced, and goods that waited for it go out.
        """
        result: OrderAcceptResult = self._call(
            "order.accept",
            {
                "order": order,
                "reason": reason,
                "version": version,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def cancel(
        self,
        order: str,
        *,
        reason: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> OrderCancelResult:
        """Cancel an order.

        Open payments go to closing at their gateways; the order is cancelled when none can succeed
        any more. The reply comes before that, with closing true; an event tells the end.
        """
        result: OrderCancelResult = self._call(
            "order.cancel",
            {
                "order": order,
                "reason": reason,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def create(
        self,
        amount: Money,
        *,
        subject: str,
        order_no: Optional[str] = None,
        lines: Optional[Sequence[Line]] = None,
        buyer: Optional[Buyer] = None,
        source: Optional[str] = None,
        expires_in_ms: Optional[int] = None,
        metadata: Optional[Dict[str, Any]] = None,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> OrderCreateResult:
        """Create an order.

        The order_no is the natural key: an order that has it already is returned in the error
        already_exists. The sum of the lines must be the amount.
        """
        result: OrderCreateResult = self._call(
            "order.create",
            {
                "amount": amount,
                "subject": subject,
                "order_no": order_no,
                "lines": lines,
                "buyer": buyer,
                "source": source,
                "expires_in_ms": expires_in_ms,
                "metadata": metadata,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def erase_personal(
        self,
        order: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> OrderErasePersonalResult:
        """Blank the personal data of an order.

        The buyer's members, the bytes of its notifications (body, query, headers and sender), the
        answers of gateways about it and what was attached to its disputes are erased for good;
        their digests stay. Money, events and the chain stay. A notification that nobody has vouched
        for yet keeps its bytes, and what comes later is kept as ever: erase again.
        """
        result: OrderErasePersonalResult = self._call(
            "order.erase_personal",
            {
                "order": order,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def find(
        self,
        number: str,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> OrderFindResult:
        """Find an order by any number a person may hold.

        Compares order_no, ids, our number at the gateway, the gateway's number and refund numbers.
        """
        result: OrderFindResult = self._call(
            "order.find",
            {
                "number": number,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def get(
        self,
        order: str,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> OrderGetResult:
        """One order.

        By id or order_no.
        """
        result: OrderGetResult = self._call(
            "order.get",
            {
                "order": order,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def list(
        self,
        *,
        pay_state: Optional[PayState] = None,
        delivery_state: Optional[DeliveryState] = None,
        risk_state: Optional[RiskState] = None,
        flag: Optional[OrderFlag] = None,
        gateway: Optional[str] = None,
        method: Optional[str] = None,
        amount_min: Optional[int] = None,
        amount_max: Optional[int] = None,
        currency: Optional[str] = None,
        created_from: Optional[int] = None,
        created_to: Optional[int] = None,
        paid_from: Optional[int] = None,
        paid_to: Optional[int] = None,
        email: Optional[str] = None,
        user_id: Optional[str] = None,
        ip: Optional[str] = None,
        text: Optional[str] = None,
        order_by: Optional[OrderSort] = None,
        limit: Optional[int] = None,
        page: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> OrderListResult:
        """Orders by state, time, amount, buyer or text.

        All filters must hold. email, user_id and text find parts of at least two characters, in
        either letter case; order_by sorts. Roles that see personal data masked cannot look for
        email, user_id and ip.
        """
        result: OrderListResult = self._call(
            "order.list",
            {
                "pay_state": pay_state,
                "delivery_state": delivery_state,
                "risk_state": risk_state,
                "flag": flag,
                "gateway": gateway,
                "method": method,
                "amount_min": amount_min,
                "amount_max": amount_max,
                "currency": currency,
                "created_from": created_from,
                "created_to": created_to,
                "paid_from": paid_from,
                "paid_to": paid_to,
                "email": email,
                "user_id": user_id,
                "ip": ip,
                "text": text,
                "order_by": order_by,
                "limit": limit,
                "page": page,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def tell(
        self,
        order: str,
        *,
        lang: Optional[Lang] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> OrderTellResult:
        """The one definite sentence for the buyer, and the one for support.

        No vague sentence can come out: each has the facts it needs, and a payment under way says
        when it is looked at next.
        """
        result: OrderTellResult = self._call(
            "order.tell",
            {
                "order": order,
                "lang": lang,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def timeline(
        self,
        order: str,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> OrderTimelineResult:
        """Every step in the life of an order, with its evidence.

        Events, notifications, queries and calls in the order they happened.
        """
        result: OrderTimelineResult = self._call(
            "order.timeline",
            {
                "order": order,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def wait(
        self,
        order: str,
        *,
        until: Sequence[WaitState],
        wait_ms: Optional[int] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> OrderWaitResult:
        """Wait until an order reaches a state.

        Answers at once if it is there already. timed_out is a normal result. An order waited for is
        watched: its gateway is asked more often.
        """
        result: OrderWaitResult = self._call(
            "order.wait",
            {
                "order": order,
                "until": until,
                "wait_ms": wait_ms,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def why(
        self,
        order: str,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> OrderWhyResult:
        """Why an order is in its state.

        The rule of pay_state that holds, the facts behind it with their evidence, and what happens
        next by itself.
        """
        result: OrderWhyResult = self._call(
            "order.why",
            {
                "order": order,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result


class PaymentMethods(Family):
    """Methods of payment."""

    def close(
        self,
        payment: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> PaymentCloseResult:
        """Close a payment at its gateway.

        The reply comes before the gateway's, with closing true; an event tells the end. If the
        buyer paid meanwhile, the payment succeeds.
        """
        result: PaymentCloseResult = self._call(
            "payment.close",
            {
                "payment": payment,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def create(
        self,
        order: str,
        *,
        gateway: str,
        method: Optional[str] = None,
        return_url: Optional[str] = None,
        client_ip: Optional[str] = None,
        payer: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> PaymentCreateResult:
        """Open a payment of an order at a gateway.

        A payment open at the same gateway and method whose action is still good is returned, with
        reused, without a call. For another gateway or method the open one is closed first: until
        that is proven, payment_open. The reply comes when the gateway answered, or after 15 seconds
        with state unknown.
        """
        result: PaymentCreateResult = self._call(
            "payment.create",
            {
                "order": order,
                "gateway": gateway,
                "method": method,
                "return_url": return_url,
                "client_ip": client_ip,
                "payer": payer,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def get(
        self,
        payment: str,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> PaymentGetResult:
        """One payment.

        By id, with who has spoken of it: the gateway, our books, the bill of its day.
        """
        result: PaymentGetResult = self._call(
            "payment.get",
            {
                "payment": payment,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def list(
        self,
        *,
        order: Optional[str] = None,
        gateway: Optional[str] = None,
        method: Optional[str] = None,
        state: Optional[PaymentState] = None,
        created_from: Optional[int] = None,
        created_to: Optional[int] = None,
        paid_from: Optional[int] = None,
        paid_to: Optional[int] = None,
        limit: Optional[int] = None,
        page: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> PaymentListResult:
        """Payments by order, gateway, state or time.

        All filters must hold. Newest first.
        """
        result: PaymentListResult = self._call(
            "payment.list",
            {
                "order": order,
                "gateway": gateway,
                "method": method,
                "state": state,
                "created_from": created_from,
                "created_to": created_to,
                "paid_from": paid_from,
                "paid_to": paid_to,
                "limit": limit,
                "page": page,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def query(
        self,
        payment: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> PaymentQueryResult:
        """Ask the gateway about a payment now.

        Joins a query in flight. A payment is asked at most once in two seconds; within them the
        last answer counts, with asked false.
        """
        result: PaymentQueryResult = self._call(
            "payment.query",
            {
                "payment": payment,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def resolve(
        self,
        payment: str,
        *,
        evidence: str,
        reason: str,
        amount: Optional[Money] = None,
        unpaid: Optional[bool] = None,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> PaymentResolveResult:
        """Settle a payment by a proof from outside.

        For payments the gateway does not settle. Two people: the first call proposes, the call of
        another operator confirms. Settled as paid, the order gets the flag forced. With unpaid it
        is closed instead, which only people can do where the gateway cannot be asked; money that
        comes all the same counts as late.
        """
        result: PaymentResolveResult = self._call(
            "payment.resolve",
            {
                "payment": payment,
                "evidence": evidence,
                "reason": reason,
                "amount": amount,
                "unpaid": unpaid,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result


class PollMethods(Family):
    """Methods of poll."""

    def due(
        self,
        *,
        gateway: Optional[str] = None,
        order: Optional[str] = None,
        until: Optional[int] = None,
        limit: Optional[int] = None,
        page: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> PollDueResult:
        """What will be asked, when and why.

        Soonest first.
        """
        result: PollDueResult = self._call(
            "poll.due",
            {
                "gateway": gateway,
                "order": order,
                "until": until,
                "limit": limit,
                "page": page,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def run(
        self,
        *,
        order: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> PollRunResult:
        """Ask now instead of when due.

        For one order, or for all that is open. Rate limits hold.
        """
        result: PollRunResult = self._call(
            "poll.run",
            {
                "order": order,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def status(
        self,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> PollStatusResult:
        """The scheduler at a glance.

        What is due and how far behind it is.
        """
        result: PollStatusResult = self._call(
            "poll.status",
            {
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result


class ProtocolMethods(Family):
    """Methods of protocol."""

    def describe(
        self,
        *,
        methods: Optional[Sequence[str]] = None,
        types: Optional[Sequence[str]] = None,
        errors: Optional[Sequence[str]] = None,
        events: Optional[Sequence[str]] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> ProtocolDescribeResult:
        """The contract itself.

        Returns contract files. Without parameters all of them; each list narrows one kind, and only
        the kinds named are returned.
        """
        result: ProtocolDescribeResult = self._call(
            "protocol.describe",
            {
                "methods": methods,
                "types": types,
                "errors": errors,
                "events": events,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def ping(
        self,
        *,
        echo: Optional[Any] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> ProtocolPingResult:
        """The cheapest round trip.

        Answers from memory. Does not count as in flight.
        """
        result: ProtocolPingResult = self._call(
            "protocol.ping",
            {
                "echo": echo,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result


class ReconMethods(Family):
    """Methods of recon."""

    def get(
        self,
        run: str,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> ReconGetResult:
        """One reconciliation run.

        With its discrepancies by kind, as they stand now, and what is needed to sign it.
        """
        result: ReconGetResult = self._call(
            "recon.get",
            {
                "run": run,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def list(
        self,
        *,
        gateway: Optional[str] = None,
        statement: Optional[str] = None,
        limit: Optional[int] = None,
        page: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> ReconListResult:
        """Reconciliation runs.

        Newest first.
        """
        result: ReconListResult = self._call(
            "recon.list",
            {
                "gateway": gateway,
                "statement": statement,
                "limit": limit,
                "page": page,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def run(
        self,
        statement: str,
        *,
        fund: Optional[str] = None,
        bank: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> ReconRunResult:
        """Compare a statement with our books.

        Every row of both sides ends in exactly one bucket. A success that only the statement knows
        pays the order, with the row as evidence. Every difference is named and opened as a
        discrepancy; one that an earlier run opened is counted as known. Beside it the bill of the
        balance shows whether each trade, refund and fee was moved as it was earned, and the bank's
        statement whether each payout arrived, and when. May be repeated.
        """
        result: ReconRunResult = self._call(
            "recon.run",
            {
                "statement": statement,
                "fund": fund,
                "bank": bank,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def sign(
        self,
        run: str,
        *,
        sha256: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> ReconSignResult:
        """Put your name under a run.

        Two persons stand for a run: the first is anybody of finance, the second somebody else of
        the lead. Every discrepancy that the run found must be decided or wait for a named day. The
        names stand under the digest of the run, its sums, its discrepancies and their decisions,
        which goes into the event chain. Whatever changes one of them makes the names void and says
        so: recon.reopened; so does a statement that is issued again, at the moment it comes in.
        """
        result: ReconSignResult = self._call(
            "recon.sign",
            {
                "run": run,
                "sha256": sha256,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result


class RefundMethods(Family):
    """Methods of refund."""

    def approve(
        self,
        refund: str,
        *,
        version: Optional[int] = None,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> RefundApproveResult:
        """Approve a refund.

        By another operator than the one who asked, within the approver's limit. What no operator
        asked for counts with all that the approver gave back of this order alone. Then it is sent.
        """
        result: RefundApproveResult = self._call(
            "refund.approve",
            {
                "refund": refund,
                "version": version,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def create(
        self,
        payment: str,
        amount: Money,
        *,
        reason: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> RefundCreateResult:
        """Ask for a refund.

        The amount is reserved at once, so that refunds never exceed what was captured. Within the
        caller's limit it is sent at once, counting what the caller gave back of this order alone
        before; above it, it waits for refund.approve. So does any refund of a payment that was made
        before the store was restored from a backup, whatever the limit. The reply comes when the
        gateway answered, or after 15 seconds with state unknown; a definite refusal is an error
        that names the refund.
        """
        result: RefundCreateResult = self._call(
            "refund.create",
            {
                "payment": payment,
                "amount": amount,
                "reason": reason,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def get(
        self,
        refund: str,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> RefundGetResult:
        """One refund.

        By id.
        """
        result: RefundGetResult = self._call(
            "refund.get",
            {
                "refund": refund,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def list(
        self,
        *,
        order: Optional[str] = None,
        payment: Optional[str] = None,
        state: Optional[RefundState] = None,
        created_from: Optional[int] = None,
        created_to: Optional[int] = None,
        limit: Optional[int] = None,
        page: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> RefundListResult:
        """Refunds by order, payment, state or time.

        All filters must hold. Newest first.
        """
        result: RefundListResult = self._call(
            "refund.list",
            {
                "order": order,
                "payment": payment,
                "state": state,
                "created_from": created_from,
                "created_to": created_to,
                "limit": limit,
                "page": page,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def query(
        self,
        refund: str,
        *,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> RefundQueryResult:
        """Ask the gateway about a refund now.

        Joins a query in flight; at most once in two seconds.
        """
        result: RefundQueryResult = self._call(
            "refund.query",
            {
                "refund": refund,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def reject(
        self,
        refund: str,
        *,
        reason: str,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> RefundRejectResult:
        """Refuse or withdraw a refund.

        The reserved amount is free again. Called by who asked, the refund is withdrawn.
        """
        result: RefundRejectResult = self._call(
            "refund.reject",
            {
                "refund": refund,
                "reason": reason,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result


class RuleMethods(Family):
    """Methods of rule."""

    def activate(
        self,
        pattern: str,
        *,
        mode: Optional[RuleMode] = None,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> RuleActivateResult:
        """Put a pattern of decisions in force.

        What a run finds from then on is treated like the differences before it: only what one
        person may decide alone, never a larger difference than people decided so. A rule that
        suggests proposes and a person confirms or turns down (discrepancy.confirm,
        discrepancy.reject); one decision of people is enough to have it. A rule that closes decides
        at once; it takes twenty decisions of people and a back-test in which nothing ended
        otherwise. Each such decision names the rule and is undone like any other; the first that is
        undone ends a rule that closes. A rule of the same pattern in the other mode ends with it.
        rule.proposals shows the back-test beforehand.
        """
        result: RuleActivateResult = self._call(
            "rule.activate",
            {
                "pattern": pattern,
                "mode": mode,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def deactivate(
        self,
        rule: str,
        *,
        reason: str,
        idempotency_key: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> RuleDeactivateResult:
        """End a rule.

        What it has decided stands until somebody undoes it.
        """
        result: RuleDeactivateResult = self._call(
            "rule.deactivate",
            {
                "rule": rule,
                "reason": reason,
                "idempotency_key": idempotency_key,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def get(
        self,
        rule: str,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> RuleGetResult:
        """A rule, what it has done, and its back-test today.

        The back-test plays the rule over all that ever differed, also what came after it was put in
        force.
        """
        result: RuleGetResult = self._call(
            "rule.get",
            {
                "rule": rule,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def list(
        self,
        *,
        limit: Optional[int] = None,
        page: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> RuleListResult:
        """Rules in force, and those that were.

        Newest first.
        """
        result: RuleListResult = self._call(
            "rule.list",
            {
                "limit": limit,
                "page": page,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def proposals(
        self,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> RuleProposalsResult:
        """What people decide alike again and again.

        Each pattern of decisions with a rule of it played over all that ever differed: how many it
        would have decided, how many of these people decided alike, and every one that ended
        otherwise. Best supported first. Only decisions that one person may make alone are counted,
        and none that a rule made by itself.
        """
        result: RuleProposalsResult = self._call(
            "rule.proposals",
            {
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result


class SandboxMethods(Family):
    """Methods of sandbox."""

    def behave(
        self,
        fault: Fault,
        *,
        gateway: Optional[str] = None,
        for_ms: Optional[int] = None,
        calls: Optional[int] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> SandboxBehaveResult:
        """Make a sandbox misbehave.

        Until for_ms has passed, calls were so many, or the fault none is set.
        """
        result: SandboxBehaveResult = self._call(
            "sandbox.behave",
            {
                "fault": fault,
                "gateway": gateway,
                "for_ms": for_ms,
                "calls": calls,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def books(
        self,
        *,
        gateway: Optional[str] = None,
        limit: Optional[int] = None,
        page: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> SandboxBooksResult:
        """The sandbox's own books.

        What the sandbox believes, kept apart from the daemon's store. Newest first.
        """
        result: SandboxBooksResult = self._call(
            "sandbox.books",
            {
                "gateway": gateway,
                "limit": limit,
                "page": page,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def dispute(
        self,
        payment: str,
        *,
        state: Optional[DisputeStatus] = None,
        callback: Optional[Callback] = None,
        delay_ms: Optional[int] = None,
        amount: Optional[Money] = None,
        due_in_ms: Optional[int] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> SandboxDisputeResult:
        """Be the buyer's bank at a sandbox gateway.

        Opens a dispute of a paid payment, or says what became of the one that is there, and decides
        what becomes of the notification.
        """
        result: SandboxDisputeResult = self._call(
            "sandbox.dispute",
            {
                "payment": payment,
                "state": state,
                "callback": callback,
                "delay_ms": delay_ms,
                "amount": amount,
                "due_in_ms": due_in_ms,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def pay(
        self,
        payment: str,
        *,
        state: Optional[SandboxState] = None,
        callback: Optional[Callback] = None,
        delay_ms: Optional[int] = None,
        amount: Optional[Money] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> SandboxPayResult:
        """Be the buyer at a sandbox gateway.

        Pays, fails or leaves a payment, and decides what becomes of the notification.
        """
        result: SandboxPayResult = self._call(
            "sandbox.pay",
            {
                "payment": payment,
                "state": state,
                "callback": callback,
                "delay_ms": delay_ms,
                "amount": amount,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result


class ServerMethods(Family):
    """Methods of server."""

    def backup(
        self,
        name: str,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> ServerBackupResult:
        """Copy the store while it works.

        Writes a consistent copy into the configured folder, mode 0600, and opens it to check it.
        """
        result: ServerBackupResult = self._call(
            "server.backup",
            {
                "name": name,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def connections(
        self,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> ServerConnectionsResult:
        """Open connections.

        Who is connected, since when, and what each one holds up.
        """
        result: ServerConnectionsResult = self._call(
            "server.connections",
            {
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def disconnect(
        self,
        connection: int,
        *,
        reason: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> ServerDisconnectResult:
        """Close one connection.

        Its requests in flight are finished, their replies are lost.
        """
        result: ServerDisconnectResult = self._call(
            "server.disconnect",
            {
                "connection": connection,
                "reason": reason,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def drain(
        self,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> ServerDrainResult:
        """Stop in good order.

        New work is refused with draining, requests in flight get 10 seconds, streams end with their
        cursor.
        """
        result: ServerDrainResult = self._call(
            "server.drain",
            {
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def health(
        self,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> ServerHealthResult:
        """Whether the daemon is alive and ready.

        Never touches the disk and does not count as in flight.
        """
        result: ServerHealthResult = self._call(
            "server.health",
            {
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def metrics(
        self,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> ServerMetricsResult:
        """Numbers for monitoring.

        The command line prints them as Prometheus text.
        """
        result: ServerMetricsResult = self._call(
            "server.metrics",
            {
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def reload(
        self,
        *,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> ServerReloadResult:
        """Read the configuration again.

        All or nothing: a fault leaves the running configuration as it is. At once: peers and
        operators (an open connection gets the roles of now, and ends where nobody would admit it
        any more), gateways with their keys, fees, exchange, calendar and layouts. Every other
        member that differs is named and waits for a restart.
        """
        result: ServerReloadResult = self._call(
            "server.reload",
            {
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def status(
        self,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> ServerStatusResult:
        """What the daemon holds and does.

        Counts and versions for people.
        """
        result: ServerStatusResult = self._call(
            "server.status",
            {
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result


class StatementMethods(Family):
    """Methods of statement."""

    def append(
        self,
        *,
        statement: str,
        offset: int,
        data_base64: str,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> StatementAppendResult:
        """Send a piece of a file.

        Pieces come in order. One that is here already is answered as the first time, so that it may
        be repeated after a lost reply.
        """
        result: StatementAppendResult = self._call(
            "statement.append",
            {
                "statement": statement,
                "offset": offset,
                "data_base64": data_base64,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def begin(
        self,
        *,
        bytes: int,
        sha256: str,
        name: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> StatementBeginResult:
        """Announce a file.

        The file comes in pieces by statement.append, and is taken in by statement.import. It is
        forgotten a day later if it is not. The same bytes announced again go on where they stopped.
        """
        result: StatementBeginResult = self._call(
            "statement.begin",
            {
                "bytes": bytes,
                "sha256": sha256,
                "name": name,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def bills(
        self,
        *,
        gateway: Optional[str] = None,
        limit: Optional[int] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> StatementBillsResult:
        """Gateways' bills and how far each is.

        One for each gateway, kind and day since the gateway's first payment, newest day first. Of
        the bank's files a warning tells: the days that no file covers while payouts wait which may
        have come on them.
        """
        result: StatementBillsResult = self._call(
            "statement.bills",
            {
                "gateway": gateway,
                "limit": limit,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def fetch(
        self,
        gateway: str,
        *,
        day: Optional[str] = None,
        kind: Optional[BillKind] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> StatementFetchResult:
        """Download a gateway's bills now.

        Bills come by themselves at their ready time and again until they are there; this asks now,
        also for a bill that is there, which may have been issued again. It answers at once: the
        download, the import and the comparison follow, and statement.bills tells how far they are.
        """
        result: StatementFetchResult = self._call(
            "statement.fetch",
            {
                "gateway": gateway,
                "day": day,
                "kind": kind,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def get(
        self,
        statement: str,
        *,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> StatementGetResult:
        """One bill or bank statement.

        With what it states about itself and what its rows give.
        """
        result: StatementGetResult = self._call(
            "statement.get",
            {
                "statement": statement,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result

    def import_(
        self,
        statement: str,
        *,
        gateway: Optional[str] = None,
        layout: Optional[str] = None,
        mapping: Optional[Dict[str, Any]] = None,
        from_at: Optional[int] = None,
        to_at: Optional[int] = None,
        timeout_ms: Optional[int] = None,
        dry_run: Optional[bool] = None,
        trace: Optional[str] = None,
    ) -> StatementImportResult:
        """Take a bill or bank statement in.

        The form is guessed by the heading unless layout names it; zip files, GBK and UTF-8 are told
        apart by themselves. A file whose bytes are known already is answered with known. One for
        days that are there is issued again: it supersedes the older. The same bytes read by another
        layout are a statement of their own, in place of the first. A row of a bank's statement by
        which money came in under the out_trade_no of a payment of kind transfer pays that payment,
        or shows it to a person where the amount is another; where the statement is named as a
        gateway whose notices prove little, its rows confirm weakly paid payments of the same sum.
        With dry_run nothing is kept: preview shows the first rows as they were understood, and
        every row that does not read with a hint.
        """
        result: StatementImportResult = self._call(
            "statement.import",
            {
                "statement": statement,
                "gateway": gateway,
                "layout": layout,
                "mapping": mapping,
                "from_at": from_at,
                "to_at": to_at,
                "timeout_ms": timeout_ms,
                "dry_run": dry_run,
                "trace": trace,
            },
        )
        return result

    def list(
        self,
        *,
        gateway: Optional[str] = None,
        content: Optional[StatementContent] = None,
        from_at: Optional[int] = None,
        to_at: Optional[int] = None,
        limit: Optional[int] = None,
        page: Optional[str] = None,
        timeout_ms: Optional[int] = None,
        trace: Optional[str] = None,
    ) -> StatementListResult:
        """Bills and bank statements.

        All filters must hold. Newest first.
        """
        result: StatementListResult = self._call(
            "statement.list",
            {
                "gateway": gateway,
                "content": content,
                "from_at": from_at,
                "to_at": to_at,
                "limit": limit,
                "page": page,
                "timeout_ms": timeout_ms,
                "trace": trace,
            },
        )
        return result


class Families:
    """Every family but those with streams, which are written by hand."""

    def __init__(self, call: Callable[[str, Dict[str, Any]], Any]) -> None:
        self.audit = AuditMethods(call)
        self.batch = BatchMethods(call)
        self.case = CaseMethods(call)
        self.delivery = DeliveryMethods(call)
        self.discrepancy = DiscrepancyMethods(call)
        self.dispute = DisputeMethods(call)
        self.gateway = GatewayMethods(call)
        self.hook = HookMethods(call)
        self.key = KeyMethods(call)
        self.ledger = LedgerMethods(call)
        self.notification = NotificationMethods(call)
        self.order = OrderMethods(call)
        self.payment = PaymentMethods(call)
        self.poll = PollMethods(call)
        self.protocol = ProtocolMethods(call)
        self.recon = ReconMethods(call)
        self.refund = RefundMethods(call)
        self.rule = RuleMethods(call)
        self.sandbox = SandboxMethods(call)
        self.server = ServerMethods(call)
        self.statement = StatementMethods(call)
