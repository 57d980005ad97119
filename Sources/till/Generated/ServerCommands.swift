// Generated from Protocol/ by `swift run generate`; do not edit.

let serverBackupCommand: CommandSpec = CommandSpec(
  path: ["server", "backup"], method: "server.backup",
  effect: "admin",
  summary: "Copy the store while it works",
  doc: "Writes a consistent copy into the configured folder, mode 0600, and opens it to check it.",
  positionals: [
    ArgumentSpec(
      name: "name", pointer: "/name",
      kind: .text,
      required: true, repeated: false,
      doc: "File name."),
  ],
  flags: [],
  key: .none, dryRun: false,
  resultMember: nil,
  columns: [],
  examples: [])

let serverConnectionsCommand: CommandSpec = CommandSpec(
  path: ["server", "connections"], method: "server.connections",
  effect: "admin",
  summary: "Open connections",
  doc: "Who is connected, since when, and what each one holds up.",
  positionals: [],
  flags: [],
  key: .none, dryRun: false,
  resultMember: "connections",
  columns: ["id", "uid", "principal", "client", "in_flight", "output_bytes", "connected_at"],
  examples: [])

let serverDisconnectCommand: CommandSpec = CommandSpec(
  path: ["server", "disconnect"], method: "server.disconnect",
  effect: "admin",
  summary: "Close one connection",
  doc: "Its requests in flight are finished, their replies are lost.",
  positionals: [
    ArgumentSpec(
      name: "connection", pointer: "/connection",
      kind: .integer,
      required: true, repeated: false,
      doc: "Number of the connection."),
  ],
  flags: [
    ArgumentSpec(
      name: "reason", pointer: "/reason",
      kind: .text,
      required: false, repeated: false,
      doc: "Said in its session.bye."),
  ],
  key: .none, dryRun: false,
  resultMember: nil,
  columns: [],
  examples: [])

let serverDrainCommand: CommandSpec = CommandSpec(
  path: ["server", "drain"], method: "server.drain",
  effect: "admin",
  summary: "Stop in good order",
  doc: "New work is refused with draining, requests in flight get 10 seconds, streams end with their cursor.",
  positionals: [],
  flags: [],
  key: .none, dryRun: false,
  resultMember: nil,
  columns: [],
  examples: [])

let serverHealthCommand: CommandSpec = CommandSpec(
  path: ["server", "health"], method: "server.health",
  effect: "read",
  summary: "Whether the daemon is alive and ready",
  doc: "Never touches the disk and does not count as in flight.",
  positionals: [],
  flags: [],
  key: .none, dryRun: false,
  resultMember: nil,
  columns: [],
  examples: ["till server health"])

let serverMetricsCommand: CommandSpec = CommandSpec(
  path: ["server", "metrics"], method: "server.metrics",
  effect: "read",
  summary: "Numbers for monitoring",
  doc: "The command line prints them as Prometheus text.",
  positionals: [],
  flags: [],
  key: .none, dryRun: false,
  resultMember: "metrics",
  columns: ["name", "kind"],
  examples: [])

let serverReloadCommand: CommandSpec = CommandSpec(
  path: ["server", "reload"], method: "server.reload",
  effect: "admin",
  summary: "Read the configuration again",
  doc: "All or nothing: a fault leaves the running configuration as it is. At once: peers and operators (an open connection gets the roles of now, and ends where nobody would admit it any more), gateways with their keys, fees, exchange, calendar and layouts. Every other member that differs is named and waits for a restart.",
  positionals: [],
  flags: [],
  key: .none, dryRun: true,
  resultMember: nil,
  columns: [],
  examples: [])

let serverStatusCommand: CommandSpec = CommandSpec(
  path: ["server", "status"], method: "server.status",
  effect: "read",
  summary: "What the daemon holds and does",
  doc: "Counts and versions for people.",
  positionals: [],
  flags: [],
  key: .none, dryRun: false,
  resultMember: nil,
  columns: [],
  examples: [])
