import Platform
package import Reconciliation

extension Threads {
  /// Those of this process.
  package static let spare = Threads(
    beside: { Queues.beside($0) }, forEach: { Queues.share($0, $1) })
}
