import Domain
import Foundation
import FoundationNetworking
import Gateways

/// The reasons in the faults of this module. The texts are ours: an error's own description may
/// hold addresses and names that do not belong in a log.
enum TransportReason {
  static let deadline = Reason(
    code: FaultCode.timeout, text: "no complete answer within the time allowed")
  static let cancelled = Reason(
    code: FaultCode.unreachable, text: "the exchange was cut off because the daemon stops")
  static let stopped = Reason(
    code: FaultCode.unreachable, text: "not sent: the daemon stops")
  static let noHTTP = Reason(code: FaultCode.badReply, text: "the answer was not HTTP")

  static func tooLong(bytesMax: Int) -> Reason {
    Reason(code: FaultCode.badReply, text: "the answer was longer than \(bytesMax) bytes")
  }

  /// Names an error of the session. The name is a guess for people: none of these numbers proves
  /// anything about what reached the gateway.
  static func of(_ error: any Error) -> Reason {
    let number = (error as? URLError)?.code.rawValue ?? (error as NSError).code
    let (code, phrase) = name(number)
    return Reason(code: code, text: "\(phrase) (transport error \(number))")
  }

  private static func name(_ number: Int) -> (String, String) {
    switch number {
    case NSURLErrorTimedOut: (FaultCode.timeout, "the gateway was silent for too long")
    case NSURLErrorCannotFindHost, NSURLErrorDNSLookupFailed:
      (FaultCode.unreachable, "the gateway's name could not be resolved")
    case NSURLErrorCannotConnectToHost:
      (FaultCode.unreachable, "the connection was refused or could not be made")
    case NSURLErrorNetworkConnectionLost: (FaultCode.unreachable, "the connection broke")
    case NSURLErrorBadServerResponse:
      (FaultCode.unreachable, "the gateway closed the connection without an answer")
    case NSURLErrorUnsupportedURL: (FaultCode.badReply, "the answer was not HTTP")
    case NSURLErrorCancelled: (FaultCode.unreachable, "the exchange was cut off")
    default: (FaultCode.unreachable, "the exchange failed, perhaps in the TLS handshake")
    }
  }
}
