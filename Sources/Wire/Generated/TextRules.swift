// Generated from Protocol/ by `swift run generate`; do not edit.

extension TextRule {
  /// Order. 26 characters of Crockford base32 follow the prefix; sorts by time.
  package static let orderID = TextRule(
    "order_id",
    doc: "Order. 26 characters of Crockford base32 follow the prefix; sorts by time.",
    bytes: 30...30,
    alphabet: Alphabet(low: 0x3FF000000000000, high: 0x7DF6DFE),
    prefix: "ord_")

  /// Payment. 26 characters of Crockford base32 follow the prefix; sorts by time.
  package static let paymentID = TextRule(
    "payment_id",
    doc: "Payment. 26 characters of Crockford base32 follow the prefix; sorts by time.",
    bytes: 30...30,
    alphabet: Alphabet(low: 0x3FF000000000000, high: 0x7DF6DFE),
    prefix: "pay_")

  /// Refund. 26 characters of Crockford base32 follow the prefix; sorts by time.
  package static let refundID = TextRule(
    "refund_id",
    doc: "Refund. 26 characters of Crockford base32 follow the prefix; sorts by time.",
    bytes: 30...30,
    alphabet: Alphabet(low: 0x3FF000000000000, high: 0x7DF6DFE),
    prefix: "rfd_")

  /// Dispute. 26 characters of Crockford base32 follow the prefix; sorts by time.
  package static let disputeID = TextRule(
    "dispute_id",
    doc: "Dispute. 26 characters of Crockford base32 follow the prefix; sorts by time.",
    bytes: 30...30,
    alphabet: Alphabet(low: 0x3FF000000000000, high: 0x7DF6DFE),
    prefix: "dsp_")

  /// Attachment of a dispute. 26 characters of Crockford base32 follow the prefix; sorts by time.
  package static let attachmentID = TextRule(
    "attachment_id",
    doc: "Attachment of a dispute. 26 characters of Crockford base32 follow the prefix; sorts by time.",
    bytes: 30...30,
    alphabet: Alphabet(low: 0x3FF000000000000, high: 0x7DF6DFE),
    prefix: "att_")

  /// As text/plain or image/png.
  package static let mediaType = TextRule(
    "media_type",
    doc: "As text/plain or image/png.",
    bytes: 3...100,
    alphabet: Alphabet(low: 0x3FFE80000000000, high: 0x7FFFFFE00000000))

  /// Notification. 26 characters of Crockford base32 follow the prefix; sorts by time.
  package static let receiptID = TextRule(
    "receipt_id",
    doc: "Notification. 26 characters of Crockford base32 follow the prefix; sorts by time.",
    bytes: 30...30,
    alphabet: Alphabet(low: 0x3FF000000000000, high: 0x7DF6DFE),
    prefix: "ntf_")

  /// Delivery. 26 characters of Crockford base32 follow the prefix; sorts by time.
  package static let deliveryID = TextRule(
    "delivery_id",
    doc: "Delivery. 26 characters of Crockford base32 follow the prefix; sorts by time.",
    bytes: 30...30,
    alphabet: Alphabet(low: 0x3FF000000000000, high: 0x7DF6DFE),
    prefix: "dlv_")

  /// Event. 26 characters of Crockford base32 follow the prefix; sorts by time.
  package static let eventID = TextRule(
    "event_id",
    doc: "Event. 26 characters of Crockford base32 follow the prefix; sorts by time.",
    bytes: 30...30,
    alphabet: Alphabet(low: 0x3FF000000000000, high: 0x7DF6DFE),
    prefix: "evt_")

  /// Delivery claim; whoever knows it may finish the delivery. 26 characters of Crockford base32
  /// follow the prefix; sorts by time.
  package static let claim = TextRule(
    "claim",
    doc: "Delivery claim; whoever knows it may finish the delivery. 26 characters of Crockford base32 follow the prefix; sorts by time.",
    bytes: 30...30,
    alphabet: Alphabet(low: 0x3FF000000000000, high: 0x7DF6DFE),
    prefix: "clm_")

  /// Outgoing message of a hook. 26 characters of Crockford base32 follow the prefix; sorts by
  /// time.
  package static let hookMessageID = TextRule(
    "hook_message_id",
    doc: "Outgoing message of a hook. 26 characters of Crockford base32 follow the prefix; sorts by time.",
    bytes: 30...30,
    alphabet: Alphabet(low: 0x3FF000000000000, high: 0x7DF6DFE),
    prefix: "hkd_")

  /// Bill or bank statement. 26 characters of Crockford base32 follow the prefix; sorts by time.
  package static let statementID = TextRule(
    "statement_id",
    doc: "Bill or bank statement. 26 characters of Crockford base32 follow the prefix; sorts by time.",
    bytes: 30...30,
    alphabet: Alphabet(low: 0x3FF000000000000, high: 0x7DF6DFE),
    prefix: "stm_")

  /// Reconciliation run. 26 characters of Crockford base32 follow the prefix; sorts by time.
  package static let runID = TextRule(
    "run_id",
    doc: "Reconciliation run. 26 characters of Crockford base32 follow the prefix; sorts by time.",
    bytes: 30...30,
    alphabet: Alphabet(low: 0x3FF000000000000, high: 0x7DF6DFE),
    prefix: "rec_")

  /// Discrepancy. 26 characters of Crockford base32 follow the prefix; sorts by time.
  package static let discrepancyID = TextRule(
    "discrepancy_id",
    doc: "Discrepancy. 26 characters of Crockford base32 follow the prefix; sorts by time.",
    bytes: 30...30,
    alphabet: Alphabet(low: 0x3FF000000000000, high: 0x7DF6DFE),
    prefix: "dsc_")

  /// A configured gateway, or the name under which a bank account's statements are kept.
  package static let accountName = TextRule(
    "account_name",
    doc: "A configured gateway, or the name under which a bank account's statements are kept.",
    bytes: 1...32,
    alphabet: Alphabet(low: 0x3FF200000000000, high: 0x7FFFFFE80000000))

  /// The form of a file, for example alipay_trade, mt940.
  package static let layoutName = TextRule(
    "layout_name",
    doc: "The form of a file, for example alipay_trade, mt940.",
    bytes: 1...32,
    alphabet: Alphabet(low: 0x3FF000000000000, high: 0x7FFFFFE80000000))

  /// What a file is called; kept for people, never opened.
  package static let fileName = TextRule(
    "file_name",
    doc: "What a file is called; kept for people, never opened.",
    bytes: 1...255)

  /// A piece of a file in base64 with padding.
  package static let filePiece = TextRule(
    "file_piece",
    doc: "A piece of a file in base64 with padding.",
    bytes: 4...65536,
    alphabet: Alphabet(low: 0x23FF880000000000, high: 0x7FFFFFE07FFFFFE),
    format: .base64)

  /// The shop's own number of an order: letters, digits, _ and -; unique, and never begins with
  /// ord_.
  package static let orderNo = TextRule(
    "order_no",
    doc: "The shop's own number of an order: letters, digits, _ and -; unique, and never begins with ord_.",
    bytes: 1...64,
    alphabet: Alphabet(low: 0x3FF200000000000, high: 0x7FFFFFE87FFFFFE),
    forbiddenPrefix: "ord_")

  /// An order: its id or its order_no.
  package static let orderRef = TextRule(
    "order_ref",
    doc: "An order: its id or its order_no.",
    bytes: 1...64,
    alphabet: Alphabet(low: 0x3FF200000000000, high: 0x7FFFFFE87FFFFFE))

  /// The number of a payment at its gateway.
  package static let outTradeNo = TextRule(
    "out_trade_no",
    doc: "The number of a payment at its gateway.",
    bytes: 1...32,
    alphabet: Alphabet(low: 0x3FF000000000000, high: 0x7FFFFFE07FFFFFE))

  /// The number of a refund at its gateway; kept on every retry.
  package static let refundNo = TextRule(
    "refund_no",
    doc: "The number of a refund at its gateway; kept on every retry.",
    bytes: 1...64,
    alphabet: Alphabet(low: 0x3FF200000000000, high: 0x7FFFFFE87FFFFFE))

  /// A configured gateway.
  package static let gatewayName = TextRule(
    "gateway_name",
    doc: "A configured gateway.",
    bytes: 1...32,
    alphabet: Alphabet(low: 0x3FF200000000000, high: 0x7FFFFFE80000000))

  /// The adapter a gateway uses, for example alipay.
  package static let gatewayKind = TextRule(
    "gateway_kind",
    doc: "The adapter a gateway uses, for example alipay.",
    bytes: 1...32,
    alphabet: Alphabet(low: 0x3FF000000000000, high: 0x7FFFFFE80000000))

  /// A way to pay at a gateway, for example precreate, page, wap, qr.
  package static let paymentMethod = TextRule(
    "payment_method",
    doc: "A way to pay at a gateway, for example precreate, page, wap, qr.",
    bytes: 1...32,
    alphabet: Alphabet(low: 0x3FF000000000000, high: 0x7FFFFFE80000000))

  /// An idempotency key; one key stands for one intent of one principal.
  package static let key = TextRule(
    "key",
    doc: "An idempotency key; one key stands for one intent of one principal.",
    bytes: 8...128,
    alphabet: Alphabet(low: 0x7FF600000000000, high: 0x7FFFFFE87FFFFFE))

  /// A position in the event log. Opaque; compare for equality only.
  package static let cursor = TextRule(
    "cursor",
    doc: "A position in the event log. Opaque; compare for equality only.",
    bytes: 3...64,
    alphabet: Alphabet(low: 0x7FF000000000000, high: 0x7FFFFFE07FFFFFE))

  /// A cursor, or the word oldest or now.
  package static let position = TextRule(
    "position",
    doc: "A cursor, or the word oldest or now.",
    bytes: 3...64,
    alphabet: Alphabet(low: 0x7FF000000000000, high: 0x7FFFFFE07FFFFFE))

  /// Where the next rows of a list begin. Opaque.
  package static let page = TextRule(
    "page",
    doc: "Where the next rows of a list begin. Opaque.",
    bytes: 1...512,
    alphabet: Alphabet(low: 0x23FF600000000000, high: 0x7FFFFFE87FFFFFE))

  /// An active ISO 4217 code with a minor unit.
  package static let currency = TextRule(
    "currency",
    doc: "An active ISO 4217 code with a minor unit.",
    bytes: 3...3,
    alphabet: Alphabet(low: 0x0, high: 0x7FFFFFE),
    format: .currency)

  /// A text of people or programs.
  package static let text = TextRule(
    "text",
    doc: "A text of people or programs.",
    bytes: 0...65536)

  /// A name, label or word.
  package static let shortText = TextRule(
    "short_text",
    doc: "A name, label or word.",
    bytes: 1...256)

  /// Case. 26 characters of Crockford base32 follow the prefix; sorts by time.
  package static let caseID = TextRule(
    "case_id",
    doc: "Case. 26 characters of Crockford base32 follow the prefix; sorts by time.",
    bytes: 30...30,
    alphabet: Alphabet(low: 0x3FF000000000000, high: 0x7DF6DFE),
    prefix: "cas_")

  /// Rule. 26 characters of Crockford base32 follow the prefix; sorts by time.
  package static let ruleID = TextRule(
    "rule_id",
    doc: "Rule. 26 characters of Crockford base32 follow the prefix; sorts by time.",
    bytes: 30...30,
    alphabet: Alphabet(low: 0x3FF000000000000, high: 0x7DF6DFE),
    prefix: "rul_")

  /// What a rule decides and how: gateway, kind, currency, more or less, verb, with colons between
  /// them.
  package static let rulePattern = TextRule(
    "rule_pattern",
    doc: "What a rule decides and how: gateway, kind, currency, more or less, verb, with colons between them.",
    bytes: 1...128,
    alphabet: Alphabet(low: 0x7FF200000000000, high: 0x7FFFFFE87FFFFFE))

  /// Id of an order, payment, refund, dispute, discrepancy or run.
  package static let caseLink = TextRule(
    "case_link",
    doc: "Id of an order, payment, refund, dispute, discrepancy or run.",
    bytes: 30...30,
    alphabet: Alphabet(low: 0x3FF000000000000, high: 0x7FFFFFE87DF6DFE))

  /// What people write to each other about a case. Sealed, and erased with the buyer's data.
  package static let remark = TextRule(
    "remark",
    doc: "What people write to each other about a case. Sealed, and erased with the buyer's data.",
    bytes: 1...4000)

  /// A reason or remark in people's words.
  package static let note = TextRule(
    "note",
    doc: "A reason or remark in people's words.",
    bytes: 1...500)

  /// What the buyer pays for, as shown at the gateway.
  package static let subject = TextRule(
    "subject",
    doc: "What the buyer pays for, as shown at the gateway.",
    bytes: 1...256)

  /// The shop's number of an article.
  package static let sku = TextRule(
    "sku",
    doc: "The shop's number of an article.",
    bytes: 1...64,
    alphabet: Alphabet(low: 0xFFFFFFFF00000000, high: 0x7FFFFFFFFFFFFFFF))

  /// Where an order came from, for example web or script.
  package static let source = TextRule(
    "source",
    doc: "Where an order came from, for example web or script.",
    bytes: 1...64,
    alphabet: Alphabet(low: 0x7FF600000000000, high: 0x7FFFFFE87FFFFFE))

  /// An e-mail address; checked for one @ and no space, not for more.
  package static let email = TextRule(
    "email",
    doc: "An e-mail address; checked for one @ and no space, not for more.",
    bytes: 3...254,
    format: .email)

  /// A telephone number.
  package static let phone = TextRule(
    "phone",
    doc: "A telephone number.",
    bytes: 3...32,
    alphabet: Alphabet(low: 0x3FFEB0100000000, high: 0x0))

  /// The shop's number of the buyer.
  package static let userID = TextRule(
    "user_id",
    doc: "The shop's number of the buyer.",
    bytes: 1...128)

  /// An IPv4 or IPv6 address.
  package static let ip = TextRule(
    "ip",
    doc: "An IPv4 or IPv6 address.",
    bytes: 2...45,
    alphabet: Alphabet(low: 0x7FF400000000000, high: 0x7E0000007E))

  /// The buyer as one gateway names him.
  package static let payer = TextRule(
    "payer",
    doc: "The buyer as one gateway names him.",
    bytes: 1...128,
    alphabet: Alphabet(low: 0x3FF200000000000, high: 0x7FFFFFE87FFFFFE))

  /// ISO 3166 country, two capital letters.
  package static let country = TextRule(
    "country",
    doc: "ISO 3166 country, two capital letters.",
    bytes: 2...2,
    alphabet: Alphabet(low: 0x0, high: 0x7FFFFFE))

  /// What the browser calls itself.
  package static let userAgent = TextRule(
    "user_agent",
    doc: "What the browser calls itself.",
    bytes: 1...512)

  /// The shop's fingerprint of a device.
  package static let device = TextRule(
    "device",
    doc: "The shop's fingerprint of a device.",
    bytes: 1...128)

  /// An absolute http or https address.
  package static let url = TextRule(
    "url",
    doc: "An absolute http or https address.",
    bytes: 8...2048,
    alphabet: Alphabet(low: 0xFFFFFFFE00000000, high: 0x7FFFFFFFFFFFFFFF),
    format: .url)

  /// Text to look for; at least two characters.
  package static let searchText = TextRule(
    "search_text",
    doc: "Text to look for; at least two characters.",
    bytes: 2...128,
    charactersMin: 2)

  /// Any number a person may hold: order, payment, gateway or refund number.
  package static let number = TextRule(
    "number",
    doc: "Any number a person may hold: order, payment, gateway or refund number.",
    bytes: 1...128,
    alphabet: Alphabet(low: 0xFFFFFFFE00000000, high: 0x7FFFFFFFFFFFFFFF))

  /// A named reader of events, of one principal.
  package static let consumer = TextRule(
    "consumer",
    doc: "A named reader of events, of one principal.",
    bytes: 1...64,
    alphabet: Alphabet(low: 0x7FF600000000000, high: 0x7FFFFFE87FFFFFE))

  /// An event type, or a family followed by .*
  package static let eventFilter = TextRule(
    "event_filter",
    doc: "An event type, or a family followed by .*",
    bytes: 3...64,
    alphabet: Alphabet(low: 0x440000000000, high: 0x7FFFFFE80000000),
    format: .eventFilter)

  /// A method.
  package static let methodName = TextRule(
    "method_name",
    doc: "A method.",
    bytes: 1...64,
    alphabet: Alphabet(low: 0x400000000000, high: 0x7FFFFFE80000000))

  /// The caller's own mark, copied to log and events.
  package static let trace = TextRule(
    "trace",
    doc: "The caller's own mark, copied to log and events.",
    bytes: 1...128,
    alphabet: Alphabet(low: 0xFFFFFFFF00000000, high: 0x7FFFFFFFFFFFFFFF))

  /// An operator's token. Never logged, never returned.
  package static let token = TextRule(
    "token",
    doc: "An operator's token. Never logged, never returned.",
    bytes: 16...256,
    alphabet: Alphabet(low: 0xFFFFFFFE00000000, high: 0x7FFFFFFFFFFFFFFF))

  /// What the client calls itself.
  package static let clientName = TextRule(
    "client_name",
    doc: "What the client calls itself.",
    bytes: 1...64,
    alphabet: Alphabet(low: 0xFFFFFFFF00000000, high: 0x7FFFFFFFFFFFFFFF))

  /// A feature of the protocol.
  package static let feature = TextRule(
    "feature",
    doc: "A feature of the protocol.",
    bytes: 1...64,
    alphabet: Alphabet(low: 0x3FF600000000000, high: 0x7FFFFFE80000000))

  /// A file name in the configured folder.
  package static let backupName = TextRule(
    "backup_name",
    doc: "A file name in the configured folder.",
    bytes: 1...64,
    alphabet: Alphabet(low: 0x3FF600000000000, high: 0x7FFFFFE87FFFFFE),
    forbiddenPrefix: ".")

  /// An HTTP method.
  package static let httpMethod = TextRule(
    "http_method",
    doc: "An HTTP method.",
    bytes: 1...16,
    alphabet: Alphabet(low: 0x0, high: 0x7FFFFFE))

  /// The part of an address after the question mark, as received.
  package static let queryString = TextRule(
    "query_string",
    doc: "The part of an address after the question mark, as received.",
    bytes: 0...16384)

  /// Bytes in base64 with padding.
  package static let base64 = TextRule(
    "base64",
    doc: "Bytes in base64 with padding.",
    bytes: 0...196608,
    alphabet: Alphabet(low: 0x23FF880000000000, high: 0x7FFFFFE07FFFFFE),
    format: .base64)

  /// A SHA-256 in lower-case hexadecimal.
  package static let sha256 = TextRule(
    "sha256",
    doc: "A SHA-256 in lower-case hexadecimal.",
    bytes: 64...64,
    alphabet: Alphabet(low: 0x3FF000000000000, high: 0x7E00000000))

  /// A decimal number as a string; rates and shares.
  package static let decimal = TextRule(
    "decimal",
    doc: "A decimal number as a string; rates and shares.",
    bytes: 1...40,
    alphabet: Alphabet(low: 0x3FF600000000000, high: 0x0))

  /// A configured hook.
  package static let hookName = TextRule(
    "hook_name",
    doc: "A configured hook.",
    bytes: 1...32,
    alphabet: Alphabet(low: 0x3FF200000000000, high: 0x7FFFFFE80000000))

  /// A day of the calendar, as 2026-11-20.
  package static let day = TextRule(
    "day",
    doc: "A day of the calendar, as 2026-11-20.",
    bytes: 10...10,
    alphabet: Alphabet(low: 0x3FF200000000000, high: 0x0))
}
