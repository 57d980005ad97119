import Crypto
import Domain
import JSON
import Store
import Wire

/// What a caller attaches: text, or any bytes in base64.
struct AttachedContent {
  private let text: String?
  private let base64: String?

  init(text: String?, base64: String?) {
    self.text = text
    self.base64 = base64
  }

  /// As `media_type` where the caller names none.
  var plainType: String { text == nil ? "application/octet-stream" : "text/plain" }

  /// - Throws: `unknown_field` for both, `missing_param` for neither, `bad_format`, `too_long`.
  func bytes() throws(WireError) -> [UInt8] {
    let bytes = try decoded()
    guard bytes.count <= Limits.attachmentBytes else {
      throw WireError(
        .tooLong, "The content has \(bytes.count) bytes, at most \(Limits.attachmentBytes) fit.",
        path: text == nil ? "/params/content_base64" : "/params/text",
        hint: "Attach a smaller picture, or where it can be found.",
        details: JSONObject([("max", .integer(Int64(Limits.attachmentBytes)))]))
    }
    return bytes
  }

  private func decoded() throws(WireError) -> [UInt8] {
    switch (text, base64) {
    case (_?, _?):
      throw WireError(
        .unknownField, "Both text and content_base64 are given.", path: "/params/content_base64",
        hint: "Send text for text, or content_base64 for any bytes.")
    case (let text?, nil): return Array(text.utf8)
    case (nil, let text?):
      do throws(CryptoError) { return try Base64.decode(text) } catch {
        throw WireError(
          .badFormat, "content_base64 is not base64.", path: "/params/content_base64")
      }
    case (nil, nil):
      throw WireError(
        .missingParam, "There is nothing to attach.", path: "/params/text",
        hint: "Send text for text, or content_base64 for any bytes.")
    }
  }
}
