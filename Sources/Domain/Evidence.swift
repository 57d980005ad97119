/// How much a statement about money is worth, weakest first (`e0` … `e5`).
package enum EvidenceStrength: Int64, Hashable, Sendable, Comparable, CaseIterable {
  /// A local timer.
  case timer = 0
  /// A return page, a screenshot, one person's word.
  case word = 1
  /// A notice signed with a shared key, or one whose signature does not cover the amount.
  case weakNotice = 2
  /// A notice with an asymmetric signature or an HMAC with a time.
  case signedNotice = 3
  /// The signed answer to our own query.
  case answer = 4
  /// A row of a bill or a bank statement of a closed day.
  case statement = 5

  /// `e0` … `e5` on the wire.
  package var text: String { "e\(rawValue)" }

  package init?(text: String) {
    for strength in EvidenceStrength.allCases where strength.text.utf8.elementsEqual(text.utf8) {
      self = strength
      return
    }
    return nil
  }

  package static func < (one: EvidenceStrength, other: EvidenceStrength) -> Bool {
    one.rawValue < other.rawValue
  }
}

/// Where a statement came from.
package enum EvidenceSource: String, Sendable, CaseIterable {
  case notice
  case query
  case create
  case close
  case refund
  case statement
  case operators
  case timer
  /// Our own record of a call that never left: nobody else has said anything.
  case record
}

/// A pointer to bytes that prove something: a receipt, the answer of a call, a statement row.
package struct Evidence: Hashable, Sendable {
  /// Identifier of the receipt (`ntf_…`) or of the call (`cal_…`), or a reference given by people.
  package let id: String
  package let source: EvidenceSource
  package let strength: EvidenceStrength
  /// When we learnt it, our wall clock.
  package let at: Timestamp
  /// SHA-256 of the bytes in lower-case hex; empty where there are none (two people's word).
  package let digest: String

  package init(
    id: String, source: EvidenceSource, strength: EvidenceStrength, at: Timestamp, digest: String
  ) {
    self.id = id
    self.source = source
    self.strength = strength
    self.at = at
    self.digest = digest
  }
}

extension Evidence {
  /// What two operators bear out, by a reference to something outside.
  static func ofOperators(_ reference: String, at now: Timestamp) -> Evidence {
    Evidence(id: reference, source: .operators, strength: .answer, at: now, digest: "")
  }

  /// The same, worth no more than a weak notice where it tells of money: of a gateway that only
  /// repeats what somebody else's phone showed.
  package func weakened(by sighting: PaymentSighting) -> Evidence {
    guard case .paid = sighting else { return self }
    return Evidence(
      id: id, source: source, strength: min(strength, .weakNotice), at: at, digest: digest)
  }
}

/// Why something is as it is: our word for it, and the gateway's own.
package struct Reason: Hashable, Sendable {
  /// A stable word, as `buyer_left`.
  package let code: String
  /// The gateway's code verbatim, where it gave one.
  package let gatewayCode: String?
  /// A short English sentence for people. Never parsed.
  package let text: String

  package init(code: String, gatewayCode: String? = nil, text: String) {
    self.code = code
    self.gatewayCode = gatewayCode
    self.text = text
  }
}
