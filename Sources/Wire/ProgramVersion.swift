/// Which release this is and what it speaks; the daemon and its client say the same.
package enum ProgramVersion {
  /// Shown by `--version`, in the greeting and in `server.status`.
  package static let text = "0.2.0"
  /// The protocol of the wire.
  package static let protocolNumber: Int64 = 1
}
