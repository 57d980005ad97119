@preconcurrency import Glibc

/// A few bytes that outlive the process: written in place and never synced, because only a crash
/// of the process, not of the machine, has to find them.
package final class MarkFile: Sendable {
  /// So many bytes stand in the file; shorter marks are filled up with zeros.
  package static let byteCount = 64

  private let descriptor: FileDescriptor

  /// Opens the file, or makes it for its owner alone.
  package init(_ path: String) throws(SystemError) {
    descriptor = try FileDescriptor.open(path, flags: O_RDWR | O_CREAT | O_NOFOLLOW)
  }

  /// What was written last, without the zeros behind it; empty in a new file.
  package func read() throws(SystemError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Self.byteCount)
    let number = descriptor.number
    let count = try retried("pread") {
      bytes.withUnsafeMutableBytes { pread(number, $0.baseAddress, $0.count, 0) }
    }
    return Array(bytes.prefix(Int(count)).prefix { $0 != 0 })
  }

  /// Puts a mark in the place of the one before; an empty one takes it away.
  ///
  /// - Precondition: it has at most `byteCount` bytes, none of them zero.
  package func write(_ mark: [UInt8]) throws(SystemError) {
    precondition(mark.count <= Self.byteCount && !mark.contains(0), "a mark fits into its file")
    let filled = mark + [UInt8](repeating: 0, count: Self.byteCount - mark.count)
    let number = descriptor.number
    _ = try retried("pwrite") {
      filled.withUnsafeBytes { pwrite(number, $0.baseAddress, $0.count, 0) }
    }
  }
}
