import Crypto
import Domain

/// A bank account that buyers and gateways pay to: what came, and the files that tell of it.
final class BankAccount {
  /// As the gateway of transfers is configured.
  static let transfers = "account"
  /// The account that gateways pay out to.
  static let payouts = "house-bank"

  /// The gateway that its files are named as.
  let name: String

  struct Movement: Hashable {
    let day: CivilDay
    let minor: Int64
    /// The bank's number for it.
    let number: String
    /// Our numbers of the payments that its text names.
    let names: [String]
    let text: String
    /// The payouts that it is, by their gateway's numbers.
    let payouts: [String]
  }

  /// Our numbers of the payments whose buyers know where to send the money.
  var asked: [String] = []
  /// Where gateways pay out to.
  var restDays = RestDays()
  private(set) var movements: [Movement] = []
  /// Movements that stood in a file which agrees with itself, by the bank's number.
  private(set) var told: Set<String> = []
  /// By the digest of a file and a line of it, what stands there.
  private(set) var places: [String: [Int64: Movement]] = [:]
  /// Digests of files that contradict themselves.
  private(set) var wrongFiles: Set<String> = []

  init(_ name: String) { self.name = name }

  func take(_ minor: Int64, naming names: [String], at now: Int64) {
    let text = names.isEmpty ? "thanks" : "for " + names.joined(separator: " ")
    take(minor, saying: text, naming: names, at: now)
  }

  /// - Parameter payouts: those that it is, whatever the text says.
  func take(
    _ minor: Int64, saying text: String, naming names: [String] = [], payouts: [String] = [],
    at now: Int64
  ) {
    let day = CivilDay(Timestamp(milliseconds: now), offsetMinutes: 0)
    movements.append(
      Movement(
        day: day, minor: minor, number: "BK\(1000 + movements.count)", names: names, text: text,
        payouts: payouts))
  }

  func movement(_ number: String) -> Movement? { movements.first { $0.number == number } }

  /// What came on these days as MT940; nil where nothing did.
  ///
  /// - Parameter isWrong: one row holds another amount than was moved, so that the closing balance
  ///   contradicts the rows.
  func file(_ days: ClosedRange<CivilDay>, isWrong: Bool) -> [UInt8]? {
    let rows = movements.filter { days.contains($0.day) }.sorted { $0.day < $1.day }
    guard let first = rows.first, let last = rows.last else { return nil }
    var lines = [":20:F\(days.upperBound.number)", ":25:6222021234567890", ":28C:1/1"]
    lines.append(":60F:C\(stamp(first.day))CNY0,00")
    var lineNumbers: [Int64: Movement] = [:]
    for (place, row) in rows.enumerated() {
      let minor = row.minor + (isWrong && place == 0 ? 1 : 0)
      // Behind the line of the envelope, counted from 1.
      lineNumbers[Int64(lines.count + 2)] = row
      lines.append(":61:\(stamp(row.day))C\(amount(minor))NTRFNONREF//\(row.number)")
      lines.append(":86:\(row.text)")
    }
    let sum = rows.reduce(0) { $0 + $1.minor }
    lines.append(":62F:C\(stamp(last.day))CNY\(amount(sum))")
    if !isWrong { told.formUnion(rows.map(\.number)) }
    let bytes = Array(("{4:\n" + lines.joined(separator: "\n") + "\n-}\n").utf8)
    let digest = SHA256.hash(bytes).hex
    places[digest] = lineNumbers
    if isWrong { wrongFiles.insert(digest) }
    return bytes
  }

  private func stamp(_ day: CivilDay) -> String { String(day.plainText.dropFirst(2)) }

  private func amount(_ minor: Int64) -> String {
    FakeAlipay.yuan(minor).split(separator: ".").joined(separator: ",")
  }
}
