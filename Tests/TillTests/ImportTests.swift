import Foundation
import Testing

@testable import till

@Suite("a bill that is none is refused before it is sent")
struct ImportTests {
  private let folder = TemporaryFolder()

  private func imported(_ bytes: [UInt8], _ more: [String] = []) -> RunResult {
    let path = folder.file("bill")
    #expect(FileManager.default.createFile(atPath: path, contents: Data(bytes)))
    // Nobody listens there: whatever is refused is refused here.
    let nowhere = ["--socket", "/nowhere", "--connect-timeout", "1ms"]
    return run(["statement", "import", path] + nowhere + more, table: commandTable)
  }

  private func zip(_ name: String) -> [UInt8] {
    Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 0, count: 26) + Array(name.utf8)
  }

  @Test("an empty file says so, in both languages")
  func empty() {
    let english = imported([])
    #expect(english.code == .conflict && english.errors.contains("bill is empty"))
    let chinese = imported([], ["--lang", "zh"])
    #expect(chinese.code == .conflict && chinese.errors.contains("空文件"))
  }

  @Test("a spreadsheet or another program's file is named, and a zip file is not")
  func foreign() {
    for name in ["[Content_Types].xml", "docProps/app.xml", "xl/workbook.xml"] {
      let told = imported(zip(name))
      #expect(told.code == .conflict && told.errors.contains("is an Excel file"), "\(name)")
      #expect(told.errors.contains("save it as CSV"))
    }
    #expect(imported(zip("mimetypeapplication/vnd.oasis.o")).errors.contains("OpenDocument"))
    #expect(imported(Array("%PDF-1.7".utf8)).errors.contains("is a PDF"))
    #expect(imported(zip("20881234_20261120_业务明细.csv")).code == .unreachable)
    #expect(imported(Array("a,b\n".utf8)).code == .unreachable)
  }

  @Test("a file that is not there is named")
  func missing() {
    let told = run(["statement", "import", folder.file("none")], table: commandTable)
    #expect(told.code == .usage && told.errors.contains("there is no file"))
  }
}
