// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// `statement.append`: Send a piece of a file.
package struct StatementAppendRequest: WireRequest, Equatable {
  package typealias Result = StatementAppendResult

  /// The method.
  package static let method = Method.statementAppend
  /// From statement.begin.
  package var statement: String
  /// Where the piece begins.
  package var offset: Int64
  /// The piece.
  package var dataBase64: String

  package static func read(_ reader: inout ParamReader) -> StatementAppendRequest? {
    let statement = reader.text("statement", .statementID, required: true)
    let offset = reader.integer("offset", in: 0...536870912, required: true)
    let dataBase64 = reader.text("data_base64", .filePiece, required: true)
    reader.finish(["statement", "offset", "data_base64"])
    guard reader.isClean, let statement, let offset, let dataBase64 else { return nil }
    return StatementAppendRequest(statement: statement, offset: offset, dataBase64: dataBase64)
  }
}

/// What `statement.append` answers.
package struct StatementAppendResult: WireObject, Equatable {
  /// Bytes that are here.
  package var received: Int64

  package init(received: Int64) {
    self.received = received
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("received", received)
  }
}

/// `statement.begin`: Announce a file.
package struct StatementBeginRequest: WireRequest, Equatable {
  package typealias Result = StatementBeginResult

  /// The method.
  package static let method = Method.statementBegin
  /// Size of the file.
  package var bytes: Int64
  /// Digest of its bytes.
  package var sha256: String
  /// What it is called.
  package var name: String?

  package static func read(_ reader: inout ParamReader) -> StatementBeginRequest? {
    let bytes = reader.integer("bytes", in: 1...536870912, required: true)
    let sha256 = reader.text("sha256", .sha256, required: true)
    let name = reader.text("name", .fileName)
    reader.finish(["bytes", "sha256", "name"])
    guard reader.isClean, let bytes, let sha256 else { return nil }
    return StatementBeginRequest(bytes: bytes, sha256: sha256, name: name)
  }
}

/// What `statement.begin` answers.
package struct StatementBeginResult: WireObject, Equatable {
  /// What the file is called from now on.
  package var statement: String
  /// Bytes that are here.
  package var received: Int64

  package init(statement: String, received: Int64) {
    self.statement = statement
    self.received = received
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("statement", statement)
    writer.member("received", received)
  }
}

/// `statement.bills`: Gateways' bills and how far each is.
package struct StatementBillsRequest: WireRequest, Equatable {
  package typealias Result = StatementBillsResult

  /// The method.
  package static let method = Method.statementBills
  /// Only of this gateway.
  package var gateway: String?
  /// Rows at most.
  package var limit: Int64

  package static func read(_ reader: inout ParamReader) -> StatementBillsRequest? {
    let gateway = reader.text("gateway", .gatewayName)
    let limit = reader.integer("limit", in: 1...200) ?? 50
    reader.finish(["gateway", "limit"])
    guard reader.isClean else { return nil }
    return StatementBillsRequest(gateway: gateway, limit: limit)
  }
}

/// What `statement.bills` answers.
package struct StatementBillsResult: WireObject, Equatable {
  /// Newest day first, then by gateway and kind.
  package var bills: [BillObject]

  package init(bills: [BillObject]) {
    self.bills = bills
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("bills", bills)
  }
}

/// `statement.fetch`: Download a gateway's bills now.
package struct StatementFetchRequest: WireRequest, Equatable {
  package typealias Result = StatementFetchResult

  /// The method.
  package static let method = Method.statementFetch
  /// The configured gateway.
  package var gateway: String
  /// Only this kind; by default all that the gateway gives out.
  package var kind: BillKindParam?
  /// The day it is about, in the gateway's zone; by default the last one whose bill should be
  /// there.
  package var day: String?

  package static func read(_ reader: inout ParamReader) -> StatementFetchRequest? {
    let gateway = reader.text("gateway", .gatewayName, required: true)
    let kind = reader.choice("kind", BillKindParam.self)
    let day = reader.text("day", .day)
    reader.finish(["gateway", "kind", "day"])
    guard reader.isClean, let gateway else { return nil }
    return StatementFetchRequest(gateway: gateway, kind: kind, day: day)
  }
}

/// What `statement.fetch` answers.
package struct StatementFetchResult: WireObject, Equatable {
  /// What is asked for now.
  package var bills: [BillObject]

  package init(bills: [BillObject]) {
    self.bills = bills
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("bills", bills)
  }
}

/// `statement.get`: One bill or bank statement.
package struct StatementGetRequest: WireRequest, Equatable {
  package typealias Result = StatementGetResult

  /// The method.
  package static let method = Method.statementGet
  /// Which.
  package var statement: String

  package static func read(_ reader: inout ParamReader) -> StatementGetRequest? {
    let statement = reader.text("statement", .statementID, required: true)
    reader.finish(["statement"])
    guard reader.isClean, let statement else { return nil }
    return StatementGetRequest(statement: statement)
  }
}

/// What `statement.get` answers.
package struct StatementGetResult: WireObject, Equatable {
  /// It.
  package var statement: StatementObject

  package init(statement: StatementObject) {
    self.statement = statement
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("statement", statement)
  }
}

/// `statement.import`: Take a bill or bank statement in.
package struct StatementImportRequest: WireRequest, Equatable {
  package typealias Result = StatementImportResult

  /// The method.
  package static let method = Method.statementImport
  /// From statement.begin; all pieces are here.
  package var statement: String
  /// The configured gateway whose bill it is; without it the only one that gives out such files.
  /// For a bank's statement, a name for the account.
  package var gateway: String?
  /// How it is laid out: alipay_trade, alipay_fund, wechat_trade, wechat_fund, stripe, paypal,
  /// paypal_day_first, mt940, ofx, camt053, or a layout that the configuration saves. Guessed
  /// without it.
  package var layout: String?
  /// Declares a layout, for files of any shop or channel, in place of layout. It is kept with the
  /// statement, which is always read by it.
  package var mapping: JSONObject?
  /// The days it covers begin; by default the day of its first row.
  package var fromAt: Int64?
  /// And end; by default the day after its last row's.
  package var toAt: Int64?

  package static func read(_ reader: inout ParamReader) -> StatementImportRequest? {
    let statement = reader.text("statement", .statementID, required: true)
    let gateway = reader.text("gateway", .accountName)
    let layout = reader.text("layout", .layoutName)
    let mapping = reader.jsonObject("mapping", bytesMax: 16384)
    let fromAt = reader.integer("from_at", in: 0...253402300799999)
    let toAt = reader.integer("to_at", in: 0...253402300799999)
    reader.finish(["statement", "gateway", "layout", "mapping", "from_at", "to_at"])
    guard reader.isClean, let statement else { return nil }
    return StatementImportRequest(
      statement: statement, gateway: gateway, layout: layout, mapping: mapping, fromAt: fromAt,
      toAt: toAt)
  }
}

/// What `statement.import` answers.
package struct StatementImportResult: WireObject, Equatable {
  /// What was understood.
  package var statement: StatementObject
  /// The same bytes were taken in before.
  package var known: Bool
  /// Files of a zip that were not used.
  package var leftOut: [String]
  /// Payments that its rows paid or confirmed. Only a bank's statement does so by itself; bills are
  /// compared by recon.run.
  package var filledBack: Int64
  /// The one it was issued in place of.
  package var supersedes: String?
  /// With dry_run: how the file fits its layout.
  package var preview: StatementPreviewObject?

  package init(
    statement: StatementObject, known: Bool, leftOut: [String], filledBack: Int64,
    supersedes: String? = nil, preview: StatementPreviewObject? = nil
  ) {
    self.statement = statement
    self.known = known
    self.leftOut = leftOut
    self.filledBack = filledBack
    self.supersedes = supersedes
    self.preview = preview
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("statement", statement)
    writer.member("known", known)
    writer.member("left_out", leftOut)
    writer.member("filled_back", filledBack)
    writer.member("supersedes", supersedes)
    writer.member("preview", preview)
  }
}

/// `statement.list`: Bills and bank statements.
package struct StatementListRequest: WireRequest, Equatable {
  package typealias Result = StatementListResult

  /// The method.
  package static let method = Method.statementList
  /// Whose.
  package var gateway: String?
  /// What they hold.
  package var content: StatementContentParam?
  /// With days after this.
  package var fromAt: Int64?
  /// With days before this.
  package var toAt: Int64?
  /// Rows at most.
  package var limit: Int64
  /// next of the page before.
  package var page: String?

  package static func read(_ reader: inout ParamReader) -> StatementListRequest? {
    let gateway = reader.text("gateway", .accountName)
    let content = reader.choice("content", StatementContentParam.self)
    let fromAt = reader.integer("from_at", in: 0...253402300799999)
    let toAt = reader.integer("to_at", in: 0...253402300799999)
    let limit = reader.integer("limit", in: 1...200) ?? 50
    let page = reader.text("page", .page)
    reader.finish(["gateway", "content", "from_at", "to_at", "limit", "page"])
    guard reader.isClean else { return nil }
    return StatementListRequest(
      gateway: gateway, content: content, fromAt: fromAt, toAt: toAt, limit: limit, page: page)
  }
}

/// What `statement.list` answers.
package struct StatementListResult: WireObject, Equatable {
  /// Rows.
  package var statements: [StatementObject]
  /// Where the next page begins; absent on the last.
  package var next: String?

  package init(statements: [StatementObject], next: String? = nil) {
    self.statements = statements
    self.next = next
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("statements", statements)
    writer.member("next", next)
  }
}
