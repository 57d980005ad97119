// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// One definite sentence for the buyer and one for support.
package struct TellObject: WireObject, Equatable {
  /// Language of the sentences.
  package var lang: String
  /// pay_state, or a finer word for it.
  package var state: String
  /// To the buyer.
  package var buyer: String
  /// To support: time, gateway, number, amount, where to look.
  package var support: String
  /// The pay button may be pressed.
  package var canPay: Bool
  /// Ask again after.
  package var retryAfterMilliseconds: Int64?
  /// When the gateway is asked next.
  package var nextCheckAt: Int64?
  /// Progress for the page.
  package var steps: [ProgressStepObject]

  package init(
    lang: String, state: String, buyer: String, support: String, canPay: Bool,
    retryAfterMilliseconds: Int64? = nil, nextCheckAt: Int64? = nil, steps: [ProgressStepObject]
  ) {
    self.lang = lang
    self.state = state
    self.buyer = buyer
    self.support = support
    self.canPay = canPay
    self.retryAfterMilliseconds = retryAfterMilliseconds
    self.nextCheckAt = nextCheckAt
    self.steps = steps
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("lang", lang)
    writer.member("state", state)
    writer.member("buyer", buyer)
    writer.member("support", support)
    writer.member("can_pay", canPay)
    writer.member("retry_after_ms", retryAfterMilliseconds)
    writer.member("next_check_at", nextCheckAt)
    writer.member("steps", steps)
  }
}
