// Opens a bill and the books, finds out how they are to be read, and compares them.

import Dispatch
import Domain
import Intake
import Platform
import Reconciliation

/// Why two files were not compared.
enum PairStop: Error {
  case usage(UsageError)
  case unreadable(String, hints: [String])
  /// Nothing is wrong with the files.
  case failed(String, hints: [String])
}

struct FilePairing {
  let options: PairOptions
  /// Rows of large files are put aside there.
  let scratchFolder: String
  /// Milliseconds since 1970 UTC.
  let now: Int64
  /// Of what is said where files do not read.
  let language: String?

  /// Read at once; more than processors, so that what one piece takes is small beside the whole.
  private static let pieces = 8
  /// Compared in memory up to this size; what they take there is about twice as much.
  static let wholeBytes = 128 << 20

  func run(progress: ComparingProgress?) throws(PairStop) -> FileMatch {
    let (bill, books) = try open()
    let pair = FilePair(
      statement: bill, local: books, scratchIn: scratchFolder, wholeBytes: Self.wholeBytes)
    defer { progress?.end() }
    do throws(FilePairFault) {
      return try pair.match(
        pieces: Self.pieces,
        forEach: { DispatchQueue.concurrentPerform(iterations: $0, execute: $1) },
        progress: progress.map { $0.tell },
        rules: { (bill, books) throws(FilePairFault) in try rules(bill, books) })
    } catch {
      switch error {
      case .unread(.statement, let fault): throw stop(fault, bill, options.bill)
      case .unread(_, let fault): throw stop(fault, books, options.books)
      case .notKept(let text): throw notKept(text)
      case .refused(let text, let hint): throw .unreadable(text, hints: [hint])
      }
    }
  }

  func word(_ english: String, _ chinese: String) -> String {
    Sentence(english, chinese).text(language)
  }

  // MARK: Opening

  private func open() throws(PairStop) -> (bill: PairSide, books: PairSide) {
    let (billFile, booksFile) = (try file(options.bill), try file(options.books))
    if holdSame(billFile, booksFile) {
      throw .unreadable(
        word(
          "\(printable(options.bill)) and \(printable(options.books)) hold the same bytes",
          "\(printable(options.bill)) 与 \(printable(options.books)) 内容完全相同"),
        hints: [
          word(
            "the first is the gateway's bill, the second what your shop says of the same days",
            "前者应为支付渠道的账单，后者应为商户自己同一账期的导出")
        ])
    }
    var bill = try side(billFile, options.bill, options.billForm)
    var books = try side(booksFile, options.books, options.booksForm)
    if bill.format == nil, case .plain = options.billForm { bill.format = try plainBill(bill) }
    if books.format == nil { books.format = plain(books, beside: bill.format) }
    if !fits(bill), let form = billAmongBooks(bill, books) {
      throw .unreadable(
        word(
          "the files stand the wrong way round: \(printable(options.books)) has the heading of a "
            + "bill (\(form.name)), and \(printable(options.bill)) has not",
          "两个文件的次序反了：\(printable(options.books)) 有账单的表头（\(form.name)），"
            + "\(printable(options.bill)) 没有"),
        hints: [
          word(
            "the bill comes first: till recon files BILL BOOKS",
            "账单在前：till recon files BILL BOOKS")
        ])
    }
    // What is no text is said to be that when it is read.
    guard bill.format != nil || bill.firstLine == nil else { throw unknownBill(bill) }
    return (bill, books)
  }

  private func file(_ path: String) throws(PairStop) -> PositionedFile {
    do throws(FileFault) {
      return try PositionedFile(path)
    } catch { throw .usage(usageError(error, path)) }
  }

  private func side(
    _ file: PositionedFile, _ path: String, _ form: WantedForm
  ) throws(PairStop) -> PairSide {
    var format: StatementFormat?
    if case .named(let named) = form { format = named }
    let side: PairSide
    do throws(IntakeError) {
      side = try PairSide(file, as: format, unpackIn: scratchFolder)
    } catch { throw stop(error, nil, path) }
    if let foreign = foreignFile(side) {
      throw .unreadable(
        word(
          "\(printable(path)) \(foreign.predicate.english), not a table",
          "\(printable(path)) \(foreign.predicate.chinese)，不是表格文本"),
        hints: [foreign.hint.text(language)])
    }
    guard case .guessed = form else {
      var named = side
      named.format = side.format.map(side.byItsClock)
      return named
    }
    var guessed = side
    guessed.format = side.guess()
    if path == options.books, let zone = options.zone, case .table(var layout) = guessed.format {
      layout.time.offsetMinutes = zone
      guessed.format = .table(layout)
    }
    return guessed
  }

  /// Books under headings of ours; where no column of the bill says more, with its clock and
  /// currency.
  private func plain(_ side: PairSide, beside bill: StatementFormat?) -> StatementFormat {
    plain(
      side, offsetMinutes: options.zone ?? bill?.offsetMinutes ?? 0, currency: bill?.currency)
  }

  private func plain(
    _ side: PairSide, offsetMinutes: Int64, currency: Currency?
  ) -> StatementFormat {
    let forms = StatementLayout.plain(offsetMinutes: offsetMinutes, currency: currency)
      .map(StatementFormat.table)
    return forms.first { side.fits($0) } ?? forms[forms.count - 1]
  }

  private func plainBill(_ side: PairSide) throws(PairStop) -> StatementFormat {
    guard let zone = options.zone else {
      throw .usage(
        UsageError(
          word(
            "--bill-layout plain needs --zone: nothing in such a file says by which clock it was"
              + " written", "--bill-layout plain 须同时给出 --zone：这种文件没有写明时区"),
          hints: [word("for example --zone +08:00", "例如 --zone +08:00")]))
    }
    return plain(side, offsetMinutes: zone, currency: nil)
  }

  private func isTable(_ format: StatementFormat) -> Bool {
    switch format {
    case .table, .declared: true
    case .pages, .mt940, .ofx, .camt053: false
    }
  }

  /// Whether it has the heading that it is to be read by, as far as that can be told.
  private func fits(_ side: PairSide) -> Bool {
    side.format.map { !isTable($0) || side.fits($0) } ?? false
  }

  /// The form of a bill that stands where the books should, with nothing like one in its place.
  private func billAmongBooks(_ bill: PairSide, _ books: PairSide) -> StatementFormat? {
    if let form = bill.format {
      return books.format != form && books.fits(form) ? form : nil
    }
    guard let found = books.guess(), found.content == .trade else { return nil }
    return found
  }

  private func holdSame(_ one: PositionedFile, _ other: PositionedFile) -> Bool {
    guard one.byteCount == other.byteCount, one.byteCount > 0 else { return false }
    for place in stride(from: 0, to: one.byteCount, by: 1 << 20) {
      let range = place..<min(place + (1 << 20), one.byteCount)
      var (left, right): ([UInt8], [UInt8]) = ([], [])
      do throws(SystemError) {
        try one.read(range, into: &left)
        try other.read(range, into: &right)
      } catch { return false }
      guard left == right else { return false }
    }
    return true
  }

  // MARK: Rules

  private func rules(
    _ bill: FileSide, _ books: FileSide
  ) throws(FilePairFault) -> MatchRules {
    for (side, path) in [(bill, options.bill), (books, options.books)] {
      guard let refusal = refusal(of: side.format.content) else { continue }
      throw .refused(
        word(
          "\(printable(path)) is \(refusal.is.english) (\(side.format.name))",
          "\(printable(path)) 是\(refusal.is.chinese)（\(side.format.name)）"),
        hint: refusal.hint.text(language))
    }
    guard let days = bill.days ?? books.days else {
      throw .refused(
        word("neither file has a row", "两个文件都没有数据行"),
        hint: word(
          "are these the files of a day on which anything was sold?", "这些文件的账期内是否有交易？"))
    }
    let from = options.from.map(Timestamp.init(milliseconds:)) ?? days.from
    let to = options.to.map(Timestamp.init(milliseconds:)) ?? days.to
    if let times = bill.times, times.last < from || times.first >= to {
      throw .refused(
        word(
          "no row of \(printable(options.bill)) is of the days given: they lie from "
            + "\(days.from) to \(days.to)",
          "\(printable(options.bill)) 没有所给账期内的行：其账期自 \(days.from) 至 \(days.to)"),
        hint: word(
          "leave --from-at and --to-at out, or change them", "请去掉或更改 --from-at 和 --to-at"))
    }
    var rules = MatchRules(
      from: from, to: max(to, from), asOf: Timestamp(milliseconds: options.asOf ?? now))
    rules.feeTolerance = options.feeTolerance
    rules.merchant = Array((options.merchant ?? "").utf8)
    rules.calendar.offsetMinutes = bill.format.offsetMinutes
    if let cutOff = options.cutOffMilliseconds { rules.cutOffMilliseconds = cutOff }
    return rules
  }

  private func refusal(of content: StatementContent) -> (is: Sentence, hint: Sentence)? {
    let giveTheBill = Sentence(
      "payments are compared with the gateway's bill: give that one",
      "支付与渠道的账单核对：请给出渠道的账单")
    switch content {
    case .trade: return nil
    case .fund:
      return (
        Sentence("a bill of the balance", "资金账单"),
        Sentence(
          "give the bill of the payments and refunds (业务明细, 交易账单)",
          "请给出支付与退款的账单（业务明细、交易账单）")
      )
    case .bank: return (Sentence("a bank's statement", "银行对账单"), giveTheBill)
    case .settlement: return (Sentence("a list of settlements", "结算清单"), giveTheBill)
    }
  }
}
