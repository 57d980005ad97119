package import Crypto
package import Domain
package import Gateways
package import Store

/// Who asks. Fixed when the connection was made; permissions were checked before a command is made.
package struct Caller: Hashable, Sendable {
  /// The owner of what it creates.
  package let principal: String
  /// The operator who has shown a token on this connection; two-person rules compare it.
  package let person: String?
  /// Sees and changes every principal's orders, not only its own.
  package let seesAll: Bool
  /// What it may give back alone, in minor units.
  package let refundLimit: Int64
  /// Gives second signatures and puts rules in force.
  package let isLead: Bool

  package init(
    principal: String, person: String?, seesAll: Bool, refundLimit: Int64, isLead: Bool = false
  ) {
    self.principal = principal
    self.person = person
    self.seesAll = seesAll
    self.refundLimit = refundLimit
    self.isLead = isLead
  }

  package var actor: Actor {
    if let person { return .staff(name: person) }
    return .client(principal: principal)
  }
}

/// Something a caller asks to be made true. One case a writing method. Indirect: see `Input`.
package indirect enum Command: Sendable {
  case orderCreate(OrderOrder)
  case orderCancel(OrderReference, reason: String?)
  case orderAccept(OrderReference, reason: String)
  case orderErasePersonal(OrderReference)
  case paymentCreate(PaymentOrder)
  case paymentQuery(PaymentID)
  case paymentClose(PaymentID)
  case paymentResolve(PaymentID, amount: Money?, proof: String, reason: String)
  case paymentResolveUnpaid(PaymentID, proof: String, reason: String)
  case notificationIngest(gateway: String, RawNotification)
  case notificationReplay(ReceiptID)
  case refundCreate(PaymentID, amount: Money, reason: String?)
  case refundApprove(RefundID)
  case refundReject(RefundID, reason: String)
  case refundQuery(RefundID)
  case disputeQuery(DisputeID)
  case disputeAttach(DisputeID, AttachmentWish)
  case deliveryClaim(OrderReference, line: Int64?, leaseMilliseconds: Int64?)
  case deliveryComplete(ClaimID, reference: String?)
  case deliveryFail(ClaimID, reason: String)
  case deliveryRelease(ClaimID)
  case deliveryHold(OrderReference, reason: String)
  case deliveryUnhold(OrderReference)
  case deliveryRetry(OrderReference, reason: String)
  case deliveryRevoke(OrderReference, reason: String)
  case gatewayPause(String)
  case gatewayResume(String)
  case gatewayCheck(String)
  case pollRun(OrderReference?)
  case consumerAcknowledge(consumer: String, epoch: String, sequence: Int64)
  case hookRetry(HookDeliveryID)
  case statementBegin(name: String?, byteCount: Int64, digest: String)
  /// - Parameter place: where the piece begins in the file.
  case statementAppend(StatementID, place: Int64, [UInt8])
  case statementImport(StatementDraft)
  case reconcile(RunDraft)
  /// - Parameter seen: the digest of the page that the signer has looked at; nil where nobody says.
  case runSign(RunID, seen: String?)
  case discrepancyPropose(AdjudicationWish)
  case discrepancyConfirm(DiscrepancyID)
  case discrepancyReject(DiscrepancyID, reason: String)
  case discrepancyUndo(DiscrepancyID, reason: String)
  case cases(CaseWish)
  case ruleActivate(PatternStudy, RuleMode)
  case ruleDeactivate(RuleID, reason: String)
  /// Nil takes all kinds, and the last day whose bill should be there.
  case billFetch(gateway: String, kind: BillKind?, day: CivilDay?)
  /// All or nothing; only commands that need no gateway call.
  case batch([BatchedCommand])
}

extension Command {
  /// A gateway may have to be asked before there is an answer.
  var needsGateway: Bool {
    switch self {
    case .paymentCreate, .paymentQuery, .refundCreate, .refundApprove, .refundQuery,
      .disputeQuery, .gatewayCheck, .batch:
      true
    case .orderCreate, .orderCancel, .orderAccept, .orderErasePersonal, .paymentClose,
      .paymentResolve, .paymentResolveUnpaid, .notificationIngest, .notificationReplay,
      .refundReject, .disputeAttach, .deliveryClaim, .deliveryComplete, .deliveryFail,
      .deliveryRelease, .deliveryHold, .deliveryUnhold, .deliveryRetry, .deliveryRevoke,
      .gatewayPause, .gatewayResume, .pollRun,
      .consumerAcknowledge, .hookRetry, .statementBegin, .statementAppend, .statementImport,
      .reconcile, .runSign, .discrepancyPropose, .discrepancyConfirm, .discrepancyReject,
      .discrepancyUndo, .cases, .ruleActivate, .ruleDeactivate, .billFetch:
      false
    }
  }
}

/// One call of a batch, with the wire's name of its method for errors.
package struct BatchedCommand: Sendable {
  package let method: String
  package let command: Command

  package init(method: String, command: Command) {
    self.method = method
    self.command = command
  }
}

/// What `order.create` asks for.
package struct OrderOrder: Sendable {
  package let number: String?
  package let amount: Money
  package let subject: String
  package let lines: [OrderLine]
  package let source: String?
  /// Milliseconds from now; nil takes the configured default.
  package let expiresInMilliseconds: Int64?
  package let buyer: Buyer?
  /// A JSON object as compact text.
  package let metadata: String?

  package init(
    number: String?, amount: Money, subject: String, lines: [OrderLine], source: String?,
    expiresInMilliseconds: Int64?, buyer: Buyer?, metadata: String?
  ) {
    self.number = number
    self.amount = amount
    self.subject = subject
    self.lines = lines
    self.source = source
    self.expiresInMilliseconds = expiresInMilliseconds
    self.buyer = buyer
    self.metadata = metadata
  }
}

/// What `dispute.attach` asks for.
package struct AttachmentWish: Hashable, Sendable {
  package let kind: DisputeEvidenceKind
  /// As `text/plain`.
  package let mediaType: String
  package let content: AttachmentContent

  package init(kind: DisputeEvidenceKind, mediaType: String, content: AttachmentContent) {
    self.kind = kind
    self.mediaType = mediaType
    self.content = content
  }
}

/// What `payment.create` asks for.
package struct PaymentOrder: Sendable {
  package let order: OrderReference
  package let gateway: String
  /// Nil takes the gateway's first method.
  package let method: String?
  package let returnURL: String?
  package let clientIP: String?
  /// The buyer as the gateway names him, for methods inside its app.
  package let payer: String?

  package init(
    order: OrderReference, gateway: String, method: String?, returnURL: String?, clientIP: String?,
    payer: String? = nil
  ) {
    self.order = order
    self.gateway = gateway
    self.method = method
    self.returnURL = returnURL
    self.clientIP = clientIP
    self.payer = payer
  }
}

/// A command with everything around it.
package struct Request: Sendable {
  /// Names the waiting caller; the engine gives it back with the answer and knows no more of it.
  package let token: ReplyToken
  /// The wire's name of the method, as `order.create`; stored with the key.
  package let method: String
  package let caller: Caller
  package let command: Command
  /// Checked for shape; nil where the method takes none or the caller gave none.
  package let key: IdempotencyKey?
  /// Tries everything and takes it all back.
  package let isDryRun: Bool
  package let trace: String?
  /// How long the caller waits for a gateway before it takes `unknown` for an answer, in
  /// milliseconds.
  package let patienceMilliseconds: Int64
  /// The version of the order or refund that the caller has seen; another one is a conflict.
  package let expectedVersion: Int64?

  package init(
    token: ReplyToken, method: String, caller: Caller, command: Command, key: IdempotencyKey?,
    isDryRun: Bool, trace: String?, patienceMilliseconds: Int64, expectedVersion: Int64? = nil
  ) {
    self.token = token
    self.method = method
    self.caller = caller
    self.command = command
    self.key = key
    self.isDryRun = isDryRun
    self.trace = trace
    self.patienceMilliseconds = patienceMilliseconds
    self.expectedVersion = expectedVersion
  }
}

package struct ReplyToken: Hashable, Sendable {
  package let value: UInt64

  package init(value: UInt64) { self.value = value }
}

/// A caller's key and what it was used for.
package struct IdempotencyKey: Hashable, Sendable {
  package let text: String
  /// SHA-256 of the canonical `{method, params}` without the common members.
  package let fingerprint: SHA256Digest

  package init(text: String, fingerprint: SHA256Digest) {
    self.text = text
    self.fingerprint = fingerprint
  }
}
