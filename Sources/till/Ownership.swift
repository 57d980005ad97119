// Whose a path is, for a user who may not use it.

import Platform

/// Says who may use a socket, and how to become one of them.
///
/// The first part of the path that can be seen at all is looked at; connecting takes the right to
/// write.
func ownership(of path: String) -> String {
  var place = path
  while true {
    do throws(SystemError) {
      if let found = try FileIdentity.ofPath(place) { return advice(found, at: place) }
    } catch {
      // This part of the path is hidden from us too; the folder above it may say more.
    }
    guard place != "/", place != "." else { return "a folder on the way may not be entered" }
    place = Path.directory(of: place)
  }
}

private func advice(_ found: FileIdentity, at place: String) -> String {
  let mode = "0" + String(found.mode, radix: 8)
  let group = groupName(found.groupID)
  let shown =
    "\(printable(place)) has mode \(mode), user \(userName(found.userID)) and group \(group)"
  let groupBits: UInt32 = found.kind == .directory ? 0o010 : 0o020
  guard found.mode & groupBits != 0, found.groupID != 0 else {
    return "\(shown): only its owner may; give the listener of tilld a group"
  }
  return "\(shown): join it with usermod -aG \(group) and log in again"
}

/// The name of a group, or its number where the databases do not tell.
func groupName(_ groupID: UInt32) -> String {
  do throws(SystemError) {
    return try Accounts.groupName(of: groupID) ?? String(groupID)
  } catch {
    return String(groupID)
  }
}

/// The name of a user, or its number where the databases do not tell.
func userName(_ userID: UInt32) -> String {
  do throws(SystemError) {
    return try Accounts.userName(of: userID) ?? String(userID)
  } catch {
    return String(userID)
  }
}
