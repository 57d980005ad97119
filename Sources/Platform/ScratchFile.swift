@preconcurrency import Glibc
import Synchronization

/// A file without a name, for what need not lie in memory: it is gone with the process, however
/// that ends. Several threads may use it at once.
package final class ScratchFile: Sendable {
  private let folder: String
  private let descriptor: FileDescriptor
  private let added = Mutex(0)

  /// Of all that was added.
  package var byteCount: Int { added.withLock { $0 } }

  /// - Parameter folder: on a disk with room. One that lies in memory is of no use.
  package init(in folder: String) throws(SystemError) {
    self.folder = folder
    let path = Path.join(folder, ".till-scratch.\(Entropy.hexadecimal(8))")
    descriptor = try FileDescriptor.open(
      path, flags: O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
    _ = try retried("unlink", path) { unlink(path) }
  }

  /// Writes the bytes behind all others and gives where they begin.
  package func add(_ bytes: [UInt8]) throws(SystemError) -> Int {
    let start = added.withLock { count in
      defer { count += bytes.count }
      return count
    }
    var written = 0
    while written < bytes.count {
      let (number, from) = (descriptor.number, written)
      written += try retried("pwrite", folder) {
        bytes.withUnsafeBytes {
          // unsafe: the kernel reads from `from` to the end of the bytes at most.
          pwrite(number, $0.baseAddress.map { $0 + from }, $0.count - from, off_t(start + from))
        }
      }
    }
    return start
  }

  /// Adds the bytes of these places behind those of the buffer.
  package func read(_ range: Range<Int>, into buffer: inout [UInt8]) throws(SystemError) {
    try PositionedFile.read(range, of: descriptor.number, folder, into: &buffer)
  }

  /// Gives all its bytes back to the disk. Nobody else may use it meanwhile.
  package func clear() throws(SystemError) {
    let number = descriptor.number
    _ = try retried("ftruncate", folder) { ftruncate(number, 0) }
    added.withLock { $0 = 0 }
  }
}
