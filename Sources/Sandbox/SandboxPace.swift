/// How long the sandbox takes for what happens by itself. Milliseconds.
package struct SandboxPace: Hashable, Sendable {
  /// How late an answer is under the fault `slow`.
  package var slowMilliseconds: Int64
  /// From a close to the money being taken under `success_after_close`.
  package var lateSuccessMilliseconds: Int64
  /// From a refund to its coming back under `refund_returned`.
  package var refundReturnMilliseconds: Int64

  package init(
    slowMilliseconds: Int64 = 3_000, lateSuccessMilliseconds: Int64 = 2_000,
    refundReturnMilliseconds: Int64 = 2_000
  ) {
    self.slowMilliseconds = slowMilliseconds
    self.lateSuccessMilliseconds = lateSuccessMilliseconds
    self.refundReturnMilliseconds = refundReturnMilliseconds
  }
}
