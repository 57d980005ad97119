// Generated from Protocol/ by `swift run generate`; do not edit.

/// Active ISO 4217 currencies that have a minor unit.
package enum CurrencyTable {
  /// Code and digits after the point, sorted by code.
  package static let exponents: [(code: StaticString, exponent: UInt8)] = [
    ("AED", 2), ("AFN", 2), ("ALL", 2), ("AMD", 2), ("AOA", 2), ("ARS", 2), ("AUD", 2), ("AWG", 2),
    ("AZN", 2), ("BAM", 2), ("BBD", 2), ("BDT", 2), ("BHD", 3), ("BIF", 0), ("BMD", 2), ("BND", 2),
    ("BOB", 2), ("BOV", 2), ("BRL", 2), ("BSD", 2), ("BTN", 2), ("BWP", 2), ("BYN", 2), ("BZD", 2),
    ("CAD", 2), ("CDF", 2), ("CHE", 2), ("CHF", 2), ("CHW", 2), ("CLF", 4), ("CLP", 0), ("CNY", 2),
    ("COP", 2), ("COU", 2), ("CRC", 2), ("CUP", 2), ("CVE", 2), ("CZK", 2), ("DJF", 0), ("DKK", 2),
    ("DOP", 2), ("DZD", 2), ("EGP", 2), ("ERN", 2), ("ETB", 2), ("EUR", 2), ("FJD", 2), ("FKP", 2),
    ("GBP", 2), ("GEL", 2), ("GHS", 2), ("GIP", 2), ("GMD", 2), ("GNF", 0), ("GTQ", 2), ("GYD", 2),
    ("HKD", 2), ("HNL", 2), ("HTG", 2), ("HUF", 2), ("IDR", 2), ("ILS", 2), ("INR", 2), ("IQD", 3),
    ("IRR", 2), ("ISK", 0), ("JMD", 2), ("JOD", 3), ("JPY", 0), ("KES", 2), ("KGS", 2), ("KHR", 2),
    ("KMF", 0), ("KPW", 2), ("KRW", 0), ("KWD", 3), ("KYD", 2), ("KZT", 2), ("LAK", 2), ("LBP", 2),
    ("LKR", 2), ("LRD", 2), ("LSL", 2), ("LYD", 3), ("MAD", 2), ("MDL", 2), ("MGA", 2), ("MKD", 2),
    ("MMK", 2), ("MNT", 2), ("MOP", 2), ("MRU", 2), ("MUR", 2), ("MVR", 2), ("MWK", 2), ("MXN", 2),
    ("MXV", 2), ("MYR", 2), ("MZN", 2), ("NAD", 2), ("NGN", 2), ("NIO", 2), ("NOK", 2), ("NPR", 2),
    ("NZD", 2), ("OMR", 3), ("PAB", 2), ("PEN", 2), ("PGK", 2), ("PHP", 2), ("PKR", 2), ("PLN", 2),
    ("PYG", 0), ("QAR", 2), ("RON", 2), ("RSD", 2), ("RUB", 2), ("RWF", 0), ("SAR", 2), ("SBD", 2),
    ("SCR", 2), ("SDG", 2), ("SEK", 2), ("SGD", 2), ("SHP", 2), ("SLE", 2), ("SOS", 2), ("SRD", 2),
    ("SSP", 2), ("STN", 2), ("SVC", 2), ("SYP", 2), ("SZL", 2), ("THB", 2), ("TJS", 2), ("TMT", 2),
    ("TND", 3), ("TOP", 2), ("TRY", 2), ("TTD", 2), ("TWD", 2), ("TZS", 2), ("UAH", 2), ("UGX", 0),
    ("USD", 2), ("USN", 2), ("UYI", 0), ("UYU", 2), ("UYW", 4), ("UZS", 2), ("VED", 2), ("VES", 2),
    ("VND", 0), ("VUV", 0), ("WST", 2), ("XAD", 2), ("XAF", 0), ("XCD", 2), ("XCG", 2), ("XOF", 0),
    ("XPF", 0), ("YER", 2), ("ZAR", 2), ("ZMW", 2), ("ZWG", 2),
  ]

  /// The three letters as one number, big-endian, beside `exponents`.
  private static let packed: [UInt32] = [
    4277572, 4277838, 4279372, 4279620, 4280129, 4280915, 4281668, 4282183, 4282958, 4342093,
    4342340, 4342868, 4343876, 4344134, 4345156, 4345412, 4345666, 4345686, 4346444, 4346692,
    4346958, 4347728, 4348238, 4348484, 4407620, 4408390, 4409413, 4409414, 4409431, 4410438,
    4410448, 4410969, 4411216, 4411221, 4411971, 4412752, 4412997, 4414027, 4475462, 4475723,
    4476752, 4479556, 4540240, 4543054, 4543554, 4543826, 4606532, 4606800, 4670032, 4670796,
    4671571, 4671824, 4672836, 4673094, 4674641, 4675908, 4737860, 4738636, 4740167, 4740422,
    4801618, 4803667, 4804178, 4804932, 4805202, 4805451, 4869444, 4869956, 4870233, 4932947,
    4933459, 4933714, 4934982, 4935767, 4936279, 4937540, 4938052, 4938324, 4997451, 4997712,
    5000018, 5001796, 5002060, 5003588, 5062980, 5063756, 5064513, 5065540, 5066059, 5066324,
    5066576, 5067349, 5068114, 5068370, 5068619, 5068878, 5068886, 5069138, 5069390, 5128516,
    5130062, 5130575, 5132107, 5132370, 5134916, 5197138, 5259586, 5260622, 5261131, 5261392,
    5262162, 5262414, 5265735, 5325138, 5394254, 5395268, 5395778, 5396294, 5456210, 5456452,
    5456722, 5456967, 5457227, 5457732, 5458000, 5459013, 5459795, 5460548, 5460816, 5461070,
    5461571, 5462352, 5462604, 5523522, 5524051, 5524820, 5525060, 5525328, 5526105, 5526596,
    5527364, 5528147, 5587272, 5588824, 5591876, 5591886, 5593417, 5593429, 5593431, 5593683,
    5653828, 5653843, 5656132, 5657942, 5722964, 5783876, 5783878, 5784388, 5784391, 5787462,
    5787718, 5850450, 5914962, 5918039, 5920583,
  ]

  /// Digits after the point of a currency, or nil if the code is not in the table.
  package static func exponent(of code: String) -> UInt8? {
    guard code.utf8.count == 3 else { return nil }
    var wanted: UInt32 = 0
    for byte in code.utf8 { wanted = wanted << 8 | UInt32(byte) }
    var low = 0
    var high = packed.count
    while low < high {
      let middle = (low + high) / 2
      if packed[middle] < wanted { low = middle + 1 } else { high = middle }
    }
    guard low < packed.count, packed[low] == wanted else { return nil }
    return exponents[low].exponent
  }
}
