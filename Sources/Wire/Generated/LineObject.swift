// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// One article of an order.
package struct LineObject: WireObject, WireParameter, Equatable {
  /// The shop's number of the article.
  package var sku: String?
  /// What it is called.
  package var name: String
  /// How many.
  package var quantity: Int64
  /// Price of one.
  package var unitPrice: MoneyObject

  package init(sku: String? = nil, name: String, quantity: Int64, unitPrice: MoneyObject) {
    self.sku = sku
    self.name = name
    self.quantity = quantity
    self.unitPrice = unitPrice
  }

  static func read(_ reader: inout ParamReader) -> LineObject? {
    let sku = reader.text("sku", .sku)
    let name = reader.text("name", .subject, required: true)
    let quantity = reader.integer("quantity", in: 1...1000000, required: true)
    let unitPrice = reader.money("unit_price", in: 0...1000000000000, required: true)
    reader.finish(["sku", "name", "quantity", "unit_price"])
    guard reader.isClean, let name, let quantity, let unitPrice else { return nil }
    return LineObject(sku: sku, name: name, quantity: quantity, unitPrice: unitPrice)
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("sku", sku)
    writer.member("name", name)
    writer.member("quantity", quantity)
    writer.member("unit_price", unitPrice)
  }
}
