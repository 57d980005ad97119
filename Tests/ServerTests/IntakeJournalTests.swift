import Engine
import Foundation
import Server
import Testing

@Suite("notifications that the daemon dies of")
struct IntakeJournalTests {
  private let folder: String

  init() throws {
    let made = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "till-intake-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: made, withIntermediateDirectories: true)
    folder = made.path
  }

  /// A process that may die in the middle of a notification.
  private func live(_ mark: String?, dies: Bool, version: String = "1") throws -> Set<String> {
    let watch = try IntakeJournal.open(in: folder, version: version)
    if let mark {
      watch.begin(mark)
      if !dies { watch.end() }
    }
    return watch.setAside
  }

  @Test("two deaths over one notification set it aside, one does not, and work well done never")
  func twice() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(try live("a", dies: true) == [])
    #expect(try live("b", dies: false) == [])
    #expect(try live("b", dies: true) == [])
    #expect(try live("a", dies: true) == [])
    #expect(try live(nil, dies: false) == ["a"])
    #expect(try live(nil, dies: false) == ["a"])
    #expect(try live("b", dies: true) == ["a"])
    #expect(try live(nil, dies: false) == ["a", "b"])
  }

  @Test("another version tries what the last one died of")
  func version() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    _ = try live("a", dies: true)
    _ = try live("a", dies: true)
    #expect(try live(nil, dies: false) == ["a"])
    #expect(try live("a", dies: true, version: "2") == [])
    #expect(try live(nil, dies: false, version: "2") == [])
  }
}
