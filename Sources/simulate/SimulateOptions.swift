import Simulation

/// A wrong command line.
struct OptionFault: Error {
  let text: String
}

/// What the command line asks for.
struct SimulateOptions: Sendable {
  enum Mode: String, CaseIterable, Sendable {
    case seeds, named, latency, behaviours
  }

  var mode = Mode.seeds
  /// The first seed; nil for the fixed ones and a random one.
  var seed: UInt64?
  /// So many seeds, where the time does not end them sooner.
  var count: UInt64?
  var seconds: Int64?
  /// Prints the lines of the event log that hold this text.
  var trace: String?
  /// Tells how often each behaviour struck.
  var showsStrikes = false
  /// Exactly these behaviours, each in every third case; nil draws them by the seed.
  var only: [Behaviour]?
  /// Every comparison is written as a large one is.
  var inPieces = false
  var orders = 20_000

  static let help = """
    simulate [seeds|named|latency|behaviours] [flags]

    seeds       (default) runs of the whole daemon in virtual time, each driven by one seed, with
                gateways that lie, crashes and broken disks; everything is checked after every step
    named       the runs that once showed a fault, again
    latency     how soon an order is paid when every callback is lost, in virtual time
    behaviours  lists the ways in which the world misbehaves

      --seed N       begin with this seed (default: 1, 2, 3 … and one drawn at random)
      --seeds N      so many seeds
      --seconds N    go on for so long
      --hours N      go on for so many hours
      --trace TEXT   print the events that hold TEXT
      --only A,B     with exactly these behaviours, each often
      --pieces       every comparison is written in pieces, as a large one is
      --strikes      print how often each behaviour struck
      --orders N     orders of latency (20000)

    The exit status is 1 when a promise was broken; the seed and a command to see it again are
    printed.

    """

  static func parse(_ words: [String]) throws(OptionFault) -> SimulateOptions? {
    var options = SimulateOptions()
    var rest = words[...]
    if let first = rest.first, let mode = Mode(rawValue: first) {
      options.mode = mode
      rest = rest.dropFirst()
    }
    while let flag = rest.popFirst() {
      switch flag {
      case "--help": return nil
      case "--strikes": options.showsStrikes = true
      case "--pieces": options.inPieces = true
      case "--trace": options.trace = rest.popFirst()
      case "--only": options.only = try behaviours(rest.popFirst())
      case "--seed": options.seed = UInt64(try number(flag, rest.popFirst()))
      case "--seeds": options.count = UInt64(try number(flag, rest.popFirst()))
      case "--seconds": options.seconds = try number(flag, rest.popFirst())
      case "--hours": options.seconds = try number(flag, rest.popFirst()) * 3600
      case "--orders": options.orders = Int(try number(flag, rest.popFirst()))
      default: throw OptionFault(text: "there is no flag \(flag); see --help")
      }
    }
    return options
  }

  private static func behaviours(_ text: String?) throws(OptionFault) -> [Behaviour] {
    try (text ?? "").split(separator: ",").map { name throws(OptionFault) in
      guard let behaviour = Behaviour(rawValue: String(name)) else {
        throw OptionFault(text: "there is no behaviour \(name); see simulate behaviours")
      }
      return behaviour
    }
  }

  private static func number(_ flag: String, _ text: String?) throws(OptionFault) -> Int64 {
    guard let text, let number = Int64(text), (0...1_000_000_000).contains(number) else {
      throw OptionFault(text: "\(flag) takes a whole number")
    }
    return number
  }
}
