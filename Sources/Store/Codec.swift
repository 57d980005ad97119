import Domain
import JSON

/// JSON forms of small values inside rows and events.
///
/// Shapes are those of the wire: money is `{"currency","minor"}`, times are milliseconds.
enum Codec {
  static func write(_ money: Money, _ key: StaticString, _ writer: inout JSONWriter) {
    writer.key(key)
    writer.beginObject()
    writer.member("currency", money.currency.code)
    writer.member("minor", money.minor)
    writer.endObject()
  }

  static func write(_ reason: Reason?, _ key: StaticString, _ writer: inout JSONWriter) {
    guard let reason else { return }
    writer.key(key)
    writeObject(reason, &writer)
  }

  static func writeObject(_ reason: Reason, _ writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("code", reason.code)
    writer.member("gateway_code", reason.gatewayCode)
    writer.member("text", reason.text)
    writer.endObject()
  }

  static func write(_ evidence: Evidence, _ key: StaticString, _ writer: inout JSONWriter) {
    writer.key(key)
    writeObject(evidence, &writer)
  }

  static func writeObject(_ evidence: Evidence, _ writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("id", evidence.id)
    writer.member("source", evidence.source.rawValue)
    writer.member("strength", evidence.strength.text)
    writer.member("at", evidence.at.milliseconds)
    writer.member("sha256", evidence.digest.isEmpty ? nil : evidence.digest)
    writer.endObject()
  }

  static func write(_ action: PaymentAction, _ key: StaticString, _ writer: inout JSONWriter) {
    writer.key(key)
    writeObject(action, &writer)
  }

  static func writeObject(_ action: PaymentAction, _ writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("kind", action.kind.rawValue)
    writer.member("value", action.value)
    writer.member("expires_at", action.expiresAt.milliseconds)
    if let amount = action.exactAmount { write(amount, "exact_amount", &writer) }
    writer.endObject()
  }

  static func writeArray(_ lines: [OrderLine], _ writer: inout JSONWriter) {
    writer.beginArray()
    for line in lines {
      writer.beginObject()
      writer.member("sku", line.sku)
      writer.member("name", line.name)
      writer.member("quantity", line.quantity)
      writer.member("unit_price", line.unitPrice)
      writer.endObject()
    }
    writer.endArray()
  }

  static func write(_ buyer: Buyer, _ writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("user_id", buyer.userID)
    writer.member("email", buyer.email)
    writer.member("phone", buyer.phone)
    writer.member("ip", buyer.ip)
    writer.member("country", buyer.country)
    writer.member("user_agent", buyer.userAgent)
    writer.member("device", buyer.device)
    writer.endObject()
  }

  /// The text of one value, for a TEXT column.
  static func text(_ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter(capacity: 128)
    body(&writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

/// Reading what `Codec` wrote. A shape that does not fit is damage, never a default.
struct Stored {
  let object: JSONObject
  /// Where it stands, for the message.
  let place: String

  init(_ object: JSONObject, _ place: String) {
    self.object = object
    self.place = place
  }

  init(text: String, _ place: String) throws(StoreError) {
    try self.init(bytes: Array(text.utf8), place)
  }

  init(bytes: [UInt8], _ place: String) throws(StoreError) {
    do throws(JSONError) {
      guard case .object(let object) = try JSONReader.read(bytes, profile: .document) else {
        throw JSONError(.notObject, at: 0)
      }
      self.init(object, place)
    } catch {
      throw .damaged("\(place) is not the JSON that was written (\(error.code.rawValue))")
    }
  }

  func damaged(_ key: StaticString) -> StoreError { .damaged("\(place): member \(key)") }

  func string(_ key: StaticString) throws(StoreError) -> String {
    guard let value = object[key]?.stringValue else { throw damaged(key) }
    return value
  }

  func optionalString(_ key: StaticString) throws(StoreError) -> String? {
    guard let value = object[key] else { return nil }
    guard let text = value.stringValue else { throw damaged(key) }
    return text
  }

  func integer(_ key: StaticString) throws(StoreError) -> Int64 {
    guard let value = object[key]?.integerValue else { throw damaged(key) }
    return value
  }

  func bool(_ key: StaticString) throws(StoreError) -> Bool {
    guard let value = object[key]?.boolValue else { throw damaged(key) }
    return value
  }

  func time(_ key: StaticString) throws(StoreError) -> Timestamp {
    Timestamp(milliseconds: try integer(key))
  }

  func optionalTime(_ key: StaticString) throws(StoreError) -> Timestamp? {
    object[key] == nil ? nil : try time(key)
  }

  func nested(_ key: StaticString) throws(StoreError) -> Stored {
    guard let value = object[key]?.objectValue else { throw damaged(key) }
    return Stored(value, place)
  }

  func optionalNested(_ key: StaticString) throws(StoreError) -> Stored? {
    object[key] == nil ? nil : try nested(key)
  }

  func array(_ key: StaticString) throws(StoreError) -> [JSONValue] {
    guard let value = object[key]?.arrayValue else { throw damaged(key) }
    return value
  }

  func money(_ key: StaticString) throws(StoreError) -> Money {
    let money = try nested(key)
    guard let currency = Currency(code: try money.string("currency")) else { throw damaged(key) }
    return Money(try money.integer("minor"), currency)
  }

  func optionalMoney(_ key: StaticString) throws(StoreError) -> Money? {
    object[key] == nil ? nil : try money(key)
  }

  func identifier<Kind>(_ key: StaticString, _: Kind.Type) throws(StoreError) -> Identifier<Kind> {
    guard let id = Identifier<Kind>(text: try string(key)) else { throw damaged(key) }
    return id
  }

  func word<Word: RawRepresentable<String>>(_ key: StaticString, _: Word.Type)
    throws(StoreError) -> Word
  {
    guard let word = Word(rawValue: try string(key)) else { throw damaged(key) }
    return word
  }

  func reason() throws(StoreError) -> Reason {
    Reason(
      code: try string("code"), gatewayCode: try optionalString("gateway_code"),
      text: try string("text"))
  }

  func reason(_ key: StaticString) throws(StoreError) -> Reason { try nested(key).reason() }

  func optionalReason(_ key: StaticString) throws(StoreError) -> Reason? {
    try optionalNested(key)?.reason()
  }

  func evidence() throws(StoreError) -> Evidence {
    guard let strength = EvidenceStrength(text: try string("strength")) else {
      throw damaged("strength")
    }
    return Evidence(
      id: try string("id"), source: try word("source", EvidenceSource.self), strength: strength,
      at: try time("at"), digest: try optionalString("sha256") ?? "")
  }

  func action() throws(StoreError) -> PaymentAction {
    PaymentAction(
      kind: try word("kind", PaymentAction.Kind.self), value: try string("value"),
      expiresAt: try time("expires_at"), exactAmount: try optionalMoney("exact_amount"))
  }

  func orderLine() throws(StoreError) -> OrderLine {
    OrderLine(
      sku: try optionalString("sku"), name: try string("name"), quantity: try integer("quantity"),
      unitPrice: try integer("unit_price"))
  }

  func buyer() throws(StoreError) -> Buyer {
    Buyer(
      userID: try optionalString("user_id"), email: try optionalString("email"),
      phone: try optionalString("phone"), ip: try optionalString("ip"),
      country: try optionalString("country"), userAgent: try optionalString("user_agent"),
      device: try optionalString("device"))
  }

  /// A list of objects inside a TEXT column.
  static func list<Element>(
    text: String?, _ place: String, _ read: (Stored) throws(StoreError) -> Element
  ) throws(StoreError) -> [Element] {
    guard let text else { return [] }
    let values: JSONValue
    do throws(JSONError) {
      values = try JSONReader.read(Array(text.utf8), profile: .document)
    } catch {
      throw .damaged("\(place) is not the JSON that was written")
    }
    guard let array = values.arrayValue else { throw .damaged("\(place) is not a list") }
    var elements: [Element] = []
    elements.reserveCapacity(array.count)
    for value in array {
      guard let object = value.objectValue else { throw .damaged("\(place) holds no objects") }
      elements.append(try read(Stored(object, place)))
    }
    return elements
  }
}
