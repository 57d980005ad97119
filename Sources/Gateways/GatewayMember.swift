/// One member of an adapter's configuration object: read by the adapter, printed in the reference.
package struct GatewayMember: Sendable {
  package let name: String
  /// `text`, `path`, `address`, `list`.
  package let type: String
  /// What counts where it is absent; `–` where it must be given.
  package let standard: String
  /// One sentence.
  package let text: String
  /// It is the number that bills name the merchant by.
  package let isMerchant: Bool

  package init(
    _ name: String, _ type: String, _ standard: String, _ text: String, isMerchant: Bool = false
  ) {
    self.name = name
    self.type = type
    self.standard = standard
    self.text = text
    self.isMerchant = isMerchant
  }
}
