// Swift types of fields, and masking.

/// Where a field stands: in a request, in a result, or in an object used by both.
enum FieldUse {
  case parameter, result, both
}

extension Emitter {
  func objectName(_ name: String) -> String { SwiftName.type(name) + "Object" }

  /// The Swift type of a field, optional or not.
  func swiftType(_ field: Field, _ use: FieldUse) -> String {
    let element = elementType(field.type.name, use)
    return (field.type.isList ? "[\(element)]" : element) + (field.isOptional ? "?" : "")
  }

  private func elementType(_ name: String, _ use: FieldUse) -> String {
    if contract.enumeration(name) != nil { return use == .result ? "String" : enumName(name) }
    if contract.object(name) != nil { return objectName(name) }
    switch contract.scalar(name)?.kind {
    case .integer: return "Int64"
    case .boolean: return "Bool"
    case .json where name == "request_id": return "JSONValue"
    case .json: return use == .result ? "RawJSON" : "JSONValue"
    case .object: return use == .result ? "RawJSON" : "JSONObject"
    case .map: return "TextMap"
    case .string, nil: return "String"
    }
  }

  /// Whether a type holds personal data, directly or within.
  func isPersonal(_ type: ObjectType) -> Bool {
    type.fields.contains { field in
      if field.mask != nil { return true }
      guard let inner = contract.object(field.type.name), inner.name != type.name else {
        return false
      }
      return isPersonal(inner)
    }
  }

  func masking(_ out: inout SwiftText, _ name: String, _ fields: [Field]) {
    let personal = fields.compactMap(maskLine)
    if personal.isEmpty { return }
    out.line()
    out.block("package func masked() -> \(name)") { out in
      out.line("var copy = self")
      for line in personal { out.line(line) }
      out.line("return copy")
    }
  }

  private func maskLine(_ field: Field) -> String? {
    let name = SwiftName.member(field.name)
    if field.mask == "hide" { return "copy.\(name) = nil" }
    if let mask = field.mask {
      return field.isOptional
        ? "copy.\(name) = copy.\(name).map(Masking.\(mask))"
        : "copy.\(name) = Masking.\(mask)(copy.\(name))"
    }
    guard let inner = contract.object(field.type.name), isPersonal(inner) else { return nil }
    if field.type.isList { return "copy.\(name) = copy.\(name).map { $0.masked() }" }
    return "copy.\(name) = copy.\(name)\(field.isOptional ? "?" : "").masked()"
  }
}
