import Crypto
import Domain
import Engine
import Reconciliation
import Store
import Wire

enum StatementDispatch {
  static func begin(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(StatementBeginRequest.self)
    return .write(
      .statementBegin(name: request.name, byteCount: request.bytes, digest: request.sha256))
  }

  static func append(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(StatementAppendRequest.self)
    let id = try Parsed.statement(request.statement)
    let bytes: [UInt8]
    do throws(CryptoError) {
      bytes = try Base64.decode(request.dataBase64)
    } catch {
      throw WireError(.badFormat, "data_base64 is not base64.", path: "/params/data_base64")
    }
    return .write(.statementAppend(id, place: request.offset, bytes))
  }

  /// The file is read on a reader thread; the engine takes what was understood.
  static func take(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(StatementImportRequest.self)
    let id = try Parsed.statement(request.statement)
    let principal = call.identity.principal
    func time(_ milliseconds: Int64?) -> Timestamp? {
      milliseconds.map(Timestamp.init(milliseconds:))
    }
    let (from, to) = (time(request.fromAt), time(request.toAt))
    let declared = try declared(request)
    let isDryRun = call.envelope.options.dryRun
    return .preparedWrite { scope in
      let layout =
        try declared
        ?? request.layout.map {
          try StatementReading.layout(named: $0, saved: scope.context.services.layouts())
        }
      return .statementImport(
        try StatementReading.draft(
          of: id, for: principal, gateway: request.gateway, layout: layout, period: (from, to),
          isDryRun: isDryRun, from: scope.store))
    }
  }

  private static func declared(
    _ request: StatementImportRequest
  ) throws(WireError) -> StatementFormat? {
    guard let mapping = request.mapping else { return nil }
    guard request.layout == nil else {
      throw WireError(
        .badFormat, "layout names a layout and mapping declares one.", path: "/params/mapping",
        hint: "Give one of them.")
    }
    do throws(LayoutFaults) {
      return .declared(try DeclaredLayout.read(mapping))
    } catch {
      let problems = error.list.map { Problem($0, in: "/params/mapping") }
      throw WireError(ParamProblems(Array(problems.prefix(Limits.problems))))
    }
  }

  static func get(_ call: Call) throws(WireError) -> Plan {
    let id = try Parsed.statement(try call.params(StatementGetRequest.self).statement)
    return .read { scope in
      guard let record = try scope.store.statement(id) else {
        throw WireError(
          .statementNotFound, "There is no statement \(id).", path: "/params/statement")
      }
      return StatementGetResult(statement: Render.statement(record))
    }
  }

  static func list(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(StatementListRequest.self)
    var before: StatementID?
    if let word = try PageToken.word("s", request.page) {
      guard let id = StatementID(text: word) else { throw PageToken.wrong }
      before = id
    }
    let first = before
    let content = request.content.flatMap { StatementContent(rawValue: $0.rawValue) }
    return .read(.heavy) { scope in
      let rows = try scope.store.statements(
        gateway: request.gateway, content: content,
        from: request.fromAt.map(Timestamp.init(milliseconds:)),
        to: request.toAt.map(Timestamp.init(milliseconds:)), before: first,
        limit: Int(request.limit) + 1)
      let page = rows.prefix(Int(request.limit))
      return StatementListResult(
        statements: page.map(Render.statement),
        next: rows.count > page.count
          ? page.last.map { PageToken.text("s", $0.id.text) } : nil)
    }
  }
}
