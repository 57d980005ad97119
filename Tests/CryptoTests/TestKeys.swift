import Foundation

/// Fresh keys in every form that tools write, made by the `openssl` command for this run only and
/// never left on disk. The command is a second opinion: our module neither makes nor writes them.
struct TestKeys: Sendable {
  /// Name of the form (see `script`) to file content.
  let texts: [String: [UInt8]]

  struct Failure: Error { let output: String }

  static let shared = Result { try TestKeys() }

  func text(_ form: String) throws -> [UInt8] {
    guard let text = texts[form] else { throw Failure(output: "no form named \(form)") }
    return text
  }

  private static let script = """
    set -e
    openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out pkcs8.pem
    openssl rsa -in pkcs8.pem -traditional -out pkcs1.pem
    openssl rsa -in pkcs8.pem -outform DER -traditional -out pkcs1.der
    openssl rsa -in pkcs8.pem -pubout -out spki.pem
    openssl rsa -in pkcs8.pem -RSAPublicKey_out -out public-pkcs1.pem
    openssl rsa -in pkcs8.pem -pubout -outform DER -out spki.der
    openssl pkcs8 -topk8 -in pkcs8.pem -passout pass:secret -out encrypted-pkcs8.pem
    openssl rsa -in pkcs8.pem -traditional -aes256 -passout pass:secret -out encrypted-pkcs1.pem
    openssl req -new -key pkcs8.pem -subj '/C=CN/O=商户/CN=shop' -utf8 -out request.pem
    openssl req -x509 -new -key pkcs8.pem -days 3650 -subj '/C=CN/O=商户/OU=till/CN=root' \\
      -utf8 -set_serial 0xE2AC000000000000000000000000000001 -out root.pem
    openssl x509 -in root.pem -outform DER -out root.der
    openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out other.pem
    openssl rsa -in other.pem -pubout -out other-spki.pem
    openssl req -new -key other.pem -subj '/C=CN/O=leaf/CN=leaf' -out leaf-request.pem
    openssl x509 -req -in leaf-request.pem -CA root.pem -CAkey pkcs8.pem -days 30 \\
      -set_serial 0 -sha1 -out leaf.pem
    openssl x509 -req -in leaf-request.pem -CA leaf.pem -CAkey other.pem -days 30 \\
      -set_serial 7 -out not-by-authority.pem
    openssl pkcs12 -export -inkey pkcs8.pem -in root.pem -passout pass:secret -out store.p12
    openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:512 -out short.pem
    openssl rsa -in short.pem -pubout -out short-spki.pem
    openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out middling.pem
    openssl genpkey -quiet -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out pss.pem
    openssl ecparam -name prime256v1 -genkey -noout -out ec-sec1.pem
    openssl pkcs8 -topk8 -nocrypt -in ec-sec1.pem -out ec-pkcs8.pem
    openssl ec -in ec-sec1.pem -pubout -out ec-spki.pem
    openssl req -x509 -new -key ec-sec1.pem -days 30 -subj '/CN=curve' -out ec-root.pem
    printf 'amount=1.00&n=\\344\\270\\255' > message
    openssl dgst -sha256 -sign pkcs8.pem -out message.sha256-signature message
    openssl dgst -sha1 -sign pkcs8.pem -out message.sha1-signature message
    """

  private init() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "till-crypto-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    defer {
      // try?: the folder is gone or it is not; the keys protect nothing.
      try? FileManager.default.removeItem(at: folder)
    }
    let shell = Process()
    let output = Pipe()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.arguments = ["-c", Self.script]
    shell.currentDirectoryURL = folder
    shell.standardInput = FileHandle.nullDevice
    shell.standardOutput = output
    shell.standardError = output
    try shell.run()
    let said = try output.fileHandleForReading.readToEnd() ?? Data()
    shell.waitUntilExit()
    guard shell.terminationStatus == 0 else {
      throw Failure(output: "openssl failed:\n" + String(decoding: said, as: UTF8.self))
    }
    var texts: [String: [UInt8]] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      texts[file] = Array(try Data(contentsOf: folder.appending(path: file)))
    }
    self.texts = texts
  }
}

/// A key's text in the named form.
func keyText(_ form: String) throws -> [UInt8] {
  try TestKeys.shared.get().text(form)
}

/// The base64 inside a PEM text, on one line without armour.
func bareBase64(_ form: String) throws -> [UInt8] {
  let lines = String(decoding: try keyText(form), as: UTF8.self).split(separator: "\n")
  return Array(lines.filter { !$0.hasPrefix("-----") }.joined().utf8)
}
