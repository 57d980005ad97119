// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// `hook.list`: Outgoing hooks and what they still owe.
package struct HookListRequest: WireRequest, Equatable {
  package typealias Result = HookListResult

  /// The method.
  package static let method = Method.hookList
  /// Only this one.
  package var hook: String?
  /// Messages in this state.
  package var state: HookStateParam?
  /// Rows at most.
  package var limit: Int64
  /// next of the page before.
  package var page: String?

  package static func read(_ reader: inout ParamReader) -> HookListRequest? {
    let hook = reader.text("hook", .hookName)
    let state = reader.choice("state", HookStateParam.self)
    let limit = reader.integer("limit", in: 1...200) ?? 50
    let page = reader.text("page", .page)
    reader.finish(["hook", "state", "limit", "page"])
    guard reader.isClean else { return nil }
    return HookListRequest(hook: hook, state: state, limit: limit, page: page)
  }
}

/// What `hook.list` answers.
package struct HookListResult: WireObject, Equatable {
  /// Hooks by name.
  package var hooks: [HookObject]
  /// Messages, oldest first, if state was given.
  package var messages: [HookMessageObject]
  /// Where the next page begins; absent on the last.
  package var next: String?

  package init(hooks: [HookObject], messages: [HookMessageObject], next: String? = nil) {
    self.hooks = hooks
    self.messages = messages
    self.next = next
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("hooks", hooks)
    writer.member("messages", messages)
    writer.member("next", next)
  }
}

/// `hook.retry`: Send an outgoing message again.
package struct HookRetryRequest: WireRequest, Equatable {
  package typealias Result = HookRetryResult

  /// The method.
  package static let method = Method.hookRetry
  /// The message; see hook.list.
  package var message: String

  package static func read(_ reader: inout ParamReader) -> HookRetryRequest? {
    let message = reader.text("message", .hookMessageID, required: true)
    reader.finish(["message"])
    guard reader.isClean, let message else { return nil }
    return HookRetryRequest(message: message)
  }
}

/// What `hook.retry` answers.
package struct HookRetryResult: WireObject, Equatable {
  /// The message, due now.
  package var message: String

  package init(message: String) {
    self.message = message
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("message", message)
  }
}
