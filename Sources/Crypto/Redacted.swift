/// A value that must not show itself: printing, interpolating, dumping and mirroring all give
/// `[redacted]`, also when it is a member of something that is printed.
package protocol Redacted:
  CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable
{}

extension Redacted {
  /// Always `[redacted]`.
  package var description: String { "[redacted]" }
  /// Always `[redacted]`.
  package var debugDescription: String { "[redacted]" }
  /// A mirror without children.
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
