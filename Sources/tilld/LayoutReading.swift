import Reconciliation
import Wire

/// Layouts that the configuration saves under their names.
enum LayoutReading {
  static func layout(_ item: ConfigurationObject) throws(ConfigurationError) -> DeclaredLayout {
    do throws(LayoutFaults) {
      return try DeclaredLayout.read(item.json)
    } catch {
      let fault = error.list[0]
      var place = item.place
      for step in fault.path {
        switch step {
        case .member(let name): place = place.member(name)
        case .item(let index): place = place.item(index)
        }
      }
      let near = Suggestion.names(near: fault.given, among: fault.known)
      throw ConfigurationError(
        place, fault.text, hint: near.isEmpty ? fault.hint : "Did you mean \(near[0])?")
    }
  }
}
