import Crypto

@testable import Store

/// Where the chain stands.
struct ChainEnd: Hashable {
  let sequence: Int64
  let head: SHA256Digest
}

extension StoreWriter {
  var mark: ChainEnd { ChainEnd(sequence: log.lastSequence, head: log.lastHash) }
}
