/// Sentences of refusals at gateways whose table of codes was not public, read for one thing: what
/// it is that does not exist.
///
/// Of an order, or of a refund, that is a fact about the payment. Of a merchant, an application or
/// an institution it is our configuration, whatever became of the payment; and anything else that
/// is missing says nothing of either.
enum AbsenceWords {
  private static let orders = ["订单", "交易", "流水", "退款"]
  private static let orderEndings = ["", "号", "单", "单号", "记录", "信息"]
  private static let owners = ["商户", "商编", "应用", "机构", "平台", "渠道", "终端", "产品"]
  private static let englishOrders = ["order", "transaction", "payment", "refund"]
  private static let englishEndings = ["", " id", "id", " number", " no", " record"]
  private static let englishAbsences = [
    " does not exist", " do not exist", " not exist", " is not exist", " not found",
    " is not found", " was not found", " cannot be found",
  ]

  /// Whether it is the order, or the refund, that is not there.
  static func nameOrder(_ words: String) -> Bool {
    let isChinese = orders.contains { order in
      orderEndings.contains { words.contains("\(order)\($0)不存在") }
    }
    guard !isChinese else { return true }
    let lower = words.lowercased()
    return englishOrders.contains { order in
      englishEndings.contains { ending in
        englishAbsences.contains { lower.contains("\(order)\(ending)\($0)") }
      }
    }
  }

  /// Whether it is somebody whom the configuration names.
  static func nameOwner(_ words: String) -> Bool {
    words.contains("不存在") && !nameOrder(words) && owners.contains { words.contains($0) }
  }
}
