/// Whether an order is paid. Computed by `OrderAggregate.computedPayState`.
package enum PayState: String, Sendable, CaseIterable {
  /// No payment is open.
  case created
  /// A payment is open; no sign of the buyer.
  case awaiting
  /// The outcome of a payment is not known yet.
  case processing
  case expired
  case cancelled
  /// Money came, of another amount or currency.
  case review
  case paid
  case partiallyRefunded = "partially_refunded"
  case refunded
  case chargedBack = "charged_back"

  /// Money is here that pays the order, in whole or in part given back.
  package var isSettled: Bool {
    switch self {
    case .paid, .partiallyRefunded, .refunded, .chargedBack: true
    case .created, .awaiting, .processing, .expired, .cancelled, .review: false
    }
  }
}

/// Whether the goods went out. Derived from the order's deliveries.
package enum DeliveryState: String, Sendable, CaseIterable {
  /// Nothing to deliver yet.
  case none
  case pending
  case held
  /// Claimed by exactly one worker.
  case reserved
  case delivering
  case delivered
  case failed
  case revoked
}

package enum RiskState: String, Sendable, CaseIterable {
  case clear
  case flagged
  case held
  case verifying
  case cleared
  case refused

  /// Nothing is handed out while this holds (I16).
  package var blocksDelivery: Bool {
    switch self {
    case .held, .verifying, .refused: true
    case .clear, .flagged, .cleared: false
    }
  }
}

package enum DisputeState: String, Sendable, CaseIterable {
  case none
  case open
  case won
  case lost
}

/// Facts about an order that people filter by.
package struct OrderFlags: OptionSet, Hashable, Sendable {
  package let rawValue: Int64

  package init(rawValue: Int64) { self.rawValue = rawValue }

  /// Paid after expiry or cancellation.
  package static let late = OrderFlags(rawValue: 1)
  /// More was captured than is due, and the difference has not been given back.
  package static let excess = OrderFlags(rawValue: 2)
  /// Less was captured than is due.
  package static let short = OrderFlags(rawValue: 4)
  /// A charge of another amount or currency than its payment.
  package static let mismatch = OrderFlags(rawValue: 8)
  /// Two people decided against the gateways' word.
  package static let forced = OrderFlags(rawValue: 16)
  /// The gateway gave the money back by itself.
  package static let autoRefunded = OrderFlags(rawValue: 32)
  /// An invariant failed; nothing changes any more until a person looks.
  package static let frozen = OrderFlags(rawValue: 64)
  /// A person should look; `attention` says at what.
  package static let attention = OrderFlags(rawValue: 128)
  /// No real money: made where there was only a sandbox, or paid at one.
  package static let test = OrderFlags(rawValue: 256)
  /// Paid by the weak word of a gateway that has no better one; nobody has confirmed it.
  package static let weak = OrderFlags(rawValue: 512)
  /// The log says of a payment that it was made at a sandbox, so that `test` follows the payments.
  /// Logs of before do not say it. Not on the wire.
  static let rehearsed = OrderFlags(rawValue: 1024)

  private static let names: [(OrderFlags, String)] = [
    (.late, "late"), (.excess, "excess"), (.short, "short"), (.mismatch, "mismatch"),
    (.forced, "forced"), (.autoRefunded, "auto_refunded"), (.frozen, "frozen"),
    (.attention, "attention"), (.test, "test"), (.weak, "weak"),
  ]

  /// The wire's words, in the order of the contract.
  package var words: [String] {
    var words: [String] = []
    for (flag, word) in OrderFlags.names where contains(flag) { words.append(word) }
    return words
  }

  /// Every word, for the contract's test.
  package static var allWords: [String] { names.map { $0.1 } }
}
