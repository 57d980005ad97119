import Domain
import Engine

/// Who calls the daemon.
enum People {
  /// The web shop.
  static let shop = Caller(principal: "shop", person: nil, seesAll: false, refundLimit: 0)
  /// Two people of the staff, each with a limit of their own.
  static let li = Caller(principal: "desk", person: "li", seesAll: true, refundLimit: 20_000)
  static let wang = Caller(principal: "desk", person: "wang", seesAll: true, refundLimit: 1_000_000)
  static let chen = Caller(principal: "desk", person: "chen", seesAll: true, refundLimit: 0)

  /// What somebody may give back alone, in minor units, by the text of an event's actor.
  static func limit(of actor: String) -> Int64 {
    switch actor {
    case li.actor.text: li.refundLimit
    case wang.actor.text: wang.refundLimit
    default: 0
    }
  }
}
