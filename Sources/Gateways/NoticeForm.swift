/// The fields of a notice after one decoding, whether they came as a form or as a query.
struct NoticeForm: Sendable {
  /// Why a text is no notice.
  enum Flaw: Error, Hashable, Sendable {
    case tooLong
    case undecodable
    /// A name twice, or a name of other signs than letters, digits and `_`.
    case ambiguousNames

    var phrase: String {
      switch self {
      case .tooLong: "it is longer than \(NoticeForm.bytesMax) bytes"
      case .undecodable: "it is no form that can be decoded"
      case .ambiguousNames: "a field is there twice or has a name of other signs"
      }
    }
  }

  static let bytesMax = 196_608
  static let fieldsMax = 256

  let fields: [FormEncoding.Field]

  init(_ bytes: [UInt8]) throws(Flaw) {
    guard bytes.count <= Self.bytesMax else { throw .tooLong }
    do throws(FormEncoding.Flaw) {
      fields = try FormEncoding.decode(bytes, fieldsMax: Self.fieldsMax)
    } catch {
      throw .undecodable
    }
    guard isWellShaped else { throw .ambiguousNames }
  }

  /// The fields of a request: those of the body of a POST, those of the query otherwise. Never of
  /// both: what a front end adds to the query is no part of a posted notice.
  init(_ notification: RawNotification) throws(Flaw) {
    let isPosted = notification.httpMethod.uppercased().utf8.elementsEqual("POST".utf8)
    try self.init(isPosted ? notification.body : Array(notification.query.utf8))
  }

  func value(_ name: String) -> [UInt8]? {
    fields.first { $0.name.elementsEqual(name.utf8) }?.value
  }

  /// A field as text; nil where it is absent, empty or no UTF-8.
  func text(_ name: String) -> String? {
    guard let value = value(name), !value.isEmpty else { return nil }
    return String(validating: value, as: UTF8.self)
  }

  func `is`(_ name: String, _ wanted: String) -> Bool {
    value(name).map { $0.elementsEqual(wanted.utf8) } ?? false
  }

  /// A `&` inside a value: a signature over `a=1&b=2` as text covers such a value and several
  /// fields alike. A query decides.
  var isAmbiguous: Bool { fields.contains { $0.value.contains(0x26) } }

  /// A `=` or `&` in a name would let one signed string be cut into fields in two ways.
  private var isWellShaped: Bool {
    var seen: Set<[UInt8]> = []
    return fields.allSatisfy { field in
      seen.insert(field.name).inserted && !field.name.isEmpty
        && field.name.allSatisfy {
          (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
            || $0 == 0x5F
        }
    }
  }
}
