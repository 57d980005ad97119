@preconcurrency import Glibc

/// Turns bytes of another character set into UTF-8, chunk by chunk, by the C library's `iconv`.
package final class CharsetDecoder {
  /// The first byte that is no text of the set, counted from the start of the input.
  package struct Malformed: Error, Hashable, Sendable {
    package let byteOffset: Int
  }

  /// Character sets that files of banks and gateways come in.
  package enum Charset: String, Sendable, CaseIterable {
    case gb18030 = "GB18030"
    case utf16 = "UTF-16"
    case windows1252 = "WINDOWS-1252"
    case latin1 = "ISO-8859-1"
    case latin9 = "ISO-8859-15"
    case big5 = "BIG5-HKSCS"
    case shiftJIS = "SHIFT_JIS"
    case windows1251 = "WINDOWS-1251"
    case koi8 = "KOI8-R"
  }

  private let handle: iconv_t
  /// The front of a character whose rest has not come yet.
  private var pending: [UInt8] = []
  private var taken = 0

  /// - Throws: `EINVAL` where the C library has no tables for the set (`gconv` not installed).
  package init(from charset: Charset) throws(SystemError) {
    // GB18030 holds all of GBK; a bank that says GBK or GB2312 is read by it.
    guard let handle = iconv_open("UTF-8", charset.rawValue), Int(bitPattern: handle) != -1 else {
      throw SystemError(call: "iconv_open", errno: errno, subject: charset.rawValue)
    }
    self.handle = handle
  }

  deinit { iconv_close(handle) }

  /// The text of a chunk, with what the last one left over.
  package func decode(_ chunk: some Collection<UInt8>) throws(Malformed) -> [UInt8] {
    var input = pending
    input.append(contentsOf: chunk)
    // Four bytes of UTF-8 are the most that one byte of any of these sets becomes.
    var output = [UInt8](repeating: 0, count: input.count * 4 + 16)
    var unread = 0
    var unwritten = output.count
    var isMalformed = false
    input.withUnsafeMutableBytes { source in
      output.withUnsafeMutableBytes { target in
        // unsafe: iconv moves both pointers within buffers whose sizes it is given.
        var from = source.baseAddress?.assumingMemoryBound(to: CChar.self)
        var to = target.baseAddress?.assumingMemoryBound(to: CChar.self)
        var left = source.count
        let code = iconv(handle, &from, &left, &to, &unwritten)
        isMalformed = code == -1 && errno == EILSEQ
        unread = left
      }
    }
    let read = input.count - unread
    guard !isMalformed, unread <= 8 else {
      throw Malformed(byteOffset: taken + read)
    }
    taken += read
    pending = Array(input.suffix(unread))
    return Array(output.prefix(output.count - unwritten))
  }

  /// Says that no more comes.
  package func finish() throws(Malformed) {
    guard pending.isEmpty else { throw Malformed(byteOffset: taken) }
  }
}
