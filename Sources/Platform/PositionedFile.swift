@preconcurrency import Glibc

/// A regular file that is read from any of its places, by several threads at once.
package final class PositionedFile: Sendable {
  /// When it was opened.
  package let byteCount: Int
  private let path: String
  private let descriptor: FileDescriptor

  package init(_ path: String) throws(FileFault) {
    self.path = path
    descriptor = try FileFault.wrapping { () throws(SystemError) -> FileDescriptor in
      // Non-blocking, so that opening a pipe does not wait for a writer.
      try FileDescriptor.open(path, flags: O_RDONLY | O_NONBLOCK | O_NOCTTY)
    }
    let number = descriptor.number
    let found = try FileFault.wrapping { () throws(SystemError) -> FileIdentity in
      try FileIdentity.ofNumber(number)
    }
    guard found.kind == .regularFile else { throw .wrongKind(path: path, found: found.kind) }
    byteCount = Int(found.byteCount)
  }

  /// Adds the bytes of these places behind those of the buffer.
  ///
  /// - Throws: also where the file has become shorter.
  package func read(_ range: Range<Int>, into buffer: inout [UInt8]) throws(SystemError) {
    try Self.read(range, of: descriptor.number, path, into: &buffer)
  }

  static func read(
    _ range: Range<Int>, of number: Int32, _ path: String, into buffer: inout [UInt8]
  ) throws(SystemError) {
    var filled = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: range.count))
    var place = range.lowerBound
    while place < range.upperBound {
      let (from, offset) = (filled, off_t(place))
      let count = try retried("pread", path) {
        buffer.withUnsafeMutableBytes { bytes in
          // unsafe: the kernel writes from `from` to the end of the buffer at most.
          pread(number, bytes.baseAddress.map { $0 + from }, bytes.count - from, offset)
        }
      }
      guard count > 0 else { throw SystemError(call: "pread", errno: ENODATA, subject: path) }
      filled += count
      place += count
    }
  }
}
