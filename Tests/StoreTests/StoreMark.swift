import Crypto

@testable import Store

/// A point of the history: how long the log is, and the hash of its last event.
struct StoreMark: Equatable {
  let sequence: Int64
  let head: SHA256Digest
}

extension StoreWriter {
  var mark: StoreMark { StoreMark(sequence: log.lastSequence, head: log.lastHash) }
}
