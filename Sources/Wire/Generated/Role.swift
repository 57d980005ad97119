// Generated from Protocol/ by `swift run generate`; do not edit.

/// A role of a principal.
package enum Role: String, CaseIterable, Sendable {
  /// Sees orders and their money, personal data masked. For wall screens and dashboards.
  case viewer
  /// A shop front: creates orders and payments, passes notifications on, delivers. Sees its own
  /// only, unmasked.
  case shop
  /// Answers buyers: timelines, reasons, raw notifications, holds, refund requests, the scheduler.
  case support
  /// What support may read; requests and approves refunds to a limit, and makes proposals about
  /// money.
  case finance
  /// Finance, and the second person of a proposal.
  case financeLead = "finance_lead"
  /// Holds deliveries and lets them go.
  case risk
  /// Reads everything and verifies the chain; changes nothing.
  case auditor
  /// Health and metrics only. For monitoring.
  case metrics
  /// Runs the daemon: server, gateways, hooks, sandbox, erasure. Does not decide about money.
  case admin
}

/// A set of roles: what a principal has, or what a method wants.
package struct RoleSet: OptionSet, Hashable, Sendable {
  package let rawValue: UInt32

  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// One role.
  package init(_ role: Role) {
    switch role {
    case .viewer: self = .viewer
    case .shop: self = .shop
    case .support: self = .support
    case .finance: self = .finance
    case .financeLead: self = .financeLead
    case .risk: self = .risk
    case .auditor: self = .auditor
    case .metrics: self = .metrics
    case .admin: self = .admin
    }
  }

  /// Sees orders and their money, personal data masked. For wall screens and dashboards.
  package static let viewer = RoleSet(rawValue: 1 << 0)
  /// A shop front: creates orders and payments, passes notifications on, delivers. Sees its own
  /// only, unmasked.
  package static let shop = RoleSet(rawValue: 1 << 1)
  /// Answers buyers: timelines, reasons, raw notifications, holds, refund requests, the scheduler.
  package static let support = RoleSet(rawValue: 1 << 2)
  /// What support may read; requests and approves refunds to a limit, and makes proposals about
  /// money.
  package static let finance = RoleSet(rawValue: 1 << 3)
  /// Finance, and the second person of a proposal.
  package static let financeLead = RoleSet(rawValue: 1 << 4)
  /// Holds deliveries and lets them go.
  package static let risk = RoleSet(rawValue: 1 << 5)
  /// Reads everything and verifies the chain; changes nothing.
  package static let auditor = RoleSet(rawValue: 1 << 6)
  /// Health and metrics only. For monitoring.
  package static let metrics = RoleSet(rawValue: 1 << 7)
  /// Runs the daemon: server, gateways, hooks, sandbox, erasure. Does not decide about money.
  package static let admin = RoleSet(rawValue: 1 << 8)

  /// Roles that see what their own principal created, and nothing else.
  package static let seesOwnOnly: RoleSet = [.shop]
  /// Roles that see personal data masked.
  package static let seesMasked: RoleSet = [.viewer, .metrics, .admin]
  /// What the daemon's own user has where nothing is configured.
  package static let unconfigured: RoleSet = [.admin, .shop, .support, .finance, .auditor]
  /// Every role.
  package static let everything: RoleSet = [
    .viewer, .shop, .support, .finance, .financeLead, .risk, .auditor, .metrics, .admin,
  ]
}
