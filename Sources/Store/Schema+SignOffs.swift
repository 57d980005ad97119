extension Schema {
  /// What each run found, also what an earlier one had opened, and who stands for it. Of runs made
  /// before this step only what they opened is known.
  static let signOffs = """
    CREATE TABLE run_findings(
      run TEXT NOT NULL,
      discrepancy TEXT NOT NULL,
      PRIMARY KEY(run, discrepancy)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX run_findings_of ON run_findings(discrepancy);
    INSERT INTO run_findings(run, discrepancy) SELECT run, id FROM discrepancies;

    CREATE TABLE sign_offs(
      run TEXT PRIMARY KEY,
      state TEXT NOT NULL,
      digest TEXT,
      left_open TEXT,
      first_by TEXT,
      first_at INTEGER,
      second_by TEXT,
      second_at INTEGER,
      reopened_at INTEGER,
      reopened_by TEXT
    ) STRICT, WITHOUT ROWID;
    """
}
