/// The version of this program.
let programVersion = "1.0.0"

/// The protocol this program speaks.
let protocolVersion: Int64 = 1
