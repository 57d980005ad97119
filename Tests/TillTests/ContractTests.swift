import Testing

@testable import till

/// Splits a command line as a POSIX shell would: blanks, single and double quotes, backslashes.
private func shellWords(_ line: String) -> [String] {
  var words: [String] = []
  var word: String?
  var quote: Character?
  var isEscaped = false
  for character in line {
    if isEscaped {
      word = (word ?? "") + String(character)
      isEscaped = false
    } else if let open = quote {
      if character == open { quote = nil } else { word = (word ?? "") + String(character) }
    } else if character == "'" || character == "\"" {
      quote = character
      word = word ?? ""
    } else if character == "\\" {
      isEscaped = true
    } else if character == " " {
      if let word { words.append(word) }
      word = nil
    } else {
      word = (word ?? "") + String(character)
    }
  }
  if let word { words.append(word) }
  return words
}

@Suite("the command table of the contract")
struct ContractTests {
  private let tree = CommandTree(
    generated: commandTable, local: localCommands(generated: commandTable).map(\.spec))

  @Test("every example is a command line that this program accepts")
  func examples() throws {
    var count = 0
    // What the contract shows must run too where a command of our own stands in its place.
    for command in tree.commands + commandTable {
      for example in command.examples {
        var words = shellWords(example)
        if words.first == "source" { continue }
        // A redirection belongs to the shell.
        if let place = words.firstIndex(where: { $0 == "<" || $0 == ">" || $0 == "|" }) {
          words.removeSubrange(place...)
        }
        #expect(words.first == "till", "\(example)")
        #expect(Array(words.dropFirst().prefix(command.path.count)) == command.path, "\(example)")
        do {
          let request = try ArgumentParser(tree: tree).parse(Array(words.dropFirst()))
          guard case .run(let invocation) = request else { continue }
          #expect(invocation.command.name == command.name, "\(example)")
          let options = try GlobalOptions(invocation.globals, environment: { _ in nil })
          guard !command.method.isEmpty, command.effect != "stream" else { continue }
          let files = ["calls.jsonl": "{}", "request.bin": "x", "order.json": "{}"]
          let hasLocalWords = command.path == ["batch", "run"]
          _ = try ParameterBuilder(
            invocation: hasLocalWords ? invocation.withoutWords : invocation, options: options,
            inputs: testInputs(files: files)
          ).requests()
          count += 1
        } catch {
          Issue.record("\(example): \(error)")
        }
      }
    }
    #expect(count >= 30)
  }

  @Test("a flag of a command that is named like a global one is meant to be")
  func collisions() {
    for command in tree.commands {
      for flag in command.flags where globalFlags.contains(where: { $0.name == flag.name }) {
        #expect(["lang", "version"].contains(flag.name), "\(command.name) --\(flag.name)")
      }
    }
  }

  @Test("every pointer of the table can be set, and no name comes twice in a command")
  func pointers() {
    for command in tree.commands {
      var names: [String] = []
      for argument in command.flags {
        #expect(!names.contains(argument.name), "\(command.name) --\(argument.name)")
        names.append(argument.name)
        #expect(argument.pointer.isEmpty || pointerTokens(argument.pointer) != nil)
      }
      for argument in command.positionals where !command.method.isEmpty {
        #expect(argument.pointer.isEmpty || pointerTokens(argument.pointer) != nil)
      }
    }
  }

  @Test("no optional word hides a required one by its place")
  func words() {
    for command in tree.commands {
      let repeated = command.positionals.dropLast().contains(where: \.repeated)
      #expect(!repeated, "\(command.name): only the last word may be repeated")
    }
  }

  @Test("what takes money away without a way back asks first")
  func destructive() {
    for method in ["refund.create", "order.cancel", "delivery.revoke", "server.drain"] {
      #expect(tree.command(forMethod: method)?.isDestructive == true, "\(method)")
    }
    #expect(tree.command(forMethod: "order.create")?.isDestructive == false)
    for command in commandTable where command.isDestructive { #expect(!command.isRead) }
  }
}
