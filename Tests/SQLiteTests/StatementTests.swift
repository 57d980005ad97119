import SQLite
import Testing

@Suite("binding and reading")
struct StatementTests {
  let connection: Connection
  let insert: Statement
  let read: Statement

  init() throws {
    connection = try Connection(path: "", role: .memory)
    try connection.execute("CREATE TABLE value (id INTEGER PRIMARY KEY, a ANY) STRICT")
    insert = try connection.prepare("INSERT INTO value (a) VALUES (?1)")
    read = try connection.prepare("SELECT a FROM value ORDER BY id DESC LIMIT 1")
  }

  func stored<Value>(_ column: (Statement) throws -> Value) throws -> Value {
    try insert.run()
    read.reset()
    #expect(try read.step())
    return try column(read)
  }

  @Test(
    "an integer comes back exact",
    arguments: [0, 1, -1, .max, .min, 9_007_199_254_740_993] as [Int64])
  func integers(value: Int64) throws {
    try insert.bind(value, at: 1)
    #expect(try stored { try $0.int64(0) } == value)
  }

  @Test(
    "a string comes back with every byte",
    arguments: [
      "", "a", "a\u{0}b", "\u{0}", "付款 💸👩‍👩‍👧", "e\u{301}", String(repeating: "长", count: 5_000),
      String(repeating: "x", count: 64), String(repeating: "x", count: 4_096),
      String(repeating: "x", count: 4_097),
    ])
  func strings(value: String) throws {
    try insert.bind(value, at: 1)
    #expect(try stored { Array(try $0.string(0).utf8) } == Array(value.utf8))
    #expect(try connection.strings("SELECT typeof(a) FROM value") == ["text"])
  }

  @Test("a string that is a slice of a longer one is stored alone")
  func slice() throws {
    try insert.bind(String("before|middle|after".split(separator: "|")[1]), at: 1)
    #expect(try stored { try $0.string(0) } == "middle")
  }

  @Test(
    "a blob comes back with every byte",
    arguments: [[], [0], [0, 255, 0], Array(repeating: 7, count: 70_000)] as [[UInt8]])
  func blobs(value: [UInt8]) throws {
    try insert.bind(value, at: 1)
    #expect(try stored { try $0.blob(0) } == value)
    try value.withUnsafeBytes { try insert.bind($0, at: 1) }
    #expect(try stored { try $0.blob(0) } == value)
  }

  @Test("an empty blob, an empty text and null are three things")
  func emptiness() throws {
    try insert.bind([] as [UInt8], at: 1)
    #expect(try stored { $0.type(0) } == .blob)
    #expect(try read.optionalBlob(0) == [])
    try insert.bind(UnsafeRawBufferPointer(start: nil, count: 0), at: 1)
    #expect(try stored { $0.type(0) } == .blob)
    try insert.bind("", at: 1)
    #expect(try stored { $0.type(0) } == .text)
    #expect(try read.optionalString(0) == "")
    try insert.bindText(UnsafeRawBufferPointer(start: nil, count: 0), at: 1)
    #expect(try stored { $0.type(0) } == .text)
    try insert.bindNull(at: 1)
    #expect(try stored { $0.type(0) } == .null)
    #expect(read.isNull(0))
    #expect(try read.optionalBlob(0) == nil)
    #expect(try read.optionalString(0) == nil)
    #expect(try read.optionalInt64(0) == nil)
    #expect(try read.optionalInt(0) == nil)
    #expect(try read.optionalBool(0) == nil)
  }

  @Test("an optional without a value is null, with one it is the value")
  func optionals() throws {
    for bind in [
      { try insert.bind(nil as Int64?, at: 1) }, { try insert.bind(nil as Int?, at: 1) },
      { try insert.bind(nil as Bool?, at: 1) }, { try insert.bind(nil as String?, at: 1) },
      { try insert.bind(nil as [UInt8]?, at: 1) },
    ] as [() throws -> Void] {
      try bind()
      #expect(try stored { $0.isNull(0) })
    }
    try insert.bind(5 as Int64?, at: 1)
    #expect(try stored { try $0.optionalInt64(0) } == 5)
    try insert.bind(6 as Int?, at: 1)
    #expect(try stored { try $0.optionalInt(0) } == 6)
    try insert.bind(true as Bool?, at: 1)
    #expect(try stored { try $0.optionalBool(0) } == true)
    try insert.bind("seven" as String?, at: 1)
    #expect(try stored { try $0.optionalString(0) } == "seven")
    try insert.bind([8] as [UInt8]?, at: 1)
    #expect(try stored { try $0.optionalBlob(0) } == [8])
  }

  @Test("a static string, text from bytes and a Bool are stored as what they are")
  func otherForms() throws {
    try insert.bind("CNY" as StaticString, at: 1)
    #expect(try stored { try $0.string(0) } == "CNY")
    try insert.bindText(Array("{\"a\":1}".utf8), at: 1)
    #expect(try stored { try $0.string(0) } == "{\"a\":1}")
    try insert.bind(false, at: 1)
    #expect(try stored { try $0.bool(0) } == false)
    try insert.bind(true, at: 1)
    #expect(try stored { try $0.bool(0) } == true)
    #expect(try read.int64(0) == 1)
  }

  @Test("the bytes of a column are lent without a copy, null as an empty buffer")
  func lending() throws {
    try insert.bind("a\u{0}é", at: 1)
    #expect(try stored { try $0.withBytes(0) { Array($0) } } == [0x61, 0, 0xc3, 0xa9])
    try insert.bind([1, 2], at: 1)
    #expect(try stored { try $0.withBytes(0) { Array($0) } } == [1, 2])
    try insert.bindNull(at: 1)
    #expect(try stored { try $0.withBytes(0) { $0.count } } == 0)
    try insert.bind(5, at: 1)
    try insert.run()
    read.reset()
    #expect(try read.step())
    #expect(
      fault { try read.withBytes(0) { _ in } }?.classification
        == .wrongType(column: 0, wanted: .blob, found: .integer))
  }

  @Test("reading a column as another type is a fault, never a conversion")
  func wrongTypes() throws {
    try insert.bindNull(at: 1)
    #expect(
      fault { _ = try stored { try $0.int64(0) } }?.classification
        == .wrongType(column: 0, wanted: .integer, found: .null))
    try insert.bind("12", at: 1)
    #expect(
      fault { _ = try stored { try $0.int64(0) } }?.classification
        == .wrongType(column: 0, wanted: .integer, found: .text))
    #expect(fault { _ = try read.blob(0) } != nil)
    try insert.bind(12, at: 1)
    #expect(
      fault { _ = try stored { try $0.string(0) } }?.classification
        == .wrongType(column: 0, wanted: .text, found: .integer))
    #expect(fault { _ = try read.bool(0) } != nil)
    #expect(fault { _ = try read.optionalString(0) } != nil)
    try connection.execute("INSERT INTO value (a) VALUES (1.5)")
    read.reset()
    #expect(try read.step())
    #expect(read.type(0) == .real)
    #expect(fault { _ = try read.int64(0) } != nil)
  }

  @Test("text that is not UTF-8 is a named fault")
  func malformedText() throws {
    try insert.bindText([0x61, 0xff], at: 1)
    #expect(
      fault { _ = try stored { try $0.string(0) } }?.classification == .malformedText(column: 0))
    #expect(try read.withBytes(0) { Array($0) } == [0x61, 0xff])
  }

  @Test("a bound buffer may change before the statement runs")
  func bindingLifetime() throws {
    for count in [1, 64, 100, 4_096, 10_000] {
      var bytes = [UInt8](repeating: 0x61, count: count)
      try bytes.withUnsafeMutableBytes { buffer in
        try insert.bindText(UnsafeRawBufferPointer(buffer), at: 1)
        buffer.initializeMemory(as: UInt8.self, repeating: 0x7a)
      }
      let text = try stored { try $0.string(0) }
      #expect(text == String(repeating: "a", count: count))
    }
  }

  @Test("binding a parameter again replaces its value, whatever the lengths")
  func rebinding() throws {
    let three = try connection.prepare("SELECT ?1 || ?2 || ?3")
    for count in [10, 200, 3, 5_000, 1, 4_096, 0] {
      try three.bind(String(repeating: "x", count: 3_000), at: 2)
      try three.bind(String(repeating: "a", count: count), at: 1)
      try three.bind(String(repeating: "b", count: count), at: 2)
      try three.bind(String(repeating: "c", count: count), at: 3)
      #expect(try three.step())
      let expected = ["a", "b", "c"].map { String(repeating: $0, count: count) }.joined()
      #expect(try three.string(0) == expected)
      three.reset()
    }
  }

  @Test("columns are named and counted")
  func columns() throws {
    let statement = try connection.prepare("SELECT id, a AS amount FROM value WHERE id = ?1")
    #expect(statement.columnsCount == 2)
    #expect(statement.parametersCount == 1)
    #expect(statement.columnName(1) == "amount")
    #expect(statement.columnName(2) == "")
    #expect(insert.columnsCount == 0)
  }
}
