import Domain
import Engine
import JSON
import Store
import Wire

enum HookDispatch {
  static func retry(_ call: Call) throws(WireError) -> Plan {
    let text = try call.params(HookRetryRequest.self).message
    return .write(
      .hookRetry(
        try Parsed.identifier(text, HookDeliveryKind.self, "message", missing: .hookNotFound)))
  }

  static func list(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(HookListRequest.self)
    var before: HookDeliveryID?
    if let word = try PageToken.word("h", request.page) {
      guard let id = HookDeliveryID(text: word) else { throw PageToken.wrong }
      before = id
    }
    let first = before
    return .read(.heavy) { scope in
      let all = scope.context.services.hooks()
      let wanted = all.filter { facts in
        request.hook.map { $0.utf8.elementsEqual(facts.name.utf8) } ?? true
      }
      if let name = request.hook, wanted.isEmpty { throw notFound(name, all) }
      let page = try messages(scope, request, before: first)
      let rows = try scope.store.hooks(state: nil, before: nil, limit: scanMax)
      return HookListResult(
        hooks: wanted.map { object($0, rows) }, messages: page.messages, next: page.next)
    }
  }

  private static func notFound(_ name: String, _ all: [HookFacts]) -> WireError {
    let near = Suggestion.names(near: name, among: all.map(\.name))
    return WireError(
      .hookNotFound, "No hook is configured as \(name).", path: "/params/hook",
      details: near.isEmpty
        ? nil : JSONObject([("did_you_mean", .array(near.map { .string($0) }))]))
  }

  /// Messages of the hooks and states asked for; without a state those not taken yet.
  private static func messages(
    _ scope: ReadScope, _ request: HookListRequest, before: HookDeliveryID?
  ) throws -> (messages: [HookMessageObject], next: String?) {
    var (messages, place, scanned): ([HookMessageObject], HookDeliveryID?, Int) = (
      [], before, 0
    )
    while scanned < scanMax {
      let rows = try scope.store.hooks(state: nil, before: place, limit: Limits.listMax)
      for row in rows {
        guard messages.count < Int(request.limit) else {
          return (messages, place.map { PageToken.text("h", $0.text) })
        }
        place = row.id
        scanned += 1
        let word = stateWord(row)
        let isWanted =
          request.state.map { $0.rawValue.utf8.elementsEqual(word.utf8) } ?? (row.state != .done)
        let isOfHook = request.hook.map { $0.utf8.elementsEqual(row.hook.utf8) } ?? true
        if isWanted, isOfHook { messages.append(try message(row, word, scope)) }
      }
      if rows.count < Limits.listMax { return (messages, nil) }
    }
    return (messages, place.map { PageToken.text("h", $0.text) })
  }

  private static func stateWord(_ row: OutboxRow) -> String {
    row.state == .ready && row.tries > 0 ? "retry" : row.state.rawValue
  }

  private static func message(
    _ row: OutboxRow, _ state: String, _ scope: ReadScope
  ) throws -> HookMessageObject {
    let page = try scope.store.events(
      after: row.sequence - 1, EventFilter(), limit: 1, bytesMax: .max, scanMax: 1,
      keepsTransactions: false)
    var (event, type) = ("", "")
    if let line = page.items.first?.line,
      let object = try JSONReader.read(line, profile: .document).objectValue
    {
      event = object["id"]?.stringValue ?? ""
      type = object["type"]?.stringValue ?? ""
    }
    return HookMessageObject(
      id: row.id.text, hook: row.hook, event: event, type: type, state: state,
      tries: row.tries, dueAt: row.nextAt?.milliseconds, error: row.lastError)
  }

  private static func object(_ facts: HookFacts, _ rows: [OutboxRow]) -> HookObject {
    let own = rows.filter { $0.hook.utf8.elementsEqual(facts.name.utf8) }
    let pending = own.filter { $0.state == .ready }
    return HookObject(
      name: facts.name, kind: facts.kind, types: facts.types, pending: Int64(pending.count),
      dead: Int64(own.count { $0.state == .dead }),
      oldestAt: pending.map(\.createdAt).min()?.milliseconds,
      lastOkAt: own.filter { $0.state == .done }.compactMap(\.endedAt).max()?.milliseconds,
      lastError: own.first { $0.lastError != nil }?.lastError)
  }

  /// Messages looked at by one call, newest first.
  private static let scanMax = 10_000
}
