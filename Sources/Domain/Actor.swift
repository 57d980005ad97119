/// Who caused an event; written into every one of them.
package enum Actor: Hashable, Sendable {
  /// A connection of a local program, by its principal in the configuration.
  case client(principal: String)
  /// A person who named themselves with a token.
  case staff(name: String)
  /// A gateway's push, verified.
  case notice(gateway: String)
  /// A bill or bank statement that was taken in.
  case statement(gateway: String)
  /// A rule that people have put in force.
  case rule(RuleID)
  /// The answer to a question that the scheduler asked.
  case poller
  /// Time: an expiry, a lease, an age.
  case timer
  /// Start-up after a stop or a crash.
  case recovery
  /// The daemon itself.
  case system

  /// `client:shop`, `operator:li`, `notice:alipay`, `statement:alipay`,
  /// `rule:rul_…`, `poller`, `timer`, `recovery`, `system`.
  package var text: String {
    switch self {
    case .client(let principal): "client:\(principal)"
    case .staff(let name): "operator:\(name)"
    case .notice(let gateway): "notice:\(gateway)"
    case .statement(let gateway): "statement:\(gateway)"
    case .rule(let id): "rule:\(id)"
    case .poller: "poller"
    case .timer: "timer"
    case .recovery: "recovery"
    case .system: "system"
    }
  }

  /// The name that two-person rules compare. Only operators have one: a local account behind which
  /// several people may sit never approves.
  package var person: String? {
    if case .staff(let name) = self { return name }
    return nil
  }

  /// Whether the text of an actor names a person: both of a two-person step are such.
  package static func isPerson(_ text: String) -> Bool { text.utf8.starts(with: "operator:".utf8) }
}

extension RuleID {
  /// The rule that an actor's text names; nil for everybody else.
  package init?(actor text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == "rule" else { return nil }
    self.init(text: String(parts[1]))
  }
}
