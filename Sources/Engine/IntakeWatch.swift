/// Remembers which notification is being worked on, where the death of the process cannot reach it.
package struct IntakeWatch: Sendable {
  /// Marks of notifications that are not worked on any more: the process died of them.
  package let setAside: Set<String>
  /// Called with its mark before a notification is read.
  package let begin: @Sendable (String) -> Void
  /// Called when it was worked on, whatever came of it.
  package let end: @Sendable () -> Void

  package init(
    setAside: Set<String>, begin: @escaping @Sendable (String) -> Void,
    end: @escaping @Sendable () -> Void
  ) {
    self.setAside = setAside
    self.begin = begin
    self.end = end
  }

  /// Remembers nothing.
  package static let none = IntakeWatch(setAside: [], begin: { _ in }, end: {})
}
