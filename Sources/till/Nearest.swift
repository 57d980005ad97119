import Wire

/// "Did you mean": the nearest of some names, else one that begins so; nil when none is near.
func nearest(to name: String, among candidates: [String]) -> String? {
  if let near = Suggestion.names(near: name, among: candidates).first { return near }
  let beginningByteCountMin = 3
  guard name.utf8.count >= beginningByteCountMin else { return nil }
  return candidates.first { $0.utf8.starts(with: name.utf8) }
}
