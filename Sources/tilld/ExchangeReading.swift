import Domain
import Platform
import Reconciliation

/// What the operator knows of a gateway's exchanges: a margin, and a list of published rates.
enum ExchangeReading {
  /// Twenty years of two dozen pairs.
  private static let fileBytesMax = 8_388_608
  private static let holdsDaysDefault: Int64 = 7

  /// - Parameters:
  ///   - zoneOffsetMinutes: of the days in the list, minutes east of UTC.
  ///   - resolve: makes a path that is relative to the configuration absolute.
  static func exchange(
    of gateway: ConfigurationObject, zoneOffsetMinutes: Int64, resolve: (String) -> String
  ) throws(ConfigurationError) -> ExchangeBook {
    guard let entry = try gateway.object("exchange", schema: "gateways[].exchange") else {
      return ExchangeBook()
    }
    var margin = Ratio.millionths(0)
    if let text = try entry.text("margin") {
      guard let share = Ratio(shareText: text) else {
        throw entry.error("margin", "must be a share below 1, as \"0.02\" for 2 %")
      }
      margin = share
    }
    var book = ExchangeBook(
      margin: margin, holdsDays: try entry.number("holds_days", 0...3660) ?? holdsDaysDefault,
      offsetMinutes: zoneOffsetMinutes)
    guard let file = try entry.text("rates_file") else { return book }
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try Files.read(resolve(file), byteCountMax: fileBytesMax)
    } catch { throw entry.error("rates_file", "\(file): \(error)") }
    do throws(ExchangeBook.LineFault) {
      try book.add(bytes)
    } catch { throw entry.error("rates_file", "\(file), line \(error.line): \(error.text)") }
    return book
  }
}
