// Help that belongs to no single command.

/// A page of `till help`.
struct HelpTopic {
  let name: String
  let summary: String
  let lines: @Sendable () -> [String]
}

/// The pages, in the order they are listed.
let helpTopics: [HelpTopic] = [
  HelpTopic(name: "exit-codes", summary: "what the exit status says", lines: exitCodeLines),
  HelpTopic(name: "environment", summary: "variables that are read", lines: environmentLines),
  HelpTopic(name: "money", summary: "how amounts are typed and shown", lines: moneyLines),
  HelpTopic(name: "keys", summary: "how nothing happens twice", lines: keyLines),
  HelpTopic(name: "output", summary: "tables, JSON, CSV and single members", lines: outputLines),
  HelpTopic(name: "times", summary: "how times and durations are typed", lines: timeLines),
  HelpTopic(name: "parameters", summary: "--params and --param", lines: parameterLines),
  HelpTopic(name: "desk", summary: "a day of reconciling, step by step", lines: deskLines),
]

private func deskLines() -> [String] {
  [
    "Bills of gateways with an API come and are compared by themselves; what they leave is work.",
    "",
    "  till statement bills              are all bills of yesterday here?",
    "  till recon list                   what each run matched, found and still lacks",
    "  till discrepancy summary          what is undecided, how old, how much is at stake",
    "  till discrepancy list --state open",
    "  till discrepancy show DSC         both sides, the likely cause, the decisions that fit",
    "  till discrepancy propose DSC write_off --reason 'bank rounding'",
    "  till discrepancy confirm DSC      another operator, where it takes two",
    "  till case list --live             what needs more than a decision, whose it is, until when",
    "  till case note CAS --text 'asked the gateway' --waiting-for gateway",
    "  till case resolve CAS callback_lost",
    "  till recon show REC               to_sign: what stands in the way of signing",
    "  till recon sign REC               first anybody of finance, then another one of the lead",
    "",
    "Steps of two persons compare operators: each shows a token, with --token-file or",
    "TILL_TOKEN_FILE. Nothing is erased: what was decided wrongly is undone, and a signed run in",
    "which something changed says so and is signed again.",
  ]
}

private func exitCodeLines() -> [String] {
  let rows = ExitCode.all.map { row in
    let classes = row.code.errorClasses
    let suffix = classes.isEmpty ? "" : " [\(classes.joined(separator: ", "))]"
    return (String(row.code.number), row.meaning + suffix)
  }
  return ["The exit status follows from the class of the error, in brackets.", ""]
    + twoColumns(rows) + [
      "", "An outcome that is not known is 12 whatever the class: look before sending it again.",
      "Several requests of one line: an unknown outcome wins, else the first that failed.",
    ]
}

private func environmentLines() -> [String] {
  ["Flags win over variables.", ""]
    + twoColumns([
      ("TILL_SOCKET", "the daemon's socket, as --socket"),
      ("TILL_FORMAT", "how results are printed, as --format"),
      ("TILL_TOKEN_FILE", "file with an operator's token, mode 0600, as --token-file"),
      ("XDG_RUNTIME_DIR", "$XDG_RUNTIME_DIR/till/tilld.sock is looked for before /run/till"),
      ("XDG_STATE_HOME", "till/pending.jsonl below it keeps requests without an answer"),
      ("TZ", "the zone of times, as for every program"),
      ("LC_ALL, LC_MESSAGES, LANG", "zh… chooses Chinese where texts exist in it, as --lang zh"),
      ("NO_COLOR, CLICOLOR_FORCE, TERM", "colour, as --color"),
    ])
}

private func moneyLines() -> [String] {
  [
    "An amount is a number with a dot and its currency, in either order:", "",
    "  58.00CNY   CNY:58.00   1200JPY   --minor 5800 --currency CNY", "",
    "The currency is never assumed and its case never mended. More decimals than the currency has",
    "are refused: 58.001CNY and 12.5JPY are errors, nothing is rounded. There are no thousands",
    "separators and no decimal comma. Tables show 58.00 CNY; JSON has minor units,",
    "{\"currency\":\"CNY\",\"minor\":5800}.",
  ]
}

private func keyLines() -> [String] {
  [
    "A key marks one intent. The daemon answers a second request with the same key from what it",
    "stored, so repeating is always safe. Commands that move money carry one: give your own with",
    "--key (8 to 128 of A-Z a-z 0-9 . _ : -), best made from your own number, or one is made.", "",
    "If the answer does not come, the outcome is unknown and the exit status is 12. Then:", "",
    "  repeat the command printed, with the same key: it acts once or shows what it did", "  or:",
    "  till key pending             what is open",
    "  till key resolve             ask the daemon what became of each",
    "  till key resolve --repeat    and send again what never arrived", "",
    "A lost connection is opened once more by itself and the request repeated with its key.",
  ]
}

private func outputLines() -> [String] {
  ["Data goes to standard output, everything else to standard error.", ""]
    + twoColumns([
      ("--format table", "columns for people; the same into a pipe, but for colour and width"),
      ("--format wide", "every member, never shortened"),
      ("--json, --format jsonl", "what the command is about, one compact object a line"),
      ("--format json", "the whole result on one line: with cursor, next, replayed"),
      ("--format csv, tsv", "the columns of the table, with ' before what would be a formula"),
      ("--format id", "the id of each row"),
      ("--format raw", "the line of the daemon, untouched"),
      ("--columns a,b.c", "other members, by dotted path"),
      ("--get order.pay_state", "one member of the whole result, bare; exit 3 if it is missing"),
      ("--no-header", "no line of names"),
    ])
    + [
      "", "Under the JSON formats an error is one JSON object on standard error. A list that goes",
      "on after its page says so there too, under every format: more, with the next command.",
    ]
}

private func timeLines() -> [String] {
  ["A time is one of:", ""]
    + twoColumns([
      ("2026-11-21T10:00:00+08:00", "with an offset, or Z"),
      ("2026-11-21T10:00", "local time"), ("2026-11-21", "local midnight"),
      ("now, now-2h, now+15m", "from this moment"), ("@1732176000000", "milliseconds since 1970"),
    ])
    + [
      "", "A duration always has its unit: 250ms, 30s, 15m, 2h, 1d, 1h30m.",
      "Times are shown in local time with offset; --time utc or ms shows them otherwise.",
    ]
}

private func parameterLines() -> [String] {
  [
    "Every flag of a command sets one parameter of its method. What has no flag, or is at hand as",
    "JSON, goes in by these:", "",
    "  --params FILE|-          start from the JSON object in FILE",
    "  --param /ptr=text        set a text; nothing is guessed from how it looks",
    "  --param /ptr:=JSON       set any JSON value",
    "  --param /list/-=text     append to a list", "",
    "/ptr is a JSON Pointer, for example /buyer/email or /amount/minor. Later ones win, and all of",
    "them win over --params. A word - reads standard input: till order get - takes one a line.",
  ]
}
