@preconcurrency import Glibc

/// Why the sockets handed over at start cannot be used.
package enum ActivationFault: Error, Equatable, Sendable, CustomStringConvertible {
  /// A variable of the protocol does not read as it must.
  case malformed(variable: String, value: String)
  /// The number of names differs from the number of sockets.
  case nameCount(names: Int, sockets: Int)
  /// More sockets than anybody could mean.
  case tooMany(sockets: Int, socketCountMax: Int)
  /// A descriptor is not a listening Unix stream socket.
  case notListening(number: Int32, name: String)
  case system(SystemError)

  /// A sentence for people.
  package var description: String {
    switch self {
    case .malformed(let variable, let value): "\(variable) cannot be read: \(value)"
    case .nameCount(let names, let sockets):
      "LISTEN_FDNAMES has \(names) names for \(sockets) sockets"
    case .tooMany(let sockets, let socketCountMax):
      "LISTEN_FDS hands over \(sockets) sockets, at most \(socketCountMax) are taken"
    case .notListening(let number, let name):
      "descriptor \(number) (\(name)) is not a listening Unix stream socket"
    case .system(let error): error.description
    }
  }
}

/// Listening sockets handed over by a service supervisor (`sd_listen_fds(3)`).
package enum SocketActivation {
  /// The first descriptor handed over; the others follow.
  package static let firstNumber: Int32 = 3
  /// The most sockets taken.
  package static let socketCountMax = 64

  /// One socket as announced in the environment.
  package struct Announced: Equatable, Sendable {
    /// The descriptor.
    package let number: Int32
    /// The name from LISTEN_FDNAMES; `unknown` without one, as the supervisor itself does.
    package let name: String
  }

  /// Reads the announcement. Empty if there is none or if it is meant for another process.
  ///
  /// - Parameter environment: the variables of this process.
  /// - Parameter processID: the number LISTEN_PID must have.
  package static func announced(in environment: [String: String], processID: Int32)
    throws(ActivationFault) -> [Announced]
  {
    guard let owner = environment["LISTEN_PID"], let countText = environment["LISTEN_FDS"] else {
      return []
    }
    guard let ownerID = Int32(owner), ownerID > 0 else {
      throw .malformed(variable: "LISTEN_PID", value: owner)
    }
    guard ownerID == processID else { return [] }
    guard let count = Int(countText), count >= 0 else {
      throw .malformed(variable: "LISTEN_FDS", value: countText)
    }
    guard count <= socketCountMax else {
      throw .tooMany(sockets: count, socketCountMax: socketCountMax)
    }
    let names = environment["LISTEN_FDNAMES"].map { text in
      text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    }
    if let names, names.count != count, !(count == 0 && names == [""]) {
      throw .nameCount(names: names.count, sockets: count)
    }
    return (0..<count).map { index in
      Announced(number: firstNumber + Int32(index), name: names?[index] ?? "unknown")
    }
  }

  /// Takes over one announced socket after checking what it is.
  ///
  /// - Precondition: nobody else owns the descriptor; call it once for each.
  package static func adopt(_ announced: Announced) throws(ActivationFault) -> ListeningSocket {
    let number = announced.number
    guard option(SO_ACCEPTCONN, of: number) == 1, option(SO_DOMAIN, of: number) == AF_UNIX,
      option(SO_TYPE, of: number) == Int32(SOCK_STREAM.rawValue)
    else {
      throw .notListening(number: number, name: announced.name)
    }
    do throws(SystemError) {
      return try ListeningSocket(adopting: FileDescriptor(owning: number))
    } catch {
      throw .system(error)
    }
  }

  private static func option(_ name: Int32, of number: Int32) -> Int32? {
    var value: Int32 = 0
    var byteCount = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(number, SOL_SOCKET, name, &value, &byteCount) == 0 else { return nil }
    return value
  }
}
