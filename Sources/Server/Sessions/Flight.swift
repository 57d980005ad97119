import Domain
import Engine
import Store
import Wire

/// One request between its line and its reply. Lives on the queue of its session's loop.
///
/// A class, because it is looked up at every step and holds all that was asked: a copy costs more
/// than the step.
final class Flight {
  // A key's row is large and few are looked up, so it is not in every flight.
  enum Stage {
    /// Waits until the writes before it on this connection have answered.
    case held(Plan)
    /// The engine looks up the reply that was stored under a key.
    indirect case lookingUp(KeyRow)
    /// Handed to the engine: it will be done, whatever happens to the caller.
    case writing
    case reading
    case waiting(any Waiter)
    /// A job of the daemon's that cannot be taken back.
    case working
  }

  let id: RequestID
  /// Names it within its connection; never one that is in flight.
  let serial: UInt32
  var call: Call
  /// Monotonic nanoseconds of the line's arrival.
  let startedNanoseconds: Int64
  /// Counts against the limit of requests in flight.
  let isCounted: Bool
  fileprivate(set) var stage: Stage
  /// How often it was prepared anew, because what it had read was overtaken.
  var preparedAgain = 0
  /// Its key is in flight, and it was not handed to the engine, which would let the key go.
  var holdsKey = false
  /// What waits here, on its own queue, for what is read for it.
  var goesOn: AnyObject?

  init(
    id: RequestID, serial: UInt32, call: Call, startedNanoseconds: Int64, isCounted: Bool,
    stage: Stage
  ) {
    self.id = id
    self.serial = serial
    self.call = call
    self.startedNanoseconds = startedNanoseconds
    self.isCounted = isCounted
    self.stage = stage
  }

  /// What was read for it has come.
  func goOn<Value>(with outcome: Result<Value, WireError>) {
    guard let going = goesOn as? Going<Value> else { return }
    goesOn = nil
    going.then(outcome)
  }

  /// Whether a reply can still say that nothing happened.
  var isTakenBack: Bool {
    switch stage {
    case .held, .reading, .lookingUp, .waiting: true
    case .writing, .working: false
    }
  }
}

/// How a request goes on after a read.
final class Going<Value> {
  let then: (Result<Value, WireError>) -> Void

  init(_ then: @escaping (Result<Value, WireError>) -> Void) { self.then = then }
}

/// The requests in flight of one connection. They are few, so they are searched in a row.
struct FlightTable {
  private(set) var flights: [Flight] = []
  private(set) var countedCount = 0
  private(set) var writesCount = 0
  private(set) var heldCount = 0
  private var lastSerial: UInt32 = 0

  /// Serials have so many bits in a token.
  static let serialBits: UInt32 = 24

  var isEmpty: Bool { flights.isEmpty }

  func contains(_ id: RequestID) -> Bool { flights.contains { $0.id == id } }

  /// A serial for the next request.
  mutating func nextSerial() -> UInt32 {
    repeat {
      lastSerial = (lastSerial + 1) & (1 << Self.serialBits - 1)
    } while lastSerial == SessionToken.nobody || index(lastSerial) != nil
    return lastSerial
  }

  mutating func insert(_ flight: Flight) {
    flights.append(flight)
    count(flight, by: 1)
  }

  subscript(serial: UInt32) -> Flight? { index(serial).map { flights[$0] } }

  func flight(_ id: RequestID) -> Flight? { flights.first { $0.id == id } }

  mutating func remove(_ serial: UInt32) -> Flight? {
    guard let index = index(serial) else { return nil }
    let flight = flights.remove(at: index)
    count(flight, by: -1)
    return flight
  }

  mutating func move(_ serial: UInt32, to stage: Flight.Stage) {
    guard let index = index(serial) else { return }
    count(flights[index], by: -1)
    flights[index].stage = stage
    count(flights[index], by: 1)
  }

  /// A write was answered; what is held behind it begins after it.
  mutating func written(_ serial: UInt32, upTo sequence: Int64) {
    guard heldCount > 0, let index = index(serial) else { return }
    for later in index..<flights.count {
      flights[later].call.now = max(flights[later].call.now, sequence)
    }
  }

  /// The engine was asked for what stands in a row of the keys.
  mutating func expect(_ row: KeyRow, _ serial: UInt32) { move(serial, to: .lookingUp(row)) }

  /// The first held request, if no write stands before it any more.
  var releasable: UInt32? {
    guard heldCount > 0 else { return nil }
    for flight in flights {
      switch flight.stage {
      case .writing: return nil
      case .held: return flight.serial
      case .reading, .lookingUp, .waiting, .working: continue
      }
    }
    return nil
  }

  private func index(_ serial: UInt32) -> Int? { flights.firstIndex { $0.serial == serial } }

  private mutating func count(_ flight: Flight, by step: Int) {
    if flight.isCounted { countedCount += step }
    switch flight.stage {
    case .writing: writesCount += step
    case .held: heldCount += step
    case .reading, .lookingUp, .waiting, .working: break
    }
  }
}

/// Something that waits for events. Lives on the queue of its session's loop.
protocol Waiter: AnyObject {
  /// The order it is about; nil if it listens to all.
  var order: OrderID? { get }
  /// Called once, when it is in the table of its session.
  func start()
  /// The log has grown.
  func heard(_ page: TailPage)
  /// There is room in the output again.
  func resume()
  /// Its time is up: answer.
  func timeUp()
  /// Called now and then.
  func tick(at monotonicMilliseconds: Int64)
  /// End with a reply.
  func end(_ reason: WaiterEnd)
  /// Give everything back; no reply any more. Called exactly once, last.
  func release()
}

enum WaiterEnd {
  case cancelled
  case draining
}
