import Platform

/// Where the daemon's socket is looked for.
///
/// Order: `--socket`, TILL_SOCKET, `$XDG_RUNTIME_DIR/till/tilld.sock`, `/run/till/tilld.sock`. Of
/// the last two the first one that exists counts; where neither does, the first that could.
func socketPath(option: String?, environment: (String) -> String?) -> String {
  if let option { return option }
  if let path = environment("TILL_SOCKET"), !path.isEmpty { return path }
  let system = "/run/till/tilld.sock"
  guard let runtime = environment("XDG_RUNTIME_DIR"), !runtime.isEmpty else { return system }
  let own = Path.join(runtime, "till/tilld.sock")
  return !exists(own) && exists(system) ? system : own
}

private func exists(_ path: String) -> Bool {
  do throws(SystemError) {
    return try FileIdentity.ofPath(path) != nil
  } catch {
    // A folder that may not be searched hides the socket as well as its absence does.
    return false
  }
}
