import Domain
import Testing

@testable import Engine

@Suite("numbers of ours in the text of a bank's row")
struct ReferenceScanTests {
  private static let day = Timestamp(milliseconds: 1_795_219_200_000)
  private static let number = PaymentID(at: day, random: 0x1234, 0x5678_9ABC_DEF0_1234).letters
  private static let other = PaymentID(at: day, random: 0x4321, 0x0FED_CBA9_8765_4321).letters

  private func found(_ text: String, booked day: Timestamp = day) -> [String] {
    ReferenceScan.numbers(in: Array(text.utf8)[...], booked: day)
  }

  @Test("it is found however a bank or a person wrote it")
  func writings() {
    let number = Self.number
    let head = String(number.prefix(11))
    let tail = String(number.dropFirst(11))
    let typed = number.replacing("0", with: "O").replacing("1", with: "l")
    for text in [
      number, number.lowercased(), typed, "付款 \(number) 年度服务费", "REF:\(number).",
      "\(head) \(tail)", "\(head)\n\(tail)", "?20\(head)?21\(tail)", "12345\(number)",
    ] {
      #expect(found(text) == [number], "\(text)")
    }
    #expect(found("\(number) \(Self.other) \(number)") == [number, Self.other])
  }

  @Test("what is no number of ours, or of another time, is none")
  func others() {
    let number = Self.number
    let year: Int64 = 365 * 86_400_000
    for text in [
      "", String(number.dropFirst()), "U" + String(number.dropFirst()),
      String(number.prefix(12)) + "U" + String(number.dropFirst(12)), "NOTPROVIDED",
      String(repeating: "0", count: 64),
    ] {
      #expect(found(text).isEmpty, "\(text)")
    }
    #expect(found(number, booked: Self.day.adding(milliseconds: 2 * year)).isEmpty)
    #expect(found(number, booked: Self.day.adding(milliseconds: -year)).isEmpty)
  }
}
