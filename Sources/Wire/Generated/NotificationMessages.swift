// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// `notification.get`: One notification, verbatim.
package struct NotificationGetRequest: WireRequest, Equatable {
  package typealias Result = NotificationGetResult

  /// The method.
  package static let method = Method.notificationGet
  /// Notification id.
  package var receipt: String

  package static func read(_ reader: inout ParamReader) -> NotificationGetRequest? {
    let receipt = reader.text("receipt", .receiptID, required: true)
    reader.finish(["receipt"])
    guard reader.isClean, let receipt else { return nil }
    return NotificationGetRequest(receipt: receipt)
  }
}

/// What `notification.get` answers.
package struct NotificationGetResult: WireObject, Equatable {
  /// What became of it.
  package var receipt: ReceiptObject
  /// What was received; absent once erased.
  package var body: ReceiptBodyObject?

  package init(receipt: ReceiptObject, body: ReceiptBodyObject? = nil) {
    self.receipt = receipt
    self.body = body
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("receipt", receipt)
    writer.member("body", body)
  }
}

/// `notification.ingest`: Pass on what a gateway sent.
package struct NotificationIngestRequest: WireRequest, Equatable {
  package typealias Result = NotificationIngestResult

  /// The method.
  package static let method = Method.notificationIngest
  /// The gateway whose address was called.
  package var gateway: String
  /// Method.
  package var httpMethod: String
  /// Query string, as received.
  package var query: String?
  /// Headers.
  package var headers: TextMap?
  /// Body, if it is UTF-8.
  package var body: String?
  /// Body, any bytes.
  package var bodyBase64: String?
  /// Address the notification came from.
  package var sourceIP: String?

  package static func read(_ reader: inout ParamReader) -> NotificationIngestRequest? {
    let gateway = reader.text("gateway", .gatewayName, required: true)
    let httpMethod = reader.text("http_method", .httpMethod) ?? "POST"
    let query = reader.text("query", .queryString)
    let headers = reader.textMap("headers", itemsMax: 64, bytesMax: 8192)
    let body = reader.text("body", .text)
    let bodyBase64 = reader.text("body_base64", .base64)
    let sourceIP = reader.text("source_ip", .ip)
    reader.finish([
      "gateway", "http_method", "query", "headers", "body", "body_base64", "source_ip",
    ])
    guard reader.isClean, let gateway else { return nil }
    return NotificationIngestRequest(
      gateway: gateway, httpMethod: httpMethod, query: query, headers: headers, body: body,
      bodyBase64: bodyBase64, sourceIP: sourceIP)
  }
}

/// What `notification.ingest` answers.
package struct NotificationIngestResult: WireObject, Equatable {
  /// What became of it.
  package var verdict: String
  /// Answer the gateway exactly this.
  package var ack: AckObject
  /// The kept notification; absent if only counted.
  package var receipt: String?
  /// The payment it is about.
  package var payment: String?
  /// Its order.
  package var order: String?
  /// Why rejected or parked.
  package var reason: String?

  package init(
    verdict: String, ack: AckObject, receipt: String? = nil, payment: String? = nil,
    order: String? = nil, reason: String? = nil
  ) {
    self.verdict = verdict
    self.ack = ack
    self.receipt = receipt
    self.payment = payment
    self.order = order
    self.reason = reason
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("verdict", verdict)
    writer.member("ack", ack)
    writer.member("receipt", receipt)
    writer.member("payment", payment)
    writer.member("order", order)
    writer.member("reason", reason)
  }
}

/// `notification.list`: Notifications as they arrived.
package struct NotificationListRequest: WireRequest, Equatable {
  package typealias Result = NotificationListResult

  /// The method.
  package static let method = Method.notificationList
  /// Where from.
  package var gateway: String?
  /// What became of them.
  package var verdict: VerdictParam?
  /// About this payment.
  package var payment: String?
  /// About this order.
  package var order: String?
  /// Received at or after.
  package var receivedFrom: Int64?
  /// Received before.
  package var receivedTo: Int64?
  /// Rows at most.
  package var limit: Int64
  /// next of the page before.
  package var page: String?

  package static func read(_ reader: inout ParamReader) -> NotificationListRequest? {
    let gateway = reader.text("gateway", .gatewayName)
    let verdict = reader.choice("verdict", VerdictParam.self)
    let payment = reader.text("payment", .paymentID)
    let order = reader.text("order", .orderRef)
    let receivedFrom = reader.integer("received_from", in: 0...253402300799999)
    let receivedTo = reader.integer("received_to", in: 0...253402300799999)
    let limit = reader.integer("limit", in: 1...200) ?? 50
    let page = reader.text("page", .page)
    reader.finish([
      "gateway", "verdict", "payment", "order", "received_from", "received_to", "limit", "page",
    ])
    guard reader.isClean else { return nil }
    return NotificationListRequest(
      gateway: gateway, verdict: verdict, payment: payment, order: order,
      receivedFrom: receivedFrom, receivedTo: receivedTo, limit: limit, page: page)
  }
}

/// What `notification.list` answers.
package struct NotificationListResult: WireObject, Equatable {
  /// Rows.
  package var receipts: [ReceiptObject]
  /// Where the next page begins; absent on the last.
  package var next: String?

  package init(receipts: [ReceiptObject], next: String? = nil) {
    self.receipts = receipts
    self.next = next
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("receipts", receipts)
    writer.member("next", next)
  }
}

/// `notification.replay`: Judge a notification again.
package struct NotificationReplayRequest: WireRequest, Equatable {
  package typealias Result = NotificationReplayResult

  /// The method.
  package static let method = Method.notificationReplay
  /// Notification id.
  package var receipt: String

  package static func read(_ reader: inout ParamReader) -> NotificationReplayRequest? {
    let receipt = reader.text("receipt", .receiptID, required: true)
    reader.finish(["receipt"])
    guard reader.isClean, let receipt else { return nil }
    return NotificationReplayRequest(receipt: receipt)
  }
}

/// What `notification.replay` answers.
package struct NotificationReplayResult: WireObject, Equatable {
  /// What became of it now.
  package var verdict: String
  /// The notification.
  package var receipt: ReceiptObject
  /// The payment it is about.
  package var payment: String?

  package init(verdict: String, receipt: ReceiptObject, payment: String? = nil) {
    self.verdict = verdict
    self.receipt = receipt
    self.payment = payment
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("verdict", verdict)
    writer.member("receipt", receipt)
    writer.member("payment", payment)
  }
}
