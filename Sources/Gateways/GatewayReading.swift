package import Domain

package enum GatewayPlan: Sendable {
  case exchange(GatewayRequest)
  /// No call is needed; this is the answer.
  case settled(GatewayReading)
}

/// What an answer means.
package enum GatewayReading: Hashable, Sendable {
  case payment(PaymentSighting)
  /// A payment's state, and what the same answer says beside it. Nil where an earlier step told the
  /// state (`GatewayStep.meanwhile`).
  case findings(PaymentSighting?, also: [GatewayStatement])
  case refund(RefundSighting)
  case dispute(DisputeSighting)
  /// A close was taken; a query must still prove it.
  case closeAccepted
  /// A create or a refund was turned away by a signed answer that does not name it, so it may be
  /// the answer to another call. The gateway is asked before anything of it is believed.
  case refused(Reason)
  /// The question is not answered yet: this has to be sent now.
  case next(GatewayStep)
  /// The answer to `catchUp`.
  case happened(CatchUpPage)
  /// The answer to `notice`.
  case notice(NoticeProof)
  /// The answer to `check`: one sentence, and what is wrong where something is.
  case check(CheckFinding)
}

package struct CheckFinding: Hashable, Sendable {
  /// `ok`, `wrong_key`, `wrong_environment`, `clock_off`, `unknown_merchant`, `unreachable`, …
  package let code: String
  package let text: String
  package let hint: String?

  package init(code: String, text: String, hint: String? = nil) {
    self.code = code
    self.text = text
    self.hint = hint
  }

  /// What a check that brought no usable answer found. A refused login is a wrong key; what answers
  /// in another way than the gateway does is not the gateway.
  package init(_ reason: Reason) {
    if reason.code.utf8.elementsEqual(FaultCode.authentication.utf8) {
      self.init(
        code: "wrong_key", text: reason.text,
        hint: "Compare the key files with what the gateway's own page shows")
    } else if reason.code.utf8.elementsEqual(FaultCode.badReply.utf8) {
      self.init(
        code: "wrong_environment", text: reason.text,
        hint: "Look at url: what answers there does not speak as this gateway does")
    } else {
      self.init(code: reason.code, text: reason.text)
    }
  }
}

/// A further exchange of a question: an approved payment is captured, a page leads to its payment.
///
/// A question takes at most `GatewayStep.countMax` of them. A crash between two of them loses
/// nothing: the question is asked again from its beginning, so every step must bear repetition.
package struct GatewayStep: Hashable, Sendable {
  package static let countMax = 4

  /// The word in call rows and in `GatewayAnswer.step`, as `capture`.
  package let name: String
  package let request: GatewayRequest
  /// It moves money or makes something payable: its intent is committed as a call of its own before
  /// it leaves, and the request must carry a number that makes a repetition harmless.
  package let movesMoney: Bool
  /// What is known already, whatever comes of this step.
  package let meanwhile: [GatewayStatement]

  package init(
    name: String, request: GatewayRequest, movesMoney: Bool, meanwhile: [GatewayStatement] = []
  ) {
    self.name = name
    self.request = request
    self.movesMoney = movesMoney
    self.meanwhile = meanwhile
  }
}

/// Something that a gateway says, in a notice or beside the answer to a question.
package enum GatewayStatement: Hashable, Sendable {
  case payment(PaymentSighting)
  /// Our refund number and what became of it.
  case refund(number: String, RefundSighting)
  /// A refund that Till did not ask for: made at the gateway's own desk.
  case outsideRefund(OutsideRefund)
  case dispute(DisputeSighting)
  /// Something happened to the payment, and what it was has to be asked for: of a notice that
  /// proves too little to be worth reading.
  case somethingHappened
  /// The same of a dispute, which the gateway's list of disputes may not show yet.
  case disputeHappened
}

/// A part of what happened at a gateway since a cursor, oldest first.
package struct CatchUpPage: Hashable, Sendable {
  /// One thing that happened, as a notice would have told it.
  package struct Item: Hashable, Sendable {
    package let payment: PaymentName
    package let statements: [GatewayStatement]

    package init(payment: PaymentName, statements: [GatewayStatement]) {
      self.payment = payment
      self.statements = statements
    }
  }

  package let items: [Item]
  /// Where to go on, kept on disk once the items are.
  package let cursor: String?
  /// There is more right now.
  package let hasMore: Bool

  package init(items: [Item], cursor: String?, hasMore: Bool) {
    self.items = items
    self.cursor = cursor
    self.hasMore = hasMore
  }
}
