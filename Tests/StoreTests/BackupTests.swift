import Domain
import Testing

@testable import Store

@Suite("Backups")
struct BackupTests {
  @Test("a copy opens, is sound, and folds to the same state")
  func copy() throws {
    let books = try Books()
    for index in 0..<200 { try books.order("A\(index)") }
    let target = books.folder.file("copy.db")
    let made = try StoreBackup.make(of: books.store.path, at: target)
    #expect(made.events == books.store.lastSequence)
    try books.order("B1")
    let copy = try StoreWriter(path: target, newEpoch: "x")
    #expect(copy.epoch == "e1")
    #expect(try copy.load(.number("A199")) != nil)
    #expect(try copy.load(.number("B1")) == nil)
    #expect(try copy.checkAgainstLog().differences.isEmpty)
  }

  @Test("a file that is there already is not written over")
  func occupied() throws {
    let books = try Books()
    try books.order("A1")
    let target = books.folder.file("copy.db")
    _ = try StoreBackup.make(of: books.store.path, at: target)
    #expect(throws: StoreError.self) { try StoreBackup.make(of: books.store.path, at: target) }
  }

  @Test("a restored copy begins a new history and has to catch up")
  func restored() throws {
    let books = try Books()
    try books.order("A1")
    let target = books.folder.file("copy.db")
    _ = try StoreBackup.make(of: books.store.path, at: target)
    try StoreBackup.beginNewHistory(target, epoch: "new")
    let copy = try StoreWriter(path: target, newEpoch: "x")
    #expect(copy.epoch == "new")
  }
}
