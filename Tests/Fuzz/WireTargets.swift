import JSON
import Wire

extension FuzzTarget {
  static let wireTargets = [
    FuzzTarget("json") { bytes in
      readAndWrite(bytes, .wire)
      readAndWrite(bytes, .document)
      if let key = bytes.first {
        // try?: a text that is no object has no members.
        _ = try? JSONReader.memberRange(of: String(UnicodeScalar(key)), in: Array(bytes.dropFirst()))
      }
    },
    FuzzTarget("lines", cutAnywhere),
    FuzzTarget("envelope") { bytes in
      // try?: most bytes are no request.
      guard let envelope = try? RequestEnvelope(line: bytes) else { return }
      for read in requestReaders { read(envelope.params) }
    },
  ]

  /// What was read and is written again reads as the same.
  private static func readAndWrite(_ bytes: [UInt8], _ profile: JSONProfile) {
    // try?: most bytes are no JSON.
    guard let value = try? JSONReader.read(bytes, profile: profile) else { return }
    var writer = JSONWriter(capacity: bytes.count)
    writer.value(value)
    do {
      let again = try JSONReader.read(writer.bytes, profile: .document)
      precondition(again == value, "what was written reads as something else")
    } catch {
      preconditionFailure("what was written cannot be read: \(error)")
    }
  }

  /// The first bytes say where the rest is cut: how it is cut changes nothing that comes out.
  private static func cutAnywhere(_ bytes: [UInt8]) {
    guard let cuts = bytes.first.map({ Int($0 % 16) + 1 }) else { return }
    let text = Array(bytes.dropFirst())
    func taken(step: Int) -> [LineFraming.Action] {
      var framing = LineFraming(sizeMax: 64, discardMax: 256)
      var actions: [LineFraming.Action] = []
      for start in stride(from: 0, to: text.count, by: step) {
        framing.append(Array(text[start..<min(text.count, start + step)]))
        while let action = framing.next() { actions.append(action) }
      }
      framing.end()
      while let action = framing.next() { actions.append(action) }
      return actions
    }
    let whole = taken(step: max(1, text.count))
    precondition(taken(step: cuts) == whole, "how a stream is cut changes its lines")
    for case .line(let line) in whole {
      precondition(!line.isEmpty && line.count <= 64, "a line is empty or over the limit")
      precondition(!line.contains(0x0A), "a line holds a line feed")
    }
  }

  /// The methods with the most to read.
  private static let requestReaders: [@Sendable (JSONObject) -> Void] = [
    reader(OrderCreateRequest.self), reader(OrderListRequest.self), reader(OrderWaitRequest.self),
    reader(OrderAcceptRequest.self), reader(PaymentCreateRequest.self),
    reader(PaymentListRequest.self), reader(PaymentResolveRequest.self),
    reader(RefundCreateRequest.self), reader(RefundApproveRequest.self),
    reader(NotificationIngestRequest.self), reader(NotificationListRequest.self),
    reader(DeliveryClaimRequest.self), reader(DeliveryListRequest.self),
    reader(EventsReadRequest.self), reader(EventsSubscribeRequest.self),
    reader(EventsWaitRequest.self), reader(BatchRunRequest.self), reader(SandboxPayRequest.self),
    reader(SessionHelloRequest.self), reader(ServerBackupRequest.self),
  ]

  private static func reader(_ type: (some WireRequest).Type) -> @Sendable (JSONObject) -> Void {
    { params in _ = type.read(from: params) }
  }
}
