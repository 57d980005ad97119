import Domain
import Engine
import Gateways
import JSON
import Store
import Wire

/// Answers of the engine as results of methods.
enum ReplyRendering {
  typealias Rendered = Result<any WireObject, WireError>

  static func object(_ reply: Reply, _ call: Call, _ context: ServerContext) -> Rendered {
    switch reply {
    case .order(let view): order(view, call)
    case .orderCancelled(let view, let isClosing):
      .success(OrderCancelResult(order: shown(view, call), closing: isClosing))
    case .orderAccepted(let view, let isAccepted):
      .success(
        OrderAcceptResult(
          order: shown(view, call), accepted: isAccepted,
          proposedBy: view.order.acceptProposedBy))
    case .payment(let view, let isReused): payment(view, isReused: isReused, call)
    case .paymentClosing(let view, let isClosing):
      .success(PaymentCloseResult(payment: Render.payment(view), closing: isClosing))
    case .paymentResolved(let view, let isResolved):
      .success(
        PaymentResolveResult(
          payment: Render.payment(view), resolved: isResolved,
          proposedBy: view.payment.resolveProposedBy))
    case .refund(let view): refund(view, call)
    case .dispute(let view, let isAsked):
      .success(DisputeQueryResult(dispute: Render.dispute(view), asked: isAsked))
    case .attached(let view, let id, let isKnown): attached(view, id, isKnown: isKnown)
    case .notification(let reply): notification(reply, call)
    case .deliveries(let reply): deliveries(reply, call)
    case .gatewayPaused(let name, let isPaused): paused(name, isPaused, call, context)
    case .gatewayChecked(let name, let finding):
      .success(
        GatewayCheckResult(
          gateway: name, ok: finding.code.utf8.elementsEqual("ok".utf8), finding: finding.code,
          text: finding.text, hint: finding.hint))
    case .polled(let count): .success(PollRunResult(scheduled: count))
    case .acknowledged(let consumer, _): .success(EventsAckResult(consumer: consumer))
    case .hookQueued(let id): .success(HookRetryResult(message: id.text))
    case .received(let id, let byteCount): received(id, byteCount, call)
    case .statement(let reply):
      .success(
        StatementImportResult(
          statement: Render.statement(reply.record), known: reply.isKnown,
          leftOut: reply.leftOut, filledBack: reply.filledBack,
          supersedes: reply.supersedes?.text, preview: reply.preview.map(Render.preview)))
    case .discrepancy(let record):
      decided(Render.discrepancy(record), call)
    case .rule(let record):
      call.method == .ruleDeactivate
        ? .success(RuleDeactivateResult(rule: Render.rule(record)))
        : .success(RuleActivateResult(rule: Render.rule(record)))
    case .caseKept(let record): kept(Render.caseRecord(record), call)
    case .bills(let rows): .success(StatementFetchResult(bills: rows.map(Render.bill)))
    case .reconciled(let run, let kinds):
      .success(
        ReconRunResult(
          run: Render.run(run, SignOff(run: run.id)), kinds: kinds.map(Render.count)))
    case .runSigned(let run, let signOff):
      .success(ReconSignResult(run: Render.run(run, signOff)))
    case .batch(let replies): batch(replies, call, context)
    }
  }

  private static func decided(_ discrepancy: DiscrepancyObject, _ call: Call) -> Rendered {
    switch call.method {
    case .discrepancyConfirm: .success(DiscrepancyConfirmResult(discrepancy: discrepancy))
    case .discrepancyReject: .success(DiscrepancyRejectResult(discrepancy: discrepancy))
    case .discrepancyUndo: .success(DiscrepancyUndoResult(discrepancy: discrepancy))
    default: .success(DiscrepancyProposeResult(discrepancy: discrepancy))
    }
  }

  private static func kept(_ object: CaseObject, _ call: Call) -> Rendered {
    switch call.method {
    case .caseAssign: .success(CaseAssignResult(case: object))
    case .caseLink: .success(CaseLinkResult(case: object))
    case .caseNote: .success(CaseNoteResult(case: object))
    case .caseResolve: .success(CaseResolveResult(case: object))
    case .caseConfirm: .success(CaseConfirmResult(case: object))
    case .caseClose: .success(CaseCloseResult(case: object))
    case .caseReopen: .success(CaseReopenResult(case: object))
    default: .success(CaseOpenResult(case: object))
    }
  }

  private static func received(
    _ id: StatementID, _ byteCount: Int64, _ call: Call
  ) -> Rendered {
    call.method == .statementBegin
      ? .success(StatementBeginResult(statement: id.text, received: byteCount))
      : .success(StatementAppendResult(received: byteCount))
  }

  private static func shown(_ view: OrderView, _ call: Call) -> OrderObject {
    Render.order(view, call.view(owner: view.order.owner))
  }

  private static func order(_ view: OrderView, _ call: Call) -> Rendered {
    switch call.method {
    case .orderErasePersonal:
      .success(OrderErasePersonalResult(order: shown(view, call)))
    default: .success(OrderCreateResult(order: shown(view, call)))
    }
  }

  private static func payment(_ view: PaymentView, isReused: Bool, _ call: Call) -> Rendered {
    let object = Render.payment(view)
    switch call.method {
    case .paymentQuery: return .success(PaymentQueryResult(payment: object, asked: !isReused))
    default: return .success(PaymentCreateResult(payment: object, reused: isReused))
    }
  }

  private static func refund(_ view: RefundView, _ call: Call) -> Rendered {
    let object = Render.refund(view)
    switch call.method {
    case .refundApprove: return .success(RefundApproveResult(refund: object))
    case .refundReject: return .success(RefundRejectResult(refund: object))
    case .refundQuery: return .success(RefundQueryResult(refund: object, asked: true))
    default: return .success(RefundCreateResult(refund: object))
    }
  }

  private static func attached(
    _ view: DisputeView, _ id: AttachmentID, isKnown: Bool
  ) -> Rendered {
    guard let attachment = view.dispute.attachments.first(where: { $0.id == id }) else {
      return .failure(
        WireError(.internal, "The attachment is kept and cannot be shown.", outcome: .applied))
    }
    return .success(
      DisputeAttachResult(
        dispute: Render.dispute(view), attachment: Render.attachment(attachment), known: isKnown))
  }

  private static func notification(_ reply: NotificationReply, _ call: Call) -> Rendered {
    .success(
      NotificationIngestResult(
        verdict: reply.verdict.rawValue, ack: Render.acknowledgement(reply.acknowledgement),
        receipt: reply.receipt?.text, payment: reply.payment?.text, reason: reply.reason))
  }

  private static func deliveries(_ reply: DeliveryReply, _ call: Call) -> Rendered {
    let objects = reply.deliveries.map { delivery in
      Render.delivery(delivery, showsClaim: delivery.claim == reply.claim)
    }
    switch call.method {
    case .deliveryHold: return .success(DeliveryHoldResult(deliveries: objects))
    case .deliveryUnhold: return .success(DeliveryUnholdResult(deliveries: objects))
    case .deliveryRetry: return .success(DeliveryRetryResult(deliveries: objects))
    case .deliveryRevoke: return .success(DeliveryRevokeResult(deliveries: objects))
    default: break
    }
    guard let first = objects.first else {
      return .failure(
        WireError(.internal, "The delivery is done and cannot be shown.", outcome: .applied))
    }
    switch call.method {
    case .deliveryComplete: return .success(DeliveryCompleteResult(delivery: first))
    case .deliveryFail: return .success(DeliveryFailResult(delivery: first))
    case .deliveryRelease: return .success(DeliveryReleaseResult(delivery: first))
    default:
      return .success(DeliveryClaimResult(delivery: first, claim: reply.claim?.text ?? ""))
    }
  }

  private static func paused(
    _ name: String, _ isPaused: Bool, _ call: Call, _ context: ServerContext
  ) -> Rendered {
    let all = context.services.gateways()
    guard let facts = all.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
      return .failure(
        WireError(.gatewayNotFound, "There is no gateway \(name).", outcome: .applied))
    }
    let name = isPaused ? call.identity.person ?? call.identity.principal : nil
    context.pauses.set(facts.name, by: name)
    let object = GatewayDispatch.object(
      facts, isPaused: isPaused, degraded: nil, pausedBy: name)
    return call.method == .gatewayPause
      ? .success(GatewayPauseResult(gateway: object))
      : .success(GatewayResumeResult(gateway: object))
  }

  private static func batch(
    _ replies: [Reply], _ call: Call, _ context: ServerContext
  ) -> Rendered {
    var results: [RawJSON] = []
    for (reply, method) in zip(replies, call.batch) {
      switch object(reply, call.single(method), context) {
      case .success(let object): results.append(RawJSON(object))
      case .failure(let error): return .failure(error)
      }
    }
    return .success(BatchRunResult(results: results))
  }
}

extension RawJSON {
  /// Renders an object.
  init(_ object: any WireObject) {
    var writer = JSONWriter()
    object.write(to: &writer)
    self.init(bytes: writer.bytes)
  }
}

extension Call {
  /// The same caller with another method: one call of a batch.
  func single(_ method: Method) -> Call {
    Call(
      method: method, envelope: envelope, identity: identity, number: number,
      arrivedMilliseconds: arrivedMilliseconds)
  }
}
