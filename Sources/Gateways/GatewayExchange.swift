/// The bytes of one HTTP request to a gateway.
package struct GatewayRequest: Hashable, Sendable {
  /// What an answer may have where nothing else is said.
  package static let answerBytesUsual = 4_194_304

  package let method: String
  /// Absolute; `https`, or `http` for a loopback address, or `sandbox` for the built-in gateway.
  package let url: String
  /// In order; names as they go on the wire. `Content-Type` and `Accept` are the adapter's to set.
  package let headers: [Header]
  package let body: [UInt8]
  /// Our own limit for the whole exchange; the transport has none that can be trusted.
  package let timeoutMilliseconds: Int64
  /// An answer over this many bytes is refused.
  package let answerBytesMax: Int
  /// The gateway's `login` has to add the access token as it leaves; these bytes hold none.
  package let needsToken: Bool

  package init(
    method: String, url: String, headers: [Header], body: [UInt8],
    timeoutMilliseconds: Int64 = 15_000, answerBytesMax: Int = answerBytesUsual,
    needsToken: Bool = false
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeoutMilliseconds = timeoutMilliseconds
    self.answerBytesMax = answerBytesMax
    self.needsToken = needsToken
  }

  /// The same request with headers that belong to this one sending only.
  package func adding(_ more: [Header]) -> GatewayRequest {
    GatewayRequest(
      method: method, url: url, headers: headers + more, body: body,
      timeoutMilliseconds: timeoutMilliseconds, answerBytesMax: answerBytesMax)
  }
}

package struct Header: Hashable, Sendable {
  package let name: String
  package let value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// The answer as it came: any status, any bytes.
package struct GatewayAnswer: Hashable, Sendable {
  package let status: Int
  package let headers: [Header]
  package let body: [UInt8]
  /// The name of the step that it ends; nil for the first exchange of a question.
  package let step: String?

  package init(status: Int, headers: [Header], body: [UInt8], step: String? = nil) {
    self.status = status
    self.headers = headers
    self.body = body
    self.step = step
  }

  /// The same answer, to a step.
  package func ending(_ step: String?) -> GatewayAnswer {
    GatewayAnswer(status: status, headers: headers, body: body, step: step)
  }

  /// Shorter ones are no secrets, and would be found in anything.
  private static let secretBytesMin = 6
  private static let struckOut = Array("******".utf8)

  /// The same answer without these texts in its body.
  package func without(_ secrets: [String]) -> GatewayAnswer {
    var clean = body
    for secret in secrets where secret.utf8.count >= Self.secretBytesMin {
      Self.strike(Array(secret.utf8), out: &clean)
    }
    return GatewayAnswer(status: status, headers: headers, body: clean, step: step)
  }

  /// Every answer is searched and next to none holds a secret: that must cost nothing.
  private static func strike(_ secret: [UInt8], out text: inout [UInt8]) {
    var place = 0
    while let found = first(secret, in: text, from: place) {
      text.replaceSubrange(found..<found + secret.count, with: struckOut)
      place = found + struckOut.count
    }
  }

  private static func first(_ secret: [UInt8], in text: [UInt8], from start: Int) -> Int? {
    var place = start
    while place + secret.count <= text.count {
      guard let next = text[place...(text.count - secret.count)].firstIndex(of: secret[0]) else {
        return nil
      }
      if text[next..<next + secret.count].elementsEqual(secret) { return next }
      place = next + 1
    }
    return nil
  }

  /// A header's value by its name in any case; the first one where there are several.
  package func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased().utf8.elementsEqual(name.lowercased().utf8) }?.value
  }
}

/// A notification as the merchant's web front end received it.
package struct RawNotification: Hashable, Sendable {
  package let httpMethod: String
  /// The query string without `?`, undecoded.
  package let query: String
  package let headers: [Header]
  package let body: [UInt8]
  /// Address that the front end took it from; told for people, proof of nothing.
  package let sourceIP: String?

  package init(
    httpMethod: String, query: String, headers: [Header], body: [UInt8], sourceIP: String? = nil
  ) {
    self.sourceIP = sourceIP
    self.httpMethod = httpMethod
    self.query = query
    self.headers = headers
    self.body = body
  }

  /// A header's value by its name in any case; nil where it is missing or there twice.
  package func header(_ name: String) -> String? {
    let found = headers.filter { $0.name.lowercased().utf8.elementsEqual(name.lowercased().utf8) }
    return found.count == 1 ? found[0].value : nil
  }
}

/// What the front end must answer the gateway with, to the byte.
package struct Acknowledgement: Hashable, Sendable {
  package let status: Int
  package let headers: [Header]
  package let body: String

  package init(status: Int, headers: [Header], body: String) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}
