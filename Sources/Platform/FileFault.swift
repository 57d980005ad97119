/// Why a file or folder was not read, written or trusted.
package enum FileFault: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file has more bytes than the caller takes.
  case tooLarge(path: String, byteCountMax: Int)
  /// Something else than a regular file or a folder, as wanted, lies at the path.
  case wrongKind(path: String, found: FileIdentity.Kind)
  /// It belongs neither to this user nor to root.
  case foreignOwner(path: String, ownerUserID: UInt32)
  /// Others may read or write what only this user may; `mode` are the bits found.
  case tooOpen(path: String, mode: UInt32)
  case system(SystemError)

  /// A sentence for people.
  package var description: String {
    switch self {
    case .tooLarge(let path, let byteCountMax):
      return "\(path) has more than \(byteCountMax) bytes"
    case .wrongKind(let path, let found):
      return "\(path) is \(found.rawValue)"
    case .foreignOwner(let path, let owner):
      return "\(path) belongs to user \(owner)"
    case .tooOpen(let path, let mode):
      return "\(path) has mode 0\(String(mode, radix: 8)): others may read or change it"
    case .system(let error):
      return error.description
    }
  }

  /// Runs calls of the system and turns their failure into a fault of this kind.
  static func wrapping<Result: ~Copyable>(_ body: () throws(SystemError) -> Result)
    throws(FileFault) -> Result
  {
    do throws(SystemError) {
      return try body()
    } catch {
      throw .system(error)
    }
  }

  /// The file or folder does not exist.
  package var isMissing: Bool {
    if case .system(let error) = self { return error.isMissing }
    return false
  }
}
