#ifndef TILL_CSQLITE_SHIM_H
#define TILL_CSQLITE_SHIM_H

#include <sqlite3.h>

// Swift can neither call variadic C functions nor read macros with casts; these say the same thing
// in a form it can.

// sqlite3_db_config for the options that take one int. `value` < 0 only reads.
static inline int csqlite_option(sqlite3 *db, int option, int value, int *current) {
  return sqlite3_db_config(db, option, value, current);
}

// Only before the library is used for the first time; SQLITE_MISUSE afterwards.
static inline int csqlite_count_memory(int is_on) {
  return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, is_on);
}

// The library copies the bytes before it returns.
static inline int csqlite_bind_text_copied(
    sqlite3_stmt *statement, int index, const char *bytes, sqlite3_uint64 size) {
  return sqlite3_bind_text64(statement, index, bytes, size, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int csqlite_bind_blob_copied(
    sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 size) {
  return sqlite3_bind_blob64(statement, index, bytes, size, SQLITE_TRANSIENT);
}

// The caller keeps the bytes where they are, unchanged, until the parameter is bound again or the
// statement is finalized.
static inline int csqlite_bind_text_kept(
    sqlite3_stmt *statement, int index, const char *bytes, sqlite3_uint64 size) {
  return sqlite3_bind_text64(statement, index, bytes, size, SQLITE_STATIC, SQLITE_UTF8);
}

static inline int csqlite_bind_blob_kept(
    sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 size) {
  return sqlite3_bind_blob64(statement, index, bytes, size, SQLITE_STATIC);
}

#endif
