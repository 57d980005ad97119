import JSON
import Wire

/// One object of the configuration, whose members are all known.
struct ConfigurationObject {
  let json: JSONObject
  let place: ConfigurationPlace

  /// - Parameter schema: the object's path in `ConfigurationField.all`; nil leaves the names to
  ///   somebody else (a gateway's adapter).
  init(
    _ value: JSONValue, _ place: ConfigurationPlace, schema: String?
  ) throws(ConfigurationError) {
    guard let object = value.objectValue else {
      throw ConfigurationError(place, "must be an object")
    }
    json = object
    self.place = place
    guard let schema else { return }
    let known = ConfigurationField.members(of: schema)
    for key in object.keys where !known.contains(where: { $0.utf8.elementsEqual(key.utf8) }) {
      let near = Suggestion.names(near: key, among: known)
      let list = known.joined(separator: ", ")
      throw ConfigurationError(
        place.member(key), "there is no such member",
        hint: near.isEmpty ? "Members here: \(list)." : "Did you mean \(near[0])?")
    }
  }

  func error(_ name: String, _ text: String, hint: String? = nil) -> ConfigurationError {
    ConfigurationError(place.member(name), text, hint: hint)
  }

  func text(_ name: String) throws(ConfigurationError) -> String? {
    guard let value = json[name] else { return nil }
    guard let text = value.stringValue, !text.isEmpty else {
      throw error(name, "must be text")
    }
    return text
  }

  func required(_ name: String) throws(ConfigurationError) -> String {
    guard let text = try text(name) else {
      throw ConfigurationError(place, "\(name) is missing")
    }
    return text
  }

  func number(
    _ name: String, _ range: ClosedRange<Int64>
  ) throws(ConfigurationError) -> Int64? {
    guard let value = json[name] else { return nil }
    guard let number = value.integerValue, range.contains(number) else {
      throw error(
        name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  func flag(_ name: String) throws(ConfigurationError) -> Bool? {
    guard let value = json[name] else { return nil }
    guard let flag = value.boolValue else { throw error(name, "must be true or false") }
    return flag
  }

  func texts(_ name: String) throws(ConfigurationError) -> [String]? {
    guard let value = json[name] else { return nil }
    guard let list = value.arrayValue else { throw error(name, "must be a list of texts") }
    var texts: [String] = []
    for (index, item) in list.enumerated() {
      guard let text = item.stringValue else {
        throw ConfigurationError(place.member(name).item(index), "must be text")
      }
      texts.append(text)
    }
    return texts
  }

  func object(
    _ name: String, schema: String
  ) throws(ConfigurationError) -> ConfigurationObject? {
    guard let value = json[name] else { return nil }
    return try ConfigurationObject(value, place.member(name), schema: schema)
  }

  func objects(
    _ name: String, schema: String?
  ) throws(ConfigurationError) -> [ConfigurationObject] {
    guard let value = json[name] else { return [] }
    guard let list = value.arrayValue else { throw error(name, "must be a list") }
    var objects: [ConfigurationObject] = []
    for (index, item) in list.enumerated() {
      objects.append(
        try ConfigurationObject(item, place.member(name).item(index), schema: schema))
    }
    return objects
  }
}
