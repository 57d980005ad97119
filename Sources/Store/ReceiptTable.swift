import Domain
import JSON
import SQLite

/// The bytes of a notification, kept verbatim.
package struct ReceiptContent: Hashable, Sendable {
  package var httpMethod: String
  package var query: String
  /// Name and value, in the order received.
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]
  /// Address that the web front end saw; nil where it told none.
  package var sourceIP: String?

  package init(
    httpMethod: String, query: String, headers: [(name: String, value: String)], body: [UInt8],
    sourceIP: String? = nil
  ) {
    self.httpMethod = httpMethod
    self.query = query
    self.headers = headers
    self.body = body
    self.sourceIP = sourceIP
  }

  /// False once the bytes have had their time and were let go.
  package var isKept: Bool { !httpMethod.isEmpty }

  package static func == (one: ReceiptContent, other: ReceiptContent) -> Bool {
    one.body == other.body && one.sourceIP == other.sourceIP
      && one.query.utf8.elementsEqual(other.query.utf8)
      && one.headersText.utf8.elementsEqual(other.headersText.utf8)
      && one.httpMethod.utf8.elementsEqual(other.httpMethod.utf8)
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(body) }

  var headersText: String {
    Codec.text { writer in
      writer.beginArray()
      for header in headers {
        writer.beginArray()
        writer.string(header.name)
        writer.string(header.value)
        writer.endArray()
      }
      writer.endArray()
    }
  }

  static func headers(text: String) throws(SQLiteError) -> [(name: String, value: String)] {
    do throws(JSONError) {
      let value = try JSONReader.read(Array(text.utf8), profile: .document)
      var headers: [(name: String, value: String)] = []
      for pair in value.arrayValue ?? [] {
        guard let parts = pair.arrayValue, parts.count == 2, let name = parts[0].stringValue,
          let value = parts[1].stringValue
        else { throw JSONError(.badJSON, at: 0) }
        headers.append((name, value))
      }
      return headers
    } catch { throw .damagedRow("receipts: headers") }
  }
}

/// Rows of `receipts`.
struct ReceiptTable {
  private let insertion: Statement
  private let change: Statement
  private let selection: Statement
  private let parkedSelection: Statement
  private let believedSelection: Statement
  private let unprovenSelection: Statement
  private let unprovenCount: Statement
  private let removal: Statement
  private let erasure: Statement

  /// What empties a receipt. Its digest stays, and an empty method marks that the bytes are gone.
  static let emptied = "body=x'', query='', headers='[]', http_method='', source_ip=NULL"

  init(_ connection: Connection, canWrite: Bool) throws(SQLiteError) {
    selection = try connection.prepare(
      """
      SELECT \(ReceiptTable.columns), http_method, query, headers, body, source_ip
      FROM receipts WHERE id=?
      """)
    parkedSelection = try connection.prepare(
      """
      SELECT id FROM receipts WHERE gateway=? AND out_trade_no=? AND verdict='parked' ORDER BY id
      """)
    believedSelection = try connection.prepare(
      """
      SELECT id FROM receipts WHERE order_key=? AND payment=? AND verdict IN ('applied','noop')
      ORDER BY id
      """)
    unprovenSelection = try connection.prepare(
      "SELECT id FROM receipts WHERE gateway=? AND verdict='received' AND id>? ORDER BY id LIMIT 1")
    unprovenCount = try connection.prepare(
      "SELECT count(*) FROM receipts WHERE gateway=? AND verdict='received'")
    guard canWrite else {
      insertion = selection
      change = selection
      removal = selection
      erasure = selection
      return
    }
    insertion = try connection.prepare(
      """
      INSERT INTO receipts(id, gateway, received_at, verdict, reason, payment, order_key, strength,
        digest, out_trade_no, http_method, query, headers, body, source_ip)
      VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
      """)
    change = try connection.prepare(
      "UPDATE receipts SET verdict=?, reason=?, payment=?, order_key=? WHERE id=?")
    removal = try connection.prepare("DELETE FROM receipts WHERE id=?")
    erasure = try connection.prepare(
      """
      UPDATE receipts SET \(ReceiptTable.emptied)
      WHERE order_key=? AND verdict NOT IN ('parked','received')
      """)
  }

  /// One that is not believed or refused yet is still read: it keeps its bytes.
  func erase(of orderKey: Int64) throws(SQLiteError) {
    try erasure.bind(orderKey, at: 1)
    try erasure.run()
  }

  func insert(
    _ receipt: Receipt, _ content: ReceiptContent, orderKey: Int64?, outTradeNumber: String?
  ) throws(SQLiteError) {
    var cursor = ParameterCursor(insertion)
    try cursor.add(receipt.id.text)
    try cursor.add(receipt.gateway)
    try cursor.add(receipt.receivedAt.milliseconds)
    try cursor.add(receipt.verdict.rawValue)
    try cursor.add(receipt.reason)
    try cursor.add(receipt.payment?.text)
    try cursor.add(orderKey)
    try cursor.add(receipt.strength.rawValue)
    try cursor.add(receipt.digest)
    try cursor.add(outTradeNumber)
    try cursor.add(content.httpMethod)
    try cursor.add(content.query)
    try cursor.add(content.headersText)
    try cursor.add(content.body)
    try cursor.add(content.sourceIP)
    try insertion.run()
  }

  func update(_ receipt: Receipt, orderKey: Int64?) throws(SQLiteError) {
    var cursor = ParameterCursor(change)
    try cursor.add(receipt.verdict.rawValue)
    try cursor.add(receipt.reason)
    try cursor.add(receipt.payment?.text)
    try cursor.add(orderKey)
    try cursor.add(receipt.id.text)
    try change.run()
  }

  func receipt(_ id: ReceiptID) throws(SQLiteError) -> (Receipt, ReceiptContent)? {
    try selection.bind(id.text, at: 1)
    defer { selection.reset() }
    guard try selection.step() else { return nil }
    let receipt = try ReceiptTable.read(selection)
    var cursor = ColumnCursor(selection, from: ReceiptTable.columnsCount)
    let content = ReceiptContent(
      httpMethod: try cursor.string(), query: try cursor.string(),
      headers: try ReceiptContent.headers(text: try cursor.string()), body: try cursor.blob(),
      sourceIP: try cursor.optionalString())
    return (receipt, content)
  }

  func parked(gateway: String, outTradeNumber: String) throws(SQLiteError) -> [ReceiptID] {
    try parkedSelection.bind(gateway, at: 1)
    try parkedSelection.bind(outTradeNumber, at: 2)
    return try identifiers(parkedSelection)
  }

  func believed(of payment: PaymentID, orderKey: Int64) throws(SQLiteError) -> [ReceiptID] {
    try believedSelection.bind(orderKey, at: 1)
    try believedSelection.bind(payment.text, at: 2)
    return try identifiers(believedSelection)
  }

  private func identifiers(_ selection: Statement) throws(SQLiteError) -> [ReceiptID] {
    var ids: [ReceiptID] = []
    defer { selection.reset() }
    while try selection.step() {
      if let id = ReceiptID(text: try selection.string(0)) { ids.append(id) }
    }
    return ids
  }

  /// The oldest that its gateway must still vouch for.
  ///
  /// - Parameter last: only those behind it; nil begins with the first.
  func unproven(gateway: String, after last: ReceiptID?) throws(SQLiteError) -> ReceiptID? {
    try unprovenSelection.bind(gateway, at: 1)
    try unprovenSelection.bind(last?.text ?? "", at: 2)
    defer { unprovenSelection.reset() }
    guard try unprovenSelection.step() else { return nil }
    return ReceiptID(text: try unprovenSelection.string(0))
  }

  func unprovenCount(gateway: String) throws(SQLiteError) -> Int64 {
    try unprovenCount.bind(gateway, at: 1)
    defer { unprovenCount.reset() }
    return try unprovenCount.step() ? try unprovenCount.int64(0) : 0
  }

  func remove(_ id: ReceiptID) throws(SQLiteError) {
    try removal.bind(id.text, at: 1)
    try removal.run()
  }

  /// The order is joined through its key.
  static let columns = """
    receipts.id, receipts.gateway, receipts.received_at, receipts.verdict, receipts.reason,
    receipts.payment, (SELECT orders.id FROM orders WHERE orders.key=receipts.order_key),
    receipts.strength, receipts.digest
    """

  static let columnsCount = 9

  static func read(_ statement: Statement) throws(SQLiteError) -> Receipt {
    var cursor = ColumnCursor(statement)
    let id = try cursor.identifier(ReceiptKind.self, "receipts")
    return Receipt(
      id: id, gateway: try cursor.string(),
      receivedAt: Timestamp(milliseconds: try cursor.int64()),
      verdict: try cursor.word(Receipt.Verdict.self, "receipts \(id)"),
      reason: try cursor.optionalString(),
      payment: try cursor.optionalString().flatMap(PaymentID.init(text:)),
      order: try cursor.optionalString().flatMap(OrderID.init(text:)),
      strength: EvidenceStrength(rawValue: try cursor.int64()) ?? .timer,
      digest: try cursor.string())
  }
}
