import Crypto
import Domain
import JSON
import Wire

enum ProtocolDispatch {
  static func ping(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(ProtocolPingRequest.self)
    return .reply(ProtocolPingResult(echo: request.echo.map { RawJSON($0) }))
  }

  /// Parsed and digested once.
  static func describe(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(ProtocolDescribeRequest.self)
    for (index, name) in (request.methods ?? []).enumerated() {
      do throws(WireError) {
        _ = try Method.named(name)
      } catch {
        var error = error
        error.path = "/params/methods/\(index)"
        throw error
      }
    }
    return .work { _ in
      .success(ProtocolDescribeResult(schema: Contract.schema, files: Contract.files(request)))
    }
  }
}

/// The contract this daemon was built with.
package enum Contract {
  /// SHA-256 over path, a zero byte and content of all files, lower-case hexadecimal.
  package static let schema: String = {
    var hasher = SHA256Hasher()
    for file in ContractFiles.all {
      hasher.update(Array(file.path.description.utf8) + [0])
      hasher.update(Array(file.content.description.utf8))
    }
    return hasher.finish().hex
  }()

  /// The files asked for. Each list narrows one kind, and only the kinds named are returned.
  static func files(_ request: ProtocolDescribeRequest) -> [ContractFileObject] {
    let isAll =
      request.methods == nil && request.types == nil && request.errors == nil
      && request.events == nil
    var files: [ContractFileObject] = []
    for file in ContractFiles.all {
      let path = file.path.description
      let content = file.content.description
      if isAll {
        files.append(ContractFileObject(path: path, content: compact(content)))
      } else if isListed(path, "methods/", request.methods)
        || isListed(path, "events/", request.events)
      {
        files.append(ContractFileObject(path: path, content: compact(content)))
      } else if path == "types.json", let names = request.types {
        files.append(part(path, content, ["scalars", "enums", "objects"], names))
      } else if path == "errors.json", let names = request.errors {
        files.append(part(path, content, ["errors"], names))
      }
    }
    return files
  }

  private static func isListed(_ path: String, _ folder: String, _ names: [String]?) -> Bool {
    guard let names, path.hasPrefix(folder), path.hasSuffix(".json") else { return false }
    let name = path.dropFirst(folder.count).dropLast(".json".count)
    return names.contains { $0.utf8.elementsEqual(name.utf8) }
  }

  /// The members of the named groups that are asked for.
  private static func part(
    _ path: String, _ content: String, _ groups: [String], _ names: [String]
  ) -> ContractFileObject {
    var answer = JSONObject()
    let whole = parsed(content).objectValue ?? JSONObject()
    for group in groups {
      let members = (whole[group]?.objectValue ?? JSONObject()).members.filter { member in
        names.contains { $0.utf8.elementsEqual(member.key.utf8) }
      }
      if !members.isEmpty { answer[group] = .object(JSONObject(members: members)) }
    }
    return ContractFileObject(path: path, content: RawJSON(.object(answer)))
  }

  private static func compact(_ content: String) -> RawJSON { RawJSON(parsed(content)) }

  private static func parsed(_ content: String) -> JSONValue {
    do throws(JSONError) {
      return try JSONReader.read(Array(content.utf8), profile: .document)
    } catch {
      preconditionFailure("the contract is JSON: \(error)")
    }
  }
}
