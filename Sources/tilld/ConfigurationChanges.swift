import Server

extension Configuration {
  /// Members that differ from an older reading and that only a start takes over. Gateways are
  /// looked at apart: most of theirs is taken over at once.
  func membersForRestart(since old: Configuration) -> [String] {
    let parts: [(name: String, isSame: Bool)] = [
      ("state_dir", stateDirectory == old.stateDirectory),
      ("listeners", listeners == old.listeners),
      ("order", orderExpiry == old.orderExpiry && orderExpiryMax == old.orderExpiryMax),
      ("limits", connections == old.connections && connectionsPerUser == old.connectionsPerUser),
      ("retention", retention == old.retention),
      ("backup_dir", backupDirectory == old.backupDirectory),
      ("zone", zoneOffsetMinutes == old.zoneOffsetMinutes),
      ("hooks", hooks == old.hooks),
      ("time", timeScale == old.timeScale),
      ("log", logsRequests == old.logsRequests),
    ]
    return parts.filter { !$0.isSame }.map(\.name)
  }
}

extension Configuration.HookEntry: Equatable {
  static func == (one: Self, other: Self) -> Bool {
    one.name.utf8.elementsEqual(other.name.utf8) && one.events == other.events
      && one.target == other.target && one.keyMark == other.keyMark
  }
}
