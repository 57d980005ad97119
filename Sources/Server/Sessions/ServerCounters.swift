import Domain
import Synchronization
import Wire

/// Numbers about the server, for `server.metrics`.
final class ServerCounters: Sendable {
  /// Upper bounds of the latency buckets, in microseconds.
  static let bucketsMicroseconds: [Int64] = [
    50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 250_000, 1_000_000,
  ]

  /// Bytes held by all connections together.
  let heldBytes = SharedSum()

  private let cells: Mutex<Cells>

  struct Cells: Sendable {
    var requests = [Int64](repeating: 0, count: Method.allCases.count)
    var failures = [Int64](repeating: 0, count: ErrorCode.allCases.count)
    /// One more than bounds: the last holds all that is slower.
    var readBuckets = [Int64](repeating: 0, count: ServerCounters.bucketsMicroseconds.count + 1)
    var writeBuckets = [Int64](repeating: 0, count: ServerCounters.bucketsMicroseconds.count + 1)
    var readMicroseconds: Int64 = 0
    var writeMicroseconds: Int64 = 0
    var connectionsAccepted: Int64 = 0
    var connectionsRefused: Int64 = 0
  }

  private static let methodIndex = Dictionary(
    uniqueKeysWithValues: Method.allCases.enumerated().map { ($1, $0) })
  private static let codeIndex = Dictionary(
    uniqueKeysWithValues: ErrorCode.allCases.enumerated().map { ($1, $0) })

  init() { cells = Mutex(Cells()) }

  var snapshot: Cells { cells.withLock { $0 } }

  /// A request was answered.
  func count(_ method: Method, _ outcome: ErrorCode?, microseconds: Int64) {
    guard let index = Self.methodIndex[method] else { return }
    let failure = outcome.flatMap { Self.codeIndex[$0] }
    let effect = method.effect
    let bucket =
      Self.bucketsMicroseconds.firstIndex { microseconds <= $0 } ?? Self.bucketsMicroseconds.count
    cells.withLock { cells in
      cells.requests[index] += 1
      if let failure { cells.failures[failure] += 1 }
      switch effect {
      case .read:
        cells.readBuckets[bucket] += 1
        cells.readMicroseconds += microseconds
      case .write:
        cells.writeBuckets[bucket] += 1
        cells.writeMicroseconds += microseconds
      case .wait, .stream, .session, .admin: break
      }
    }
  }

  /// A line was refused before it was a request.
  func count(_ code: ErrorCode) {
    guard let index = Self.codeIndex[code] else { return }
    cells.withLock { $0.failures[index] += 1 }
  }

  func connected(isRefused: Bool) {
    cells.withLock { cells in
      if isRefused { cells.connectionsRefused += 1 } else { cells.connectionsAccepted += 1 }
    }
  }
}

/// A sum that many threads change.
final class SharedSum: Sendable {
  private let value = Atomic<Int>(0)

  /// - Returns: the sum afterwards.
  @discardableResult
  func add(_ difference: Int) -> Int { value.add(difference, ordering: .relaxed).newValue }

  var now: Int { value.load(ordering: .relaxed) }
}
