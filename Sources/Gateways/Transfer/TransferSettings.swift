import Domain
import JSON

/// The configuration of one bank account that buyers transfer to.
struct TransferSettings: Sendable {
  static let members: [GatewayMember] = [
    .init("account_name", "text", "–", "Whose account it is."),
    .init("account_number", "text", "–", "The account's number or IBAN."),
    .init("bank_name", "text", "–", "The bank and its branch."),
    .init("bank_code", "text", "none", "The bank's number: CNAPS, SWIFT."),
    .init("currency", "text", "CNY", "What the account is kept in."),
  ]
  static let textScalarsMax = 120

  let accountName: String
  let accountNumber: String
  let bankName: String
  let bankCode: String?
  let currency: Currency

  init(_ settings: GatewaySettings) throws(GatewaySettingsError) {
    let reader = MemberReader(settings: settings)
    try reader.refuseOthers(than: Self.members)
    accountName = try Self.line(reader, "account_name")
    accountNumber = try reader.number("account_number", bytes: 4...40, alsoAllowed: " -")
    bankName = try Self.line(reader, "bank_name")
    bankCode = try reader.optional("bank_code") == nil
      ? nil : try reader.number("bank_code", bytes: 4...20)
    guard let currency = Currency(code: try reader.optional("currency") ?? "CNY") else {
      throw reader.flaw("currency", "must be the code of a currency, as CNY")
    }
    self.currency = currency
  }

  private static func line(
    _ reader: MemberReader, _ member: String
  ) throws(GatewaySettingsError) -> String {
    let text = try reader.required(member)
    let shown = GatewayText.shown(text, scalarsMax: textScalarsMax, otherwise: "")
    guard shown.hasSameBytes(as: text) else {
      throw reader.flaw(member, "must be one line of at most \(textScalarsMax) characters")
    }
    return text
  }
}
