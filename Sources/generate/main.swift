// `swift run generate [--check] [ROOT]`: writes what follows from `Protocol/`, or names the files
// that differ. ROOT is the repository, by default the current folder.

@preconcurrency import Glibc

func complain(_ line: String) { fputs(line + "\n", stderr) }

var isCheck = false
var root = "."
for argument in CommandLine.arguments.dropFirst() {
  switch argument {
  case "--check": isCheck = true
  case let flag where flag.hasPrefix("-"):
    complain("usage: generate [--check] [ROOT]")
    exit(2)
  default: root = argument
  }
}

let contractFiles = Generator.contractFiles(root: root)
let (generated, problems) = Generator.run(contractFiles)
for problem in problems { complain(problem.description) }
if !problems.isEmpty { exit(1) }

let differences = Generator.differences(generated, root: root)
if isCheck {
  for difference in differences { complain(difference) }
  exit(differences.isEmpty ? 0 : 1)
}
for file in generated {
  // A file that stays as it is keeps its time, so that a build beside this one goes on.
  let bytes = Array(file.text.utf8)
  guard FileTree.read(root + "/" + file.path) != bytes else { continue }
  guard FileTree.write(root + "/" + file.path, bytes) else {
    complain("cannot write \(file.path)")
    exit(1)
  }
}
for path in Generator.stale(generated, root: root) {
  guard remove(root + "/" + path) == 0 else {
    complain("cannot remove \(path)")
    exit(1)
  }
}
print("\(generated.count) files, \(differences.count) changed")
let missing = Generator.missingDialogues(contractFiles)
if !missing.isEmpty { print("\(missing.count) examples without a dialogue in Protocol/vectors") }
