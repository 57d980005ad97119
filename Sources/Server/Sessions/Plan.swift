import Domain
import Engine
import JSON
import Store
import Wire

/// One request on its way through the server.
///
/// What was asked never changes and is shared by all copies: they are made at every step, and a
/// stream keeps one for as long as it lasts.
struct Call: Sendable {
  private final class Asked: Sendable {
    let method: Method
    let envelope: RequestEnvelope
    let identity: Identity
    let number: RequestNumber
    let arrivedMilliseconds: Int64

    init(
      _ method: Method, _ envelope: RequestEnvelope, _ identity: Identity, _ number: RequestNumber,
      _ arrivedMilliseconds: Int64
    ) {
      self.method = method
      self.envelope = envelope
      self.identity = identity
      self.number = number
      self.arrivedMilliseconds = arrivedMilliseconds
    }
  }

  private let asked: Asked
  /// Place of the log when the request was begun: after the writes of its connection before it,
  /// and before those after it.
  var now: Int64 = 0
  /// Methods of the calls of a batch.
  var batch: [Method] = []
  /// Decisions that a dry run of a comparison reads as taken back.
  var takenBack: Set<DiscrepancyID> = []

  init(
    method: Method, envelope: RequestEnvelope, identity: Identity, number: RequestNumber,
    arrivedMilliseconds: Int64, now: Int64 = 0
  ) {
    asked = Asked(method, envelope, identity, number, arrivedMilliseconds)
    self.now = now
  }

  var method: Method { asked.method }
  var envelope: RequestEnvelope { asked.envelope }
  var identity: Identity { asked.identity }
  var number: RequestNumber { asked.number }
  /// Monotonic milliseconds of the line's arrival.
  var arrivedMilliseconds: Int64 { asked.arrivedMilliseconds }

  /// The same call without its parameters: a wait has read them, and may last for days.
  var withoutParams: Call {
    let envelope = RequestEnvelope(
      id: envelope.id, method: "", params: JSONObject(), options: envelope.options)
    return Call(
      method: method, envelope: envelope, identity: identity, number: number,
      arrivedMilliseconds: arrivedMilliseconds, now: now)
  }

  /// For the log and for `error.data.ref`.
  var reference: String { number.text }

  /// The caller as the engine knows it. A batch sees no more than each of its calls would.
  var caller: Caller { identity.caller(of: batch.isEmpty ? [method] : batch) }

  /// How much of something the caller sees.
  func view(owner: String) -> RoleView {
    identity.roles.view(of: method, isOwner: identity.owns(owner))
  }

  /// Whether what it lists holds something of which the caller sees personal data masked.
  var seesSomeMasked: Bool {
    let views = (ownerOnly == nil ? [true, false] : [true]).map {
      identity.roles.view(of: method, isOwner: $0)
    }
    return views.contains(.masked)
  }

  /// The principal that a list must be narrowed to; nil for all.
  var ownerOnly: String? {
    identity.roles.seesOwnOnly(in: method) ? identity.principal : nil
  }

  /// The typed parameters, or all that is wrong with the request.
  func params<Request: WireRequest>(_ type: Request.Type) throws(WireError) -> Request {
    let rules = method.problems(with: envelope.options)
    var reader = ParamReader(envelope.params)
    if let request = Request.read(&reader), rules.isEmpty { return request }
    let problems = rules + reader.problems
    throw WireError(ParamProblems(Array(problems.prefix(Limits.problems))))
  }
}

/// Which request of which connection; its text is only made where somebody reads it.
struct RequestNumber: Sendable {
  let instance: String
  let connection: Int64
  let count: Int

  var text: String { "\(instance)-\(connection)-\(count)" }
}

/// How a request is answered. Indirect: see `Input`.
indirect enum Plan {
  typealias Read = @Sendable (ReadScope) throws -> any WireObject
  typealias ReadAt = @Sendable (ReadScope) throws -> (any WireObject, Int64)
  typealias Check = @Sendable (ReadScope) throws -> Void
  typealias Prepare = @Sendable (ReadScope) throws -> Command
  typealias Job = @Sendable (ServerContext) -> Result<any WireObject, WireError>

  /// From memory.
  case reply(any WireObject)
  /// By the engine.
  case write(Command, expectedVersion: Int64? = nil)
  /// By the engine, if what the store says now allows it.
  case checkedWrite(Command, Check)
  /// By the engine, with what was worked out beside it from one state of the store.
  case preparedWrite(Prepare)
  /// From the store.
  case read(ReaderPool<ReadSource>.Weight = .light, Read)
  case lookUpKey(String)
  /// From the store, with a place of the log of its own for the cursor.
  case readAt(ReadAt)
  /// By a job that may block.
  case work(Job)
  case waitForOrder(OrderWaitRequest)
  case waitForEvents(EventsWaitRequest)
  case subscribe(EventsSubscribeRequest)

  /// Whether it is answered by something that waits.
  var isWait: Bool {
    switch self {
    case .waitForOrder, .waitForEvents, .subscribe: true
    case .reply, .write, .checkedWrite, .preparedWrite, .read, .lookUpKey, .readAt, .work: false
    }
  }
}

extension Plan {
  /// Whether the engine will be asked to change something.
  var isWrite: Bool {
    switch self {
    case .write, .checkedWrite, .preparedWrite: true
    case .reply, .read, .lookUpKey, .readAt, .work, .waitForOrder, .waitForEvents, .subscribe:
      false
    }
  }
}

/// A result, and what the caller should know beside it.
struct WarnedResult<Result: WireObject>: WireObject {
  let result: Result
  let warnings: [String]

  func writeMembers(to writer: inout JSONWriter) { result.writeMembers(to: &writer) }
}

/// What a read has: one state of the store, and who asks.
struct ReadScope {
  let store: StoreReader
  let call: Call
  /// Place of the newest event in this state.
  let last: Int64
  let context: ServerContext

  /// The order a caller names, if it may see it.
  func visibleOrder(_ text: String) throws -> (OrderView, RoleView) {
    let reference = OrderReference(text)
    guard let view = try store.order(reference) else { throw Self.orderNotFound(text) }
    let role = call.view(owner: view.order.owner)
    if role == .hidden { throw Self.orderNotFound(text) }
    return (view, role)
  }

  static func orderNotFound(_ text: String) -> WireError {
    WireError(.orderNotFound, "There is no order \(text).", path: "/params/order")
  }
}
