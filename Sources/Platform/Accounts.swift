@preconcurrency import Glibc

/// Look-ups in the user and group databases of the machine.
///
/// These may ask a network service and block: call them at start and on `work`, never on `io`.
package enum Accounts {
  /// The largest answer taken from a database, in bytes: a group with very many members.
  private static let recordByteCountMax = 1 << 20

  /// The number of a user, or nil if there is none of that name.
  package static func userID(named name: String) throws(SystemError) -> UInt32? {
    try user("getpwnam", name) { record, buffer, size, found in
      getpwnam_r(name, record, buffer, size, found)
    }?.userID
  }

  /// The name of a user, or nil if the number has none.
  package static func userName(of userID: UInt32) throws(SystemError) -> String? {
    try user("getpwuid", String(userID)) { record, buffer, size, found in
      getpwuid_r(uid_t(userID), record, buffer, size, found)
    }?.name
  }

  /// The home folder of a user, or nil if the number has no name.
  package static func homeDirectory(of userID: UInt32) throws(SystemError) -> String? {
    try user("getpwuid", String(userID)) { record, buffer, size, found in
      getpwuid_r(uid_t(userID), record, buffer, size, found)
    }?.home
  }

  /// All groups of a user in the databases, the primary one included, sorted; nil if unknown.
  ///
  /// A process may carry others than these: `PeerCredentials` tells what it really carries.
  package static func groups(ofUser userID: UInt32) throws(SystemError) -> [UInt32]? {
    let account = try user("getpwuid", String(userID)) { record, buffer, size, found in
      getpwuid_r(uid_t(userID), record, buffer, size, found)
    }
    guard let account else { return nil }
    var capacity: Int32 = 64
    while true {
      var list = [gid_t](repeating: 0, count: Int(capacity))
      var count = capacity
      if getgrouplist(account.name, account.groupID, &list, &count) >= 0 {
        return list[..<Int(count)].sorted()
      }
      capacity = max(count, capacity * 2)
    }
  }

  /// The number of a group, or nil if there is none of that name.
  package static func groupID(named name: String) throws(SystemError) -> UInt32? {
    try group("getgrnam", name) { record, buffer, size, found in
      getgrnam_r(name, record, buffer, size, found)
    }?.groupID
  }

  /// The name of a group, or nil if the number has none.
  package static func groupName(of groupID: UInt32) throws(SystemError) -> String? {
    try group("getgrgid", String(groupID)) { record, buffer, size, found in
      getgrgid_r(gid_t(groupID), record, buffer, size, found)
    }?.name
  }

  private struct User {
    let name: String
    let userID: UInt32
    let groupID: UInt32
    let home: String
  }

  private struct Group {
    let name: String
    let groupID: UInt32
  }

  private typealias UserQuery = (
    UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
    UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
  ) -> Int32

  private typealias GroupQuery = (
    UnsafeMutablePointer<group>, UnsafeMutablePointer<CChar>, Int,
    UnsafeMutablePointer<UnsafeMutablePointer<group>?>
  ) -> Int32

  private static func user(_ call: String, _ subject: String, _ query: UserQuery)
    throws(SystemError) -> User?
  {
    var user: User?
    try growing(call, subject) { buffer in
      var record = passwd()
      var found: UnsafeMutablePointer<passwd>?
      let code = query(&record, buffer.baseAddress ?? Self.nowhere, buffer.count, &found)
      if code == 0, found != nil {
        user = User(
          name: String(cString: record.pw_name), userID: record.pw_uid,
          groupID: record.pw_gid, home: String(cString: record.pw_dir))
      }
      return code
    }
    return user
  }

  private static func group(_ call: String, _ subject: String, _ query: GroupQuery)
    throws(SystemError) -> Group?
  {
    var result: Group?
    try growing(call, subject) { buffer in
      var record = Glibc.group()
      var found: UnsafeMutablePointer<Glibc.group>?
      let code = query(&record, buffer.baseAddress ?? Self.nowhere, buffer.count, &found)
      if code == 0, found != nil {
        result = Group(name: String(cString: record.gr_name), groupID: record.gr_gid)
      }
      return code
    }
    return result
  }

  /// Repeats a look-up with a larger buffer until the record fits.
  private static func growing(
    _ call: String, _ subject: String, _ query: (UnsafeMutableBufferPointer<CChar>) -> Int32
  ) throws(SystemError) {
    var capacity = 1_024
    while true {
      var buffer = [CChar](repeating: 0, count: capacity)
      let code = buffer.withUnsafeMutableBufferPointer { query($0) }
      // The databases say "no such entry" in several ways; see getpwnam(3), ERRORS.
      if [0, ENOENT, ESRCH, EBADF, EPERM].contains(code) { return }
      if code == EINTR { continue }
      capacity *= 4
      guard code == ERANGE, capacity <= recordByteCountMax else {
        throw SystemError(call: call, errno: code, subject: subject)
      }
    }
  }

  private static var nowhere: UnsafeMutablePointer<CChar> {
    preconditionFailure("a buffer of 1024 bytes has an address")
  }
}
