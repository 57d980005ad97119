import JSON

/// What a create call needs and the event log must not hold: it stands in the call's row, so that
/// the very same request can be made again.
struct PaymentWish {
  let returnURL: String?
  let clientIP: String?
  let payer: String?

  init(_ order: PaymentOrder) {
    returnURL = order.returnURL
    clientIP = order.clientIP
    payer = order.payer
  }

  /// - Parameter text: of a call's row; nil where there was nothing to keep, or no longer is.
  init(_ text: String?) {
    // try?: our own text; what cannot be read any more is as good as not kept.
    let value = text.flatMap { try? JSONReader.read(Array($0.utf8), profile: .document) }
    let members = value?.objectValue
    returnURL = members?["return_url"]?.stringValue
    clientIP = members?["client_ip"]?.stringValue
    payer = members?["payer"]?.stringValue
  }

  var text: String? {
    guard returnURL != nil || clientIP != nil || payer != nil else { return nil }
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("return_url", returnURL)
    writer.member("client_ip", clientIP)
    writer.member("payer", payer)
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
