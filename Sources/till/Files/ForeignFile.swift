// Files of programs that hold no table as text: people take them for one.

import Intake

/// What a file is, and what to do with it; nil for text and for archives of it.
func foreignFile(_ side: PairSide) -> (is: String, hint: String)? {
  if side.names.contains(where: { $0 == "[Content_Types].xml" || $0.hasPrefix("xl/") }) {
    return ("an Excel file", "open it there and save it as CSV (UTF-8)")
  }
  if side.names.contains("content.xml"), side.names.contains("mimetype") {
    return ("an OpenDocument file", "open it there and save it as CSV (UTF-8)")
  }
  let front = side.front(8)
  let found = fileMarks.first { front.starts(with: $0.mark) }
  return found.map { ($0.is, $0.hint) }
}

private let fileMarks: [(mark: [UInt8], is: String, hint: String)] = [
  (
    [0xD0, 0xCF, 0x11, 0xE0], "an Excel file of before 2007",
    "open it there and save it as CSV (UTF-8)"
  ),
  (Array("%PDF".utf8), "a PDF", "download the bill as CSV"),
  ([0x1F, 0x8B], "a gzip file", "unpack it first: gunzip"),
  (Array("Rar!".utf8), "a RAR file", "unpack it first"),
  ([0x37, 0x7A, 0xBC, 0xAF], "a 7z file", "unpack it first"),
  ([0xFD, 0x37, 0x7A, 0x58], "an xz file", "unpack it first: unxz"),
  ([0x28, 0xB5, 0x2F, 0xFD], "a zstd file", "unpack it first: unzstd"),
  (Array("BZh".utf8), "a bzip2 file", "unpack it first: bunzip2"),
  (Array("SQLite f".utf8), "an SQLite database", "export the rows as CSV"),
  (Array("<!DOCTYP".utf8), "a web page", pageHint),
  (Array("<!doctyp".utf8), "a web page", pageHint),
  (Array("<html".utf8), "a web page", pageHint),
]

private let pageHint = "a page came in place of the file: log in and download it again"

