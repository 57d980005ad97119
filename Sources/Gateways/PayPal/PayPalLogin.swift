import Crypto
import Domain
import JSON

/// The token of client credentials; it lives about nine hours.
struct PayPalLogin: GatewayLogin {
  private static let earlierMilliseconds: Int64 = 300_000
  private static let secondsMax: Int64 = 86_400

  let settings: PayPalSettings

  func request(at now: Timestamp) throws(Fault) -> GatewayRequest {
    let pair = Base64.encode(Array("\(settings.clientID):\(settings.clientSecret)".utf8))
    return GatewayRequest(
      method: "POST", url: settings.baseURL + "/v1/oauth2/token",
      headers: [
        Header("Authorization", "Basic \(pair)"), Header("Accept", "application/json"),
        Header("Content-Type", "application/x-www-form-urlencoded"),
      ],
      body: Array("grant_type=client_credentials".utf8), answerBytesMax: 65_536)
  }

  func read(_ answer: GatewayAnswer, at now: Timestamp) throws(Fault) -> AccessToken {
    if answer.status == 400 || answer.status == 401 || answer.status == 403 {
      throw .answered(
        Reason(
          code: FaultCode.authentication, gatewayCode: "\(answer.status)",
          text: "PayPal does not know the client id and secret; test and live ones differ"))
    }
    try answer.requireUsable(of: "PayPal")
    let object = try answer.object(of: "PayPal")
    guard let token = object["access_token"]?.stringValue, !token.isEmpty,
      token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
      let seconds = object["expires_in"]?.integerValue, seconds > 0
    else { throw .badReply("PayPal", "it holds no token") }
    let life = min(seconds, Self.secondsMax) * 1000
    return AccessToken(
      value: token,
      renewAt: now.adding(milliseconds: max(life - Self.earlierMilliseconds, life / 2)))
  }

  func headers(for token: AccessToken) -> [Header] {
    [Header("Authorization", "Bearer \(token.value)")]
  }

  func refusesToken(_ answer: GatewayAnswer) -> Bool { answer.status == 401 }
}
