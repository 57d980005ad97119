import Domain

/// One sentence an event of a case, for the timeline of the order that it is about.
enum CaseWords {
  static func of(_ event: CaseEvent) -> Phrase {
    switch event {
    case .opened(_, let severity, _, _):
      severity == .high
        ? Phrase(zh: "已立案，须两人处理。", en: "A case was opened that takes two persons.")
        : Phrase(zh: "已立案，等待人工处理。", en: "A case was opened; a person will look.")
    case .linked: Phrase(zh: "工单关联了更多对象。", en: "The case was linked with more.")
    case .assigned(let owner, _):
      Phrase(zh: "工单交由 \(owner) 处理。", en: "The case was given to \(owner).")
    case .noted(_, let wait, _): noted(wait)
    case .proposed(let cause, _):
      Phrase(
        zh: "一名工作人员认定原因（\(cause.rawValue)），还需另一人确认。",
        en: "One operator named the cause (\(cause.rawValue)); another has to confirm.")
    case .resolved(let cause, _):
      Phrase(
        zh: "工单已解决，原因：\(cause.rawValue)。",
        en: "The case was resolved; the cause was \(cause.rawValue).")
    case .closed: Phrase(zh: "工单已关闭。", en: "The case was closed.")
    case .reopened: Phrase(zh: "工单重新打开。", en: "The case was opened again.")
    case .escalated:
      Phrase(zh: "工单超时未处理，已升级。", en: "Nobody took up the case in time.")
    }
  }

  private static func noted(_ wait: CaseWait?) -> Phrase {
    switch wait {
    case nil: Phrase(zh: "工单有新的记录。", en: "A note was added to the case.")
    case .nobody: Phrase(zh: "工单继续处理。", en: "Work on the case goes on.")
    case .buyer: Phrase(zh: "工单等待买家答复。", en: "The case waits for the buyer.")
    case .gateway: Phrase(zh: "工单等待支付渠道答复。", en: "The case waits for the gateway.")
    case .bank: Phrase(zh: "工单等待银行答复。", en: "The case waits for the bank.")
    }
  }
}
