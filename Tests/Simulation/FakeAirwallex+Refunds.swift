import JSON

/// Refunds that take their time at Airwallex.
extension FakeAirwallex {
  /// So that a bill comes while one is under way.
  private static let slowMilliseconds: Int64 = 40 * 3_600_000
  /// Longer than the gateway's answers are waited for before anybody is told.
  private static let untoldMilliseconds: Int64 = 30 * 3_600_000

  func delay(_ refund: inout Refund) {
    guard let way = strike(.airRefund) else { return }
    note(way)
    if way == .airRefundSlow { refund.workMilliseconds = Self.slowMilliseconds }
    if way == .airRefundUntold { refund.untoldUntil = refund.madeAt + Self.untoldMilliseconds }
  }

  /// Whether the answer to a request would tell of a refund that nobody hears of yet.
  func isUntold(
    _ names: [String], _ fields: [String: String], _ body: JSONObject?, at now: Int64
  ) -> Bool {
    guard names.dropFirst().first == "refunds" else { return false }
    let intent = body?["payment_intent_id"]?.stringValue ?? fields["payment_intent_id"]
      ?? refunds[names.last ?? ""]?.intent
    let made = intents[intent ?? ""]?.refunds ?? []
    return made.contains { refunds[$0].map { $0.untoldUntil > now } ?? false }
  }
}
