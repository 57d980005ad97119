@preconcurrency import Glibc

/// The address of a Unix socket, checked before it is handed to the kernel.
struct SocketAddress {
  /// `sun_path` has 108 bytes and we keep the closing zero.
  static let pathByteCountMax = 107

  private var storage = sockaddr_un()
  private let byteCount: socklen_t

  /// A socket in the file system. Nil if the path is empty, too long or holds a zero byte.
  init?(path: String) {
    let bytes = Array(path.utf8)
    guard !bytes.isEmpty, bytes.count <= Self.pathByteCountMax, !bytes.contains(0) else {
      return nil
    }
    // The closing zero is counted, as unix(7) advises.
    self.init(bytes: bytes, count: bytes.count + 1)
  }

  /// A name in the abstract space of Linux, written without its leading zero byte.
  init?(abstractName: String) {
    let bytes = [0] + Array(abstractName.utf8)
    guard bytes.count > 1, bytes.count <= Self.pathByteCountMax + 1 else { return nil }
    self.init(bytes: bytes, count: bytes.count)
  }

  private init(bytes: [UInt8], count: Int) {
    storage.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &storage.sun_path) { $0.copyBytes(from: bytes) }
    let offset = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2
    byteCount = socklen_t(offset + count)
  }

  /// Lends the address to a call such as `bind` or `connect`.
  func withRaw<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    withUnsafePointer(to: storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, byteCount) }
    }
  }
}
