import Domain
import Testing

@testable import Store

@Suite("Backups")
struct BackupTests {
  @Test("a copy is sound, holds the log as it was, and lives on by itself")
  func copy() throws {
    let books = try Books()
    for index in 0..<50 { try books.order("A\(index)") }
    let target = books.folder.file("copy.db")
    let backup = try StoreBackup.make(of: books.path, at: target)
    #expect(backup.events == 50)
    try books.order("B1")
    let copy = try StoreWriter(path: target, newEpoch: "x", seal: personalSeal)
    #expect(copy.epoch == "e1")
    #expect(copy.lastSequence == 50)
    #expect(try copy.load(.number("B1")) == nil)
    #expect(try copy.checkAgainstLog().differences.isEmpty)
  }

  @Test("a copy is never written over another file")
  func existing() throws {
    let books = try Books()
    try books.order("A1")
    let target = books.folder.file("copy.db")
    _ = try StoreBackup.make(of: books.path, at: target)
    #expect(throws: StoreError.self) { try StoreBackup.make(of: books.path, at: target) }
  }

  @Test("a restored copy begins a new history, and everything that was open is due")
  func restored() throws {
    let books = try Books()
    _ = try books.opened(try books.order("A1"))
    let target = books.folder.file("copy.db")
    _ = try StoreBackup.make(of: books.path, at: target)
    try StoreBackup.beginNewHistory(target, epoch: "e2", seal: personalSeal, at: start)
    let copy = try StoreWriter(path: target, newEpoch: "x", seal: personalSeal)
    #expect(copy.epoch == "e2")
    #expect(try copy.checkAgainstLog().differences.isEmpty)
  }

  @Test("a copy whose log was changed is no backup, whoever made it and wherever it is put")
  func falsified() throws {
    let books = try Books()
    for index in 0..<5 { try books.order("A\(index)") }
    let sound = books.folder.file("sound.db")
    _ = try StoreBackup.make(of: books.path, at: sound)
    _ = try StoreBackup.make(of: sound, at: books.folder.file("again.db"), isArchive: true)
    try books.vandalise(
      "DROP TRIGGER events_stand; UPDATE events SET line=CAST(line||' ' AS BLOB) WHERE seq=3")
    do throws(StoreError) {
      _ = try StoreBackup.make(of: books.path, at: books.folder.file("bad.db"))
      Issue.record("a changed log was taken for a backup")
    } catch {
      #expect(error.text.contains("event 3"), "\(error.text)")
    }
  }

  @Test("what a database holds is told with what waits in its write-ahead log")
  func contents() throws {
    let books = try Books()
    for index in 0..<3 { try books.order("A\(index)") }
    let (events, newest) = try StoreBackup.contents(of: books.path)
    #expect(events == 3)
    #expect(newest == start)
  }
}
