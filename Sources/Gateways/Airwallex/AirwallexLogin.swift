import Domain
import JSON

/// The token of client id and API key; it lives half an hour.
struct AirwallexLogin: GatewayLogin {
  private static let earlierMilliseconds: Int64 = 60_000
  private static let lifeMaxMilliseconds: Int64 = 30 * 60_000

  let settings: AirwallexSettings

  func request(at now: Timestamp) throws(Fault) -> GatewayRequest {
    var headers = [
      Header("x-client-id", settings.clientID), Header("x-api-key", settings.apiKey),
      Header("Accept", "application/json"), Header("Content-Type", "application/json"),
    ]
    if let account = settings.loginAs { headers.append(Header("x-login-as", account)) }
    return GatewayRequest(
      method: "POST", url: settings.baseURL + "/api/v1/authentication/login", headers: headers,
      body: Array("{}".utf8), answerBytesMax: 65_536)
  }

  func read(_ answer: GatewayAnswer, at now: Timestamp) throws(Fault) -> AccessToken {
    if answer.status == 400 || answer.status == 401 || answer.status == 403 {
      throw .answered(
        Reason(
          code: FaultCode.authentication, gatewayCode: "\(answer.status)",
          text: "Airwallex does not know the client id and API key; demo and live ones differ"))
    }
    try answer.requireUsable(of: "Airwallex")
    let object = try answer.object(of: "Airwallex")
    guard let token = object["token"]?.stringValue, !token.isEmpty,
      token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { throw .badReply("Airwallex", "it holds no token") }
    // Its clock may differ from ours: never trust a token for longer than one lives.
    let end = GatewayTime.read(object["expires_at"]?.stringValue)
      ?? now.adding(milliseconds: 600_000)
    let life = min(max(end.milliseconds(since: now), 0), Self.lifeMaxMilliseconds)
    return AccessToken(
      value: token,
      renewAt: now.adding(milliseconds: max(life - Self.earlierMilliseconds, life / 2)))
  }

  func headers(for token: AccessToken) -> [Header] {
    [Header("Authorization", "Bearer \(token.value)")]
  }

  func refusesToken(_ answer: GatewayAnswer) -> Bool { answer.status == 401 }
}
