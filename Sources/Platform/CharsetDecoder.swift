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
  /// Characters of two bytes that were met before; empty where the set has other ones.
  private var pairs: [PairedText]

  /// - Throws: `EINVAL` where the C library has no tables for the set (`gconv` not installed).
  package init(from charset: Charset) throws(SystemError) {
    // GB18030 holds all of GBK; a bank that says GBK or GB2312 is read by it.
    guard let handle = iconv_open("UTF-8", charset.rawValue), Int(bitPattern: handle) != -1 else {
      throw SystemError(call: "iconv_open", errno: errno, subject: charset.rawValue)
    }
    self.handle = handle
    pairs = charset == .gb18030 ? [PairedText](repeating: .none, count: 1 << 15) : []
  }

  deinit { iconv_close(handle) }

  /// The text of a chunk, with what the last one left over.
  package func decode(_ chunk: some Collection<UInt8>) throws(Malformed) -> [UInt8] {
    var input = pending
    input.append(contentsOf: chunk)
    if !pairs.isEmpty { return try decodePairs(input) }
    let (text, read, isMalformed) = converted(input[...])
    let unread = input.count - read
    guard !isMalformed, unread <= 8 else {
      throw Malformed(byteOffset: taken + read)
    }
    taken += read
    pending = Array(input.suffix(unread))
    return text
  }

  private func converted(
    _ input: ArraySlice<UInt8>
  ) -> (text: [UInt8], read: Int, isMalformed: Bool) {
    var input = Array(input)
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
    return (Array(output.prefix(output.count - unwritten)), input.count - unread, isMalformed)
  }

  /// Says that no more comes.
  package func finish() throws(Malformed) {
    guard pending.isEmpty else { throw Malformed(byteOffset: taken) }
  }
}

// MARK: GB18030

extension CharsetDecoder {
  /// At most three bytes of UTF-8, with their count in the highest byte.
  private struct PairedText {
    private let packed: UInt32

    static let none = PairedText(packed: 0)

    private init(packed: UInt32) { self.packed = packed }

    /// `none` for a text that is longer.
    init(_ text: [UInt8]) {
      guard text.count <= 3 else {
        self = .none
        return
      }
      packed = text.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        | UInt32(text.count) << 24
    }

    var isNone: Bool { packed == 0 }

    func add(to output: inout [UInt8]) {
      var rest = packed
      for _ in 0..<packed >> 24 {
        output.append(UInt8(truncatingIfNeeded: rest))
        rest >>= 8
      }
    }
  }

  /// Most of a bill is ASCII, which is copied, and a few characters that come again and again.
  private func decodePairs(_ input: [UInt8]) throws(Malformed) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(input.count * 3 / 2 + 16)
    var place = 0
    while place < input.count {
      let end = Self.endOfASCII(input, place)
      if end > place {
        output += input[place..<end]
        place = end
        continue
      }
      guard place + 1 < input.count else { break }
      let second = input[place + 1]
      let isOfFour = (0x30...0x39).contains(second)
      let width = isOfFour ? 4 : 2
      guard place + width <= input.count else { break }
      let pair = Int(input[place] & 0x7F) << 8 | Int(second)
      if isOfFour || pairs[pair].isNone {
        let (text, read, isMalformed) = converted(input[place..<place + width])
        guard !isMalformed, read == width else { throw Malformed(byteOffset: taken + place) }
        output += text
        if !isOfFour { pairs[pair] = PairedText(text) }
      } else {
        pairs[pair].add(to: &output)
      }
      place += width
    }
    taken += place
    pending = Array(input[place...])
    return output
  }

  private static func endOfASCII(_ bytes: [UInt8], _ start: Int) -> Int {
    bytes.withUnsafeBytes { buffer in
      var place = start
      // unsafe: whole words are loaded, all below the end of the buffer.
      while place + 8 <= buffer.count,
        buffer.loadUnaligned(fromByteOffset: place, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        place += 8
      }
      while place < buffer.count, buffer[place] < 0x80 { place += 1 }
      return place
    }
  }
}
