// Generated from Protocol/ by `swift run generate`; do not edit.

/// Every error code of the wire. `rawValue` is what stands in `error.data.code`.
package enum ErrorCode: String, CaseIterable, Sendable {
  /// The line is not valid JSON.
  case badJSON = "bad_json"
  /// An object has two members of the same name, compared as bytes after unescaping.
  case duplicateKey = "duplicate_key"
  /// The line is not valid UTF-8.
  case invalidUTF8 = "invalid_utf8"
  /// A \u escape is half of a surrogate pair.
  case loneSurrogate = "lone_surrogate"
  /// A raw control character stands inside a string.
  case controlCharacter = "control_character"
  /// A string holds U+0000, raw or escaped.
  case nulCharacter = "nul_character"
  /// A number has a fraction or an exponent, or is -0.
  case nonIntegerNumber = "non_integer_number"
  /// A number is outside -(2^53-1) to 2^53-1.
  case numberOutOfRange = "number_out_of_range"
  /// Objects and arrays are nested deeper than 32.
  case tooDeep = "too_deep"
  /// The line holds more than 10000 values.
  case tooManyValues = "too_many_values"
  /// A string is longer than any schema allows.
  case stringTooLong = "string_too_long"
  /// Something follows the object on the same line.
  case trailingData = "trailing_data"
  /// The line is JSON but not an object.
  case notObject = "not_object"
  /// The line is longer than 256 KiB. The rest was thrown away.
  case lineTooLong = "line_too_long"
  /// A line was begun and not ended within 10 seconds.
  case lineTimeout = "line_timeout"
  /// The connection was half-closed within a line. The line was not executed.
  case truncatedLine = "truncated_line"
  /// This looks like HTTP.
  case notHTTP = "not_http"
  /// The request has no id. Notifications from a client are not accepted.
  case missingID = "missing_id"
  /// The id is not a string of 1-64 bytes of [A-Za-z0-9._:/#-] nor an integer from 0 to 2^53-1.
  case badID = "bad_id"
  /// A request with this id is still in flight on this connection.
  case duplicateID = "duplicate_id"
  /// The request has no method, or the method is not a string.
  case missingMethod = "missing_method"
  /// The line is a JSON-RPC batch.
  case batchNotSupported = "batch_not_supported"
  /// The member jsonrpc is not "2.0".
  case badJsonrpcVersion = "bad_jsonrpc_version"
  /// Too many malformed lines in a row; the connection ends.
  case tooManyErrors = "too_many_errors"
  /// There is no such method.
  case unknownMethod = "unknown_method"
  /// The request holds a member the method does not know. Nothing was ignored, nothing was done.
  case unknownField = "unknown_field"
  /// A required parameter is missing.
  case missingParam = "missing_param"
  /// A parameter has another JSON type than its schema says.
  case wrongType = "wrong_type"
  /// A number, or the length of a list, is outside its range.
  case outOfRange = "out_of_range"
  /// A text is not of the form its type wants, or is not one of the values allowed.
  case badFormat = "bad_format"
  /// A text is shorter than its type wants.
  case tooShort = "too_short"
  /// A text is longer than its type allows.
  case tooLong = "too_long"
  /// The currency is not an active ISO 4217 code with a minor unit.
  case unknownCurrency = "unknown_currency"
  /// Two amounts that must be of one currency are not.
  case currencyMismatch = "currency_mismatch"
  /// The amount cannot be expressed exactly in the currency's minor unit or at this gateway.
  /// Nothing is rounded.
  case amountNotRepresentable = "amount_not_representable"
  /// The sum of the lines is not the amount of the order.
  case linesMismatch = "lines_mismatch"
  /// The method changes money and needs an idempotency_key.
  case keyRequired = "key_required"
  /// The method takes no idempotency_key.
  case keyNotAllowed = "key_not_allowed"
  /// The idempotency_key is not 8-128 characters of [A-Za-z0-9._:-].
  case badKey = "bad_key"
  /// A call of the batch cannot be part of a transaction, because it waits, streams, asks a gateway
  /// or is a batch itself.
  case notBatchable = "not_batchable"
  /// The method has no dry run.
  case notDryRunnable = "not_dry_runnable"
  /// The configuration file was refused; the running configuration stays.
  case configInvalid = "config_invalid"
  /// The daemon broke one of its own rules on this request. It was rolled back and kept for study.
  case `internal`
  /// The reply would be longer than 1 MiB.
  case responseTooLarge = "response_too_large"
  /// The caller's user has no role here.
  case denied
  /// None of the caller's roles has this method, or the amount is above the caller's limit.
  case roleTooLow = "role_too_low"
  /// The token is unknown, or its operator was removed.
  case tokenInvalid = "token_invalid"
  /// This step needs a person: a connection that presented an operator's token.
  case tokenRequired = "token_required"
  /// The same person cannot ask and confirm.
  case secondPersonRequired = "second_person_required"
  /// The case cannot be closed while discrepancies that it is about are undecided.
  case caseUnsettled = "case_unsettled"
  /// The case would be about more things than a case may.
  case tooManyLinks = "too_many_links"
  /// There is no case of this id.
  case caseNotFound = "case_not_found"
  /// The configuration has no operator and no principal of this name.
  case personNotFound = "person_not_found"
  /// Too few decisions of people bear the rule out, or its back-test has one that ended otherwise.
  case ruleNotSupported = "rule_not_supported"
  /// A rule of this pattern is in force in this mode.
  case ruleActive = "rule_active"
  /// There is no rule of this id.
  case ruleNotFound = "rule_not_found"
  /// The run cannot be signed while discrepancies of it are undecided, or too many are left open.
  case runUndecided = "run_undecided"
  /// The run is not the newest one over its statement, or the statement was issued again.
  case runSuperseded = "run_superseded"
  /// The run is not what the signer has looked at.
  case signOffChanged = "sign_off_changed"
  /// This decision does not fit the discrepancy.
  case adjudicationNotPossible = "adjudication_not_possible"
  /// No order of this name is visible to the caller.
  case orderNotFound = "order_not_found"
  /// The books have no such account in this currency.
  case ledgerAccountNotFound = "ledger_account_not_found"
  /// No payment of this name is visible to the caller.
  case paymentNotFound = "payment_not_found"
  /// No refund of this name is visible to the caller.
  case refundNotFound = "refund_not_found"
  /// No dispute of this name is visible to the caller.
  case disputeNotFound = "dispute_not_found"
  /// The dispute or case has no attachment of this name, or its content was erased.
  case attachmentNotFound = "attachment_not_found"
  /// No receipt of this name is visible to the caller.
  case receiptNotFound = "receipt_not_found"
  /// No statement of this id is visible to the caller.
  case statementNotFound = "statement_not_found"
  /// There is no reconciliation run of this id.
  case runNotFound = "run_not_found"
  /// There is no discrepancy of this id.
  case discrepancyNotFound = "discrepancy_not_found"
  /// No delivery of this name is visible to the caller.
  case deliveryNotFound = "delivery_not_found"
  /// No delivery claim of this name is visible to the caller.
  case claimNotFound = "claim_not_found"
  /// No configured gateway of this name is visible to the caller.
  case gatewayNotFound = "gateway_not_found"
  /// No event consumer of this name is visible to the caller.
  case consumerNotFound = "consumer_not_found"
  /// No open connection of this name is visible to the caller.
  case connectionNotFound = "connection_not_found"
  /// No configured hook of this name is visible to the caller.
  case hookNotFound = "hook_not_found"
  /// The natural key is taken.
  case alreadyExists = "already_exists"
  /// The object changed since it was read.
  case versionMismatch = "version_mismatch"
  /// The idempotency_key was used before with another method or other parameters.
  case keyReused = "key_reused"
  /// The order is expired, cancelled or being cancelled, and takes no new payment.
  case orderNotPayable = "order_not_payable"
  /// The order is paid. No second payment is opened.
  case alreadyPaid = "already_paid"
  /// Another payment of the order is being closed; a new one is made only after proof that it
  /// cannot be paid.
  case paymentOpen = "payment_open"
  /// The refunds reserved and done would exceed what was captured.
  case refundExceedsPaid = "refund_exceeds_paid"
  /// The state of the object does not allow this step.
  case illegalTransition = "illegal_transition"
  /// One call of the batch was refused, so none was done.
  case batchFailed = "batch_failed"
  /// The events after this cursor are no longer kept.
  case cursorExpired = "cursor_expired"
  /// The cursor belongs to another event history.
  case cursorForeign = "cursor_foreign"
  /// The cursor lies after the last event; the daemon was restored from an older copy or the cursor
  /// is wrong.
  case cursorAhead = "cursor_ahead"
  /// A worker holds a live claim on the order, so money cannot be sent back now.
  case deliveryInProgress = "delivery_in_progress"
  /// No money came, or it went back; there is nothing to deliver or to refund.
  case orderNotPaid = "order_not_paid"
  /// Another worker holds the claim.
  case alreadyClaimed = "already_claimed"
  /// The goods were handed out.
  case alreadyDelivered = "already_delivered"
  /// The delivery failed, or its lease ended; a person decides.
  case deliveryFailed = "delivery_failed"
  /// The delivery is held and may not be handed out.
  case deliveryHeld = "delivery_held"
  /// The order has had as many payments as it may.
  case tooManyPayments = "too_many_payments"
  /// The order has had as many refunds as it may.
  case tooManyRefunds = "too_many_refunds"
  /// The dispute or case has as many attachments as it may.
  case tooManyAttachments = "too_many_attachments"
  /// A dispute keeps the money that would be refunded; the buyer would get it twice.
  case paymentDisputed = "payment_disputed"
  /// The bytes that came are not all, or not those announced.
  case statementIncomplete = "statement_incomplete"
  /// A piece does not begin where the ones before it end.
  case statementOutOfPlace = "statement_out_of_place"
  /// The file is not understood; nothing of it was used.
  case statementUnreadable = "statement_unreadable"
  /// The statement was issued again; only the newer one is compared.
  case statementSuperseded = "statement_superseded"
  /// Only a list of payments and refunds is compared with our books.
  case statementNotComparable = "statement_not_comparable"
  /// So much differs that the statement is not that of this gateway.
  case tooManyDiscrepancies = "too_many_discrepancies"
  /// The principal has as many files on their way in as it may.
  case tooManyUploads = "too_many_uploads"
  /// The principal has as many named consumers as it may.
  case tooManyConsumers = "too_many_consumers"
  /// An invariant failed on this order; nothing is changed on it until a person looked.
  case orderFrozen = "order_frozen"
  /// Another connection is reading as this consumer.
  case consumerBusy = "consumer_busy"
  /// The gateway cannot do this: method, currency, amount or step.
  case gatewayNotSupported = "gateway_not_supported"
  /// The connection has 32 requests in flight.
  case tooManyInFlight = "too_many_in_flight"
  /// The daemon, or this user, has too many connections.
  case tooManyConnections = "too_many_connections"
  /// A request with this key is still running and could not be joined in time.
  case keyInProgress = "key_in_progress"
  /// The daemon is starting and recovering.
  case starting
  /// The daemon is stopping and takes no new work.
  case draining
  /// The store was restored; the order's gateway has not answered about everything that was open
  /// there, so no money and no goods move.
  case recovering
  /// The disk is full; nothing is written, reads work.
  case readonlyDiskFull = "readonly_disk_full"
  /// The store failed on this request.
  case dbError = "db_error"
  /// The gateway is paused by an operator or by its circuit breaker.
  case gatewayPaused = "gateway_paused"
  /// The configuration names no backup folder.
  case backupNotConfigured = "backup_not_configured"
  /// The gateway was not reached; nothing was sent.
  case gatewayUnreachable = "gateway_unreachable"
  /// The gateway did not answer in time. It may have done what was asked.
  case gatewayTimeout = "gateway_timeout"
  /// The gateway refused for good, and said why.
  case gatewayRejected = "gateway_rejected"
  /// The gateway did not accept our identity or signature.
  case gatewayAuth = "gateway_auth"
  /// The gateway's answer was torn, unsigned or contradicts what was asked.
  case gatewayBadReply = "gateway_bad_reply"
  /// The gateway asks us to slow down.
  case gatewayRateLimited = "gateway_rate_limited"
  /// timeout_ms passed before the reply. The outcome says what is known.
  case deadlineExceeded = "deadline_exceeded"
  /// session.cancel or the end of the connection stopped the request.
  case cancelled

  /// The class, which gives the JSON-RPC number and the exit status.
  package var errorClass: ErrorClass {
    switch self {
    case .badJSON, .duplicateKey, .invalidUTF8, .loneSurrogate, .controlCharacter, .nulCharacter,
      .nonIntegerNumber, .numberOutOfRange, .tooDeep, .tooManyValues, .stringTooLong, .trailingData,
      .notObject, .lineTooLong, .lineTimeout, .truncatedLine, .notHTTP: .parse
    case .missingID, .badID, .duplicateID, .missingMethod, .batchNotSupported, .badJsonrpcVersion,
      .tooManyErrors: .request
    case .unknownMethod: .method
    case .unknownField, .missingParam, .wrongType, .outOfRange, .badFormat, .tooShort, .tooLong,
      .unknownCurrency, .currencyMismatch, .amountNotRepresentable, .linesMismatch, .keyRequired,
      .keyNotAllowed, .badKey, .notBatchable, .notDryRunnable, .configInvalid: .invalid
    case .internal, .responseTooLarge: .internal
    case .denied, .roleTooLow, .tokenInvalid, .tokenRequired, .secondPersonRequired: .denied
    case .caseUnsettled, .tooManyLinks, .ruleNotSupported, .ruleActive, .runUndecided,
      .runSuperseded, .signOffChanged, .adjudicationNotPossible, .alreadyExists, .versionMismatch,
      .keyReused, .orderNotPayable, .alreadyPaid, .paymentOpen, .refundExceedsPaid,
      .illegalTransition, .batchFailed, .cursorExpired, .cursorForeign, .cursorAhead,
      .deliveryInProgress, .orderNotPaid, .alreadyClaimed, .alreadyDelivered, .deliveryFailed,
      .deliveryHeld, .tooManyPayments, .tooManyRefunds, .tooManyAttachments, .paymentDisputed,
      .statementIncomplete, .statementOutOfPlace, .statementUnreadable, .statementSuperseded,
      .statementNotComparable, .tooManyDiscrepancies, .tooManyUploads, .tooManyConsumers,
      .orderFrozen, .consumerBusy, .gatewayNotSupported: .conflict
    case .caseNotFound, .personNotFound, .ruleNotFound, .orderNotFound, .ledgerAccountNotFound,
      .paymentNotFound, .refundNotFound, .disputeNotFound, .attachmentNotFound, .receiptNotFound,
      .statementNotFound, .runNotFound, .discrepancyNotFound, .deliveryNotFound, .claimNotFound,
      .gatewayNotFound, .consumerNotFound, .connectionNotFound, .hookNotFound: .notFound
    case .tooManyInFlight, .tooManyConnections, .keyInProgress: .busy
    case .starting, .draining, .recovering, .readonlyDiskFull, .dbError, .gatewayPaused,
      .backupNotConfigured: .unavailable
    case .gatewayUnreachable, .gatewayTimeout, .gatewayRejected, .gatewayAuth, .gatewayBadReply,
      .gatewayRateLimited: .upstream
    case .deadlineExceeded, .cancelled: .deadline
    }
  }

  /// What the caller may do with the same request.
  package var retry: RetryAdvice {
    switch self {
    case .badJSON, .duplicateKey, .invalidUTF8, .loneSurrogate, .controlCharacter, .nulCharacter,
      .nonIntegerNumber, .numberOutOfRange, .tooDeep, .tooManyValues, .stringTooLong, .trailingData,
      .notObject, .lineTooLong, .notHTTP, .missingID, .badID, .duplicateID, .missingMethod,
      .batchNotSupported, .badJsonrpcVersion, .unknownMethod, .unknownField, .missingParam,
      .wrongType, .outOfRange, .badFormat, .tooShort, .tooLong, .unknownCurrency, .currencyMismatch,
      .amountNotRepresentable, .linesMismatch, .keyRequired, .keyNotAllowed, .badKey, .notBatchable,
      .notDryRunnable, .configInvalid, .responseTooLarge, .denied, .roleTooLow, .tokenInvalid,
      .tokenRequired, .secondPersonRequired, .tooManyLinks, .caseNotFound, .personNotFound,
      .ruleActive, .ruleNotFound, .runSuperseded, .adjudicationNotPossible, .orderNotFound,
      .ledgerAccountNotFound, .paymentNotFound, .refundNotFound, .disputeNotFound,
      .attachmentNotFound, .receiptNotFound, .statementNotFound, .runNotFound, .discrepancyNotFound,
      .deliveryNotFound, .claimNotFound, .gatewayNotFound, .consumerNotFound, .connectionNotFound,
      .hookNotFound, .keyReused, .batchFailed, .alreadyClaimed, .alreadyDelivered, .tooManyPayments,
      .tooManyRefunds, .tooManyAttachments, .statementIncomplete, .statementOutOfPlace,
      .statementUnreadable, .statementSuperseded, .statementNotComparable, .tooManyDiscrepancies,
      .tooManyConsumers, .gatewayNotSupported, .backupNotConfigured, .gatewayRejected,
      .gatewayAuth: .never
    case .lineTimeout, .truncatedLine, .keyInProgress, .gatewayUnreachable: .same
    case .tooManyErrors, .ruleNotSupported, .paymentOpen, .deliveryInProgress, .deliveryHeld,
      .paymentDisputed, .tooManyUploads, .consumerBusy, .tooManyInFlight, .tooManyConnections,
      .starting, .draining, .recovering, .readonlyDiskFull, .gatewayPaused,
      .gatewayRateLimited: .later
    case .internal, .dbError, .gatewayTimeout, .gatewayBadReply, .deadlineExceeded,
      .cancelled: .lookup
    case .caseUnsettled, .runUndecided, .signOffChanged, .alreadyExists, .versionMismatch,
      .orderNotPayable, .alreadyPaid, .refundExceedsPaid, .illegalTransition, .cursorExpired,
      .cursorForeign, .cursorAhead, .orderNotPaid, .deliveryFailed, .orderFrozen: .refresh
    }
  }

  /// Whether the connection ends after this error.
  package var closesConnection: Bool {
    switch self {
    case .lineTimeout, .truncatedLine, .notHTTP, .duplicateID, .tooManyErrors,
      .tooManyConnections: true
    default: false
    }
  }

  /// What the caller should do, in one or two sentences.
  package var hint: String {
    switch self {
    case .badJSON:
      "Send one compact JSON object a line, in UTF-8 without BOM."
    case .duplicateKey:
      "Send each member once."
    case .invalidUTF8:
      "Encode the line as UTF-8."
    case .loneSurrogate:
      "Write the character itself, or both halves."
    case .controlCharacter:
      "Escape it as \\u00XX."
    case .nulCharacter:
      "Remove the character; no text here may hold it."
    case .nonIntegerNumber:
      "Send integers: money in minor units, time in milliseconds, rates as strings."
    case .numberOutOfRange:
      "Send a number every JSON library can hold exactly."
    case .tooDeep:
      "Flatten the request."
    case .tooManyValues:
      "Send several requests."
    case .stringTooLong:
      "Shorten it."
    case .trailingData:
      "Send one object a line."
    case .notObject:
      "Send an object; for several calls at once use pipelining or batch.run."
    case .lineTooLong:
      "Send less in one request."
    case .lineTimeout:
      "Write the whole line at once, with a line feed at its end."
    case .truncatedLine:
      "End every line with a line feed, the last one too."
    case .notHTTP:
      "This socket speaks JSON lines; see protocol.describe."
    case .missingID:
      "Give every request an id: money is never moved unacknowledged."
    case .badID:
      "Use a counter."
    case .duplicateID:
      "Use each id once, or wait for its reply."
    case .missingMethod:
      "Name the method, for example protocol.ping."
    case .batchNotSupported:
      "Send the requests one a line, or use batch.run for all or nothing."
    case .badJsonrpcVersion:
      "Leave jsonrpc out or send \"2.0\"."
    case .tooManyErrors:
      "Check that the client writes one JSON object a line."
    case .unknownMethod:
      "See protocol.describe for the list."
    case .unknownField:
      "Remove or rename the member."
    case .missingParam:
      "Send the parameter named by path."
    case .wrongType:
      "See protocol.describe for the type."
    case .outOfRange:
      "Keep within min and max."
    case .badFormat:
      "See the type's alphabet, length and prefix."
    case .tooShort:
      "Send a longer text."
    case .tooLong:
      "Shorten the text."
    case .unknownCurrency:
      "Use three capital letters, for example CNY."
    case .currencyMismatch:
      "Use the currency of the order or payment."
    case .amountNotRepresentable:
      "Send an integer number of minor units the gateway accepts."
    case .linesMismatch:
      "Make quantity times unit_price of all lines add up to amount."
    case .keyRequired:
      "Send a key of 8-128 characters that you keep with your own record."
    case .keyNotAllowed:
      "Leave the key out: the call is safe to repeat."
    case .badKey:
      "Use a UUID or your own order number with a prefix."
    case .notBatchable:
      "Send the call on its own."
    case .notDryRunnable:
      "Leave dry_run out."
    case .configInvalid:
      "Run tilld --check-config."
    case .internal:
      "Ask key.lookup what became of the key; report the ref."
    case .responseTooLarge:
      "Ask for fewer rows with limit."
    case .denied:
      "Ask the administrator to add the user to peers in the configuration."
    case .roleTooLow:
      "Ask for one of the roles named in details, or present an operator's token."
    case .tokenInvalid:
      "Ask for a new token."
    case .tokenRequired:
      "Call session.hello with an operator's token first; till: --token-file FILE."
    case .secondPersonRequired:
      "Let another operator confirm."
    case .caseUnsettled:
      "Decide them first; discrepancy.get shows which decisions fit."
    case .tooManyLinks:
      "Open another case for the rest."
    case .caseNotFound:
      "Check the id with case.list."
    case .personNotFound:
      "Name one of operators[].name, or a principal of peers; without peers that is local."
    case .ruleNotSupported:
      "rule.proposals shows what history says of each pattern."
    case .ruleActive:
      "See it with rule.list."
    case .ruleNotFound:
      "Check the id with rule.list."
    case .runUndecided:
      "Decide them, or give each a day with wait_until; discrepancy.list shows them."
    case .runSuperseded:
      "Sign the newest run; recon.list shows it."
    case .signOffChanged:
      "Look at the run again with recon.get, then sign."
    case .adjudicationNotPossible:
      "See the discrepancy's kind and amounts; discrepancy.get shows which decisions fit."
    case .orderNotFound:
      "Check the number with order.find."
    case .ledgerAccountNotFound:
      "ledger.balances names all accounts."
    case .paymentNotFound:
      "Check the id with payment.list."
    case .refundNotFound:
      "Check the id with refund.list."
    case .disputeNotFound:
      "Check the id with dispute.list."
    case .attachmentNotFound:
      "See the attachments with dispute.get or case.get."
    case .receiptNotFound:
      "Check the id with notification.list."
    case .statementNotFound:
      "Check the id with statement.list."
    case .runNotFound:
      "Check the id with recon.list."
    case .discrepancyNotFound:
      "Check the id with discrepancy.list."
    case .deliveryNotFound:
      "The order has no such line, or is not paid yet."
    case .claimNotFound:
      "Use the claim that delivery.claim returned."
    case .gatewayNotFound:
      "See gateway.list."
    case .consumerNotFound:
      "Read once with consumer and after to create it."
    case .connectionNotFound:
      "See server.connections."
    case .hookNotFound:
      "See hook.list."
    case .alreadyExists:
      "Read the existing one; it is in details."
    case .versionMismatch:
      "Read it again and decide again."
    case .keyReused:
      "Use a new key for a new intent."
    case .orderNotPayable:
      "Create a new order."
    case .alreadyPaid:
      "Read the order and deliver."
    case .paymentOpen:
      "Repeat the call after retry_after_ms."
    case .refundExceedsPaid:
      "Refund at most what is left."
    case .illegalTransition:
      "Read the object; its state says which steps remain."
    case .batchFailed:
      "Correct the call named by index and send the batch again with a new key."
    case .cursorExpired:
      "Read the present state, then go on from its cursor."
    case .cursorForeign:
      "Read the present state, then go on from its cursor."
    case .cursorAhead:
      "Read the present state, then go on from its cursor."
    case .deliveryInProgress:
      "Wait for the worker, or hold the delivery."
    case .orderNotPaid:
      "Wait for order.paid."
    case .alreadyClaimed:
      "Do nothing; the other worker finishes it."
    case .alreadyDelivered:
      "Do nothing."
    case .deliveryFailed:
      "Find out whether something was handed out, then use delivery.retry."
    case .deliveryHeld:
      "A person lets it go with delivery.unhold."
    case .tooManyPayments:
      "Create a new order."
    case .tooManyRefunds:
      "Refund the rest outside and keep a note."
    case .tooManyAttachments:
      "Put several things into one document."
    case .paymentDisputed:
      "Answer or accept the dispute at the gateway, or wait for its outcome."
    case .statementIncomplete:
      "Go on at received, or send the file again."
    case .statementOutOfPlace:
      "Go on at received."
    case .statementUnreadable:
      "The message names the line; give layout where it is not guessed."
    case .statementSuperseded:
      "Run the newer one."
    case .statementNotComparable:
      "Name a trade bill; a bank's statement is given beside it."
    case .tooManyDiscrepancies:
      "Check the file and its gateway."
    case .tooManyUploads:
      "Take those in, or wait until they are forgotten."
    case .tooManyConsumers:
      "Use names again instead of making a new one for every run."
    case .orderFrozen:
      "See order.why and the attention event."
    case .consumerBusy:
      "Give each reader its own consumer."
    case .gatewayNotSupported:
      "See gateway.list for what it can do."
    case .tooManyInFlight:
      "Wait for a reply."
    case .tooManyConnections:
      "Close idle connections; use one and pipeline."
    case .keyInProgress:
      "Send the same request with the same key again."
    case .starting:
      "Repeat after retry_after_ms."
    case .draining:
      "Reconnect and repeat."
    case .recovering:
      "Repeat after retry_after_ms; reads work. till poll due lists what is still to be asked."
    case .readonlyDiskFull:
      "Free space; the daemon tries again every 10 seconds."
    case .dbError:
      "Ask key.lookup what became of the key."
    case .gatewayPaused:
      "Offer another gateway, or repeat after retry_after_ms."
    case .backupNotConfigured:
      "Set backup_dir."
    case .gatewayUnreachable:
      "Repeat with the same key."
    case .gatewayTimeout:
      "Do not send a new intent; the scheduler asks, key.lookup tells."
    case .gatewayRejected:
      "Read gateway_code; correct the request or offer another way."
    case .gatewayAuth:
      "Run gateway.check; see keys and merchant numbers."
    case .gatewayBadReply:
      "The scheduler asks again; key.lookup tells."
    case .gatewayRateLimited:
      "Repeat after retry_after_ms."
    case .deadlineExceeded:
      "Ask key.lookup, or repeat with the same key."
    case .cancelled:
      "Ask key.lookup, or repeat with the same key."
    }
  }
}

/// A class of error codes.
package enum ErrorClass: String, CaseIterable, Sendable {
  /// The line is not the JSON this protocol speaks. Nothing was read, nothing happened.
  case parse
  /// The line is JSON but not a request. Nothing happened.
  case request
  /// There is no method of this name.
  case method
  /// A parameter is missing, unknown or outside its schema. Nothing happened.
  case invalid
  /// The daemon broke one of its own rules. The outcome says what is known.
  case `internal`
  /// The caller may not do this.
  case denied
  /// Nothing visible to the caller has this name or number.
  case notFound = "not_found"
  /// The request is well formed and a rule or the present state forbids it.
  case conflict
  /// A limit of concurrency is reached. The same request later may pass.
  case busy
  /// The daemon or a part of it is not able to do this now.
  case unavailable
  /// The gateway did not do what was asked, or nobody knows whether it did.
  case upstream
  /// Time ran out, or the caller gave up.
  case deadline

  /// The JSON-RPC number in `error.code`.
  package var number: Int64 {
    switch self {
    case .parse: -32700
    case .request: -32600
    case .method: -32601
    case .invalid: -32602
    case .internal: -32603
    case .denied: -32001
    case .notFound: -32002
    case .conflict: -32003
    case .busy: -32004
    case .unavailable: -32005
    case .upstream: -32006
    case .deadline: -32007
    }
  }

  /// The exit status of the command line; 12 stands above it for an unknown outcome.
  package var exitCode: Int32 {
    switch self {
    case .parse: 11
    case .request: 11
    case .method: 6
    case .invalid: 6
    case .internal: 1
    case .denied: 4
    case .notFound: 3
    case .conflict: 5
    case .busy: 10
    case .unavailable: 10
    case .upstream: 9
    case .deadline: 8
    }
  }
}

/// What the caller may do with the same request.
package enum RetryAdvice: String, CaseIterable, Sendable {
  /// The same request will be refused again.
  case never
  /// Send the same request again, with the same key.
  case same
  /// Send it again after retry_after_ms, or after a pause.
  case later
  /// Read the object again and decide again.
  case refresh
  /// Ask key.lookup what became of it before anything else.
  case lookup
}

/// What is known of the effect of a failed request.
package enum Outcome: String, CaseIterable, Sendable {
  /// Nothing happened.
  case none
  /// It may have happened; the money may have moved.
  case unknown
  /// It happened, and only the reply failed.
  case applied
}
