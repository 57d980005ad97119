/// The generator without its command line: a repository in, generated files out.
enum Generator {
  /// Folders that hold nothing but generated files; a file there that is not written is stale.
  static let generatedFolders = [
    "Sources/Domain/Generated", "Sources/Wire/Generated", "Sources/till/Generated",
    "Clients/python/till/generated", "Clients/node/lib/generated", "Clients/php/src/Method",
    "Clients/php/src/Error",
  ]

  /// Everything below `Protocol/` in a repository.
  static func contractFiles(root: String) -> [ContractFile] {
    FileTree.files(below: root + "/Protocol").compactMap { path in
      FileTree.read(root + "/Protocol/" + path).map { ContractFile(path: path, bytes: $0) }
    }
  }

  /// Contract files → generated files, or what is wrong with the contract.
  static func run(
    _ files: [ContractFile]
  ) -> (generated: [GeneratedFile], problems: [ContractProblem]) {
    let (contract, problems) = ContractReader.read(files)
    guard problems.isEmpty else { return ([], problems) }
    return (Emitter(contract: contract).files(), [])
  }

  /// Dialogues that methods name as examples and that are not written yet, sorted.
  static func missingDialogues(_ files: [ContractFile]) -> [String] {
    let (contract, _) = ContractReader.read(files)
    let named = Set(contract.methods.flatMap(\.examples))
    return named.filter { contract.vectors[$0] == nil }.sorted()
  }

  /// Paths that differ from what would be generated, with the reason; empty when all is well.
  static func differences(_ generated: [GeneratedFile], root: String) -> [String] {
    var answer: [String] = []
    for file in generated {
      guard let bytes = FileTree.read(root + "/" + file.path) else {
        answer.append("\(file.path): missing")
        continue
      }
      if bytes != Array(file.text.utf8) { answer.append("\(file.path): differs") }
    }
    return answer + stale(generated, root: root).map { "\($0): no longer generated" }
  }

  /// Files in generated folders that nothing generates.
  static func stale(_ generated: [GeneratedFile], root: String) -> [String] {
    let known = Set(generated.map(\.path))
    return generatedFolders.flatMap { folder in
      FileTree.files(below: root + "/" + folder).map { folder + "/" + $0 }
    }.filter { !known.contains($0) }
  }
}
