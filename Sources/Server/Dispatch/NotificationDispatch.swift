import Crypto
import Domain
import Engine
import Gateways
import Store
import Wire

enum NotificationDispatch {
  static func ingest(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(NotificationIngestRequest.self)
    let body: [UInt8]
    switch (request.body, request.bodyBase64) {
    case (_?, _?):
      throw WireError(
        .unknownField, "Both body and body_base64 are given.", path: "/params/body_base64",
        hint: "Send body for text, or body_base64 for any bytes.")
    case (let text?, nil): body = Array(text.utf8)
    case (nil, let text?):
      do throws(CryptoError) {
        body = try Base64.decode(text)
      } catch {
        throw WireError(
          .badFormat, "body_base64 is not base64.", path: "/params/body_base64")
      }
    case (nil, nil): body = []
    }
    let headers = request.headers?.pairs.map { Header($0.name, $0.value) } ?? []
    return .write(
      .notificationIngest(
        gateway: request.gateway,
        RawNotification(
          httpMethod: request.httpMethod, query: request.query ?? "", headers: headers,
          body: body, sourceIP: request.sourceIP)))
  }

  static func replay(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(NotificationReplayRequest.self)
    return .write(.notificationReplay(try Parsed.receipt(request.receipt)))
  }

  /// The reply to `notification.replay`: the receipt as it is now.
  static func replayed(
    _ scope: ReadScope, _ reply: NotificationReply
  ) throws -> NotificationReplayResult {
    guard let id = reply.receipt, let (receipt, content) = try scope.store.receipt(id) else {
      throw WireError(.receiptNotFound, "The receipt is not kept.", path: "/params/receipt")
    }
    return NotificationReplayResult(
      verdict: reply.verdict.rawValue,
      receipt: Render.receipt(receipt, bytes: content.body.count), payment: reply.payment?.text)
  }

  static func get(_ call: Call) throws(WireError) -> Plan {
    let id = try Parsed.receipt(try call.params(NotificationGetRequest.self).receipt)
    return .read { scope in
      guard let (receipt, content) = try scope.store.receipt(id) else {
        throw WireError(
          .receiptNotFound, "There is no receipt \(id).", path: "/params/receipt")
      }
      let headers = content.headers.map { TextMap.Pair(name: $0.name, value: $0.value) }
      return NotificationGetResult(
        receipt: Render.receipt(receipt, bytes: content.body.count),
        body: !content.isKept
          ? nil
          : ReceiptBodyObject(
            httpMethod: content.httpMethod, query: content.query.isEmpty ? nil : content.query,
            headers: TextMap(headers), bodyBase64: Base64.encode(content.body),
            sourceIP: content.sourceIP))
    }
  }

  static func list(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(NotificationListRequest.self)
    var before: ReceiptID?
    if let word = try PageToken.word("n", request.page) {
      guard let id = ReceiptID(text: word) else { throw PageToken.wrong }
      before = id
    }
    var payment: PaymentID?
    if let text = request.payment { payment = try Parsed.payment(text) }
    let verdict = request.verdict.flatMap { Receipt.Verdict(rawValue: $0.rawValue) }
    let (first, wanted) = (before, payment)
    return .read(.heavy) { scope in
      if let order = request.order { _ = try scope.visibleOrder(order) }
      var (objects, place, scanned): ([ReceiptObject], ReceiptID?, Int) = ([], first, 0)
      while scanned < scanMax {
        let rows = try scope.store.receipts(
          gateway: request.gateway, verdict: verdict,
          order: request.order.map { OrderReference($0) }, before: place,
          limit: Limits.listMax)
        for receipt in rows {
          guard objects.count < Int(request.limit) else {
            return NotificationListResult(
              receipts: objects, next: place.map { PageToken.text("n", $0.text) })
          }
          place = receipt.id
          scanned += 1
          let isInside = TimeSpan(request.receivedFrom, request.receivedTo)
            .holds(receipt.receivedAt)
          guard isInside, wanted == nil || receipt.payment == wanted else { continue }
          let bytes = try scope.store.receipt(receipt.id)?.1.body.count ?? 0
          objects.append(Render.receipt(receipt, bytes: bytes))
        }
        if rows.count < Limits.listMax { return NotificationListResult(receipts: objects) }
      }
      return NotificationListResult(
        receipts: objects, next: place.map { PageToken.text("n", $0.text) })
    }
  }

  /// Receipts looked at for one page, at most.
  private static let scanMax = 2_000
}
