/// Something a person can mend: a wrong flag, a daemon that does not start, a request refused.
struct BenchFault: Error, CustomStringConvertible {
  let description: String

  init(_ text: String) { description = text }
}

/// What the command line asks for.
struct BenchOptions: Sendable {
  enum Workload: String, CaseIterable, Sendable {
    case ping, get, create, mixed, lone, fanout, poll, open, start, rss, reconcile, all
    case createFull = "create-full"
    case mainJob = "main-job"
    case reconcileFiles = "reconcile-files"
    case reconcileStore = "reconcile-store"
  }

  var workload = Workload.all
  var clients = 64
  /// Requests in flight on one connection.
  var depth = 1
  var seconds = 5
  var warmupOrders: Int64 = 100_000
  var watchers = 100
  /// Orders a second for the watchers; 0 is as many as can be.
  var rate: Int64 = 100
  var orders: Int64 = 0
  var payments: Int64 = 2_000
  /// Rows of the bill that nobody knows.
  var differences: Int64 = 100
  /// Divides the waiting times of the daemon (`time.scale`).
  var scale: Int64 = 0
  var seed: UInt64 = 1
  var sigmaPermille: Int64 = 1_000
  var socketPath: String?
  var daemonPath: String?
  var folder = "/tmp"
  /// Where `reconcile` leaves the files it read; nil leaves none.
  var filesFolder: String?

  static let help = """
    till-bench [WORKLOAD] [flags]

    Starts a tilld of its own in a folder that is removed afterwards, puts load on it and prints
    what came of it as a table. Figures are measured, none is demanded.

    Workloads (default: all)
      ping create create-full get mixed   many connections, each with requests in flight
      lone       one client, one request at a time: ping, get, create
      fanout     watchers of events and one writer
      poll       open payments at the sandbox, gateway asked as fast as the schedule wants
      open       what --payments open payments cost, and the first question after a kill
      start      from exec to the first answer with a database of --orders
      rss        memory with idle watchers
      main-job   every callback lost: gateway success to local paid, watched and not
      reconcile  a bill and our books of --orders rows each, with planted faults; no daemon
      reconcile-files     those that reconcile left in the folder of --files, and nothing else
      reconcile-store     a bill of --orders rows taken in, compared and written down, no daemon

    Flags
      --clients N         connections (64)
      --depth N           requests in flight on each, at most 32 (1)
      --seconds N         time measured (5)
      --warmup-orders N   orders made before measuring (100000)
      --watchers N        for fanout (100) and rss (10000)
      --rate N            orders a second for fanout, 0 for no pause (100)
      --orders N          for start (1000000), main-job (400), reconcile (200000)
                          and reconcile-store (200000)
      --payments N        for poll (2000) and open (1000000)
      --differences N     rows of the bill of reconcile-store that nobody knows (100)
      --scale N           time.scale for poll (1000) and main-job (10)
      --seed N            of everything that is random (1)
      --sigma-permille N  spread of pay times, thousandths (1000)
      --tilld PATH        the daemon (tilld beside this program)
      --files PATH        reconcile leaves bill, books and what it found in this folder
      --folder PATH       where the daemon's folder and the rows of large files lie (/tmp)
      --socket PATH       use a daemon that runs already; it is not stopped
    """

  /// - Returns: nil if only help was asked for.
  static func parse(_ words: [String]) throws(BenchFault) -> BenchOptions? {
    var options = BenchOptions()
    var given: Set<String> = []
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--help" || word == "help" { return nil }
      guard word.hasPrefix("--") else {
        guard let workload = Workload(rawValue: word) else {
          throw BenchFault("no workload is called \(word); see --help")
        }
        options.workload = workload
        continue
      }
      guard let value = rest.popFirst() else { throw BenchFault("\(word) needs a value") }
      try options.set(word, value)
      given.insert(word)
    }
    options.fillIn(given)
    return options
  }

  private mutating func set(_ flag: String, _ value: String) throws(BenchFault) {
    switch flag {
    case "--clients": clients = Int(try Self.number(flag, value, 1...16_000))
    case "--depth": depth = Int(try Self.number(flag, value, 1...32))
    case "--seconds": seconds = Int(try Self.number(flag, value, 1...86_400))
    case "--warmup-orders": warmupOrders = try Self.number(flag, value, 1...100_000_000)
    case "--watchers": watchers = Int(try Self.number(flag, value, 1...16_000))
    case "--rate": rate = try Self.number(flag, value, 0...100_000)
    case "--orders": orders = try Self.number(flag, value, 1...100_000_000)
    case "--payments": payments = try Self.number(flag, value, 1...10_000_000)
    case "--differences": differences = try Self.number(flag, value, 1...5_000_000)
    case "--scale": scale = try Self.number(flag, value, 1...100_000)
    case "--seed": seed = UInt64(try Self.number(flag, value, 0...Int64.max))
    case "--sigma-permille": sigmaPermille = try Self.number(flag, value, 0...2_000)
    case "--tilld": daemonPath = value
    case "--folder": folder = value
    case "--files": filesFolder = value
    case "--socket": socketPath = value
    default: throw BenchFault("there is no flag \(flag); see --help")
    }
  }

  private static func number(
    _ flag: String, _ value: String, _ range: ClosedRange<Int64>
  ) throws(BenchFault) -> Int64 {
    guard let number = Int64(value), range.contains(number) else {
      throw BenchFault("\(flag) takes a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// Defaults that depend on the workload.
  private mutating func fillIn(_ given: Set<String>) {
    if !given.contains("--watchers"), workload == .rss { watchers = 10_000 }
    if !given.contains("--orders") {
      switch workload {
      case .mainJob: orders = 400
      case .reconcile, .reconcileStore: orders = 200_000
      default: orders = 1_000_000
      }
    }
    if !given.contains("--payments") { payments = workload == .open ? 1_000_000 : 2_000 }
    if !given.contains("--scale") { scale = workload == .mainJob ? 10 : 1_000 }
  }
}
