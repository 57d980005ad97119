import Domain
import JSON
import Store

extension ReplyMemo {
  /// The names; the run itself never changes.
  static func write(_ signOff: SignOff, _ writer: inout JSONWriter) {
    writer.member("kind", "run_signed")
    writer.member("id", signOff.run.text)
    writer.member("state", signOff.state.rawValue)
    writer.member("digest", signOff.digest)
    writer.member("first_by", signOff.first?.by)
    writer.member("first_at", signOff.first?.at.milliseconds)
    writer.member("second_by", signOff.second?.by)
    writer.member("second_at", signOff.second?.at.milliseconds)
    writer.key("left_open")
    writer.beginArray()
    for one in signOff.leftOpen {
      writer.string(one.discrepancy.text)
      writer.string(one.reason.rawValue)
    }
    writer.endArray()
  }

  /// The names as they were told the first time.
  static func runSigned(
    _ memo: Memo, _ store: StoreWriter
  ) throws(StoreError) -> (RunRecord, SignOff) {
    let id = try memo.identifier("id", RunKind.self)
    guard let run = try store.run(id),
      let state = SignOffState(rawValue: try memo.string("state"))
    else { throw memo.damaged("id") }
    let signOff = SignOff(
      run: id, state: state, digest: memo.object["digest"]?.stringValue,
      leftOpen: try leftOpen(memo), first: signature(memo, "first_by", "first_at"),
      second: signature(memo, "second_by", "second_at"), reopenedAt: nil, reopenedBy: nil)
    return (run, signOff)
  }

  private static func leftOpen(_ memo: Memo) throws(StoreError) -> [LeftOpen] {
    let words = (memo.object["left_open"]?.arrayValue ?? []).compactMap(\.stringValue)
    var list: [LeftOpen] = []
    for index in stride(from: 0, to: words.count, by: 2) {
      guard index + 1 < words.count, let id = DiscrepancyID(text: words[index]),
        let reason = LeftOpenReason(rawValue: words[index + 1])
      else { throw memo.damaged("left_open") }
      list.append(LeftOpen(discrepancy: id, reason: reason))
    }
    return list
  }

  private static func signature(
    _ memo: Memo, _ by: StaticString, _ at: StaticString
  ) -> Signature? {
    guard let name = memo.object[by]?.stringValue, let moment = memo.object[at]?.integerValue else {
      return nil
    }
    return Signature(by: name, at: Timestamp(milliseconds: moment))
  }
}
