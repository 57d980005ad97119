// Generated from Protocol/ by `swift run generate`; do not edit.

/// The files of the contract, dialogues and prose left out.
package enum ContractFiles {
  /// Path below `Protocol/` and content of each, sorted by path as bytes. The schema digest is
  /// SHA-256 over path, a zero byte and content of all of them in this order.
  package static let all: [(path: StaticString, content: StaticString)] = [
    ("currencies.json", content0),
    ("errors.json", content1),
    ("events/attention.cleared.json", content2),
    ("events/attention.raised.json", content3),
    ("events/case.assigned.json", content4),
    ("events/case.closed.json", content5),
    ("events/case.escalated.json", content6),
    ("events/case.linked.json", content7),
    ("events/case.noted.json", content8),
    ("events/case.opened.json", content9),
    ("events/case.proposed.json", content10),
    ("events/case.reopened.json", content11),
    ("events/case.resolved.json", content12),
    ("events/delivery.delivered.json", content13),
    ("events/delivery.failed.json", content14),
    ("events/delivery.held.json", content15),
    ("events/delivery.pending.json", content16),
    ("events/delivery.reserved.json", content17),
    ("events/delivery.revoked.json", content18),
    ("events/discrepancy.adjudicated.json", content19),
    ("events/discrepancy.escalated.json", content20),
    ("events/discrepancy.opened.json", content21),
    ("events/discrepancy.proposed.json", content22),
    ("events/discrepancy.rejected.json", content23),
    ("events/discrepancy.reopened.json", content24),
    ("events/discrepancy.resolved.json", content25),
    ("events/dispute.accepted.json", content26),
    ("events/dispute.attached.json", content27),
    ("events/dispute.due.json", content28),
    ("events/dispute.lost.json", content29),
    ("events/dispute.needs_response.json", content30),
    ("events/dispute.opened.json", content31),
    ("events/dispute.prevented.json", content32),
    ("events/dispute.under_review.json", content33),
    ("events/dispute.updated.json", content34),
    ("events/dispute.warning.json", content35),
    ("events/dispute.warning_closed.json", content36),
    ("events/dispute.withdrawn.json", content37),
    ("events/dispute.won.json", content38),
    ("events/gateway.degraded.json", content39),
    ("events/gateway.missing.json", content40),
    ("events/gateway.recovered.json", content41),
    ("events/notification.parked.json", content42),
    ("events/notification.received.json", content43),
    ("events/notification.rejected.json", content44),
    ("events/order.accept_proposed.json", content45),
    ("events/order.accepted.json", content46),
    ("events/order.cancel_requested.json", content47),
    ("events/order.cancelled.json", content48),
    ("events/order.charged_back.json", content49),
    ("events/order.created.json", content50),
    ("events/order.expired.json", content51),
    ("events/order.frozen.json", content52),
    ("events/order.held.json", content53),
    ("events/order.paid.json", content54),
    ("events/order.partially_refunded.json", content55),
    ("events/order.personal_erased.json", content56),
    ("events/order.refunded.json", content57),
    ("events/order.review.json", content58),
    ("events/order.unheld.json", content59),
    ("events/payment.awaiting_buyer.json", content60),
    ("events/payment.closed.json", content61),
    ("events/payment.closing.json", content62),
    ("events/payment.confirmed.json", content63),
    ("events/payment.created.json", content64),
    ("events/payment.failed.json", content65),
    ("events/payment.processing.json", content66),
    ("events/payment.resolve_proposed.json", content67),
    ("events/payment.reversed.json", content68),
    ("events/payment.stale.json", content69),
    ("events/payment.submitted.json", content70),
    ("events/payment.succeeded.json", content71),
    ("events/payment.succeeded_late.json", content72),
    ("events/payment.unknown.json", content73),
    ("events/recon.finished.json", content74),
    ("events/recon.half_signed.json", content75),
    ("events/recon.reopened.json", content76),
    ("events/recon.signed.json", content77),
    ("events/refund.approved.json", content78),
    ("events/refund.failed.json", content79),
    ("events/refund.processing.json", content80),
    ("events/refund.rejected.json", content81),
    ("events/refund.requested.json", content82),
    ("events/refund.returned.json", content83),
    ("events/refund.submitted.json", content84),
    ("events/refund.succeeded.json", content85),
    ("events/refund.unknown.json", content86),
    ("events/refund.withdrawn.json", content87),
    ("events/rule.activated.json", content88),
    ("events/rule.deactivated.json", content89),
    ("events/server.started.json", content90),
    ("events/statement.imported.json", content91),
    ("limits.json", content92),
    ("methods/audit.verify.json", content93),
    ("methods/batch.run.json", content94),
    ("methods/case.assign.json", content95),
    ("methods/case.close.json", content96),
    ("methods/case.confirm.json", content97),
    ("methods/case.get.json", content98),
    ("methods/case.link.json", content99),
    ("methods/case.list.json", content100),
    ("methods/case.note.json", content101),
    ("methods/case.open.json", content102),
    ("methods/case.paper.json", content103),
    ("methods/case.reopen.json", content104),
    ("methods/case.resolve.json", content105),
    ("methods/delivery.claim.json", content106),
    ("methods/delivery.complete.json", content107),
    ("methods/delivery.fail.json", content108),
    ("methods/delivery.hold.json", content109),
    ("methods/delivery.list.json", content110),
    ("methods/delivery.release.json", content111),
    ("methods/delivery.retry.json", content112),
    ("methods/delivery.revoke.json", content113),
    ("methods/delivery.unhold.json", content114),
    ("methods/discrepancy.confirm.json", content115),
    ("methods/discrepancy.get.json", content116),
    ("methods/discrepancy.list.json", content117),
    ("methods/discrepancy.propose.json", content118),
    ("methods/discrepancy.reject.json", content119),
    ("methods/discrepancy.summary.json", content120),
    ("methods/discrepancy.undo.json", content121),
    ("methods/dispute.attach.json", content122),
    ("methods/dispute.attachment.json", content123),
    ("methods/dispute.get.json", content124),
    ("methods/dispute.list.json", content125),
    ("methods/dispute.query.json", content126),
    ("methods/events.ack.json", content127),
    ("methods/events.read.json", content128),
    ("methods/events.subscribe.json", content129),
    ("methods/events.wait.json", content130),
    ("methods/gateway.check.json", content131),
    ("methods/gateway.health.json", content132),
    ("methods/gateway.list.json", content133),
    ("methods/gateway.pause.json", content134),
    ("methods/gateway.resume.json", content135),
    ("methods/hook.list.json", content136),
    ("methods/hook.retry.json", content137),
    ("methods/key.lookup.json", content138),
    ("methods/ledger.balances.json", content139),
    ("methods/ledger.trace.json", content140),
    ("methods/notification.get.json", content141),
    ("methods/notification.ingest.json", content142),
    ("methods/notification.list.json", content143),
    ("methods/notification.replay.json", content144),
    ("methods/order.accept.json", content145),
    ("methods/order.cancel.json", content146),
    ("methods/order.create.json", content147),
    ("methods/order.erase_personal.json", content148),
    ("methods/order.find.json", content149),
    ("methods/order.get.json", content150),
    ("methods/order.list.json", content151),
    ("methods/order.tell.json", content152),
    ("methods/order.timeline.json", content153),
    ("methods/order.wait.json", content154),
    ("methods/order.why.json", content155),
    ("methods/payment.close.json", content156),
    ("methods/payment.create.json", content157),
    ("methods/payment.get.json", content158),
    ("methods/payment.list.json", content159),
    ("methods/payment.query.json", content160),
    ("methods/payment.resolve.json", content161),
    ("methods/poll.due.json", content162),
    ("methods/poll.run.json", content163),
    ("methods/poll.status.json", content164),
    ("methods/protocol.describe.json", content165),
    ("methods/protocol.ping.json", content166),
    ("methods/recon.get.json", content167),
    ("methods/recon.list.json", content168),
    ("methods/recon.run.json", content169),
    ("methods/recon.sign.json", content170),
    ("methods/refund.approve.json", content171),
    ("methods/refund.create.json", content172),
    ("methods/refund.get.json", content173),
    ("methods/refund.list.json", content174),
    ("methods/refund.query.json", content175),
    ("methods/refund.reject.json", content176),
    ("methods/rule.activate.json", content177),
    ("methods/rule.deactivate.json", content178),
    ("methods/rule.get.json", content179),
    ("methods/rule.list.json", content180),
    ("methods/rule.proposals.json", content181),
    ("methods/sandbox.behave.json", content182),
    ("methods/sandbox.books.json", content183),
    ("methods/sandbox.dispute.json", content184),
    ("methods/sandbox.pay.json", content185),
    ("methods/server.backup.json", content186),
    ("methods/server.connections.json", content187),
    ("methods/server.disconnect.json", content188),
    ("methods/server.drain.json", content189),
    ("methods/server.health.json", content190),
    ("methods/server.metrics.json", content191),
    ("methods/server.reload.json", content192),
    ("methods/server.status.json", content193),
    ("methods/session.cancel.json", content194),
    ("methods/session.hello.json", content195),
    ("methods/statement.append.json", content196),
    ("methods/statement.begin.json", content197),
    ("methods/statement.bills.json", content198),
    ("methods/statement.fetch.json", content199),
    ("methods/statement.get.json", content200),
    ("methods/statement.import.json", content201),
    ("methods/statement.list.json", content202),
    ("roles.json", content203),
    ("types.json", content204),
  ]
}

private let content0: StaticString = ##"""
{
  "doc": "Active ISO 4217 codes that have a minor unit, with the digits after the point. Codes without one (metals, units of account, testing) are refused.",
  "currencies": {
    "AED": 2, "AFN": 2, "ALL": 2, "AMD": 2, "AOA": 2, "ARS": 2, "AUD": 2, "AWG": 2,
    "AZN": 2, "BAM": 2, "BBD": 2, "BDT": 2, "BHD": 3, "BIF": 0, "BMD": 2, "BND": 2,
    "BOB": 2, "BOV": 2, "BRL": 2, "BSD": 2, "BTN": 2, "BWP": 2, "BYN": 2, "BZD": 2,
    "CAD": 2, "CDF": 2, "CHE": 2, "CHF": 2, "CHW": 2, "CLF": 4, "CLP": 0, "CNY": 2,
    "COP": 2, "COU": 2, "CRC": 2, "CUP": 2, "CVE": 2, "CZK": 2, "DJF": 0, "DKK": 2,
    "DOP": 2, "DZD": 2, "EGP": 2, "ERN": 2, "ETB": 2, "EUR": 2, "FJD": 2, "FKP": 2,
    "GBP": 2, "GEL": 2, "GHS": 2, "GIP": 2, "GMD": 2, "GNF": 0, "GTQ": 2, "GYD": 2,
    "HKD": 2, "HNL": 2, "HTG": 2, "HUF": 2, "IDR": 2, "ILS": 2, "INR": 2, "IQD": 3,
    "IRR": 2, "ISK": 0, "JMD": 2, "JOD": 3, "JPY": 0, "KES": 2, "KGS": 2, "KHR": 2,
    "KMF": 0, "KPW": 2, "KRW": 0, "KWD": 3, "KYD": 2, "KZT": 2, "LAK": 2, "LBP": 2,
    "LKR": 2, "LRD": 2, "LSL": 2, "LYD": 3, "MAD": 2, "MDL": 2, "MGA": 2, "MKD": 2,
    "MMK": 2, "MNT": 2, "MOP": 2, "MRU": 2, "MUR": 2, "MVR": 2, "MWK": 2, "MXN": 2,
    "MXV": 2, "MYR": 2, "MZN": 2, "NAD": 2, "NGN": 2, "NIO": 2, "NOK": 2, "NPR": 2,
    "NZD": 2, "OMR": 3, "PAB": 2, "PEN": 2, "PGK": 2, "PHP": 2, "PKR": 2, "PLN": 2,
    "PYG": 0, "QAR": 2, "RON": 2, "RSD": 2, "RUB": 2, "RWF": 0, "SAR": 2, "SBD": 2,
    "SCR": 2, "SDG": 2, "SEK": 2, "SGD": 2, "SHP": 2, "SLE": 2, "SOS": 2, "SRD": 2,
    "SSP": 2, "STN": 2, "SVC": 2, "SYP": 2, "SZL": 2, "THB": 2, "TJS": 2, "TMT": 2,
    "TND": 3, "TOP": 2, "TRY": 2, "TTD": 2, "TWD": 2, "TZS": 2, "UAH": 2, "UGX": 0,
    "USD": 2, "USN": 2, "UYI": 0, "UYU": 2, "UYW": 4, "UZS": 2, "VED": 2, "VES": 2,
    "VND": 0, "VUV": 0, "WST": 2, "XAD": 2, "XAF": 0, "XCD": 2, "XCG": 2, "XOF": 0,
    "XPF": 0, "YER": 2, "ZAR": 2, "ZMW": 2, "ZWG": 2
  }
}

"""##

private let content1: StaticString = ##"""
{
  "doc": "Every error code. Wire form: error.code is the number of the class, error.data.code the stable string.",
  "classes": {
    "parse": {
      "number": -32700,
      "exit": 11,
      "meaning": "The line is not the JSON this protocol speaks. Nothing was read, nothing happened."
    },
    "request": {
      "number": -32600,
      "exit": 11,
      "meaning": "The line is JSON but not a request. Nothing happened."
    },
    "method": { "number": -32601, "exit": 6, "meaning": "There is no method of this name." },
    "invalid": {
      "number": -32602,
      "exit": 6,
      "meaning": "A parameter is missing, unknown or outside its schema. Nothing happened."
    },
    "internal": {
      "number": -32603,
      "exit": 1,
      "meaning": "The daemon broke one of its own rules. The outcome says what is known."
    },
    "denied": { "number": -32001, "exit": 4, "meaning": "The caller may not do this." },
    "not_found": {
      "number": -32002,
      "exit": 3,
      "meaning": "Nothing visible to the caller has this name or number."
    },
    "conflict": {
      "number": -32003,
      "exit": 5,
      "meaning": "The request is well formed and a rule or the present state forbids it."
    },
    "busy": {
      "number": -32004,
      "exit": 10,
      "meaning": "A limit of concurrency is reached. The same request later may pass."
    },
    "unavailable": {
      "number": -32005,
      "exit": 10,
      "meaning": "The daemon or a part of it is not able to do this now."
    },
    "upstream": {
      "number": -32006,
      "exit": 9,
      "meaning": "The gateway did not do what was asked, or nobody knows whether it did."
    },
    "deadline": { "number": -32007, "exit": 8, "meaning": "Time ran out, or the caller gave up." }
  },
  "retry": {
    "never": "The same request will be refused again.",
    "same": "Send the same request again, with the same key.",
    "later": "Send it again after retry_after_ms, or after a pause.",
    "refresh": "Read the object again and decide again.",
    "lookup": "Ask key.lookup what became of it before anything else."
  },
  "outcome": {
    "none": "Nothing happened.",
    "unknown": "It may have happened; the money may have moved.",
    "applied": "It happened, and only the reply failed."
  },
  "exits": {
    "0": "Done, or the condition is true.",
    "1": "Unexpected: a bug in the daemon or the client.",
    "2": "Usage: wrong flags or arguments; nothing was sent.",
    "3": "Not found.",
    "4": "Not allowed.",
    "5": "The state forbids it.",
    "6": "The daemon refused a parameter.",
    "7": "The daemon is not reachable.",
    "8": "Time ran out, or the condition waited for is false.",
    "9": "The gateway failed.",
    "10": "Busy or draining: try later.",
    "11": "Protocol fault or version mismatch.",
    "12": "Outcome unknown: the money may have moved."
  },
  "errors": {
    "bad_json": {
      "class": "parse",
      "retry": "never",
      "meaning": "The line is not valid JSON.",
      "hint": "Send one compact JSON object a line, in UTF-8 without BOM.",
      "details": {
        "offset": { "type": "integer", "doc": "Byte offset of the fault in the line, from 0." }
      }
    },
    "duplicate_key": {
      "class": "parse",
      "retry": "never",
      "meaning": "An object has two members of the same name, compared as bytes after unescaping.",
      "hint": "Send each member once.",
      "details": {
        "offset": { "type": "integer", "doc": "Byte offset of the fault in the line, from 0." },
        "key": { "type": "text", "doc": "The name that came twice." }
      }
    },
    "invalid_utf8": {
      "class": "parse",
      "retry": "never",
      "meaning": "The line is not valid UTF-8.",
      "hint": "Encode the line as UTF-8.",
      "details": {
        "offset": { "type": "integer", "doc": "Byte offset of the fault in the line, from 0." }
      }
    },
    "lone_surrogate": {
      "class": "parse",
      "retry": "never",
      "meaning": "A \\u escape is half of a surrogate pair.",
      "hint": "Write the character itself, or both halves.",
      "details": {
        "offset": { "type": "integer", "doc": "Byte offset of the fault in the line, from 0." }
      }
    },
    "control_character": {
      "class": "parse",
      "retry": "never",
      "meaning": "A raw control character stands inside a string.",
      "hint": "Escape it as \\u00XX.",
      "details": {
        "offset": { "type": "integer", "doc": "Byte offset of the fault in the line, from 0." }
      }
    },
    "nul_character": {
      "class": "parse",
      "retry": "never",
      "meaning": "A string holds U+0000, raw or escaped.",
      "hint": "Remove the character; no text here may hold it.",
      "details": {
        "offset": { "type": "integer", "doc": "Byte offset of the fault in the line, from 0." }
      }
    },
    "non_integer_number": {
      "class": "parse",
      "retry": "never",
      "meaning": "A number has a fraction or an exponent, or is -0.",
      "hint": "Send integers: money in minor units, time in milliseconds, rates as strings.",
      "details": {
        "offset": { "type": "integer", "doc": "Byte offset of the fault in the line, from 0." }
      }
    },
    "number_out_of_range": {
      "class": "parse",
      "retry": "never",
      "meaning": "A number is outside -(2^53-1) to 2^53-1.",
      "hint": "Send a number every JSON library can hold exactly.",
      "details": {
        "offset": { "type": "integer", "doc": "Byte offset of the fault in the line, from 0." }
      }
    },
    "too_deep": {
      "class": "parse",
      "retry": "never",
      "meaning": "Objects and arrays are nested deeper than 32.",
      "hint": "Flatten the request.",
      "details": {
        "offset": { "type": "integer", "doc": "Byte offset of the fault in the line, from 0." },
        "limit": { "type": "integer", "optional": true, "doc": "The limit that was reached." }
      }
    },
    "too_many_values": {
      "class": "parse",
      "retry": "never",
      "meaning": "The line holds more than 10000 values.",
      "hint": "Send several requests.",
      "details": {
        "offset": { "type": "integer", "doc": "Byte offset of the fault in the line, from 0." },
        "limit": { "type": "integer", "optional": true, "doc": "The limit that was reached." }
      }
    },
    "string_too_long": {
      "class": "parse",
      "retry": "never",
      "meaning": "A string is longer than any schema allows.",
      "hint": "Shorten it.",
      "details": {
        "offset": { "type": "integer", "doc": "Byte offset of the fault in the line, from 0." },
        "limit": { "type": "integer", "optional": true, "doc": "The limit that was reached." }
      }
    },
    "trailing_data": {
      "class": "parse",
      "retry": "never",
      "meaning": "Something follows the object on the same line.",
      "hint": "Send one object a line.",
      "details": {
        "offset": { "type": "integer", "doc": "Byte offset of the fault in the line, from 0." }
      }
    },
    "not_object": {
      "class": "parse",
      "retry": "never",
      "meaning": "The line is JSON but not an object.",
      "hint": "Send an object; for several calls at once use pipelining or batch.run.",
      "details": {
        "offset": { "type": "integer", "doc": "Byte offset of the fault in the line, from 0." }
      }
    },
    "line_too_long": {
      "class": "parse",
      "retry": "never",
      "meaning": "The line is longer than 256 KiB. The rest was thrown away.",
      "hint": "Send less in one request.",
      "details": {
        "limit": { "type": "integer", "optional": true, "doc": "The limit that was reached." }
      }
    },
    "line_timeout": {
      "class": "parse",
      "retry": "same",
      "meaning": "A line was begun and not ended within 10 seconds.",
      "hint": "Write the whole line at once, with a line feed at its end.",
      "closes": true,
      "details": {
        "limit": { "type": "integer", "optional": true, "doc": "The limit that was reached." }
      }
    },
    "truncated_line": {
      "class": "parse",
      "retry": "same",
      "meaning": "The connection was half-closed within a line. The line was not executed.",
      "hint": "End every line with a line feed, the last one too.",
      "closes": true
    },
    "not_http": {
      "class": "parse",
      "retry": "never",
      "meaning": "This looks like HTTP.",
      "hint": "This socket speaks JSON lines; see protocol.describe.",
      "closes": true
    },
    "missing_id": {
      "class": "request",
      "retry": "never",
      "meaning": "The request has no id. Notifications from a client are not accepted.",
      "hint": "Give every request an id: money is never moved unacknowledged."
    },
    "bad_id": {
      "class": "request",
      "retry": "never",
      "meaning": "The id is not a string of 1-64 bytes of [A-Za-z0-9._:/#-] nor an integer from 0 to 2^53-1.",
      "hint": "Use a counter."
    },
    "duplicate_id": {
      "class": "request",
      "retry": "never",
      "meaning": "A request with this id is still in flight on this connection.",
      "hint": "Use each id once, or wait for its reply.",
      "closes": true
    },
    "missing_method": {
      "class": "request",
      "retry": "never",
      "meaning": "The request has no method, or the method is not a string.",
      "hint": "Name the method, for example protocol.ping."
    },
    "batch_not_supported": {
      "class": "request",
      "retry": "never",
      "meaning": "The line is a JSON-RPC batch.",
      "hint": "Send the requests one a line, or use batch.run for all or nothing."
    },
    "bad_jsonrpc_version": {
      "class": "request",
      "retry": "never",
      "meaning": "The member jsonrpc is not \"2.0\".",
      "hint": "Leave jsonrpc out or send \"2.0\"."
    },
    "too_many_errors": {
      "class": "request",
      "retry": "later",
      "meaning": "Too many malformed lines in a row; the connection ends.",
      "hint": "Check that the client writes one JSON object a line.",
      "closes": true,
      "details": {
        "limit": { "type": "integer", "optional": true, "doc": "The limit that was reached." }
      }
    },
    "unknown_method": {
      "class": "method",
      "retry": "never",
      "meaning": "There is no such method.",
      "hint": "See protocol.describe for the list.",
      "details": {
        "did_you_mean": {
          "type": "[text]",
          "optional": true,
          "doc": "At most three known names, the nearest first."
        }
      }
    },
    "unknown_field": {
      "class": "invalid",
      "retry": "never",
      "meaning": "The request holds a member the method does not know. Nothing was ignored, nothing was done.",
      "hint": "Remove or rename the member.",
      "details": {
        "did_you_mean": {
          "type": "[text]",
          "optional": true,
          "doc": "At most three known names, the nearest first."
        },
        "problems": {
          "type": "[problem]",
          "optional": true,
          "doc": "All faults of the request found together, at most 20."
        }
      }
    },
    "missing_param": {
      "class": "invalid",
      "retry": "never",
      "meaning": "A required parameter is missing.",
      "hint": "Send the parameter named by path.",
      "details": {
        "problems": {
          "type": "[problem]",
          "optional": true,
          "doc": "All faults of the request found together, at most 20."
        }
      }
    },
    "wrong_type": {
      "class": "invalid",
      "retry": "never",
      "meaning": "A parameter has another JSON type than its schema says.",
      "hint": "See protocol.describe for the type.",
      "details": {
        "expected": { "type": "text", "optional": true, "doc": "The JSON type the schema wants." },
        "problems": {
          "type": "[problem]",
          "optional": true,
          "doc": "All faults of the request found together, at most 20."
        }
      }
    },
    "out_of_range": {
      "class": "invalid",
      "retry": "never",
      "meaning": "A number, or the length of a list, is outside its range.",
      "hint": "Keep within min and max.",
      "details": {
        "min": { "type": "integer", "optional": true, "doc": "Smallest value allowed." },
        "max": { "type": "integer", "optional": true, "doc": "Largest value allowed." },
        "problems": {
          "type": "[problem]",
          "optional": true,
          "doc": "All faults of the request found together, at most 20."
        }
      }
    },
    "bad_format": {
      "class": "invalid",
      "retry": "never",
      "meaning": "A text is not of the form its type wants, or is not one of the values allowed.",
      "hint": "See the type's alphabet, length and prefix.",
      "details": {
        "did_you_mean": {
          "type": "[text]",
          "optional": true,
          "doc": "At most three known names, the nearest first."
        },
        "problems": {
          "type": "[problem]",
          "optional": true,
          "doc": "All faults of the request found together, at most 20."
        }
      }
    },
    "too_short": {
      "class": "invalid",
      "retry": "never",
      "meaning": "A text is shorter than its type wants.",
      "hint": "Send a longer text.",
      "details": {
        "min": {
          "type": "integer",
          "optional": true,
          "doc": "Smallest length in bytes or characters."
        },
        "problems": {
          "type": "[problem]",
          "optional": true,
          "doc": "All faults of the request found together, at most 20."
        }
      }
    },
    "too_long": {
      "class": "invalid",
      "retry": "never",
      "meaning": "A text is longer than its type allows.",
      "hint": "Shorten the text.",
      "details": {
        "max": { "type": "integer", "optional": true, "doc": "Largest length in bytes." },
        "problems": {
          "type": "[problem]",
          "optional": true,
          "doc": "All faults of the request found together, at most 20."
        }
      }
    },
    "unknown_currency": {
      "class": "invalid",
      "retry": "never",
      "meaning": "The currency is not an active ISO 4217 code with a minor unit.",
      "hint": "Use three capital letters, for example CNY.",
      "details": {
        "did_you_mean": {
          "type": "[text]",
          "optional": true,
          "doc": "At most three known names, the nearest first."
        },
        "problems": {
          "type": "[problem]",
          "optional": true,
          "doc": "All faults of the request found together, at most 20."
        }
      }
    },
    "currency_mismatch": {
      "class": "invalid",
      "retry": "never",
      "meaning": "Two amounts that must be of one currency are not.",
      "hint": "Use the currency of the order or payment.",
      "details": {
        "expected": { "type": "currency", "optional": true, "doc": "The currency wanted." },
        "problems": {
          "type": "[problem]",
          "optional": true,
          "doc": "All faults of the request found together, at most 20."
        }
      }
    },
    "amount_not_representable": {
      "class": "invalid",
      "retry": "never",
      "meaning": "The amount cannot be expressed exactly in the currency's minor unit or at this gateway. Nothing is rounded.",
      "hint": "Send an integer number of minor units the gateway accepts.",
      "details": {
        "exponent": {
          "type": "integer",
          "optional": true,
          "doc": "Digits after the point that are available."
        },
        "problems": {
          "type": "[problem]",
          "optional": true,
          "doc": "All faults of the request found together, at most 20."
        }
      }
    },
    "lines_mismatch": {
      "class": "invalid",
      "retry": "never",
      "meaning": "The sum of the lines is not the amount of the order.",
      "hint": "Make quantity times unit_price of all lines add up to amount.",
      "details": {
        "lines": { "type": "money", "optional": true, "doc": "What the lines add up to." },
        "amount": { "type": "money", "optional": true, "doc": "The amount given." },
        "problems": {
          "type": "[problem]",
          "optional": true,
          "doc": "All faults of the request found together, at most 20."
        }
      }
    },
    "key_required": {
      "class": "invalid",
      "retry": "never",
      "meaning": "The method changes money and needs an idempotency_key.",
      "hint": "Send a key of 8-128 characters that you keep with your own record.",
      "details": {
        "problems": {
          "type": "[problem]",
          "optional": true,
          "doc": "All faults of the request found together, at most 20."
        }
      }
    },
    "key_not_allowed": {
      "class": "invalid",
      "retry": "never",
      "meaning": "The method takes no idempotency_key.",
      "hint": "Leave the key out: the call is safe to repeat.",
      "details": {
        "problems": {
          "type": "[problem]",
          "optional": true,
          "doc": "All faults of the request found together, at most 20."
        }
      }
    },
    "bad_key": {
      "class": "invalid",
      "retry": "never",
      "meaning": "The idempotency_key is not 8-128 characters of [A-Za-z0-9._:-].",
      "hint": "Use a UUID or your own order number with a prefix.",
      "details": {
        "problems": {
          "type": "[problem]",
          "optional": true,
          "doc": "All faults of the request found together, at most 20."
        }
      }
    },
    "not_batchable": {
      "class": "invalid",
      "retry": "never",
      "meaning": "A call of the batch cannot be part of a transaction, because it waits, streams, asks a gateway or is a batch itself.",
      "hint": "Send the call on its own.",
      "details": {
        "problems": {
          "type": "[problem]",
          "optional": true,
          "doc": "All faults of the request found together, at most 20."
        }
      }
    },
    "not_dry_runnable": {
      "class": "invalid",
      "retry": "never",
      "meaning": "The method has no dry run.",
      "hint": "Leave dry_run out.",
      "details": {
        "problems": {
          "type": "[problem]",
          "optional": true,
          "doc": "All faults of the request found together, at most 20."
        }
      }
    },
    "config_invalid": {
      "class": "invalid",
      "retry": "never",
      "meaning": "The configuration file was refused; the running configuration stays.",
      "hint": "Run tilld --check-config.",
      "details": {
        "line": { "type": "integer", "optional": true, "doc": "Line of the fault, from 1." },
        "column": { "type": "integer", "optional": true, "doc": "Column of the fault, from 1." }
      }
    },
    "internal": {
      "class": "internal",
      "retry": "lookup",
      "meaning": "The daemon broke one of its own rules on this request. It was rolled back and kept for study.",
      "hint": "Ask key.lookup what became of the key; report the ref."
    },
    "response_too_large": {
      "class": "internal",
      "retry": "never",
      "meaning": "The reply would be longer than 1 MiB.",
      "hint": "Ask for fewer rows with limit.",
      "details": {
        "limit": { "type": "integer", "optional": true, "doc": "The limit that was reached." }
      }
    },
    "denied": {
      "class": "denied",
      "retry": "never",
      "meaning": "The caller's user has no role here.",
      "hint": "Ask the administrator to add the user to peers in the configuration.",
      "details": {
        "uid": { "type": "integer", "optional": true, "doc": "The user id the kernel reported." }
      }
    },
    "role_too_low": {
      "class": "denied",
      "retry": "never",
      "meaning": "None of the caller's roles has this method, or the amount is above the caller's limit.",
      "hint": "Ask for one of the roles named in details, or present an operator's token.",
      "details": {
        "roles": { "type": "[text]", "optional": true, "doc": "Roles that have the method." },
        "limit": {
          "type": "integer",
          "optional": true,
          "doc": "Refund limit of the caller, in minor units."
        }
      }
    },
    "token_invalid": {
      "class": "denied",
      "retry": "never",
      "meaning": "The token is unknown, or its operator was removed.",
      "hint": "Ask for a new token."
    },
    "token_required": {
      "class": "denied",
      "retry": "never",
      "meaning": "This step needs a person: a connection that presented an operator's token.",
      "hint": "Call session.hello with an operator's token first; till: --token-file FILE."
    },
    "second_person_required": {
      "class": "denied",
      "retry": "never",
      "meaning": "The same person cannot ask and confirm.",
      "hint": "Let another operator confirm.",
      "details": {
        "proposed_by": { "type": "text", "optional": true, "doc": "Who proposed." },
        "requested_by": { "type": "text", "optional": true, "doc": "Who asked for the refund." }
      }
    },
    "case_unsettled": {
      "class": "conflict",
      "retry": "refresh",
      "meaning": "The case cannot be closed while discrepancies that it is about are undecided.",
      "hint": "Decide them first; discrepancy.get shows which decisions fit.",
      "details": {
        "undecided": { "type": "integer", "doc": "How many." },
        "discrepancies": { "type": "[text]", "doc": "The first of them." }
      }
    },
    "too_many_links": {
      "class": "conflict",
      "retry": "never",
      "meaning": "The case would be about more things than a case may.",
      "hint": "Open another case for the rest.",
      "details": { "limit": { "type": "integer", "doc": "The limit." } }
    },
    "case_not_found": {
      "class": "not_found",
      "retry": "never",
      "meaning": "There is no case of this id.",
      "hint": "Check the id with case.list."
    },
    "person_not_found": {
      "class": "not_found",
      "retry": "never",
      "meaning": "The configuration has no operator and no principal of this name.",
      "hint": "Name one of operators[].name, or a principal of peers; without peers that is local.",
      "details": {
        "did_you_mean": {
          "type": "[text]",
          "optional": true,
          "doc": "At most three known names, the nearest first."
        }
      }
    },
    "rule_not_supported": {
      "class": "conflict",
      "retry": "later",
      "meaning": "Too few decisions of people bear the rule out, or its back-test has one that ended otherwise.",
      "hint": "rule.proposals shows what history says of each pattern.",
      "details": {
        "support": { "type": "integer", "doc": "Decisions of this pattern." },
        "counter_examples": { "type": "integer", "doc": "Decisions against it." },
        "needed": { "type": "integer", "doc": "How many it takes." }
      }
    },
    "rule_active": {
      "class": "conflict",
      "retry": "never",
      "meaning": "A rule of this pattern is in force in this mode.",
      "hint": "See it with rule.list.",
      "details": { "rule": { "type": "text", "doc": "The rule." } }
    },
    "rule_not_found": {
      "class": "not_found",
      "retry": "never",
      "meaning": "There is no rule of this id.",
      "hint": "Check the id with rule.list."
    },
    "run_undecided": {
      "class": "conflict",
      "retry": "refresh",
      "meaning": "The run cannot be signed while discrepancies of it are undecided, or too many are left open.",
      "hint": "Decide them, or give each a day with wait_until; discrepancy.list shows them.",
      "details": {
        "undecided": { "type": "integer", "doc": "How many." },
        "discrepancies": { "type": "[text]", "optional": true, "doc": "The first of them." },
        "limit": { "type": "integer", "optional": true, "doc": "How many may be left open." }
      }
    },
    "run_superseded": {
      "class": "conflict",
      "retry": "never",
      "meaning": "The run is not the newest one over its statement, or the statement was issued again.",
      "hint": "Sign the newest run; recon.list shows it.",
      "details": {
        "run": { "type": "text", "optional": true, "doc": "The newer run." },
        "statement": { "type": "text", "optional": true, "doc": "The newer statement." }
      }
    },
    "sign_off_changed": {
      "class": "conflict",
      "retry": "refresh",
      "meaning": "The run is not what the signer has looked at.",
      "hint": "Look at the run again with recon.get, then sign.",
      "details": { "sha256": { "type": "text", "doc": "Digest of the page as it is now." } }
    },
    "adjudication_not_possible": {
      "class": "conflict",
      "retry": "never",
      "meaning": "This decision does not fit the discrepancy.",
      "hint": "See the discrepancy's kind and amounts; discrepancy.get shows which decisions fit.",
      "details": {
        "kind": { "type": "text", "doc": "Kind of the discrepancy." },
        "balance_change": {
          "type": "money",
          "doc": "How much more the gateway holds than our books say; negative for less."
        }
      }
    },
    "order_not_found": {
      "class": "not_found",
      "retry": "never",
      "meaning": "No order of this name is visible to the caller.",
      "hint": "Check the number with order.find."
    },
    "ledger_account_not_found": {
      "class": "not_found",
      "retry": "never",
      "meaning": "The books have no such account in this currency.",
      "hint": "ledger.balances names all accounts."
    },
    "payment_not_found": {
      "class": "not_found",
      "retry": "never",
      "meaning": "No payment of this name is visible to the caller.",
      "hint": "Check the id with payment.list."
    },
    "refund_not_found": {
      "class": "not_found",
      "retry": "never",
      "meaning": "No refund of this name is visible to the caller.",
      "hint": "Check the id with refund.list."
    },
    "dispute_not_found": {
      "class": "not_found",
      "retry": "never",
      "meaning": "No dispute of this name is visible to the caller.",
      "hint": "Check the id with dispute.list."
    },
    "attachment_not_found": {
      "class": "not_found",
      "retry": "never",
      "meaning": "The dispute or case has no attachment of this name, or its content was erased.",
      "hint": "See the attachments with dispute.get or case.get."
    },
    "receipt_not_found": {
      "class": "not_found",
      "retry": "never",
      "meaning": "No receipt of this name is visible to the caller.",
      "hint": "Check the id with notification.list."
    },
    "statement_not_found": {
      "class": "not_found",
      "retry": "never",
      "meaning": "No statement of this id is visible to the caller.",
      "hint": "Check the id with statement.list."
    },
    "run_not_found": {
      "class": "not_found",
      "retry": "never",
      "meaning": "There is no reconciliation run of this id.",
      "hint": "Check the id with recon.list."
    },
    "discrepancy_not_found": {
      "class": "not_found",
      "retry": "never",
      "meaning": "There is no discrepancy of this id.",
      "hint": "Check the id with discrepancy.list."
    },
    "delivery_not_found": {
      "class": "not_found",
      "retry": "never",
      "meaning": "No delivery of this name is visible to the caller.",
      "hint": "The order has no such line, or is not paid yet."
    },
    "claim_not_found": {
      "class": "not_found",
      "retry": "never",
      "meaning": "No delivery claim of this name is visible to the caller.",
      "hint": "Use the claim that delivery.claim returned."
    },
    "gateway_not_found": {
      "class": "not_found",
      "retry": "never",
      "meaning": "No configured gateway of this name is visible to the caller.",
      "hint": "See gateway.list.",
      "details": {
        "did_you_mean": {
          "type": "[text]",
          "optional": true,
          "doc": "At most three known names, the nearest first."
        }
      }
    },
    "consumer_not_found": {
      "class": "not_found",
      "retry": "never",
      "meaning": "No event consumer of this name is visible to the caller.",
      "hint": "Read once with consumer and after to create it."
    },
    "connection_not_found": {
      "class": "not_found",
      "retry": "never",
      "meaning": "No open connection of this name is visible to the caller.",
      "hint": "See server.connections."
    },
    "hook_not_found": {
      "class": "not_found",
      "retry": "never",
      "meaning": "No configured hook of this name is visible to the caller.",
      "hint": "See hook.list.",
      "details": {
        "did_you_mean": {
          "type": "[text]",
          "optional": true,
          "doc": "At most three known names, the nearest first."
        }
      }
    },
    "already_exists": {
      "class": "conflict",
      "retry": "refresh",
      "meaning": "The natural key is taken.",
      "hint": "Read the existing one; it is in details.",
      "details": {
        "order": { "type": "order", "optional": true, "doc": "The order that has the order_no." }
      }
    },
    "version_mismatch": {
      "class": "conflict",
      "retry": "refresh",
      "meaning": "The object changed since it was read.",
      "hint": "Read it again and decide again.",
      "details": { "version": {"type": "integer", "doc": "Its version now."} }
    },
    "key_reused": {
      "class": "conflict",
      "retry": "never",
      "meaning": "The idempotency_key was used before with another method or other parameters.",
      "hint": "Use a new key for a new intent.",
      "details": { "method": {"type": "text", "doc": "The method the key was first used with."} }
    },
    "order_not_payable": {
      "class": "conflict",
      "retry": "refresh",
      "meaning": "The order is expired, cancelled or being cancelled, and takes no new payment.",
      "hint": "Create a new order.",
      "details": {
        "pay_state": { "type": "pay_state", "optional": true, "doc": "The order's state." }
      }
    },
    "already_paid": {
      "class": "conflict",
      "retry": "refresh",
      "meaning": "The order is paid. No second payment is opened.",
      "hint": "Read the order and deliver.",
      "details": {
        "pay_state": { "type": "pay_state", "optional": true, "doc": "The order's state." }
      }
    },
    "payment_open": {
      "class": "conflict",
      "retry": "later",
      "meaning": "Another payment of the order is being closed; a new one is made only after proof that it cannot be paid.",
      "hint": "Repeat the call after retry_after_ms.",
      "details": { "payment": {"type": "payment_id", "doc": "The payment that is closing."} }
    },
    "refund_exceeds_paid": {
      "class": "conflict",
      "retry": "refresh",
      "meaning": "The refunds reserved and done would exceed what was captured.",
      "hint": "Refund at most what is left.",
      "details": {
        "captured": { "type": "money", "doc": "What came." },
        "reserved": { "type": "money", "doc": "What went back or is on its way." },
        "refundable": { "type": "money", "optional": true, "doc": "What can still go back." }
      }
    },
    "illegal_transition": {
      "class": "conflict",
      "retry": "refresh",
      "meaning": "The state of the object does not allow this step.",
      "hint": "Read the object; its state says which steps remain.",
      "details": {
        "state": { "type": "text", "optional": true, "doc": "The state it is in." },
        "pay_state": {
          "type": "pay_state",
          "optional": true,
          "doc": "The order's pay state."
        },
        "delivery_state": {
          "type": "delivery_state",
          "optional": true,
          "doc": "The delivery's or order's delivery state."
        }
      }
    },
    "batch_failed": {
      "class": "conflict",
      "retry": "never",
      "meaning": "One call of the batch was refused, so none was done.",
      "hint": "Correct the call named by index and send the batch again with a new key.",
      "details": {
        "index": { "type": "integer", "doc": "The first call that failed, from 0." },
        "error": { "type": "json", "doc": "The error that call would have had." }
      }
    },
    "cursor_expired": {
      "class": "conflict",
      "retry": "refresh",
      "meaning": "The events after this cursor are no longer kept.",
      "hint": "Read the present state, then go on from its cursor."
    },
    "cursor_foreign": {
      "class": "conflict",
      "retry": "refresh",
      "meaning": "The cursor belongs to another event history.",
      "hint": "Read the present state, then go on from its cursor.",
      "details": { "epoch": {"type": "text", "doc": "The epoch of this daemon."} }
    },
    "cursor_ahead": {
      "class": "conflict",
      "retry": "refresh",
      "meaning": "The cursor lies after the last event; the daemon was restored from an older copy or the cursor is wrong.",
      "hint": "Read the present state, then go on from its cursor.",
      "details": { "last": {"type": "cursor", "doc": "The last cursor of this history."} }
    },
    "delivery_in_progress": {
      "class": "conflict",
      "retry": "later",
      "meaning": "A worker holds a live claim on the order, so money cannot be sent back now.",
      "hint": "Wait for the worker, or hold the delivery."
    },
    "order_not_paid": {
      "class": "conflict",
      "retry": "refresh",
      "meaning": "No money came, or it went back; there is nothing to deliver or to refund.",
      "hint": "Wait for order.paid.",
      "details": {
        "pay_state": { "type": "pay_state", "optional": true, "doc": "The order's state." },
        "delivery_state": {
          "type": "delivery_state",
          "optional": true,
          "doc": "The order's delivery state."
        }
      }
    },
    "already_claimed": {
      "class": "conflict",
      "retry": "never",
      "meaning": "Another worker holds the claim.",
      "hint": "Do nothing; the other worker finishes it.",
      "details": {
        "delivery_state": {
          "type": "delivery_state",
          "optional": true,
          "doc": "The order's delivery state."
        }
      }
    },
    "already_delivered": {
      "class": "conflict",
      "retry": "never",
      "meaning": "The goods were handed out.",
      "hint": "Do nothing.",
      "details": {
        "delivery_state": {
          "type": "delivery_state",
          "optional": true,
          "doc": "The order's delivery state."
        }
      }
    },
    "delivery_failed": {
      "class": "conflict",
      "retry": "refresh",
      "meaning": "The delivery failed, or its lease ended; a person decides.",
      "hint": "Find out whether something was handed out, then use delivery.retry.",
      "details": {
        "delivery_state": {
          "type": "delivery_state",
          "optional": true,
          "doc": "The order's delivery state."
        }
      }
    },
    "delivery_held": {
      "class": "conflict",
      "retry": "later",
      "meaning": "The delivery is held and may not be handed out.",
      "hint": "A person lets it go with delivery.unhold.",
      "details": {
        "delivery_state": {
          "type": "delivery_state",
          "optional": true,
          "doc": "The order's delivery state."
        }
      }
    },
    "too_many_payments": {
      "class": "conflict",
      "retry": "never",
      "meaning": "The order has had as many payments as it may.",
      "hint": "Create a new order.",
      "details": {
        "limit": { "type": "integer", "optional": true, "doc": "The limit that was reached." }
      }
    },
    "too_many_refunds": {
      "class": "conflict",
      "retry": "never",
      "meaning": "The order has had as many refunds as it may.",
      "hint": "Refund the rest outside and keep a note.",
      "details": {
        "limit": { "type": "integer", "optional": true, "doc": "The limit that was reached." }
      }
    },
    "too_many_attachments": {
      "class": "conflict",
      "retry": "never",
      "meaning": "The dispute or case has as many attachments as it may.",
      "hint": "Put several things into one document.",
      "details": {
        "limit": { "type": "integer", "optional": true, "doc": "The limit that was reached." }
      }
    },
    "payment_disputed": {
      "class": "conflict",
      "retry": "later",
      "meaning": "A dispute keeps the money that would be refunded; the buyer would get it twice.",
      "hint": "Answer or accept the dispute at the gateway, or wait for its outcome.",
      "details": {
        "dispute": { "type": "text", "optional": true, "doc": "The dispute." },
        "refundable": { "type": "money", "optional": true, "doc": "What can still be refunded." }
      }
    },
    "statement_incomplete": {
      "class": "conflict",
      "retry": "never",
      "meaning": "The bytes that came are not all, or not those announced.",
      "hint": "Go on at received, or send the file again.",
      "details": { "received": { "type": "count", "doc": "Bytes that are here." } }
    },
    "statement_out_of_place": {
      "class": "conflict",
      "retry": "never",
      "meaning": "A piece does not begin where the ones before it end.",
      "hint": "Go on at received.",
      "details": { "received": { "type": "count", "doc": "Bytes that are here." } }
    },
    "statement_unreadable": {
      "class": "conflict",
      "retry": "never",
      "meaning": "The file is not understood; nothing of it was used.",
      "hint": "The message names the line; give layout where it is not guessed.",
      "details": {
        "reason": {
          "type": "text",
          "doc": "archive, unknown_layout, not_text, row, empty, no_rows, other_days or other_merchant."
        },
        "line": { "type": "count", "optional": true, "doc": "The line of the file, from 1." }
      }
    },
    "statement_superseded": {
      "class": "conflict",
      "retry": "never",
      "meaning": "The statement was issued again; only the newer one is compared.",
      "hint": "Run the newer one.",
      "details": { "superseded_by": { "type": "statement_id", "doc": "The newer one." } }
    },
    "statement_not_comparable": {
      "class": "conflict",
      "retry": "never",
      "meaning": "Only a list of payments and refunds is compared with our books.",
      "hint": "Name a trade bill; a bank's statement is given beside it."
    },
    "too_many_discrepancies": {
      "class": "conflict",
      "retry": "never",
      "meaning": "So much differs that the statement is not that of this gateway.",
      "hint": "Check the file and its gateway.",
      "details": {
        "count": { "type": "count", "doc": "Differences found." },
        "limit": { "type": "count", "doc": "The limit." }
      }
    },
    "too_many_uploads": {
      "class": "conflict",
      "retry": "later",
      "meaning": "The principal has as many files on their way in as it may.",
      "hint": "Take those in, or wait until they are forgotten.",
      "details": { "limit": { "type": "integer", "doc": "The limit that was reached." } }
    },
    "too_many_consumers": {
      "class": "conflict",
      "retry": "never",
      "meaning": "The principal has as many named consumers as it may.",
      "hint": "Use names again instead of making a new one for every run.",
      "details": {
        "limit": { "type": "integer", "optional": true, "doc": "The limit that was reached." }
      }
    },
    "order_frozen": {
      "class": "conflict",
      "retry": "refresh",
      "meaning": "An invariant failed on this order; nothing is changed on it until a person looked.",
      "hint": "See order.why and the attention event.",
      "details": { "order": {"type": "order_id", "doc": "The order."} }
    },
    "consumer_busy": {
      "class": "conflict",
      "retry": "later",
      "meaning": "Another connection is reading as this consumer.",
      "hint": "Give each reader its own consumer."
    },
    "gateway_not_supported": {
      "class": "conflict",
      "retry": "never",
      "meaning": "The gateway cannot do this: method, currency, amount or step.",
      "hint": "See gateway.list for what it can do.",
      "details": {
        "gateway": { "type": "gateway_name", "doc": "The gateway asked." },
        "supported": { "type": "[text]", "optional": true, "doc": "What it can do instead." }
      }
    },
    "too_many_in_flight": {
      "class": "busy",
      "retry": "later",
      "meaning": "The connection has 32 requests in flight.",
      "hint": "Wait for a reply.",
      "details": {
        "limit": { "type": "integer", "optional": true, "doc": "The limit that was reached." }
      }
    },
    "too_many_connections": {
      "class": "busy",
      "retry": "later",
      "meaning": "The daemon, or this user, has too many connections.",
      "hint": "Close idle connections; use one and pipeline.",
      "closes": true,
      "details": {
        "limit": { "type": "integer", "optional": true, "doc": "The limit that was reached." }
      }
    },
    "key_in_progress": {
      "class": "busy",
      "retry": "same",
      "meaning": "A request with this key is still running and could not be joined in time.",
      "hint": "Send the same request with the same key again."
    },
    "starting": {
      "class": "unavailable",
      "retry": "later",
      "meaning": "The daemon is starting and recovering.",
      "hint": "Repeat after retry_after_ms."
    },
    "draining": {
      "class": "unavailable",
      "retry": "later",
      "meaning": "The daemon is stopping and takes no new work.",
      "hint": "Reconnect and repeat."
    },
    "recovering": {
      "class": "unavailable",
      "retry": "later",
      "meaning": "The store was restored; the order's gateway has not answered about everything that was open there, so no money and no goods move.",
      "hint": "Repeat after retry_after_ms; reads work. till poll due lists what is still to be asked.",
      "details": {
        "gateway": { "type": "text", "doc": "Which one has not answered." },
        "open": { "type": "integer", "doc": "How many questions are left there." }
      }
    },
    "readonly_disk_full": {
      "class": "unavailable",
      "retry": "later",
      "meaning": "The disk is full; nothing is written, reads work.",
      "hint": "Free space; the daemon tries again every 10 seconds."
    },
    "db_error": {
      "class": "unavailable",
      "retry": "lookup",
      "meaning": "The store failed on this request.",
      "hint": "Ask key.lookup what became of the key."
    },
    "gateway_paused": {
      "class": "unavailable",
      "retry": "later",
      "meaning": "The gateway is paused by an operator or by its circuit breaker.",
      "hint": "Offer another gateway, or repeat after retry_after_ms.",
      "details": { "gateway": {"type": "gateway_name", "doc": "The gateway."} }
    },
    "backup_not_configured": {
      "class": "unavailable",
      "retry": "never",
      "meaning": "The configuration names no backup folder.",
      "hint": "Set backup_dir."
    },
    "gateway_unreachable": {
      "class": "upstream",
      "retry": "same",
      "meaning": "The gateway was not reached; nothing was sent.",
      "hint": "Repeat with the same key.",
      "details": {
        "gateway": { "type": "gateway_name", "doc": "The gateway." },
        "gateway_code": { "type": "text", "optional": true, "doc": "Its own code." },
        "gateway_message": { "type": "text", "optional": true, "doc": "Its own words." }
      }
    },
    "gateway_timeout": {
      "class": "upstream",
      "retry": "lookup",
      "meaning": "The gateway did not answer in time. It may have done what was asked.",
      "hint": "Do not send a new intent; the scheduler asks, key.lookup tells.",
      "details": {
        "gateway": { "type": "gateway_name", "doc": "The gateway." },
        "gateway_code": { "type": "text", "optional": true, "doc": "Its own code." },
        "gateway_message": { "type": "text", "optional": true, "doc": "Its own words." }
      }
    },
    "gateway_rejected": {
      "class": "upstream",
      "retry": "never",
      "meaning": "The gateway refused for good, and said why.",
      "hint": "Read gateway_code; correct the request or offer another way.",
      "details": {
        "gateway": { "type": "gateway_name", "doc": "The gateway." },
        "gateway_code": { "type": "text", "optional": true, "doc": "Its own code." },
        "gateway_message": { "type": "text", "optional": true, "doc": "Its own words." },
        "refund": { "type": "refund_id", "optional": true, "doc": "The refund that was refused; its share is free again." }
      }
    },
    "gateway_auth": {
      "class": "upstream",
      "retry": "never",
      "meaning": "The gateway did not accept our identity or signature.",
      "hint": "Run gateway.check; see keys and merchant numbers.",
      "details": {
        "gateway": { "type": "gateway_name", "doc": "The gateway." },
        "gateway_code": { "type": "text", "optional": true, "doc": "Its own code." },
        "gateway_message": { "type": "text", "optional": true, "doc": "Its own words." }
      }
    },
    "gateway_bad_reply": {
      "class": "upstream",
      "retry": "lookup",
      "meaning": "The gateway's answer was torn, unsigned or contradicts what was asked.",
      "hint": "The scheduler asks again; key.lookup tells.",
      "details": {
        "gateway": { "type": "gateway_name", "doc": "The gateway." },
        "gateway_code": { "type": "text", "optional": true, "doc": "Its own code." },
        "gateway_message": { "type": "text", "optional": true, "doc": "Its own words." }
      }
    },
    "gateway_rate_limited": {
      "class": "upstream",
      "retry": "later",
      "meaning": "The gateway asks us to slow down.",
      "hint": "Repeat after retry_after_ms.",
      "details": {
        "gateway": { "type": "gateway_name", "doc": "The gateway." },
        "gateway_code": { "type": "text", "optional": true, "doc": "Its own code." },
        "gateway_message": { "type": "text", "optional": true, "doc": "Its own words." }
      }
    },
    "deadline_exceeded": {
      "class": "deadline",
      "retry": "lookup",
      "meaning": "timeout_ms passed before the reply. The outcome says what is known.",
      "hint": "Ask key.lookup, or repeat with the same key."
    },
    "cancelled": {
      "class": "deadline",
      "retry": "lookup",
      "meaning": "session.cancel or the end of the connection stopped the request.",
      "hint": "Ask key.lookup, or repeat with the same key."
    }
  }
}

"""##

private let content2: StaticString = ##"""
{
  "type": "attention.cleared",
  "summary": "The reason to look is gone.",
  "since": "1.0",
  "about": ["order"],
  "data": { "code": {"type": "text", "doc": "Which."} }
}

"""##

private let content3: StaticString = ##"""
{
  "type": "attention.raised",
  "summary": "A person must look at an order.",
  "since": "1.0",
  "about": ["order"],
  "data": {
    "code": {
      "type": "text",
      "doc": "For example amount_mismatch, delivery_failed, payment_stale, payment_open_for_days, refund_after_restore."
    },
    "text": { "type": "text", "doc": "In words." }
  }
}

"""##

private let content4: StaticString = ##"""
{
  "type": "case.assigned",
  "summary": "A case was given to an operator.",
  "since": "1.0",
  "about": [
    "order"
  ],
  "data": {
    "case": {
      "type": "case_id",
      "doc": "It."
    },
    "owner": {
      "type": "text",
      "doc": "To whom."
    },
    "due_at": {
      "type": "time",
      "doc": "When the next step should have followed."
    }
  }
}

"""##

private let content5: StaticString = ##"""
{
  "type": "case.closed",
  "summary": "A case was put away.",
  "since": "1.0",
  "about": [
    "order"
  ],
  "data": {
    "case": {
      "type": "case_id",
      "doc": "It."
    }
  }
}

"""##

private let content6: StaticString = ##"""
{
  "type": "case.escalated",
  "summary": "Nobody did anything for a case in time.",
  "since": "1.0",
  "about": [
    "order"
  ],
  "data": {
    "case": {
      "type": "case_id",
      "doc": "It."
    }
  }
}

"""##

private let content7: StaticString = ##"""
{
  "type": "case.linked",
  "summary": "A case is about more things.",
  "since": "1.0",
  "about": [
    "order"
  ],
  "data": {
    "case": {
      "type": "case_id",
      "doc": "It."
    },
    "links": {
      "type": "[case_link]",
      "doc": "The new ones."
    }
  }
}

"""##

private let content8: StaticString = ##"""
{
  "type": "case.noted",
  "summary": "A note or evidence was added to a case; what it says is not in the log.",
  "since": "1.0",
  "about": [
    "order"
  ],
  "data": {
    "case": {
      "type": "case_id",
      "doc": "It."
    },
    "paper": {
      "type": "case_paper",
      "doc": "What is known of it."
    },
    "waiting_for": {
      "type": "case_wait",
      "optional": true,
      "doc": "Whom the work waits for from now on."
    },
    "due_at": {
      "type": "time",
      "doc": "When the next step should have followed."
    }
  }
}

"""##

private let content9: StaticString = ##"""
{
  "type": "case.opened",
  "summary": "A case was opened.",
  "since": "1.0",
  "about": [
    "order"
  ],
  "data": {
    "case": {
      "type": "case_id",
      "doc": "It."
    },
    "kind": {
      "type": "case_kind",
      "doc": "What it is about."
    },
    "severity": {
      "type": "case_severity",
      "doc": "How much hangs on it."
    },
    "links": {
      "type": "[case_link]",
      "doc": "What it is linked with."
    },
    "due_at": {
      "type": "time",
      "doc": "When somebody should have taken it up."
    }
  }
}

"""##

private let content10: StaticString = ##"""
{
  "type": "case.proposed",
  "summary": "One person named the cause; a second must agree.",
  "since": "1.0",
  "about": [
    "order"
  ],
  "data": {
    "case": {
      "type": "case_id",
      "doc": "It."
    },
    "cause": {
      "type": "cause_code",
      "doc": "Why it came to it."
    },
    "due_at": {
      "type": "time",
      "doc": "When the next step should have followed."
    }
  }
}

"""##

private let content11: StaticString = ##"""
{
  "type": "case.reopened",
  "summary": "A case was taken up again.",
  "since": "1.0",
  "about": [
    "order"
  ],
  "data": {
    "case": {
      "type": "case_id",
      "doc": "It."
    },
    "due_at": {
      "type": "time",
      "doc": "When the next step should have followed."
    }
  }
}

"""##

private let content12: StaticString = ##"""
{
  "type": "case.resolved",
  "summary": "The work on a case is done.",
  "since": "1.0",
  "about": [
    "order"
  ],
  "data": {
    "case": {
      "type": "case_id",
      "doc": "It."
    },
    "cause": {
      "type": "cause_code",
      "doc": "Why it came to it."
    },
    "proposed_by": {
      "type": "text",
      "optional": true,
      "doc": "Who named the cause, where a second person agreed."
    }
  }
}

"""##

private let content13: StaticString = ##"""
{
  "type": "delivery.delivered",
  "summary": "Handed out.",
  "since": "1.0",
  "about": ["order"],
  "data": {
    "delivery": { "type": "delivery_id", "doc": "The delivery." },
    "reference": { "type": "text", "optional": true, "doc": "What the worker noted." }
  }
}

"""##

private let content14: StaticString = ##"""
{
  "type": "delivery.failed",
  "summary": "Not handed out, or nobody knows.",
  "since": "1.0",
  "about": ["order"],
  "data": {
    "delivery": { "type": "delivery_id", "doc": "The delivery." },
    "reason": { "type": "text", "doc": "Why." }
  }
}

"""##

private let content15: StaticString = ##"""
{
  "type": "delivery.held",
  "summary": "Held by risk or support.",
  "since": "1.0",
  "about": ["order"],
  "data": {
    "delivery": { "type": "delivery_id", "doc": "The delivery." },
    "reason": { "type": "text", "doc": "Why." }
  }
}

"""##

private let content16: StaticString = ##"""
{
  "type": "delivery.pending",
  "summary": "May be claimed.",
  "since": "1.0",
  "about": ["order"],
  "data": {
    "delivery": { "type": "delivery_id", "doc": "The delivery." },
    "line": {
      "type": "integer",
      "doc": "Number of the line, from 1; 0 for an order without lines."
    },
    "reason": {
      "type": "text",
      "optional": true,
      "doc": "Why a person opened it again (delivery.retry)."
    }
  }
}

"""##

private let content17: StaticString = ##"""
{
  "type": "delivery.reserved",
  "summary": "A worker holds a claim.",
  "since": "1.0",
  "about": ["order"],
  "data": {
    "delivery": { "type": "delivery_id", "doc": "The delivery." },
    "claim": { "type": "claim", "doc": "The claim." },
    "lease_until": { "type": "time", "doc": "End of the claim." }
  }
}

"""##

private let content18: StaticString = ##"""
{
  "type": "delivery.revoked",
  "summary": "Taken back.",
  "since": "1.0",
  "about": ["order"],
  "data": {
    "delivery": { "type": "delivery_id", "doc": "The delivery." },
    "reason": { "type": "text", "doc": "Why." }
  }
}

"""##

private let content19: StaticString = ##"""
{
  "type": "discrepancy.adjudicated",
  "summary": "A difference was decided by people.",
  "since": "1.0",
  "about": [
    "order"
  ],
  "data": {
    "discrepancy": {
      "type": "discrepancy_id",
      "doc": "It."
    },
    "verb": {
      "type": "adjudication_verb",
      "doc": "What to do."
    },
    "reason": {
      "type": "text",
      "doc": "Why."
    },
    "proposed_by": {
      "type": "text",
      "doc": "Who proposed it."
    },
    "until": {
      "type": "time",
      "optional": true,
      "doc": "When it is looked at again."
    },
    "partner": {
      "type": "discrepancy_id",
      "optional": true,
      "doc": "The other half of a merge."
    },
    "fee_known": {
      "type": "money",
      "optional": true,
      "doc": "The fee of the other half's payment that the gateway had told: the row's own counts beyond it."
    },
    "confirmed_by": {
      "type": "text",
      "optional": true,
      "doc": "The second person, where it took two."
    }
  }
}

"""##

private let content20: StaticString = ##"""
{
  "type": "discrepancy.escalated",
  "summary": "Nobody decided a difference in time.",
  "since": "1.0",
  "about": [
    "order"
  ],
  "data": {
    "discrepancy": {
      "type": "discrepancy_id",
      "doc": "It."
    }
  }
}

"""##

private let content21: StaticString = ##"""
{
  "type": "discrepancy.opened",
  "summary": "A difference was found.",
  "since": "1.0",
  "about": ["order", "payment", "refund"],
  "data": {
    "discrepancy": { "type": "discrepancy_id", "doc": "It." },
    "run": { "type": "run_id", "doc": "The run that found it." },
    "statement": { "type": "statement_id", "doc": "The statement compared." },
    "gateway": { "type": "account_name", "doc": "Whose." },
    "kind": { "type": "discrepancy_kind", "doc": "How they differ." },
    "level": { "type": "handling_level", "doc": "How many people it takes." },
    "expected": { "type": "signed_money", "doc": "What our side says." },
    "actual": { "type": "signed_money", "doc": "What the other says." },
    "theirs": { "type": "statement_row", "optional": true, "doc": "The row of the statement." },
    "bank": {
      "type": "statement_row",
      "optional": true,
      "doc": "The row of the bank's statement."
    },
    "ours": { "type": "text", "optional": true, "doc": "The payment, refund or order of ours; `pay_…:reversal` is what the gateway gave back of a payment at its own desk." },
    "suggestions": {
      "type": "json",
      "optional": true,
      "doc": "Lists of lines that would explain it."
    },
    "mark": { "type": "text", "doc": "The same for the same difference in every run." },
    "due_at": { "type": "time", "doc": "Until when a person should have looked." }
  }
}

"""##

private let content22: StaticString = ##"""
{
  "type": "discrepancy.proposed",
  "summary": "One person has decided; a second must agree.",
  "since": "1.0",
  "about": [
    "order"
  ],
  "data": {
    "discrepancy": {
      "type": "discrepancy_id",
      "doc": "It."
    },
    "verb": {
      "type": "adjudication_verb",
      "doc": "What to do."
    },
    "reason": {
      "type": "text",
      "doc": "Why."
    },
    "proposed_by": {
      "type": "text",
      "doc": "Who proposed it."
    },
    "until": {
      "type": "time",
      "optional": true,
      "doc": "When it is looked at again."
    },
    "partner": {
      "type": "discrepancy_id",
      "optional": true,
      "doc": "The other half of a merge."
    },
    "fee_known": {
      "type": "money",
      "optional": true,
      "doc": "The fee of the other half's payment that the gateway had told: the row's own counts beyond it."
    }
  }
}

"""##

private let content23: StaticString = ##"""
{
  "type": "discrepancy.rejected",
  "summary": "A proposed decision was turned down.",
  "since": "1.0",
  "about": [
    "order"
  ],
  "data": {
    "discrepancy": {
      "type": "discrepancy_id",
      "doc": "It."
    },
    "reason": {
      "type": "text",
      "doc": "Why."
    }
  }
}

"""##

private let content24: StaticString = ##"""
{
  "type": "discrepancy.reopened",
  "summary": "A decision was taken back, or the day it waited for came.",
  "since": "1.0",
  "about": [
    "order"
  ],
  "data": {
    "discrepancy": {
      "type": "discrepancy_id",
      "doc": "It."
    },
    "reason": {
      "type": "text",
      "doc": "Why."
    }
  }
}

"""##

private let content25: StaticString = ##"""
{
  "type": "discrepancy.resolved",
  "summary": "A difference is settled.",
  "since": "1.0",
  "about": ["order"],
  "data": {
    "discrepancy": { "type": "discrepancy_id", "doc": "It." },
    "resolution": { "type": "discrepancy_resolution", "doc": "How." }
  }
}

"""##

private let content26: StaticString = ##"""
{
  "type": "dispute.accepted",
  "summary": "The shop gave in.",
  "since": "1.0",
  "about": ["order", "dispute"],
  "data": {
    "gateway_status": { "type": "text", "doc": "The gateway's own word." },
    "amount": { "type": "money", "doc": "What is disputed." },
    "funds": { "type": "dispute_funds", "doc": "Where the money is." },
    "reason": { "type": "reason", "optional": true, "doc": "What the buyer or the bank says." },
    "due_at": {
      "type": "time",
      "optional": true,
      "doc": "Until when the gateway takes an answer."
    },
    "evidence": { "type": "evidence", "doc": "What proves it." }
  }
}

"""##

private let content27: StaticString = ##"""
{
  "type": "dispute.attached",
  "summary": "Something that supports the shop's side was attached.",
  "since": "1.0",
  "about": ["order", "dispute"],
  "data": {
    "attachment": { "type": "attachment", "doc": "What." }
  }
}

"""##

private let content28: StaticString = ##"""
{
  "type": "dispute.due",
  "summary": "The time to answer runs out.",
  "since": "1.0",
  "about": ["order", "dispute"],
  "data": {
    "hours": { "type": "count", "doc": "72, 24 or 4 hours before it, 0 once it has passed." },
    "due_at": { "type": "time", "doc": "Until when the gateway takes an answer." }
  }
}

"""##

private let content29: StaticString = ##"""
{
  "type": "dispute.lost",
  "summary": "Decided for the buyer.",
  "since": "1.0",
  "about": ["order", "dispute"],
  "data": {
    "gateway_status": { "type": "text", "doc": "The gateway's own word." },
    "amount": { "type": "money", "doc": "What is disputed." },
    "funds": { "type": "dispute_funds", "doc": "Where the money is." },
    "reason": { "type": "reason", "optional": true, "doc": "What the buyer or the bank says." },
    "due_at": {
      "type": "time",
      "optional": true,
      "doc": "Until when the gateway takes an answer."
    },
    "evidence": { "type": "evidence", "doc": "What proves it." }
  }
}

"""##

private let content30: StaticString = ##"""
{
  "type": "dispute.needs_response",
  "summary": "The gateway waits for the shop's answer.",
  "since": "1.0",
  "about": ["order", "dispute"],
  "data": {
    "gateway_status": { "type": "text", "doc": "The gateway's own word." },
    "amount": { "type": "money", "doc": "What is disputed." },
    "funds": { "type": "dispute_funds", "doc": "Where the money is." },
    "reason": { "type": "reason", "optional": true, "doc": "What the buyer or the bank says." },
    "due_at": {
      "type": "time",
      "optional": true,
      "doc": "Until when the gateway takes an answer."
    },
    "evidence": { "type": "evidence", "doc": "What proves it." }
  }
}

"""##

private let content31: StaticString = ##"""
{
  "type": "dispute.opened",
  "summary": "A buyer disputes a payment.",
  "since": "1.0",
  "about": ["order", "dispute"],
  "data": {
    "payment": { "type": "payment_id", "doc": "Its payment." },
    "gateway_dispute_id": { "type": "text", "doc": "The gateway's number." },
    "state": { "type": "dispute_status", "doc": "Where it stands." },
    "gateway_status": { "type": "text", "doc": "The gateway's own word." },
    "amount": { "type": "money", "doc": "What is disputed." },
    "funds": { "type": "dispute_funds", "doc": "Where the money is." },
    "reason": { "type": "reason", "optional": true, "doc": "What the buyer or the bank says." },
    "due_at": {
      "type": "time",
      "optional": true,
      "doc": "Until when the gateway takes an answer."
    },
    "evidence": { "type": "evidence", "doc": "What proves it." }
  }
}

"""##

private let content32: StaticString = ##"""
{
  "type": "dispute.prevented",
  "summary": "Settled before it became a dispute.",
  "since": "1.0",
  "about": ["order", "dispute"],
  "data": {
    "gateway_status": { "type": "text", "doc": "The gateway's own word." },
    "amount": { "type": "money", "doc": "What is disputed." },
    "funds": { "type": "dispute_funds", "doc": "Where the money is." },
    "reason": { "type": "reason", "optional": true, "doc": "What the buyer or the bank says." },
    "due_at": {
      "type": "time",
      "optional": true,
      "doc": "Until when the gateway takes an answer."
    },
    "evidence": { "type": "evidence", "doc": "What proves it." }
  }
}

"""##

private let content33: StaticString = ##"""
{
  "type": "dispute.under_review",
  "summary": "Somebody decides.",
  "since": "1.0",
  "about": ["order", "dispute"],
  "data": {
    "gateway_status": { "type": "text", "doc": "The gateway's own word." },
    "amount": { "type": "money", "doc": "What is disputed." },
    "funds": { "type": "dispute_funds", "doc": "Where the money is." },
    "reason": { "type": "reason", "optional": true, "doc": "What the buyer or the bank says." },
    "due_at": {
      "type": "time",
      "optional": true,
      "doc": "Until when the gateway takes an answer."
    },
    "evidence": { "type": "evidence", "doc": "What proves it." }
  }
}

"""##

private let content34: StaticString = ##"""
{
  "type": "dispute.updated",
  "summary": "Another amount, date, reason or place of the money; the state is the same.",
  "since": "1.0",
  "about": ["order", "dispute"],
  "data": {
    "gateway_status": { "type": "text", "doc": "The gateway's own word." },
    "amount": { "type": "money", "doc": "What is disputed." },
    "funds": { "type": "dispute_funds", "doc": "Where the money is." },
    "reason": { "type": "reason", "optional": true, "doc": "What the buyer or the bank says." },
    "due_at": {
      "type": "time",
      "optional": true,
      "doc": "Until when the gateway takes an answer."
    },
    "evidence": { "type": "evidence", "doc": "What proves it." }
  }
}

"""##

private let content35: StaticString = ##"""
{
  "type": "dispute.warning",
  "summary": "The gateway made an inquiry of it again.",
  "since": "1.0",
  "about": ["order", "dispute"],
  "data": {
    "gateway_status": { "type": "text", "doc": "The gateway's own word." },
    "amount": { "type": "money", "doc": "What is disputed." },
    "funds": { "type": "dispute_funds", "doc": "Where the money is." },
    "reason": { "type": "reason", "optional": true, "doc": "What the buyer or the bank says." },
    "due_at": {
      "type": "time",
      "optional": true,
      "doc": "Until when the gateway takes an answer."
    },
    "evidence": { "type": "evidence", "doc": "What proves it." }
  }
}

"""##

private let content36: StaticString = ##"""
{
  "type": "dispute.warning_closed",
  "summary": "The inquiry ended without a dispute.",
  "since": "1.0",
  "about": ["order", "dispute"],
  "data": {
    "gateway_status": { "type": "text", "doc": "The gateway's own word." },
    "amount": { "type": "money", "doc": "What is disputed." },
    "funds": { "type": "dispute_funds", "doc": "Where the money is." },
    "reason": { "type": "reason", "optional": true, "doc": "What the buyer or the bank says." },
    "due_at": {
      "type": "time",
      "optional": true,
      "doc": "Until when the gateway takes an answer."
    },
    "evidence": { "type": "evidence", "doc": "What proves it." }
  }
}

"""##

private let content37: StaticString = ##"""
{
  "type": "dispute.withdrawn",
  "summary": "The buyer took it back.",
  "since": "1.0",
  "about": ["order", "dispute"],
  "data": {
    "gateway_status": { "type": "text", "doc": "The gateway's own word." },
    "amount": { "type": "money", "doc": "What is disputed." },
    "funds": { "type": "dispute_funds", "doc": "Where the money is." },
    "reason": { "type": "reason", "optional": true, "doc": "What the buyer or the bank says." },
    "due_at": {
      "type": "time",
      "optional": true,
      "doc": "Until when the gateway takes an answer."
    },
    "evidence": { "type": "evidence", "doc": "What proves it." }
  }
}

"""##

private let content38: StaticString = ##"""
{
  "type": "dispute.won",
  "summary": "Decided for the shop.",
  "since": "1.0",
  "about": ["order", "dispute"],
  "data": {
    "gateway_status": { "type": "text", "doc": "The gateway's own word." },
    "amount": { "type": "money", "doc": "What is disputed." },
    "funds": { "type": "dispute_funds", "doc": "Where the money is." },
    "reason": { "type": "reason", "optional": true, "doc": "What the buyer or the bank says." },
    "due_at": {
      "type": "time",
      "optional": true,
      "doc": "Until when the gateway takes an answer."
    },
    "evidence": { "type": "evidence", "doc": "What proves it." }
  }
}

"""##

private let content39: StaticString = ##"""
{
  "type": "gateway.degraded",
  "summary": "A gateway fails or loses callbacks.",
  "since": "1.0",
  "about": [],
  "data": {
    "gateway": { "type": "gateway_name", "doc": "Which." },
    "reason": { "type": "text", "doc": "What is seen." }
  }
}

"""##

private let content40: StaticString = ##"""
{
  "type": "gateway.missing",
  "summary": "A gateway with open payments is not configured any more; they cannot be asked about.",
  "since": "1.0",
  "about": [],
  "data": {
    "gateway": { "type": "gateway_name", "doc": "The gateway." },
    "open": { "type": "count", "doc": "Payments and refunds that wait for an answer." }
  }
}

"""##

private let content41: StaticString = ##"""
{
  "type": "gateway.recovered",
  "summary": "A gateway works again.",
  "since": "1.0",
  "about": [],
  "data": { "gateway": {"type": "gateway_name", "doc": "Which."} }
}

"""##

private let content42: StaticString = ##"""
{
  "type": "notification.parked",
  "summary": "A signed notification that cannot be applied yet.",
  "since": "1.0",
  "about": [],
  "data": {
    "receipt": { "type": "receipt_id", "doc": "The notification." },
    "gateway": { "type": "gateway_name", "doc": "Where from." },
    "out_trade_no": { "type": "text", "doc": "The number it names." }
  }
}

"""##

private let content43: StaticString = ##"""
{
  "type": "notification.received",
  "summary": "A signed notification.",
  "since": "1.0",
  "about": [],
  "data": {
    "receipt": { "type": "receipt_id", "doc": "The notification." },
    "gateway": { "type": "gateway_name", "doc": "Where from." }
  }
}

"""##

private let content44: StaticString = ##"""
{
  "type": "notification.rejected",
  "summary": "A notification that is not believed.",
  "since": "1.0",
  "about": [],
  "data": {
    "receipt": { "type": "receipt_id", "doc": "The notification." },
    "gateway": { "type": "gateway_name", "doc": "Where from." },
    "reason": { "type": "text", "doc": "Why." }
  }
}

"""##

private let content45: StaticString = ##"""
{
  "type": "order.accept_proposed",
  "summary": "One person would take a differing charge as payment.",
  "since": "1.0",
  "about": ["order"],
  "data": {
    "by": { "type": "text", "doc": "Who." },
    "reason": { "type": "text", "doc": "Why." }
  }
}

"""##

private let content46: StaticString = ##"""
{
  "type": "order.accepted",
  "summary": "Two people took a differing charge as payment.",
  "since": "1.0",
  "about": ["order"],
  "data": {
    "by": { "type": "text", "doc": "The second person." },
    "reason": { "type": "text", "doc": "Why." }
  }
}

"""##

private let content47: StaticString = ##"""
{
  "type": "order.cancel_requested",
  "summary": "Someone asked to cancel; open payments are being closed.",
  "since": "1.0",
  "about": ["order"],
  "data": { "reason": {"type": "text", "optional": true, "doc": "Why."} }
}

"""##

private let content48: StaticString = ##"""
{
  "type": "order.cancelled",
  "summary": "Cancelled, and no payment can succeed any more.",
  "since": "1.0",
  "about": ["order"],
  "data": {
    "captured": { "type": "integer", "doc": "What came. Minor units of the order's currency." },
    "refunded": {
      "type": "integer",
      "doc": "What went back. Minor units of the order's currency."
    },
    "excess": {
      "type": "integer",
      "doc": "What came above what is due. Minor units of the order's currency."
    },
    "late": { "type": "boolean", "doc": "Paid after it had ended." }
  }
}

"""##

private let content49: StaticString = ##"""
{
  "type": "order.charged_back",
  "summary": "A lost dispute took the money.",
  "since": "1.0",
  "about": ["order"],
  "data": {
    "captured": { "type": "integer", "doc": "What came. Minor units of the order's currency." },
    "refunded": {
      "type": "integer",
      "doc": "What went back. Minor units of the order's currency."
    },
    "excess": {
      "type": "integer",
      "doc": "What came above what is due. Minor units of the order's currency."
    },
    "late": { "type": "boolean", "doc": "Paid after it had ended." }
  }
}

"""##

private let content50: StaticString = ##"""
{
  "type": "order.created",
  "summary": "An order was created.",
  "since": "1.0",
  "about": ["order"],
  "data": {
    "order_no": {
      "type": "order_no",
      "optional": true,
      "doc": "The shop's number, if it gave one."
    },
    "owner": { "type": "text", "doc": "Principal that created it." },
    "amount": { "type": "money", "doc": "What is due." },
    "subject": { "type": "subject", "doc": "What is paid for." },
    "lines": { "type": "[logged_line]", "optional": true, "doc": "Articles, if any were given." },
    "source": { "type": "source", "optional": true, "doc": "Where it came from." },
    "expires_at": { "type": "time", "doc": "Takes no payment after." },
    "test": { "type": "boolean", "optional": true, "doc": "true if made at a sandbox." }
  }
}

"""##

private let content51: StaticString = ##"""
{
  "type": "order.expired",
  "summary": "Past its time.",
  "since": "1.0",
  "about": ["order"],
  "data": {
    "captured": { "type": "integer", "doc": "What came. Minor units of the order's currency." },
    "refunded": {
      "type": "integer",
      "doc": "What went back. Minor units of the order's currency."
    },
    "excess": {
      "type": "integer",
      "doc": "What came above what is due. Minor units of the order's currency."
    },
    "late": { "type": "boolean", "doc": "Paid after it had ended." }
  }
}

"""##

private let content52: StaticString = ##"""
{
  "type": "order.frozen",
  "summary": "An invariant failed on this order; nothing changes until a person looked.",
  "since": "1.0",
  "about": ["order"],
  "data": { "reason": {"type": "text", "doc": "Which invariant, and how."} }
}

"""##

private let content53: StaticString = ##"""
{
  "type": "order.held",
  "summary": "The delivery of the order is held.",
  "since": "1.0",
  "about": ["order"],
  "data": { "reason": {"type": "text", "doc": "Why."} }
}

"""##

private let content54: StaticString = ##"""
{
  "type": "order.paid",
  "summary": "The amount due was captured.",
  "since": "1.0",
  "about": ["order"],
  "data": {
    "captured": { "type": "integer", "doc": "What came. Minor units of the order's currency." },
    "refunded": {
      "type": "integer",
      "doc": "What went back. Minor units of the order's currency."
    },
    "excess": {
      "type": "integer",
      "doc": "What came above what is due. Minor units of the order's currency."
    },
    "late": { "type": "boolean", "doc": "Paid after it had ended." }
  }
}

"""##

private let content55: StaticString = ##"""
{
  "type": "order.partially_refunded",
  "summary": "A part went back.",
  "since": "1.0",
  "about": ["order"],
  "data": {
    "captured": { "type": "integer", "doc": "What came. Minor units of the order's currency." },
    "refunded": {
      "type": "integer",
      "doc": "What went back. Minor units of the order's currency."
    },
    "excess": {
      "type": "integer",
      "doc": "What came above what is due. Minor units of the order's currency."
    },
    "late": { "type": "boolean", "doc": "Paid after it had ended." }
  }
}

"""##

private let content56: StaticString = ##"""
{
  "type": "order.personal_erased",
  "summary": "The buyer's personal data were erased.",
  "since": "1.0",
  "about": ["order"],
  "data": {}
}

"""##

private let content57: StaticString = ##"""
{
  "type": "order.refunded",
  "summary": "All went back.",
  "since": "1.0",
  "about": ["order"],
  "data": {
    "captured": { "type": "integer", "doc": "What came. Minor units of the order's currency." },
    "refunded": {
      "type": "integer",
      "doc": "What went back. Minor units of the order's currency."
    },
    "excess": {
      "type": "integer",
      "doc": "What came above what is due. Minor units of the order's currency."
    },
    "late": { "type": "boolean", "doc": "Paid after it had ended." }
  }
}

"""##

private let content58: StaticString = ##"""
{
  "type": "order.review",
  "summary": "Money came that is not what was asked.",
  "since": "1.0",
  "about": ["order"],
  "data": {
    "captured": { "type": "integer", "doc": "What came. Minor units of the order's currency." },
    "refunded": {
      "type": "integer",
      "doc": "What went back. Minor units of the order's currency."
    },
    "excess": {
      "type": "integer",
      "doc": "What came above what is due. Minor units of the order's currency."
    },
    "late": { "type": "boolean", "doc": "Paid after it had ended." }
  }
}

"""##

private let content59: StaticString = ##"""
{
  "type": "order.unheld",
  "summary": "The delivery of the order goes on.",
  "since": "1.0",
  "about": ["order"],
  "data": {}
}

"""##

private let content60: StaticString = ##"""
{
  "type": "payment.awaiting_buyer",
  "summary": "The gateway waits for the buyer.",
  "since": "1.0",
  "about": ["order", "payment"],
  "data": {
    "action": { "type": "action", "optional": true, "doc": "What the buyer must be shown." },
    "gateway_payment_id": {
      "type": "text",
      "optional": true,
      "doc": "The gateway's number of the payment."
    }
  }
}

"""##

private let content61: StaticString = ##"""
{
  "type": "payment.closed",
  "summary": "Proven closed.",
  "since": "1.0",
  "about": ["order", "payment"],
  "data": {
    "reason": { "type": "reason", "optional": true, "doc": "What happened, or why." },
    "evidence": { "type": "evidence", "doc": "What proves it." }
  }
}

"""##

private let content62: StaticString = ##"""
{
  "type": "payment.closing",
  "summary": "Being closed; may still succeed.",
  "since": "1.0",
  "about": ["order", "payment"],
  "data": { "cause": {"type": "closing_cause", "doc": "Why."} }
}

"""##

private let content63: StaticString = ##"""
{
  "type": "payment.confirmed",
  "summary": "Stronger proof says the same of a weakly proven charge.",
  "since": "1.0",
  "about": ["order", "payment"],
  "data": {
    "evidence": { "type": "evidence", "doc": "What proves it." }
  }
}

"""##

private let content64: StaticString = ##"""
{
  "type": "payment.created",
  "summary": "A payment was written down; nothing is sent yet.",
  "since": "1.0",
  "about": ["order", "payment"],
  "data": {
    "gateway": { "type": "gateway_name", "doc": "Where." },
    "kind": { "type": "gateway_kind", "doc": "Adapter of the gateway." },
    "method": { "type": "payment_method", "doc": "How." },
    "amount": { "type": "money", "doc": "What is asked." },
    "out_trade_no": { "type": "out_trade_no", "doc": "Our number at the gateway." },
    "expires_at": { "type": "time", "doc": "Cannot be paid after." },
    "test": {
      "type": "boolean",
      "optional": true,
      "doc": "true if made at a sandbox. Logs of earlier versions do not say it."
    }
  }
}

"""##

private let content65: StaticString = ##"""
{
  "type": "payment.failed",
  "summary": "The gateway refused for good.",
  "since": "1.0",
  "about": ["order", "payment"],
  "data": {
    "reason": { "type": "reason", "doc": "What happened, or why." },
    "evidence": { "type": "evidence", "doc": "What proves it." }
  }
}

"""##

private let content66: StaticString = ##"""
{
  "type": "payment.processing",
  "summary": "The gateway says it is under way.",
  "since": "1.0",
  "about": ["order", "payment"],
  "data": { "reason": {"type": "reason", "optional": true, "doc": "What happened, or why."} }
}

"""##

private let content67: StaticString = ##"""
{
  "type": "payment.resolve_proposed",
  "summary": "One person would settle the payment by a proof from outside.",
  "since": "1.0",
  "about": ["order", "payment"],
  "data": {
    "by": { "type": "text", "doc": "Who." },
    "evidence": { "type": "text", "doc": "The proof." },
    "amount": { "type": "money", "doc": "What it says was taken; zero: nothing, and the payment ends unpaid." },
    "reason": { "type": "text", "doc": "Why." }
  }
}

"""##

private let content68: StaticString = ##"""
{
  "type": "payment.reversed",
  "summary": "The gateway took the capture back.",
  "since": "1.0",
  "about": ["order", "payment"],
  "data": {
    "reason": { "type": "reason", "optional": true, "doc": "What happened, or why." },
    "evidence": { "type": "evidence", "doc": "What proves it." }
  }
}

"""##

private let content69: StaticString = ##"""
{
  "type": "payment.stale",
  "summary": "Without a final answer for long.",
  "since": "1.0",
  "about": ["order", "payment"],
  "data": {}
}

"""##

private let content70: StaticString = ##"""
{
  "type": "payment.submitted",
  "summary": "The create call left.",
  "since": "1.0",
  "about": ["order", "payment"],
  "data": {}
}

"""##

private let content71: StaticString = ##"""
{
  "type": "payment.succeeded",
  "summary": "Money was captured.",
  "since": "1.0",
  "about": ["order", "payment"],
  "data": {
    "captured": { "type": "money", "doc": "What came, as the gateway said." },
    "gateway_txn_id": { "type": "text", "doc": "The gateway's number." },
    "paid_at": { "type": "time", "optional": true, "doc": "By the gateway's clock." },
    "fee": { "type": "money", "optional": true, "doc": "What the gateway kept." },
    "evidence": { "type": "evidence", "doc": "What proves it." }
  }
}

"""##

private let content72: StaticString = ##"""
{
  "type": "payment.succeeded_late",
  "summary": "Money was captured after the payment was closed or failed.",
  "since": "1.0",
  "about": ["order", "payment"],
  "data": {
    "captured": { "type": "money", "doc": "What came, as the gateway said." },
    "gateway_txn_id": { "type": "text", "doc": "The gateway's number." },
    "paid_at": { "type": "time", "optional": true, "doc": "By the gateway's clock." },
    "fee": { "type": "money", "optional": true, "doc": "What the gateway kept." },
    "evidence": { "type": "evidence", "doc": "What proves it." }
  }
}

"""##

private let content73: StaticString = ##"""
{
  "type": "payment.unknown",
  "summary": "The gateway did not answer; it may exist.",
  "since": "1.0",
  "about": ["order", "payment"],
  "data": { "reason": {"type": "reason", "doc": "What happened, or why."} }
}

"""##

private let content74: StaticString = ##"""
{
  "type": "recon.finished",
  "summary": "A statement was compared with our books.",
  "since": "1.0",
  "about": [],
  "data": {
    "run": { "type": "run_id", "doc": "The run." },
    "statement": { "type": "statement_id", "doc": "The statement." },
    "gateway": { "type": "account_name", "doc": "Whose." },
    "rows": { "type": "count", "doc": "Rows of the statement." },
    "filled_back": { "type": "count", "doc": "Payments and refunds that it made known." },
    "opened": { "type": "count", "doc": "Discrepancies opened." },
    "sha256": { "type": "sha256", "doc": "Digest over the statement and all that was found." },
    "fees": {
      "type": "[signed_money]",
      "optional": true,
      "doc": "By currency: fees that the bill names and nobody had told before; they are booked."
    },
    "coupons": {
      "type": "[signed_money]",
      "optional": true,
      "doc": "By currency: what your own coupons took of what the bill's rows were paid, less what refunds gave back of it; it is booked."
    },
    "conversions": {
      "type": "[currency_conversion]",
      "optional": true,
      "doc": "By pair of currencies: what was credited in another currency than charged; it is booked."
    },
    "carried": {
      "type": "[carried_costs]",
      "optional": true,
      "doc": "Rows of earlier statements that this run found to be something of ours, and what they cost beyond what was told before; it is booked until their own statement is compared again."
    },
    "payouts": {
      "type": "[payout_proof]",
      "optional": true,
      "doc": "What payouts were found to be made of."
    },
    "arrivals": {
      "type": "[payout_arrival]",
      "optional": true,
      "doc": "Payouts that were found at the bank; they are booked."
    },
    "returns": {
      "type": "[payout_return]",
      "optional": true,
      "doc": "Payouts that the bank turned away; nobody waits for them any more."
    },
    "awaited": {
      "type": "[payout_awaited]",
      "optional": true,
      "doc": "Payouts that the bank has not brought yet."
    }
  }
}

"""##

private let content75: StaticString = ##"""
{
  "type": "recon.half_signed",
  "summary": "The first of two persons signed a run.",
  "since": "1.0",
  "about": [],
  "data": {
    "run": { "type": "run_id", "doc": "The run." },
    "sha256": { "type": "sha256", "doc": "Digest of what was signed." },
    "left_open": { "type": "[left_open]", "doc": "Discrepancies that stay open, and why." }
  }
}

"""##

private let content76: StaticString = ##"""
{
  "type": "recon.reopened",
  "summary": "A signed run changed, or was made again: the names are void.",
  "since": "1.0",
  "about": [],
  "data": {
    "run": { "type": "run_id", "doc": "The run." },
    "cause": {
      "type": "text",
      "doc": "The discrepancy that was decided otherwise, the run that came after, or the statement that was issued again."
    }
  }
}

"""##

private let content77: StaticString = ##"""
{
  "type": "recon.signed",
  "summary": "The second person signed the same page.",
  "since": "1.0",
  "about": [],
  "data": {
    "run": { "type": "run_id", "doc": "The run." },
    "sha256": { "type": "sha256", "doc": "Digest of what was signed." }
  }
}

"""##

private let content78: StaticString = ##"""
{
  "type": "refund.approved",
  "summary": "A refund may be sent.",
  "since": "1.0",
  "about": ["order", "refund"],
  "data": { "by": {"type": "text", "doc": "Who."} }
}

"""##

private let content79: StaticString = ##"""
{
  "type": "refund.failed",
  "summary": "The gateway refused for good.",
  "since": "1.0",
  "about": ["order", "refund"],
  "data": {
    "reason": { "type": "reason", "doc": "What happened, or why." },
    "evidence": { "type": "evidence", "doc": "What proves it." }
  }
}

"""##

private let content80: StaticString = ##"""
{
  "type": "refund.processing",
  "summary": "The gateway says it is under way.",
  "since": "1.0",
  "about": ["order", "refund"],
  "data": {
    "reason": { "type": "reason", "optional": true, "doc": "What happened, or why." },
    "gateway_refund_id": {
      "type": "text",
      "optional": true,
      "doc": "The gateway's number, where it gives one already."
    }
  }
}

"""##

private let content81: StaticString = ##"""
{
  "type": "refund.rejected",
  "summary": "A person refused it; the amount is free again.",
  "since": "1.0",
  "about": ["order", "refund"],
  "data": {
    "by": { "type": "text", "doc": "Who." },
    "reason": { "type": "text", "doc": "Why." }
  }
}

"""##

private let content82: StaticString = ##"""
{
  "type": "refund.requested",
  "summary": "A refund was asked for; its amount is reserved.",
  "since": "1.0",
  "about": ["order", "refund"],
  "data": {
    "payment": { "type": "payment_id", "doc": "Its payment." },
    "refund_no": { "type": "refund_no", "doc": "Our number at the gateway." },
    "amount": { "type": "money", "doc": "How much." },
    "reason": { "type": "text", "optional": true, "doc": "Why." }
  }
}

"""##

private let content83: StaticString = ##"""
{
  "type": "refund.returned",
  "summary": "The buyer's bank sent the money back to us.",
  "since": "1.0",
  "about": ["order", "refund"],
  "data": {
    "reason": { "type": "reason", "optional": true, "doc": "What happened, or why." },
    "evidence": { "type": "evidence", "doc": "What proves it." }
  }
}

"""##

private let content84: StaticString = ##"""
{
  "type": "refund.submitted",
  "summary": "The refund call left.",
  "since": "1.0",
  "about": ["order", "refund"],
  "data": {}
}

"""##

private let content85: StaticString = ##"""
{
  "type": "refund.succeeded",
  "summary": "Money went back.",
  "since": "1.0",
  "about": ["order", "refund"],
  "data": {
    "gateway_refund_id": { "type": "text", "optional": true, "doc": "The gateway's number." },
    "evidence": { "type": "evidence", "doc": "What proves it." }
  }
}

"""##

private let content86: StaticString = ##"""
{
  "type": "refund.unknown",
  "summary": "The gateway did not answer; asked again with the same number.",
  "since": "1.0",
  "about": ["order", "refund"],
  "data": { "reason": {"type": "reason", "doc": "What happened, or why."} }
}

"""##

private let content87: StaticString = ##"""
{
  "type": "refund.withdrawn",
  "summary": "Who asked took it back; the amount is free again.",
  "since": "1.0",
  "about": ["order", "refund"],
  "data": { "by": {"type": "text", "doc": "Who."} }
}

"""##

private let content88: StaticString = ##"""
{
  "type": "rule.activated",
  "summary": "A pattern of decisions was put in force.",
  "since": "1.0",
  "about": [],
  "data": {
    "rule": {
      "type": "rule_id",
      "doc": "The rule."
    },
    "pattern": {
      "type": "rule_pattern",
      "doc": "What it decides, and how."
    },
    "tolerance": {
      "type": "count",
      "doc": "Largest difference that it decides, in minor units of the pattern's currency."
    },
    "support": {
      "type": "count",
      "doc": "Decisions that stood behind it."
    },
    "mode": {
      "type": "rule_mode",
      "optional": true,
      "doc": "How far it goes; absent of a rule of the time when all decided at once."
    },
    "replayed": {
      "type": "count",
      "optional": true,
      "doc": "Differences of history that it would have decided."
    },
    "disagreeing": {
      "type": "count",
      "optional": true,
      "doc": "Those among them that ended otherwise."
    }
  }
}

"""##

private let content89: StaticString = ##"""
{
  "type": "rule.deactivated",
  "summary": "A rule was ended.",
  "since": "1.0",
  "about": [],
  "data": {
    "rule": {
      "type": "rule_id",
      "doc": "The rule."
    },
    "reason": {
      "type": "text",
      "doc": "Why."
    },
    "counter_example": {
      "type": "discrepancy_id",
      "optional": true,
      "doc": "The discrepancy about which a person decided otherwise."
    }
  }
}

"""##

private let content90: StaticString = ##"""
{
  "type": "server.started",
  "summary": "The daemon started.",
  "since": "1.0",
  "about": [],
  "data": { "version": {"type": "text", "doc": "Version."} }
}

"""##

private let content91: StaticString = ##"""
{
  "type": "statement.imported",
  "summary": "A bill or bank statement was taken in.",
  "since": "1.0",
  "about": [],
  "data": {
    "statement": { "type": "statement_id", "doc": "It." },
    "gateway": { "type": "account_name", "doc": "Whose." },
    "content": { "type": "statement_content", "doc": "What it holds." },
    "sha256": { "type": "sha256", "doc": "Digest of its bytes." },
    "rows": { "type": "count", "doc": "Rows." },
    "from_at": { "type": "time", "doc": "The days it covers begin." },
    "to_at": { "type": "time", "doc": "And end." },
    "verified": { "type": "boolean", "doc": "Its own figures agree with its rows." },
    "supersedes": {
      "type": "statement_id",
      "optional": true,
      "doc": "The one it was issued in place of."
    }
  }
}

"""##

private let content92: StaticString = ##"""
{
  "doc": "Every limit of protocol 1. Reaching one is a named refusal that carries it.",
  "limits": {
    "line_in": {
      "value": 262144,
      "unit": "bytes",
      "meaning": "Longest line a client may send, without its line feed."
    },
    "line_out": {
      "value": 1048576,
      "unit": "bytes",
      "meaning": "Longest line the daemon sends, without its line feed."
    },
    "line_discard": {
      "value": 16777216,
      "unit": "bytes",
      "meaning": "Bytes of one over-long line thrown away before the connection ends."
    },
    "line_partial": {
      "value": 10000,
      "unit": "milliseconds",
      "meaning": "Time a begun line may take to end, from its first byte."
    },
    "socket_path": { "value": 107, "unit": "bytes", "meaning": "Longest path of a Unix socket." },
    "request_id": {
      "value": 64,
      "unit": "bytes",
      "meaning": "Longest request id given as a string."
    },
    "integer_max": {
      "value": 9007199254740991,
      "unit": "count",
      "meaning": "Largest absolute integer in JSON."
    },
    "depth": { "value": 32, "unit": "count", "meaning": "Deepest nesting of objects and arrays." },
    "values": { "value": 10000, "unit": "count", "meaning": "Most values in one line." },
    "string": {
      "value": 65536,
      "unit": "bytes",
      "meaning": "Longest string, unless its schema says otherwise."
    },
    "body_base64": {
      "value": 196608,
      "unit": "bytes",
      "meaning": "Longest body_base64 of notification.ingest and content_base64 of dispute.attach, which alone may be longer than string."
    },
    "key_min": { "value": 8, "unit": "bytes", "meaning": "Shortest idempotency_key." },
    "key_max": { "value": 128, "unit": "bytes", "meaning": "Longest idempotency_key." },
    "key_kept": {
      "value": 2592000000,
      "unit": "milliseconds",
      "meaning": "Time a key and its reply are kept at least."
    },
    "timeout_max": { "value": 600000, "unit": "milliseconds", "meaning": "Largest timeout_ms." },
    "trace": { "value": 128, "unit": "bytes", "meaning": "Longest trace." },
    "in_flight": {
      "value": 32,
      "unit": "count",
      "meaning": "Requests in flight on one connection."
    },
    "connections": {
      "value": 4096,
      "unit": "count",
      "meaning": "Connections in all, unless configured."
    },
    "connections_ceiling": {
      "value": 16384,
      "unit": "count",
      "meaning": "Largest number of connections the configuration may ask for."
    },
    "connections_per_uid": {
      "value": 1024,
      "unit": "count",
      "meaning": "Connections of one user, unless configured."
    },
    "connections_reserved": {
      "value": 8,
      "unit": "count",
      "meaning": "Connections kept free for admin."
    },
    "descriptors_reserved": {
      "value": 64,
      "unit": "count",
      "meaning": "File descriptors never used for connections."
    },
    "backlog": { "value": 4096, "unit": "count", "meaning": "Connections waiting to be accepted." },
    "turn_lines": {
      "value": 64,
      "unit": "count",
      "meaning": "Lines of one connection read in one turn."
    },
    "turn": {
      "value": 10,
      "unit": "milliseconds",
      "meaning": "Time spent reading one connection in one turn."
    },
    "output_high": {
      "value": 262144,
      "unit": "bytes",
      "meaning": "Unsent output at which a connection is no longer read."
    },
    "output_low": {
      "value": 65536,
      "unit": "bytes",
      "meaning": "Unsent output at which it is read again."
    },
    "output_stalled": {
      "value": 60000,
      "unit": "milliseconds",
      "meaning": "Time without taking a byte after which a connection is closed."
    },
    "buffers": {
      "value": 67108864,
      "unit": "bytes",
      "meaning": "All buffers of all connections; beyond it the largest is closed."
    },
    "accept_pause": {
      "value": 100,
      "unit": "milliseconds",
      "meaning": "Pause of accepting when descriptors run out."
    },
    "malformed_in_row": {
      "value": 8,
      "unit": "count",
      "meaning": "Malformed lines in a row that end the connection."
    },
    "problems": {
      "value": 20,
      "unit": "count",
      "meaning": "Faults of one request reported together."
    },
    "suggestions": { "value": 3, "unit": "count", "meaning": "Names offered in did_you_mean." },
    "method_shown": {
      "value": 64,
      "unit": "bytes",
      "meaning": "Bytes of an unknown method name repeated in a message."
    },
    "group_commit": {
      "value": 512,
      "unit": "count",
      "meaning": "Writes that share one transaction at most."
    },
    "event_chunk": {
      "value": 65536,
      "unit": "bytes",
      "meaning": "Events read from the store for one subscriber at a time."
    },
    "event_mark": {
      "value": 15000,
      "unit": "milliseconds",
      "meaning": "Longest time between two marks of a subscription."
    },
    "event_mark_skipped": {
      "value": 1000,
      "unit": "count",
      "meaning": "Events filtered out after which a mark is sent."
    },
    "event_types": { "value": 32, "unit": "count", "meaning": "Types in one event filter." },
    "consumers": { "value": 1024, "unit": "count", "meaning": "Named consumers of one principal." },
    "wait_max": { "value": 60000, "unit": "milliseconds", "meaning": "Largest wait_ms." },
    "list_default": { "value": 50, "unit": "count", "meaning": "Rows of a list without limit." },
    "list_max": { "value": 200, "unit": "count", "meaning": "Largest limit of a list." },
    "batch_calls": { "value": 50, "unit": "count", "meaning": "Calls in one batch.run." },
    "order_no": { "value": 64, "unit": "bytes", "meaning": "Longest order_no." },
    "out_trade_no": {
      "value": 32,
      "unit": "bytes",
      "meaning": "Longest number sent to a gateway."
    },
    "lines": { "value": 100, "unit": "count", "meaning": "Lines of one order." },
    "subject": { "value": 256, "unit": "bytes", "meaning": "Longest subject or line name." },
    "metadata": { "value": 4096, "unit": "bytes", "meaning": "Longest metadata, as compact JSON." },
    "reason": { "value": 500, "unit": "bytes", "meaning": "Longest reason or note." },
    "amount_minor": {
      "value": 1000000000000,
      "unit": "count",
      "meaning": "Largest amount, in minor units."
    },
    "search_text": {
      "value": 2,
      "unit": "count",
      "meaning": "Fewest characters of a search text."
    },
    "headers": { "value": 64, "unit": "count", "meaning": "Headers of one notification." },
    "order_expiry_default": {
      "value": 900000,
      "unit": "milliseconds",
      "meaning": "Life of an order, unless configured or asked."
    },
    "order_expiry_min": {
      "value": 60000,
      "unit": "milliseconds",
      "meaning": "Shortest life of an order."
    },
    "order_expiry_max": {
      "value": 2592000000,
      "unit": "milliseconds",
      "meaning": "Longest life of an order."
    },
    "lease_default": {
      "value": 60000,
      "unit": "milliseconds",
      "meaning": "Length of a delivery claim, unless asked."
    },
    "lease_min": { "value": 1000, "unit": "milliseconds", "meaning": "Shortest delivery claim." },
    "lease_max": { "value": 3600000, "unit": "milliseconds", "meaning": "Longest delivery claim." },
    "gateway_answer": {
      "value": 15000,
      "unit": "milliseconds",
      "meaning": "Time payment.create and refund.create wait for the gateway before they answer unknown."
    },
    "create_calls": {
      "value": 3,
      "unit": "count",
      "meaning": "Times the create of one payment is sent, where a gateway allows it again after saying that it never arrived."
    },
    "query_interval": {
      "value": 2000,
      "unit": "milliseconds",
      "meaning": "Shortest time between two queries of one payment asked by clients."
    },
    "poll_gap_max": {
      "value": 300000,
      "unit": "milliseconds",
      "meaning": "Longest time between two queries of a payment that is processing today."
    },
    "watched_after": {
      "value": 15000,
      "unit": "milliseconds",
      "meaning": "Time an order counts as watched after its last watcher left."
    },
    "rejected_receipts": {
      "value": 100,
      "unit": "count",
      "meaning": "Rejected notifications a gateway and hour that are kept verbatim; then counted."
    },
    "drain": {
      "value": 10000,
      "unit": "milliseconds",
      "meaning": "Time a stopping daemon gives requests in flight."
    },
    "readonly_probe": {
      "value": 10000,
      "unit": "milliseconds",
      "meaning": "Time between two tries to write after the disk was full."
    },
    "payments_per_order": { "value": 64, "unit": "count", "meaning": "Payments of one order." },
    "refunds_per_order": { "value": 64, "unit": "count", "meaning": "Refunds of one order." },
    "disputes_per_order": { "value": 16, "unit": "count", "meaning": "Disputes of one order." },
    "attachments_per_dispute": {
      "value": 20,
      "unit": "count",
      "meaning": "Attachments of one dispute."
    },
    "attachment": {
      "value": 131072,
      "unit": "bytes",
      "meaning": "Longest content of one attachment of a dispute."
    },
    "statement_bytes": {
      "value": 536870912,
      "unit": "bytes",
      "meaning": "Largest statement that is taken in, as it comes."
    },
    "uploads": {
      "value": 32,
      "unit": "count",
      "meaning": "Files on their way in of one principal."
    },
    "upload_kept": {
      "value": 86400000,
      "unit": "milliseconds",
      "meaning": "Time a file that was begun and not taken in is kept."
    },
    "discrepancies_per_run": {
      "value": 5000000,
      "unit": "count",
      "meaning": "Discrepancies that one run may open; more mean that the wrong file was compared."
    },
    "discrepancies_per_trial": {
      "value": 20000,
      "unit": "count",
      "meaning": "Discrepancies that a dry run of a comparison may come to."
    },
    "case_answer": {
      "value": 7200000,
      "unit": "milliseconds",
      "meaning": "Time in which somebody should have taken up a new case."
    },
    "case_step": {
      "value": 86400000,
      "unit": "milliseconds",
      "meaning": "Time after each step of a case in which the next one should follow, where nobody named another."
    },
    "shown_note": {
      "value": 4096,
      "unit": "bytes",
      "meaning": "A text of a case up to this length is shown with the case; a longer one is read for itself."
    },
    "papers_per_case": {
      "value": 100,
      "unit": "count",
      "meaning": "Notes and pieces of evidence of one case."
    },
    "links_per_case": {
      "value": 100,
      "unit": "count",
      "meaning": "Things that one case is about."
    },
    "rule_support": {
      "value": 20,
      "unit": "count",
      "meaning": "Decisions of people that must stand behind a rule before it can be put in force."
    },
    "left_open_per_run": {
      "value": 500,
      "unit": "count",
      "meaning": "Discrepancies that may be left open when a run is signed."
    },
    "discrepancy_due": {
      "value": 7200000,
      "unit": "milliseconds",
      "meaning": "Time in which a person should have looked at a discrepancy."
    }
  }
}

"""##

private let content93: StaticString = ##"""
{
  "name": "audit.verify",
  "summary": "Check the chain of the event log",
  "doc": "Recomputes every digest in the range. Without a range it also compares the kept bytes of every notification with its digest and with what the log says of it, every signed run with the digest that was signed, and the kept sums of the ledger with the log.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "from": { "type": "integer", "optional": true, "min": 1, "doc": "First event number." },
    "to": { "type": "integer", "optional": true, "min": 1, "doc": "Last event number." }
  },
  "result": {
    "ok": { "type": "boolean", "doc": "The chain holds." },
    "events": { "type": "count", "doc": "Events checked." },
    "first_bad": {
      "type": "integer",
      "optional": true,
      "doc": "Number of the first event that does not fit."
    },
    "head": { "type": "sha256", "optional": true, "doc": "Digest of the last event checked." },
    "receipts": {
      "type": "count",
      "optional": true,
      "doc": "Notifications whose kept bytes were compared with their digest and the log; only where the whole log was asked for."
    },
    "bad_receipt": {
      "type": "receipt_id",
      "optional": true,
      "doc": "The first notification whose bytes are not those that arrived."
    },
    "sign_offs": {
      "type": "count",
      "optional": true,
      "doc": "Runs that somebody signed, compared with the digest in the log; only where the whole log was asked for."
    },
    "bad_sign_off": {
      "type": "run_id",
      "optional": true,
      "doc": "The first run that is not what was signed."
    },
    "ledger_hours": {
      "type": "count",
      "optional": true,
      "doc": "Hours whose kept sums of the ledger were made anew from the log; only where the whole log was asked for."
    },
    "bad_ledger_hour": {
      "type": "time",
      "optional": true,
      "doc": "The first hour whose kept sums are not those of the log."
    }
  },
  "errors": [],
  "cli": { "path": ["audit", "verify"] },
  "examples": [{"vector": "audit-verify"}]
}

"""##

private let content94: StaticString = ##"""
{
  "name": "batch.run",
  "summary": "Several writes, all or none",
  "doc": "The calls run in order in one transaction. One refusal undoes all. Only methods marked batch; no common members within a call.",
  "since": "1.0",
  "effect": "write",
  "key": "required",
  "batch": false,
  "dry_run": true,
  "visibility": "all",
  "params": { "calls": {"type": "[batch_call]", "min": 1, "max": 50, "doc": "Calls in order."} },
  "result": { "results": {"type": "[json]", "doc": "Results in the same order."} },
  "errors": ["batch_failed", "not_batchable", "unknown_method"],
  "cli": {
    "path": ["batch", "run"],
    "flags": { "calls": "call" },
    "examples": [
      "till batch run --call '{\"method\":\"delivery.complete\",\"params\":{\"claim\":\"clm_01JD0000000000000000000001\"}}' --key batch-0001"
    ]
  },
  "examples": [{"vector": "batch-run"}]
}

"""##

private let content95: StaticString = ##"""
{
  "name": "case.assign",
  "summary": "Give a case to somebody",
  "doc": "Whoever was the owner before is not any more.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": false,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "case": {
      "type": "case_id",
      "doc": "Which."
    },
    "owner": {
      "type": "short_text",
      "doc": "Whose work it is: the name of an operator, or a principal of the peer map."
    },
    "due": {
      "type": "time",
      "optional": true,
      "doc": "When the next step must have followed; a day from now if not given."
    }
  },
  "result": {
    "case": {
      "type": "case",
      "doc": "As it is now."
    }
  },
  "errors": [
    "person_not_found",
    "case_not_found",
    "illegal_transition"
  ],
  "cli": {
    "path": [
      "case",
      "assign"
    ],
    "positional": [
      "case",
      "owner"
    ],
    "member": "case",
    "columns": [
      "id",
      "kind",
      "severity",
      "state",
      "owner",
      "due_at",
      "escalated_at",
      "cause"
    ],
    "examples": [
      "till case assign cas_01JD0000000000000000000001 li"
    ]
  },
  "examples": [
    {
      "vector": "case-assign"
    }
  ]
}

"""##

private let content96: StaticString = ##"""
{
  "name": "case.close",
  "summary": "Put a resolved case away",
  "doc": "Only when every discrepancy that it is about is decided, or waits for a day. Marks on its orders that nothing but a person's look ends are cleared: by kind refund_returned its own; by refund those of refunds that failed, came back, were made outside or contradict themselves; by excess a second charge; by dispute those of odd disputes; by gateway and other contradictions, unknown statuses and foreign transactions.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": false,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "case": {
      "type": "case_id",
      "doc": "Which."
    }
  },
  "result": {
    "case": {
      "type": "case",
      "doc": "As it is now."
    }
  },
  "errors": [
    "case_not_found",
    "illegal_transition",
    "case_unsettled"
  ],
  "cli": {
    "path": [
      "case",
      "close"
    ],
    "positional": [
      "case"
    ],
    "member": "case",
    "columns": [
      "id",
      "kind",
      "severity",
      "state",
      "owner",
      "due_at",
      "escalated_at",
      "cause"
    ],
    "examples": [
      "till case close cas_01JD0000000000000000000001"
    ]
  },
  "examples": [
    {
      "vector": "case-close"
    }
  ]
}

"""##

private let content97: StaticString = ##"""
{
  "name": "case.confirm",
  "summary": "Agree to the cause that another operator named",
  "doc": "Never the same person.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": false,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "case": {
      "type": "case_id",
      "doc": "Which."
    }
  },
  "result": {
    "case": {
      "type": "case",
      "doc": "As it is now."
    }
  },
  "errors": [
    "case_not_found",
    "illegal_transition",
    "token_required",
    "second_person_required"
  ],
  "cli": {
    "path": [
      "case",
      "confirm"
    ],
    "positional": [
      "case"
    ],
    "member": "case",
    "columns": [
      "id",
      "kind",
      "severity",
      "state",
      "owner",
      "due_at",
      "escalated_at",
      "cause"
    ],
    "examples": [
      "till case confirm cas_01JD0000000000000000000001"
    ]
  },
  "examples": [
    {
      "vector": "case-confirm"
    }
  ]
}

"""##

private let content98: StaticString = ##"""
{
  "name": "case.get",
  "summary": "One case",
  "doc": "With what people wrote into it; evidence that is no text is read with case.paper.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "case": {
      "type": "case_id",
      "doc": "Which."
    }
  },
  "result": {
    "case": {
      "type": "case",
      "doc": "It."
    },
    "notes": {
      "type": "[case_note]",
      "doc": "What people wrote, oldest first; without what was erased."
    }
  },
  "errors": [
    "case_not_found"
  ],
  "cli": {
    "path": [
      "case",
      "show"
    ],
    "positional": [
      "case"
    ],
    "member": "case",
    "examples": []
  },
  "examples": [
    {
      "vector": "case-get"
    }
  ]
}

"""##

private let content99: StaticString = ##"""
{
  "name": "case.link",
  "summary": "Say what else a case is about",
  "doc": "What is linked already stays as it is.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": false,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "case": {
      "type": "case_id",
      "doc": "Which."
    },
    "links": {
      "type": "[case_link]",
      "doc": "Orders, payments, refunds, disputes, discrepancies, runs."
    }
  },
  "result": {
    "case": {
      "type": "case",
      "doc": "As it is now."
    }
  },
  "errors": [
    "case_not_found",
    "illegal_transition",
    "too_many_links",
    "order_not_found",
    "payment_not_found",
    "refund_not_found",
    "dispute_not_found",
    "discrepancy_not_found",
    "run_not_found"
  ],
  "cli": {
    "path": [
      "case",
      "link"
    ],
    "positional": [
      "case",
      "links"
    ],
    "member": "case",
    "columns": [
      "id",
      "kind",
      "severity",
      "state",
      "owner",
      "due_at",
      "escalated_at",
      "cause"
    ],
    "examples": [
      "till case link cas_01JD0000000000000000000001 pay_01JD0000000000000000000001"
    ]
  },
  "examples": [
    {
      "vector": "case-link"
    }
  ]
}

"""##

private let content100: StaticString = ##"""
{
  "name": "case.list",
  "summary": "Cases",
  "doc": "All filters must hold. Newest first.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "live": {
      "type": "boolean",
      "optional": true,
      "doc": "Only those for which somebody still has to do something, or only the others."
    },
    "state": {
      "type": "case_state",
      "optional": true,
      "doc": "Where they stand."
    },
    "escalated": {
      "type": "boolean",
      "optional": true,
      "doc": "Nobody did anything in time, or somebody did."
    },
    "kind": {
      "type": "case_kind",
      "optional": true,
      "doc": "What they are about."
    },
    "severity": {
      "type": "case_severity",
      "optional": true,
      "doc": "How much hangs on them."
    },
    "owner": {
      "type": "short_text",
      "optional": true,
      "doc": "Whose work they are."
    },
    "cause": {
      "type": "cause_code",
      "optional": true,
      "doc": "Why it came to them."
    },
    "about": {
      "type": "case_link",
      "optional": true,
      "doc": "Linked with this."
    },
    "limit": {
      "type": "integer",
      "min": 1,
      "max": 200,
      "default": 50,
      "doc": "Rows at most."
    },
    "page": {
      "type": "page",
      "optional": true,
      "doc": "next of the page before."
    }
  },
  "result": {
    "cases": {
      "type": "[case]",
      "doc": "Rows."
    },
    "next": {
      "type": "page",
      "optional": true,
      "doc": "Where the next page begins; absent on the last."
    }
  },
  "errors": [],
  "cli": {
    "path": [
      "case",
      "list"
    ],
    "member": "cases",
    "columns": [
      "id",
      "kind",
      "severity",
      "state",
      "owner",
      "due_at",
      "escalated_at",
      "links"
    ],
    "examples": [
      "till case list --live"
    ]
  },
  "examples": [
    {
      "vector": "case-list"
    }
  ]
}

"""##

private let content101: StaticString = ##"""
{
  "name": "case.note",
  "summary": "Write into a case, or add evidence",
  "doc": "Kept sealed, with its digest in the log. Give text for text or content_base64 for any bytes, not both. waiting_for says whom the work waits for from now on.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": false,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "case": {
      "type": "case_id",
      "doc": "Which."
    },
    "text": {
      "type": "remark",
      "optional": true,
      "doc": "What you have to say."
    },
    "content_base64": {
      "type": "base64",
      "optional": true,
      "doc": "Evidence, any bytes."
    },
    "name": {
      "type": "short_text",
      "optional": true,
      "doc": "A name for people; sealed too."
    },
    "media_type": {
      "type": "media_type",
      "optional": true,
      "doc": "What the bytes are; else text/plain for text, application/octet-stream for bytes."
    },
    "waiting_for": {
      "type": "case_wait",
      "optional": true,
      "doc": "Whom the work waits for from now on."
    },
    "due": {
      "type": "time",
      "optional": true,
      "doc": "When the next step must have followed; a day from now if not given."
    }
  },
  "result": {
    "case": {
      "type": "case",
      "doc": "As it is now."
    }
  },
  "errors": [
    "case_not_found",
    "illegal_transition",
    "too_many_attachments",
    "readonly_disk_full"
  ],
  "cli": {
    "path": [
      "case",
      "note"
    ],
    "positional": [
      "case"
    ],
    "member": "case",
    "columns": [
      "id",
      "kind",
      "severity",
      "state",
      "owner",
      "due_at",
      "escalated_at",
      "cause"
    ],
    "examples": [
      "till case note cas_01JD0000000000000000000001 --text 'asked the gateway' --waiting-for gateway"
    ]
  },
  "examples": [
    {
      "vector": "case-note"
    }
  ]
}

"""##

private let content102: StaticString = ##"""
{
  "name": "case.open",
  "summary": "Open a case: work for people",
  "doc": "Somebody must take it up within two hours. What it is about is linked; the order of a payment, refund or dispute is linked with it. Cases also open by themselves: for differences that one person may not decide, for excess money, for a refund that came back, for a payment without an answer for a day.",
  "since": "1.0",
  "effect": "write",
  "key": "required",
  "batch": false,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "kind": {
      "type": "case_kind",
      "doc": "What it is about."
    },
    "severity": {
      "type": "case_severity",
      "default": "normal",
      "doc": "How much hangs on it."
    },
    "links": {
      "type": "[case_link]",
      "optional": true,
      "doc": "Orders, payments, refunds, disputes, discrepancies, runs."
    },
    "text": {
      "type": "remark",
      "optional": true,
      "doc": "What happened, in words."
    },
    "owner": {
      "type": "short_text",
      "optional": true,
      "doc": "Whose work it is: the name of an operator, or a principal of the peer map."
    }
  },
  "result": {
    "case": {
      "type": "case",
      "doc": "As it is now."
    }
  },
  "errors": [
    "person_not_found",
    "order_not_found",
    "payment_not_found",
    "refund_not_found",
    "dispute_not_found",
    "discrepancy_not_found",
    "run_not_found",
    "too_many_links",
    "readonly_disk_full"
  ],
  "cli": {
    "path": [
      "case",
      "open"
    ],
    "positional": [
      "kind"
    ],
    "member": "case",
    "columns": [
      "id",
      "kind",
      "severity",
      "state",
      "owner",
      "due_at",
      "escalated_at",
      "cause"
    ],
    "examples": [
      "till case open buyer_claim --links ord_01JD0000000000000000000001 --text 'paid twice, says the buyer'"
    ]
  },
  "examples": [
    {
      "vector": "case-open"
    }
  ]
}

"""##

private let content103: StaticString = ##"""
{
  "name": "case.paper",
  "summary": "A note or a piece of evidence of a case",
  "doc": "The bytes that were given.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "case": {
      "type": "case_id",
      "doc": "Which."
    },
    "paper": {
      "type": "attachment_id",
      "doc": "Which of its papers."
    }
  },
  "result": {
    "paper": {
      "type": "case_paper",
      "doc": "What it is."
    },
    "name": {
      "type": "text",
      "optional": true,
      "doc": "Its name."
    },
    "content_base64": {
      "type": "base64",
      "doc": "The content."
    }
  },
  "errors": [
    "case_not_found",
    "attachment_not_found"
  ],
  "cli": {
    "path": [
      "case",
      "paper"
    ],
    "positional": [
      "case",
      "paper"
    ],
    "member": "paper",
    "columns": [
      "id",
      "media_type",
      "bytes",
      "sha256",
      "by",
      "at"
    ],
    "examples": []
  },
  "examples": [
    {
      "vector": "case-paper"
    }
  ]
}

"""##

private let content104: StaticString = ##"""
{
  "name": "case.reopen",
  "summary": "Take a case up again",
  "doc": "Also how a second person turns down the cause that the first one named.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": false,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "case": {
      "type": "case_id",
      "doc": "Which."
    },
    "text": {
      "type": "remark",
      "doc": "Why."
    }
  },
  "result": {
    "case": {
      "type": "case",
      "doc": "As it is now."
    }
  },
  "errors": [
    "case_not_found",
    "illegal_transition",
    "too_many_attachments",
    "readonly_disk_full"
  ],
  "cli": {
    "path": [
      "case",
      "reopen"
    ],
    "positional": [
      "case"
    ],
    "member": "case",
    "columns": [
      "id",
      "kind",
      "severity",
      "state",
      "owner",
      "due_at",
      "escalated_at",
      "cause"
    ],
    "examples": [
      "till case reopen cas_01JD0000000000000000000001 --text 'it happened again'"
    ]
  },
  "examples": [
    {
      "vector": "case-reopen"
    }
  ]
}

"""##

private let content105: StaticString = ##"""
{
  "name": "case.resolve",
  "summary": "Name the cause: the work is done",
  "doc": "Of a case on which much hangs a second operator must agree; then the first needs a token as well.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": false,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "case": {
      "type": "case_id",
      "doc": "Which."
    },
    "cause": {
      "type": "cause_code",
      "doc": "Why it came to it."
    },
    "text": {
      "type": "remark",
      "optional": true,
      "doc": "The same in words."
    }
  },
  "result": {
    "case": {
      "type": "case",
      "doc": "As it is now."
    }
  },
  "errors": [
    "case_not_found",
    "illegal_transition",
    "token_required",
    "too_many_attachments",
    "readonly_disk_full"
  ],
  "cli": {
    "path": [
      "case",
      "resolve"
    ],
    "positional": [
      "case",
      "cause"
    ],
    "member": "case",
    "columns": [
      "id",
      "kind",
      "severity",
      "state",
      "owner",
      "due_at",
      "escalated_at",
      "cause"
    ],
    "examples": [
      "till case resolve cas_01JD0000000000000000000001 callback_lost"
    ]
  },
  "examples": [
    {
      "vector": "case-resolve"
    }
  ]
}

"""##

private let content106: StaticString = ##"""
{
  "name": "delivery.claim",
  "summary": "Take an order line to hand it out",
  "doc": "Exactly one caller gets a claim for a line, ever; an order of several lines takes a claim for each, as each has its delivery.pending. The same key returns the same claim. A lease that ends without complete, fail or release makes the delivery failed, never pending: nobody knows whether something was handed out.",
  "since": "1.0",
  "effect": "write",
  "key": "required",
  "batch": false,
  "dry_run": true,
  "visibility": "own",
  "params": {
    "order": { "type": "order_ref", "doc": "Order id or order_no." },
    "line": {
      "type": "integer",
      "optional": true,
      "min": 0,
      "max": 100,
      "doc": "Number of the line, from 1; default the first that is pending."
    },
    "lease_ms": {
      "type": "duration",
      "min": 1000,
      "max": 3600000,
      "default": 60000,
      "doc": "Time to finish."
    }
  },
  "result": {
    "delivery": { "type": "delivery", "doc": "The delivery." },
    "claim": { "type": "claim", "doc": "Finish with this." }
  },
  "errors": [
    "order_not_found", "delivery_not_found", "order_not_paid", "already_claimed",
    "already_delivered", "delivery_failed", "delivery_held", "order_frozen", "recovering"
  ],
  "cli": {
    "path": ["delivery", "claim"],
    "positional": ["order"],
    "member": "delivery",
    "columns": ["id", "order", "line", "state", "claimed_by", "lease_until"],
    "flags": { "lease_ms": "lease" },
    "examples": ["till delivery claim A1001 --key ship-A1001"]
  },
  "examples": [{"vector": "delivery-claim"}]
}

"""##

private let content107: StaticString = ##"""
{
  "name": "delivery.complete",
  "summary": "Say that a claimed line was handed out",
  "doc": "Safe to repeat.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": true,
  "dry_run": true,
  "visibility": "own",
  "params": {
    "claim": { "type": "claim", "doc": "The claim." },
    "reference": {
      "type": "short_text",
      "optional": true,
      "doc": "What was handed out; no card secrets."
    }
  },
  "result": { "delivery": {"type": "delivery", "doc": "The delivery."} },
  "errors": ["claim_not_found", "illegal_transition", "order_frozen"],
  "cli": {
    "path": ["delivery", "complete"],
    "positional": ["claim"],
    "member": "delivery",
    "columns": ["id", "order", "line", "state", "claimed_by", "lease_until"]
  },
  "examples": [{"vector": "delivery-complete"}]
}

"""##

private let content108: StaticString = ##"""
{
  "name": "delivery.fail",
  "summary": "Say that a claimed line could not be handed out",
  "doc": "A person decides what next.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": true,
  "dry_run": true,
  "visibility": "own",
  "params": {
    "claim": { "type": "claim", "doc": "The claim." },
    "reason": { "type": "note", "doc": "Why." }
  },
  "result": { "delivery": {"type": "delivery", "doc": "The delivery."} },
  "errors": ["claim_not_found", "illegal_transition", "order_frozen"],
  "cli": {
    "path": ["delivery", "fail"],
    "positional": ["claim"],
    "member": "delivery",
    "columns": ["id", "order", "line", "state", "claimed_by", "lease_until"]
  },
  "examples": [{"vector": "delivery-fail"}]
}

"""##

private let content109: StaticString = ##"""
{
  "name": "delivery.hold",
  "summary": "Hold the delivery of an order",
  "doc": "Nothing of it can be claimed until delivery.unhold.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": true,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "order": { "type": "order_ref", "doc": "Order id or order_no." },
    "reason": { "type": "note", "doc": "Why." }
  },
  "result": { "deliveries": {"type": "[delivery]", "doc": "Deliveries of the order."} },
  "errors": ["order_not_found", "illegal_transition", "delivery_in_progress", "order_frozen"],
  "cli": {
    "path": ["delivery", "hold"],
    "positional": ["order"],
    "member": "deliveries",
    "columns": ["id", "order", "line", "state", "claimed_by", "lease_until"]
  },
  "examples": [{"vector": "delivery-hold"}]
}

"""##

private let content110: StaticString = ##"""
{
  "name": "delivery.list",
  "summary": "Deliveries by order or state",
  "doc": "All filters must hold. Oldest first: what has waited longest stands on top.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "own",
  "params": {
    "order": { "type": "order_ref", "optional": true, "doc": "Of this order." },
    "state": { "type": "delivery_state", "optional": true, "doc": "State." },
    "limit": { "type": "integer", "min": 1, "max": 200, "default": 50, "doc": "Rows at most." },
    "page": { "type": "page", "optional": true, "doc": "next of the page before." }
  },
  "result": {
    "deliveries": { "type": "[delivery]", "doc": "Rows." },
    "next": {
      "type": "page",
      "optional": true,
      "doc": "Where the next page begins; absent on the last."
    }
  },
  "errors": ["order_not_found"],
  "cli": {
    "path": ["delivery", "list"],
    "member": "deliveries",
    "columns": ["id", "order", "line", "state", "claimed_by", "lease_until"],
    "examples": ["till delivery list --state pending"]
  },
  "examples": [{"vector": "delivery-list"}]
}

"""##

private let content111: StaticString = ##"""
{
  "name": "delivery.release",
  "summary": "Give a claim back",
  "doc": "The worker says that nothing was handed out; the line may be claimed again.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": true,
  "dry_run": true,
  "visibility": "own",
  "params": { "claim": {"type": "claim", "doc": "The claim."} },
  "result": { "delivery": {"type": "delivery", "doc": "The delivery."} },
  "errors": ["claim_not_found", "illegal_transition", "order_frozen"],
  "cli": {
    "path": ["delivery", "release"],
    "positional": ["claim"],
    "member": "delivery",
    "columns": ["id", "order", "line", "state", "claimed_by", "lease_until"]
  },
  "examples": [{"vector": "delivery-release"}]
}

"""##

private let content112: StaticString = ##"""
{
  "name": "delivery.retry",
  "summary": "Open a failed delivery again",
  "doc": "Support says that nothing was handed out.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": true,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "order": { "type": "order_ref", "doc": "Order id or order_no." },
    "reason": { "type": "note", "doc": "How it is known that nothing was handed out." }
  },
  "result": { "deliveries": {"type": "[delivery]", "doc": "Deliveries of the order."} },
  "errors": ["order_not_found", "illegal_transition", "order_frozen"],
  "cli": {
    "path": ["delivery", "retry"],
    "positional": ["order"],
    "member": "deliveries",
    "columns": ["id", "order", "line", "state", "claimed_by", "lease_until"]
  },
  "examples": [{"vector": "delivery-retry"}]
}

"""##

private let content113: StaticString = ##"""
{
  "name": "delivery.revoke",
  "summary": "Take back what was handed out",
  "doc": "After delivered; for goods that can be made worthless.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": true,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "order": { "type": "order_ref", "doc": "Order id or order_no." },
    "reason": { "type": "note", "doc": "Why." }
  },
  "result": { "deliveries": {"type": "[delivery]", "doc": "Deliveries of the order."} },
  "errors": ["order_not_found", "illegal_transition", "order_frozen"],
  "cli": {
    "path": ["delivery", "revoke"],
    "positional": ["order"],
    "member": "deliveries",
    "columns": ["id", "order", "line", "state", "claimed_by", "lease_until"]
  },
  "examples": [{"vector": "delivery-revoke"}]
}

"""##

private let content114: StaticString = ##"""
{
  "name": "delivery.unhold",
  "summary": "Let a held delivery go",
  "doc": "Ends delivery.hold. Goods whose money is known by a weak word alone stay held: order.accept lets them go.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": true,
  "dry_run": true,
  "visibility": "all",
  "params": { "order": {"type": "order_ref", "doc": "Order id or order_no."} },
  "result": { "deliveries": {"type": "[delivery]", "doc": "Deliveries of the order."} },
  "errors": ["order_not_found", "illegal_transition", "order_frozen"],
  "cli": {
    "path": ["delivery", "unhold"],
    "positional": ["order"],
    "member": "deliveries",
    "columns": ["id", "order", "line", "state", "claimed_by", "lease_until"]
  },
  "examples": [{"vector": "delivery-unhold"}]
}

"""##

private let content115: StaticString = ##"""
{
  "name": "discrepancy.confirm",
  "summary": "Agree to a proposed decision",
  "doc": "By another operator than the one who proposed it, or by any where a rule did. Then it takes effect.",
  "since": "1.0",
  "effect": "write",
  "key": "required",
  "batch": false,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "discrepancy": {
      "type": "discrepancy_id",
      "doc": "Which."
    }
  },
  "result": {
    "discrepancy": {
      "type": "discrepancy",
      "doc": "As it is now."
    }
  },
  "errors": [
    "discrepancy_not_found",
    "illegal_transition",
    "token_required",
    "second_person_required",
    "adjudication_not_possible",
    "refund_exceeds_paid",
    "order_not_paid",
    "delivery_in_progress",
    "too_many_refunds",
    "order_frozen"
  ],
  "cli": {
    "path": [
      "discrepancy",
      "confirm"
    ],
    "positional": [
      "discrepancy"
    ],
    "member": "discrepancy",
    "columns": [
      "id",
      "number",
      "kind",
      "gateway",
      "state",
      "adjudication",
      "resolved_by"
    ],
    "examples": []
  },
  "examples": [
    {
      "vector": "discrepancy-confirm"
    }
  ]
}

"""##

private let content116: StaticString = ##"""
{
  "name": "discrepancy.get",
  "summary": "One discrepancy",
  "doc": "With both sides, the likely cause and what is done about it.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": { "discrepancy": { "type": "discrepancy_id", "doc": "Which." } },
  "result": { "discrepancy": { "type": "discrepancy", "doc": "It." } },
  "errors": ["discrepancy_not_found"],
  "cli": {
    "path": ["discrepancy", "show"],
    "positional": ["discrepancy"],
    "member": "discrepancy",
    "examples": []
  },
  "examples": [{ "vector": "discrepancy-get" }]
}

"""##

private let content117: StaticString = ##"""
{
  "name": "discrepancy.list",
  "summary": "Discrepancies",
  "doc": "All filters must hold. Newest first.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "run": { "type": "run_id", "optional": true, "doc": "Found by this run." },
    "gateway": { "type": "account_name", "optional": true, "doc": "Whose." },
    "kind": { "type": "discrepancy_kind", "optional": true, "doc": "Of this kind." },
    "state": { "type": "discrepancy_state", "optional": true, "doc": "Where they stand." },
    "order": { "type": "order_ref", "optional": true, "doc": "About this order." },
    "limit": { "type": "integer", "min": 1, "max": 200, "default": 50, "doc": "Rows at most." },
    "page": { "type": "page", "optional": true, "doc": "next of the page before." }
  },
  "result": {
    "discrepancies": { "type": "[discrepancy]", "doc": "Rows." },
    "next": {
      "type": "page",
      "optional": true,
      "doc": "Where the next page begins; absent on the last."
    }
  },
  "errors": ["order_not_found"],
  "cli": {
    "path": ["discrepancy", "list"],
    "member": "discrepancies",
    "columns": [
      "id",
      "number",
      "kind",
      "gateway",
      "expected",
      "actual",
      "order",
      "state",
      "due_at"
    ],
    "examples": ["till discrepancy list --state open"]
  },
  "examples": [{ "vector": "discrepancy-list" }]
}

"""##

private let content118: StaticString = ##"""
{
  "name": "discrepancy.propose",
  "summary": "Decide a difference, or propose how",
  "doc": "One person decides a small one at once; a large one, and whatever tells a final payment otherwise, waits until another operator confirms, and takes a token already here. No verb changes a fact: each is an event with its entries in the books.",
  "since": "1.0",
  "effect": "write",
  "key": "required",
  "batch": false,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "discrepancy": {
      "type": "discrepancy_id",
      "doc": "Which."
    },
    "verb": {
      "type": "adjudication_verb",
      "doc": "What to do."
    },
    "reason": {
      "type": "note",
      "doc": "Why, for those who read it later."
    },
    "until": {
      "type": "time",
      "optional": true,
      "doc": "For wait_until: when to look again."
    },
    "partner": {
      "type": "discrepancy_id",
      "optional": true,
      "doc": "For merge_match: the other half of the same movement."
    }
  },
  "result": {
    "discrepancy": {
      "type": "discrepancy",
      "doc": "As it is now."
    }
  },
  "errors": [
    "discrepancy_not_found",
    "illegal_transition",
    "adjudication_not_possible",
    "token_required",
    "refund_exceeds_paid",
    "order_not_paid",
    "delivery_in_progress",
    "too_many_refunds",
    "order_frozen"
  ],
  "cli": {
    "path": [
      "discrepancy",
      "propose"
    ],
    "positional": [
      "discrepancy",
      "verb"
    ],
    "member": "discrepancy",
    "columns": [
      "id",
      "number",
      "kind",
      "gateway",
      "state",
      "adjudication",
      "resolved_by"
    ],
    "examples": [
      "till discrepancy propose dsc_01JD0000000000000000000001 write_off --reason 'bank rounding'"
    ]
  },
  "examples": [
    {
      "vector": "discrepancy-propose"
    }
  ]
}

"""##

private let content119: StaticString = ##"""
{
  "name": "discrepancy.reject",
  "summary": "Turn a proposed decision down",
  "doc": "The difference is open again.",
  "since": "1.0",
  "effect": "write",
  "key": "required",
  "batch": false,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "discrepancy": {
      "type": "discrepancy_id",
      "doc": "Which."
    },
    "reason": {
      "type": "note",
      "doc": "Why, for those who read it later."
    }
  },
  "result": {
    "discrepancy": {
      "type": "discrepancy",
      "doc": "As it is now."
    }
  },
  "errors": [
    "discrepancy_not_found",
    "illegal_transition"
  ],
  "cli": {
    "path": [
      "discrepancy",
      "reject"
    ],
    "positional": [
      "discrepancy"
    ],
    "member": "discrepancy",
    "columns": [
      "id",
      "number",
      "kind",
      "gateway",
      "state",
      "adjudication",
      "resolved_by"
    ],
    "examples": []
  },
  "examples": [
    {
      "vector": "discrepancy-reject"
    }
  ]
}

"""##

private let content120: StaticString = ##"""
{
  "name": "discrepancy.summary",
  "summary": "What lies on the desk, how old it is, and what keeps coming back",
  "doc": "Undecided discrepancies by kind, those at which most is at stake first; by age; and of the last days what was opened, what the machine ended, what people decided in time, and the causes of resolved cases, most frequent first.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "gateway": {
      "type": "account_name",
      "optional": true,
      "doc": "Discrepancies of this one; causes are of all cases."
    },
    "days": { "type": "integer", "min": 1, "max": 366, "default": 7, "doc": "How far back." }
  },
  "result": {
    "undecided": { "type": "[desk_pile]", "doc": "What is to be decided." },
    "ages": { "type": "[age_count]", "doc": "The same by age, youngest first." },
    "opened": { "type": "[kind_opened]", "doc": "Opened in the period, most frequent first." },
    "by_machine": { "type": "count", "doc": "Of these, ended by the machine." },
    "in_time": { "type": "count", "doc": "Of these, decided by people within their time." },
    "late": { "type": "count", "doc": "Of these, decided by people after it." },
    "causes": { "type": "[cause_count]", "doc": "Causes of cases resolved in the period." }
  },
  "errors": [],
  "cli": {
    "path": ["discrepancy", "summary"],
    "examples": ["till discrepancy summary --days 30"]
  },
  "examples": [{ "vector": "discrepancy-summary" }]
}

"""##

private let content121: StaticString = ##"""
{
  "name": "discrepancy.undo",
  "summary": "Take a decision of people back",
  "doc": "What it posted is posted the other way; nothing is erased, and the difference is open again.",
  "since": "1.0",
  "effect": "write",
  "key": "required",
  "batch": false,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "discrepancy": {
      "type": "discrepancy_id",
      "doc": "Which."
    },
    "reason": {
      "type": "note",
      "doc": "Why, for those who read it later."
    }
  },
  "result": {
    "discrepancy": {
      "type": "discrepancy",
      "doc": "As it is now."
    }
  },
  "errors": [
    "discrepancy_not_found",
    "illegal_transition",
    "adjudication_not_possible"
  ],
  "cli": {
    "path": [
      "discrepancy",
      "undo"
    ],
    "positional": [
      "discrepancy"
    ],
    "member": "discrepancy",
    "columns": [
      "id",
      "number",
      "kind",
      "gateway",
      "state",
      "adjudication",
      "resolved_by"
    ],
    "examples": []
  },
  "examples": [
    {
      "vector": "discrepancy-undo"
    }
  ]
}

"""##

private let content122: StaticString = ##"""
{
  "name": "dispute.attach",
  "summary": "Attach what supports the shop's side of a dispute",
  "doc": "Kept sealed, with its digest in the log; nothing is sent to the gateway. Give text for text or content_base64 for any bytes, not both. The same content of the same kind again changes nothing.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": false,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "dispute": { "type": "dispute_id", "doc": "Dispute id." },
    "kind": { "type": "dispute_evidence", "doc": "What it shows." },
    "name": { "type": "short_text", "optional": true, "doc": "A name for people; sealed too." },
    "media_type": {
      "type": "media_type",
      "optional": true,
      "doc": "What the bytes are; else text/plain for text, application/octet-stream for bytes."
    },
    "text": { "type": "text", "optional": true, "doc": "Content, if it is text." },
    "content_base64": { "type": "base64", "optional": true, "doc": "Content, any bytes." }
  },
  "result": {
    "dispute": { "type": "dispute", "doc": "The dispute." },
    "attachment": { "type": "attachment", "doc": "What was attached." },
    "known": { "type": "boolean", "doc": "It was attached before." }
  },
  "errors": ["dispute_not_found", "too_many_attachments", "order_frozen", "readonly_disk_full"],
  "cli": {
    "path": ["dispute", "attach"],
    "positional": ["dispute", "kind"],
    "member": "attachment",
    "columns": ["id", "kind", "media_type", "bytes", "sha256", "by", "at"],
    "examples": [
      "till dispute attach dsp_01JD0000000000000000000001 delivery_proof --text 'signed for'"
    ]
  },
  "examples": [{"vector": "dispute-attach"}]
}

"""##

private let content123: StaticString = ##"""
{
  "name": "dispute.attachment",
  "summary": "The content of one attachment",
  "doc": "The bytes that were attached.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "dispute": { "type": "dispute_id", "doc": "Dispute id." },
    "attachment": { "type": "attachment_id", "doc": "Attachment id." }
  },
  "result": {
    "attachment": { "type": "attachment", "doc": "What it is." },
    "name": { "type": "text", "optional": true, "doc": "Its name." },
    "content_base64": { "type": "base64", "doc": "The content." }
  },
  "errors": ["dispute_not_found", "attachment_not_found"],
  "cli": {
    "path": ["dispute", "attachment"],
    "positional": ["dispute", "attachment"],
    "member": "attachment",
    "columns": ["id", "kind", "media_type", "bytes", "sha256", "by", "at"]
  },
  "examples": [{"vector": "dispute-attachment"}]
}

"""##

private let content124: StaticString = ##"""
{
  "name": "dispute.get",
  "summary": "One dispute",
  "doc": "By id. The content of attachments is read with dispute.attachment.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "own",
  "params": { "dispute": {"type": "dispute_id", "doc": "Dispute id."} },
  "result": { "dispute": {"type": "dispute", "doc": "The dispute."} },
  "errors": ["dispute_not_found"],
  "cli": {
    "path": ["dispute", "get"],
    "positional": ["dispute"],
    "member": "dispute",
    "columns": ["id", "payment", "state", "amount", "funds", "due_at", "opened_at"]
  },
  "examples": [{"vector": "dispute-get"}]
}

"""##

private let content125: StaticString = ##"""
{
  "name": "dispute.list",
  "summary": "Disputes by order, payment, gateway, state or due date",
  "doc": "All filters must hold. Newest first.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "own",
  "params": {
    "order": { "type": "order_ref", "optional": true, "doc": "Of this order." },
    "payment": { "type": "payment_id", "optional": true, "doc": "Of this payment." },
    "gateway": { "type": "gateway_name", "optional": true, "doc": "At this gateway." },
    "state": { "type": "dispute_status", "optional": true, "doc": "State." },
    "open": { "type": "boolean", "optional": true, "doc": "Without an outcome, or with one." },
    "due_before": {
      "type": "time",
      "optional": true,
      "doc": "Waits for an answer until before this time."
    },
    "limit": { "type": "integer", "min": 1, "max": 200, "default": 50, "doc": "Rows at most." },
    "page": { "type": "page", "optional": true, "doc": "next of the page before." }
  },
  "result": {
    "disputes": { "type": "[dispute]", "doc": "Rows." },
    "next": {
      "type": "page",
      "optional": true,
      "doc": "Where the next page begins; absent on the last."
    }
  },
  "errors": ["order_not_found"],
  "cli": {
    "path": ["dispute", "list"],
    "member": "disputes",
    "columns": ["id", "payment", "state", "amount", "funds", "due_at", "opened_at"],
    "examples": ["till dispute list --open"]
  },
  "examples": [{"vector": "dispute-list"}]
}

"""##

private let content126: StaticString = ##"""
{
  "name": "dispute.query",
  "summary": "Ask the gateway about a dispute now",
  "doc": "Joins a query in flight; at most once in two seconds.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": { "dispute": {"type": "dispute_id", "doc": "Dispute id."} },
  "result": {
    "dispute": { "type": "dispute", "doc": "The dispute." },
    "asked": { "type": "boolean", "doc": "The gateway was asked for this call." }
  },
  "errors": [
    "dispute_not_found", "gateway_not_supported", "gateway_unreachable", "gateway_timeout",
    "gateway_auth", "gateway_bad_reply", "gateway_rate_limited"
  ],
  "cli": {
    "path": ["dispute", "query"],
    "positional": ["dispute"],
    "member": "dispute",
    "columns": ["id", "payment", "state", "amount", "funds", "due_at", "opened_at"]
  },
  "examples": [{"vector": "dispute-query"}]
}

"""##

private let content127: StaticString = ##"""
{
  "name": "events.ack",
  "summary": "Move a named consumer forward",
  "doc": "At least once: what is not acked comes again. An ack never moves back; an older one changes nothing.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": false,
  "dry_run": false,
  "visibility": "own",
  "params": {
    "consumer": { "type": "consumer", "doc": "The reader." },
    "cursor": { "type": "cursor", "doc": "Everything up to here was processed." }
  },
  "result": { "consumer": {"type": "text", "doc": "The reader."} },
  "errors": ["consumer_not_found", "cursor_foreign", "cursor_ahead"],
  "cli": { "path": ["events", "ack"], "positional": ["consumer", "cursor"] },
  "examples": [{"vector": "events-ack"}]
}

"""##

private let content128: StaticString = ##"""
{
  "name": "events.read",
  "summary": "Events after a position",
  "doc": "Ordered and complete within the filter. The result's cursor is where to go on.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "own",
  "params": {
    "after": { "type": "position", "doc": "A cursor, oldest or now." },
    "types": {
      "type": "[event_filter]",
      "optional": true,
      "min": 1,
      "max": 32,
      "doc": "Types or families; default all."
    },
    "order": { "type": "order_ref", "optional": true, "doc": "Of this order." },
    "limit": { "type": "integer", "min": 1, "max": 200, "default": 50, "doc": "Rows at most." }
  },
  "result": {
    "events": { "type": "[event]", "doc": "Events in the order of the log." },
    "more": { "type": "boolean", "doc": "There are more now." }
  },
  "errors": ["order_not_found", "cursor_expired", "cursor_foreign", "cursor_ahead"],
  "cli": {
    "path": ["events", "read"],
    "member": "events",
    "columns": ["seq", "at", "type", "order", "payment"],
    "examples": ["till events read --after oldest --limit 10"]
  },
  "examples": [{"vector": "events-read"}]
}

"""##

private let content129: StaticString = ##"""
{
  "name": "events.subscribe",
  "summary": "A stream of events",
  "doc": "Items come as events.item, marks as events.mark; the reply ends the stream. A subscription is a position, not a queue: a slow reader loses nothing.",
  "since": "1.0",
  "effect": "stream",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "own",
  "params": {
    "after": {
      "type": "position",
      "optional": true,
      "doc": "A cursor, oldest or now; not needed for a known consumer."
    },
    "consumer": {
      "type": "consumer",
      "optional": true,
      "doc": "A named reader: goes on after its last ack. after counts only the first time, to create it."
    },
    "types": {
      "type": "[event_filter]",
      "optional": true,
      "min": 1,
      "max": 32,
      "doc": "Types or families; default all."
    },
    "order": { "type": "order_ref", "optional": true, "doc": "Of this order." },
    "limit": {
      "type": "integer",
      "optional": true,
      "min": 1,
      "max": 9007199254740991,
      "doc": "End after so many events."
    }
  },
  "result": {
    "reason": { "type": "stream_end", "doc": "Why it ended." },
    "count": { "type": "count", "doc": "Events sent." }
  },
  "errors": [
    "missing_param", "order_not_found", "consumer_not_found", "consumer_busy", "cursor_expired",
    "cursor_foreign", "cursor_ahead"
  ],
  "cli": {
    "path": ["events", "tail"],
    "flags": { "types": "type" },
    "examples": [
      "till events tail --after now --type 'order.*'",
      "till events tail --save pos --type order.paid --exec ./ship.sh"
    ]
  },
  "examples": [{"vector": "events-subscribe"}]
}

"""##

private let content130: StaticString = ##"""
{
  "name": "events.wait",
  "summary": "Events after a position, waiting for the first",
  "doc": "A long poll for callers without a stream. timed_out is a normal result. With consumer the daemon keeps the position: process, then events.ack.",
  "since": "1.0",
  "effect": "wait",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "own",
  "params": {
    "after": {
      "type": "position",
      "optional": true,
      "doc": "A cursor, oldest or now; not needed for a known consumer."
    },
    "consumer": {
      "type": "consumer",
      "optional": true,
      "doc": "A named reader: goes on after its last ack. after counts only the first time, to create it."
    },
    "types": {
      "type": "[event_filter]",
      "optional": true,
      "min": 1,
      "max": 32,
      "doc": "Types or families; default all."
    },
    "order": { "type": "order_ref", "optional": true, "doc": "Of this order." },
    "limit": { "type": "integer", "min": 1, "max": 200, "default": 50, "doc": "Rows at most." },
    "wait_ms": {
      "type": "duration",
      "min": 0,
      "max": 60000,
      "default": 30000,
      "doc": "How long at most; within timeout_ms."
    }
  },
  "result": {
    "events": { "type": "[event]", "doc": "Events in the order of the log." },
    "more": { "type": "boolean", "doc": "There are more now." },
    "timed_out": { "type": "boolean", "doc": "No event came in time." }
  },
  "errors": [
    "missing_param", "order_not_found", "consumer_not_found", "consumer_busy", "cursor_expired",
    "cursor_foreign", "cursor_ahead"
  ],
  "cli": {
    "path": ["events", "wait"],
    "member": "events",
    "columns": ["seq", "at", "type", "order", "payment"],
    "flags": { "wait_ms": "wait" }
  },
  "examples": [{"vector": "events-wait"}]
}

"""##

private let content131: StaticString = ##"""
{
  "name": "gateway.check",
  "summary": "Make one harmless signed call and say what is wrong",
  "doc": "Looks at address, certificate, keys, clock and rights, and whether notifications have come at all.",
  "since": "1.0",
  "effect": "admin",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": { "gateway": {"type": "gateway_name", "doc": "Gateway name."} },
  "result": {
    "gateway": { "type": "gateway_name", "doc": "Gateway." },
    "ok": { "type": "boolean", "doc": "All is well." },
    "finding": {
      "type": "text",
      "doc": "Code of what was found, for example ok, wrong_key, clock_off, callback_never_reached."
    },
    "text": { "type": "text", "doc": "In words." },
    "hint": { "type": "text", "optional": true, "doc": "What to do." },
    "latency_ms": { "type": "duration", "optional": true, "doc": "Time of the call." }
  },
  "errors": ["gateway_not_found"],
  "cli": {
    "path": ["gateway", "check"],
    "positional": ["gateway"],
    "columns": ["gateway", "ok", "finding", "text", "hint"],
    "examples": ["till gateway check alipay"]
  },
  "examples": [{"vector": "gateway-check"}]
}

"""##

private let content132: StaticString = ##"""
{
  "name": "gateway.health",
  "summary": "How gateways do, and how many callbacks are lost",
  "doc": "A success first learnt by query, although a callback was due, counts as lost.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": { "gateway": {"type": "gateway_name", "optional": true, "doc": "Only this one."} },
  "result": { "gateways": {"type": "[gateway_health]", "doc": "Gateways by name."} },
  "errors": ["gateway_not_found"],
  "cli": {
    "path": ["gateway", "health"],
    "positional": ["gateway"],
    "member": "gateways",
    "columns": [
      "gateway", "state", "calls", "failures", "latency_p50_ms", "lost_share", "likely_cause",
      "live.compared_at", "live.compared", "live.found", "live.differing"
    ]
  },
  "examples": [{"vector": "gateway-health"}]
}

"""##

private let content133: StaticString = ##"""
{
  "name": "gateway.list",
  "summary": "Configured gateways",
  "doc": "What each can do and whether it takes payments now.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {},
  "result": { "gateways": {"type": "[gateway]", "doc": "Gateways by name."} },
  "errors": [],
  "cli": {
    "path": ["gateway", "list"],
    "member": "gateways",
    "columns": ["name", "kind", "state", "circuit", "methods", "test"]
  },
  "examples": [{"vector": "gateway-list"}]
}

"""##

private let content134: StaticString = ##"""
{
  "name": "gateway.pause",
  "summary": "Make no new payments at a gateway",
  "doc": "Queries, closes and refunds go on.",
  "since": "1.0",
  "effect": "admin",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": { "gateway": {"type": "gateway_name", "doc": "Gateway name."} },
  "result": { "gateway": {"type": "gateway", "doc": "The gateway."} },
  "errors": ["gateway_not_found"],
  "cli": {
    "path": ["gateway", "pause"],
    "positional": ["gateway"],
    "member": "gateway",
    "columns": ["name", "kind", "state", "circuit", "methods", "test"]
  },
  "examples": [{"vector": "gateway-pause"}]
}

"""##

private let content135: StaticString = ##"""
{
  "name": "gateway.resume",
  "summary": "Make payments at a gateway again",
  "doc": "Ends gateway.pause and closes the circuit.",
  "since": "1.0",
  "effect": "admin",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": { "gateway": {"type": "gateway_name", "doc": "Gateway name."} },
  "result": { "gateway": {"type": "gateway", "doc": "The gateway."} },
  "errors": ["gateway_not_found"],
  "cli": {
    "path": ["gateway", "resume"],
    "positional": ["gateway"],
    "member": "gateway",
    "columns": ["name", "kind", "state", "circuit", "methods", "test"]
  },
  "examples": [{"vector": "gateway-resume"}]
}

"""##

private let content136: StaticString = ##"""
{
  "name": "hook.list",
  "summary": "Outgoing hooks and what they still owe",
  "doc": "With messages the ones not taken are listed.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "hook": { "type": "hook_name", "optional": true, "doc": "Only this one." },
    "state": { "type": "hook_state", "optional": true, "doc": "Messages in this state." },
    "limit": { "type": "integer", "min": 1, "max": 200, "default": 50, "doc": "Rows at most." },
    "page": { "type": "page", "optional": true, "doc": "next of the page before." }
  },
  "result": {
    "hooks": { "type": "[hook]", "doc": "Hooks by name." },
    "messages": { "type": "[hook_message]", "doc": "Messages, oldest first, if state was given." },
    "next": {
      "type": "page",
      "optional": true,
      "doc": "Where the next page begins; absent on the last."
    }
  },
  "errors": ["hook_not_found"],
  "cli": {
    "path": ["hook", "list"],
    "positional": ["hook"],
    "member": "hooks",
    "columns": ["name", "kind", "pending", "dead", "oldest_at", "last_error"]
  },
  "examples": [{"vector": "hook-list"}]
}

"""##

private let content137: StaticString = ##"""
{
  "name": "hook.retry",
  "summary": "Send an outgoing message again",
  "doc": "One given up, or one waiting for its next try, becomes due now.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": { "message": {"type": "hook_message_id", "doc": "The message; see hook.list."} },
  "result": { "message": {"type": "hook_message_id", "doc": "The message, due now."} },
  "errors": ["hook_not_found"],
  "cli": { "path": ["hook", "retry"], "positional": ["message"] },
  "examples": [{"vector": "hook-retry"}]
}

"""##

private let content138: StaticString = ##"""
{
  "name": "key.lookup",
  "summary": "What became of an idempotency key",
  "doc": "How a caller settles an unknown outcome: absent means that nothing happened under this key. A write is running from the moment its line is taken up, also while it waits for other writes or for the disk. Who still wants it after absent sends the same request under the same key.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "own",
  "params": { "key": {"type": "key", "doc": "The key."} },
  "result": {
    "state": { "type": "key_state", "doc": "What became of it." },
    "method": { "type": "text", "optional": true, "doc": "The method it was used with." },
    "created_at": { "type": "time", "optional": true, "doc": "First use." },
    "reply": { "type": "json", "optional": true, "doc": "The stored reply: result or error." }
  },
  "errors": ["bad_key"],
  "cli": {
    "path": ["key", "lookup"],
    "positional": ["key"],
    "examples": ["till key lookup order-A1001"]
  },
  "examples": [{"vector": "key-lookup"}]
}

"""##

private let content139: StaticString = ##"""
{
  "name": "ledger.balances",
  "summary": "The books: what every account holds",
  "doc": "A double-entry ledger, made from the event log: sums by hour are kept up to where somebody last asked, and the log is read on from there. Each currency stands apart; in each, all accounts together hold nothing.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "at": {
      "type": "time",
      "optional": true,
      "doc": "As the books stood before this moment; now if absent."
    }
  },
  "result": {
    "balances": {
      "type": "[ledger_balance]",
      "doc": "By account, then currency."
    },
    "balanced": {
      "type": "boolean",
      "doc": "Debits equal credits in every currency."
    },
    "entries": {
      "type": "count",
      "doc": "Entries that lead to it."
    }
  },
  "errors": [],
  "cli": {
    "path": [
      "ledger",
      "balances"
    ],
    "member": "balances",
    "columns": [
      "account",
      "debit"
    ],
    "examples": [
      "till ledger balances"
    ]
  },
  "examples": [
    {
      "vector": "ledger-balances"
    }
  ]
}

"""##

private let content140: StaticString = ##"""
{
  "name": "ledger.trace",
  "summary": "The entries behind a balance",
  "doc": "From a figure down to events, orders and their evidence: each entry names its event, and what it takes back.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "account": {
      "type": "short_text",
      "doc": "As ledger.balances names it, for example receivable:alipay."
    },
    "currency": {
      "type": "currency",
      "doc": "Of which currency."
    },
    "from_at": {
      "type": "time",
      "optional": true,
      "doc": "Entries at or after."
    },
    "to_at": {
      "type": "time",
      "optional": true,
      "doc": "And before."
    },
    "after": {
      "type": "integer",
      "optional": true,
      "min": 0,
      "max": 9007199254740991,
      "doc": "Entries with a higher number only: next of the page before."
    },
    "limit": {
      "type": "integer",
      "min": 1,
      "max": 200,
      "default": 50,
      "doc": "Entries at most."
    }
  },
  "result": {
    "entries": {
      "type": "[ledger_entry]",
      "doc": "In the order of the log."
    },
    "next": {
      "type": "count",
      "optional": true,
      "doc": "after of the next page; absent on the last."
    }
  },
  "errors": [
    "ledger_account_not_found"
  ],
  "cli": {
    "path": [
      "ledger",
      "trace"
    ],
    "positional": [
      "account",
      "currency"
    ],
    "member": "entries",
    "columns": [
      "number",
      "at",
      "cause",
      "debit",
      "order",
      "corrects"
    ],
    "examples": [
      "till ledger trace receivable:alipay CNY"
    ]
  },
  "examples": [
    {
      "vector": "ledger-trace"
    }
  ]
}

"""##

private let content141: StaticString = ##"""
{
  "name": "notification.get",
  "summary": "One notification, verbatim",
  "doc": "The bytes that were received.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": { "receipt": {"type": "receipt_id", "doc": "Notification id."} },
  "result": {
    "receipt": { "type": "receipt", "doc": "What became of it." },
    "body": {
      "type": "receipt_body",
      "optional": true,
      "doc": "What was received; absent once erased."
    }
  },
  "errors": ["receipt_not_found"],
  "cli": {
    "path": ["notification", "get"],
    "positional": ["receipt"],
    "member": "receipt",
    "columns": ["id", "gateway", "received_at", "verdict", "payment", "strength"]
  },
  "examples": [{"vector": "notification-get"}]
}

"""##

private let content142: StaticString = ##"""
{
  "name": "notification.ingest",
  "summary": "Pass on what a gateway sent",
  "doc": "The front end hands over method, query, headers and body exactly as received, and answers the gateway with exactly ack. The same notification again is noop and safe, so a key is not needed. Give body for text or body_base64 for any bytes, not both.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "gateway": { "type": "gateway_name", "doc": "The gateway whose address was called." },
    "http_method": { "type": "http_method", "default": "POST", "doc": "Method." },
    "query": { "type": "query_string", "optional": true, "doc": "Query string, as received." },
    "headers": { "type": "text_map", "optional": true, "doc": "Headers." },
    "body": { "type": "text", "optional": true, "doc": "Body, if it is UTF-8." },
    "body_base64": { "type": "base64", "optional": true, "doc": "Body, any bytes." },
    "source_ip": { "type": "ip", "optional": true, "doc": "Address the notification came from." }
  },
  "result": {
    "verdict": { "type": "verdict", "doc": "What became of it." },
    "ack": { "type": "ack", "doc": "Answer the gateway exactly this." },
    "receipt": {
      "type": "receipt_id",
      "optional": true,
      "doc": "The kept notification; absent if only counted."
    },
    "payment": { "type": "payment_id", "optional": true, "doc": "The payment it is about." },
    "order": { "type": "order_id", "optional": true, "doc": "Its order." },
    "reason": { "type": "text", "optional": true, "doc": "Why rejected or parked." }
  },
  "errors": ["gateway_not_found", "readonly_disk_full"],
  "cli": {
    "path": ["notification", "ingest"],
    "positional": ["gateway"],
    "columns": ["verdict", "payment", "order", "reason"],
    "examples": ["till notification ingest alipay @request.bin"]
  },
  "examples": [{"vector": "notification-ingest"}]
}

"""##

private let content143: StaticString = ##"""
{
  "name": "notification.list",
  "summary": "Notifications as they arrived",
  "doc": "All filters must hold. Newest first.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "gateway": { "type": "gateway_name", "optional": true, "doc": "Where from." },
    "verdict": { "type": "verdict", "optional": true, "doc": "What became of them." },
    "payment": { "type": "payment_id", "optional": true, "doc": "About this payment." },
    "order": { "type": "order_ref", "optional": true, "doc": "About this order." },
    "received_from": { "type": "time", "optional": true, "doc": "Received at or after." },
    "received_to": { "type": "time", "optional": true, "doc": "Received before." },
    "limit": { "type": "integer", "min": 1, "max": 200, "default": 50, "doc": "Rows at most." },
    "page": { "type": "page", "optional": true, "doc": "next of the page before." }
  },
  "result": {
    "receipts": { "type": "[receipt]", "doc": "Rows." },
    "next": {
      "type": "page",
      "optional": true,
      "doc": "Where the next page begins; absent on the last."
    }
  },
  "errors": ["order_not_found"],
  "cli": {
    "path": ["notification", "list"],
    "member": "receipts",
    "columns": ["id", "gateway", "received_at", "verdict", "payment", "strength"],
    "examples": ["till notification list --verdict rejected"]
  },
  "examples": [{"vector": "notification-list"}]
}

"""##

private let content144: StaticString = ##"""
{
  "name": "notification.replay",
  "summary": "Judge a notification again",
  "doc": "For parked ones, and for mismatches after the reason is gone. The bytes are verified again.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": { "receipt": {"type": "receipt_id", "doc": "Notification id."} },
  "result": {
    "verdict": { "type": "verdict", "doc": "What became of it now." },
    "receipt": { "type": "receipt", "doc": "The notification." },
    "payment": { "type": "payment_id", "optional": true, "doc": "The payment it is about." }
  },
  "errors": ["receipt_not_found", "illegal_transition", "order_frozen"],
  "cli": {
    "path": ["notification", "replay"],
    "positional": ["receipt"],
    "member": "receipt",
    "columns": ["id", "gateway", "received_at", "verdict", "payment", "strength"]
  },
  "examples": [{"vector": "notification-replay"}]
}

"""##

private let content145: StaticString = ##"""
{
  "name": "order.accept",
  "summary": "Accept an order whose money differs from what was asked",
  "doc": "For orders in review, and for those paid by a weak word alone (flag weak). Two people: the first call proposes, the call of another operator confirms. Then what was captured counts as what was due, with the flag forced, and goods that waited for it go out.",
  "since": "1.0",
  "effect": "write",
  "key": "required",
  "batch": false,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "order": { "type": "order_ref", "doc": "Order id or order_no." },
    "reason": { "type": "note", "doc": "Why." },
    "version": {
      "type": "version",
      "optional": true,
      "doc": "Only if the object still has this version."
    }
  },
  "result": {
    "order": { "type": "order", "doc": "The order." },
    "accepted": { "type": "boolean", "doc": "false: proposed, another operator must confirm." },
    "proposed_by": { "type": "text", "optional": true, "doc": "Who proposed." }
  },
  "errors": [
    "order_not_found", "illegal_transition", "version_mismatch", "token_required",
    "second_person_required", "order_frozen"
  ],
  "cli": {
    "path": ["order", "accept"],
    "positional": ["order"],
    "member": "order",
    "columns": ["order_no", "pay_state", "delivery_state", "amount", "created_at", "id"]
  },
  "examples": [{"vector": "order-accept"}]
}

"""##

private let content146: StaticString = ##"""
{
  "name": "order.cancel",
  "summary": "Cancel an order",
  "doc": "Open payments go to closing at their gateways; the order is cancelled when none can succeed any more. The reply comes before that, with closing true; an event tells the end.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": true,
  "dry_run": true,
  "visibility": "own",
  "params": {
    "order": { "type": "order_ref", "doc": "Order id or order_no." },
    "reason": { "type": "note", "optional": true, "doc": "Why." }
  },
  "result": {
    "order": { "type": "order", "doc": "The order." },
    "closing": { "type": "boolean", "doc": "Payments are being closed." }
  },
  "errors": ["order_not_found", "order_not_payable", "already_paid", "order_frozen"],
  "cli": {
    "path": ["order", "cancel"],
    "positional": ["order"],
    "member": "order",
    "columns": ["order_no", "pay_state", "delivery_state", "amount", "created_at", "id"],
    "examples": ["till order cancel A1001 --reason 'buyer left'"]
  },
  "examples": [{"vector": "order-cancel"}]
}

"""##

private let content147: StaticString = ##"""
{
  "name": "order.create",
  "summary": "Create an order",
  "doc": "The order_no is the natural key: an order that has it already is returned in the error already_exists. The sum of the lines must be the amount.",
  "since": "1.0",
  "effect": "write",
  "key": "required",
  "batch": true,
  "dry_run": true,
  "visibility": "own",
  "params": {
    "order_no": {
      "type": "order_no",
      "optional": true,
      "doc": "The shop's number; default the order's id."
    },
    "amount": { "type": "money", "min": 1, "doc": "What is due." },
    "subject": { "type": "subject", "doc": "What the buyer pays for." },
    "lines": {
      "type": "[line]",
      "optional": true,
      "min": 1,
      "max": 100,
      "doc": "Articles; they add up to amount."
    },
    "buyer": { "type": "buyer", "optional": true, "doc": "Who buys." },
    "source": { "type": "source", "optional": true, "doc": "Where the order came from." },
    "expires_in_ms": {
      "type": "duration",
      "optional": true,
      "min": 60000,
      "max": 2592000000,
      "doc": "Life of the order; default from the configuration, 15 minutes."
    },
    "metadata": { "type": "metadata", "optional": true, "doc": "The shop's own members." }
  },
  "result": { "order": {"type": "order", "doc": "The order."} },
  "errors": ["already_exists", "lines_mismatch", "currency_mismatch"],
  "cli": {
    "path": ["order", "create"],
    "positional": ["amount"],
    "member": "order",
    "columns": ["order_no", "pay_state", "delivery_state", "amount", "created_at", "id"],
    "flags": { "lines": "line" },
    "examples": [
      "till order create A1001 58.00CNY --subject 'Gift card'",
      "till order create 58.00CNY --subject 'Two cards' --line '{\"name\":\"Card\",\"quantity\":2,\"unit_price\":{\"currency\":\"CNY\",\"minor\":2900}}' --buyer-email a@example.com"
    ]
  },
  "examples": [{"vector": "order-create"}]
}

"""##

private let content148: StaticString = ##"""
{
  "name": "order.erase_personal",
  "summary": "Blank the personal data of an order",
  "doc": "The buyer's members, the bytes of its notifications (body, query, headers and sender), the answers of gateways about it and what was attached to its disputes are erased for good; their digests stay. Money, events and the chain stay. A notification that nobody has vouched for yet keeps its bytes, and what comes later is kept as ever: erase again.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": false,
  "dry_run": true,
  "visibility": "all",
  "params": { "order": {"type": "order_ref", "doc": "Order id or order_no."} },
  "result": { "order": {"type": "order", "doc": "The order."} },
  "errors": ["order_not_found", "illegal_transition"],
  "cli": {
    "path": ["order", "erase-personal"],
    "positional": ["order"],
    "member": "order",
    "columns": ["order_no", "pay_state", "delivery_state", "amount", "created_at", "id"]
  },
  "examples": [{"vector": "order-erase-personal"}]
}

"""##

private let content149: StaticString = ##"""
{
  "name": "order.find",
  "summary": "Find an order by any number a person may hold",
  "doc": "Compares order_no, ids, our number at the gateway, the gateway's number and refund numbers.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "own",
  "params": { "number": {"type": "number", "doc": "The number."} },
  "result": { "matches": {"type": "[found]", "doc": "Matches, best first."} },
  "errors": ["order_not_found"],
  "cli": {
    "path": ["order", "find"],
    "positional": ["number"],
    "member": "matches",
    "columns": [
      "found_by", "order.order_no", "order.pay_state", "order.amount", "payment", "refund"
    ],
    "examples": ["till order find 2026112122001400001234567890"]
  },
  "examples": [{"vector": "order-find"}]
}

"""##

private let content150: StaticString = ##"""
{
  "name": "order.get",
  "summary": "One order",
  "doc": "By id or order_no.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "own",
  "params": { "order": {"type": "order_ref", "doc": "Order id or order_no."} },
  "result": { "order": {"type": "order", "doc": "The order."} },
  "errors": ["order_not_found"],
  "cli": {
    "path": ["order", "get"],
    "positional": ["order"],
    "member": "order",
    "columns": ["order_no", "pay_state", "delivery_state", "amount", "created_at", "id"],
    "examples": ["till order get A1001"]
  },
  "examples": [{"vector": "order-get"}]
}

"""##

private let content151: StaticString = ##"""
{
  "name": "order.list",
  "summary": "Orders by state, time, amount, buyer or text",
  "doc": "All filters must hold. email, user_id and text find parts of at least two characters, in either letter case; order_by sorts. Roles that see personal data masked cannot look for email, user_id and ip.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "own",
  "params": {
    "pay_state": { "type": "pay_state", "optional": true, "doc": "Money." },
    "delivery_state": { "type": "delivery_state", "optional": true, "doc": "Goods." },
    "risk_state": { "type": "risk_state", "optional": true, "doc": "Risk." },
    "flag": { "type": "order_flag", "optional": true, "doc": "What is unusual." },
    "gateway": { "type": "gateway_name", "optional": true, "doc": "Has a payment there." },
    "method": {
      "type": "payment_method",
      "optional": true,
      "doc": "Has a payment of this method."
    },
    "amount_min": {
      "type": "integer",
      "optional": true,
      "min": 0,
      "doc": "Least amount, in minor units."
    },
    "amount_max": {
      "type": "integer",
      "optional": true,
      "min": 0,
      "doc": "Largest amount, in minor units."
    },
    "currency": { "type": "currency", "optional": true, "doc": "Currency." },
    "created_from": { "type": "time", "optional": true, "doc": "Created at or after." },
    "created_to": { "type": "time", "optional": true, "doc": "Created before." },
    "paid_from": { "type": "time", "optional": true, "doc": "Paid at or after." },
    "paid_to": { "type": "time", "optional": true, "doc": "Paid before." },
    "email": { "type": "search_text", "optional": true, "doc": "Part of the e-mail." },
    "user_id": { "type": "search_text", "optional": true, "doc": "Part of the buyer's number." },
    "ip": { "type": "ip", "optional": true, "doc": "Address of the buyer." },
    "text": {
      "type": "search_text",
      "optional": true,
      "doc": "Part of the subject or of a line's name."
    },
    "order_by": { "type": "order_sort", "default": "newest", "doc": "Order of the rows." },
    "limit": { "type": "integer", "min": 1, "max": 200, "default": 50, "doc": "Rows at most." },
    "page": { "type": "page", "optional": true, "doc": "next of the page before." }
  },
  "result": {
    "orders": { "type": "[order]", "doc": "Rows." },
    "next": {
      "type": "page",
      "optional": true,
      "doc": "Where the next page begins; absent on the last."
    }
  },
  "errors": ["too_short", "role_too_low"],
  "cli": {
    "path": ["order", "list"],
    "member": "orders",
    "columns": ["order_no", "pay_state", "delivery_state", "amount", "created_at", "id"],
    "examples": [
      "till order list --pay-state processing",
      "till order list --created-from now-2h --amount-min 100000 --currency CNY"
    ]
  },
  "examples": [{"vector": "order-list"}]
}

"""##

private let content152: StaticString = ##"""
{
  "name": "order.tell",
  "summary": "The one definite sentence for the buyer, and the one for support",
  "doc": "No vague sentence can come out: each has the facts it needs, and a payment under way says when it is looked at next.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "own",
  "params": {
    "order": { "type": "order_ref", "doc": "Order id or order_no." },
    "lang": { "type": "lang", "default": "zh", "doc": "Language of the sentences." }
  },
  "result": {
    "order": { "type": "order_id", "doc": "The order." },
    "tell": { "type": "tell", "doc": "What to say." }
  },
  "errors": ["order_not_found"],
  "cli": {
    "path": ["order", "tell"],
    "positional": ["order"],
    "member": "tell",
    "columns": ["state", "buyer", "support"],
    "examples": ["till order tell A1001 --lang en"]
  },
  "examples": [{"vector": "order-tell"}]
}

"""##

private let content153: StaticString = ##"""
{
  "name": "order.timeline",
  "summary": "Every step in the life of an order, with its evidence",
  "doc": "Events, notifications, queries and calls in the order they happened.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "own",
  "params": { "order": {"type": "order_ref", "doc": "Order id or order_no."} },
  "result": {
    "order": { "type": "order_id", "doc": "The order." },
    "steps": { "type": "[timeline_step]", "doc": "Steps, oldest first." }
  },
  "errors": ["order_not_found"],
  "cli": {
    "path": ["order", "timeline"],
    "positional": ["order"],
    "member": "steps",
    "columns": ["at", "type", "actor", "text.en", "evidence.id"]
  },
  "examples": [{"vector": "order-timeline"}]
}

"""##

private let content154: StaticString = ##"""
{
  "name": "order.wait",
  "summary": "Wait until an order reaches a state",
  "doc": "Answers at once if it is there already. timed_out is a normal result. An order waited for is watched: its gateway is asked more often.",
  "since": "1.0",
  "effect": "wait",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "own",
  "params": {
    "order": { "type": "order_ref", "doc": "Order id or order_no." },
    "until": { "type": "[wait_state]", "min": 1, "max": 16, "doc": "Any of these ends the wait." },
    "wait_ms": {
      "type": "duration",
      "min": 0,
      "max": 60000,
      "default": 30000,
      "doc": "How long at most; within timeout_ms."
    }
  },
  "result": {
    "order": { "type": "order", "doc": "The order." },
    "timed_out": { "type": "boolean", "doc": "None of the states was reached in time." },
    "reached": { "type": "wait_state", "optional": true, "doc": "The state that ended the wait." }
  },
  "errors": ["order_not_found"],
  "cli": {
    "path": ["order", "wait"],
    "positional": ["order"],
    "member": "order",
    "columns": ["order_no", "pay_state", "delivery_state", "amount", "created_at", "id"],
    "flags": { "wait_ms": "wait" },
    "examples": ["till order wait A1001 --until paid --wait 60s"]
  },
  "examples": [{"vector": "order-wait"}]
}

"""##

private let content155: StaticString = ##"""
{
  "name": "order.why",
  "summary": "Why an order is in its state",
  "doc": "The rule of pay_state that holds, the facts behind it with their evidence, and what happens next by itself.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "own",
  "params": { "order": {"type": "order_ref", "doc": "Order id or order_no."} },
  "result": {
    "order": { "type": "order_id", "doc": "The order." },
    "why": { "type": "why", "doc": "The explanation." }
  },
  "errors": ["order_not_found"],
  "cli": {
    "path": ["order", "why"],
    "positional": ["order"],
    "member": "why",
    "columns": ["pay_state", "rule", "text.en"],
    "examples": ["till order why A1001"]
  },
  "examples": [{"vector": "order-why"}]
}

"""##

private let content156: StaticString = ##"""
{
  "name": "payment.close",
  "summary": "Close a payment at its gateway",
  "doc": "The reply comes before the gateway's, with closing true; an event tells the end. If the buyer paid meanwhile, the payment succeeds.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": true,
  "dry_run": false,
  "visibility": "own",
  "params": { "payment": {"type": "payment_id", "doc": "Payment id."} },
  "result": {
    "payment": { "type": "payment", "doc": "The payment." },
    "closing": { "type": "boolean", "doc": "It is being closed." }
  },
  "errors": [
    "payment_not_found", "already_paid", "gateway_not_supported", "order_frozen", "recovering"
  ],
  "cli": {
    "path": ["payment", "close"],
    "positional": ["payment"],
    "member": "payment",
    "columns": ["id", "order", "gateway", "method", "state", "amount", "created_at"]
  },
  "examples": [{"vector": "payment-close"}]
}

"""##

private let content157: StaticString = ##"""
{
  "name": "payment.create",
  "summary": "Open a payment of an order at a gateway",
  "doc": "A payment open at the same gateway and method whose action is still good is returned, with reused, without a call. For another gateway or method the open one is closed first: until that is proven, payment_open. The reply comes when the gateway answered, or after 15 seconds with state unknown.",
  "since": "1.0",
  "effect": "write",
  "key": "required",
  "batch": false,
  "dry_run": true,
  "visibility": "own",
  "params": {
    "order": { "type": "order_ref", "doc": "Order id or order_no." },
    "gateway": { "type": "gateway_name", "doc": "Where." },
    "method": {
      "type": "payment_method",
      "optional": true,
      "doc": "How; default the gateway's first method."
    },
    "return_url": { "type": "url", "optional": true, "doc": "Where the buyer comes back to." },
    "client_ip": { "type": "ip", "optional": true, "doc": "Address of the buyer." },
    "payer": {
      "type": "payer",
      "optional": true,
      "doc": "The buyer as the gateway names him, for methods inside its app: WeChat's openid."
    }
  },
  "result": {
    "payment": { "type": "payment", "doc": "The payment." },
    "reused": { "type": "boolean", "doc": "An open payment was returned." }
  },
  "errors": [
    "order_not_found", "gateway_not_found", "gateway_not_supported", "order_not_payable",
    "already_paid", "payment_open", "too_many_payments", "amount_not_representable",
    "gateway_paused", "gateway_unreachable", "gateway_rejected", "gateway_auth",
    "gateway_rate_limited", "order_frozen", "recovering"
  ],
  "cli": {
    "path": ["payment", "create"],
    "positional": ["order"],
    "member": "payment",
    "columns": ["id", "order", "gateway", "method", "state", "amount", "created_at"],
    "examples": ["till payment create A1001 --gateway alipay --method precreate"]
  },
  "examples": [{"vector": "payment-create"}]
}

"""##

private let content158: StaticString = ##"""
{
  "name": "payment.get",
  "summary": "One payment",
  "doc": "By id, with who has spoken of it: the gateway, our books, the bill of its day.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "own",
  "params": { "payment": {"type": "payment_id", "doc": "Payment id."} },
  "result": { "payment": {"type": "payment", "doc": "The payment."} },
  "errors": ["payment_not_found"],
  "cli": {
    "path": ["payment", "get"],
    "positional": ["payment"],
    "member": "payment",
    "columns": ["id", "order", "gateway", "method", "state", "amount", "created_at"]
  },
  "examples": [{"vector": "payment-get"}]
}

"""##

private let content159: StaticString = ##"""
{
  "name": "payment.list",
  "summary": "Payments by order, gateway, state or time",
  "doc": "All filters must hold. Newest first.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "own",
  "params": {
    "order": { "type": "order_ref", "optional": true, "doc": "Of this order." },
    "gateway": { "type": "gateway_name", "optional": true, "doc": "Where." },
    "method": { "type": "payment_method", "optional": true, "doc": "How." },
    "state": { "type": "payment_state", "optional": true, "doc": "State." },
    "created_from": { "type": "time", "optional": true, "doc": "Created at or after." },
    "created_to": { "type": "time", "optional": true, "doc": "Created before." },
    "paid_from": { "type": "time", "optional": true, "doc": "Paid at or after." },
    "paid_to": { "type": "time", "optional": true, "doc": "Paid before." },
    "limit": { "type": "integer", "min": 1, "max": 200, "default": 50, "doc": "Rows at most." },
    "page": { "type": "page", "optional": true, "doc": "next of the page before." }
  },
  "result": {
    "payments": { "type": "[payment]", "doc": "Rows." },
    "next": {
      "type": "page",
      "optional": true,
      "doc": "Where the next page begins; absent on the last."
    }
  },
  "errors": ["order_not_found"],
  "cli": {
    "path": ["payment", "list"],
    "member": "payments",
    "columns": ["id", "order", "gateway", "method", "state", "amount", "created_at"],
    "examples": ["till payment list --state unknown"]
  },
  "examples": [{"vector": "payment-list"}]
}

"""##

private let content160: StaticString = ##"""
{
  "name": "payment.query",
  "summary": "Ask the gateway about a payment now",
  "doc": "Joins a query in flight. A payment is asked at most once in two seconds; within them the last answer counts, with asked false.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": false,
  "dry_run": false,
  "visibility": "own",
  "params": { "payment": {"type": "payment_id", "doc": "Payment id."} },
  "result": {
    "payment": { "type": "payment", "doc": "The payment." },
    "asked": { "type": "boolean", "doc": "The gateway was asked for this call." }
  },
  "errors": [
    "payment_not_found", "gateway_not_supported", "gateway_unreachable", "gateway_timeout",
    "gateway_auth", "gateway_bad_reply", "gateway_rate_limited"
  ],
  "cli": {
    "path": ["payment", "query"],
    "positional": ["payment"],
    "member": "payment",
    "columns": ["id", "order", "gateway", "method", "state", "amount", "created_at"]
  },
  "examples": [{"vector": "payment-query"}]
}

"""##

private let content161: StaticString = ##"""
{
  "name": "payment.resolve",
  "summary": "Settle a payment by a proof from outside",
  "doc": "For payments the gateway does not settle. Two people: the first call proposes, the call of another operator confirms. Settled as paid, the order gets the flag forced. With unpaid it is closed instead, which only people can do where the gateway cannot be asked; money that comes all the same counts as late.",
  "since": "1.0",
  "effect": "write",
  "key": "required",
  "batch": false,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "payment": { "type": "payment_id", "doc": "Payment id." },
    "amount": {
      "type": "money",
      "optional": true,
      "min": 1,
      "doc": "What came; default the amount asked."
    },
    "unpaid": {
      "type": "boolean",
      "optional": true,
      "doc": "true: nothing came. Only at a gateway that cannot be asked; without an amount."
    },
    "evidence": { "type": "note", "doc": "What proves it, for example the bank's serial number." },
    "reason": { "type": "note", "doc": "Why." }
  },
  "result": {
    "payment": { "type": "payment", "doc": "The payment." },
    "resolved": { "type": "boolean", "doc": "false: proposed, another operator must confirm." },
    "proposed_by": { "type": "text", "optional": true, "doc": "Who proposed." }
  },
  "errors": [
    "payment_not_found", "illegal_transition", "token_required", "second_person_required",
    "order_frozen"
  ],
  "cli": {
    "path": ["payment", "resolve"],
    "positional": ["payment"],
    "member": "payment",
    "columns": ["id", "order", "gateway", "method", "state", "amount", "created_at"],
    "examples": [
      "till payment resolve pay_01JD0000000000000000000001 --evidence 'bank serial 8812' --reason 'bill shows it'"
    ]
  },
  "examples": [{"vector": "payment-resolve"}]
}

"""##

private let content162: StaticString = ##"""
{
  "name": "poll.due",
  "summary": "What will be asked, when and why",
  "doc": "Soonest first.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "gateway": { "type": "gateway_name", "optional": true, "doc": "Only this one." },
    "order": { "type": "order_ref", "optional": true, "doc": "Of this order." },
    "until": { "type": "time", "optional": true, "doc": "Due at or before." },
    "limit": { "type": "integer", "min": 1, "max": 200, "default": 50, "doc": "Rows at most." },
    "page": { "type": "page", "optional": true, "doc": "next of the page before." }
  },
  "result": {
    "entries": { "type": "[poll_entry]", "doc": "Rows." },
    "next": {
      "type": "page",
      "optional": true,
      "doc": "Where the next page begins; absent on the last."
    }
  },
  "errors": ["order_not_found", "gateway_not_found"],
  "cli": {
    "path": ["poll", "due"],
    "member": "entries",
    "columns": ["due_at", "why", "gateway", "subject", "order", "state", "queries"],
    "examples": ["till poll due --limit 20"]
  },
  "examples": [{"vector": "poll-due"}]
}

"""##

private let content163: StaticString = ##"""
{
  "name": "poll.run",
  "summary": "Ask now instead of when due",
  "doc": "For one order, or for all that is open. Rate limits hold.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": { "order": {"type": "order_ref", "optional": true, "doc": "Of this order."} },
  "result": { "scheduled": {"type": "count", "doc": "Queries made due now."} },
  "errors": ["order_not_found"],
  "cli": { "path": ["poll", "run"], "positional": ["order"], "examples": ["till poll run A1001"] },
  "examples": [{"vector": "poll-run"}]
}

"""##

private let content164: StaticString = ##"""
{
  "name": "poll.status",
  "summary": "The scheduler at a glance",
  "doc": "What is due and how far behind it is.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {},
  "result": {
    "due": { "type": "count", "doc": "Queries due now." },
    "oldest_due_ms": {
      "type": "duration",
      "optional": true,
      "doc": "How long the oldest has been due."
    },
    "next_due_at": { "type": "time", "optional": true, "doc": "When the next is due." },
    "in_flight": { "type": "count", "doc": "Being asked." },
    "watched": { "type": "count", "doc": "Orders someone waits for." },
    "long_open": { "type": "count", "doc": "Payments processing for more than 24 hours." },
    "gateways": { "type": "[poll_gateway]", "doc": "By gateway." }
  },
  "errors": [],
  "cli": { "path": ["poll", "status"] },
  "examples": [{"vector": "poll-status"}]
}

"""##

private let content165: StaticString = ##"""
{
  "name": "protocol.describe",
  "summary": "The contract itself",
  "doc": "Returns contract files. Without parameters all of them; each list narrows one kind, and only the kinds named are returned.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "methods": {
      "type": "[method_name]",
      "optional": true,
      "max": 100,
      "doc": "Methods to return."
    },
    "types": { "type": "[short_text]", "optional": true, "max": 200, "doc": "Types to return." },
    "errors": {
      "type": "[short_text]",
      "optional": true,
      "max": 200,
      "doc": "Error codes to return."
    },
    "events": {
      "type": "[short_text]",
      "optional": true,
      "max": 100,
      "doc": "Event types to return."
    }
  },
  "result": {
    "schema": { "type": "sha256", "doc": "Digest of the contract." },
    "files": {
      "type": "[contract_file]",
      "doc": "Files, sorted by path. Where types or errors are asked, their files hold only these."
    }
  },
  "errors": ["unknown_method"],
  "cli": {
    "path": ["protocol", "describe"],
    "positional": ["methods"],
    "examples": ["till protocol describe order.create --json"]
  },
  "examples": [{"vector": "protocol-describe"}]
}

"""##

private let content166: StaticString = ##"""
{
  "name": "protocol.ping",
  "summary": "The cheapest round trip",
  "doc": "Answers from memory. Does not count as in flight.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": { "echo": {"type": "json", "optional": true, "doc": "Returned unchanged."} },
  "result": { "echo": {"type": "json", "optional": true, "doc": "What was sent."} },
  "errors": [],
  "cli": { "path": ["protocol", "ping"], "examples": ["till protocol ping"] },
  "examples": [{"vector": "protocol-ping"}]
}

"""##

private let content167: StaticString = ##"""
{
  "name": "recon.get",
  "summary": "One reconciliation run",
  "doc": "With its discrepancies by kind, as they stand now, and what is needed to sign it.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": { "run": { "type": "run_id", "doc": "Which." } },
  "result": {
    "run": { "type": "run", "doc": "It." },
    "kinds": { "type": "[kind_count]", "doc": "Its discrepancies by kind." },
    "to_sign": {
      "type": "to_sign",
      "optional": true,
      "doc": "What a name would stand under; absent once two do, and where a newer run took its place."
    }
  },
  "errors": ["run_not_found"],
  "cli": { "path": ["recon", "show"], "positional": ["run"], "member": "run", "examples": [] },
  "examples": [{ "vector": "recon-get" }]
}

"""##

private let content168: StaticString = ##"""
{
  "name": "recon.list",
  "summary": "Reconciliation runs",
  "doc": "Newest first.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "gateway": { "type": "account_name", "optional": true, "doc": "Whose." },
    "statement": { "type": "statement_id", "optional": true, "doc": "Of this statement." },
    "limit": { "type": "integer", "min": 1, "max": 200, "default": 50, "doc": "Rows at most." },
    "page": { "type": "page", "optional": true, "doc": "next of the page before." }
  },
  "result": {
    "runs": { "type": "[run]", "doc": "Rows." },
    "next": {
      "type": "page",
      "optional": true,
      "doc": "Where the next page begins; absent on the last."
    }
  },
  "errors": [],
  "cli": {
    "path": ["recon", "list"],
    "member": "runs",
    "columns": [
      "id",
      "gateway",
      "from_at",
      "statement_rows",
      "matched",
      "filled_back",
      "opened",
      "sign_off.state",
      "made_at"
    ],
    "examples": ["till recon list --gateway alipay"]
  },
  "examples": [{ "vector": "recon-list" }]
}

"""##

private let content169: StaticString = ##"""
{
  "name": "recon.run",
  "summary": "Compare a statement with our books",
  "doc": "Every row of both sides ends in exactly one bucket. A success that only the statement knows pays the order, with the row as evidence. Every difference is named and opened as a discrepancy; one that an earlier run opened is counted as known. Beside it the bill of the balance shows whether each trade, refund and fee was moved as it was earned, and the bank's statement whether each payout arrived, and when. May be repeated.",
  "since": "1.0",
  "effect": "write",
  "key": "none",
  "batch": false,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "statement": { "type": "statement_id", "doc": "A gateway's bill." },
    "fund": {
      "type": "statement_id",
      "optional": true,
      "doc": "The bill of the balance for the same days: what was earned must have been moved. By default the one in force, if one is here."
    },
    "bank": {
      "type": "statement_id",
      "optional": true,
      "doc": "The bank's statement in which its payouts must be found: those of the bill of the balance, else of the bill itself."
    }
  },
  "result": {
    "run": { "type": "run", "doc": "What came of it." },
    "kinds": { "type": "[kind_count]", "doc": "Its discrepancies by kind." }
  },
  "errors": [
    "statement_not_found",
    "statement_superseded",
    "statement_not_comparable",
    "too_many_discrepancies",
    "gateway_not_found"
  ],
  "cli": {
    "path": ["recon", "run"],
    "positional": ["statement"],
    "member": "run",
    "examples": ["till recon run stm_01JD0000000000000000000001"]
  },
  "examples": [{ "vector": "recon-run" }]
}

"""##

private let content170: StaticString = ##"""
{
  "name": "recon.sign",
  "summary": "Put your name under a run",
  "doc": "Two persons stand for a run: the first is anybody of finance, the second somebody else of the lead. Every discrepancy that the run found must be decided or wait for a named day. The names stand under the digest of the run, its sums, its discrepancies and their decisions, which goes into the event chain. Whatever changes one of them makes the names void and says so: recon.reopened; so does a statement that is issued again, at the moment it comes in.",
  "since": "1.0",
  "effect": "write",
  "key": "required",
  "batch": false,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "run": { "type": "run_id", "doc": "Which." },
    "sha256": {
      "type": "sha256",
      "optional": true,
      "doc": "The digest that recon.get showed under to_sign; another one is refused."
    }
  },
  "result": { "run": { "type": "run", "doc": "As it is now." } },
  "errors": [
    "run_not_found",
    "run_superseded",
    "run_undecided",
    "sign_off_changed",
    "illegal_transition",
    "token_required",
    "second_person_required"
  ],
  "cli": {
    "path": ["recon", "sign"],
    "positional": ["run"],
    "member": "run",
    "columns": [
      "id",
      "gateway",
      "from_at",
      "sign_off.state",
      "sign_off.first_by",
      "sign_off.second_by",
      "sign_off.left_open"
    ],
    "examples": ["till recon sign rec_01JD0000000000000000000001"]
  },
  "examples": [{ "vector": "recon-sign" }]
}

"""##

private let content171: StaticString = ##"""
{
  "name": "refund.approve",
  "summary": "Approve a refund",
  "doc": "By another operator than the one who asked, within the approver's limit. What no operator asked for counts with all that the approver gave back of this order alone. Then it is sent.",
  "since": "1.0",
  "effect": "write",
  "key": "required",
  "batch": false,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "refund": { "type": "refund_id", "doc": "Refund id." },
    "version": {
      "type": "version",
      "optional": true,
      "doc": "Only if the object still has this version."
    }
  },
  "result": { "refund": {"type": "refund", "doc": "The refund."} },
  "errors": [
    "refund_not_found", "illegal_transition", "version_mismatch", "token_required",
    "second_person_required", "role_too_low", "delivery_in_progress", "gateway_unreachable",
    "gateway_rejected", "gateway_auth", "payment_disputed", "refund_exceeds_paid",
    "order_frozen", "recovering"
  ],
  "cli": {
    "path": ["refund", "approve"],
    "positional": ["refund"],
    "member": "refund",
    "columns": ["id", "payment", "state", "amount", "requested_by", "created_at"]
  },
  "examples": [{"vector": "refund-approve"}]
}

"""##

private let content172: StaticString = ##"""
{
  "name": "refund.create",
  "summary": "Ask for a refund",
  "doc": "The amount is reserved at once, so that refunds never exceed what was captured. Within the caller's limit it is sent at once, counting what the caller gave back of this order alone before; above it, it waits for refund.approve. So does any refund of a payment that was made before the store was restored from a backup, whatever the limit. The reply comes when the gateway answered, or after 15 seconds with state unknown; a definite refusal is an error that names the refund.",
  "since": "1.0",
  "effect": "write",
  "key": "required",
  "batch": false,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "payment": { "type": "payment_id", "doc": "Payment id." },
    "amount": { "type": "money", "min": 1, "doc": "How much." },
    "reason": {
      "type": "note",
      "optional": true,
      "doc": "Why; the gateway may show it to the buyer."
    }
  },
  "result": { "refund": {"type": "refund", "doc": "The refund."} },
  "errors": [
    "payment_not_found", "order_not_paid", "refund_exceeds_paid", "too_many_refunds",
    "currency_mismatch", "delivery_in_progress", "illegal_transition", "gateway_not_supported",
    "amount_not_representable", "gateway_unreachable", "gateway_rejected", "gateway_auth",
    "gateway_rate_limited", "payment_disputed", "order_frozen", "recovering"
  ],
  "cli": {
    "path": ["refund", "create"],
    "positional": ["payment", "amount"],
    "member": "refund",
    "columns": ["id", "payment", "state", "amount", "requested_by", "created_at"],
    "examples": [
      "till refund create pay_01JD0000000000000000000001 10.00CNY --reason 'one card missing'"
    ]
  },
  "examples": [{"vector": "refund-create"}]
}

"""##

private let content173: StaticString = ##"""
{
  "name": "refund.get",
  "summary": "One refund",
  "doc": "By id.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "own",
  "params": { "refund": {"type": "refund_id", "doc": "Refund id."} },
  "result": { "refund": {"type": "refund", "doc": "The refund."} },
  "errors": ["refund_not_found"],
  "cli": {
    "path": ["refund", "get"],
    "positional": ["refund"],
    "member": "refund",
    "columns": ["id", "payment", "state", "amount", "requested_by", "created_at"]
  },
  "examples": [{"vector": "refund-get"}]
}

"""##

private let content174: StaticString = ##"""
{
  "name": "refund.list",
  "summary": "Refunds by order, payment, state or time",
  "doc": "All filters must hold. Newest first.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "own",
  "params": {
    "order": { "type": "order_ref", "optional": true, "doc": "Of this order." },
    "payment": { "type": "payment_id", "optional": true, "doc": "Of this payment." },
    "state": { "type": "refund_state", "optional": true, "doc": "State." },
    "created_from": { "type": "time", "optional": true, "doc": "Requested at or after." },
    "created_to": { "type": "time", "optional": true, "doc": "Requested before." },
    "limit": { "type": "integer", "min": 1, "max": 200, "default": 50, "doc": "Rows at most." },
    "page": { "type": "page", "optional": true, "doc": "next of the page before." }
  },
  "result": {
    "refunds": { "type": "[refund]", "doc": "Rows." },
    "next": {
      "type": "page",
      "optional": true,
      "doc": "Where the next page begins; absent on the last."
    }
  },
  "errors": ["order_not_found"],
  "cli": {
    "path": ["refund", "list"],
    "member": "refunds",
    "columns": ["id", "payment", "state", "amount", "requested_by", "created_at"],
    "examples": ["till refund list --state requested"]
  },
  "examples": [{"vector": "refund-list"}]
}

"""##

private let content175: StaticString = ##"""
{
  "name": "refund.query",
  "summary": "Ask the gateway about a refund now",
  "doc": "Joins a query in flight; at most once in two seconds.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": { "refund": {"type": "refund_id", "doc": "Refund id."} },
  "result": {
    "refund": { "type": "refund", "doc": "The refund." },
    "asked": { "type": "boolean", "doc": "The gateway was asked for this call." }
  },
  "errors": [
    "refund_not_found", "gateway_not_supported", "gateway_unreachable", "gateway_timeout",
    "gateway_auth", "gateway_bad_reply", "gateway_rate_limited"
  ],
  "cli": {
    "path": ["refund", "query"],
    "positional": ["refund"],
    "member": "refund",
    "columns": ["id", "payment", "state", "amount", "requested_by", "created_at"]
  },
  "examples": [{"vector": "refund-query"}]
}

"""##

private let content176: StaticString = ##"""
{
  "name": "refund.reject",
  "summary": "Refuse or withdraw a refund",
  "doc": "The reserved amount is free again. Called by who asked, the refund is withdrawn.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": true,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "refund": { "type": "refund_id", "doc": "Refund id." },
    "reason": { "type": "note", "doc": "Why." }
  },
  "result": { "refund": {"type": "refund", "doc": "The refund."} },
  "errors": ["refund_not_found", "illegal_transition", "denied", "order_frozen"],
  "cli": {
    "path": ["refund", "reject"],
    "positional": ["refund"],
    "member": "refund",
    "columns": ["id", "payment", "state", "amount", "requested_by", "created_at"]
  },
  "examples": [{"vector": "refund-reject"}]
}

"""##

private let content177: StaticString = ##"""
{
  "name": "rule.activate",
  "summary": "Put a pattern of decisions in force",
  "doc": "What a run finds from then on is treated like the differences before it: only what one person may decide alone, never a larger difference than people decided so. A rule that suggests proposes and a person confirms or turns down (discrepancy.confirm, discrepancy.reject); one decision of people is enough to have it. A rule that closes decides at once; it takes twenty decisions of people and a back-test in which nothing ended otherwise. Each such decision names the rule and is undone like any other; the first that is undone ends a rule that closes. A rule of the same pattern in the other mode ends with it. rule.proposals shows the back-test beforehand.",
  "since": "1.0",
  "effect": "write",
  "key": "required",
  "batch": false,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "pattern": {
      "type": "rule_pattern",
      "doc": "As rule.proposals shows it."
    },
    "mode": {
      "type": "rule_mode",
      "default": "suggest",
      "doc": "How far it goes."
    }
  },
  "result": {
    "rule": {
      "type": "rule",
      "doc": "The rule."
    }
  },
  "errors": [
    "bad_format",
    "rule_not_supported",
    "rule_active",
    "token_required"
  ],
  "cli": {
    "path": [
      "rule",
      "activate"
    ],
    "positional": [
      "pattern"
    ],
    "member": "rule",
    "columns": [
      "id",
      "pattern",
      "mode",
      "tolerance",
      "support",
      "replayed",
      "disagreeing",
      "active",
      "activated_by",
      "counter_example"
    ],
    "examples": [
      "till rule activate alipay:fee_more:CNY:less:accept_gateway",
      "till rule activate alipay:fee_more:CNY:less:accept_gateway --mode close"
    ]
  },
  "examples": [
    {
      "vector": "rule-activate"
    }
  ]
}

"""##

private let content178: StaticString = ##"""
{
  "name": "rule.deactivate",
  "summary": "End a rule",
  "doc": "What it has decided stands until somebody undoes it.",
  "since": "1.0",
  "effect": "write",
  "key": "allowed",
  "batch": false,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "rule": {
      "type": "rule_id",
      "doc": "Which."
    },
    "reason": {
      "type": "note",
      "doc": "Why."
    }
  },
  "result": {
    "rule": {
      "type": "rule",
      "doc": "As it is now."
    }
  },
  "errors": [
    "rule_not_found",
    "illegal_transition"
  ],
  "cli": {
    "path": [
      "rule",
      "deactivate"
    ],
    "positional": [
      "rule"
    ],
    "member": "rule",
    "columns": [
      "id",
      "pattern",
      "mode",
      "tolerance",
      "support",
      "replayed",
      "disagreeing",
      "active",
      "activated_by",
      "counter_example"
    ],
    "examples": [
      "till rule deactivate rul_01JD0000000000000000000001 --reason 'the contract changed'"
    ]
  },
  "examples": [
    {
      "vector": "rule-deactivate"
    }
  ]
}

"""##

private let content179: StaticString = ##"""
{
  "name": "rule.get",
  "summary": "A rule, what it has done, and its back-test today",
  "doc": "The back-test plays the rule over all that ever differed, also what came after it was put in force.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "rule": {
      "type": "rule_id",
      "doc": "Which."
    }
  },
  "result": {
    "rule": {
      "type": "rule",
      "doc": "The rule."
    },
    "back_test": {
      "type": "back_test",
      "doc": "Its back-test as of now."
    },
    "decisions": {
      "type": "count",
      "doc": "Differences that it decided by itself."
    },
    "taken_back": {
      "type": "count",
      "doc": "Those among them that people took back."
    },
    "confirmed": {
      "type": "count",
      "doc": "Proposals of it that a person agreed to."
    },
    "turned_down": {
      "type": "count",
      "doc": "Proposals of it that a person turned down."
    }
  },
  "errors": [
    "rule_not_found"
  ],
  "cli": {
    "path": [
      "rule",
      "show"
    ],
    "positional": [
      "rule"
    ],
    "examples": [
      "till rule show rul_01JD0000000000000000000001"
    ]
  },
  "examples": [
    {
      "vector": "rule-get"
    }
  ]
}

"""##

private let content180: StaticString = ##"""
{
  "name": "rule.list",
  "summary": "Rules in force, and those that were",
  "doc": "Newest first.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "limit": {
      "type": "integer",
      "min": 1,
      "max": 200,
      "default": 50,
      "doc": "Rows at most."
    },
    "page": {
      "type": "page",
      "optional": true,
      "doc": "next of the page before."
    }
  },
  "result": {
    "rules": {
      "type": "[rule]",
      "doc": "Rows."
    },
    "next": {
      "type": "page",
      "optional": true,
      "doc": "Where the next page begins; absent on the last."
    }
  },
  "errors": [],
  "cli": {
    "path": [
      "rule",
      "list"
    ],
    "member": "rules",
    "columns": [
      "id",
      "pattern",
      "mode",
      "tolerance",
      "support",
      "replayed",
      "disagreeing",
      "active",
      "activated_by",
      "counter_example"
    ],
    "examples": [
      "till rule list"
    ]
  },
  "examples": [
    {
      "vector": "rule-list"
    }
  ]
}

"""##

private let content181: StaticString = ##"""
{
  "name": "rule.proposals",
  "summary": "What people decide alike again and again",
  "doc": "Each pattern of decisions with a rule of it played over all that ever differed: how many it would have decided, how many of these people decided alike, and every one that ended otherwise. Best supported first. Only decisions that one person may make alone are counted, and none that a rule made by itself.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {},
  "result": {
    "proposals": {
      "type": "[rule_proposal]",
      "doc": "Rows."
    }
  },
  "errors": [],
  "cli": {
    "path": [
      "rule",
      "proposals"
    ],
    "member": "proposals",
    "columns": [
      "pattern",
      "tolerance",
      "support",
      "counter_examples",
      "back_test.decided",
      "back_test.undecided",
      "ready"
    ],
    "examples": [
      "till rule proposals"
    ]
  },
  "examples": [
    {
      "vector": "rule-proposals"
    }
  ]
}

"""##

private let content182: StaticString = ##"""
{
  "name": "sandbox.behave",
  "summary": "Make a sandbox misbehave",
  "doc": "Until for_ms has passed, calls were so many, or the fault none is set.",
  "since": "1.0",
  "effect": "admin",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "gateway": {
      "type": "gateway_name",
      "optional": true,
      "doc": "Which sandbox; default the only one."
    },
    "fault": { "type": "fault", "doc": "What it does." },
    "for_ms": {
      "type": "duration",
      "optional": true,
      "min": 1,
      "max": 86400000,
      "doc": "How long."
    },
    "calls": {
      "type": "integer",
      "optional": true,
      "min": 1,
      "max": 1000000,
      "doc": "For so many calls."
    }
  },
  "result": {
    "gateway": { "type": "gateway_name", "doc": "Which sandbox." },
    "faults": { "type": "[fault]", "doc": "Faults in force now." },
    "until_at": { "type": "time", "optional": true, "doc": "When they end." }
  },
  "errors": ["gateway_not_found", "gateway_not_supported"],
  "cli": {
    "path": ["sandbox", "behave"],
    "positional": ["fault"],
    "flags": { "for_ms": "for" },
    "examples": ["till sandbox behave down --for 30s"]
  },
  "examples": [{"vector": "sandbox-behave"}]
}

"""##

private let content183: StaticString = ##"""
{
  "name": "sandbox.books",
  "summary": "The sandbox's own books",
  "doc": "What the sandbox believes, kept apart from the daemon's store. Newest first.",
  "since": "1.0",
  "effect": "admin",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "gateway": {
      "type": "gateway_name",
      "optional": true,
      "doc": "Which sandbox; default the only one."
    },
    "limit": { "type": "integer", "min": 1, "max": 200, "default": 50, "doc": "Rows at most." },
    "page": { "type": "page", "optional": true, "doc": "next of the page before." }
  },
  "result": {
    "trades": { "type": "[trade]", "doc": "Rows." },
    "next": {
      "type": "page",
      "optional": true,
      "doc": "Where the next page begins; absent on the last."
    }
  },
  "errors": ["gateway_not_found"],
  "cli": {
    "path": ["sandbox", "books"],
    "member": "trades",
    "columns": ["gateway", "out_trade_no", "state", "amount", "paid", "refunded", "callback"]
  },
  "examples": [{"vector": "sandbox-books"}]
}

"""##

private let content184: StaticString = ##"""
{
  "name": "sandbox.dispute",
  "summary": "Be the buyer's bank at a sandbox gateway",
  "doc": "Opens a dispute of a paid payment, or says what became of the one that is there, and decides what becomes of the notification.",
  "since": "1.0",
  "effect": "admin",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "payment": { "type": "payment_id", "doc": "Payment id." },
    "state": {
      "type": "dispute_status",
      "default": "needs_response",
      "doc": "What the bank says."
    },
    "callback": {
      "type": "callback",
      "default": "deliver",
      "doc": "What becomes of the notification."
    },
    "delay_ms": {
      "type": "duration",
      "optional": true,
      "min": 0,
      "max": 86400000,
      "doc": "Delay of the notification, for delay."
    },
    "amount": {
      "type": "money",
      "optional": true,
      "min": 1,
      "doc": "How much; all that was paid if left out. Set when it opens."
    },
    "due_in_ms": {
      "type": "duration",
      "optional": true,
      "min": 0,
      "max": 7776000000,
      "doc": "How long an answer is taken; seven days if left out. Set when it opens."
    }
  },
  "result": { "trade": {"type": "trade", "doc": "The sandbox's own record."} },
  "errors": ["payment_not_found", "gateway_not_supported", "illegal_transition"],
  "cli": {
    "path": ["sandbox", "dispute"],
    "positional": ["payment"],
    "member": "trade",
    "columns": ["out_trade_no", "state", "amount", "paid", "callback"],
    "examples": ["till sandbox dispute pay_01JD0000000000000000000001 --state lost"]
  },
  "examples": [{"vector": "sandbox-dispute"}]
}

"""##

private let content185: StaticString = ##"""
{
  "name": "sandbox.pay",
  "summary": "Be the buyer at a sandbox gateway",
  "doc": "Pays, fails or leaves a payment, and decides what becomes of the notification.",
  "since": "1.0",
  "effect": "admin",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "payment": { "type": "payment_id", "doc": "Payment id." },
    "state": { "type": "sandbox_state", "default": "paid", "doc": "What the buyer does." },
    "callback": {
      "type": "callback",
      "default": "deliver",
      "doc": "What becomes of the notification."
    },
    "delay_ms": {
      "type": "duration",
      "optional": true,
      "min": 0,
      "max": 86400000,
      "doc": "Delay of the notification, for delay."
    },
    "amount": { "type": "money", "optional": true, "min": 1, "doc": "Pay another amount." }
  },
  "result": { "trade": {"type": "trade", "doc": "The sandbox's own record."} },
  "errors": ["payment_not_found", "gateway_not_supported", "illegal_transition"],
  "cli": {
    "path": ["sandbox", "pay"],
    "positional": ["payment"],
    "member": "trade",
    "columns": ["out_trade_no", "state", "amount", "paid", "callback"],
    "examples": ["till sandbox pay pay_01JD0000000000000000000001 --callback lose"]
  },
  "examples": [{"vector": "sandbox-pay"}]
}

"""##

private let content186: StaticString = ##"""
{
  "name": "server.backup",
  "summary": "Copy the store while it works",
  "doc": "Writes a consistent copy into the configured folder, mode 0600, and opens it to check it.",
  "since": "1.0",
  "effect": "admin",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": { "name": {"type": "backup_name", "doc": "File name."} },
  "result": {
    "name": { "type": "text", "doc": "File name." },
    "bytes": { "type": "count", "doc": "Size." },
    "sha256": { "type": "sha256", "doc": "Digest." },
    "events": { "type": "count", "doc": "Events in it." },
    "at": { "type": "time", "doc": "State of this moment." }
  },
  "errors": ["backup_not_configured", "already_exists", "readonly_disk_full"],
  "cli": { "path": ["server", "backup"], "positional": ["name"] },
  "examples": [{"vector": "server-backup"}]
}

"""##

private let content187: StaticString = ##"""
{
  "name": "server.connections",
  "summary": "Open connections",
  "doc": "Who is connected, since when, and what each one holds up.",
  "since": "1.0",
  "effect": "admin",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {},
  "result": { "connections": {"type": "[connection]", "doc": "Connections, oldest first."} },
  "errors": [],
  "cli": {
    "path": ["server", "connections"],
    "member": "connections",
    "columns": ["id", "uid", "principal", "client", "in_flight", "output_bytes", "connected_at"]
  },
  "examples": [{"vector": "server-connections"}]
}

"""##

private let content188: StaticString = ##"""
{
  "name": "server.disconnect",
  "summary": "Close one connection",
  "doc": "Its requests in flight are finished, their replies are lost.",
  "since": "1.0",
  "effect": "admin",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "connection": { "type": "integer", "min": 1, "doc": "Number of the connection." },
    "reason": { "type": "note", "optional": true, "doc": "Said in its session.bye." }
  },
  "result": {
    "connection": { "type": "integer", "doc": "Number of the connection." },
    "closed": { "type": "boolean", "doc": "It was open." }
  },
  "errors": ["connection_not_found"],
  "cli": { "path": ["server", "disconnect"], "positional": ["connection"] },
  "examples": [{"vector": "server-disconnect"}]
}

"""##

private let content189: StaticString = ##"""
{
  "name": "server.drain",
  "summary": "Stop in good order",
  "doc": "New work is refused with draining, requests in flight get 10 seconds, streams end with their cursor.",
  "since": "1.0",
  "effect": "admin",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {},
  "result": { "state": {"type": "server_state", "doc": "draining."} },
  "errors": [],
  "cli": { "path": ["server", "drain"] },
  "examples": [{"vector": "server-drain"}]
}

"""##

private let content190: StaticString = ##"""
{
  "name": "server.health",
  "summary": "Whether the daemon is alive and ready",
  "doc": "Never touches the disk and does not count as in flight.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {},
  "result": {
    "state": { "type": "server_state", "doc": "What it can do now." },
    "ready": { "type": "boolean", "doc": "It does all." },
    "version": { "type": "text", "doc": "Version of the daemon." },
    "uptime_ms": { "type": "duration", "doc": "Since it started." },
    "now_at": { "type": "time", "doc": "Its clock." },
    "reason": { "type": "text", "optional": true, "doc": "Why not ready." }
  },
  "errors": [],
  "cli": { "path": ["server", "health"], "examples": ["till server health"] },
  "examples": [{"vector": "server-health"}]
}

"""##

private let content191: StaticString = ##"""
{
  "name": "server.metrics",
  "summary": "Numbers for monitoring",
  "doc": "The command line prints them as Prometheus text.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {},
  "result": { "metrics": {"type": "[metric]", "doc": "All metrics, sorted by name."} },
  "errors": [],
  "cli": { "path": ["server", "metrics"], "member": "metrics", "columns": ["name", "kind"] },
  "examples": [{"vector": "server-metrics"}]
}

"""##

private let content192: StaticString = ##"""
{
  "name": "server.reload",
  "summary": "Read the configuration again",
  "doc": "All or nothing: a fault leaves the running configuration as it is. At once: peers and operators (an open connection gets the roles of now, and ends where nobody would admit it any more), gateways with their keys, fees, exchange, calendar and layouts. Every other member that differs is named and waits for a restart.",
  "since": "1.0",
  "effect": "admin",
  "key": "none",
  "batch": false,
  "dry_run": true,
  "visibility": "all",
  "params": {},
  "result": {
    "changed": { "type": "[text]", "doc": "Members that changed and are in force." },
    "restart_needed": { "type": "[text]", "doc": "Members that changed and wait for a restart." }
  },
  "errors": ["config_invalid"],
  "cli": { "path": ["server", "reload"] },
  "examples": [{"vector": "server-reload"}]
}

"""##

private let content193: StaticString = ##"""
{
  "name": "server.status",
  "summary": "What the daemon holds and does",
  "doc": "Counts and versions for people.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {},
  "result": {
    "state": { "type": "server_state", "doc": "What it can do now." },
    "version": { "type": "text", "doc": "Version of the daemon." },
    "instance": { "type": "text", "doc": "Changes with every start." },
    "epoch": { "type": "text", "doc": "Epoch of the event history." },
    "schema": { "type": "sha256", "doc": "Digest of the contract." },
    "started_at": { "type": "time", "doc": "Start." },
    "connections": { "type": "count", "doc": "Open connections." },
    "orders": { "type": "count", "doc": "Orders kept." },
    "payments_open": { "type": "count", "doc": "Payments without a final state." },
    "events": { "type": "count", "doc": "Events in the log." },
    "queue_depth": { "type": "count", "doc": "Writes that wait." },
    "polls_due": { "type": "count", "doc": "Queries due now." },
    "hooks_pending": { "type": "count", "doc": "Outgoing messages not yet taken." },
    "attention": { "type": "count", "doc": "Orders a person must look at." },
    "search_lag": {
      "type": "count",
      "doc": "Orders the search index has not reached; a search reads them directly."
    },
    "store_bytes": { "type": "count", "doc": "Size of the store." },
    "retention": { "type": "[retention]", "doc": "What is kept for a time only." },
    "config": {
      "type": "text",
      "optional": true,
      "doc": "Configuration in use; absent if there is none."
    },
    "time_scale": { "type": "decimal", "doc": "Compression of the schedule; 1 in earnest." }
  },
  "errors": [],
  "cli": { "path": ["server", "status"] },
  "examples": [{"vector": "server-status"}]
}

"""##

private let content194: StaticString = ##"""
{
  "name": "session.cancel",
  "summary": "Stop waiting for a request of this connection",
  "doc": "A wait or stream ends at once. A write that reached the store is finished and answered. Does not count as in flight.",
  "since": "1.0",
  "effect": "session",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": { "target": {"type": "request_id", "doc": "Id of the request to stop."} },
  "result": { "state": {"type": "cancel_state", "doc": "What became of it."} },
  "errors": [],
  "examples": [{"vector": "session-cancel"}]
}

"""##

private let content195: StaticString = ##"""
{
  "name": "session.hello",
  "summary": "Say who the client is, and present an operator's token",
  "doc": "Optional. With a token the connection becomes that operator; its roles are those that the operator, the peer map and the listener all allow. require names features without which the client cannot work; a missing one is refused.",
  "since": "1.0",
  "effect": "session",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "client": { "type": "client_name", "optional": true, "doc": "Name of the client." },
    "version": { "type": "client_name", "optional": true, "doc": "Version of the client." },
    "require": {
      "type": "[feature]",
      "optional": true,
      "max": 32,
      "doc": "Features the client cannot do without."
    },
    "optional": { "type": "[feature]", "optional": true, "max": 32, "doc": "Features it can use." },
    "token": { "type": "token", "optional": true, "doc": "An operator's token." },
    "deprecated": {
      "type": "boolean",
      "optional": true,
      "doc": "Warn about deprecated members from now on."
    }
  },
  "result": {
    "peer": { "type": "peer", "doc": "Who the daemon now takes the caller for." },
    "protocol": { "type": "protocol_range", "doc": "Protocol versions spoken." },
    "features": { "type": "[text]", "doc": "Features the daemon has." }
  },
  "errors": ["token_invalid", "bad_format"],
  "examples": [{"vector": "session-hello"}]
}

"""##

private let content196: StaticString = ##"""
{
  "name": "statement.append",
  "summary": "Send a piece of a file",
  "doc": "Pieces come in order. One that is here already is answered as the first time, so that it may be repeated after a lost reply.",
  "since": "1.0",
  "effect": "write",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "statement": { "type": "statement_id", "doc": "From statement.begin." },
    "offset": { "type": "integer", "min": 0, "max": 536870912, "doc": "Where the piece begins." },
    "data_base64": { "type": "file_piece", "doc": "The piece." }
  },
  "result": { "received": { "type": "count", "doc": "Bytes that are here." } },
  "errors": ["statement_not_found", "statement_out_of_place"],
  "examples": [{ "vector": "statement-append" }]
}

"""##

private let content197: StaticString = ##"""
{
  "name": "statement.begin",
  "summary": "Announce a file",
  "doc": "The file comes in pieces by statement.append, and is taken in by statement.import. It is forgotten a day later if it is not. The same bytes announced again go on where they stopped.",
  "since": "1.0",
  "effect": "write",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "bytes": { "type": "integer", "min": 1, "max": 536870912, "doc": "Size of the file." },
    "sha256": { "type": "sha256", "doc": "Digest of its bytes." },
    "name": { "type": "file_name", "optional": true, "doc": "What it is called." }
  },
  "result": {
    "statement": { "type": "statement_id", "doc": "What the file is called from now on." },
    "received": { "type": "count", "doc": "Bytes that are here." }
  },
  "errors": ["too_many_uploads"],
  "examples": [{ "vector": "statement-begin" }]
}

"""##

private let content198: StaticString = ##"""
{
  "name": "statement.bills",
  "summary": "Gateways' bills and how far each is",
  "doc": "One for each gateway, kind and day since the gateway's first payment, newest day first. Of the bank's files a warning tells: the days that no file covers while payouts wait which may have come on them.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "gateway": { "type": "gateway_name", "optional": true, "doc": "Only of this gateway." },
    "limit": { "type": "integer", "min": 1, "max": 200, "default": 50, "doc": "Rows at most." }
  },
  "result": { "bills": { "type": "[bill]", "doc": "Newest day first, then by gateway and kind." } },
  "errors": [],
  "cli": {
    "path": ["statement", "bills"],
    "positional": ["gateway"],
    "member": "bills",
    "columns": ["gateway", "kind", "day", "state", "tries", "next_at", "statement", "reason"],
    "examples": ["till statement bills", "till statement bills alipay --limit 7"]
  },
  "examples": [{ "vector": "statement-bills" }]
}

"""##

private let content199: StaticString = ##"""
{
  "name": "statement.fetch",
  "summary": "Download a gateway's bills now",
  "doc": "Bills come by themselves at their ready time and again until they are there; this asks now, also for a bill that is there, which may have been issued again. It answers at once: the download, the import and the comparison follow, and statement.bills tells how far they are.",
  "since": "1.0",
  "effect": "write",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "gateway": { "type": "gateway_name", "doc": "The configured gateway." },
    "kind": {
      "type": "bill_kind",
      "optional": true,
      "doc": "Only this kind; by default all that the gateway gives out."
    },
    "day": {
      "type": "day",
      "optional": true,
      "doc": "The day it is about, in the gateway's zone; by default the last one whose bill should be there."
    }
  },
  "result": { "bills": { "type": "[bill]", "doc": "What is asked for now." } },
  "errors": ["gateway_not_found", "gateway_not_supported"],
  "cli": {
    "path": ["statement", "fetch"],
    "positional": ["gateway", "day"],
    "member": "bills",
    "columns": ["gateway", "kind", "day", "state", "tries", "next_at", "reason"],
    "examples": ["till statement fetch alipay", "till statement fetch wechat 2026-11-20 --kind trade"]
  },
  "examples": [{ "vector": "statement-fetch" }]
}

"""##

private let content200: StaticString = ##"""
{
  "name": "statement.get",
  "summary": "One bill or bank statement",
  "doc": "With what it states about itself and what its rows give.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": { "statement": { "type": "statement_id", "doc": "Which." } },
  "result": { "statement": { "type": "statement", "doc": "It." } },
  "errors": ["statement_not_found"],
  "cli": {
    "path": ["statement", "show"],
    "positional": ["statement"],
    "member": "statement",
    "examples": []
  },
  "examples": [{ "vector": "statement-get" }]
}

"""##

private let content201: StaticString = ##"""
{
  "name": "statement.import",
  "summary": "Take a bill or bank statement in",
  "doc": "The form is guessed by the heading unless layout names it; zip files, GBK and UTF-8 are told apart by themselves. A file whose bytes are known already is answered with known. One for days that are there is issued again: it supersedes the older. The same bytes read by another layout are a statement of their own, in place of the first. A row of a bank's statement by which money came in under the out_trade_no of a payment of kind transfer pays that payment, or shows it to a person where the amount is another; where the statement is named as a gateway whose notices prove little, its rows confirm weakly paid payments of the same sum. With dry_run nothing is kept: preview shows the first rows as they were understood, and every row that does not read with a hint.",
  "since": "1.0",
  "effect": "write",
  "key": "none",
  "batch": false,
  "dry_run": true,
  "visibility": "all",
  "params": {
    "statement": { "type": "statement_id", "doc": "From statement.begin; all pieces are here." },
    "gateway": {
      "type": "account_name",
      "optional": true,
      "doc": "The configured gateway whose bill it is; without it the only one that gives out such files. For a bank's statement, a name for the account."
    },
    "layout": {
      "type": "layout_name",
      "optional": true,
      "doc": "How it is laid out: alipay_trade, alipay_fund, wechat_trade, wechat_fund, stripe, paypal, paypal_day_first, mt940, ofx, camt053, or a layout that the configuration saves. Guessed without it."
    },
    "mapping": {
      "type": "layout_mapping",
      "optional": true,
      "doc": "Declares a layout, for files of any shop or channel, in place of layout. It is kept with the statement, which is always read by it."
    },
    "from_at": {
      "type": "time",
      "optional": true,
      "doc": "The days it covers begin; by default the day of its first row."
    },
    "to_at": {
      "type": "time",
      "optional": true,
      "doc": "And end; by default the day after its last row's."
    }
  },
  "result": {
    "statement": { "type": "statement", "doc": "What was understood." },
    "known": { "type": "boolean", "doc": "The same bytes were taken in before." },
    "left_out": { "type": "[text]", "doc": "Files of a zip that were not used." },
    "filled_back": {
      "type": "count",
      "doc": "Payments that its rows paid or confirmed. Only a bank's statement does so by itself; bills are compared by recon.run."
    },
    "supersedes": {
      "type": "statement_id",
      "optional": true,
      "doc": "The one it was issued in place of."
    },
    "preview": {
      "type": "statement_preview",
      "optional": true,
      "doc": "With dry_run: how the file fits its layout."
    }
  },
  "errors": [
    "statement_not_found",
    "statement_incomplete",
    "statement_unreadable",
    "gateway_not_found"
  ],
  "cli": {
    "path": ["statement", "import"],
    "positional": ["statement"],
    "member": "statement",
    "columns": ["id", "gateway", "content", "layout", "rows", "from_at", "verified"],
    "examples": [
      "till statement import 20881234_20261120.csv.zip",
      "till statement import may.mt940 --gateway icbc --dry-run",
      "till statement import orders.csv --gateway pinduoduo --layout pinduoduo.json --dry-run"
    ]
  },
  "examples": [{ "vector": "statement-import" }, { "vector": "statement-mapping" }]
}

"""##

private let content202: StaticString = ##"""
{
  "name": "statement.list",
  "summary": "Bills and bank statements",
  "doc": "All filters must hold. Newest first.",
  "since": "1.0",
  "effect": "read",
  "key": "none",
  "batch": false,
  "dry_run": false,
  "visibility": "all",
  "params": {
    "gateway": { "type": "account_name", "optional": true, "doc": "Whose." },
    "content": { "type": "statement_content", "optional": true, "doc": "What they hold." },
    "from_at": { "type": "time", "optional": true, "doc": "With days after this." },
    "to_at": { "type": "time", "optional": true, "doc": "With days before this." },
    "limit": { "type": "integer", "min": 1, "max": 200, "default": 50, "doc": "Rows at most." },
    "page": { "type": "page", "optional": true, "doc": "next of the page before." }
  },
  "result": {
    "statements": { "type": "[statement]", "doc": "Rows." },
    "next": {
      "type": "page",
      "optional": true,
      "doc": "Where the next page begins; absent on the last."
    }
  },
  "errors": [],
  "cli": {
    "path": ["statement", "list"],
    "member": "statements",
    "columns": [
      "id",
      "gateway",
      "content",
      "from_at",
      "to_at",
      "rows",
      "verified",
      "superseded_by"
    ],
    "examples": ["till statement list --gateway alipay"]
  },
  "examples": [{ "vector": "statement-list" }]
}

"""##

private let content203: StaticString = ##"""
{
  "doc": "A principal has a set of roles; in force are those that the peer map, the listener and the token all allow. A user without a role is not admitted.",
  "roles": {
    "viewer": {
      "masked": true,
      "visibility": "all",
      "meaning": "Sees orders and their money, personal data masked. For wall screens and dashboards."
    },
    "shop": {
      "masked": false,
      "visibility": "own",
      "meaning": "A shop front: creates orders and payments, passes notifications on, delivers. Sees its own only, unmasked."
    },
    "support": {
      "masked": false,
      "visibility": "all",
      "meaning": "Answers buyers: timelines, reasons, raw notifications, holds, refund requests, the scheduler."
    },
    "finance": {
      "masked": false,
      "visibility": "all",
      "meaning": "What support may read; requests and approves refunds to a limit, and makes proposals about money."
    },
    "finance_lead": {
      "masked": false,
      "visibility": "all",
      "meaning": "Finance, and the second person of a proposal."
    },
    "risk": {
      "masked": false,
      "visibility": "all",
      "meaning": "Holds deliveries and lets them go."
    },
    "auditor": {
      "masked": false,
      "visibility": "all",
      "meaning": "Reads everything and verifies the chain; changes nothing."
    },
    "metrics": {
      "masked": true,
      "visibility": "all",
      "meaning": "Health and metrics only. For monitoring."
    },
    "admin": {
      "masked": true,
      "visibility": "all",
      "meaning": "Runs the daemon: server, gateways, hooks, sandbox, erasure. Does not decide about money."
    }
  },
  "unconfigured": ["admin", "shop", "support", "finance", "auditor"],
  "methods": {
    "audit.verify": ["auditor"],
    "batch.run": ["shop", "support", "finance", "finance_lead", "risk", "admin"],
    "case.assign": ["support", "finance", "finance_lead", "risk"],
    "case.close": ["support", "finance", "finance_lead", "risk"],
    "case.confirm": ["finance", "finance_lead", "risk"],
    "case.get": ["support", "finance", "finance_lead", "risk", "auditor"],
    "case.link": ["support", "finance", "finance_lead", "risk"],
    "case.list": ["support", "finance", "finance_lead", "risk", "auditor"],
    "case.note": ["support", "finance", "finance_lead", "risk"],
    "case.open": ["support", "finance", "finance_lead", "risk"],
    "case.paper": ["support", "finance", "finance_lead", "risk", "auditor"],
    "case.reopen": ["support", "finance", "finance_lead", "risk"],
    "case.resolve": ["support", "finance", "finance_lead", "risk"],
    "delivery.claim": ["shop"],
    "delivery.complete": ["shop"],
    "delivery.fail": ["shop"],
    "delivery.hold": ["support", "risk"],
    "delivery.list": [
      "viewer", "shop", "support", "finance", "finance_lead", "risk", "auditor", "admin"
    ],
    "delivery.release": ["shop"],
    "delivery.retry": ["support"],
    "delivery.revoke": ["support"],
    "delivery.unhold": ["support", "risk"],
    "dispute.attach": ["support", "finance", "finance_lead"],
    "dispute.attachment": ["support", "finance", "finance_lead", "risk", "auditor"],
    "dispute.get": [
      "viewer", "shop", "support", "finance", "finance_lead", "risk", "auditor", "admin"
    ],
    "dispute.list": [
      "viewer", "shop", "support", "finance", "finance_lead", "risk", "auditor", "admin"
    ],
    "dispute.query": ["support", "finance", "finance_lead"],
    "discrepancy.confirm": ["finance", "finance_lead"],
    "discrepancy.get": ["finance", "finance_lead", "auditor"],
    "discrepancy.list": ["finance", "finance_lead", "auditor"],
    "discrepancy.propose": ["finance", "finance_lead"],
    "discrepancy.reject": ["finance", "finance_lead"],
    "discrepancy.summary": ["finance", "finance_lead", "auditor"],
    "discrepancy.undo": ["finance", "finance_lead"],
    "events.ack": [
      "viewer", "shop", "support", "finance", "finance_lead", "risk", "auditor", "admin"
    ],
    "events.read": [
      "viewer", "shop", "support", "finance", "finance_lead", "risk", "auditor", "admin"
    ],
    "events.subscribe": [
      "viewer", "shop", "support", "finance", "finance_lead", "risk", "auditor", "admin"
    ],
    "events.wait": [
      "viewer", "shop", "support", "finance", "finance_lead", "risk", "auditor", "admin"
    ],
    "gateway.check": ["admin"],
    "gateway.health": [
      "viewer", "shop", "support", "finance", "finance_lead", "risk", "auditor", "admin"
    ],
    "gateway.list": [
      "viewer", "shop", "support", "finance", "finance_lead", "risk", "auditor", "admin"
    ],
    "gateway.pause": ["admin"],
    "gateway.resume": ["admin"],
    "hook.list": ["support", "auditor", "admin"],
    "hook.retry": ["support", "admin"],
    "key.lookup": ["shop", "support", "finance", "finance_lead", "risk", "admin"],
    "ledger.balances": ["finance", "finance_lead", "auditor"],
    "ledger.trace": ["finance", "finance_lead", "auditor"],
    "notification.get": ["support", "finance", "finance_lead", "risk", "auditor"],
    "notification.ingest": ["shop"],
    "notification.list": ["support", "finance", "finance_lead", "risk", "auditor"],
    "notification.replay": ["support"],
    "order.accept": ["finance", "finance_lead"],
    "order.cancel": ["shop"],
    "order.create": ["shop"],
    "order.erase_personal": ["admin"],
    "order.find": [
      "viewer", "shop", "support", "finance", "finance_lead", "risk", "auditor", "admin"
    ],
    "order.get": [
      "viewer", "shop", "support", "finance", "finance_lead", "risk", "auditor", "admin"
    ],
    "order.list": [
      "viewer", "shop", "support", "finance", "finance_lead", "risk", "auditor", "admin"
    ],
    "order.tell": ["shop", "support", "finance", "finance_lead", "risk", "auditor"],
    "order.timeline": ["shop", "support", "finance", "finance_lead", "risk", "auditor"],
    "order.wait": [
      "viewer", "shop", "support", "finance", "finance_lead", "risk", "auditor", "admin"
    ],
    "order.why": ["shop", "support", "finance", "finance_lead", "risk", "auditor"],
    "payment.close": ["shop"],
    "payment.create": ["shop"],
    "payment.get": [
      "viewer", "shop", "support", "finance", "finance_lead", "risk", "auditor", "admin"
    ],
    "payment.list": [
      "viewer", "shop", "support", "finance", "finance_lead", "risk", "auditor", "admin"
    ],
    "payment.query": ["shop"],
    "payment.resolve": ["finance", "finance_lead"],
    "poll.due": ["support", "finance", "finance_lead", "auditor"],
    "poll.run": ["support"],
    "poll.status": ["support", "finance", "finance_lead", "auditor"],
    "protocol.describe": [
      "viewer", "shop", "support", "finance", "finance_lead", "risk", "auditor", "metrics",
      "admin"
    ],
    "protocol.ping": [
      "viewer", "shop", "support", "finance", "finance_lead", "risk", "auditor", "metrics",
      "admin"
    ],
    "recon.get": ["finance", "finance_lead", "auditor"],
    "recon.list": ["finance", "finance_lead", "auditor"],
    "recon.run": ["finance", "finance_lead"],
    "recon.sign": ["finance", "finance_lead"],
    "refund.approve": ["finance", "finance_lead"],
    "refund.create": ["support", "finance", "finance_lead"],
    "refund.get": [
      "viewer", "shop", "support", "finance", "finance_lead", "risk", "auditor", "admin"
    ],
    "refund.list": [
      "viewer", "shop", "support", "finance", "finance_lead", "risk", "auditor", "admin"
    ],
    "refund.query": ["support", "finance", "finance_lead"],
    "refund.reject": ["support", "finance", "finance_lead"],
    "rule.activate": ["finance_lead"],
    "rule.deactivate": ["finance", "finance_lead"],
    "rule.get": ["finance", "finance_lead", "auditor"],
    "rule.list": ["finance", "finance_lead", "auditor"],
    "rule.proposals": ["finance", "finance_lead", "auditor"],
    "sandbox.behave": ["admin"],
    "sandbox.books": ["admin"],
    "sandbox.dispute": ["admin"],
    "sandbox.pay": ["admin"],
    "server.backup": ["admin"],
    "server.connections": ["admin"],
    "server.disconnect": ["admin"],
    "server.drain": ["admin"],
    "server.health": [
      "viewer", "shop", "support", "finance", "finance_lead", "risk", "auditor", "metrics",
      "admin"
    ],
    "server.metrics": [
      "viewer", "shop", "support", "finance", "finance_lead", "risk", "auditor", "metrics",
      "admin"
    ],
    "server.reload": ["admin"],
    "server.status": [
      "viewer", "shop", "support", "finance", "finance_lead", "risk", "auditor", "admin"
    ],
    "session.cancel": [
      "viewer", "shop", "support", "finance", "finance_lead", "risk", "auditor", "metrics",
      "admin"
    ],
    "session.hello": [
      "viewer", "shop", "support", "finance", "finance_lead", "risk", "auditor", "metrics",
      "admin"
    ],
    "statement.append": ["finance", "finance_lead"],
    "statement.begin": ["finance", "finance_lead"],
    "statement.bills": ["finance", "finance_lead", "auditor"],
    "statement.fetch": ["finance", "finance_lead"],
    "statement.get": ["finance", "finance_lead", "auditor"],
    "statement.import": ["finance", "finance_lead"],
    "statement.list": ["finance", "finance_lead", "auditor"]
  }
}

"""##

private let content204: StaticString = ##"""
{
  "doc": "Scalars, enumerations and objects. A type in brackets is a list. Lengths are bytes of UTF-8.",
  "scalars": {
    "integer": { "kind": "integer", "doc": "An integer within the range of JSON." },
    "count": { "kind": "integer", "min": 0, "doc": "A number of things." },
    "boolean": { "kind": "boolean", "doc": "true or false." },
    "json": { "kind": "json", "doc": "Any JSON value." },
    "json_object": { "kind": "object", "doc": "Any JSON object." },
    "metadata": {
      "kind": "object",
      "max_bytes": 4096,
      "doc": "The shop's own members, returned unchanged and never read by the daemon."
    },
    "text_map": {
      "kind": "map",
      "max_bytes": 8192,
      "max_items": 64,
      "doc": "An object whose values are strings, in the order received."
    },
    "request_id": {
      "kind": "json",
      "doc": "A string of 1-64 bytes of [A-Za-z0-9._:/#-], or an integer from 0 to 2^53-1."
    },
    "time": {
      "kind": "integer",
      "min": 0,
      "max": 253402300799999,
      "cli": "time",
      "doc": "Milliseconds since 1970-01-01 UTC."
    },
    "duration": {
      "kind": "integer",
      "min": 0,
      "max": 9007199254740991,
      "cli": "duration",
      "doc": "Milliseconds."
    },
    "version": { "kind": "integer", "min": 1, "doc": "Counts the changes of one object, from 1." },
    "order_id": {
      "kind": "string",
      "prefix": "ord_",
      "min": 30,
      "max": 30,
      "alphabet": "0-9A-HJKMNP-TV-Z",
      "doc": "Order. 26 characters of Crockford base32 follow the prefix; sorts by time."
    },
    "payment_id": {
      "kind": "string",
      "prefix": "pay_",
      "min": 30,
      "max": 30,
      "alphabet": "0-9A-HJKMNP-TV-Z",
      "doc": "Payment. 26 characters of Crockford base32 follow the prefix; sorts by time."
    },
    "refund_id": {
      "kind": "string",
      "prefix": "rfd_",
      "min": 30,
      "max": 30,
      "alphabet": "0-9A-HJKMNP-TV-Z",
      "doc": "Refund. 26 characters of Crockford base32 follow the prefix; sorts by time."
    },
    "dispute_id": {
      "kind": "string",
      "prefix": "dsp_",
      "min": 30,
      "max": 30,
      "alphabet": "0-9A-HJKMNP-TV-Z",
      "doc": "Dispute. 26 characters of Crockford base32 follow the prefix; sorts by time."
    },
    "attachment_id": {
      "kind": "string",
      "prefix": "att_",
      "min": 30,
      "max": 30,
      "alphabet": "0-9A-HJKMNP-TV-Z",
      "doc": "Attachment of a dispute. 26 characters of Crockford base32 follow the prefix; sorts by time."
    },
    "media_type": {
      "kind": "string",
      "min": 3,
      "max": 100,
      "alphabet": "a-z0-9.+/-",
      "doc": "As text/plain or image/png."
    },
    "receipt_id": {
      "kind": "string",
      "prefix": "ntf_",
      "min": 30,
      "max": 30,
      "alphabet": "0-9A-HJKMNP-TV-Z",
      "doc": "Notification. 26 characters of Crockford base32 follow the prefix; sorts by time."
    },
    "delivery_id": {
      "kind": "string",
      "prefix": "dlv_",
      "min": 30,
      "max": 30,
      "alphabet": "0-9A-HJKMNP-TV-Z",
      "doc": "Delivery. 26 characters of Crockford base32 follow the prefix; sorts by time."
    },
    "event_id": {
      "kind": "string",
      "prefix": "evt_",
      "min": 30,
      "max": 30,
      "alphabet": "0-9A-HJKMNP-TV-Z",
      "doc": "Event. 26 characters of Crockford base32 follow the prefix; sorts by time."
    },
    "claim": {
      "kind": "string",
      "prefix": "clm_",
      "min": 30,
      "max": 30,
      "alphabet": "0-9A-HJKMNP-TV-Z",
      "doc": "Delivery claim; whoever knows it may finish the delivery. 26 characters of Crockford base32 follow the prefix; sorts by time."
    },
    "hook_message_id": {
      "kind": "string",
      "prefix": "hkd_",
      "min": 30,
      "max": 30,
      "alphabet": "0-9A-HJKMNP-TV-Z",
      "doc": "Outgoing message of a hook. 26 characters of Crockford base32 follow the prefix; sorts by time."
    },
    "statement_id": {
      "kind": "string",
      "prefix": "stm_",
      "min": 30,
      "max": 30,
      "alphabet": "0-9A-HJKMNP-TV-Z",
      "doc": "Bill or bank statement. 26 characters of Crockford base32 follow the prefix; sorts by time."
    },
    "run_id": {
      "kind": "string",
      "prefix": "rec_",
      "min": 30,
      "max": 30,
      "alphabet": "0-9A-HJKMNP-TV-Z",
      "doc": "Reconciliation run. 26 characters of Crockford base32 follow the prefix; sorts by time."
    },
    "discrepancy_id": {
      "kind": "string",
      "prefix": "dsc_",
      "min": 30,
      "max": 30,
      "alphabet": "0-9A-HJKMNP-TV-Z",
      "doc": "Discrepancy. 26 characters of Crockford base32 follow the prefix; sorts by time."
    },
    "account_name": {
      "kind": "string",
      "min": 1,
      "max": 32,
      "alphabet": "a-z0-9_-",
      "doc": "A configured gateway, or the name under which a bank account's statements are kept."
    },
    "layout_name": {
      "kind": "string",
      "min": 1,
      "max": 32,
      "alphabet": "a-z0-9_",
      "doc": "The form of a file, for example alipay_trade, mt940."
    },
    "layout_mapping": {
      "kind": "object",
      "max_bytes": 16384,
      "doc": "How the columns of a file are read: see part 14 of Protocol/README.md."
    },
    "file_name": {
      "kind": "string",
      "min": 1,
      "max": 255,
      "doc": "What a file is called; kept for people, never opened."
    },
    "file_piece": {
      "kind": "string",
      "min": 4,
      "max": 65536,
      "alphabet": "A-Za-z0-9+/=",
      "format": "base64",
      "cli": "bytes",
      "doc": "A piece of a file in base64 with padding."
    },
    "order_no": {
      "kind": "string",
      "min": 1,
      "max": 64,
      "alphabet": "A-Za-z0-9_-",
      "forbidden_prefix": "ord_",
      "doc": "The shop's own number of an order: letters, digits, _ and -; unique, and never begins with ord_."
    },
    "order_ref": {
      "kind": "string",
      "min": 1,
      "max": 64,
      "alphabet": "A-Za-z0-9_-",
      "doc": "An order: its id or its order_no."
    },
    "out_trade_no": {
      "kind": "string",
      "min": 1,
      "max": 32,
      "alphabet": "A-Za-z0-9",
      "doc": "The number of a payment at its gateway."
    },
    "refund_no": {
      "kind": "string",
      "min": 1,
      "max": 64,
      "alphabet": "A-Za-z0-9_-",
      "doc": "The number of a refund at its gateway; kept on every retry."
    },
    "gateway_name": {
      "kind": "string",
      "min": 1,
      "max": 32,
      "alphabet": "a-z0-9_-",
      "doc": "A configured gateway."
    },
    "gateway_kind": {
      "kind": "string",
      "min": 1,
      "max": 32,
      "alphabet": "a-z0-9_",
      "doc": "The adapter a gateway uses, for example alipay."
    },
    "payment_method": {
      "kind": "string",
      "min": 1,
      "max": 32,
      "alphabet": "a-z0-9_",
      "doc": "A way to pay at a gateway, for example precreate, page, wap, qr."
    },
    "key": {
      "kind": "string",
      "min": 8,
      "max": 128,
      "alphabet": "A-Za-z0-9._:-",
      "doc": "An idempotency key; one key stands for one intent of one principal."
    },
    "cursor": {
      "kind": "string",
      "min": 3,
      "max": 64,
      "alphabet": "A-Za-z0-9:",
      "doc": "A position in the event log. Opaque; compare for equality only."
    },
    "position": {
      "kind": "string",
      "min": 3,
      "max": 64,
      "alphabet": "A-Za-z0-9:",
      "doc": "A cursor, or the word oldest or now."
    },
    "page": {
      "kind": "string",
      "min": 1,
      "max": 512,
      "alphabet": "A-Za-z0-9_.=-",
      "doc": "Where the next rows of a list begin. Opaque."
    },
    "currency": {
      "kind": "string",
      "min": 3,
      "max": 3,
      "alphabet": "A-Z",
      "doc": "An active ISO 4217 code with a minor unit."
    },
    "text": { "kind": "string", "max": 65536, "doc": "A text of people or programs." },
    "short_text": { "kind": "string", "min": 1, "max": 256, "doc": "A name, label or word." },
    "case_id": {
      "kind": "string",
      "prefix": "cas_",
      "min": 30,
      "max": 30,
      "alphabet": "0-9A-HJKMNP-TV-Z",
      "doc": "Case. 26 characters of Crockford base32 follow the prefix; sorts by time."
    },
    "rule_id": {
      "kind": "string",
      "prefix": "rul_",
      "min": 30,
      "max": 30,
      "alphabet": "0-9A-HJKMNP-TV-Z",
      "doc": "Rule. 26 characters of Crockford base32 follow the prefix; sorts by time."
    },
    "rule_pattern": {
      "kind": "string",
      "min": 1,
      "max": 128,
      "alphabet": "A-Za-z0-9_:-",
      "doc": "What a rule decides and how: gateway, kind, currency, more or less, verb, with colons between them."
    },
    "case_link": {
      "kind": "string",
      "min": 30,
      "max": 30,
      "alphabet": "a-z_0-9A-HJKMNP-TV-Z",
      "doc": "Id of an order, payment, refund, dispute, discrepancy or run."
    },
    "remark": {
      "kind": "string",
      "min": 1,
      "max": 4000,
      "doc": "What people write to each other about a case. Sealed, and erased with the buyer's data."
    },
    "note": {
      "kind": "string",
      "min": 1,
      "max": 500,
      "doc": "A reason or remark in people's words."
    },
    "subject": {
      "kind": "string",
      "min": 1,
      "max": 256,
      "doc": "What the buyer pays for, as shown at the gateway."
    },
    "sku": {
      "kind": "string",
      "min": 1,
      "max": 64,
      "alphabet": " -~",
      "doc": "The shop's number of an article."
    },
    "source": {
      "kind": "string",
      "min": 1,
      "max": 64,
      "alphabet": "A-Za-z0-9._:-",
      "doc": "Where an order came from, for example web or script."
    },
    "email": {
      "kind": "string",
      "min": 3,
      "max": 254,
      "format": "email",
      "doc": "An e-mail address; checked for one @ and no space, not for more."
    },
    "phone": {
      "kind": "string",
      "min": 3,
      "max": 32,
      "alphabet": "0-9+()./ -",
      "doc": "A telephone number."
    },
    "user_id": { "kind": "string", "min": 1, "max": 128, "doc": "The shop's number of the buyer." },
    "ip": {
      "kind": "string",
      "min": 2,
      "max": 45,
      "alphabet": "0-9A-Fa-f:.",
      "doc": "An IPv4 or IPv6 address."
    },
    "payer": {
      "kind": "string",
      "min": 1,
      "max": 128,
      "alphabet": "A-Za-z0-9_-",
      "doc": "The buyer as one gateway names him."
    },
    "country": {
      "kind": "string",
      "min": 2,
      "max": 2,
      "alphabet": "A-Z",
      "doc": "ISO 3166 country, two capital letters."
    },
    "user_agent": {
      "kind": "string",
      "min": 1,
      "max": 512,
      "doc": "What the browser calls itself."
    },
    "device": {
      "kind": "string",
      "min": 1,
      "max": 128,
      "doc": "The shop's fingerprint of a device."
    },
    "url": {
      "kind": "string",
      "min": 8,
      "max": 2048,
      "alphabet": "!-~",
      "format": "url",
      "doc": "An absolute http or https address."
    },
    "search_text": {
      "kind": "string",
      "min": 2,
      "max": 128,
      "min_characters": 2,
      "doc": "Text to look for; at least two characters."
    },
    "number": {
      "kind": "string",
      "min": 1,
      "max": 128,
      "alphabet": "!-~",
      "doc": "Any number a person may hold: order, payment, gateway or refund number."
    },
    "consumer": {
      "kind": "string",
      "min": 1,
      "max": 64,
      "alphabet": "A-Za-z0-9._:-",
      "doc": "A named reader of events, of one principal."
    },
    "event_filter": {
      "kind": "string",
      "min": 3,
      "max": 64,
      "alphabet": "a-z_.*",
      "format": "event_filter",
      "doc": "An event type, or a family followed by .*"
    },
    "method_name": {
      "kind": "string",
      "min": 1,
      "max": 64,
      "alphabet": "a-z_.",
      "doc": "A method."
    },
    "trace": {
      "kind": "string",
      "min": 1,
      "max": 128,
      "alphabet": " -~",
      "doc": "The caller's own mark, copied to log and events."
    },
    "token": {
      "kind": "string",
      "min": 16,
      "max": 256,
      "alphabet": "!-~",
      "doc": "An operator's token. Never logged, never returned."
    },
    "client_name": {
      "kind": "string",
      "min": 1,
      "max": 64,
      "alphabet": " -~",
      "doc": "What the client calls itself."
    },
    "feature": {
      "kind": "string",
      "min": 1,
      "max": 64,
      "alphabet": "a-z0-9_.-",
      "doc": "A feature of the protocol."
    },
    "backup_name": {
      "kind": "string",
      "min": 1,
      "max": 64,
      "alphabet": "A-Za-z0-9_.-",
      "forbidden_prefix": ".",
      "doc": "A file name in the configured folder."
    },
    "http_method": {
      "kind": "string",
      "min": 1,
      "max": 16,
      "alphabet": "A-Z",
      "doc": "An HTTP method."
    },
    "query_string": {
      "kind": "string",
      "max": 16384,
      "doc": "The part of an address after the question mark, as received."
    },
    "base64": {
      "kind": "string",
      "max": 196608,
      "alphabet": "A-Za-z0-9+/=",
      "format": "base64",
      "cli": "bytes",
      "doc": "Bytes in base64 with padding."
    },
    "sha256": {
      "kind": "string",
      "min": 64,
      "max": 64,
      "alphabet": "0-9a-f",
      "doc": "A SHA-256 in lower-case hexadecimal."
    },
    "decimal": {
      "kind": "string",
      "min": 1,
      "max": 40,
      "alphabet": "0-9.-",
      "doc": "A decimal number as a string; rates and shares."
    },
    "hook_name": {
      "kind": "string",
      "min": 1,
      "max": 32,
      "alphabet": "a-z0-9_-",
      "doc": "A configured hook."
    },
    "day": {
      "kind": "string",
      "min": 10,
      "max": 10,
      "alphabet": "0-9-",
      "doc": "A day of the calendar, as 2026-11-20."
    }
  },
  "enums": {
    "pay_state": {
      "doc": "How far an order is paid: the first rule that holds of decisions on its payments, refunds and disputes.",
      "values": {
        "created": "No payment yet, or all failed.",
        "awaiting": "A payment is open and waits for the buyer.",
        "processing": "A payment's outcome is not known yet.",
        "expired": "Past its time, and no payment can still succeed.",
        "cancelled": "Cancelled, and no payment can still succeed.",
        "review": "Money came that is not what was asked; a person decides.",
        "paid": "The amount due was captured.",
        "partially_refunded": "Part of it went back.",
        "refunded": "All of it went back.",
        "charged_back": "A lost dispute took the money."
      }
    },
    "delivery_state": {
      "doc": "How far the goods are handed out.",
      "values": {
        "none": "Not paid; nothing to deliver.",
        "pending": "May be claimed.",
        "held": "Held by risk or support, or until a refund or weak money is decided.",
        "reserved": "A worker holds a claim.",
        "delivering": "The worker said that it began.",
        "delivered": "Handed out.",
        "failed": "Not handed out, or nobody knows; a person decides.",
        "revoked": "Handed out and taken back."
      }
    },
    "risk_state": {
      "doc": "What risk says of an order.",
      "values": {
        "clear": "Nothing found.",
        "flagged": "Something found; goes on.",
        "held": "Delivery is held.",
        "verifying": "A check is under way.",
        "cleared": "A person cleared it.",
        "refused": "A person refused it."
      }
    },
    "dispute_state": {
      "doc": "Whether the buyer's bank disputes.",
      "values": {
        "none": "No dispute.",
        "open": "Under way.",
        "won": "Decided for the shop.",
        "lost": "Decided for the buyer."
      }
    },
    "order_flag": {
      "doc": "What is unusual about an order.",
      "values": {
        "late": "Paid after expiry or cancellation.",
        "excess": "More was captured than due, and the difference is still here.",
        "short": "Less was captured than due.",
        "mismatch": "A capture of another amount or currency than asked.",
        "forced": "Two people decided without a gateway's answer.",
        "auto_refunded": "The gateway refunded while closing.",
        "frozen": "An invariant failed; nothing changes until a person looked.",
        "attention": "A person must look.",
        "test": "No real money: made where there was only a sandbox, or paid at one.",
        "weak": "Paid by a gateway's weak word; neither a bill nor two people confirmed it, so its goods are held."
      }
    },
    "payment_state": {
      "doc": "One try to get an order paid at one gateway.",
      "values": {
        "init": "Written down, not sent.",
        "submitted": "Being sent.",
        "awaiting_buyer": "The gateway waits for the buyer.",
        "processing": "The gateway says it is under way.",
        "unknown": "The gateway did not answer; it may exist.",
        "stale": "Without a final answer for long; asked rarely.",
        "closing": "Being closed; may still succeed.",
        "closed": "Proven closed.",
        "failed": "The gateway refused for good.",
        "succeeded": "Money was captured.",
        "reversed": "The gateway took the capture back."
      }
    },
    "refund_state": {
      "doc": "Money going back for one payment.",
      "values": {
        "requested": "Amount reserved, waits for approval.",
        "approved": "May be sent.",
        "submitted": "Being sent.",
        "processing": "The gateway says it is under way.",
        "unknown": "The gateway did not answer; asked again, same number.",
        "succeeded": "The gateway paid it back.",
        "failed": "The gateway refused for good.",
        "returned": "The buyer's bank sent it back.",
        "rejected": "A person refused it.",
        "withdrawn": "The requester took it back."
      }
    },
    "dispute_status": {
      "doc": "How one dispute stands, in the words that all gateways have in common.",
      "values": {
        "warning": "An inquiry before a dispute; no money has moved.",
        "needs_response": "The gateway waits for the shop's answer.",
        "under_review": "Somebody decides.",
        "won": "The money stays with the shop.",
        "lost": "The buyer keeps the money.",
        "warning_closed": "The inquiry ended without a dispute.",
        "prevented": "Settled before it became a dispute.",
        "accepted": "The shop gave in; the buyer keeps the money.",
        "withdrawn": "The buyer took it back."
      }
    },
    "dispute_funds": {
      "doc": "Where disputed money is.",
      "values": {
        "none": "Never touched.",
        "withdrawn": "The gateway took it out of the shop's balance.",
        "reinstated": "It came back."
      }
    },
    "dispute_evidence": {
      "doc": "What an attachment of a dispute shows.",
      "values": {
        "receipt": "An invoice or receipt.",
        "delivery_proof": "That the goods went out or arrived.",
        "communication": "What the buyer and the shop wrote.",
        "policy": "Terms that the buyer agreed to.",
        "screenshot": "A picture of a screen.",
        "other": "Anything else."
      }
    },
    "verdict": {
      "doc": "What became of a notification.",
      "values": {
        "applied": "It changed a payment.",
        "noop": "True, and known before.",
        "received": "Kept; the gateway is asked whether it is its own.",
        "parked": "Signed, and cannot be applied yet; kept and tried again.",
        "rejected": "Not believed; kept, never applied."
      }
    },
    "evidence_strength": {
      "doc": "How much a statement about money proves, strongest first.",
      "values": {
        "e5": "Bank row, or signed bill row of a closed day.",
        "e4": "Answer to our own query, signature verified; what two people say and can point to; or our own record that a call never left.",
        "e3": "Notification with an asymmetric signature, or HMAC and time. From here on a success counts, where amount, currency and merchant are those asked for.",
        "e2": "Notification with a shared MD5 key, or what a phone showed. It only asks the gateway; of one that cannot be asked it pays the order with the flag weak.",
        "e1": "Return page, word of one person. It moves no money: that takes two people.",
        "e0": "A timer. It may end a payment only after the gateway proved it unpaid."
      }
    },
    "evidence_source": {
      "doc": "Who said it.",
      "values": {
        "notice": "The gateway, unasked.",
        "query": "The gateway, when asked.",
        "create": "The gateway, answering the create call.",
        "close": "The gateway, answering the close call.",
        "refund": "The gateway, answering the refund call.",
        "statement": "A bill or a bank statement.",
        "operators": "Two people.",
        "timer": "Our clock.",
        "record": "Our own record of a call that never left. Nobody else said anything."
      }
    },
    "action_kind": {
      "doc": "What the buyer's page must do.",
      "values": {
        "qr": "Show value as a QR code.",
        "redirect": "Send the buyer to the address value.",
        "form": "Write value, an HTML form, into the page.",
        "client_secret": "Give value to the gateway's script.",
        "transfer": "Show value: the account and the reference that a bank transfer must carry."
      }
    },
    "actor_kind": {
      "doc": "Who caused an event: the first word of actor.",
      "values": {
        "client": "A local program; its principal follows.",
        "operator": "A person; the name follows.",
        "notice": "A gateway, unasked; its name follows.",
        "statement": "A bill or bank statement; whose follows.",
        "rule": "A rule that people have put in force; its id follows.",
        "poller": "The scheduler.",
        "timer": "Our clock.",
        "recovery": "Start-up.",
        "system": "The daemon."
      }
    },
    "closing_cause": {
      "doc": "Why a payment is closed.",
      "values": {
        "expired": "Its time is over.",
        "cancelled": "The order is cancelled.",
        "replaced": "The order is being paid another way.",
        "paid": "The order is paid.",
        "requested": "Someone asked."
      }
    },
    "server_state": {
      "doc": "What the daemon can do now.",
      "values": {
        "starting": "Recovering; not ready.",
        "ready": "All.",
        "readonly": "Reads only; the disk is full.",
        "recovering": "Restored; money is not moved yet.",
        "draining": "Stopping."
      }
    },
    "circuit_state": {
      "doc": "Whether calls to a gateway pass.",
      "values": {
        "closed": "They pass.",
        "open": "They do not; it failed too often.",
        "half_open": "One passes, as a probe."
      }
    },
    "gateway_state": {
      "doc": "Whether new payments are made at a gateway.",
      "values": {
        "ready": "Yes.",
        "degraded": "Yes, with trouble.",
        "paused": "No; an operator paused it.",
        "down": "No; its circuit is open.",
        "missing": "No; it is not configured any more, and payments are open there."
      }
    },
    "likely_cause": {
      "doc": "Why callbacks are lost.",
      "values": {
        "none": "They are not.",
        "address": "No callback ever arrived: look at notify_url.",
        "key": "All were rejected: look at the keys.",
        "network": "Some arrive."
      }
    },
    "payout_basis": {
      "doc": "How the rows of a payout were found.",
      "values": {
        "batch": "The gateway names the payout in each of its rows.",
        "days": "It names none; a stretch of whole days, or of all since the payout before, adds up to it."
      }
    },
    "poll_reason": {
      "doc": "Why a payment or refund is asked at that time.",
      "values": {
        "schedule": "Its schedule says so.",
        "watched": "Someone waits for it.",
        "expiry": "It expires.",
        "closing": "It is being closed.",
        "guard": "Closed; a late success is looked for.",
        "compare": "Paid; once more later the same day, so that a change is found before the bill.",
        "hint": "It has ended, and its gateway says that something happened: that is looked for.",
        "long_tail": "Without an answer for long.",
        "recovery": "It was in flight at start.",
        "asked": "A client asked.",
        "backoff": "The gateway failed or asked to slow down.",
        "repeat": "Its create never arrived and is sent again.",
        "gateway_missing": "Never: its gateway is not configured any more."
      }
    },
    "statement_content": {
      "doc": "What a statement holds.",
      "values": {
        "trade": "A gateway's payments and refunds.",
        "fund": "Every movement of the balance at a gateway.",
        "bank": "A bank account.",
        "settlement": "What payouts are made of; its sums are proved, and it is compared with nothing."
      }
    },
    "discrepancy_kind": {
      "doc": "How our books and a statement differ.",
      "values": {
        "missing_at_gateway": "B1: we say paid, the gateway has no such payment.",
        "missing_locally": "B2: the order is known, and no payment of ours is.",
        "unknown_money": "B3: money for no order of ours.",
        "gateway_success_only": "B4: the gateway says paid, we did not know.",
        "local_success_only": "B5: we say paid, the gateway says it is not.",
        "amount_more": "B6: the gateway took more.",
        "amount_less": "B7: the gateway took less.",
        "fee_more": "B8: the fee is higher than it should be.",
        "fee_less": "B9: the fee is lower than it should be.",
        "fee_on_refund": "B10: a fee was kept on a refund against the contract.",
        "currency": "B11: another currency.",
        "gateway_number": "B12: another number of the gateway.",
        "duplicate_payment": "B13: one order was paid twice.",
        "duplicate_row": "B14: the same row again, in this statement or in another one.",
        "refund_missing_at_gateway": "B15: we say refunded, the gateway has no such refund.",
        "refund_missing_locally": "B16: the gateway refunded, we did not know.",
        "refund_amount": "B17: another amount was refunded.",
        "refund_status": "B18: the refund is not as far as the other side says.",
        "carry_over_aged_out": "B19: it waited for the next statement and was in none.",
        "payout_sum": "B20: a payout is not the sum of its rows.",
        "payout_not_arrived": "B21: a payout has not arrived at the bank.",
        "exchange_unexplained": "B22: the exchange rate does not explain the amount, or half of an exchange stands alone.",
        "unknown_dispute": "B23: a dispute took money, or gave it back, and we did not know.",
        "statement_unsound": "B24: the statement contradicts itself, or was changed.",
        "bank_row_without_payout": "B25: the bank has money that no payout explains.",
        "delivered_not_paid": "B26: delivered, and not paid.",
        "paid_not_delivered": "B27: paid, and not delivered.",
        "wrong_merchant": "B28: a row of another merchant."
      }
    },
    "discrepancy_state": {
      "doc": "Where a discrepancy stands.",
      "values": {
        "open": "Nobody has decided.",
        "waiting": "Somebody named a day until which it waits.",
        "proposed": "One person has decided; a second must agree.",
        "resolved": "It is settled; resolution tells how."
      }
    },
    "discrepancy_resolution": {
      "doc": "How a discrepancy ended.",
      "values": {
        "filled_back": "The statement's row paid the order, or ended the refund.",
        "left_out": "A second copy of a row was counted apart.",
        "agrees": "A later run found that both sides agree.",
        "adjudicated": "People decided; adjudication says what."
      }
    },
    "case_kind": {
      "doc": "What a case is about.",
      "values": {
        "discrepancy": "Differences that one person may not decide.",
        "stale_payment": "A payment without a final answer for a day.",
        "excess": "More came than was due.",
        "refund_returned": "Money that was given back came back to us.",
        "buyer_claim": "A buyer says that he has paid, or did not get what he paid for.",
        "refund": "A refund.",
        "dispute": "A dispute.",
        "delivery": "A delivery.",
        "gateway": "A gateway.",
        "other": "Something else."
      }
    },
    "case_severity": {
      "doc": "How much hangs on a case.",
      "values": {
        "normal": "One person resolves it.",
        "high": "One person names the cause, a second must agree."
      }
    },
    "case_state": {
      "doc": "Where a case stands.",
      "values": {
        "open": "Nobody has taken it up.",
        "assigned": "Its owner works on it.",
        "waiting_buyer": "The buyer was asked.",
        "waiting_gateway": "The gateway was asked.",
        "waiting_bank": "The bank was asked.",
        "proposed": "One person has named the cause; a second must agree.",
        "resolved": "It is done; cause tells why it came to it.",
        "closed": "Nothing is left, in the case and in what it is about."
      }
    },
    "case_wait": {
      "doc": "Whom the work waits for.",
      "values": {
        "nobody": "The owner goes on.",
        "buyer": "The buyer.",
        "gateway": "The gateway.",
        "bank": "The bank."
      }
    },
    "cause_code": {
      "doc": "Why it came to it. Counted, so that what happens often is mended at its root.",
      "values": {
        "callback_lost": "A notification never came.",
        "gateway_delay": "The gateway was late.",
        "gateway_error": "The gateway was wrong.",
        "bank_delay": "The bank was late.",
        "bill_wrong": "The bill was wrong.",
        "fee_contract": "The fee is not what the contract says.",
        "paid_twice": "The buyer paid twice.",
        "wrong_amount": "Another amount came than was asked.",
        "account_abnormal": "The buyer's account has a problem.",
        "region_limit": "The buyer's region is not served.",
        "buyer_error": "The buyer made a mistake.",
        "fraud": "Somebody cheated.",
        "our_error": "We made a mistake.",
        "no_fault": "Nothing was wrong.",
        "other": "Something else; a note tells what."
      }
    },
    "desk_age": {
      "doc": "How long nobody has decided.",
      "values": {
        "under_2h": "Less than two hours.",
        "under_1d": "Less than a day.",
        "under_3d": "Less than three days.",
        "under_7d": "Less than a week.",
        "older": "A week or more."
      }
    },
    "sign_off_state": {
      "doc": "How far people stand for a run.",
      "values": {
        "unsigned": "Nobody has signed.",
        "half_signed": "One person has signed; a second one, of the lead, must.",
        "signed": "Two persons have signed.",
        "reopened": "It was signed and has changed since; it must be signed again."
      }
    },
    "rule_mode": {
      "doc": "How far a rule goes.",
      "values": {
        "suggest": "It proposes; a person confirms each difference or turns it down.",
        "close": "It decides at once."
      }
    },
    "left_open_reason": {
      "doc": "Why a discrepancy may stay open under a signature.",
      "values": {
        "waiting": "Somebody named the day on which it is looked at again.",
        "in_case": "People work on it, in a case that somebody has taken up."
      }
    },
    "adjudication_verb": {
      "doc": "What people can decide about a discrepancy.",
      "values": {
        "accept_gateway": "The gateway is right; our books follow it.",
        "accept_local": "We are right; the gateway is asked, our books stay.",
        "write_off": "Not worth pursuing: the amount becomes a loss or a gain.",
        "move_to_suspense": "Kept apart until somebody knows what it is.",
        "refund_buyer": "Too much came: a refund of it is asked for.",
        "claim_from_gateway": "Too much was taken: the gateway owes it to us.",
        "merge_match": "This and another one are the two halves of one movement.",
        "wait_until": "The next statements are awaited until a day."
      }
    },
    "handling_level": {
      "doc": "How many people a discrepancy takes.",
      "values": {
        "machine": "None.",
        "one_person": "One.",
        "two_persons": "Two.",
        "lead_and_gateway": "A lead, with the gateway."
      }
    },
    "bucket": {
      "doc": "Where a row ended; every row is in exactly one.",
      "values": {
        "matched": "Paired, and all agrees.",
        "tolerated": "Paired, and agrees within the tolerance.",
        "differing": "Paired, with a difference.",
        "grouped": "One of several rows that add up to one of the other side.",
        "pooled": "Waits for the next statement.",
        "duplicate": "The same row again.",
        "one_sided": "Alone, and a discrepancy says so.",
        "suggested": "A pair is proposed; only a person confirms it.",
        "apart": "Compared with nothing here, as fees and transfers."
      }
    },
    "wait_state": {
      "doc": "Any pay_state or delivery_state: what an order is waited for.",
      "values": {
        "created": "pay_state: No payment yet, or all failed.",
        "awaiting": "pay_state: A payment is open and waits for the buyer.",
        "processing": "pay_state: A payment's outcome is not known yet.",
        "expired": "pay_state: Past its time, and no payment can still succeed.",
        "cancelled": "pay_state: Cancelled, and no payment can still succeed.",
        "review": "pay_state: Money came that is not what was asked; a person decides.",
        "paid": "pay_state: The amount due was captured.",
        "partially_refunded": "pay_state: Part of it went back.",
        "refunded": "pay_state: All of it went back.",
        "charged_back": "pay_state: A lost dispute took the money.",
        "none": "delivery_state: Not paid; nothing to deliver.",
        "pending": "delivery_state: May be claimed.",
        "held": "delivery_state: Held by risk or support, or until a refund or weak money is decided.",
        "reserved": "delivery_state: A worker holds a claim.",
        "delivering": "delivery_state: The worker said that it began.",
        "delivered": "delivery_state: Handed out.",
        "failed": "delivery_state: Not handed out, or nobody knows; a person decides.",
        "revoked": "delivery_state: Handed out and taken back."
      }
    },
    "found_by": {
      "doc": "Which number matched.",
      "values": {
        "order_no": "order_no.",
        "order_id": "The order's id.",
        "payment_id": "A payment's id.",
        "refund_id": "A refund's id.",
        "out_trade_no": "Our number at the gateway.",
        "gateway_txn_id": "The gateway's number of the charge.",
        "gateway_payment_id": "The gateway's number of the payment.",
        "refund_no": "Our refund number.",
        "gateway_refund_id": "The gateway's refund number."
      }
    },
    "step_state": {
      "doc": "Where an order stands with a step of the buyer's page.",
      "values": {
        "done": "Behind us.",
        "current": "The order stands here.",
        "waiting": "Not reached yet.",
        "stopped": "Will not be reached as things are."
      }
    },
    "retention_kind": {
      "doc": "What is kept for a time only.",
      "values": {
        "keys": "Idempotency keys with their replies.",
        "calls": "Exchanges with gateways that have ended.",
        "receipts": "Raw bytes of notifications; what came of them stays.",
        "trail": "Hook messages that have ended, hourly counts of gateways.",
        "personal": "Buyers and metadata of orders."
      }
    },
    "order_sort": {
      "doc": "Order of a list of orders.",
      "values": {
        "newest": "Created last first.",
        "oldest": "Created first first.",
        "amount_desc": "Largest amount first.",
        "amount_asc": "Smallest amount first.",
        "paid_desc": "Paid last first; orders never paid come after all others, newest first."
      }
    },
    "lang": {
      "doc": "A language.",
      "values": { "zh": "Chinese.", "en": "English." }
    },
    "key_state": {
      "doc": "What became of a key.",
      "values": {
        "absent": "Never seen, or too long ago.",
        "running": "Not finished.",
        "done": "Finished; reply holds the stored answer."
      }
    },
    "cancel_state": {
      "doc": "What session.cancel did.",
      "values": {
        "cancelled": "It ends with the error cancelled.",
        "finishing": "Too late; its reply comes.",
        "unknown": "No such request in flight."
      }
    },
    "stream_end": {
      "doc": "Why a subscription ended.",
      "values": {
        "complete": "limit events were sent.",
        "cancelled": "session.cancel.",
        "draining": "The daemon stops.",
        "limit": "A limit was reached."
      }
    },
    "callback": {
      "doc": "What the sandbox does with its notification of a payment.",
      "values": {
        "deliver": "Delivers it at once.",
        "lose": "Loses it.",
        "duplicate": "Delivers it twice.",
        "delay": "Delivers it after delay_ms."
      }
    },
    "sandbox_state": {
      "doc": "What the buyer does at the sandbox.",
      "values": {
        "paid": "Pays.",
        "failed": "Tries and fails.",
        "processing": "Pays; the bank is not done.",
        "closed": "Lets it be closed."
      }
    },
    "fault": {
      "doc": "How a sandbox misbehaves.",
      "values": {
        "none": "Not at all; ends the others.",
        "slow": "Answers late.",
        "down": "Refuses connections.",
        "hang": "Takes the request and never answers.",
        "error_5xx_after_success": "Does it, then answers 500.",
        "torn_answer": "Answers half a body.",
        "wrong_amount": "Names another amount.",
        "wrong_currency": "Names another currency.",
        "wrong_signature": "Signs wrongly.",
        "unknown_status": "Names a status nobody knows.",
        "not_exist_lie": "Denies a payment it has.",
        "success_after_close": "Is paid after it was closed.",
        "already_paid_on_close": "Is paid when asked to close.",
        "rate_limit": "Answers 429.",
        "refund_returned": "Refunds, then the money comes back."
      }
    },
    "hook_state": {
      "doc": "Where an outgoing message stands.",
      "values": {
        "ready": "Due.",
        "sending": "Under way.",
        "retry": "Failed; due again later.",
        "done": "Taken.",
        "dead": "Given up; hook.retry starts again."
      }
    },
    "metric_kind": {
      "doc": "How a metric behaves.",
      "values": {
        "counter": "Only grows.",
        "gauge": "Goes up and down.",
        "histogram": "Counts by upper bound."
      }
    },
    "subject_kind": {
      "doc": "What is asked about.",
      "values": { "payment": "A payment.", "refund": "A refund.", "dispute": "A dispute." }
    },
    "bill_kind": {
      "doc": "What a gateway's bill is about.",
      "values": {
        "trade": "A row for each payment and each refund.",
        "fund": "A row for each movement of the balance: fees and withdrawals too.",
        "settlement": "What each payout is made of."
      }
    },
    "bill_state": {
      "doc": "How far getting a bill is.",
      "values": {
        "waiting": "It is downloaded at next_at.",
        "kept": "Its bytes are here and are being read.",
        "imported": "It is a statement and is being compared.",
        "done": "It is here: a trade bill compared, the others kept.",
        "empty": "The day had no business, as our books say too.",
        "gone": "It never came, and the gateway gives it out no more.",
        "unusable": "It came and cannot be used; a person has to look."
      }
    }
  },
  "objects": {
    "money": {
      "doc": "An amount. Never a bare number, never rounded.",
      "fields": {
        "currency": { "type": "currency", "doc": "ISO 4217." },
        "minor": {
          "type": "integer",
          "min": 0,
          "max": 1000000000000,
          "doc": "Minor units: fen, cents, yen."
        }
      }
    },
    "line": {
      "doc": "One article of an order.",
      "fields": {
        "sku": { "type": "sku", "optional": true, "doc": "The shop's number of the article." },
        "name": { "type": "subject", "doc": "What it is called." },
        "quantity": { "type": "integer", "min": 1, "max": 1000000, "doc": "How many." },
        "unit_price": { "type": "money", "doc": "Price of one." }
      }
    },
    "logged_line": {
      "doc": "An article as the log keeps it.",
      "fields": {
        "sku": { "type": "sku", "optional": true, "doc": "The shop's number of the article." },
        "name": { "type": "subject", "doc": "What it is called." },
        "quantity": { "type": "integer", "doc": "How many." },
        "unit_price": {
          "type": "integer",
          "doc": "Price of one, in minor units of the order's currency."
        }
      }
    },
    "buyer": {
      "doc": "Who buys. All members are personal data: kept apart from the log and erasable.",
      "fields": {
        "user_id": {
          "type": "user_id",
          "optional": true,
          "mask": "tail",
          "doc": "The shop's number of the buyer."
        },
        "email": { "type": "email", "optional": true, "mask": "email", "doc": "E-mail." },
        "phone": { "type": "phone", "optional": true, "mask": "phone", "doc": "Telephone." },
        "ip": {
          "type": "ip",
          "optional": true,
          "mask": "ip",
          "doc": "Address the buyer came from."
        },
        "country": { "type": "country", "optional": true, "doc": "Country of the address." },
        "user_agent": { "type": "user_agent", "optional": true, "mask": "hide", "doc": "Browser." },
        "device": {
          "type": "device",
          "optional": true,
          "mask": "hide",
          "doc": "Fingerprint of the device."
        }
      }
    },
    "reason": {
      "doc": "Why a payment or order is where it is.",
      "fields": {
        "code": { "type": "text", "doc": "Our code, for example balance_low." },
        "gateway_code": { "type": "text", "optional": true, "doc": "The gateway's code." },
        "text": { "type": "text", "doc": "In words." }
      }
    },
    "order": {
      "doc": "What a shop wants to be paid for.",
      "fields": {
        "id": { "type": "order_id", "doc": "Id." },
        "order_no": { "type": "order_no", "doc": "The shop's number." },
        "pay_state": { "type": "pay_state", "doc": "Money." },
        "delivery_state": { "type": "delivery_state", "doc": "Goods." },
        "risk_state": { "type": "risk_state", "doc": "Risk." },
        "dispute_state": { "type": "dispute_state", "doc": "Disputes." },
        "amount": { "type": "money", "doc": "What is due." },
        "captured": { "type": "money", "doc": "What came, reversals taken off." },
        "refunded": { "type": "money", "doc": "What went back." },
        "excess": { "type": "money", "doc": "What came above what is due and has not been given back." },
        "charged_back": {
          "type": "money",
          "optional": true,
          "doc": "What the buyer has by lost disputes; absent if nothing."
        },
        "subject": { "type": "subject", "doc": "What the buyer pays for." },
        "lines": { "type": "[line]", "doc": "Articles; empty if none were given." },
        "buyer": { "type": "buyer", "optional": true, "doc": "Who buys." },
        "source": { "type": "source", "optional": true, "doc": "Where it came from." },
        "metadata": {
          "type": "metadata",
          "optional": true,
          "mask": "hide",
          "doc": "The shop's own members."
        },
        "flags": { "type": "[order_flag]", "doc": "What is unusual." },
        "last_failure": {
          "type": "reason",
          "optional": true,
          "doc": "Why the last payment failed."
        },
        "created_at": { "type": "time", "doc": "Created." },
        "first_seen_processing_at": {
          "type": "time",
          "optional": true,
          "doc": "First sign of the buyer."
        },
        "paid_at": {
          "type": "time",
          "optional": true,
          "doc": "Paid, by the gateway's clock where it says."
        },
        "expires_at": { "type": "time", "doc": "Takes no payment after." },
        "refunded_at": { "type": "time", "optional": true, "doc": "Last refund done." },
        "delivered_at": { "type": "time", "optional": true, "doc": "Handed out." },
        "version": { "type": "version", "doc": "Changes so far." },
        "payments": { "type": "[payment_id]", "doc": "Its payments, oldest first." }
      }
    },
    "action": {
      "doc": "What the buyer must be shown.",
      "fields": {
        "kind": { "type": "action_kind", "doc": "What to do with value." },
        "value": { "type": "text", "doc": "Code, address, form, secret or account." },
        "expires_at": { "type": "time", "optional": true, "doc": "Useless after." },
        "exact_amount": {
          "type": "money",
          "optional": true,
          "doc": "To be paid to the cent, where it differs from the payment's amount."
        }
      }
    },
    "evidence": {
      "doc": "A statement about money, with who said it.",
      "fields": {
        "id": { "type": "text", "doc": "A receipt (ntf_), a call (cal_), or what people named." },
        "source": { "type": "evidence_source", "doc": "Who said it." },
        "strength": { "type": "evidence_strength", "doc": "How much it proves." },
        "at": { "type": "time", "doc": "When we heard it." },
        "sha256": {
          "type": "sha256",
          "optional": true,
          "doc": "Digest of the bytes; absent for a word."
        },
        "says": { "type": "text", "optional": true, "doc": "What it says, in words." }
      }
    },
    "payment": {
      "doc": "One try to get an order paid at one gateway.",
      "fields": {
        "id": { "type": "payment_id", "doc": "Id." },
        "order": { "type": "order_id", "doc": "Its order." },
        "gateway": { "type": "gateway_name", "doc": "Where." },
        "kind": { "type": "gateway_kind", "doc": "Adapter of the gateway." },
        "method": { "type": "payment_method", "doc": "How the buyer pays." },
        "state": { "type": "payment_state", "doc": "Where it stands." },
        "amount": { "type": "money", "doc": "What was asked." },
        "captured": { "type": "money", "optional": true, "doc": "What came." },
        "fee": { "type": "money", "optional": true, "doc": "What the gateway kept, if known." },
        "net": { "type": "money", "optional": true, "doc": "What is left, if known." },
        "settlement": {
          "type": "money",
          "optional": true,
          "doc": "What is settled in the shop's currency, if known."
        },
        "out_trade_no": { "type": "out_trade_no", "doc": "Our number at the gateway." },
        "gateway_txn_id": {
          "type": "text",
          "optional": true,
          "doc": "The gateway's number of the charge."
        },
        "gateway_payment_id": {
          "type": "text",
          "optional": true,
          "doc": "The gateway's number of the payment, where it has one before anything is charged."
        },
        "action": { "type": "action", "optional": true, "doc": "What the buyer must be shown." },
        "reason": {
          "type": "reason",
          "optional": true,
          "doc": "Why it failed, is unknown or closed."
        },
        "next_query_at": {
          "type": "time",
          "optional": true,
          "doc": "When the gateway is asked next."
        },
        "queries": { "type": "count", "doc": "Times the gateway was asked." },
        "evidence": { "type": "[evidence]", "doc": "What is known and from whom." },
        "created_at": { "type": "time", "doc": "Created." },
        "paid_at": { "type": "time", "optional": true, "doc": "Paid." },
        "closed_at": { "type": "time", "optional": true, "doc": "Closed." },
        "reversed_at": { "type": "time", "optional": true, "doc": "When the gateway told that it had given everything back by itself." },
        "expires_at": {
          "type": "time",
          "doc": "Cannot be paid after, if the gateway keeps its word."
        },
        "witnesses": {
          "type": "[witness]",
          "optional": true,
          "doc": "Who has spoken of it, and what each said: the gateway, our books, the bill of its day. Only in payment.get."
        },
        "version": { "type": "version", "doc": "Changes so far." }
      }
    },
    "refund": {
      "doc": "Money going back for one payment.",
      "fields": {
        "id": { "type": "refund_id", "doc": "Id." },
        "payment": { "type": "payment_id", "doc": "Its payment." },
        "order": { "type": "order_id", "doc": "Its order." },
        "refund_no": { "type": "refund_no", "doc": "Our number at the gateway." },
        "amount": { "type": "money", "doc": "How much." },
        "state": { "type": "refund_state", "doc": "Where it stands." },
        "reason": { "type": "note", "optional": true, "doc": "Why." },
        "requested_by": { "type": "text", "doc": "Who asked." },
        "approved_by": { "type": "text", "optional": true, "doc": "Who approved." },
        "gateway_refund_id": { "type": "text", "optional": true, "doc": "The gateway's number." },
        "failure": { "type": "reason", "optional": true, "doc": "Why it failed." },
        "next_query_at": {
          "type": "time",
          "optional": true,
          "doc": "When the gateway is asked next."
        },
        "created_at": { "type": "time", "doc": "Requested." },
        "approved_at": { "type": "time", "optional": true, "doc": "Approved." },
        "submitted_at": { "type": "time", "optional": true, "doc": "First sent." },
        "finished_at": { "type": "time", "optional": true, "doc": "Final state reached." },
        "version": { "type": "version", "doc": "Changes so far." }
      }
    },
    "attachment": {
      "doc": "Something that supports the shop's side of a dispute. Its content is sealed and erasable.",
      "fields": {
        "id": { "type": "attachment_id", "doc": "Id." },
        "kind": { "type": "dispute_evidence", "doc": "What it shows." },
        "media_type": { "type": "media_type", "doc": "What its bytes are." },
        "bytes": { "type": "count", "doc": "Length of the content." },
        "sha256": { "type": "sha256", "doc": "Digest of the content." },
        "by": { "type": "text", "doc": "Who attached it." },
        "at": { "type": "time", "doc": "When." }
      }
    },
    "dispute": {
      "doc": "A buyer asks a bank or the gateway for the money of one payment. Its outcome is only ever the gateway's word.",
      "fields": {
        "id": { "type": "dispute_id", "doc": "Id." },
        "payment": { "type": "payment_id", "doc": "Its payment." },
        "order": { "type": "order_id", "doc": "Its order." },
        "gateway": { "type": "gateway_name", "doc": "Its gateway." },
        "gateway_dispute_id": { "type": "text", "doc": "The gateway's number." },
        "state": { "type": "dispute_status", "doc": "Where it stands." },
        "gateway_status": { "type": "text", "doc": "The gateway's own word." },
        "amount": { "type": "money", "doc": "What is disputed." },
        "funds": { "type": "dispute_funds", "doc": "Where the money is." },
        "reason": {
          "type": "reason",
          "optional": true,
          "doc": "What the buyer or the bank says."
        },
        "due_at": {
          "type": "time",
          "optional": true,
          "doc": "Until when the gateway takes an answer."
        },
        "alerted_hours": {
          "type": "count",
          "optional": true,
          "doc": "The last alert about the due date: 72, 24 or 4 hours before it, 0 once it had passed."
        },
        "evidence": { "type": "[evidence]", "doc": "What proves its states, oldest first." },
        "attachments": { "type": "[attachment]", "doc": "What supports the shop's side." },
        "next_query_at": {
          "type": "time",
          "optional": true,
          "doc": "When the gateway is asked next."
        },
        "opened_at": { "type": "time", "doc": "When we learnt of it." },
        "closed_at": { "type": "time", "optional": true, "doc": "Outcome learnt." },
        "version": { "type": "version", "doc": "Changes so far." }
      }
    },
    "delivery": {
      "doc": "The handing out of one line of an order.",
      "fields": {
        "id": { "type": "delivery_id", "doc": "Id." },
        "order": { "type": "order_id", "doc": "Its order." },
        "line": {
          "type": "integer",
          "doc": "Number of the line, from 1; 0 for an order without lines."
        },
        "state": { "type": "delivery_state", "doc": "Where it stands." },
        "claim": {
          "type": "claim",
          "optional": true,
          "doc": "The live claim; shown to who made it only."
        },
        "claimed_by": {
          "type": "text",
          "optional": true,
          "doc": "Who holds the claim or held it last."
        },
        "lease_until": { "type": "time", "optional": true, "doc": "End of the claim." },
        "reference": { "type": "text", "optional": true, "doc": "What the worker noted." },
        "reason": { "type": "text", "optional": true, "doc": "Why held, failed or revoked." },
        "delivered_at": { "type": "time", "optional": true, "doc": "Handed out." },
        "version": { "type": "version", "doc": "Changes so far." }
      }
    },
    "receipt": {
      "doc": "A notification as it arrived. Kept as evidence.",
      "fields": {
        "id": { "type": "receipt_id", "doc": "Id." },
        "gateway": { "type": "gateway_name", "doc": "Where it says it is from." },
        "received_at": { "type": "time", "doc": "When." },
        "verdict": { "type": "verdict", "doc": "What became of it." },
        "payment": { "type": "payment_id", "optional": true, "doc": "The payment it is about." },
        "order": { "type": "order_id", "optional": true, "doc": "Its order." },
        "sha256": { "type": "sha256", "doc": "Digest of the body." },
        "bytes": { "type": "count", "doc": "Size of the body." },
        "strength": {
          "type": "evidence_strength",
          "optional": true,
          "doc": "What its signature proves; absent if it proves nothing."
        },
        "reason": { "type": "text", "optional": true, "doc": "Why rejected or parked." }
      }
    },
    "receipt_body": {
      "doc": "A notification verbatim.",
      "fields": {
        "http_method": { "type": "http_method", "optional": true, "doc": "Method." },
        "query": { "type": "query_string", "optional": true, "doc": "Query string." },
        "headers": { "type": "text_map", "doc": "Headers." },
        "body_base64": { "type": "base64", "doc": "Body." },
        "source_ip": { "type": "ip", "optional": true, "doc": "Sender." }
      }
    },
    "ack": {
      "doc": "What the front end must answer the gateway, exactly.",
      "fields": {
        "status": { "type": "integer", "min": 100, "max": 599, "doc": "HTTP status." },
        "headers": { "type": "text_map", "doc": "Headers." },
        "body": { "type": "text", "doc": "Body." }
      }
    },
    "event": {
      "doc": "Something that became true. The log is append-only.",
      "fields": {
        "id": { "type": "event_id", "doc": "Id." },
        "seq": { "type": "integer", "doc": "Number in the log, without gaps." },
        "tx": { "type": "integer", "doc": "Transaction; equal for events committed together." },
        "type": { "type": "text", "doc": "Type; see events/." },
        "at": { "type": "time", "doc": "When." },
        "order": { "type": "order_id", "optional": true, "doc": "Order." },
        "payment": { "type": "payment_id", "optional": true, "doc": "Payment." },
        "refund": { "type": "refund_id", "optional": true, "doc": "Refund." },
        "dispute": { "type": "dispute_id", "optional": true, "doc": "Dispute." },
        "actor": {
          "type": "text",
          "doc": "Who caused it, for example client:shop, operator:li, notice:alipay, poller."
        },
        "trace": { "type": "trace", "optional": true, "doc": "The caller's mark." },
        "version": {
          "type": "count",
          "doc": "Version of the object after it; 0 if there is none."
        },
        "data": { "type": "json_object", "doc": "Members by type; see events/." }
      }
    },
    "problem": {
      "doc": "One fault of a request.",
      "fields": {
        "code": { "type": "text", "doc": "Error code." },
        "path": { "type": "text", "doc": "JSON Pointer into the line." },
        "message": { "type": "text", "doc": "In words." },
        "hint": { "type": "text", "optional": true, "doc": "What to do." },
        "did_you_mean": { "type": "[text]", "optional": true, "doc": "Known names near it." }
      }
    },
    "phrase": {
      "doc": "One sentence in both languages.",
      "fields": {
        "zh": { "type": "text", "doc": "Chinese." },
        "en": { "type": "text", "doc": "English." }
      }
    },
    "timeline_step": {
      "doc": "One step in the life of an order.",
      "fields": {
        "at": { "type": "time", "doc": "When." },
        "type": { "type": "text", "doc": "Event type, or receipt, query, call." },
        "text": { "type": "phrase", "doc": "In words." },
        "actor": { "type": "text", "doc": "Who." },
        "payment": { "type": "payment_id", "optional": true, "doc": "Payment." },
        "refund": { "type": "refund_id", "optional": true, "doc": "Refund." },
        "event": { "type": "event_id", "optional": true, "doc": "Event." },
        "evidence": { "type": "evidence", "optional": true, "doc": "What proves it." },
        "gateway_at": { "type": "time", "optional": true, "doc": "By the gateway's clock." }
      }
    },
    "because": {
      "doc": "One fact that led to the state.",
      "fields": {
        "fact": { "type": "text", "doc": "Code of the fact." },
        "text": { "type": "phrase", "doc": "In words." },
        "at": { "type": "time", "optional": true, "doc": "Since when." },
        "payment": { "type": "payment_id", "optional": true, "doc": "Payment." },
        "refund": { "type": "refund_id", "optional": true, "doc": "Refund." },
        "event": { "type": "event_id", "optional": true, "doc": "Event." },
        "evidence": { "type": "[evidence]", "doc": "What proves it." }
      }
    },
    "next_step": {
      "doc": "What the daemon does next by itself.",
      "fields": {
        "what": { "type": "text", "doc": "Code, for example query, close, expire." },
        "at": { "type": "time", "optional": true, "doc": "When." },
        "text": { "type": "phrase", "doc": "In words." }
      }
    },
    "why": {
      "doc": "The evidence for the present state.",
      "fields": {
        "pay_state": { "type": "pay_state", "doc": "The state explained." },
        "rule": {
          "type": "integer",
          "min": 1,
          "max": 9,
          "doc": "Which rule of pay_state held, 1-9."
        },
        "text": { "type": "phrase", "doc": "In words." },
        "because": { "type": "[because]", "doc": "Facts, the deciding one first." },
        "next": { "type": "[next_step]", "doc": "What happens next by itself." },
        "missing": {
          "type": "[phrase]",
          "doc": "What would have to be known or done for the state to change; empty where nothing is."
        },
        "people": {
          "type": "[next_step]",
          "doc": "What people can do now; what names the method."
        }
      }
    },
    "progress_step": {
      "doc": "One step the buyer's page can draw.",
      "fields": {
        "key": { "type": "text", "doc": "created, opened, paying, confirmed or delivered." },
        "done": { "type": "boolean", "doc": "Behind us; the same as state done." },
        "state": { "type": "step_state", "doc": "Where the order stands with it." },
        "at": { "type": "time", "optional": true, "doc": "When." },
        "text": { "type": "text", "doc": "In words." }
      }
    },
    "tell": {
      "doc": "One definite sentence for the buyer and one for support.",
      "fields": {
        "lang": { "type": "lang", "doc": "Language of the sentences." },
        "state": { "type": "text", "doc": "pay_state, or a finer word for it." },
        "buyer": { "type": "text", "doc": "To the buyer." },
        "support": {
          "type": "text",
          "doc": "To support: time, gateway, number, amount, where to look."
        },
        "can_pay": { "type": "boolean", "doc": "The pay button may be pressed." },
        "retry_after_ms": { "type": "duration", "optional": true, "doc": "Ask again after." },
        "next_check_at": {
          "type": "time",
          "optional": true,
          "doc": "When the gateway is asked next."
        },
        "steps": { "type": "[progress_step]", "doc": "Progress for the page." }
      }
    },
    "found": {
      "doc": "One match of a number.",
      "fields": {
        "found_by": { "type": "found_by", "doc": "Which number matched." },
        "order": { "type": "order", "doc": "The order." },
        "payment": { "type": "payment_id", "optional": true, "doc": "The payment." },
        "refund": { "type": "refund_id", "optional": true, "doc": "The refund." }
      }
    },
    "gateway": {
      "doc": "A configured gateway.",
      "fields": {
        "name": { "type": "gateway_name", "doc": "Name." },
        "kind": { "type": "gateway_kind", "doc": "Adapter." },
        "state": { "type": "gateway_state", "doc": "Whether new payments are made." },
        "circuit": { "type": "circuit_state", "doc": "Whether calls pass." },
        "methods": { "type": "[payment_method]", "doc": "Ways to pay." },
        "currencies": { "type": "[currency]", "doc": "Currencies it takes; empty means any." },
        "test": { "type": "boolean", "doc": "A sandbox: no real money." },
        "experimental": {
          "type": "boolean",
          "optional": true,
          "doc": "Its adapter was never tried at the company itself."
        },
        "can": {
          "type": "[text]",
          "doc": "Steps it has: query, close, cancel, refund, refund_query."
        },
        "paused_by": { "type": "text", "optional": true, "doc": "Who paused it." },
        "reason": { "type": "text", "optional": true, "doc": "Why it is not ready." },
        "open": {
          "type": "count",
          "optional": true,
          "doc": "Payments and refunds there that are still asked about."
        }
      }
    },
    "gateway_health": {
      "doc": "How a gateway does.",
      "fields": {
        "gateway": { "type": "gateway_name", "doc": "Name." },
        "state": { "type": "gateway_state", "doc": "State." },
        "circuit": { "type": "circuit_state", "doc": "Circuit." },
        "calls": { "type": "count", "doc": "Calls in the last hour." },
        "failures": { "type": "count", "doc": "Of these without a usable answer." },
        "latency_p50_ms": { "type": "duration", "optional": true, "doc": "Half of the answers of the last hour came within this time." },
        "latency_p99_ms": { "type": "duration", "optional": true, "doc": "99 of 100 came within it." },
        "successes": { "type": "count", "doc": "Payments learnt successful in the last day." },
        "callbacks_lost": {
          "type": "count",
          "doc": "Of these learnt by query first, although a callback was due."
        },
        "lost_share": { "type": "decimal", "doc": "callbacks_lost by successes, from 0 to 1." },
        "likely_cause": { "type": "likely_cause", "doc": "Why callbacks are lost." },
        "receipts_rejected": { "type": "count", "doc": "Notifications rejected in the last hour." },
        "last_receipt_at": { "type": "time", "optional": true, "doc": "Last notification." },
        "last_success_at": { "type": "time", "optional": true, "doc": "Last call answered." },
        "last_failure_at": {
          "type": "time",
          "optional": true,
          "doc": "Last call that the gateway or the way to it failed."
        },
        "last_failure": { "type": "text", "optional": true, "doc": "What that one failed of." },
        "open_payments": { "type": "count", "doc": "Payments open there." },
        "open_disputes": { "type": "count", "doc": "Disputes open there." },
        "dispute_due_at": {
          "type": "time",
          "optional": true,
          "doc": "The nearest time until which one of them takes an answer."
        },
        "live": {
          "type": "live_comparison",
          "doc": "How our books and the gateway's agree before any bill."
        }
      }
    },
    "live_comparison": {
      "doc": "What came of holding today's payments against what the gateway says of them: its list of what happened, every five minutes while payments happen, and one question about each paid payment later the same day. Numbers are of the last 24 hours.",
      "fields": {
        "compared_at": { "type": "time", "optional": true, "doc": "When last; absent before the first time." },
        "compared": { "type": "count", "doc": "Times a payment was held against the gateway's word." },
        "found": { "type": "count", "doc": "Paid there and not here: paid here since." },
        "differing": {
          "type": "count",
          "doc": "Paid here, and the gateway says something else: each is an attention mark on its order."
        },
        "unknown": {
          "type": "count",
          "doc": "Paid there with a number like ours that no order here has: another program at the same account, or lost books."
        },
        "waiting": { "type": "count", "doc": "Paid payments that will be asked about once more." }
      }
    },
    "poll_entry": {
      "doc": "Something the scheduler will ask.",
      "fields": {
        "subject": { "type": "subject_kind", "doc": "Payment, refund or dispute." },
        "payment": { "type": "payment_id", "optional": true, "doc": "The payment." },
        "refund": { "type": "refund_id", "optional": true, "doc": "The refund." },
        "dispute": { "type": "dispute_id", "optional": true, "doc": "The dispute." },
        "order": { "type": "order_id", "doc": "Its order." },
        "gateway": { "type": "gateway_name", "doc": "Who is asked." },
        "state": { "type": "text", "doc": "State of the subject." },
        "due_at": { "type": "time", "doc": "When." },
        "why": { "type": "poll_reason", "doc": "Why then." },
        "queries": { "type": "count", "doc": "Times asked so far." },
        "last_query_at": { "type": "time", "optional": true, "doc": "When asked last." },
        "last_answer": { "type": "text", "optional": true, "doc": "What it said, in a word." }
      }
    },
    "retention": {
      "doc": "What is kept for a time only, and how much of it has gone.",
      "fields": {
        "kind": { "type": "retention_kind", "doc": "What." },
        "days": { "type": "count", "doc": "Days since the last use; 0 keeps it for ever." },
        "removed": { "type": "count", "doc": "Rows removed, emptied or erased so far." },
        "swept_at": {
          "type": "time",
          "optional": true,
          "doc": "When all of it was last gone through; absent before the first time."
        }
      }
    },
    "poll_gateway": {
      "doc": "The scheduler's view of one gateway.",
      "fields": {
        "gateway": { "type": "gateway_name", "doc": "Name." },
        "due": { "type": "count", "doc": "Due now." },
        "oldest_due_ms": {
          "type": "duration",
          "optional": true,
          "doc": "How long the oldest has been due."
        },
        "in_flight": { "type": "count", "doc": "Being asked." },
        "open": { "type": "count", "doc": "Payments, refunds and disputes with a due time." },
        "qps": { "type": "decimal", "doc": "Rate allowed." },
        "circuit": { "type": "circuit_state", "doc": "Circuit." },
        "paused": { "type": "boolean", "doc": "New payments paused; queries go on." },
        "missing": {
          "type": "boolean",
          "optional": true,
          "doc": "Not configured any more: what is open there cannot be asked about."
        }
      }
    },
    "peer": {
      "doc": "Who the daemon takes the caller for.",
      "fields": {
        "uid": { "type": "integer", "doc": "User id the kernel reported." },
        "principal": { "type": "text", "doc": "Owner of what this connection creates." },
        "roles": { "type": "[text]", "doc": "Roles in force." },
        "operator": {
          "type": "text",
          "optional": true,
          "doc": "The person who presented a token."
        }
      }
    },
    "connection": {
      "doc": "One client connection.",
      "fields": {
        "id": { "type": "integer", "doc": "Number of the connection." },
        "uid": { "type": "integer", "doc": "User." },
        "pid": { "type": "integer", "optional": true, "doc": "Process, at connect." },
        "listener": { "type": "text", "doc": "Listener it came by." },
        "principal": { "type": "text", "doc": "Principal." },
        "operator": { "type": "text", "optional": true, "doc": "Person." },
        "roles": { "type": "[text]", "doc": "Roles in force." },
        "client": { "type": "text", "optional": true, "doc": "What it calls itself." },
        "connected_at": { "type": "time", "doc": "Since." },
        "last_request_at": { "type": "time", "optional": true, "doc": "Last request." },
        "requests": { "type": "count", "doc": "Requests so far." },
        "in_flight": { "type": "count", "doc": "Requests in flight." },
        "subscriptions": { "type": "count", "doc": "Open subscriptions." },
        "output_bytes": { "type": "count", "doc": "Bytes it has not taken yet." }
      }
    },
    "metric": {
      "doc": "One number about the daemon.",
      "fields": {
        "name": { "type": "text", "doc": "Name, with unit last." },
        "kind": { "type": "metric_kind", "doc": "How it behaves." },
        "help": { "type": "text", "doc": "What it means." },
        "samples": { "type": "[sample]", "doc": "Values." }
      }
    },
    "sample": {
      "doc": "One value of a metric.",
      "fields": {
        "labels": { "type": "text_map", "doc": "Labels." },
        "value": { "type": "integer", "doc": "Value." }
      }
    },
    "contract_file": {
      "doc": "One file of the contract.",
      "fields": {
        "path": { "type": "text", "doc": "Path below Protocol/." },
        "content": { "type": "json", "doc": "Its content." }
      }
    },
    "batch_call": {
      "doc": "One call of a batch.",
      "fields": {
        "method": { "type": "method_name", "doc": "Method; must be batchable." },
        "params": {
          "type": "json_object",
          "optional": true,
          "doc": "Its params, without the common members."
        }
      }
    },
    "hook": {
      "doc": "A configured hook.",
      "fields": {
        "name": { "type": "hook_name", "doc": "Name." },
        "kind": { "type": "text", "doc": "http or exec." },
        "types": { "type": "[text]", "doc": "Event filters." },
        "pending": { "type": "count", "doc": "Messages not yet taken." },
        "dead": { "type": "count", "doc": "Messages given up." },
        "oldest_at": { "type": "time", "optional": true, "doc": "Oldest message not taken." },
        "last_ok_at": { "type": "time", "optional": true, "doc": "Last message taken." },
        "last_error": { "type": "text", "optional": true, "doc": "What went wrong last." }
      }
    },
    "hook_message": {
      "doc": "One outgoing message.",
      "fields": {
        "id": { "type": "hook_message_id", "doc": "Id." },
        "hook": { "type": "hook_name", "doc": "Hook." },
        "event": { "type": "event_id", "doc": "Event." },
        "type": { "type": "text", "doc": "Its type." },
        "state": { "type": "hook_state", "doc": "Where it stands." },
        "tries": { "type": "count", "doc": "Tries so far." },
        "due_at": { "type": "time", "optional": true, "doc": "Next try." },
        "error": { "type": "text", "optional": true, "doc": "What went wrong last." }
      }
    },
    "trade": {
      "doc": "One trade in the sandbox's books.",
      "fields": {
        "gateway": { "type": "gateway_name", "doc": "Which sandbox." },
        "out_trade_no": { "type": "out_trade_no", "doc": "Our number." },
        "gateway_txn_id": { "type": "text", "doc": "Its number." },
        "state": {
          "type": "text",
          "doc": "waiting, paid, processing, failed, closed or refunded."
        },
        "amount": { "type": "money", "doc": "Asked." },
        "paid": { "type": "money", "optional": true, "doc": "Paid." },
        "refunded": { "type": "money", "optional": true, "doc": "Paid back." },
        "paid_at": { "type": "time", "optional": true, "doc": "When." },
        "callback": { "type": "text", "optional": true, "doc": "What became of its notification." }
      }
    },
    "protocol_range": {
      "doc": "Versions of the protocol.",
      "fields": {
        "min": { "type": "integer", "doc": "Lowest." },
        "max": { "type": "integer", "doc": "Highest." }
      }
    },
    "signed_money": {
      "doc": "An amount or sum that may be below zero.",
      "fields": {
        "currency": { "type": "currency", "doc": "ISO 4217." },
        "minor": { "type": "integer", "doc": "Minor units." }
      }
    },
    "statement_total": {
      "doc": "Rows of one kind and currency.",
      "fields": {
        "kind": {
          "type": "text",
          "doc": "What the rows are: charge, refund, refund_return, fee, payout, payout_return, dispute, adjustment, transfer, conversion, bank."
        },
        "rows": { "type": "count", "doc": "How many." },
        "sum": { "type": "signed_money", "doc": "Their sum, as the balance sees it." }
      }
    },
    "statement_figure": {
      "doc": "A figure that a file states about itself.",
      "fields": {
        "subject": {
          "type": "text",
          "doc": "Of what: rows, charges, refunds, gross, refunded, fees, income, expense, closing_balance."
        },
        "stated": { "type": "integer", "doc": "As the file says; minor units, or a count." },
        "found": { "type": "integer", "doc": "As its rows give." }
      }
    },
    "statement": {
      "doc": "A bill or bank statement as it was taken in. Its bytes are kept.",
      "fields": {
        "id": { "type": "statement_id", "doc": "Id." },
        "gateway": { "type": "account_name", "doc": "Whose." },
        "content": { "type": "statement_content", "doc": "What it holds." },
        "layout": { "type": "layout_name", "doc": "The layout it was read by." },
        "charset": { "type": "text", "doc": "The character set it was read in." },
        "name": { "type": "file_name", "optional": true, "doc": "What the file was called." },
        "sha256": { "type": "sha256", "doc": "Digest of its bytes as they came." },
        "bytes": { "type": "count", "doc": "Their number." },
        "from_at": { "type": "time", "doc": "Its rows lie at or after." },
        "to_at": { "type": "time", "doc": "And before." },
        "rows": { "type": "count", "doc": "Rows." },
        "skipped": {
          "type": "count",
          "doc": "Rows understood and left out, as those that moved no money."
        },
        "totals": { "type": "[statement_total]", "doc": "Rows and sums by kind." },
        "figures": { "type": "[statement_figure]", "doc": "What it states about itself." },
        "verified": { "type": "boolean", "doc": "Every figure agrees with the rows." },
        "imported_at": { "type": "time", "doc": "When." },
        "imported_by": { "type": "text", "doc": "By whom." },
        "superseded_by": {
          "type": "statement_id",
          "optional": true,
          "doc": "The one issued in its place."
        }
      }
    },
    "preview_row": {
      "doc": "A row of a file as it was understood.",
      "fields": {
        "line": { "type": "count", "doc": "Of the file, from 1; rows that share a line are counted on from it." },
        "kind": {
          "type": "text",
          "doc": "charge, refund, refund_return, fee, payout, payout_return, dispute, adjustment, transfer or bank."
        },
        "status": { "type": "text", "doc": "succeeded, pending or failed." },
        "at": { "type": "time", "doc": "When." },
        "amount": { "type": "signed_money", "doc": "As the balance sees it." },
        "fee": { "type": "signed_money", "optional": true, "doc": "Positive costs." },
        "gateway_txn_id": {
          "type": "text",
          "optional": true,
          "doc": "The gateway's or bank's number."
        },
        "reference": { "type": "text", "optional": true, "doc": "Our number." },
        "parent": {
          "type": "text",
          "optional": true,
          "doc": "The charge that a refund belongs to; the text of a bank's row."
        }
      }
    },
    "refused_row": {
      "doc": "A line of a file that does not read.",
      "fields": {
        "line": { "type": "count", "doc": "Of the file, from 1." },
        "message": { "type": "text", "doc": "Why." },
        "hint": { "type": "text", "optional": true, "doc": "What to do." }
      }
    },
    "statement_preview": {
      "doc": "How a file fits its layout.",
      "fields": {
        "rows": { "type": "[preview_row]", "doc": "The first 10 rows." },
        "unknown_columns": {
          "type": "[text]",
          "doc": "Columns of a table that nothing is read from."
        },
        "refused": { "type": "[refused_row]", "doc": "The first 20 lines that do not read." },
        "refused_rows": {
          "type": "count",
          "doc": "All of them; a file that has one is not taken in."
        }
      }
    },
    "bucket_total": {
      "doc": "Rows that ended alike.",
      "fields": {
        "bucket": { "type": "bucket", "doc": "Where." },
        "rows": { "type": "count", "doc": "How many." },
        "sum": { "type": "signed_money", "doc": "Their sum." }
      }
    },
    "kind_count": {
      "doc": "Discrepancies of one kind.",
      "fields": {
        "kind": { "type": "discrepancy_kind", "doc": "Which." },
        "state": { "type": "discrepancy_state", "doc": "Where they stand." },
        "count": { "type": "count", "doc": "How many." }
      }
    },
    "case_paper": {
      "doc": "A note or a piece of evidence of a case. Its content is sealed and erasable.",
      "fields": {
        "id": { "type": "attachment_id", "doc": "Id." },
        "media_type": { "type": "media_type", "doc": "What its bytes are." },
        "bytes": { "type": "count", "doc": "Length of the content." },
        "sha256": { "type": "sha256", "doc": "Digest of the content." },
        "by": { "type": "text", "doc": "Who wrote it." },
        "at": { "type": "time", "doc": "When." }
      }
    },
    "case": {
      "doc": "Work for people.",
      "fields": {
        "id": { "type": "case_id", "doc": "Id." },
        "kind": { "type": "case_kind", "doc": "What it is about." },
        "severity": { "type": "case_severity", "doc": "How much hangs on it." },
        "state": { "type": "case_state", "doc": "Where it stands." },
        "links": { "type": "[case_link]", "doc": "What it is about, an order before what belongs to it." },
        "owner": { "type": "text", "optional": true, "doc": "Whose work it is: an operator, or a principal of the peer map." },
        "due_at": {
          "type": "time",
          "optional": true,
          "doc": "When somebody is reminded; absent where nothing is left to do."
        },
        "opened_at": { "type": "time", "doc": "When." },
        "opened_by": { "type": "text", "doc": "By whom; system for the daemon itself." },
        "answered_at": {
          "type": "time",
          "optional": true,
          "doc": "When the first person did something."
        },
        "escalated_at": {
          "type": "time",
          "optional": true,
          "doc": "Nobody had done anything in time; absent again once somebody has."
        },
        "cause": { "type": "cause_code", "optional": true, "doc": "Why it came to it." },
        "proposed_by": { "type": "text", "optional": true, "doc": "Who named the cause." },
        "resolved_by": { "type": "text", "optional": true, "doc": "Who resolved it, or agreed." },
        "resolved_at": { "type": "time", "optional": true, "doc": "When." },
        "closed_at": { "type": "time", "optional": true, "doc": "When." },
        "papers": { "type": "[case_paper]", "doc": "Notes and evidence, oldest first." },
        "version": { "type": "count", "doc": "Counts changes." }
      }
    },
    "case_note": {
      "doc": "What somebody wrote into a case.",
      "fields": {
        "paper": { "type": "attachment_id", "doc": "Which of its papers." },
        "by": { "type": "text", "doc": "Who." },
        "at": { "type": "time", "doc": "When." },
        "text": { "type": "text", "doc": "What." }
      }
    },
    "desk_pile": {
      "doc": "Undecided discrepancies of one kind in one currency.",
      "fields": {
        "kind": { "type": "discrepancy_kind", "doc": "Which." },
        "count": { "type": "count", "doc": "How many." },
        "overdue": {
          "type": "count",
          "doc": "Of these, past the time in which a person should have looked."
        },
        "oldest_at": { "type": "time", "doc": "When the oldest was opened." },
        "at_stake": { "type": "signed_money", "doc": "Sum of the differences, without their signs." }
      }
    },
    "age_count": {
      "doc": "Undecided discrepancies of one age.",
      "fields": {
        "age": { "type": "desk_age", "doc": "Which." },
        "count": { "type": "count", "doc": "How many." }
      }
    },
    "kind_opened": {
      "doc": "Discrepancies of one kind opened in a period.",
      "fields": {
        "kind": { "type": "discrepancy_kind", "doc": "Which." },
        "count": { "type": "count", "doc": "How many." }
      }
    },
    "cause_count": {
      "doc": "Cases of one cause.",
      "fields": {
        "cause": { "type": "cause_code", "doc": "Which." },
        "count": { "type": "count", "doc": "How many were resolved in the period." }
      }
    },
    "rule": {
      "doc": "A pattern of decisions that a person has put in force.",
      "fields": {
        "id": { "type": "rule_id", "doc": "Id." },
        "pattern": { "type": "rule_pattern", "doc": "What it decides, and how." },
        "mode": { "type": "rule_mode", "doc": "How far it goes." },
        "tolerance": {
          "type": "signed_money",
          "doc": "Largest difference that it decides: the largest that people decided so."
        },
        "support": {
          "type": "count",
          "doc": "Decisions of people that stood behind it when it was put in force."
        },
        "replayed": {
          "type": "count",
          "doc": "Differences of history that it would have decided, when it was put in force."
        },
        "disagreeing": {
          "type": "count",
          "doc": "Those among them that ended otherwise; 0 of a rule that decides by itself."
        },
        "active": { "type": "boolean", "doc": "It is in force." },
        "activated_at": { "type": "time", "doc": "When it was put in force." },
        "activated_by": { "type": "text", "doc": "By whom." },
        "deactivated_at": { "type": "time", "optional": true, "doc": "When it was ended." },
        "deactivated_by": { "type": "text", "optional": true, "doc": "By whom." },
        "counter_example": {
          "type": "discrepancy_id",
          "optional": true,
          "doc": "The discrepancy about which a person decided otherwise."
        }
      }
    },
    "rule_proposal": {
      "doc": "Decisions of people that are alike.",
      "fields": {
        "pattern": { "type": "rule_pattern", "doc": "What they decided, and how." },
        "tolerance": { "type": "signed_money", "doc": "The largest difference among them." },
        "support": { "type": "count", "doc": "How many stand." },
        "counter_examples": {
          "type": "count",
          "doc": "How many would have been decided so and ended otherwise."
        },
        "ready": {
          "type": "boolean",
          "doc": "There are enough, and nothing is against them: it may decide by itself."
        },
        "back_test": { "type": "back_test", "doc": "The rule, played over all that ever differed." }
      }
    },
    "left_open": {
      "doc": "A discrepancy that was open when its run was signed.",
      "fields": {
        "discrepancy": { "type": "discrepancy_id", "doc": "Which." },
        "reason": { "type": "left_open_reason", "doc": "Why that was right." }
      }
    },
    "back_test": {
      "doc": "What a rule would have done with every difference of history, held against what became of it.",
      "fields": {
        "decided": { "type": "count", "doc": "Differences that it would have decided." },
        "agreeing": { "type": "count", "doc": "Those that people decided alike." },
        "undecided": {
          "type": "count",
          "doc": "Those that no person has decided: they prove nothing."
        },
        "disagreeing": { "type": "count", "doc": "Those that ended otherwise." },
        "disagreements": {
          "type": "[disagreement]",
          "doc": "Which those are, by their identifiers; at most the first 50."
        }
      }
    },
    "disagreement": {
      "doc": "A difference that a rule would have decided and that ended otherwise.",
      "fields": {
        "discrepancy": { "type": "discrepancy_id", "doc": "Which." },
        "ending": {
          "type": "text",
          "doc": "The verb that people decided by; or taken_back, turned_down (a proposal), agrees (a later statement showed that nothing was to be decided)."
        }
      }
    },
    "sign_off": {
      "doc": "The names under a run.",
      "fields": {
        "state": { "type": "sign_off_state", "doc": "How far it is signed." },
        "sha256": {
          "type": "sha256",
          "optional": true,
          "doc": "Digest of the page under which the names stand; absent where none does."
        },
        "left_open": { "type": "count", "doc": "Discrepancies that the names leave open." },
        "first_by": { "type": "text", "optional": true, "doc": "Who signed first." },
        "first_at": { "type": "time", "optional": true, "doc": "When." },
        "second_by": { "type": "text", "optional": true, "doc": "Who signed second." },
        "second_at": { "type": "time", "optional": true, "doc": "When." },
        "reopened_at": { "type": "time", "optional": true, "doc": "When the names fell." },
        "cause": {
          "type": "text",
          "optional": true,
          "doc": "What made them fall: the discrepancy that changed, the run that came after, or the statement that was issued in place of one it rests on."
        }
      }
    },
    "to_sign": {
      "doc": "What a name would stand under now.",
      "fields": {
        "sha256": { "type": "sha256", "doc": "Digest of the page, as chapter 13 states it." },
        "undecided": {
          "type": "count",
          "doc": "Discrepancies that must be decided, or given a day, before anybody can sign."
        },
        "left_open": { "type": "[left_open]", "doc": "Those that stay open, and why." }
      }
    },
    "currency_conversion": {
      "doc": "Payments and refunds of one currency that the gateway credited in another, and what it exchanged within a balance of several currencies, added up, and what became of the difference. All but charged are in the currency of credited, signed as they change the balance; fee is positive where it costs.",
      "fields": {
        "rows": { "type": "count", "doc": "Rows of the bill." },
        "charged": { "type": "signed_money", "doc": "As buyers paid, less what was given back; of an exchange within the balance, what was given." },
        "credited": { "type": "signed_money", "doc": "As it reached the balance, before the fee." },
        "worth": {
          "type": "signed_money",
          "doc": "What charged was worth at the reference rate of its day; where none was entered, at the gateway's own. Worth, rate, margin, rounding and unexplained make credited."
        },
        "fee": { "type": "signed_money", "doc": "What the gateway kept as its fee and had not told before." },
        "rate": { "type": "signed_money", "doc": "What the rate had moved against the reference, beyond the margin." },
        "margin": { "type": "signed_money", "doc": "What the contract lets the gateway keep of an exchange." },
        "rounding": { "type": "signed_money", "doc": "Less than one unit a row, because amounts are whole." },
        "unexplained": { "type": "signed_money", "doc": "What is left; each row with some is a B22 of its own." }
      }
    },
    "payout_proof": {
      "doc": "A payout and the rows that add up to it, to the last minor unit.",
      "fields": {
        "statement": { "type": "statement_id", "doc": "The bill that tells of it." },
        "line": { "type": "count", "doc": "Its row." },
        "amount": { "type": "signed_money", "doc": "As it left the balance." },
        "basis": { "type": "payout_basis", "doc": "How its rows were found." },
        "rows": { "type": "count", "doc": "How many they are." },
        "from_at": { "type": "time", "doc": "The gateway's time of the first." },
        "to_at": { "type": "time", "doc": "And of the last." },
        "alternatives": {
          "type": "count",
          "doc": "How many stretches would do: 1 is a proof, more are a suggestion."
        }
      }
    },
    "payout_arrival": {
      "doc": "A payout that reached a bank account.",
      "fields": {
        "statement": { "type": "statement_id", "doc": "The bill that tells of it." },
        "line": { "type": "count", "doc": "Its row." },
        "account": { "type": "account_name", "doc": "The account, as its statements are called." },
        "amount": { "type": "signed_money", "doc": "As the bank credited it." },
        "credits": {
          "type": "[statement_place]",
          "optional": true,
          "doc": "The bank's rows: several where it came in parts, shared where several came in one. Absent in events of before they were named."
        }
      }
    },
    "statement_place": {
      "doc": "A row of a statement.",
      "fields": {
        "statement": { "type": "statement_id", "doc": "Which one." },
        "line": { "type": "count", "doc": "Its line, from 1." }
      }
    },
    "carried_costs": {
      "doc": "What a row of an earlier statement costs.",
      "fields": {
        "statement": { "type": "statement_id", "doc": "The statement that it stands in." },
        "line": { "type": "count", "doc": "Its row." },
        "fee": { "type": "signed_money", "optional": true, "doc": "What the gateway kept." },
        "coupon": { "type": "signed_money", "optional": true, "doc": "What your own coupon took." },
        "conversion": {
          "type": "currency_conversion",
          "optional": true,
          "doc": "What it was credited as in another currency."
        }
      }
    },
    "payout_awaited": {
      "doc": "A payout that the bank should bring.",
      "fields": {
        "statement": { "type": "statement_id", "doc": "The bill that tells of the payout." },
        "line": { "type": "count", "doc": "Its row." },
        "sent_at": { "type": "time", "doc": "The gateway's time." },
        "due_at": { "type": "time", "doc": "The last moment at which it comes in time." }
      }
    },
    "payout_return": {
      "doc": "A payout that the bank turned away: the gateway has its money again.",
      "fields": {
        "statement": { "type": "statement_id", "doc": "The bill that tells of the payout." },
        "line": { "type": "count", "doc": "Its row." },
        "return_statement": { "type": "statement_id", "doc": "The bill that gives it back." },
        "return_line": { "type": "count", "doc": "Its row there." }
      }
    },
    "witness": {
      "doc": "One of the three that know of a payment.",
      "fields": {
        "voice": { "type": "text", "doc": "gateway, books or bill." },
        "spoken": { "type": "boolean", "doc": "Whether it has said anything yet." },
        "says": {
          "type": "text",
          "optional": true,
          "doc": "paid, closed, failed or reversed; of our books the state; of a bill that should hold it and does not, missing."
        },
        "amount": { "type": "signed_money", "optional": true, "doc": "How much, where it is paid." },
        "at": {
          "type": "time",
          "optional": true,
          "doc": "When its word came, our books changed, or the bill says it happened."
        },
        "row": { "type": "text", "optional": true, "doc": "The statement and line of the bill." },
        "discrepancies": {
          "type": "[discrepancy_id]",
          "doc": "Where the bill contradicts our books."
        }
      }
    },
    "run_proof": {
      "doc": "That a run lost nothing, in one currency: bill less bill_waiting less differences is books less books_waiting, else there is a remainder.",
      "fields": {
        "bill": {
          "type": "signed_money",
          "doc": "Net of the rows compared, with those that waited from earlier bills."
        },
        "bill_waiting": {
          "type": "signed_money",
          "doc": "Of them, what waits for the next bill."
        },
        "books": {
          "type": "signed_money",
          "doc": "What the ledger holds at the gateway for the payments and refunds compared."
        },
        "books_waiting": {
          "type": "signed_money",
          "doc": "Of it, what waits for the next bill."
        },
        "differences": {
          "type": "signed_money",
          "doc": "What the run's discrepancies explain."
        },
        "remainder": {
          "type": "signed_money",
          "doc": "What nothing explains; 0 where the run closes, and an alarm where it does not."
        }
      }
    },
    "run": {
      "doc": "One comparison of a statement with our books.",
      "fields": {
        "id": { "type": "run_id", "doc": "Id." },
        "statement": { "type": "statement_id", "doc": "The statement." },
        "fund": {
          "type": "statement_id",
          "optional": true,
          "doc": "The bill of the balance compared beside it."
        },
        "bank": {
          "type": "statement_id",
          "optional": true,
          "doc": "The bank's statement compared beside it."
        },
        "gateway": { "type": "account_name", "doc": "Whose." },
        "content": { "type": "statement_content", "doc": "What it holds." },
        "from_at": { "type": "time", "doc": "The days compared begin." },
        "to_at": { "type": "time", "doc": "And end." },
        "made_at": { "type": "time", "doc": "When." },
        "made_by": { "type": "text", "doc": "By whom." },
        "statement_rows": {
          "type": "count",
          "doc": "Rows of the statement, with those that waited from earlier ones."
        },
        "local_rows": { "type": "count", "doc": "Rows of ours." },
        "matched": { "type": "count", "doc": "Rows of the statement that agree." },
        "filled_back": {
          "type": "count",
          "doc": "Payments and refunds that the statement made known."
        },
        "opened": { "type": "count", "doc": "Discrepancies opened." },
        "known": {
          "type": "count",
          "doc": "Discrepancies found that an earlier run had opened."
        },
        "unfinished": {
          "type": "boolean",
          "optional": true,
          "doc": "True while its discrepancies are still being written down, a few at a time: fewer are listed than it opened, and it cannot be signed. Absent once all of them are, when `recon.finished` tells of it."
        },
        "statement_buckets": {
          "type": "[bucket_total]",
          "doc": "Where the statement's rows ended."
        },
        "local_buckets": { "type": "[bucket_total]", "doc": "Where ours ended." },
        "fund_buckets": {
          "type": "[bucket_total]",
          "doc": "Where the rows of the bill of the balance ended; empty without one."
        },
        "bank_buckets": {
          "type": "[bucket_total]",
          "doc": "Where the bank's rows ended; empty without them."
        },
        "proofs": {
          "type": "[run_proof]",
          "doc": "By currency: what the bill and the books hold, and what nothing explains (I15)."
        },
        "conversions": {
          "type": "[currency_conversion]",
          "doc": "By pair of currencies: what was credited in another currency than charged."
        },
        "payouts": {
          "type": "[payout_proof]",
          "doc": "What payouts were found to be made of; those with a difference are none of them."
        },
        "sha256": {
          "type": "sha256",
          "doc": "Digest over the statement and all that was found."
        },
        "sign_off": { "type": "sign_off", "doc": "Who stands for it." }
      }
    },
    "statement_row": {
      "doc": "A row of a statement.",
      "fields": {
        "statement": { "type": "statement_id", "doc": "Of which." },
        "line": { "type": "count", "doc": "Line of the file, from 1; rows that share one are counted on from it." },
        "gateway_txn_id": { "type": "text", "optional": true, "doc": "The gateway's number." },
        "reference": {
          "type": "text",
          "optional": true,
          "doc": "Our number, as it stands there; of a row about a dispute that has the dispute's number, perhaps the row's own."
        },
        "parent": {
          "type": "text",
          "optional": true,
          "doc": "Of a row about a dispute the number of the charge, ours or the gateway's, as it stands there."
        },
        "at": { "type": "time", "doc": "The gateway's time." },
        "fee": {
          "type": "signed_money",
          "optional": true,
          "doc": "Of a row that is nobody's: what the gateway kept of it, below zero what it gave back. A decision that takes the row in books it."
        },
        "coupon": {
          "type": "signed_money",
          "optional": true,
          "doc": "Likewise what a coupon of your own took of it."
        },
        "credited": {
          "type": "signed_money",
          "optional": true,
          "doc": "Likewise what it was credited as in another currency than was charged, before the fee. A decision moves it there through the account exchange."
        }
      }
    },
    "ledger_balance": {
      "doc": "What an account holds in one currency.",
      "fields": {
        "account": { "type": "text", "doc": "As receivable:alipay, sales, suspense." },
        "debit": { "type": "signed_money", "doc": "Debits less credits." }
      }
    },
    "ledger_line": {
      "doc": "One line of an entry.",
      "fields": {
        "account": { "type": "text", "doc": "Which account." },
        "debit": { "type": "signed_money", "doc": "A debit, or below zero a credit." }
      }
    },
    "ledger_entry": {
      "doc": "Money moving between accounts; its lines add up to nothing.",
      "fields": {
        "number": { "type": "count", "doc": "Its place in the books, the same for ever: that of its event in the log times 4096, and its place among the entries of that event." },
        "cause": { "type": "text", "doc": "Why it was made." },
        "at": { "type": "time", "doc": "Our time of the event." },
        "event": { "type": "text", "doc": "Id of the event that it comes from." },
        "order": { "type": "order_id", "optional": true, "doc": "The order concerned." },
        "corrects": { "type": "count", "optional": true, "doc": "The entry that it takes back." },
        "debit": { "type": "signed_money", "doc": "What it moved in the account asked for." },
        "lines": { "type": "[ledger_line]", "doc": "All of it." }
      }
    },
    "adjudication": {
      "doc": "A decision about a discrepancy.",
      "fields": {
        "verb": { "type": "adjudication_verb", "doc": "What to do." },
        "reason": { "type": "text", "doc": "Why." },
        "proposed_by": { "type": "text", "doc": "Who proposed it." },
        "until": { "type": "time", "optional": true, "doc": "When it is looked at again." },
        "partner": { "type": "discrepancy_id", "optional": true, "doc": "The other half of a merge." },
        "second_person": { "type": "boolean", "doc": "It takes effect when another operator agrees." }
      }
    },
    "discrepancy": {
      "doc": "One difference between our books and a statement.",
      "fields": {
        "id": { "type": "discrepancy_id", "doc": "Id." },
        "run": { "type": "run_id", "doc": "The run that found it." },
        "statement": { "type": "statement_id", "doc": "The statement compared." },
        "gateway": { "type": "account_name", "doc": "Whose." },
        "kind": { "type": "discrepancy_kind", "doc": "How they differ." },
        "number": { "type": "text", "doc": "The kind's number, B1 to B28." },
        "level": { "type": "handling_level", "doc": "How many people it takes." },
        "expected": { "type": "signed_money", "doc": "What our side says." },
        "actual": { "type": "signed_money", "doc": "What the other says." },
        "difference": {
          "type": "signed_money",
          "optional": true,
          "doc": "Actual less expected: above zero there is more than we expected. Absent where the two are of two currencies."
        },
        "theirs": {
          "type": "statement_row",
          "optional": true,
          "doc": "The row of the statement."
        },
        "bank": {
          "type": "statement_row",
          "optional": true,
          "doc": "The row beside it: of the bank's statement, of the bill of the balance, or, of a duplicate_row, the one of another statement that has it already."
        },
        "ours": {
          "type": "text",
          "optional": true,
          "doc": "The payment, refund, dispute or order of ours; `pay_…:reversal` is what the gateway gave back of a payment at its own desk, `rfd_…:return` the money of a refund when it came back, `dsp_…:3` the third time that the money of a dispute moved."
        },
        "order": { "type": "order_id", "optional": true, "doc": "The order it concerns." },
        "suggestions": {
          "type": "json",
          "doc": "Lists of lines that would explain it, of the bank's statement that was compared where a payout has not arrived, or not all of it; several lists are several explanations."
        },
        "cause": { "type": "text", "doc": "What most often lies behind it." },
        "handling": {
          "type": "text",
          "doc": "What is done before anybody looks: fill_back, leave_out, ask_gateway, review, raise, stop_and_ask."
        },
        "state": { "type": "discrepancy_state", "doc": "Where it stands." },
        "resolution": {
          "type": "discrepancy_resolution",
          "optional": true,
          "doc": "How it ended."
        },
        "adjudication": {
          "type": "adjudication",
          "optional": true,
          "doc": "What people proposed, or decided."
        },
        "decisions": {
          "type": "[adjudication_verb]",
          "doc": "What can be decided about it now; merge_match needs its other half."
        },
        "opened_at": { "type": "time", "doc": "When it was found." },
        "due_at": { "type": "time", "doc": "Until when a person should have looked." },
        "escalated_at": { "type": "time", "optional": true, "doc": "When nobody had." },
        "resolved_at": { "type": "time", "optional": true, "doc": "When it ended." },
        "resolved_by": { "type": "text", "optional": true, "doc": "By whom." },
        "version": { "type": "version", "doc": "Counts its changes." }
      }
    },
    "bill": {
      "doc": "A bill of a gateway: one for each kind and day.",
      "fields": {
        "gateway": { "type": "gateway_name", "doc": "Gateway." },
        "kind": { "type": "bill_kind", "doc": "What it is about." },
        "day": { "type": "day", "doc": "Which day, in the gateway's zone." },
        "state": { "type": "bill_state", "doc": "How far it is." },
        "tries": { "type": "count", "doc": "Downloads that brought no bill." },
        "last_try_at": { "type": "time", "optional": true, "doc": "The last of them." },
        "next_at": { "type": "time", "optional": true, "doc": "When something is done about it." },
        "reason": { "type": "text", "optional": true, "doc": "Why it is not there." },
        "statement": { "type": "statement_id", "optional": true, "doc": "Its file." }
      }
    }
  },
  "common": {
    "params": {
      "idempotency_key": {
        "type": "key",
        "optional": true,
        "doc": "Marks one intent. Same key and parameters: the stored reply, with replayed. Kept at least 30 days."
      },
      "timeout_ms": {
        "type": "duration",
        "optional": true,
        "min": 1,
        "max": 600000,
        "doc": "Reply within this time, or answer deadline_exceeded."
      },
      "dry_run": {
        "type": "boolean",
        "optional": true,
        "doc": "Do everything, then roll it back; nothing is sent to a gateway."
      },
      "trace": {
        "type": "trace",
        "optional": true,
        "doc": "The caller's own mark, copied to log and events."
      }
    },
    "result": {
      "cursor": {
        "type": "cursor",
        "optional": true,
        "doc": "Position in the event log of the snapshot read, or just after the commit."
      },
      "replayed": {
        "type": "boolean",
        "optional": true,
        "doc": "true if an idempotency key answered."
      },
      "dry_run": { "type": "boolean", "optional": true, "doc": "true if nothing was kept." },
      "warnings": { "type": "[text]", "optional": true, "doc": "What the caller should know." }
    }
  },
  "notifications": {
    "session.greeting": {
      "doc": "The first line of every admitted connection. It is no gate: requests may be sent before it is read.",
      "params": {
        "server": { "type": "text", "doc": "tilld." },
        "version": { "type": "text", "doc": "Version of the daemon." },
        "protocol": { "type": "protocol_range", "doc": "Protocol versions spoken." },
        "schema": { "type": "sha256", "doc": "Digest of the contract." },
        "instance": { "type": "text", "doc": "Changes with every start." },
        "epoch": {
          "type": "text",
          "doc": "Changes only when the event history is no continuation."
        },
        "now_at": { "type": "time", "doc": "The daemon's clock." },
        "state": { "type": "server_state", "doc": "What it can do now." },
        "peer": { "type": "peer", "doc": "Who it takes the caller for." },
        "limits": { "type": "json_object", "doc": "Every limit by name, in its unit." },
        "features": { "type": "[text]", "doc": "Features beyond the method list." }
      }
    },
    "events.item": {
      "doc": "One event of a subscription.",
      "params": {
        "id": { "type": "request_id", "doc": "Id of the subscribe request." },
        "event": { "type": "event", "doc": "The event." },
        "cursor": { "type": "cursor", "doc": "Position just after it." }
      }
    },
    "events.mark": {
      "doc": "Nothing was skipped up to here. Sent at catch-up, every 15 seconds and after 1000 events filtered out.",
      "params": {
        "id": { "type": "request_id", "doc": "Id of the subscribe request." },
        "cursor": { "type": "cursor", "doc": "Position reached." },
        "caught_up": { "type": "boolean", "doc": "true when it is the end of the log." }
      }
    },
    "session.bye": {
      "doc": "The last line before the daemon closes.",
      "params": {
        "code": { "type": "text", "doc": "Error code, or draining." },
        "message": { "type": "text", "doc": "In words." },
        "retry_after_ms": { "type": "duration", "optional": true, "doc": "Reconnect after." }
      }
    }
  }
}

"""##
