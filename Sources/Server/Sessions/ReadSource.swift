import Domain
import Store
import Wire

/// What a reader thread reads with, and the state of the store it stands on.
final class ReadSource {
  let store: StoreReader
  /// Place of the newest event in the present snapshot.
  private(set) var last: Int64 = 0

  /// What was read in this bunch, by the index of the loop that waits for it.
  private var outgoing: [[LoopMail]]
  private let loops: [LoopMailbox]
  /// Index of the loop whose thread reads with it and looks into its mailbox itself; nil for a
  /// thread that no loop has.
  var home: Int?
  /// So many answers of a bunch are kept back at most, to be handed over together.
  private static let outgoingMax = 16

  init(_ store: StoreReader, loops: [LoopMailbox]) {
    self.store = store
    self.loops = loops
    outgoing = loops.map { _ in [] }
  }

  /// Hands something to a loop soon: what one bunch has for a loop wakes it once.
  ///
  /// - Parameter isLong: it takes so much memory that it is not kept back.
  private func post(_ mail: LoopMail, to loop: LoopMailbox, isLong: Bool) {
    outgoing[loop.index].append(mail)
    if isLong || outgoing[loop.index].count >= Self.outgoingMax { flush(loop.index) }
  }

  /// The same for a job that may have no source.
  static func post(
    _ mail: LoopMail, to loop: LoopMailbox, from source: ReadSource?, isLong: Bool = false
  ) {
    if let source { source.post(mail, to: loop, isLong: isLong) } else { loop.post(mail) }
  }

  private func flush(_ index: Int) {
    guard !outgoing[index].isEmpty else { return }
    loops[index].post(contentsOf: outgoing[index], wakes: index != home)
    outgoing[index].removeAll(keepingCapacity: true)
  }

  /// Runs jobs on one state of the store; without one they get nil.
  func run(_ jobs: [ReaderPool<ReadSource>.Job], onFault: (String) -> Void) {
    var hasRun = false
    do throws(StoreError) {
      try store.snapshot { store throws(StoreError) in
        last = try store.lastSequence()
        hasRun = true
        for job in jobs { job(self) }
      }
    } catch {
      onFault(error.text)
      if !hasRun { for job in jobs { job(nil) } }
    }
    for index in outgoing.indices { flush(index) }
  }
}

extension WireError {
  /// What a caller hears of a fault while reading.
  static func reading(_ error: any Error) -> WireError {
    switch error {
    case let error as WireError: error
    case let error as Rejection: WireError(error)
    case let error as StoreError where error.isAboutOneRow:
      WireError(
        .dbError, "What was asked for cannot be read: \(error.text).",
        hint: "Everything else can be. tilld rebuild --check tells what else is wrong.",
        retry: .never)
    case is StoreError: WireError(.dbError, "The store could not be read.", retry: .later)
    default: WireError(.internal, "The request could not be answered.")
    }
  }
}
