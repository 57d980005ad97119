package import Engine
package import Platform

/// Which notifications the daemon died of, in two files of its state folder.
///
/// A notification that it dies of twice would come again and again, from its gateway or by a
/// replay: it is set aside, and everything else goes on. Another version of the daemon tries it
/// anew.
package enum IntakeJournal {
  /// So many deaths set a notification aside.
  package static let deathsMax = 2
  /// So many deaths are remembered, the newest.
  private static let keptMax = 256
  private static let bytesMax = 65_536

  /// Counts the death that the last process may have died, and begins to watch.
  ///
  /// - Parameter folder: the state folder, locked by this process.
  /// - Throws: where the files cannot be read or written.
  package static func open(
    in folder: String, version: String
  ) throws(SystemError) -> IntakeWatch {
    let file = try MarkFile(Path.join(folder, "intake"))
    let listPath = Path.join(folder, "intake-deaths")
    var deaths = try list(listPath, version)
    let mark = String(decoding: try file.read(), as: UTF8.self)
    if !mark.isEmpty {
      deaths = Array((deaths + [mark]).suffix(keptMax))
      let text = ([version] + deaths).map { $0 + "\n" }.joined()
      try Files.writeAtomically(Array(text.utf8), to: listPath)
      try file.write([])
    }
    var counts: [String: Int] = [:]
    for death in deaths { counts[death, default: 0] += 1 }
    return IntakeWatch(
      setAside: Set(counts.filter { $0.value >= deathsMax }.keys),
      // try?: a disk that does not take the mark must not keep the notification out.
      begin: { try? file.write(Array($0.utf8)) }, end: { try? file.write([]) })
  }

  /// The deaths of this version; those of another are forgotten.
  private static func list(_ path: String, _ version: String) throws(SystemError) -> [String] {
    guard Files.byteCount(path) != nil else { return [] }
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try Files.read(path, byteCountMax: bytesMax)
    } catch {
      // What cannot be understood is made anew; it only ever kept something out.
      return []
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    guard let first = lines.first, first.utf8.elementsEqual(version.utf8) else { return [] }
    return Array(lines.dropFirst())
  }
}
