import Crypto
package import Domain
import Intake
import Reconciliation
package import Store

/// Reads a file that has come in whole. Runs beside the writer.
package enum StatementReading {
  /// - Parameters:
  ///   - format: nil guesses by the heading.
  ///   - period: nil takes the days that hold the rows.
  /// - Throws: a `Rejection` that says what is wrong with the file, or a `StoreError`.
  package static func draft(
    of upload: StatementID, for caller: String, gateway: String?, format name: String?,
    period: (from: Timestamp?, to: Timestamp?), from store: StoreReader
  ) throws -> StatementDraft {
    guard let row = try store.upload(upload), row.owner.utf8.elementsEqual(caller.utf8) else {
      throw Rejection(
        .statementNotFound, "No file is on its way in as \(upload).", path: "/params/statement")
    }
    guard row.received == row.byteCount else {
      throw Rejection(
        .statementIncomplete,
        "\(row.received) of \(row.byteCount) bytes have come.", path: "/params/statement",
        details: [.init("received", .integer(row.received))])
    }
    let bytes = try store.statementBytes(upload)
    guard SHA256.hash(bytes).hex.utf8.elementsEqual(row.digest.utf8) else {
      throw Rejection(
        .statementIncomplete, "The bytes that came are not those that were announced.",
        hint: "Send the file again.", path: "/params/statement",
        details: [.init("received", .integer(row.received))])
    }
    let opened = try open(bytes, format: name)
    guard let from = period.from ?? opened.days?.from, let to = period.to ?? opened.days?.to,
      from < to
    else {
      throw Rejection(
        .statementUnreadable, "The file has no rows that tell which days it covers.",
        hint: "Say so: from_at and to_at.", path: "/params/statement",
        details: [.init("reason", .text("no_rows"))])
    }
    return StatementDraft(
      upload: upload, gateway: gateway, gatewayKind: opened.format.gatewayKind,
      content: opened.format.content, format: opened.format.name, charset: opened.charset,
      from: from, to: to,
      rows: Int64(opened.statement.table.count), skippedRows: Int64(opened.statement.skippedRows),
      totals: opened.totals, figures: opened.figures, leftOut: opened.leftOut)
  }

  /// Formats by their names, for help and errors.
  package static let formats = StatementFormat.known.map(\.name)

  static func open(_ bytes: [UInt8], format name: String?) throws(Rejection) -> OpenedStatement {
    var format: StatementFormat?
    if let name {
      guard let named = StatementFormat.named(name) else {
        throw Rejection(
          .statementUnreadable, "There is no layout \(name).",
          hint: "Layouts are: \(formats.joined(separator: ", ")).", path: "/params/layout",
          details: [.init("reason", .text("unknown_layout"))])
      }
      format = named
    }
    do throws(IntakeError) {
      return try StatementFile.open(bytes, as: format)
    } catch {
      throw rejection(error)
    }
  }

  private static func rejection(_ error: IntakeError) -> Rejection {
    func unreadable(_ reason: String, _ text: String, line: Int = 0) -> Rejection {
      var details: [Rejection.Detail] = [.init("reason", .text(reason))]
      if line > 0 { details.append(.init("line", .integer(Int64(line)))) }
      return Rejection(
        .statementUnreadable, text, hint: "Nothing of the file was used.",
        path: "/params/statement", details: details)
    }
    switch error {
    case .archive(let text): return unreadable("archive", "The file cannot be unpacked: \(text).")
    case .unknownFormat:
      return Rejection(
        .statementUnreadable, "The file has no known layout.",
        hint: "Name its layout: \(formats.joined(separator: ", ")).",
        path: "/params/statement", details: [.init("reason", .text("unknown_layout"))])
    case .notText(let charset, let offset):
      return unreadable("not_text", "Byte \(offset) is no text in \(charset).")
    case .unreadable(let error):
      return unreadable("row", "Line \(error.line): \(error.problem.text).", line: error.line)
    case .empty: return unreadable("empty", "The file is empty.")
    }
  }
}
