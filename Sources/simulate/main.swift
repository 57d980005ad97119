import Platform

CurrentProcess.exit(Simulate.run(Array(CommandLine.arguments.dropFirst())))
