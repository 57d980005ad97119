// What is wrong with a row of a file, in the languages of the desk.

import Reconciliation

extension StatementProblem {
  var sentence: Sentence { Sentence(text, chinese) }

  private var chinese: String {
    switch self {
    case .missingColumn(let name, _): "表头缺少列 \(name)"
    case .noHeading: "没有找到表头"
    case .wrongColumnCount(let expected, let found): "有一行为 \(found) 列，表头为 \(expected) 列"
    case .badAmount(let column, let text): "\(column)：\(text) 不是金额"
    case .badTime(let column, let text): "\(column)：\(text) 不是时间"
    case .unknownZone(let column, let text): "\(column)：未知的时区 \(text)"
    case .badCurrency(let text): text.isEmpty ? "没有写明币种" : "\(text) 不是币种"
    case .otherCurrency(let column, let text, let account):
      "\(column)：金额的币种为 \(text)，账户的币种为 \(account)"
    case .unknownWord(let column, let text): "\(column)：未知的词 \(text)"
    case .lineTooLong: "有一行过长"
    case .openQuote: "引号没有闭合"
    case .strayQuote: "字段中间有引号"
    case .badMarkup(let text): "标记有误：\(text)"
    case .badTag(let text): "标签 \(text) 有误"
    case .notText: "含有不是文本的字节"
    case .overflow: "合计超出金额的上限"
    case .truncated: "文件不完整"
    }
  }

  /// What to do about it; nil where the sentence says all.
  var advice: Sentence? { hint.map { Sentence($0, chineseHint ?? $0) } }

  private var chineseHint: String? {
    switch self {
    case .missingColumn(_, let heading):
      "被当作表头的行有这些列：" + heading.prefix(20).joined(separator: " | ") + "。"
    case .noHeading: "略去的行之后已没有内容。"
    case .wrongColumnCount: "若该行不是数据，如说明或合计，请把它的首个词列入 trailers。"
    case .badAmount: "金额按声明的小数点和千分位符号读取。"
    case .badTime: "时间按格式声明的年月日顺序读取；日在前的 PayPal 文件应使用格式 paypal_day_first。"
    case .unknownZone: "时区可写作 UTC、+08:00、GMT+8，或只表示一种时差的名称，如 PDT、CEST。"
    case .badCurrency: "请声明币种，或指明币种所在的列。"
    case .otherCurrency: "请改用该账户其他格式的对账单，如 camt.053，其中写明入账金额。"
    case .unknownWord(let column, let text): "请说明列 \(column) 中 \(text) 的含义，或其他词的含义。"
    case .openQuote, .strayQuote: "若引号是文本的一部分，请声明 \"quoting\": \"none\"。"
    case .lineTooLong, .badMarkup, .badTag, .notText, .overflow, .truncated: nil
    }
  }
}
