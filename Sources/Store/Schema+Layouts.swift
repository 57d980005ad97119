extension Schema {
  /// What a file's layout was declared to be, so that it is always read the same way again.
  static let layouts = "ALTER TABLE statements ADD COLUMN declaration TEXT;"
}
