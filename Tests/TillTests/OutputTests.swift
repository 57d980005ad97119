import JSON
import Testing

@testable import till

private let orders =
  #""result":{"orders":[{"id":"ord_1","order_no":"A-1","pay_state":"paid","amount":{"currency":"#
  + #""CNY","minor":5800},"created_at":1795226400000},{"id":"ord_2","order_no":"订单二","#
  + #""pay_state":"created","amount":{"currency":"JPY","minor":120000},"created_at":1795226401000}],"#
  + #""next":"p2","cursor":"e:9","later_member":true}"#

private let order =
  #""result":{"order":{"id":"ord_1","order_no":"A-1","pay_state":"paid","amount":{"currency":"CNY","#
  + #""minor":5800},"buyer":{"email":"a@b.c"},"flags":["late","test"],"expires_in_ms":900000,"#
  + #""lines":[{"name":"卡","quantity":2,"unit_price":{"currency":"CNY","minor":2900}}],"#
  + #""note":"a\u001b[31mb\nc","nothing":null},"cursor":"e:9","reused":true}"#

private func show(_ words: [String], _ result: String) -> RunResult {
  let daemon = FakeDaemon.answering { _, _ in result }
  return run(
    words + ["--socket", daemon.path, "--time", "utc"], table: sampleTable + [timelineCommand])
}

@Suite("what is printed")
struct OutputTests {
  @Test("a list is a table whose columns line up, Chinese text too")
  func table() {
    let result = show(["order", "list"], orders)
    #expect(result.code == .done)
    #expect(
      result.output == """
        order_no  pay_state      amount  created_at
        A-1       paid        58.00 CNY  2026-11-21T02:00:00Z
        订单二    created    120000 JPY  2026-11-21T02:00:01Z

        """)
    #expect(result.errors.contains("more: till order list"))
    #expect(result.errors.contains("--page p2"))
  }

  @Test("a list that goes on says so under every format, and standard output holds rows alone")
  func listGoesOn() {
    for format in ["json", "jsonl", "raw", "csv", "tsv", "id", "table", "wide"] {
      let result = show(["order", "list", "--format", format], orders)
      #expect(result.code == .done)
      #expect(result.errors.contains("till order list --format \(format)"), "\(format)")
      #expect(result.errors.contains("--page p2"), "\(format)")
      #expect(!result.output.contains("--page"), "\(format)")
    }
    let result = show(["order", "list", "--json"], orders)
    #expect(result.errors.hasPrefix(#"{"warning":"#), "\(result.errors)")
    #expect(!show(["order", "get", "A-1", "--json"], order).errors.contains("more"))
  }

  @Test("a check that failed is no success, and the checks after it are made all the same")
  func failedCheck() {
    let failed = #""result":{"gateway":"bank","ok":false,"finding":"unreachable","cursor":"e:9"}"#
    for words in [["gateway", "check", "bank"], ["gateway", "check", "bank", "--json"]] {
      #expect(show(words, failed).code == .timeRanOut, "\(words)")
    }
    let several = run(
      ["gateway", "check", "-", "--json", "--socket", FakeDaemon.answering { _, _ in failed }.path],
      input: "bank\nother\n")
    #expect(several.code == .timeRanOut)
    #expect(several.output.split(separator: "\n").count == 2, "\(several)")
    let passed = #""result":{"gateway":"bank","ok":true,"finding":"ok","cursor":"e:9"}"#
    #expect(show(["gateway", "check", "bank"], passed).code == .done)
    let codes = run(["help", "exit-codes"])
    #expect((codes.output + codes.errors).contains("a check failed"))
  }

  @Test("a table is as wide as its terminal and marks what it cut")
  func narrowTable() {
    let table = Table(
      header: ["name", "text"], rows: [["a", "一二三四五六七八九十"], ["b", "short"]],
      rightAligned: [false, false])
    let lines = table.lines(showsHeader: false, widthMax: 16, styleHeader: { $0 })
    #expect(lines == ["a     一二三四…", "b     short"] || lines[0].hasSuffix("…"))
    for line in lines { #expect(columnWidth(line) <= 16) }
  }

  @Test("an object is shown member by member, its lists as tables")
  func record() {
    let result = show(["order", "get", "A-1"], order)
    #expect(
      result.output == """
        id             ord_1
        order_no       A-1
        pay_state      paid
        amount         58.00 CNY
        buyer.email    a@b.c
        flags          late, test
        expires_in_ms  15m
        note           a\\u001b[31mb\\nc
        reused         true
        lines:
          name  quantity  unit_price
          卡           2   29.00 CNY

        """)
    #expect(result.errors == "")
  }

  @Test("--json prints what the command is about, one compact object a line")
  func jsonLines() {
    let lines = show(["order", "list", "--json"], orders).output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(
      lines[0] == #"{"id":"ord_1","order_no":"A-1","pay_state":"paid","amount":{"currency":"CNY","#
        + #""minor":5800},"created_at":1795226400000}"#)
    let single = show(["order", "get", "A-1", "--json"], order)
    #expect(single.output.hasPrefix(#"{"id":"ord_1","#))
    #expect(single.output.contains(#"a\u001b[31mb\u000ac"#))
    #expect(single.errors == "")
  }

  @Test("--format json has the whole result, raw the line itself, id the ids")
  func otherFormats() {
    #expect(
      show(["order", "list", "--format", "json"], orders).output.contains(
        #""next":"p2","cursor":"e:9""#))
    #expect(
      show(["order", "list", "--format", "raw"], orders).output
        == "{\"jsonrpc\":\"2.0\",\"id\":1,\(orders)}\n")
    #expect(show(["order", "list", "--format", "id"], orders).output == "ord_1\nord_2\n")
    let wide = show(["order", "list", "--format", "wide", "--no-header"], orders).output
    #expect(wide.hasPrefix("ord_1  A-1"))
  }

  @Test("CSV quotes, and disarms what a spreadsheet would run")
  func csv() {
    #expect(csvLine(["a", "b,c", "d\"e"]) == #"a,"b,c","d""e""#)
    #expect(csvLine(["=1+1", "+1", "-1+1", "@x", "\tx", "1"]) == "'=1+1,'+1,'-1+1,'@x,'\tx,1")
    // A negative amount is a number to a spreadsheet and to a program.
    #expect(csvLine(["-1", "-12.50", "-1.2.3", "-", "-.5"]) == "-1,-12.50,'-1.2.3,'-,'-.5")
    #expect(csvLine([printable("\tx")]) == "'\\tx")
    #expect(tsvLine(["=1+1", "-2", "a=b", "@x"]) == "'=1+1\t-2\ta=b\t'@x")
    #expect(
      show(["order", "list", "--format", "csv"], orders).output == """
        order_no,pay_state,amount,created_at
        A-1,paid,58.00 CNY,2026-11-21T02:00:00Z
        订单二,created,120000 JPY,2026-11-21T02:00:01Z

        """)
    #expect(
      show(
        ["order", "list", "--format", "tsv", "--columns", "id,amount.minor", "--no-header"], orders
      )
      .output == "ord_1\t5800\nord_2\t120000\n")
  }

  @Test("a column that is not there is refused with those that are, before anything is sent")
  func unknownColumns() {
    let nobody = ["--socket", "/nowhere/tilld.sock", "--connect-timeout", "0s"]
    for (column, near, known) in [
      ("pay_stat", "pay_state", "delivery_state"),
      ("amount.miner", "amount.minor", "amount.currency"),
      ("lines.0.nam", "lines.0.name", "lines.0.unit_price"), ("lines.name", nil, "lines.0"),
      ("pay_state.x", nil, nil), ("nothing_of_it", nil, "order_no"), ("buyer.", nil, "buyer.email"),
    ] as [(String, String?, String?)] {
      for format in ["table", "csv"] {
        let words = ["order", "list", "--columns", "id,\(column)", "--format", format]
        let result = run(words + nobody)
        #expect(result.code == .usage, "\(column): \(result)")
        #expect(result.errors.contains("--columns: till order list has no column '\(column)'"))
        if let near { #expect(result.errors.contains("did you mean: \(near)"), "\(result)") }
        if let known { #expect(result.errors.contains(known), "\(result)") }
      }
    }
    for columns in ["order_no,buyer.email", "metadata.a.b,lines.0.name", "flags,flags.0"] {
      let result = run(["order", "list", "--columns", columns] + nobody)
      #expect(result.code == .unreachable, "\(columns): \(result)")
    }
    let call = run(["call", "order.get", "--columns", "order.id,cursor"] + nobody)
    #expect(call.code == .unreachable, "\(call)")
    let member = run(["call", "order.get", "--columns", "order.idd"] + nobody)
    #expect(member.errors.contains("did you mean: order.id"), "\(member)")
    let object = run(["order", "list", "--json", "--columns", "pay_stat"] + nobody)
    #expect(object.errors.contains(#""code":"usage""#) && object.errors.contains("pay_state"))
    let local = run(["protocol", "errors", "--columns", "cod"])
    #expect(local.code == .usage && local.output.isEmpty)
    #expect(local.errors.contains("till protocol errors has no column 'cod'"))
    let rows = run(
      ["protocol", "errors", "already_paid", "--columns", "code,number", "--no-header"])
    #expect(rows.output == "already_paid  -32003\n")
  }

  @Test("--get prints one member bare, and 3 says that it is missing")
  func get() {
    #expect(show(["order", "get", "A", "--get", "order.pay_state"], order).output == "paid\n")
    #expect(show(["order", "get", "A", "--get", "order.lines.0.quantity"], order).output == "2\n")
    #expect(
      show(["order", "get", "A", "--get", "order.flags"], order).output == "[\"late\",\"test\"]\n")
    #expect(show(["order", "get", "A", "--get", "order.nothing"], order).output == "null\n")
    let missing = show(["order", "get", "A", "--get", "order.paystate"], order)
    #expect(missing.code == .notFound)
    #expect(missing.output == "")
  }

  @Test("control characters and turned text are shown, not obeyed")
  func control() {
    #expect(printable("a\u{1B}]0;x\u{7}b") == "a\\u001b]0;x\\u0007b")
    #expect(printable("a\u{202E}b\u{2066}c\u{9B}d\u{2028}e") == "a\\u202eb\\u2066c\\u009bd\\u2028e")
    #expect(printable("a\r\n\tb") == "a\\r\\n\\tb")
    #expect(printable("订单 é 👍") == "订单 é 👍")
  }

  @Test("columns are those of a terminal")
  func width() {
    #expect(columnWidth("abc") == 3)
    #expect(columnWidth("订单") == 4)
    #expect(columnWidth("ｆ１") == 4)
    #expect(columnWidth("e\u{301}") == 1)
    #expect(columnWidth("👍🏽") == 2)
    #expect(columnWidth("👨‍👩‍👧") == 2)
    #expect(columnWidth("한") == 2)
    #expect(columnWidth("ﾊ") == 1)
    #expect(columnWidth("❤️") == 2)
  }

  @Test("phrases are shown in the language asked for")
  func phrases() {
    let result = #""result":{"text":{"zh":"已支付","en":"paid"}}"#
    #expect(show(["gateway", "list"], result).output == "text  paid\n")
    #expect(show(["gateway", "list", "--lang", "zh"], result).output == "text  已支付\n")
  }

  @Test("a column that names the English part follows the language")
  func phraseColumns() {
    let rows = #""result":{"steps":[{"type":"a","text":{"zh":"好","en":"good"}}]}"#
    let words = ["order", "timeline", "--columns", "type,text.en", "--no-header"]
    #expect(show(words, rows).output == "a  good\n")
    #expect(show(words + ["--lang", "zh"], rows).output == "a  好\n")
    #expect(show(words + ["--lang", "fr"], rows).code == .usage)
  }

  @Test("bare values and lists of objects in a cell are readable")
  func odd() {
    let bare = #""result":{"gateways":["a","b"]}"#
    #expect(show(["gateway", "list", "--format", "wide"], bare).output == "value\na\nb\n")
    let nested = #""result":{"steps":[{"type":"a","evidence":[{"id":"e1","x":1},{"id":"e2"}]}]}"#
    let words = ["order", "timeline", "--columns", "evidence", "--format"]
    #expect(show(words + ["csv"], nested).output == "evidence\n\"e1, e2\"\n")
    #expect(show(words + ["jsonl"], nested).output.contains(#"[{"id":"e1","x":1}"#))
  }

  @Test("metrics become the text of Prometheus")
  func prometheus() {
    let metrics =
      #""result":{"metrics":[{"name":"requests_total","kind":"counter","help":"Lines\nread","#
      + #""samples":[{"labels":{"method":"order.get","x-y":"a\"b\\"},"value":7},{"labels":{},"value":1}]}"#
      + #"]}"#
    let result = show(["server", "metrics", "--prometheus"], metrics)
    #expect(
      result.output == """
        # HELP till_requests_total Lines\\nread
        # TYPE till_requests_total counter
        till_requests_total{method="order.get",x_y="a\\"b\\\\"} 7
        till_requests_total 1

        """)
    #expect(show(["server", "metrics"], metrics).output.contains("requests_total"))
  }

  @Test("an empty list is an empty table with its header")
  func emptyList() {
    let result = show(["order", "list"], #""result":{"orders":[]}"#)
    #expect(result.output == "order_no  pay_state  amount  created_at\n")
    #expect(show(["order", "list", "--json"], #""result":{"orders":[]}"#).output == "")
  }

  @Test("colour only where it is wanted")
  func color() {
    var console = Console(writeOutput: { _ in }, writeError: { _ in }, readAnswer: { nil })
    console.isOutputTerminal = true
    console.isErrorTerminal = true
    console.setColor(.auto, environment: { _ in nil })
    #expect(console.usesColor)
    console.setColor(.auto, environment: { $0 == "NO_COLOR" ? "1" : nil })
    #expect(!console.usesColor)
    console.setColor(.auto, environment: { $0 == "TERM" ? "dumb" : nil })
    #expect(!console.usesColor)
    console.isOutputTerminal = false
    console.setColor(.auto, environment: { _ in nil })
    #expect(!console.usesColor)
    console.setColor(.auto, environment: { $0 == "CLICOLOR_FORCE" ? "1" : nil })
    #expect(console.usesColor)
    console.setColor(.never, environment: { $0 == "CLICOLOR_FORCE" ? "1" : nil })
    #expect(!console.usesColor)
  }
}
