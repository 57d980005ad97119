import Gateways

/// Every member a configuration file may have: the reader refuses others, and the reference page is
/// printed from here.
struct ConfigurationField: Sendable {
  let path: String
  let type: String
  let standard: String
  let text: String

  static let all: [ConfigurationField] = [
    .init("state_dir", "path", "$XDG_STATE_HOME/till", "Folder of the database, mode 0700."),
    .init("listeners", "list", "one at the default path", "Sockets to listen on."),
    .init("listeners[].name", "text", "–", "Shown in server.connections."),
    .init("listeners[].path", "path", "–", "Path of the socket, at most 107 bytes."),
    .init("listeners[].mode", "octal text", "\"0660\"", "Mode of the socket."),
    .init("listeners[].group", "text", "the daemon's", "Group that owns the socket."),
    .init("listeners[].roles", "list of roles", "all", "Nobody has more through this socket."),
    .init("peers", "list", "own user is admin", "Who local users are. The first that fits counts."),
    .init("peers[].user", "text", "–", "Login name. One of user, uid and group."),
    .init("peers[].uid", "number", "–", "Numeric user."),
    .init("peers[].group", "text", "–", "Any member of this group."),
    .init("peers[].principal", "text", "–", "Owner of what it creates."),
    .init("peers[].roles", "list of roles", "–", "What it may do."),
    .init("operators", "list", "none", "People behind a shared account, known by a token."),
    .init("operators[].name", "text", "–", "Written into events; two-person rules compare it."),
    .init("operators[].roles", "list of roles", "–", "What the person may do."),
    .init("operators[].token_sha256", "hex text", "–", "Printed by till token new."),
    .init(
      "operators[].refund_limit", "number", "0",
      "What it may give back alone of one order, in minor units of whatever currency."),
    .init("gateways", "list", "one sandbox", "Where money is taken. Two accounts are two names."),
    .init("gateways[].name", "text", "–", "What payment.create calls it."),
    .init(
      "gateways[].kind", "text", "–",
      "The adapter: \(GatewayRegistry.kinds.joined(separator: ", "))."),
    .init("gateways[].qps", "number", "10", "Questions a second, on average."),
    .init("gateways[].concurrency", "number", "8", "Exchanges under way at the same time."),
    .init("gateways[].fees", "list", "none", "Contracts that bills are held against."),
    .init("gateways[].fees[].method", "text", "all", "The way of paying that it is about."),
    .init(
      "gateways[].fees[].rate_millionths", "number", "0", "Share of the amount; 6000 is 0.6 %."),
    .init("gateways[].fees[].fixed", "number", "0", "Added to each fee, minor units."),
    .init("gateways[].fees[].minimum", "number", "0", "The least fee, minor units."),
    .init("gateways[].fees[].maximum", "number", "none", "The largest fee, minor units."),
    .init(
      "gateways[].fees[].rounding", "text", "\"half_up\"",
      "Of the share to the unit: half_up, half_even, down or up."),
    .init("gateways[].fees[].unit", "number", "1", "Fees are multiples of it, minor units."),
    .init(
      "gateways[].fees[].refunds", "text", "\"proportional\"",
      "The fee of a refund: its share comes back (proportional), all of it with the refund that "
        + "completes the payment (returned), or nothing (kept)."),
    .init("gateways[].fees[].from_ms", "ms", "0", "In force from this time on, since 1970 UTC."),
    .init("gateways[].exchange", "object", "none", "What is known of its exchanges of currency."),
    .init(
      "gateways[].exchange.margin", "text", "\"0\"",
      "What the contract lets it keep of an exchange: a share, \"0.02\" is 2 %."),
    .init(
      "gateways[].exchange.rates_file", "text", "none",
      "Published rates, a line each: 2026-11-20,USD,EUR,0.9217 is what one dollar was worth in "
        + "euros on that day of the shop's zone. Read at the start and by server.reload."),
    .init(
      "gateways[].exchange.holds_days", "number", "7",
      "A day without a rate has that of an earlier one, no more days back than this."),
    .init(
      "gateways[].calendar", "object", "calendar",
      "Members as of calendar below, for the payouts of this gateway alone."),
    .init("gateways[].calendar.weekends", "boolean", "true", "As below."),
    .init("gateways[].calendar.holidays", "list", "none", "As below."),
    .init("gateways[].calendar.workdays", "list", "none", "As below."),
    .init(
      "gateways[].merchant", "text", "as below",
      "The number that bills name you by: rows of another are told of and pay nothing. Where it "
        + "is not given it is seller_id (alipay), mchid (wechat), pid (epay) or merchant_no "
        + "(yeepay); without any, rows of all merchants are taken for yours."),
    .init(
      "gateways[].…", "–", "–", "The adapter's own members, below; those of keys name files."),
    .init("order.expires_in_ms", "ms", "900000", "Life of an order that names none."),
    .init("order.max_expires_in_ms", "ms", "2592000000", "The longest life an order may ask for."),
    .init("limits.connections", "number", "4096", "Connections in all, at most 16384."),
    .init("limits.connections_per_uid", "number", "1024", "Connections of one local user."),
    .init("retention.keys_days", "days", "30", "Idempotency keys with their replies, at least 30."),
    .init(
      "retention.calls_days", "days", "180",
      "Ended exchanges with gateways. 0 keeps them for ever."),
    .init(
      "retention.receipts_days", "days", "730",
      "Raw bytes of notifications; what came of them stays. 0 as above."),
    .init(
      "retention.trail_days", "days", "180",
      "Ended hook messages, hourly counts of gateways. 0 as above."),
    .init(
      "retention.personal_days", "days", "1095",
      "Buyer and metadata of an order, after its last change. 0 as above."),
    .init("backup_dir", "path", "none", "Where server.backup writes, mode 0700."),
    .init("zone", "text", "\"+08:00\"", "The shop's offset from UTC, for times in sentences."),
    .init(
      "calendar", "object", "weekends",
      "The business days of banks, by each gateway's zone: payouts are due by them. Bills come "
        + "every day. Read at the start and by server.reload."),
    .init(
      "calendar.weekends", "boolean", "true", "Saturdays and Sundays are no business days."),
    .init(
      "calendar.holidays", "list", "none",
      "Days off besides: 2026-10-01, or the first and the last of some, 2026-10-01/2026-10-08."),
    .init(
      "calendar.workdays", "list", "none", "Days of a weekend that are worked, likewise."),
    .init("hooks", "list", "none", "Programs and addresses that hear of events."),
    .init("hooks[].name", "text", "–", "Shown in hook.list."),
    .init("hooks[].events", "list", "–", "Types as order.paid, or families as order.*."),
    .init("hooks[].url", "text", "–", "HTTP POST to a loopback address. One of url and exec."),
    .init("hooks[].exec", "list", "–", "Program and arguments, no shell; the event on its input."),
    .init("hooks[].secret_file", "path", "none", "Key of the HMAC in Till-Signature."),
    .init(
      "layouts", "list", "none",
      "Saved for statement.import by their names; Protocol/README.md, part 14, has the members."),
    .init("time.scale", "number", "1", "Divides waiting times; refused beside a real gateway."),
    .init("log.requests", "boolean", "true", "One line of JSON a request on standard error."),
  ]

  init(_ path: String, _ type: String, _ standard: String, _ text: String) {
    self.path = path
    self.type = type
    self.standard = standard
    self.text = text
  }

  /// Names of the members of an object, by the path of the object (`gateways[]`, `order`, empty).
  static func members(of object: String) -> [String] {
    let prefix = object.isEmpty ? "" : object + "."
    var names: [String] = []
    for field in all where field.path.hasPrefix(prefix) {
      let rest = field.path.dropFirst(prefix.count)
      let name = String(rest.prefix { $0 != "." && $0 != "[" })
      if name != "…", !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// The reference page.
  static var markdown: String {
    var text = """
      # Configuration of tilld

      One JSON file, given with `--config FILE`. `tilld --check-config --config FILE` says what is
      wrong and where. Unknown members are refused. Paths of key files are relative to the file.

      | member | type | default | meaning |
      | --- | --- | --- | --- |

      """
    for field in all {
      text += "| `\(field.path)` | \(field.type) | \(field.standard) | \(field.text) |\n"
    }
    for kind in GatewayRegistry.kinds {
      text += """

        ## A gateway of kind \(kind)

        | member | type | default | meaning |
        | --- | --- | --- | --- |

        """
      for member in GatewayRegistry.members(of: kind) {
        text += "| `\(member.name)` | \(member.type) | \(member.standard) | \(member.text) |\n"
      }
    }
    return text
  }
}
