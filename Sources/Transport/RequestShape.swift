import Domain
import Foundation
import FoundationNetworking
import Gateways

/// Checks a request before it is handed over, while refusing it still proves that nothing left.
enum RequestShape {
  /// Added to our own deadline for the session's silence limit, which only stands behind it.
  static let sessionGraceSeconds = 5
  static let timeoutMillisecondsMax: Int64 = 300_000

  static func prepare(
    _ request: GatewayRequest, userAgent: String
  ) throws(Fault) -> URLRequest {
    precondition(
      (1...timeoutMillisecondsMax).contains(request.timeoutMilliseconds),
      "an exchange lasts between a millisecond and five minutes")
    precondition(request.answerBytesMax >= 0, "an answer has no negative size")
    do throws(GatewayAddress.Flaw) {
      _ = try GatewayAddress(request.url)
    } catch {
      throw refusal("the address \(error.phrase)")
    }
    guard let url = URL(string: request.url) else { throw refusal("the address is malformed") }
    guard isToken(request.method), request.method == request.method.uppercased() else {
      throw refusal("the method is no HTTP method")
    }
    var prepared = URLRequest(url: url)
    prepared.httpMethod = request.method
    prepared.timeoutInterval = TimeInterval(
      Int(request.timeoutMilliseconds / 1000) + sessionGraceSeconds)
    prepared.setValue(userAgent, forHTTPHeaderField: "User-Agent")
    prepared.setValue("*/*", forHTTPHeaderField: "Accept")
    // Lets a gateway that obeys close first, and keep no end of a connection that is over.
    prepared.setValue("close", forHTTPHeaderField: "Connection")
    // What is compared and hashed are the bytes as the gateway wrote them.
    prepared.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
    for header in request.headers {
      guard isToken(header.name), isHeaderValue(header.value) else {
        throw refusal("a header holds a character that HTTP does not allow")
      }
      prepared.setValue(header.value, forHTTPHeaderField: header.name)
    }
    if !request.body.isEmpty {
      guard prepared.value(forHTTPHeaderField: "Content-Type") != nil else {
        throw refusal("a body without Content-Type")
      }
      prepared.httpBody = Data(request.body)
    }
    return prepared
  }

  /// Visible ASCII and blanks; a line feed would begin another header.
  static func isHeaderValue(_ text: String) -> Bool {
    text.utf8.allSatisfy { ($0 >= 0x20 && $0 < 0x7F) || $0 == 0x09 }
  }

  private static func isToken(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte) || Array("!#$%&'*+-.^_`|~".utf8).contains(byte)
      }
  }

  private static func refusal(_ text: String) -> Fault {
    .notSent(Reason(code: FaultCode.rejected, text: "not sent: \(text)"))
  }
}
