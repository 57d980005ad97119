/// A rule said no. Reaches the caller as an error reply; nothing was changed.
package struct Rejection: Error, Hashable, Sendable {
  package let code: ErrorCode
  /// An English sentence with the facts of this case.
  package let message: String
  /// What to do next, where it differs from the code's general hint.
  package let hint: String?
  /// JSON Pointer to the parameter at fault, as `/params/amount`.
  package let path: String?
  /// Facts for programs, in order.
  package let details: [Detail]
  /// When a retry makes sense.
  package let retryAfterMilliseconds: Int64?

  package struct Detail: Hashable, Sendable {
    package let name: String
    package let value: Value

    package enum Value: Hashable, Sendable {
      case text(String)
      case integer(Int64)
      case money(Money)
      case list([String])
    }

    package init(_ name: String, _ value: Value) {
      self.name = name
      self.value = value
    }
  }

  package init(
    _ code: ErrorCode, _ message: String, hint: String? = nil, path: String? = nil,
    details: [Detail] = [], retryAfterMilliseconds: Int64? = nil
  ) {
    self.code = code
    self.message = message
    self.hint = hint
    self.path = path
    self.details = details
    self.retryAfterMilliseconds = retryAfterMilliseconds
  }
}
