import Domain
import Foundation
import JSON
import PlantedFaults
import Platform
import Reconciliation
import Testing

@testable import till

@Suite("a bill and a shop's export, without a daemon")
struct TwoFilesTests {
  private let folder = TemporaryFolder()

  private func file(_ name: String, _ bytes: [UInt8]) -> String {
    let path = folder.file(name)
    #expect(FileManager.default.createFile(atPath: path, contents: Data(bytes)))
    return path
  }

  private func compare(_ words: [String], files: [String: String] = [:]) -> RunResult {
    run(["recon", "files"] + words, environment: ["TMPDIR": folder.path], files: files)
  }

  /// How `PlantedDay.books` is read, as a merchant declares it.
  private static let layout = """
    {"name": "books", "quoting": "none", "unit": "minor",
     "columns": {"time": "at", "reference": "reference", "transaction": "transaction",
      "kind": "kind", "status": "status", "amount": "gross", "fee": "fee", "currency": "currency"},
     "time": {"order": "ymd", "zone": "+00:00"}, "kinds": {"charge": "charge", "refund": "refund"},
     "statuses": {"succeeded": "succeeded", "pending": "pending", "failed": "failed"}}
    """

  @Test("all that is planted in files is found and rightly named, and nothing else")
  func planted() throws {
    let day = PlantedDay(orders: 2_000, perKind: 20, seed: 11)
    let asOf = day.rules.asOf.milliseconds
    let result = compare(
      [
        file("bill.csv", day.bill), file("books.csv", day.books), "--layout", "./books.json",
        "--merchant", PlantedDay.merchant, "--fee-tolerance", "0", "--as-of", "@\(asOf)", "--json",
      ], files: ["./books.json": Self.layout])
    #expect(result.code == .differing && result.errors.isEmpty, "\(result.errors)")
    // As many values as there are differences, more than a line of the wire holds.
    let limits = JSONLimits(depth: 32, values: 1_000_000, stringBytes: 65_536)
    let answer = try JSONReader.read(
      Array(result.output.utf8), profile: .document, limits: limits)
    let items = try #require(answer["discrepancies"]?.arrayValue)
    let found = items.map { item in
      let row = item["theirs"] ?? item["ours"]
      let key = row?["reference"]?.stringValue ?? row?["gateway_txn_id"]?.stringValue ?? ""
      return "\(item["kind"]?.stringValue ?? "") \(key)"
    }
    let truth = day.truthOfFiles.map { "\($0.kind.word) \($0.key)" }
    #expect(found.sorted() == truth.sorted())
    #expect(truth.count > 300)
    let kinds = try #require(answer["kinds"]?.arrayValue)
    #expect(kinds.compactMap { $0["count"]?.integerValue }.reduce(0, +) == Int64(truth.count))
  }

  private static let books = """
    time,reference,kind,amount,currency
    2026-11-20 10:00:00,A1,charge,5.00,CNY
    2026-11-20 10:00:01,A2,charge,6.00,CNY
    2026-11-20 10:00:02,R1,refund,-1.00,CNY

    """

  @Test("plain headings need no declaration, in both languages, with a status or without")
  func plain() {
    let theirs = Self.books.replacing("6.00", with: "6.50")
    let chinese = """
      支付时间,商户订单号,类型,金额,币种,状态
      2026-11-20 10:00:00,A1,收款,5.00,CNY,成功
      2026-11-20 10:00:01,A2,收款,6.00,CNY,成功
      2026-11-20 10:00:02,R1,退款,1.00,CNY,成功

      """
    let bill = file("bill.csv", Array(theirs.utf8))
    for (name, text) in [("en.csv", Self.books), ("zh.csv", chinese)] {
      let words = [
        bill, file(name, Array(text.utf8)), "--bill-layout", "plain", "--zone", "+08:00",
      ]
      let result = compare(words + ["--format", "csv", "--no-header"])
      #expect(result.code == .differing)
      #expect(result.output == "B6,amount_more,6.00 CNY,6.50 CNY,0.50 CNY,3,3,A2,A2\n")
      #expect(compare(words + ["--get", "run.matched"]).output == "2\n")
      #expect(compare(words + ["--get", "run.nothing"]).code == .notFound)
    }
    let zoneless = compare([bill, file("x.csv", Array(chinese.utf8)), "--bill-layout", "plain"])
    #expect(zoneless.code == .usage && zoneless.errors.contains("--zone"))
  }

  @Test("amounts in the smallest unit are told to be that, one that is a hundredfold is not")
  func hundredfold() {
    let bill = file("bill.csv", Array(Self.books.utf8))
    let words = ["--bill-layout", "plain", "--zone", "+08:00"]
    let fen = Self.books.replacing(".00,", with: "00,")
    let all = compare([bill, file("fen.csv", Array(fen.utf8))] + words)
    #expect(all.code == .differing)
    #expect(all.errors.contains("\"unit\": \"minor\""), "\(all.errors)")
    let one = Self.books.replacing("6.00", with: "600.00")
    let some = compare([bill, file("one.csv", Array(one.utf8))] + words)
    #expect(some.code == .differing && !some.errors.contains("minor"), "\(some.errors)")
  }

  @Test("its help says what the status means")
  func help() {
    let text = run(["help", "recon", "files"]).output
    #expect(text.contains("usage: till recon files BILL BOOKS [flags]"))
    #expect(text.contains("13 where something does"))
    #expect(run(["help", "exit-codes"]).output.contains("13   the two files differ"))
  }
}
