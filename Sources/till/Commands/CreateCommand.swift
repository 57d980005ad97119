/// `till order create SHOP-1 58.00CNY`: the shop's number may stand in front as a word.
///
/// The number of words decides which is which, never how they look: one word is the amount.
func createCommand(_ generated: CommandSpec?) -> LocalCommand? {
  guard let generated, let number = generated.flags.first(where: { $0.name == "order-no" }),
    !generated.positionals.contains(where: { $0.pointer == number.pointer })
  else { return nil }
  let spec = generated.with(
    positionals: [number] + generated.positionals, examples: generated.examples)
  return LocalCommand(spec: spec) { (session, invocation) throws(UsageError) in
    let builder = ParameterBuilder(
      invocation: invocation, options: session.options, inputs: session.inputs)
    return try MethodCommand(session: session, command: spec).run(try builder.requests())
  }
}
