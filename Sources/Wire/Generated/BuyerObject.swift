// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// Who buys. All members are personal data: kept apart from the log and erasable.
package struct BuyerObject: WireObject, WireParameter, Equatable {
  /// The shop's number of the buyer.
  package var userID: String?
  /// E-mail.
  package var email: String?
  /// Telephone.
  package var phone: String?
  /// Address the buyer came from.
  package var ip: String?
  /// Country of the address.
  package var country: String?
  /// Browser.
  package var userAgent: String?
  /// Fingerprint of the device.
  package var device: String?

  package init(
    userID: String? = nil, email: String? = nil, phone: String? = nil, ip: String? = nil,
    country: String? = nil, userAgent: String? = nil, device: String? = nil
  ) {
    self.userID = userID
    self.email = email
    self.phone = phone
    self.ip = ip
    self.country = country
    self.userAgent = userAgent
    self.device = device
  }

  static func read(_ reader: inout ParamReader) -> BuyerObject? {
    let userID = reader.text("user_id", .userID)
    let email = reader.text("email", .email)
    let phone = reader.text("phone", .phone)
    let ip = reader.text("ip", .ip)
    let country = reader.text("country", .country)
    let userAgent = reader.text("user_agent", .userAgent)
    let device = reader.text("device", .device)
    reader.finish(["user_id", "email", "phone", "ip", "country", "user_agent", "device"])
    guard reader.isClean else { return nil }
    return BuyerObject(
      userID: userID, email: email, phone: phone, ip: ip, country: country, userAgent: userAgent,
      device: device)
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("user_id", userID)
    writer.member("email", email)
    writer.member("phone", phone)
    writer.member("ip", ip)
    writer.member("country", country)
    writer.member("user_agent", userAgent)
    writer.member("device", device)
  }

  package func masked() -> BuyerObject {
    var copy = self
    copy.userID = copy.userID.map(Masking.tail)
    copy.email = copy.email.map(Masking.email)
    copy.phone = copy.phone.map(Masking.phone)
    copy.ip = copy.ip.map(Masking.ip)
    copy.userAgent = nil
    copy.device = nil
    return copy
  }
}
