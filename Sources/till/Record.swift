// One object as lines of name and value, with its lists of objects as tables below.

import JSON

/// An object taken apart for people.
struct Record {
  /// Dotted names with the values beside them, in the order of the object.
  private(set) var fields: [(name: String, value: JSONValue)] = []
  /// Lists of objects, shown as tables.
  private(set) var lists: [(name: String, rows: [JSONValue])] = []

  init(_ object: JSONObject) { add(object, prefix: "") }

  private mutating func add(_ object: JSONObject, prefix: String) {
    for member in object.members {
      let name = prefix + member.key
      switch member.value {
      case .null: continue
      case .object(let inner) where !inner.isEmpty && !isOneText(member.value):
        add(inner, prefix: name + ".")
      case .array(let elements) where elements.isEmpty: continue
      case .array(let elements) where elements.allSatisfy({ $0.objectValue != nil }):
        if elements.allSatisfy(isOneText) {
          fields.append((name, member.value))
        } else {
          lists.append((name, elements))
        }
      default: fields.append((name, member.value))
      }
    }
  }
}

/// True for objects that are one text to a reader: amounts and phrases.
private func isOneText(_ value: JSONValue) -> Bool {
  moneyText(value) != nil || phraseText(value, language: "en") != nil
}

/// The dotted paths of everything in some rows that is no list of objects, in order of appearance.
func allColumns(of rows: [JSONValue]) -> [String] {
  var columns: [String] = []
  var known = Set<String>()
  for row in rows {
    guard let object = row.objectValue else { continue }
    for field in Record(object).fields where known.insert(field.name).inserted {
      columns.append(field.name)
    }
  }
  return columns
}
