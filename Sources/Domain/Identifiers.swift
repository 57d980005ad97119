/// Says which thing an identifier names, by its prefix on the wire.
package protocol IdentifierKind: Sendable {
  static var prefix: StaticString { get }
}

/// A time-sortable identifier: 48 bits of milliseconds, then 80 bits that the shell drew at random.
///
/// Wire: prefix and 26 letters of Crockford's base 32, as `ord_01JD…`. Compared as 128 bits.
package struct Identifier<Kind: IdentifierKind>: Hashable, Sendable, Comparable,
  CustomStringConvertible
{
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// - Parameter random: at least 80 random bits; the upper 48 bits of `high` are not used.
  package init(at moment: Timestamp, random high: UInt64, _ low: UInt64) {
    let milliseconds = UInt64(truncatingIfNeeded: moment.milliseconds) & 0xFFFF_FFFF_FFFF
    self.high = milliseconds << 16 | (high & 0xFFFF)
    self.low = low
  }

  /// Nil unless the text is exactly the prefix and 26 letters of the alphabet in upper case.
  package init?(text: String) {
    var copy = text
    let parsed = copy.withUTF8 { Self(utf8: UnsafeRawBufferPointer($0)) }
    guard let parsed else { return nil }
    self = parsed
  }

  /// The same for the bytes of a text.
  package init?(utf8 bytes: UnsafeRawBufferPointer) {
    guard let bits = Base32.bits(of: bytes, after: Kind.prefix) else { return nil }
    self.init(high: bits.high, low: bits.low)
  }

  package var text: String { Base32.text(high, low, after: Kind.prefix) }

  /// The 26 letters without the prefix: numbers that gateways accept (`[A-Za-z0-9]`, ≤ 32).
  package var letters: String { String(text.dropFirst(Kind.prefix.utf8CodeUnitCount)) }

  package var description: String { text }

  package static func < (one: Self, other: Self) -> Bool {
    one.high != other.high ? one.high < other.high : one.low < other.low
  }
}

/// The same for every kind, so that nothing generic stands on the way of each row.
private enum Base32 {
  private static var letters: StaticString { "0123456789ABCDEFGHJKMNPQRSTVWXYZ" }
  /// What stands for "0" to "Z", by the letter whose number it is; "~" where no letter is one.
  private static var values: StaticString { "0123456789~~~~~~~:;<=>?@A~BC~DE~FGHIJ~KLMNO" }

  static func bits(
    of bytes: UnsafeRawBufferPointer, after prefix: StaticString
  ) -> (high: UInt64, low: UInt64)? {
    let length = prefix.utf8CodeUnitCount
    guard bytes.count == length + 26 else { return nil }
    for index in 0..<length where bytes[index] != prefix.utf8Start[index] { return nil }
    var (high, low): (UInt64, UInt64) = (0, 0)
    for index in length..<bytes.count {
      let place = Int(bytes[index]) - 0x30
      guard place >= 0, place < values.utf8CodeUnitCount else { return nil }
      let digit = values.utf8Start[place] &- 0x30
      guard digit < 32, index > length || digit < 8 else { return nil }
      high = high << 5 | low >> 59
      low = low << 5 | UInt64(digit)
    }
    return (high, low)
  }

  static func text(_ high: UInt64, _ low: UInt64, after prefix: StaticString) -> String {
    let length = prefix.utf8CodeUnitCount
    return String(unsafeUninitializedCapacity: length + 26) { buffer in
      for index in 0..<length { buffer[index] = prefix.utf8Start[index] }
      var (high, low) = (high, low)
      for index in stride(from: length + 25, through: length, by: -1) {
        buffer[index] = letters.utf8Start[Int(low & 31)]
        low = low >> 5 | high << 59
        high >>= 5
      }
      return length + 26
    }
  }
}

package enum OrderKind: IdentifierKind { package static let prefix: StaticString = "ord_" }
package enum PaymentKind: IdentifierKind { package static let prefix: StaticString = "pay_" }
package enum RefundKind: IdentifierKind { package static let prefix: StaticString = "rfd_" }
package enum DeliveryKind: IdentifierKind { package static let prefix: StaticString = "dlv_" }
package enum ClaimKind: IdentifierKind { package static let prefix: StaticString = "clm_" }
package enum DisputeKind: IdentifierKind { package static let prefix: StaticString = "dsp_" }
package enum AttachmentKind: IdentifierKind { package static let prefix: StaticString = "att_" }
package enum ReceiptKind: IdentifierKind { package static let prefix: StaticString = "ntf_" }
package enum CallKind: IdentifierKind { package static let prefix: StaticString = "cal_" }
package enum EventKind: IdentifierKind { package static let prefix: StaticString = "evt_" }
package enum HookDeliveryKind: IdentifierKind { package static let prefix: StaticString = "hkd_" }
package enum StatementKind: IdentifierKind { package static let prefix: StaticString = "stm_" }
package enum RunKind: IdentifierKind { package static let prefix: StaticString = "rec_" }
package enum DiscrepancyNumber: IdentifierKind { package static let prefix: StaticString = "dsc_" }
package enum RuleIdentity: IdentifierKind { package static let prefix: StaticString = "rul_" }
package enum CaseIdentity: IdentifierKind { package static let prefix: StaticString = "cas_" }

package typealias OrderID = Identifier<OrderKind>
package typealias PaymentID = Identifier<PaymentKind>
package typealias RefundID = Identifier<RefundKind>
package typealias DeliveryID = Identifier<DeliveryKind>
package typealias ClaimID = Identifier<ClaimKind>
package typealias DisputeID = Identifier<DisputeKind>
package typealias AttachmentID = Identifier<AttachmentKind>
package typealias ReceiptID = Identifier<ReceiptKind>
package typealias CallID = Identifier<CallKind>
package typealias EventID = Identifier<EventKind>
package typealias HookDeliveryID = Identifier<HookDeliveryKind>
package typealias StatementID = Identifier<StatementKind>
package typealias RunID = Identifier<RunKind>
package typealias DiscrepancyID = Identifier<DiscrepancyNumber>
package typealias CaseID = Identifier<CaseIdentity>
package typealias RuleID = Identifier<RuleIdentity>
