@preconcurrency import Glibc

/// Who is at the other end of a local socket, as the kernel saw it when it connected.
///
/// A process that changes its user afterwards, or hands the descriptor on, keeps this identity.
package struct PeerCredentials: Equatable, Sendable {
  /// The process that connected; it may have ended since.
  package let processID: Int32
  /// The effective user of the process.
  package let userID: UInt32
  /// The primary group of the process.
  package let groupID: UInt32
  /// The other groups of the process, sorted; from SO_PEERGROUPS, without asking any database.
  package let supplementaryGroups: [UInt32]

  /// Credentials by value, for those that do not come from a socket.
  package init(
    processID: Int32, userID: UInt32, groupID: UInt32, supplementaryGroups: [UInt32] = []
  ) {
    self.processID = processID
    self.userID = userID
    self.groupID = groupID
    self.supplementaryGroups = supplementaryGroups
  }

  /// Reads the credentials of a connected Unix socket.
  package static func of(_ socket: borrowing FileDescriptor) throws(SystemError)
    -> PeerCredentials
  {
    // `struct ucred` is not visible to Swift; it is a pid, a uid and a gid of four bytes each.
    var raw: (UInt32, UInt32, UInt32) = (0, 0, 0)
    var byteCount = socklen_t(MemoryLayout.size(ofValue: raw))
    _ = try checked("getsockopt SO_PEERCRED") {
      getsockopt(socket.number, SOL_SOCKET, SO_PEERCRED, &raw, &byteCount)
    }
    precondition(byteCount == 12, "the kernel answers with three numbers of four bytes")
    return PeerCredentials(
      processID: Int32(bitPattern: raw.0), userID: raw.1, groupID: raw.2,
      supplementaryGroups: try groups(of: socket.number).sorted())
  }

  /// Whether the process belongs to a group, as primary or as another one.
  package func belongs(toGroup group: UInt32) -> Bool {
    groupID == group || supplementaryGroups.contains(group)
  }

  private static func groups(of number: Int32) throws(SystemError) -> [UInt32] {
    // 64 groups fit at first; the kernel tells the right size with ERANGE if there are more.
    var capacity = 64
    while true {
      var list = [UInt32](repeating: 0, count: capacity)
      var byteCount = socklen_t(capacity * MemoryLayout<UInt32>.size)
      let result = getsockopt(number, SOL_SOCKET, SO_PEERGROUPS, &list, &byteCount)
      let code = errno
      let count = Int(byteCount) / MemoryLayout<UInt32>.size
      if result == 0 { return Array(list[..<count]) }
      guard code == ERANGE, count > capacity else {
        throw SystemError(call: "getsockopt SO_PEERGROUPS", errno: code)
      }
      capacity = count
    }
  }
}
