import Platform

CurrentProcess.exit(Launch.run(CommandLine.arguments))
