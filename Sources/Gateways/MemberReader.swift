import JSON

/// Reads text members of a gateway's configuration and names the one at fault.
struct MemberReader {
  let settings: GatewaySettings

  func flaw(_ member: String, _ text: String) -> GatewaySettingsError {
    GatewaySettingsError(member: member, text: "\(member) \(text)")
  }

  func optional(_ member: String) throws(GatewaySettingsError) -> String? {
    guard let value = settings.fields[member] else { return nil }
    guard let text = value.stringValue, !text.isEmpty else {
      throw flaw(member, "must be a text that is not empty")
    }
    return text
  }

  func required(_ member: String) throws(GatewaySettingsError) -> String {
    guard let text = try optional(member) else { throw flaw(member, "is missing") }
    return text
  }

  /// The bytes of the key file that a member names.
  func keyFile(_ member: String) throws(GatewaySettingsError) -> [UInt8] {
    try keyFile(at: try required(member), of: member)
  }

  /// The bytes of a key file whose path stands somewhere in a member.
  func keyFile(at path: String, of member: String) throws(GatewaySettingsError) -> [UInt8] {
    do throws(GatewaySettingsError) {
      return try settings.readKeyFile(path)
    } catch {
      throw GatewaySettingsError(member: error.member ?? member, text: error.text)
    }
  }

  /// Members that are the engine's may stand here too and mean nothing to an adapter.
  func refuseOthers(than members: [GatewayMember]) throws(GatewaySettingsError) {
    for key in settings.fields.keys {
      let isKnown = (members.map(\.name) + GatewaySettings.engineMemberNames).contains {
        $0.utf8.elementsEqual(key.utf8)
      }
      guard isKnown else {
        throw GatewaySettingsError(member: key, text: "\(key) is no member of this gateway")
      }
    }
  }

  /// The address of a gateway, with no query; `https` unless it is this machine.
  ///
  /// - Parameter standard: what counts where none is given; nil where one must be.
  func address(
    _ member: String = "url", otherwise standard: String? = nil
  ) throws(GatewaySettingsError) -> GatewayAddress {
    guard let standard else { return try readAddress(member, try required(member)) }
    return try readAddress(member, try optional(member) ?? standard)
  }

  /// The address that paths of a gateway are put behind: without `/` at its end.
  func root(
    _ member: String = "url", otherwise standard: String? = nil
  ) throws(GatewaySettingsError) -> GatewayAddress {
    var text = try address(member, otherwise: standard).text
    while text.hasSuffix("/") { text.removeLast() }
    return try readAddress(member, text)
  }

  /// An address that a browser or a gateway is sent to: public, `https`, or `http` while trying
  /// things out.
  func webAddress(
    _ member: String, bytesMax: Int = 1024
  ) throws(GatewaySettingsError) -> String? {
    guard let text = try optional(member) else { return nil }
    guard text.utf8.count <= bytesMax else {
      throw flaw(member, "is longer than \(bytesMax) bytes")
    }
    guard GatewayText.isWebAddress(text), !text.utf8.contains(0x23) else {
      throw flaw(member, "must be a public http or https address")
    }
    return text
  }

  /// The address that notices are sent to. No query: gateways that sign forms escape or lose it,
  /// and its parameters would get into what their signatures cover.
  func notifyURL(
    _ member: String = "notify_url", bytesMax: Int = 256
  ) throws(GatewaySettingsError) -> String {
    guard let text = try webAddress(member, bytesMax: bytesMax) else {
      throw flaw(member, "is missing; the gateway takes no payment without it")
    }
    guard !text.utf8.contains(0x3F) else { throw flaw(member, "must have no query") }
    return text
  }

  private func readAddress(
    _ member: String, _ text: String
  ) throws(GatewaySettingsError) -> GatewayAddress {
    let address: GatewayAddress
    do throws(GatewayAddress.Flaw) {
      address = try GatewayAddress(text)
    } catch {
      throw flaw(member, error.phrase)
    }
    guard address.query == nil else { throw flaw(member, "must hold no query") }
    return address
  }
}
