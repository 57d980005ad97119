import Crypto
import Domain
import Engine
import Gateways
import JSON
import Platform
import Reconciliation
import Server
import Store

/// What a configuration file says, checked as far as it can be without touching anything.
struct Configuration: Sendable {
  var stateDirectory: String?
  var listeners: [ListenerConfiguration] = []
  var peers: [PeerRule] = []
  var operators: [OperatorRule] = []
  var gateways: [GatewayEntry] = []
  /// Milliseconds.
  var orderExpiry = Int64(Limits.orderExpiryDefaultMilliseconds)
  /// Milliseconds.
  var orderExpiryMax = Int64(Limits.orderExpiryMaxMilliseconds)
  var connections: Int?
  var connectionsPerUser: Int?
  var backupDirectory: String?
  var hooks: [HookEntry] = []
  /// Saved for `statement.import`.
  var layouts: [DeclaredLayout] = []
  /// The shop's zone in sentences for people, minutes east of UTC.
  var zoneOffsetMinutes = Explanation.zoneOffsetDefaultMinutes
  var timeScale: Int64 = 1
  var logsRequests = true
  var retention = Retention()

  /// A gateway with how hard it may be asked.
  struct GatewayEntry: Sendable {
    var settings: GatewaySettings
    var queriesPerSecond: Int64
    var concurrency: Int
    /// What it may take of each payment.
    var fees: FeeBook
    /// The rates that are known of it.
    var exchange: ExchangeBook
    /// The days on which its payouts reach a bank.
    var calendar: BusinessCalendar
    /// The number that its bills name us by; nil where nothing tells it.
    var merchant: String?
    /// Where its object stands, for errors of the adapter.
    var place: ConfigurationPlace
  }

  struct HookEntry: Sendable {
    enum Target: Equatable, Sendable {
      case post(url: String)
      /// A program and its arguments, run without a shell.
      case program([String])
    }

    var name: String
    var events: [String]
    var target: Target
    /// Signs what is sent; nil where no file was named.
    var key: HMACSHA256Key?
    /// Tells another key from this one.
    var keyMark: String?
  }
}

/// Where something stands in the file: a path of member names and list places.
struct ConfigurationPlace: Sendable, Hashable {
  enum Step: Sendable, Hashable {
    case member(String)
    case item(Int)
  }

  var steps: [Step] = []

  func member(_ name: String) -> ConfigurationPlace {
    ConfigurationPlace(steps: steps + [.member(name)])
  }

  func item(_ index: Int) -> ConfigurationPlace {
    ConfigurationPlace(steps: steps + [.item(index)])
  }

  /// `gateways[0].app_id`
  var text: String {
    var text = ""
    for step in steps {
      switch step {
      case .member(let name): text += text.isEmpty ? name : ".\(name)"
      case .item(let index): text += "[\(index)]"
      }
    }
    return text.isEmpty ? "the file" : text
  }
}

/// One thing wrong with the configuration, where it stands, and what to do.
struct ConfigurationError: Error, Sendable {
  var place: ConfigurationPlace
  var text: String
  var hint: String?

  init(_ place: ConfigurationPlace, _ text: String, hint: String? = nil) {
    self.place = place
    self.text = text
    self.hint = hint
  }
}
