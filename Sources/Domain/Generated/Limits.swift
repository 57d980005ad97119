// Generated from Protocol/ by `swift run generate`; do not edit.

/// Every limit of protocol 1. Reaching one is a named refusal that carries it.
package enum Limits {
  /// Longest line a client may send, without its line feed.
  package static let lineInBytes = 262144
  /// Longest line the daemon sends, without its line feed.
  package static let lineOutBytes = 1048576
  /// Bytes of one over-long line thrown away before the connection ends.
  package static let lineDiscardBytes = 16777216
  /// Time a begun line may take to end, from its first byte.
  package static let linePartialMilliseconds = 10000
  /// Longest path of a Unix socket.
  package static let socketPathBytes = 107
  /// Longest request id given as a string.
  package static let requestIDBytes = 64
  /// Largest absolute integer in JSON.
  package static let integerMax = 9007199254740991
  /// Deepest nesting of objects and arrays.
  package static let depth = 32
  /// Most values in one line.
  package static let values = 10000
  /// Longest string, unless its schema says otherwise.
  package static let stringBytes = 65536
  /// Longest body_base64 of notification.ingest and content_base64 of dispute.attach, which alone
  /// may be longer than string.
  package static let bodyBase64Bytes = 196608
  /// Shortest idempotency_key.
  package static let keyMinBytes = 8
  /// Longest idempotency_key.
  package static let keyMaxBytes = 128
  /// Time a key and its reply are kept at least.
  package static let keyKeptMilliseconds = 2592000000
  /// Largest timeout_ms.
  package static let timeoutMaxMilliseconds = 600000
  /// Longest trace.
  package static let traceBytes = 128
  /// Requests in flight on one connection.
  package static let inFlight = 32
  /// Connections in all, unless configured.
  package static let connections = 4096
  /// Largest number of connections the configuration may ask for.
  package static let connectionsCeiling = 16384
  /// Connections of one user, unless configured.
  package static let connectionsPerUID = 1024
  /// Connections kept free for admin.
  package static let connectionsReserved = 8
  /// File descriptors never used for connections.
  package static let descriptorsReserved = 64
  /// Connections waiting to be accepted.
  package static let backlog = 4096
  /// Lines of one connection read in one turn.
  package static let turnLines = 64
  /// Time spent reading one connection in one turn.
  package static let turnMilliseconds = 10
  /// Unsent output at which a connection is no longer read.
  package static let outputHighBytes = 262144
  /// Unsent output at which it is read again.
  package static let outputLowBytes = 65536
  /// Time without taking a byte after which a connection is closed.
  package static let outputStalledMilliseconds = 60000
  /// All buffers of all connections; beyond it the largest is closed.
  package static let buffersBytes = 67108864
  /// Pause of accepting when descriptors run out.
  package static let acceptPauseMilliseconds = 100
  /// Malformed lines in a row that end the connection.
  package static let malformedInRow = 8
  /// Faults of one request reported together.
  package static let problems = 20
  /// Names offered in did_you_mean.
  package static let suggestions = 3
  /// Bytes of an unknown method name repeated in a message.
  package static let methodShownBytes = 64
  /// Writes that share one transaction at most.
  package static let groupCommit = 512
  /// Events read from the store for one subscriber at a time.
  package static let eventChunkBytes = 65536
  /// Longest time between two marks of a subscription.
  package static let eventMarkMilliseconds = 15000
  /// Events filtered out after which a mark is sent.
  package static let eventMarkSkipped = 1000
  /// Types in one event filter.
  package static let eventTypes = 32
  /// Named consumers of one principal.
  package static let consumers = 1024
  /// Largest wait_ms.
  package static let waitMaxMilliseconds = 60000
  /// Rows of a list without limit.
  package static let listDefault = 50
  /// Largest limit of a list.
  package static let listMax = 200
  /// Calls in one batch.run.
  package static let batchCalls = 50
  /// Longest order_no.
  package static let orderNoBytes = 64
  /// Longest number sent to a gateway.
  package static let outTradeNoBytes = 32
  /// Lines of one order.
  package static let lines = 100
  /// Longest subject or line name.
  package static let subjectBytes = 256
  /// Longest metadata, as compact JSON.
  package static let metadataBytes = 4096
  /// Longest reason or note.
  package static let reasonBytes = 500
  /// Largest amount, in minor units.
  package static let amountMinor = 1000000000000
  /// Fewest characters of a search text.
  package static let searchText = 2
  /// Headers of one notification.
  package static let headers = 64
  /// Life of an order, unless configured or asked.
  package static let orderExpiryDefaultMilliseconds = 900000
  /// Shortest life of an order.
  package static let orderExpiryMinMilliseconds = 60000
  /// Longest life of an order.
  package static let orderExpiryMaxMilliseconds = 2592000000
  /// Length of a delivery claim, unless asked.
  package static let leaseDefaultMilliseconds = 60000
  /// Shortest delivery claim.
  package static let leaseMinMilliseconds = 1000
  /// Longest delivery claim.
  package static let leaseMaxMilliseconds = 3600000
  /// Time payment.create and refund.create wait for the gateway before they answer unknown.
  package static let gatewayAnswerMilliseconds = 15000
  /// Times the create of one payment is sent, where a gateway allows it again after saying that it
  /// never arrived.
  package static let createCalls = 3
  /// Shortest time between two queries of one payment asked by clients.
  package static let queryIntervalMilliseconds = 2000
  /// Longest time between two queries of a payment that is processing today.
  package static let pollGapMaxMilliseconds = 300000
  /// Time an order counts as watched after its last watcher left.
  package static let watchedAfterMilliseconds = 15000
  /// Rejected notifications a gateway and hour that are kept verbatim; then counted.
  package static let rejectedReceipts = 100
  /// Time a stopping daemon gives requests in flight.
  package static let drainMilliseconds = 10000
  /// Time between two tries to write after the disk was full.
  package static let readonlyProbeMilliseconds = 10000
  /// Payments of one order.
  package static let paymentsPerOrder = 64
  /// Refunds of one order.
  package static let refundsPerOrder = 64
  /// Disputes of one order.
  package static let disputesPerOrder = 16
  /// Attachments of one dispute.
  package static let attachmentsPerDispute = 20
  /// Longest content of one attachment of a dispute.
  package static let attachmentBytes = 131072
  /// Largest statement that is taken in, as it comes.
  package static let statementBytesBytes = 536870912
  /// Files on their way in of one principal.
  package static let uploads = 32
  /// Time a file that was begun and not taken in is kept.
  package static let uploadKeptMilliseconds = 86400000
  /// Discrepancies that one run may open; more mean that the wrong file was compared.
  package static let discrepanciesPerRun = 5000000
  /// Discrepancies that a dry run of a comparison may come to.
  package static let discrepanciesPerTrial = 20000
  /// Time in which somebody should have taken up a new case.
  package static let caseAnswerMilliseconds = 7200000
  /// Time after each step of a case in which the next one should follow, where nobody named
  /// another.
  package static let caseStepMilliseconds = 86400000
  /// A text of a case up to this length is shown with the case; a longer one is read for itself.
  package static let shownNoteBytes = 4096
  /// Notes and pieces of evidence of one case.
  package static let papersPerCase = 100
  /// Things that one case is about.
  package static let linksPerCase = 100
  /// Decisions of people that must stand behind a rule before it can be put in force.
  package static let ruleSupport = 20
  /// Discrepancies that may be left open when a run is signed.
  package static let leftOpenPerRun = 500
  /// Time in which a person should have looked at a discrepancy.
  package static let discrepancyDueMilliseconds = 7200000

  /// Name on the wire and value of each, in the order of the contract.
  package static let all: [(name: StaticString, value: Int64)] = [
    ("line_in_bytes", 262144),
    ("line_out_bytes", 1048576),
    ("line_discard_bytes", 16777216),
    ("line_partial_ms", 10000),
    ("socket_path_bytes", 107),
    ("request_id_bytes", 64),
    ("integer_max", 9007199254740991),
    ("depth", 32),
    ("values", 10000),
    ("string_bytes", 65536),
    ("body_base64_bytes", 196608),
    ("key_min_bytes", 8),
    ("key_max_bytes", 128),
    ("key_kept_ms", 2592000000),
    ("timeout_max_ms", 600000),
    ("trace_bytes", 128),
    ("in_flight", 32),
    ("connections", 4096),
    ("connections_ceiling", 16384),
    ("connections_per_uid", 1024),
    ("connections_reserved", 8),
    ("descriptors_reserved", 64),
    ("backlog", 4096),
    ("turn_lines", 64),
    ("turn_ms", 10),
    ("output_high_bytes", 262144),
    ("output_low_bytes", 65536),
    ("output_stalled_ms", 60000),
    ("buffers_bytes", 67108864),
    ("accept_pause_ms", 100),
    ("malformed_in_row", 8),
    ("problems", 20),
    ("suggestions", 3),
    ("method_shown_bytes", 64),
    ("group_commit", 512),
    ("event_chunk_bytes", 65536),
    ("event_mark_ms", 15000),
    ("event_mark_skipped", 1000),
    ("event_types", 32),
    ("consumers", 1024),
    ("wait_max_ms", 60000),
    ("list_default", 50),
    ("list_max", 200),
    ("batch_calls", 50),
    ("order_no_bytes", 64),
    ("out_trade_no_bytes", 32),
    ("lines", 100),
    ("subject_bytes", 256),
    ("metadata_bytes", 4096),
    ("reason_bytes", 500),
    ("amount_minor", 1000000000000),
    ("search_text", 2),
    ("headers", 64),
    ("order_expiry_default_ms", 900000),
    ("order_expiry_min_ms", 60000),
    ("order_expiry_max_ms", 2592000000),
    ("lease_default_ms", 60000),
    ("lease_min_ms", 1000),
    ("lease_max_ms", 3600000),
    ("gateway_answer_ms", 15000),
    ("create_calls", 3),
    ("query_interval_ms", 2000),
    ("poll_gap_max_ms", 300000),
    ("watched_after_ms", 15000),
    ("rejected_receipts", 100),
    ("drain_ms", 10000),
    ("readonly_probe_ms", 10000),
    ("payments_per_order", 64),
    ("refunds_per_order", 64),
    ("disputes_per_order", 16),
    ("attachments_per_dispute", 20),
    ("attachment_bytes", 131072),
    ("statement_bytes_bytes", 536870912),
    ("uploads", 32),
    ("upload_kept_ms", 86400000),
    ("discrepancies_per_run", 5000000),
    ("discrepancies_per_trial", 20000),
    ("case_answer_ms", 7200000),
    ("case_step_ms", 86400000),
    ("shown_note_bytes", 4096),
    ("papers_per_case", 100),
    ("links_per_case", 100),
    ("rule_support", 20),
    ("left_open_per_run", 500),
    ("discrepancy_due_ms", 7200000),
  ]
}
