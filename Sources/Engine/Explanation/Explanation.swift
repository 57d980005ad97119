package import Domain
package import Store

/// What happened to an order, why it is as it is, and what to say about it.
///
/// Pure: stored facts in, sentences out. Nothing here reads a clock, a table or a setting.
package enum Explanation {
  /// Beijing time, in minutes east of UTC.
  package static let zoneOffsetDefaultMinutes: Int64 = 480

  /// A question to a gateway that the scheduler has planned.
  package struct PlannedCheck: Hashable, Sendable {
    package let subject: ScheduledQuestion.Subject
    /// Our wall clock.
    package let at: Timestamp
    /// The gateway that is not configured any more, so that nothing will be asked; nil for one that
    /// is.
    package let missingGateway: String?

    package init(
      subject: ScheduledQuestion.Subject, at: Timestamp, missingGateway: String? = nil
    ) {
      self.subject = subject
      self.at = at
      self.missingGateway = missingGateway
    }
  }

  /// The planned questions of an order, soonest first.
  ///
  /// - Parameter isConfigured: whether a gateway of this name can be asked.
  package static func checks(
    payments: [PaymentView], refunds: [RefundView], disputes: [DisputeView] = [],
    isConfigured: (String) -> Bool = { _ in true }
  ) -> [PlannedCheck] {
    func missing(_ gateway: String?) -> String? {
      gateway.flatMap { isConfigured($0) ? nil : $0 }
    }
    var checks: [PlannedCheck] = []
    for view in payments {
      guard let at = view.nextQueryAt else { continue }
      checks.append(
        PlannedCheck(
          subject: .payment(view.payment.id), at: at,
          missingGateway: missing(view.payment.gateway)))
    }
    for view in refunds {
      guard let at = view.nextQueryAt else { continue }
      let gateway = payments.first { $0.payment.id == view.refund.payment }?.payment.gateway
      checks.append(
        PlannedCheck(
          subject: .refund(view.refund.id), at: at, missingGateway: missing(gateway)))
    }
    for view in disputes {
      guard let at = view.nextQueryAt else { continue }
      checks.append(
        PlannedCheck(
          subject: .dispute(view.dispute.id), at: at, missingGateway: missing(view.gateway)))
    }
    return checks.sorted { one, other in
      one.at != other.at ? one.at < other.at : one.subject.text < other.subject.text
    }
  }
}

/// One statement in both languages. Neither is ever empty.
package struct Phrase: Hashable, Sendable {
  package let zh: String
  package let en: String

  package init(zh: String, en: String) {
    self.zh = ChineseSpacing.spaced(zh)
    self.en = en
  }

  /// A sentence: a beginning, then these words.
  func after(zh beginning: String, en englishBeginning: String) -> Phrase {
    Phrase(zh: beginning + zh + "。", en: englishBeginning + en + ".")
  }

  package func text(_ language: ExplanationLanguage) -> String {
    switch language {
    case .zh: zh
    case .en: en
    }
  }

  /// Two sentences after each other.
  static func + (one: Phrase, other: Phrase) -> Phrase {
    Phrase(zh: one.zh + other.zh, en: one.en + " " + other.en)
  }

  static func sentences(_ phrases: [Phrase]) -> Phrase {
    Phrase(
      zh: phrases.map(\.zh).joined(), en: phrases.map(\.en).joined(separator: " "))
  }

  static func listed(_ phrases: [Phrase]) -> Phrase {
    Phrase(
      zh: phrases.map(\.zh).joined(separator: "；"),
      en: phrases.map(\.en).joined(separator: "; "))
  }
}

/// The languages of the contract's `lang`.
package enum ExplanationLanguage: String, Sendable, CaseIterable {
  case zh
  case en
}

/// A statement about money, with who said it: the contract's `evidence`.
package struct EvidenceNote: Hashable, Sendable {
  /// A receipt (`ntf_…`), a call (`cal_…`), or what people named.
  package let id: String
  package let source: EvidenceSource
  package let strength: EvidenceStrength
  /// When we heard it, our wall clock.
  package let at: Timestamp
  /// Lower-case hex; nil for a word.
  package let sha256: String?
  /// What it says, in English.
  package let says: String?

  init(_ evidence: Evidence, says: String? = nil) {
    id = evidence.id
    source = evidence.source
    strength = evidence.strength
    at = evidence.at
    sha256 = evidence.digest.isEmpty ? nil : evidence.digest
    self.says = says
  }
}

/// One step in the life of an order: the contract's `timeline_step`.
package struct TimelineStep: Hashable, Sendable {
  /// Our wall clock.
  package let at: Timestamp
  /// An event type, or `receipt`, `query`, `call`.
  package let type: String
  package let text: Phrase
  /// As in events: `client:shop`, `notice:alipay`, `poller`.
  package let actor: String
  package var payment: PaymentID?
  package var refund: RefundID?
  package var event: EventID?
  package var evidence: EvidenceNote?
  /// The gateway's clock, where it told.
  package var gatewayAt: Timestamp?
}

/// One fact that led to a state: the contract's `because`.
package struct WhyFact: Hashable, Sendable {
  /// A code, as `charge` or `payment_unknown`.
  package let fact: String
  package let text: Phrase
  package var at: Timestamp?
  package var payment: PaymentID?
  package var refund: RefundID?
  package var event: EventID?
  package var evidence: [EvidenceNote] = []
}

/// Something that comes next: the contract's `next_step`.
package struct WhyStep: Hashable, Sendable {
  /// A code, or the method a person would call.
  package let what: String
  package var at: Timestamp?
  package let text: Phrase
}

/// Why an order is in its state: the contract's `why`, and what people can do about it.
package struct WhyReport: Hashable, Sendable {
  package let payState: PayState
  /// Which rule of pay_state held, 1 to 9.
  package let rule: Int64
  package let text: Phrase
  /// The deciding fact first; then delivery, risk, refunds and flags.
  package let because: [WhyFact]
  /// What Till does by itself, soonest first; never empty.
  package let next: [WhyStep]
  /// What the next state waits for; empty where nothing is left to come.
  package let missing: [Phrase]
  /// What a person could do, by method name.
  package let people: [WhyStep]
}

/// A step of the buyer's page: the contract's `progress_step`.
package struct ProgressStep: Hashable, Sendable {
  package enum Key: String, Sendable, CaseIterable {
    case created
    case opened
    case paying
    case confirmed
    case delivered
  }

  package enum State: String, Sendable, CaseIterable {
    case done
    /// Where the order stands now.
    case current
    case waiting
    /// It will not be reached as things are.
    case stopped
  }

  package let key: Key
  package let state: State
  package let at: Timestamp?
  package let text: String

  package var isDone: Bool { state == .done }
}

/// What to say about an order: the contract's `tell`.
package struct TellReport: Hashable, Sendable {
  package let language: ExplanationLanguage
  /// The pay state, or a finer word for it.
  package let state: String
  package let buyer: String
  package let support: String
  package let canPay: Bool
  /// Nil where nothing more is expected by itself.
  package let retryAfterMilliseconds: Int64?
  package let nextCheckAt: Timestamp?
  package let steps: [ProgressStep]
}
