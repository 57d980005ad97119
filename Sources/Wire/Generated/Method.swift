// Generated from Protocol/ by `swift run generate`; do not edit.

/// Every method. `rawValue` is its name on the wire.
package enum Method: String, CaseIterable, Sendable {
  /// Check the chain of the event log.
  case auditVerify = "audit.verify"
  /// Several writes, all or none.
  case batchRun = "batch.run"
  /// Give a case to somebody.
  case caseAssign = "case.assign"
  /// Put a resolved case away.
  case caseClose = "case.close"
  /// Agree to the cause that another operator named.
  case caseConfirm = "case.confirm"
  /// One case.
  case caseGet = "case.get"
  /// Say what else a case is about.
  case caseLink = "case.link"
  /// Cases.
  case caseList = "case.list"
  /// Write into a case, or add evidence.
  case caseNote = "case.note"
  /// Open a case: work for people.
  case caseOpen = "case.open"
  /// A note or a piece of evidence of a case.
  case casePaper = "case.paper"
  /// Take a case up again.
  case caseReopen = "case.reopen"
  /// Name the cause: the work is done.
  case caseResolve = "case.resolve"
  /// Take an order line to hand it out.
  case deliveryClaim = "delivery.claim"
  /// Say that a claimed line was handed out.
  case deliveryComplete = "delivery.complete"
  /// Say that a claimed line could not be handed out.
  case deliveryFail = "delivery.fail"
  /// Hold the delivery of an order.
  case deliveryHold = "delivery.hold"
  /// Deliveries by order or state.
  case deliveryList = "delivery.list"
  /// Give a claim back.
  case deliveryRelease = "delivery.release"
  /// Open a failed delivery again.
  case deliveryRetry = "delivery.retry"
  /// Take back what was handed out.
  case deliveryRevoke = "delivery.revoke"
  /// Let a held delivery go.
  case deliveryUnhold = "delivery.unhold"
  /// Agree to a proposed decision.
  case discrepancyConfirm = "discrepancy.confirm"
  /// One discrepancy.
  case discrepancyGet = "discrepancy.get"
  /// Discrepancies.
  case discrepancyList = "discrepancy.list"
  /// Decide a difference, or propose how.
  case discrepancyPropose = "discrepancy.propose"
  /// Turn a proposed decision down.
  case discrepancyReject = "discrepancy.reject"
  /// What lies on the desk, how old it is, and what keeps coming back.
  case discrepancySummary = "discrepancy.summary"
  /// Take a decision of people back.
  case discrepancyUndo = "discrepancy.undo"
  /// Attach what supports the shop's side of a dispute.
  case disputeAttach = "dispute.attach"
  /// The content of one attachment.
  case disputeAttachment = "dispute.attachment"
  /// One dispute.
  case disputeGet = "dispute.get"
  /// Disputes by order, payment, gateway, state or due date.
  case disputeList = "dispute.list"
  /// Ask the gateway about a dispute now.
  case disputeQuery = "dispute.query"
  /// Move a named consumer forward.
  case eventsAck = "events.ack"
  /// Events after a position.
  case eventsRead = "events.read"
  /// A stream of events.
  case eventsSubscribe = "events.subscribe"
  /// Events after a position, waiting for the first.
  case eventsWait = "events.wait"
  /// Make one harmless signed call and say what is wrong.
  case gatewayCheck = "gateway.check"
  /// How gateways do, and how many callbacks are lost.
  case gatewayHealth = "gateway.health"
  /// Configured gateways.
  case gatewayList = "gateway.list"
  /// Make no new payments at a gateway.
  case gatewayPause = "gateway.pause"
  /// Make payments at a gateway again.
  case gatewayResume = "gateway.resume"
  /// Outgoing hooks and what they still owe.
  case hookList = "hook.list"
  /// Send an outgoing message again.
  case hookRetry = "hook.retry"
  /// What became of an idempotency key.
  case keyLookup = "key.lookup"
  /// The books: what every account holds.
  case ledgerBalances = "ledger.balances"
  /// The entries behind a balance.
  case ledgerTrace = "ledger.trace"
  /// One notification, verbatim.
  case notificationGet = "notification.get"
  /// Pass on what a gateway sent.
  case notificationIngest = "notification.ingest"
  /// Notifications as they arrived.
  case notificationList = "notification.list"
  /// Judge a notification again.
  case notificationReplay = "notification.replay"
  /// Accept an order whose money differs from what was asked.
  case orderAccept = "order.accept"
  /// Cancel an order.
  case orderCancel = "order.cancel"
  /// Create an order.
  case orderCreate = "order.create"
  /// Blank the personal data of an order.
  case orderErasePersonal = "order.erase_personal"
  /// Find an order by any number a person may hold.
  case orderFind = "order.find"
  /// One order.
  case orderGet = "order.get"
  /// Orders by state, time, amount, buyer or text.
  case orderList = "order.list"
  /// The one definite sentence for the buyer, and the one for support.
  case orderTell = "order.tell"
  /// Every step in the life of an order, with its evidence.
  case orderTimeline = "order.timeline"
  /// Wait until an order reaches a state.
  case orderWait = "order.wait"
  /// Why an order is in its state.
  case orderWhy = "order.why"
  /// Close a payment at its gateway.
  case paymentClose = "payment.close"
  /// Open a payment of an order at a gateway.
  case paymentCreate = "payment.create"
  /// One payment.
  case paymentGet = "payment.get"
  /// Payments by order, gateway, state or time.
  case paymentList = "payment.list"
  /// Ask the gateway about a payment now.
  case paymentQuery = "payment.query"
  /// Settle a payment by a proof from outside.
  case paymentResolve = "payment.resolve"
  /// What will be asked, when and why.
  case pollDue = "poll.due"
  /// Ask now instead of when due.
  case pollRun = "poll.run"
  /// The scheduler at a glance.
  case pollStatus = "poll.status"
  /// The contract itself.
  case protocolDescribe = "protocol.describe"
  /// The cheapest round trip.
  case protocolPing = "protocol.ping"
  /// One reconciliation run.
  case reconGet = "recon.get"
  /// Reconciliation runs.
  case reconList = "recon.list"
  /// Compare a statement with our books.
  case reconRun = "recon.run"
  /// Put your name under a run.
  case reconSign = "recon.sign"
  /// Approve a refund.
  case refundApprove = "refund.approve"
  /// Ask for a refund.
  case refundCreate = "refund.create"
  /// One refund.
  case refundGet = "refund.get"
  /// Refunds by order, payment, state or time.
  case refundList = "refund.list"
  /// Ask the gateway about a refund now.
  case refundQuery = "refund.query"
  /// Refuse or withdraw a refund.
  case refundReject = "refund.reject"
  /// Put a pattern of decisions in force.
  case ruleActivate = "rule.activate"
  /// End a rule.
  case ruleDeactivate = "rule.deactivate"
  /// A rule, what it has done, and its back-test today.
  case ruleGet = "rule.get"
  /// Rules in force, and those that were.
  case ruleList = "rule.list"
  /// What people decide alike again and again.
  case ruleProposals = "rule.proposals"
  /// Make a sandbox misbehave.
  case sandboxBehave = "sandbox.behave"
  /// The sandbox's own books.
  case sandboxBooks = "sandbox.books"
  /// Be the buyer's bank at a sandbox gateway.
  case sandboxDispute = "sandbox.dispute"
  /// Be the buyer at a sandbox gateway.
  case sandboxPay = "sandbox.pay"
  /// Copy the store while it works.
  case serverBackup = "server.backup"
  /// Open connections.
  case serverConnections = "server.connections"
  /// Close one connection.
  case serverDisconnect = "server.disconnect"
  /// Stop in good order.
  case serverDrain = "server.drain"
  /// Whether the daemon is alive and ready.
  case serverHealth = "server.health"
  /// Numbers for monitoring.
  case serverMetrics = "server.metrics"
  /// Read the configuration again.
  case serverReload = "server.reload"
  /// What the daemon holds and does.
  case serverStatus = "server.status"
  /// Stop waiting for a request of this connection.
  case sessionCancel = "session.cancel"
  /// Say who the client is, and present an operator's token.
  case sessionHello = "session.hello"
  /// Send a piece of a file.
  case statementAppend = "statement.append"
  /// Announce a file.
  case statementBegin = "statement.begin"
  /// Gateways' bills and how far each is.
  case statementBills = "statement.bills"
  /// Download a gateway's bills now.
  case statementFetch = "statement.fetch"
  /// One bill or bank statement.
  case statementGet = "statement.get"
  /// Take a bill or bank statement in.
  case statementImport = "statement.import"
  /// Bills and bank statements.
  case statementList = "statement.list"

  /// What it does to the state, and so how it is answered.
  package var effect: MethodEffect {
    switch self {
    case .auditVerify, .caseGet, .caseList, .casePaper, .deliveryList, .discrepancyGet,
      .discrepancyList, .discrepancySummary, .disputeAttachment, .disputeGet, .disputeList,
      .eventsRead, .gatewayHealth, .gatewayList, .hookList, .keyLookup, .ledgerBalances,
      .ledgerTrace, .notificationGet, .notificationList, .orderFind, .orderGet, .orderList,
      .orderTell, .orderTimeline, .orderWhy, .paymentGet, .paymentList, .pollDue, .pollStatus,
      .protocolDescribe, .protocolPing, .reconGet, .reconList, .refundGet, .refundList, .ruleGet,
      .ruleList, .ruleProposals, .serverHealth, .serverMetrics, .serverStatus, .statementBills,
      .statementGet, .statementList: .read
    case .batchRun, .caseAssign, .caseClose, .caseConfirm, .caseLink, .caseNote, .caseOpen,
      .caseReopen, .caseResolve, .deliveryClaim, .deliveryComplete, .deliveryFail, .deliveryHold,
      .deliveryRelease, .deliveryRetry, .deliveryRevoke, .deliveryUnhold, .discrepancyConfirm,
      .discrepancyPropose, .discrepancyReject, .discrepancyUndo, .disputeAttach, .disputeQuery,
      .eventsAck, .hookRetry, .notificationIngest, .notificationReplay, .orderAccept, .orderCancel,
      .orderCreate, .orderErasePersonal, .paymentClose, .paymentCreate, .paymentQuery,
      .paymentResolve, .pollRun, .reconRun, .reconSign, .refundApprove, .refundCreate, .refundQuery,
      .refundReject, .ruleActivate, .ruleDeactivate, .statementAppend, .statementBegin,
      .statementFetch, .statementImport: .write
    case .eventsSubscribe: .stream
    case .eventsWait, .orderWait: .wait
    case .gatewayCheck, .gatewayPause, .gatewayResume, .sandboxBehave, .sandboxBooks,
      .sandboxDispute, .sandboxPay, .serverBackup, .serverConnections, .serverDisconnect,
      .serverDrain, .serverReload: .admin
    case .sessionCancel, .sessionHello: .session
    }
  }

  /// Whether it takes an idempotency key.
  package var keyRule: MethodKeyRule {
    switch self {
    case .auditVerify, .caseGet, .caseList, .casePaper, .deliveryList, .discrepancyGet,
      .discrepancyList, .discrepancySummary, .disputeAttachment, .disputeGet, .disputeList,
      .eventsRead, .eventsSubscribe, .eventsWait, .gatewayCheck, .gatewayHealth, .gatewayList,
      .gatewayPause, .gatewayResume, .hookList, .keyLookup, .ledgerBalances, .ledgerTrace,
      .notificationGet, .notificationList, .orderFind, .orderGet, .orderList, .orderTell,
      .orderTimeline, .orderWait, .orderWhy, .paymentGet, .paymentList, .pollDue, .pollStatus,
      .protocolDescribe, .protocolPing, .reconGet, .reconList, .reconRun, .refundGet, .refundList,
      .ruleGet, .ruleList, .ruleProposals, .sandboxBehave, .sandboxBooks, .sandboxDispute,
      .sandboxPay, .serverBackup, .serverConnections, .serverDisconnect, .serverDrain,
      .serverHealth, .serverMetrics, .serverReload, .serverStatus, .sessionCancel, .sessionHello,
      .statementAppend, .statementBegin, .statementBills, .statementFetch, .statementGet,
      .statementImport, .statementList: .never
    case .batchRun, .caseOpen, .deliveryClaim, .discrepancyConfirm, .discrepancyPropose,
      .discrepancyReject, .discrepancyUndo, .orderAccept, .orderCreate, .paymentCreate,
      .paymentResolve, .reconSign, .refundApprove, .refundCreate, .ruleActivate: .required
    case .caseAssign, .caseClose, .caseConfirm, .caseLink, .caseNote, .caseReopen, .caseResolve,
      .deliveryComplete, .deliveryFail, .deliveryHold, .deliveryRelease, .deliveryRetry,
      .deliveryRevoke, .deliveryUnhold, .disputeAttach, .disputeQuery, .eventsAck, .hookRetry,
      .notificationIngest, .notificationReplay, .orderCancel, .orderErasePersonal, .paymentClose,
      .paymentQuery, .pollRun, .refundQuery, .refundReject, .ruleDeactivate: .allowed
    }
  }

  /// Whether it may be a call of `batch.run`.
  package var allowsBatch: Bool {
    switch self {
    case .auditVerify, .batchRun, .caseAssign, .caseClose, .caseConfirm, .caseGet, .caseLink,
      .caseList, .caseNote, .caseOpen, .casePaper, .caseReopen, .caseResolve, .deliveryClaim,
      .deliveryList, .discrepancyConfirm, .discrepancyGet, .discrepancyList, .discrepancyPropose,
      .discrepancyReject, .discrepancySummary, .discrepancyUndo, .disputeAttach, .disputeAttachment,
      .disputeGet, .disputeList, .disputeQuery, .eventsAck, .eventsRead, .eventsSubscribe,
      .eventsWait, .gatewayCheck, .gatewayHealth, .gatewayList, .gatewayPause, .gatewayResume,
      .hookList, .hookRetry, .keyLookup, .ledgerBalances, .ledgerTrace, .notificationGet,
      .notificationIngest, .notificationList, .notificationReplay, .orderAccept,
      .orderErasePersonal, .orderFind, .orderGet, .orderList, .orderTell, .orderTimeline,
      .orderWait, .orderWhy, .paymentCreate, .paymentGet, .paymentList, .paymentQuery,
      .paymentResolve, .pollDue, .pollRun, .pollStatus, .protocolDescribe, .protocolPing, .reconGet,
      .reconList, .reconRun, .reconSign, .refundApprove, .refundCreate, .refundGet, .refundList,
      .refundQuery, .ruleActivate, .ruleDeactivate, .ruleGet, .ruleList, .ruleProposals,
      .sandboxBehave, .sandboxBooks, .sandboxDispute, .sandboxPay, .serverBackup,
      .serverConnections, .serverDisconnect, .serverDrain, .serverHealth, .serverMetrics,
      .serverReload, .serverStatus, .sessionCancel, .sessionHello, .statementAppend,
      .statementBegin, .statementBills, .statementFetch, .statementGet, .statementImport,
      .statementList: false
    case .deliveryComplete, .deliveryFail, .deliveryHold, .deliveryRelease, .deliveryRetry,
      .deliveryRevoke, .deliveryUnhold, .orderCancel, .orderCreate, .paymentClose,
      .refundReject: true
    }
  }

  /// Whether it may be tried with `dry_run`.
  package var allowsDryRun: Bool {
    switch self {
    case .auditVerify, .caseGet, .caseList, .casePaper, .deliveryList, .discrepancyGet,
      .discrepancyList, .discrepancySummary, .disputeAttachment, .disputeGet, .disputeList,
      .disputeQuery, .eventsAck, .eventsRead, .eventsSubscribe, .eventsWait, .gatewayCheck,
      .gatewayHealth, .gatewayList, .gatewayPause, .gatewayResume, .hookList, .hookRetry,
      .keyLookup, .ledgerBalances, .ledgerTrace, .notificationGet, .notificationIngest,
      .notificationList, .notificationReplay, .orderFind, .orderGet, .orderList, .orderTell,
      .orderTimeline, .orderWait, .orderWhy, .paymentClose, .paymentGet, .paymentList,
      .paymentQuery, .pollDue, .pollRun, .pollStatus, .protocolDescribe, .protocolPing, .reconGet,
      .reconList, .refundGet, .refundList, .refundQuery, .ruleGet, .ruleList, .ruleProposals,
      .sandboxBehave, .sandboxBooks, .sandboxDispute, .sandboxPay, .serverBackup,
      .serverConnections, .serverDisconnect, .serverDrain, .serverHealth, .serverMetrics,
      .serverStatus, .sessionCancel, .sessionHello, .statementAppend, .statementBegin,
      .statementBills, .statementFetch, .statementGet, .statementList: false
    case .batchRun, .caseAssign, .caseClose, .caseConfirm, .caseLink, .caseNote, .caseOpen,
      .caseReopen, .caseResolve, .deliveryClaim, .deliveryComplete, .deliveryFail, .deliveryHold,
      .deliveryRelease, .deliveryRetry, .deliveryRevoke, .deliveryUnhold, .discrepancyConfirm,
      .discrepancyPropose, .discrepancyReject, .discrepancyUndo, .disputeAttach, .orderAccept,
      .orderCancel, .orderCreate, .orderErasePersonal, .paymentCreate, .paymentResolve, .reconRun,
      .reconSign, .refundApprove, .refundCreate, .refundReject, .ruleActivate, .ruleDeactivate,
      .serverReload, .statementImport: true
    }
  }

  /// Whether a shop finds only its own principal's data in it.
  package var visibility: MethodVisibility {
    switch self {
    case .auditVerify, .batchRun, .caseAssign, .caseClose, .caseConfirm, .caseGet, .caseLink,
      .caseList, .caseNote, .caseOpen, .casePaper, .caseReopen, .caseResolve, .deliveryHold,
      .deliveryRetry, .deliveryRevoke, .deliveryUnhold, .discrepancyConfirm, .discrepancyGet,
      .discrepancyList, .discrepancyPropose, .discrepancyReject, .discrepancySummary,
      .discrepancyUndo, .disputeAttach, .disputeAttachment, .disputeQuery, .gatewayCheck,
      .gatewayHealth, .gatewayList, .gatewayPause, .gatewayResume, .hookList, .hookRetry,
      .ledgerBalances, .ledgerTrace, .notificationGet, .notificationIngest, .notificationList,
      .notificationReplay, .orderAccept, .orderErasePersonal, .paymentResolve, .pollDue, .pollRun,
      .pollStatus, .protocolDescribe, .protocolPing, .reconGet, .reconList, .reconRun, .reconSign,
      .refundApprove, .refundCreate, .refundQuery, .refundReject, .ruleActivate, .ruleDeactivate,
      .ruleGet, .ruleList, .ruleProposals, .sandboxBehave, .sandboxBooks, .sandboxDispute,
      .sandboxPay, .serverBackup, .serverConnections, .serverDisconnect, .serverDrain,
      .serverHealth, .serverMetrics, .serverReload, .serverStatus, .sessionCancel, .sessionHello,
      .statementAppend, .statementBegin, .statementBills, .statementFetch, .statementGet,
      .statementImport, .statementList: .all
    case .deliveryClaim, .deliveryComplete, .deliveryFail, .deliveryList, .deliveryRelease,
      .disputeGet, .disputeList, .eventsAck, .eventsRead, .eventsSubscribe, .eventsWait, .keyLookup,
      .orderCancel, .orderCreate, .orderFind, .orderGet, .orderList, .orderTell, .orderTimeline,
      .orderWait, .orderWhy, .paymentClose, .paymentCreate, .paymentGet, .paymentList,
      .paymentQuery, .refundGet, .refundList: .own
    }
  }

  /// Roles that have the method; one of them is enough.
  package var roles: RoleSet {
    switch self {
    case .auditVerify: [.auditor]
    case .batchRun, .keyLookup: [.shop, .support, .finance, .financeLead, .risk, .admin]
    case .caseAssign, .caseClose, .caseLink, .caseNote, .caseOpen, .caseReopen,
      .caseResolve: [.support, .finance, .financeLead, .risk]
    case .caseConfirm: [.finance, .financeLead, .risk]
    case .caseGet, .caseList, .casePaper, .disputeAttachment, .notificationGet,
      .notificationList: [.support, .finance, .financeLead, .risk, .auditor]
    case .deliveryClaim, .deliveryComplete, .deliveryFail, .deliveryRelease, .notificationIngest,
      .orderCancel, .orderCreate, .paymentClose, .paymentCreate, .paymentQuery: [.shop]
    case .deliveryHold, .deliveryUnhold: [.support, .risk]
    case .deliveryList, .disputeGet, .disputeList, .eventsAck, .eventsRead, .eventsSubscribe,
      .eventsWait, .gatewayHealth, .gatewayList, .orderFind, .orderGet, .orderList, .orderWait,
      .paymentGet, .paymentList, .refundGet, .refundList,
      .serverStatus: [.viewer, .shop, .support, .finance, .financeLead, .risk, .auditor, .admin]
    case .deliveryRetry, .deliveryRevoke, .notificationReplay, .pollRun: [.support]
    case .discrepancyConfirm, .discrepancyPropose, .discrepancyReject, .discrepancyUndo,
      .orderAccept, .paymentResolve, .reconRun, .reconSign, .refundApprove, .ruleDeactivate,
      .statementAppend, .statementBegin, .statementFetch, .statementImport: [.finance, .financeLead]
    case .discrepancyGet, .discrepancyList, .discrepancySummary, .ledgerBalances, .ledgerTrace,
      .reconGet, .reconList, .ruleGet, .ruleList, .ruleProposals, .statementBills, .statementGet,
      .statementList: [.finance, .financeLead, .auditor]
    case .disputeAttach, .disputeQuery, .refundCreate, .refundQuery,
      .refundReject: [.support, .finance, .financeLead]
    case .gatewayCheck, .gatewayPause, .gatewayResume, .orderErasePersonal, .sandboxBehave,
      .sandboxBooks, .sandboxDispute, .sandboxPay, .serverBackup, .serverConnections,
      .serverDisconnect, .serverDrain, .serverReload: [.admin]
    case .hookList: [.support, .auditor, .admin]
    case .hookRetry: [.support, .admin]
    case .orderTell, .orderTimeline,
      .orderWhy: [.shop, .support, .finance, .financeLead, .risk, .auditor]
    case .pollDue, .pollStatus: [.support, .finance, .financeLead, .auditor]
    case .protocolDescribe, .protocolPing, .serverHealth, .serverMetrics, .sessionCancel,
      .sessionHello: .everything
    case .ruleActivate: [.financeLead]
    }
  }
}

/// What a method does to the state.
package enum MethodEffect: String, Sendable {
  case read, write, wait, stream, session, admin
}

/// Whether a method takes an idempotency key.
package enum MethodKeyRule: String, Sendable {
  case required, allowed, never
}

/// Whose data a method shows to a shop.
package enum MethodVisibility: String, Sendable {
  case own, all
}
