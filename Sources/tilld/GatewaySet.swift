import Crypto
import Engine
import Gateways
import JSON
import Platform
import Synchronization

/// The gateways of one reading of the configuration.
struct GatewaySet: Sendable {
  var accounts: [GatewayAccount] = []
  /// The sandbox gateways among them, with the secrets that their bank must know too.
  var sandboxes: [SandboxAccount] = []
  /// What each was made of, in the order of `accounts`.
  var marks: [GatewayMark] = []

  /// What a running daemon puts in the place of gateways of the same name; nil where that takes a
  /// restart: one came or went, is of another kind, or its money moves in this very process.
  func replacements(for old: GatewaySet) -> [GatewayAccount]? {
    guard marks.map(\.identity) == old.marks.map(\.identity) else { return nil }
    var changed: [GatewayAccount] = []
    for (index, mark) in marks.enumerated() where mark != old.marks[index] {
      guard accounts[index].gateway.capabilities.isReal else { return nil }
      changed.append(accounts[index])
    }
    return changed
  }
}

/// Equal marks are equal gateways: the same members, and the same bytes in the same key files. What
/// was entered of a gateway is no part of it: bills are held against that, nobody is asked with it.
struct GatewayMark: Hashable, Sendable {
  let identity: [String]
  private let digest: String

  init(_ settings: GatewaySettings, files: [[UInt8]]) {
    identity = [settings.name, settings.kind]
    let asked = settings.fields.members.filter { member in
      !["fees", "exchange", "calendar"].contains { $0.utf8.elementsEqual(member.key.utf8) }
    }
    let parts = [JSONValue.object(JSONObject(members: asked)).canonicalBytes()] + files
    digest = parts.map { SHA256.hash($0).hex }.joined(separator: " ")
  }
}

/// Keeps what an adapter reads while it is made.
final class ReadKeyFiles: Sendable {
  private let files = Mutex<[[UInt8]]>([])

  /// The same settings, whose key files are noted as they are read.
  func watching(_ settings: GatewaySettings) -> GatewaySettings {
    GatewaySettings(name: settings.name, kind: settings.kind, fields: settings.fields) {
      [self] path throws(GatewaySettingsError) in
      let bytes = try settings.readKeyFile(path)
      // The digest alone: this object outlives the reading of a secret.
      files.withLock { $0.append(Array(SHA256.hash(bytes).hex.utf8)) }
      return bytes
    }
  }

  func mark(_ settings: GatewaySettings) -> GatewayMark {
    GatewayMark(settings, files: files.withLock { $0 })
  }
}
