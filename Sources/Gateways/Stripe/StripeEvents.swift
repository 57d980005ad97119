import Domain
import JSON

/// Events of Stripe → what they say of our payments, whether they came by notice or by asking.
enum StripeEvents {
  enum Finding {
    case item(CatchUpPage.Item)
    /// Not ours or not needed; why.
    case passed(String)
    case malformed
  }

  static func item(_ event: JSONObject, _ type: String) -> Finding {
    guard let object = event["data"]?["object"]?.objectValue else { return .malformed }
    switch object["object"]?.stringValue {
    case "checkout.session": return session(object)
    case "payment_intent": return intent(object)
    case "charge":
      guard type.hasSameBytes(as: "charge.refunded") else { return .passed("other_type") }
      return about(object, StripeObjects.refunds(ofCharge: object))
    case "refund":
      guard let statement = StripeObjects.refundStatement(object) else { return .malformed }
      return about(object, [statement])
    case "dispute":
      guard let dispute = StripeObjects.dispute(object) else { return .malformed }
      return about(object, [.dispute(dispute)])
    default: return .passed("other_type")
    }
  }

  /// Other programs may use the same account: what does not carry our number is theirs.
  private static func session(_ session: JSONObject) -> Finding {
    guard let number = StripeObjects.number(session) else { return .passed("other_payment") }
    guard let sighting = StripeObjects.session(session) else { return .malformed }
    return .item(
      CatchUpPage.Item(payment: .outTradeNumber(number), statements: [.payment(sighting)]))
  }

  /// The intent behind a page: a failed try leaves the page open for another one, so only what is
  /// final or on the way counts; the page itself says whether it was closed.
  private static func intent(_ intent: JSONObject) -> Finding {
    guard let number = StripeObjects.number(intent) else { return .passed("other_payment") }
    guard let sighting = StripeObjects.intent(intent) else { return .malformed }
    switch sighting {
    case .paid, .processing, .unrecognised:
      return .item(
        CatchUpPage.Item(payment: .outTradeNumber(number), statements: [.payment(sighting)]))
    default: return .passed("not_final")
    }
  }

  /// Refunds and disputes name the intent, which is the transaction's number here.
  private static func about(_ object: JSONObject, _ statements: [GatewayStatement]) -> Finding {
    guard let intent = StripeObjects.id(object["payment_intent"]) else {
      return .passed("other_payment")
    }
    return .item(
      CatchUpPage.Item(payment: .gatewayTransaction(intent), statements: statements))
  }

  /// A page of the list of events, oldest first.
  static func page(
    _ object: JSONObject, _ facts: CatchUpFacts, _ objects: StripeObjects
  ) throws(Fault) -> CatchUpPage {
    guard let list = object["data"]?.arrayValue else {
      throw .badReply("Stripe", "it is no list of events")
    }
    let events = list.compactMap(\.objectValue)
    var items: [CatchUpPage.Item] = []
    for event in events.reversed() where objects.isOurMode(event) {
      guard let type = event["type"]?.stringValue, case .item(let item) = self.item(event, type)
      else { continue }
      items.append(item)
    }
    let newest = events.first.flatMap { StripeObjects.id($0["id"]) }
    // The first look has no place to go on from but the newest; what is older is asked for by the
    // payments' own questions.
    let hasMore = facts.cursor?.isEmpty == false && object["has_more"]?.boolValue == true
    return CatchUpPage(items: items, cursor: newest ?? facts.cursor, hasMore: hasMore)
  }
}
