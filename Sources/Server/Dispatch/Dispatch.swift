import Domain
import Wire

/// From a typed request to how it is answered: one line a method.
enum Dispatch {
  /// - Throws: all that is wrong with the request.
  static func plan(_ call: inout Call, _ context: ServerContext) throws(WireError) -> Plan {
    switch call.method {
    case .orderCreate: try OrderDispatch.create(call)
    case .orderGet: try OrderDispatch.get(call)
    case .orderList: try OrderDispatch.list(call)
    case .orderFind: try OrderDispatch.find(call)
    case .orderCancel: try OrderDispatch.cancel(call)
    case .orderAccept: try OrderDispatch.accept(call)
    case .orderErasePersonal: try OrderDispatch.erasePersonal(call)
    case .orderWait: .waitForOrder(try call.params(OrderWaitRequest.self))
    case .orderTimeline: try ExplanationDispatch.timeline(call)
    case .orderWhy: try ExplanationDispatch.why(call)
    case .orderTell: try ExplanationDispatch.tell(call)
    case .paymentCreate: try PaymentDispatch.create(call)
    case .paymentGet: try PaymentDispatch.get(call)
    case .paymentList: try PaymentDispatch.list(call)
    case .paymentQuery: try PaymentDispatch.query(call)
    case .paymentClose: try PaymentDispatch.close(call)
    case .paymentResolve: try PaymentDispatch.resolve(call)
    case .refundCreate: try RefundDispatch.create(call)
    case .refundApprove: try RefundDispatch.approve(call)
    case .refundReject: try RefundDispatch.reject(call)
    case .refundGet: try RefundDispatch.get(call)
    case .refundList: try RefundDispatch.list(call)
    case .refundQuery: try RefundDispatch.query(call)
    case .disputeGet: try DisputeDispatch.get(call)
    case .disputeList: try DisputeDispatch.list(call)
    case .disputeQuery: try DisputeDispatch.query(call)
    case .disputeAttach: try DisputeDispatch.attach(call)
    case .disputeAttachment: try DisputeDispatch.attachment(call)
    case .deliveryClaim: try DeliveryDispatch.claim(call)
    case .deliveryComplete: try DeliveryDispatch.complete(call)
    case .deliveryFail: try DeliveryDispatch.fail(call)
    case .deliveryRelease: try DeliveryDispatch.release(call)
    case .deliveryHold: try DeliveryDispatch.hold(call)
    case .deliveryUnhold: try DeliveryDispatch.unhold(call)
    case .deliveryRetry: try DeliveryDispatch.retry(call)
    case .deliveryRevoke: try DeliveryDispatch.revoke(call)
    case .deliveryList: try DeliveryDispatch.list(call)
    case .notificationIngest: try NotificationDispatch.ingest(call)
    case .notificationReplay: try NotificationDispatch.replay(call)
    case .notificationGet: try NotificationDispatch.get(call)
    case .notificationList: try NotificationDispatch.list(call)
    case .eventsRead: try EventsDispatch.read(call)
    case .eventsAck: try EventsDispatch.acknowledge(call, context)
    case .eventsWait: .waitForEvents(try call.params(EventsWaitRequest.self))
    case .eventsSubscribe: .subscribe(try call.params(EventsSubscribeRequest.self))
    case .gatewayList: try GatewayDispatch.list(call)
    case .gatewayHealth: try GatewayDispatch.health(call)
    case .gatewayPause: try GatewayDispatch.pause(call)
    case .gatewayResume: try GatewayDispatch.resume(call)
    case .gatewayCheck: try GatewayDispatch.check(call)
    case .pollStatus: try PollDispatch.status(call)
    case .pollDue: try PollDispatch.due(call)
    case .pollRun: try PollDispatch.run(call)
    case .hookList: try HookDispatch.list(call)
    case .hookRetry: try HookDispatch.retry(call)
    case .statementBegin: try StatementDispatch.begin(call)
    case .statementAppend: try StatementDispatch.append(call)
    case .statementImport: try StatementDispatch.take(call)
    case .statementFetch: try BillDispatch.fetch(call)
    case .statementBills: try BillDispatch.list(call)
    case .statementGet: try StatementDispatch.get(call)
    case .statementList: try StatementDispatch.list(call)
    case .reconRun: try ReconciliationDispatch.run(call)
    case .reconGet: try ReconciliationDispatch.get(call)
    case .reconList: try ReconciliationDispatch.list(call)
    case .reconSign: try ReconciliationDispatch.sign(call)
    case .discrepancyGet: try DiscrepancyDispatch.get(call)
    case .ledgerBalances: try LedgerDispatch.balances(call)
    case .ledgerTrace: try LedgerDispatch.trace(call)
    case .discrepancyList: try DiscrepancyDispatch.list(call)
    case .discrepancySummary: try DiscrepancyDispatch.summary(call)
    case .discrepancyPropose: try AdjudicationDispatch.propose(call)
    case .discrepancyConfirm: try AdjudicationDispatch.confirm(call)
    case .discrepancyReject: try AdjudicationDispatch.reject(call)
    case .discrepancyUndo: try AdjudicationDispatch.undo(call)
    case .caseOpen: try CaseDispatch.open(call, context)
    case .caseAssign: try CaseDispatch.assign(call, context)
    case .caseLink: try CaseDispatch.link(call)
    case .caseNote: try CaseDispatch.note(call)
    case .caseResolve: try CaseDispatch.resolve(call)
    case .caseConfirm: try CaseDispatch.confirm(call)
    case .caseClose: try CaseDispatch.close(call)
    case .caseReopen: try CaseDispatch.reopen(call)
    case .caseGet: try CaseDispatch.get(call)
    case .caseList: try CaseDispatch.list(call)
    case .casePaper: try CaseDispatch.paper(call)
    case .ruleProposals: try RuleDispatch.proposals(call)
    case .ruleList: try RuleDispatch.list(call)
    case .ruleGet: try RuleDispatch.get(call)
    case .ruleActivate: try RuleDispatch.activate(call)
    case .ruleDeactivate: try RuleDispatch.deactivate(call)
    case .keyLookup: try KeyDispatch.lookUp(call)
    case .batchRun: try BatchDispatch.run(&call)
    case .auditVerify: try AuditDispatch.verify(call)
    case .protocolPing: try ProtocolDispatch.ping(call)
    case .protocolDescribe: try ProtocolDispatch.describe(call)
    case .serverHealth: try ServerDispatch.health(call, context)
    case .serverStatus: try ServerDispatch.status(call)
    case .serverMetrics: try ServerDispatch.metrics(call, context)
    case .serverConnections: try ServerDispatch.connections(call, context)
    case .serverDisconnect: try ServerDispatch.disconnect(call, context)
    case .serverReload: try ServerDispatch.reload(call)
    case .serverDrain: try ServerDispatch.drain(call, context)
    case .serverBackup: try ServerDispatch.backup(call)
    case .sandboxDispute: try SandboxDispatch.dispute(call)
    case .sandboxPay: try SandboxDispatch.pay(call)
    case .sandboxBehave: try SandboxDispatch.behave(call)
    case .sandboxBooks: try SandboxDispatch.books(call)
    case .sessionHello, .sessionCancel:
      preconditionFailure("the session answers these itself")
    }
  }
}

/// Values that were checked for their form, as the domain wants them.
enum Parsed {
  static func money(_ object: MoneyObject) throws(WireError) -> Money {
    guard let currency = Currency(code: object.currency) else {
      throw WireError(.unknownCurrency, "\(object.currency) is no currency.")
    }
    return Money(object.minor, currency)
  }

  /// - Parameter missing: what is not found if the text names nothing at all.
  static func identifier<Kind>(
    _ text: String, _ kind: Kind.Type, _ name: String, missing: ErrorCode
  ) throws(WireError) -> Identifier<Kind> {
    guard let id = Identifier<Kind>(text: text) else {
      // Its form is right, so it is too large a number: nothing can have it.
      throw WireError(missing, "There is no \(name) \(text).", path: "/params/\(name)")
    }
    return id
  }

  static func payment(_ text: String) throws(WireError) -> PaymentID {
    try identifier(text, PaymentKind.self, "payment", missing: .paymentNotFound)
  }

  static func refund(_ text: String) throws(WireError) -> RefundID {
    try identifier(text, RefundKind.self, "refund", missing: .refundNotFound)
  }

  static func dispute(_ text: String) throws(WireError) -> DisputeID {
    try identifier(text, DisputeKind.self, "dispute", missing: .disputeNotFound)
  }

  static func receipt(_ text: String) throws(WireError) -> ReceiptID {
    try identifier(text, ReceiptKind.self, "receipt", missing: .receiptNotFound)
  }

  static func statement(
    _ text: String, _ name: String = "statement"
  ) throws(WireError) -> StatementID {
    guard let id = StatementID(text: text) else {
      throw WireError(
        .statementNotFound, "There is no statement \(text).", path: "/params/\(name)")
    }
    return id
  }

  static func run(_ text: String) throws(WireError) -> RunID {
    try identifier(text, RunKind.self, "run", missing: .runNotFound)
  }

  static func claim(_ text: String) throws(WireError) -> ClaimID {
    try identifier(text, ClaimKind.self, "claim", missing: .claimNotFound)
  }
}

/// Where a list goes on. Opaque to callers: a letter for the list, a dot, a key.
enum PageToken {
  static func text(_ list: StaticString, _ key: Int64) -> String { "\(list).\(key)" }

  static func text(_ list: StaticString, _ key: String) -> String { "\(list).\(key)" }

  static func key(_ list: StaticString, _ token: String?) throws(WireError) -> Int64? {
    guard let text = try word(list, token) else { return nil }
    guard let key = Int64(text), String(key).utf8.elementsEqual(text.utf8) else { throw wrong }
    return key
  }

  static func word(_ list: StaticString, _ token: String?) throws(WireError) -> String? {
    guard let token else { return nil }
    let head = "\(list)."
    guard token.utf8.starts(with: head.utf8) else { throw wrong }
    return String(decoding: token.utf8.dropFirst(head.utf8.count), as: UTF8.self)
  }

  static var wrong: WireError {
    WireError(
      .badFormat, "This is no page of this list.", path: "/params/page",
      hint: "Send next of the page before, unchanged.")
  }
}
