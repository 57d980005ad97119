/// Personal data as it is shown to roles that may not see it whole. Enough stays to recognise one's
/// own, not enough to reach or name a person.
package enum Masking {
  /// `anna@example.com` → `a***@e***.com`.
  package static func email(_ text: String) -> String {
    guard let at = text.lastIndex(of: "@") else { return tail(text) }
    let name = text[..<at]
    let domain = text[text.index(after: at)...]
    let ending = domain.lastIndex(of: ".").map { String(domain[$0...]) } ?? ""
    return "\(name.prefix(1))***@\(domain.prefix(1))***\(ending)"
  }

  /// `+86 138 0000 1234` → `***1234`: the last four digits, of seven or more.
  package static func phone(_ text: String) -> String {
    let digits = text.unicodeScalars.filter { ("0"..."9").contains($0) }
    guard digits.count >= 7 else { return "***" }
    var answer = "***"
    answer.unicodeScalars.append(contentsOf: digits.suffix(4))
    return answer
  }

  /// `203.0.113.7` → `203.0.*.*`; of an IPv6 address the first two groups stay.
  package static func ip(_ text: String) -> String {
    if text.contains(":") {
      let groups = text.split(separator: ":", omittingEmptySubsequences: false).prefix(2)
      return groups.joined(separator: ":") + ":*"
    }
    let parts = text.split(separator: ".")
    guard parts.count == 4 else { return "*" }
    return "\(parts[0]).\(parts[1]).*.*"
  }

  /// `user-48213` → `***13`: the last two characters, of six or more.
  package static func tail(_ text: String) -> String {
    text.count >= 6 ? "***" + text.suffix(2) : "***"
  }
}
