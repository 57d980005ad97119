// `till token new`: a secret for an operator, and its digest for the configuration.

import JSON
import Platform

let tokenCommand = LocalCommand(
  spec: CommandSpec(
    local: ["token", "new"], summary: "Make a token for an operator",
    doc: "Prints 32 random bytes as a token, this once, and the SHA-256 that goes into"
      + " operators[].token_sha256 of the configuration. The operator keeps the token in a file of"
      + " mode 0600 and names it with --token-file or TILL_TOKEN_FILE.",
    examples: ["till token new", "till token new --get token_sha256"]),
  run: newToken)

private func newToken(_ session: Session, _ invocation: Invocation) throws(UsageError) -> ExitCode {
  try checkWords(invocation)
  let token = hexadecimal(Entropy.bytes(tokenByteCount))
  let digest = hexadecimal(sha256(Array(token.utf8)))
  let result = JSONObject([("token", .string(token)), ("token_sha256", .string(digest))])
  var printer = ResultPrinter(
    console: session.console, options: session.options, command: invocation.command)
  let code = printer.show(result, line: JSONValue.object(result).bytes())
  session.note("the token is shown this once; only token_sha256 goes into the configuration")
  return code
}

private let tokenByteCount = 32
