import Domain
package import Gateways
package import Store

/// What the configuration tells the engine. Durations are milliseconds.
package struct EngineSettings: Sendable {
  package var orderExpiryMilliseconds: Int64
  package var orderExpiryMaxMilliseconds: Int64
  /// Divides schedule gaps and expiries, never stored times; 1 in earnest.
  package var timeScale: Int64
  package var hooks: [HookFilter]
  package var retention: Retention
  /// Rows of a large run that are written in one transaction.
  package var rowsOfPiece: Int
  /// Differences that are told of in one transaction.
  package var differencesOfPiece: Int
  /// More of them mean that the wrong file was compared.
  package var discrepanciesPerRun: Int
  /// The same for one that is only tried out, which is a single transaction.
  package var discrepanciesPerTrial: Int
  /// Bytes of a downloaded bill that are written in one transaction.
  package var bytesOfPiece: Int
  /// Shown in `server.started`.
  package var version: String

  package init(
    orderExpiryMilliseconds: Int64 = Int64(Limits.orderExpiryDefaultMilliseconds),
    orderExpiryMaxMilliseconds: Int64 = Int64(Limits.orderExpiryMaxMilliseconds),
    timeScale: Int64 = 1, hooks: [HookFilter] = [], retention: Retention = Retention(),
    rowsOfPiece: Int = 2000, differencesOfPiece: Int = 200,
    discrepanciesPerRun: Int = Limits.discrepanciesPerRun,
    discrepanciesPerTrial: Int = Limits.discrepanciesPerTrial, bytesOfPiece: Int = 1_048_576,
    version: String = "0"
  ) {
    precondition(timeScale >= 1, "time runs at least as fast as it is")
    self.orderExpiryMilliseconds = orderExpiryMilliseconds
    self.orderExpiryMaxMilliseconds = orderExpiryMaxMilliseconds
    self.timeScale = timeScale
    self.hooks = hooks
    self.retention = retention
    self.rowsOfPiece = rowsOfPiece
    self.differencesOfPiece = differencesOfPiece
    self.discrepanciesPerRun = discrepanciesPerRun
    self.discrepanciesPerTrial = discrepanciesPerTrial
    self.bytesOfPiece = bytesOfPiece
    self.version = version
  }

  /// Fill-backs of a large run that are carried out in one transaction: each reads and writes an
  /// order with all that follows from its payment, where a row is one row.
  var fillBacksOfPiece: Int { max(1, rowsOfPiece / 10) }

  /// Differences that are read and counted in one transaction, where telling of one writes five
  /// rows.
  var differencesCounted: Int { 8 * differencesOfPiece }

  func scaled(_ milliseconds: Int64) -> Int64 { max(1, milliseconds / timeScale) }
}

/// Which events a configured hook hears.
package struct HookFilter: Sendable {
  package let name: String
  /// Types as `order.paid`, or families as `order.*`.
  package let types: [String]

  package init(name: String, types: [String]) {
    self.name = name
    self.types = types
  }

  func wants(_ type: String) -> Bool {
    types.contains { pattern in
      pattern.utf8.last == UInt8(ascii: "*")
        ? type.utf8.starts(with: pattern.utf8.dropLast()) : pattern.utf8.elementsEqual(type.utf8)
    }
  }
}

/// A configured gateway and how hard it may be asked.
package struct GatewayAccount: Sendable {
  package let gateway: any Gateway
  /// Questions a second on average, at most.
  package let queriesPerSecond: Int64
  /// Exchanges under way at the same time, at most.
  package let concurrency: Int
  /// The number that its bills name us by; nil where we do not know it.
  package let merchant: String?

  package init(
    gateway: any Gateway, queriesPerSecond: Int64 = 10, concurrency: Int = 8,
    merchant: String? = nil
  ) {
    precondition(queriesPerSecond > 0 && concurrency > 0, "a gateway must be allowed to be asked")
    self.gateway = gateway
    self.queriesPerSecond = queriesPerSecond
    self.concurrency = concurrency
    self.merchant = merchant
  }
}

package enum EngineState: Hashable, Sendable {
  case ready
  /// The disk is full: reads go on, writes are refused until a probe succeeds.
  case readOnly
  /// After a restore: no refunds, closes or claims of an order until its gateway has answered about
  /// everything that was open there.
  case recovering
}

/// The database cannot be trusted any more, or cannot be written: the process must end and recover
/// by a new start.
package struct EngineStop: Error, Sendable {
  package let text: String
}
