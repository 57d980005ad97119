import Platform

CurrentProcess.exit(Bench.run(Array(CommandLine.arguments.dropFirst())))
