import Crypto
package import Domain
import Intake
package import Reconciliation
package import Store

/// Reads a file that has come in whole. Runs beside the writer.
package enum StatementReading {
  /// - Parameters:
  ///   - layout: nil guesses by the heading.
  ///   - isDryRun: shows how the file fits, refused rows too.
  ///   - period: nil takes the days that hold the rows.
  /// - Throws: a `Rejection` that says what is wrong with the file, or a `StoreError`.
  package static func draft(
    of upload: StatementID, for caller: String, gateway: String?, layout: StatementFormat?,
    period: (from: Timestamp?, to: Timestamp?), isDryRun: Bool = false, from store: StoreReader
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
    let opened = try open(bytes, as: layout, isDryRun: isDryRun)
    guard let from = period.from ?? opened.days?.from, let to = period.to ?? opened.days?.to,
      from < to
    else {
      // Where no row reads at all, the first one says why.
      if let first = opened.survey?.refused.first { throw rejection(.unreadable(first)) }
      throw Rejection(
        .statementUnreadable, "The file has no rows that tell which days it covers.",
        hint: "Say so: from_at and to_at.", path: "/params/statement",
        details: [.init("reason", .text("no_rows"))])
    }
    if opened.format.content != .settlement { try requireDays(opened, from, to) }
    let finder = BankCreditFinder(store: store, account: gateway)
    let credits =
      try opened.format.content == .bank ? finder.credits(in: opened.statement.table) : []
    return StatementDraft(
      upload: upload, gateway: gateway, gatewayKind: opened.format.gatewayKind,
      content: opened.format.content, format: opened.format.name,
      declaration: opened.format.declaration, charset: opened.charset, from: from, to: to,
      rows: Int64(opened.statement.table.count), skippedRows: Int64(opened.statement.skippedRows),
      totals: opened.totals, figures: opened.figures, leftOut: opened.leftOut,
      merchants: merchants(of: opened.statement), credits: credits,
      preview: isDryRun ? StatementPreview(opened) : nil)
  }

  /// As the file's heading says, else its rows. One that names none may be anybody's.
  private static func merchants(of statement: Statement) -> [String] {
    if let account = statement.account { return [account] }
    var numbers: Set<UInt32> = []
    for entry in statement.table.entries where entry.kind == .charge || entry.kind == .refund {
      guard entry.merchant > 0 else { return [] }
      numbers.insert(entry.merchant)
    }
    return numbers.sorted().map { String(decoding: statement.table.word($0), as: UTF8.self) }
  }

  /// Why a file of another merchant is refused.
  static let otherMerchant = "other_merchant"

  /// Why a file of another day is refused.
  static let otherDays = "other_days"

  /// A row of the hour around midnight may stand in either bill; a file most of whose rows are of
  /// other days is another day's.
  private static func requireDays(
    _ opened: OpenedStatement, _ from: Timestamp, _ to: Timestamp
  ) throws(Rejection) {
    let (first, last) = (from.adding(milliseconds: -3_600_000), to.adding(milliseconds: 3_600_000))
    let entries = opened.statement.table.entries
    let others = entries.count { $0.at < first || $0.at >= last }
    guard others * 2 > entries.count, let days = opened.days else { return }
    throw Rejection(
      .statementUnreadable,
      "\(others) of \(entries.count) rows are of other days than those declared.",
      hint: "Its rows lie from \(days.from) to \(days.to): declare those days, or leave them out.",
      path: "/params/statement", details: [.init("reason", .text(otherDays))])
  }

  /// Formats by their names, for help and errors.
  package static let formats = StatementFormat.known.map(\.name)

  /// By its name, a known one or one of those that were saved.
  ///
  /// - Throws: a `Rejection` that names them all.
  package static func layout(
    named name: String, saved: [DeclaredLayout]
  ) throws(Rejection) -> StatementFormat {
    if let known = StatementFormat.named(name) { return known }
    if let found = saved.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
      return .declared(found)
    }
    let names = formats + saved.map(\.name)
    throw Rejection(
      .statementUnreadable, "There is no layout \(name).",
      hint: "Layouts are: \(names.joined(separator: ", ")).", path: "/params/layout",
      details: [.init("reason", .text("unknown_layout"))])
  }

  /// The one that a statement was read by.
  static func layout(of record: StatementRecord) throws(Rejection) -> StatementFormat {
    guard let text = record.declaration else { return try layout(named: record.format, saved: []) }
    guard let declared = DeclaredLayout.read(kept: text) else {
      throw Rejection(.internal, "The layout that was kept with \(record.id) does not read.")
    }
    return .declared(declared)
  }

  static func open(
    _ bytes: [UInt8], as layout: StatementFormat?, isDryRun: Bool = false
  ) throws(Rejection) -> OpenedStatement {
    do throws(IntakeError) {
      return try StatementFile.open(bytes, as: layout, isSurvey: isDryRun)
    } catch {
      throw rejection(error)
    }
  }

  private static func rejection(_ error: IntakeError) -> Rejection {
    func unreadable(
      _ reason: String, _ text: String, line: Int = 0, hint: String? = nil
    ) -> Rejection {
      var details: [Rejection.Detail] = [.init("reason", .text(reason))]
      if line > 0 { details.append(.init("line", .integer(Int64(line)))) }
      return Rejection(
        .statementUnreadable, text, hint: hint ?? "Nothing of the file was used.",
        path: "/params/statement", details: details)
    }
    switch error {
    case .archive(let text): return unreadable("archive", "The file cannot be unpacked: \(text).")
    case .unknownFormat:
      return Rejection(
        .statementUnreadable, "The file has no known layout.",
        hint: "Name its layout (\(formats.joined(separator: ", "))), or declare one: mapping.",
        path: "/params/statement", details: [.init("reason", .text("unknown_layout"))])
    case .notText(let charset, let offset):
      return unreadable("not_text", "Byte \(offset) is no text in \(charset).")
    case .unreadable(let error):
      return unreadable(
        "row", "Line \(error.line): \(error.problem.text).", line: error.line,
        hint: error.problem.hint)
    case .empty: return unreadable("empty", "The file is empty.")
    case .notKept(let text): return Rejection(.internal, "Rows cannot be put aside: \(text).")
    }
  }
}
