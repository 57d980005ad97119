import Foundation
import FoundationNetworking

enum SessionSettings {
  /// A session for one exchange, which remembers nothing.
  static func make() -> URLSessionConfiguration {
    let settings = URLSessionConfiguration.ephemeral
    settings.httpCookieStorage = nil
    settings.httpCookieAcceptPolicy = .never
    settings.httpShouldSetCookies = false
    settings.urlCache = nil
    settings.urlCredentialStorage = nil
    settings.requestCachePolicy = .reloadIgnoringLocalCacheData
    settings.connectionProxyDictionary = [:]
    return settings
  }
}

enum ProxyEnvironment {
  /// libcurl's own names. An empty `connectionProxyDictionary` does not make it ignore them.
  static let names = [
    "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
    "no_proxy", "NO_PROXY",
  ]

  static func clear() {
    for name in names { unsetenv(name) }
  }
}
