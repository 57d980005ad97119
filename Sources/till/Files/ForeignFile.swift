// Files of programs that hold no table as text: people take them for one.

import Intake

/// What a file is, and what to do with it; nil for text and for archives of it.
func foreignFile(_ side: PairSide) -> ForeignFile? {
  if side.names.contains(where: { $0 == "[Content_Types].xml" || $0.hasPrefix("xl/") }) {
    return .excel
  }
  if side.names.contains("content.xml"), side.names.contains("mimetype") { return .openDocument }
  return foreignFile(startingWith: Array(side.front(8)))
}

/// The same by the first bytes of a file that nobody has unpacked.
func foreignFile(startingWith front: [UInt8]) -> ForeignFile? {
  // The name of a zip file's first member stands behind the 30 bytes of its head.
  if front.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
    let name = front.dropFirst(30)
    let excel = ["[Content_Types].xml", "docProps/", "_rels/", "xl/"]
    if excel.contains(where: { name.starts(with: Array($0.utf8)) }) { return .excel }
    return name.starts(with: Array("mimetypeapplication/vnd.oasis".utf8)) ? .openDocument : nil
  }
  return fileMarks.first { front.starts(with: $0.mark) }?.file
}

struct ForeignFile {
  /// What it is, to stand behind its name.
  let predicate: Sentence
  let hint: Sentence

  init(_ english: String, _ chinese: String, hint: Sentence) {
    predicate = Sentence(english, chinese)
    self.hint = hint
  }

  static let excel = ForeignFile("is an Excel file", "是 Excel 文件", hint: saveAsCSV)
  static let openDocument = ForeignFile(
    "is an OpenDocument file", "是 OpenDocument 文件", hint: saveAsCSV)
}

private let saveAsCSV = Sentence(
  "open it there and save it as CSV (UTF-8)", "请打开后另存为 CSV（UTF-8）")
private let unpackFirst = Sentence("unpack it first", "请先解压")
private let pageHint = Sentence(
  "a page came in place of the file: log in and download it again",
  "下载到的是网页而不是文件：请登录后重新下载")
private let webPage = ForeignFile("is a web page", "是网页", hint: pageHint)

private let fileMarks: [(mark: [UInt8], file: ForeignFile)] = [
  (
    [0xD0, 0xCF, 0x11, 0xE0],
    ForeignFile("is an Excel file of before 2007", "是 2007 版之前的 Excel 文件", hint: saveAsCSV)
  ),
  (
    Array("%PDF".utf8),
    ForeignFile(
      "is a PDF", "是 PDF 文件", hint: Sentence("download the bill as CSV", "请下载 CSV 格式的账单"))
  ),
  (
    [0x1F, 0x8B],
    ForeignFile(
      "is a gzip file", "是 gzip 文件", hint: Sentence("unpack it first: gunzip", "请先解压：gunzip"))
  ),
  (Array("Rar!".utf8), ForeignFile("is a RAR file", "是 RAR 文件", hint: unpackFirst)),
  ([0x37, 0x7A, 0xBC, 0xAF], ForeignFile("is a 7z file", "是 7z 文件", hint: unpackFirst)),
  (
    [0xFD, 0x37, 0x7A, 0x58],
    ForeignFile("is an xz file", "是 xz 文件", hint: Sentence("unpack it first: unxz", "请先解压：unxz"))
  ),
  (
    [0x28, 0xB5, 0x2F, 0xFD],
    ForeignFile(
      "is a zstd file", "是 zstd 文件", hint: Sentence("unpack it first: unzstd", "请先解压：unzstd"))
  ),
  (
    Array("BZh".utf8),
    ForeignFile(
      "is a bzip2 file", "是 bzip2 文件", hint: Sentence("unpack it first: bunzip2", "请先解压：bunzip2"))
  ),
  (
    Array("SQLite f".utf8),
    ForeignFile(
      "is an SQLite database", "是 SQLite 数据库", hint: Sentence("export the rows as CSV", "请导出为 CSV"))
  ),
  (Array("<!DOCTYP".utf8), webPage),
  (Array("<!doctyp".utf8), webPage),
  (Array("<html".utf8), webPage),
]
