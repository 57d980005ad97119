import Foundation
import JSON
import Platform
import Testing
import Wire

@testable import till

@Suite("help and completion")
struct HelpTests {
  @Test("help of a command has its usage, words, flags, rules and examples")
  func commandHelp() {
    let result = run(["help", "order", "create"])
    #expect(result.code == .done)
    let text = result.output
    #expect(text.contains("usage: till order create [ORDER-NO] AMOUNT --subject TEXT [flags]"))
    #expect(text.contains("--line JSON"))
    #expect(text.contains("(may be repeated)"))
    #expect(text.contains("method:  order.create"))
    #expect(text.contains("--minor UNITS"))
    #expect(text.contains("examples:\n  till order create EXAMPLE"))
    #expect(run(["order", "create", "--help"]).output == text)
    #expect(run(["order", "-h", "create"]).output == text)
  }

  @Test("every command of the table has help, and no line is too wide")
  func allCommands() {
    let local = localCommands(generated: sampleTable).map(\.spec)
    for command in CommandTree(generated: sampleTable, local: local).commands {
      let result = run(["help"] + command.path)
      #expect(result.code == .done)
      for line in result.output.split(separator: "\n") where !line.contains("till ") {
        #expect(line.utf8.count <= 100, "\(line)")
      }
    }
  }

  @Test("a group lists its commands, and nothing at all is a usage error")
  func groups() {
    #expect(run(["help", "order"]).output.contains("create  The order.create"))
    #expect(run([]).code == .usage)
    #expect(run([]).output == "")
    #expect(run(["help"]).output.contains("topics: exit-codes environment money keys"))
    #expect(run(["help", "ordr"]).code == .usage)
  }

  @Test("exit codes are those of the contract")
  func exitCodes() {
    let text = run(["help", "exit-codes"]).output
    #expect(text.contains("12   OUTCOME UNKNOWN: the money may have moved"))
    #expect(
      text.contains("10   busy, starting, draining or read-only: try later [busy, unavailable]"))
    for topic in helpTopics { #expect(run(["help", topic.name]).code == .done) }
  }

  @Test("the version needs no daemon")
  func version() throws {
    #expect(run(["--version"]).output == "till \(ProgramVersion.text)\n")
    for words in [["version", "--json"], ["--version", "--json"]] {
      let object = try JSONReader.read(Array(run(words).output.utf8), profile: .document)
      #expect(object["version"]?.stringValue == ProgramVersion.text)
      #expect(object["protocol"]?.integerValue == 1)
    }
  }

  @Test("codes, methods, exit codes and topics are explained offline")
  func explain() {
    #expect(run(["explain", "order_not_found"]).output.contains("not_found, exit code 3"))
    #expect(run(["explain", "pay_state"]).output.contains("partially_refunded"))
    #expect(run(["explain", "money"]).output.contains("currency"))
    #expect(run(["explain", "order.paid"]).output.contains("an event"))
    #expect(run(["explain", "order.create"]).output.contains("usage: till order create"))
    #expect(run(["explain", "12"]).output.contains("OUTCOME UNKNOWN"))
    #expect(run(["explain", "keys"]).output.contains("till key resolve"))
    for (strength, words) in [
      ("e5", "closed day"), ("e4", "our own query"), ("e3", "asymmetric"), ("e2", "only asks"),
      ("e1", "two people"), ("e0", "timer"),
    ] {
      let lines = run(["explain", strength])
      #expect(lines.code == .done)
      #expect(lines.output.contains("\(strength): a word of evidence_strength"), "\(lines)")
      #expect(lines.output.contains(words), "\(lines)")
    }
    #expect(run(["explain", "e6"]).code == .usage)
    #expect(run(["explain", "late"]).output.contains("a word of order_flag"))
    #expect(run(["explain", "order_not_fund"]).errors.contains("did you mean: order_not_found"))
    let row = run(["protocol", "errors", "already_paid", "--json"]).output
    #expect(row.contains(#""class":"conflict""#))
    #expect(row.contains(#""exit":5"#))
    #expect(
      run(["protocol", "errors", "--format", "csv", "--no-header"]).output.split(separator: "\n")
        .count > 60)
  }

  @Test("a token is 32 random bytes, and its digest is that of its text")
  func token() {
    let line = run(["token", "new", "--format", "json"]).output
    guard let object = try? JSONReader.read(Array(line.utf8), profile: .document),
      let token = object["token"]?.stringValue
    else {
      Issue.record("no object")
      return
    }
    #expect(token.utf8.count == 64)
    #expect(object["token_sha256"]?.stringValue == hexadecimal(sha256(Array(token.utf8))))
    #expect(run(["token", "new"]).output != run(["token", "new"]).output)
  }

  /// What bash offers for words, the last of which is being typed.
  private func bashOffers(_ words: [String]) throws -> [String] {
    let script = run(["completion", "bash"]).output
    let typed = (["till"] + words).map(shellWord).joined(separator: " ")
    let program = """
      \(script)
      COMP_WORDS=(\(typed))
      COMP_CWORD=\(words.count)
      COMPREPLY=()
      _till
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let outcome = try Spawn.run(
      SpawnRequest(
        arguments: ["bash", "--norc", "-c", program], environment: ["PATH": "/usr/bin:/bin"],
        timeoutMilliseconds: 20_000))
    #expect(outcome.hasSucceeded)
    #expect(outcome.standardError.isEmpty)
    return String(decoding: outcome.standardOutput, as: UTF8.self).split(separator: "\n")
      .map(String.init)
  }

  @Test("bash is offered commands, flags and values")
  func bash() throws {
    #expect(try bashOffers(["ord"]) == ["order"])
    #expect(try bashOffers(["order", ""]) == ["cancel", "create", "get", "list", "wait"])
    #expect(try bashOffers(["order", "c"]) == ["cancel", "create"])
    #expect(try bashOffers(["order", "create", "--sub"]) == ["--subject"])
    #expect(try bashOffers(["order", "create", "--wi"]) == ["--wire"])
    #expect(
      try bashOffers(["order", "list", "--pay-state", ""]) == ["created", "paid", "expired"])
    #expect(
      try bashOffers(["--socket", "/x", "order", "list", "--format", "js"]) == ["json", "jsonl"])
    #expect(try bashOffers(["order", "list", "--format", "=", "c"]) == ["csv"])
    #expect(try bashOffers(["completion", ""]) == ["bash", "zsh", "fish"])
    #expect(try bashOffers(["help", "exit"]) == ["exit-codes"])
    #expect(try bashOffers(["nothing", "of", "this"]) == [])
  }

  @Test("zsh and fish have the same offers")
  func otherShells() throws {
    let zsh = run(["completion", "zsh"]).output
    #expect(zsh.hasPrefix("#compdef till\n"))
    #expect(zsh.contains("'order') echo 'cancel create get list wait' ;;"))
    let fish = run(["completion", "fish"]).output
    #expect(
      fish.contains("complete -c till -n '__till_at \"order\"' -a create -d 'The order.create'"))
    #expect(fish.contains("-l pay-state -d 'The pay-state.' -x -a 'created paid expired'"))
    #expect(run(["completion", "tcsh"]).code == .usage)
    // bash reads the functions that zsh shares with it; its own part is zsh's alone.
    let shared = zsh.components(separatedBy: "_till() {")[0]
    let outcome = try Spawn.run(
      SpawnRequest(
        arguments: ["bash", "-n", "-c", shared], environment: ["PATH": "/usr/bin:/bin"],
        timeoutMilliseconds: 20_000))
    #expect(outcome.hasSucceeded)
  }
}
