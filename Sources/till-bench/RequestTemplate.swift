/// The bytes of a request with places to fill in, so that making one is a copy and a few digits.
struct RequestTemplate: Sendable {
  /// Ids are 10 plus the slot of the connection: always two digits, unique in flight.
  static let firstID = 10
  private static let numberWidth = 10

  private let bytes: [UInt8]
  private let idPlaces: [Int]
  private let numberPlaces: [Int]

  /// - Parameter text: one line without its end, with `<ID>` where the id goes and `<NUMBER>`
  ///   wherever the number of the request goes, as ten digits.
  init(_ text: String) {
    var bytes: [UInt8] = []
    var idPlaces: [Int] = []
    var numberPlaces: [Int] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.first {
      if rest.starts(with: "<ID>".utf8) {
        idPlaces.append(bytes.count)
        bytes += [UInt8](repeating: UInt8(ascii: "0"), count: 2)
        rest.removeFirst(4)
      } else if rest.starts(with: "<NUMBER>".utf8) {
        numberPlaces.append(bytes.count)
        bytes += [UInt8](repeating: UInt8(ascii: "0"), count: Self.numberWidth)
        rest.removeFirst(8)
      } else {
        bytes.append(byte)
        rest.removeFirst()
      }
    }
    self.bytes = bytes + [0x0A]
    self.idPlaces = idPlaces
    self.numberPlaces = numberPlaces
  }

  /// Appends one whole line.
  ///
  /// - Parameter slot: 0 to 31.
  func append(to out: inout [UInt8], slot: Int, number: Int64) {
    let base = out.count
    out += bytes
    for place in idPlaces {
      let id = Self.firstID + slot
      out[base + place] = UInt8(ascii: "0") + UInt8(id / 10)
      out[base + place + 1] = UInt8(ascii: "0") + UInt8(id % 10)
    }
    for place in numberPlaces {
      var rest = number
      var index = base + place + Self.numberWidth - 1
      while rest > 0 {
        out[index] = UInt8(ascii: "0") + UInt8(rest % 10)
        rest /= 10
        index -= 1
      }
    }
  }
}

/// The requests of the workloads. `salt` keeps the numbers of one run apart from those of another.
struct RequestCatalogue: Sendable {
  let salt: String

  let ping = RequestTemplate(#"{"id":<ID>,"method":"protocol.ping"}"#)

  /// The least an order needs.
  var create: RequestTemplate {
    RequestTemplate(
      #"{"id":<ID>,"method":"order.create","params":{"amount":{"currency":"CNY","minor":5800},"#
        + #""subject":"Gift card","idempotency_key":"\#(salt)-<NUMBER>"}}"#)
  }

  /// An order with a number of the shop, which later requests can name.
  var createNumbered: RequestTemplate {
    RequestTemplate(
      #"{"id":<ID>,"method":"order.create","params":{"order_no":"\#(salt)-<NUMBER>","#
        + #""amount":{"currency":"CNY","minor":5800},"subject":"Gift card","#
        + #""expires_in_ms":2592000000,"idempotency_key":"\#(salt)-<NUMBER>"}}"#)
  }

  /// An order as a shop with a basket sends it: three lines, a buyer, its own members.
  var createFull: RequestTemplate {
    RequestTemplate(
      #"{"jsonrpc":"2.0","id":<ID>,"method":"order.create","params":{"#
        + #""order_no":"\#(salt)-<NUMBER>","amount":{"currency":"CNY","minor":5800},"#
        + #""subject":"Gift cards, three kinds","lines":["#
        + #"{"sku":"GC-10","name":"Gift card 10","quantity":1,"#
        + #""unit_price":{"currency":"CNY","minor":1000}},"#
        + #"{"sku":"GC-14","name":"Gift card 14","quantity":2,"#
        + #""unit_price":{"currency":"CNY","minor":1400}},"#
        + #"{"sku":"GC-20","name":"Gift card 20","quantity":1,"#
        + #""unit_price":{"currency":"CNY","minor":2000}}],"#
        + #""buyer":{"user_id":"u<NUMBER>","email":"buyer<NUMBER>@example.com","#
        + #""ip":"203.0.113.7","country":"CN","user_agent":"Mozilla/5.0 (X11; Linux x86_64)"},"#
        + #""source":"web","metadata":{"campaign":"autumn","basket":"b<NUMBER>"},"#
        + #""idempotency_key":"\#(salt)-<NUMBER>"}}"#)
  }

  /// Reads an order made by `createNumbered`.
  var get: RequestTemplate {
    RequestTemplate(
      #"{"id":<ID>,"method":"order.get","params":{"order":"\#(salt)-<NUMBER>"}}"#)
  }

  /// Opens a payment of an order made by `createNumbered`.
  var pay: RequestTemplate {
    RequestTemplate(
      #"{"id":<ID>,"method":"payment.create","params":{"order":"\#(salt)-<NUMBER>","#
        + #""gateway":"sandbox","idempotency_key":"p\#(salt)-<NUMBER>"}}"#)
  }
}
