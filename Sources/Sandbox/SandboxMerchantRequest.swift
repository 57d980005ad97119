import Domain
import Gateways

/// The members of a merchant's request, each nil where it is missing or not of its form.
struct SandboxMerchantRequest {
  private static let methods = ["qr", "redirect"]
  private static let reasonBytesMax = 1_024

  let outTradeNumber: String?
  let refundNumber: String?
  let disputeNumber: String?
  let amount: Money?
  let method: String?
  let subject: String?
  let expiresAt: Timestamp?
  let reason: String?

  init(_ body: SandboxBody) {
    outTradeNumber = body.text("out_trade_no").flatMap { number in
      let isWellFormed =
        (1...Limits.outTradeNoBytes).contains(number.utf8.count)
        && number.utf8.allSatisfy { Self.isLetterOrDigit($0) }
      return isWellFormed ? number : nil
    }
    refundNumber = body.text("refund_no").flatMap { number in
      let isWellFormed =
        (1...Limits.orderNoBytes).contains(number.utf8.count)
        && number.utf8.allSatisfy { Self.isLetterOrDigit($0) || $0 == 0x2D || $0 == 0x5F }
      return isWellFormed ? number : nil
    }
    disputeNumber = body.text("dispute_id").flatMap { number in
      (1...Limits.orderNoBytes).contains(number.utf8.count) ? number : nil
    }
    amount = body.amount("amount").flatMap { $0.minor <= Limits.amountMinor ? $0 : nil }
    method = body.text("method").flatMap { word in
      Self.methods.first { $0.utf8.elementsEqual(word.utf8) }
    }
    subject = body.text("subject").flatMap {
      $0.utf8.count <= Limits.subjectBytes ? $0 : nil
    }
    expiresAt = body.moment("expires_at")
    reason = body.text("reason").flatMap { $0.utf8.count <= Self.reasonBytesMax ? $0 : nil }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
