import Domain
import JSON
import SQLite

/// What people attached to a dispute or a case, as they gave it.
package struct AttachmentContent: Hashable, Sendable {
  /// A name for people.
  package let name: String?
  package let bytes: [UInt8]

  package init(name: String?, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// Rows of `attachments`: sealed, because what supports a dispute or a case names people.
struct AttachmentTable {
  private let insertion: Statement
  private let selection: Statement
  private let deletion: Statement
  private let seal: PersonalSeal?

  init(
    _ connection: Connection, seal: PersonalSeal?, canWrite: Bool
  ) throws(SQLiteError) {
    self.seal = seal
    selection = try connection.prepare("SELECT sealed FROM attachments WHERE id=?")
    guard canWrite else {
      insertion = selection
      deletion = selection
      return
    }
    insertion = try connection.prepare(
      "INSERT INTO attachments(id, order_key, sealed, case_id) VALUES (?,?,?,?)")
    deletion = try connection.prepare(
      """
      DELETE FROM attachments WHERE order_key=?1 OR case_id IN (
        SELECT case_id FROM case_links WHERE subject=(SELECT id FROM orders WHERE key=?1))
      """)
  }

  func insert(
    _ id: AttachmentID, orderKey: Int64, _ content: AttachmentContent
  ) throws(StoreError) {
    try insert(id, orderKey, nil, content)
  }

  /// A case has no order of its own, or several: its papers are found by it.
  func insert(
    _ id: AttachmentID, case caseID: CaseID, _ content: AttachmentContent
  ) throws(StoreError) {
    try insert(id, AttachmentTable.noOrder, caseID, content)
  }

  private func insert(
    _ id: AttachmentID, _ orderKey: Int64, _ caseID: CaseID?, _ content: AttachmentContent
  ) throws(StoreError) {
    guard let seal else { throw PersonalTable.noKey }
    let sealed = seal.seal(AttachmentTable.packed(content), for: .attachment(id))
    try database { () throws(SQLiteError) in
      try insertion.bind(id.text, at: 1)
      try insertion.bind(orderKey, at: 2)
      try insertion.bind(sealed, at: 3)
      try insertion.bind(caseID?.text, at: 4)
      try insertion.run()
    }
  }

  /// Keys of orders begin at 1.
  private static let noOrder: Int64 = 0

  /// Nil where it was erased.
  func content(of id: AttachmentID) throws(StoreError) -> AttachmentContent? {
    let sealed = try database { () throws(SQLiteError) -> [UInt8]? in
      try selection.bind(id.text, at: 1)
      defer { selection.reset() }
      return try selection.step() ? try selection.blob(0) : nil
    }
    guard let sealed else { return nil }
    guard let seal else { throw PersonalTable.noKey }
    let place = SealedPlace.attachment(id)
    let plain = try seal.open(sealed, from: place)
    guard let length = plain.first, plain.count > Int(length) else {
      throw .damaged(place.text)
    }
    let name = plain[1..<(1 + Int(length))]
    return AttachmentContent(
      name: name.isEmpty ? nil : String(decoding: name, as: UTF8.self),
      bytes: Array(plain[(1 + Int(length))...]))
  }

  func erase(of orderKey: Int64) throws(SQLiteError) {
    try deletion.bind(orderKey, at: 1)
    try deletion.run()
  }

  /// The name's length in one byte, the name, the content.
  private static func packed(_ content: AttachmentContent) -> [UInt8] {
    let name = Array((content.name ?? "").utf8.prefix(nameBytesMax))
    return [UInt8(name.count)] + name + content.bytes
  }

  /// What one byte can count; the wire's limit lies at or below it.
  static let nameBytesMax = 255
}
