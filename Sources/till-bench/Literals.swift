import JSON

// Requests are written down in code here, so they may look like what they are.

extension JSONValue: ExpressibleByStringLiteral {
  init(stringLiteral value: String) { self = .string(value) }
}

extension JSONObject: ExpressibleByArrayLiteral {
  init(arrayLiteral elements: (String, JSONValue)...) { self.init(elements) }
}
