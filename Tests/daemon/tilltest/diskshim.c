/* Preloaded into the daemon by the tests: counts, records and breaks what it does to its files.

   DISKSHIM_ROOT     only files below this folder are looked at; sockets always are
   DISKSHIM_JOURNAL  a file that gets a record of every step, so that a power cut can be played
   DISKSHIM_HOLD     a file; see hold
   DISKSHIM_PLAN     steps to break: LETTERS:NUMBER:ACTION[+], several with commas between.
                     LETTERS are kinds of step (below) or *; NUMBER counts such steps from 1;
                     + breaks all later ones too. ACTION is kill-before, kill-after, torn (half of
                     a write, then kill), short (half of a write), lie (a sync that is said to be
                     done and is not), hold (wait for as long as the file is there) or an error: EIO,
                     ENOSPC, EMFILE.

   Kinds: w write to a file, s fsync or fdatasync, t ftruncate, c a file made, u unlink, r rename,
   m bytes sent on a socket. In the journal also n (a file and its number), d (a sync is done)
   and f (a step was broken). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { NUMBERS = 65536, PLANS = 8, FILES = 4096, PATH = 512 };
enum kind { NOTHING, FILE_OF_OURS, FOLDER_OF_OURS, SOCKET };
enum action { PASS, KILL_BEFORE, KILL_AFTER, TORN, SHORT, LIE, HOLD, FAIL };

/* As journal.py reads it; little-endian, no gaps. */
struct record {
  uint32_t mark;
  uint32_t kind;
  uint32_t file;
  uint32_t size;
  uint64_t offset;
};
enum { MARK = 0x4C4C4954 };

static struct {
  char letters[16];
  long number, seen;
  enum action action;
  int error, lasting;
} plans[PLANS];

static struct { unsigned char kind; uint32_t file; } numbers[NUMBERS];
static struct { char path[PATH]; int used; } files[FILES];
static int file_count, plan_count, journal = -1;
static char root[PATH];
static size_t root_size;
static const char *hold_path;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name, ...)                                     \
  static __typeof__(name) *real;                            \
  if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

static enum action action_of(const char *word, int *error) {
  *error = 0;
  if (!strncmp(word, "kill-before", 11)) return KILL_BEFORE;
  if (!strncmp(word, "kill-after", 10)) return KILL_AFTER;
  if (!strncmp(word, "torn", 4)) return TORN;
  if (!strncmp(word, "short", 5)) return SHORT;
  if (!strncmp(word, "lie", 3)) return LIE;
  if (!strncmp(word, "hold", 4)) return HOLD;
  *error = !strncmp(word, "ENOSPC", 6) ? ENOSPC : !strncmp(word, "EMFILE", 6) ? EMFILE : EIO;
  return FAIL;
}

__attribute__((constructor)) static void begin(void) {
  const char *folder = getenv("DISKSHIM_ROOT"), *path = getenv("DISKSHIM_JOURNAL");
  const char *plan = getenv("DISKSHIM_PLAN");
  if (!folder) return;
  hold_path = getenv("DISKSHIM_HOLD");
  snprintf(root, sizeof root, "%s", folder);
  root_size = strlen(root);
  if (path) {
    int low = (int)openat(AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    journal = fcntl(low, F_DUPFD_CLOEXEC, 240);
    close(low);
  }
  while (plan && *plan && plan_count < PLANS) {
    char word[32] = "";
    if (sscanf(plan, "%15[^:]:%ld:%31[^,]", plans[plan_count].letters, &plans[plan_count].number,
               word) != 3)
      break;
    plans[plan_count].action = action_of(word, &plans[plan_count].error);
    plans[plan_count].lasting = strchr(word, '+') != NULL;
    plan_count++;
    plan = strchr(plan, ',');
    if (plan) plan++;
  }
}

static void note(char kind, uint32_t file, uint64_t offset, const void *data, size_t size) {
  struct record head = {MARK, (uint32_t)kind, file, (uint32_t)size, offset};
  struct iovec parts[2] = {{&head, sizeof head}, {(void *)data, size}};
  if (journal >= 0 && writev(journal, parts, 2) < 0) abort();
}

/* What shall happen to this step; it is recorded as begun. */
static enum action step(char kind, uint32_t file, uint64_t offset, const void *data, size_t size,
                        int *error) {
  enum action found = PASS;
  int is_held = 0;
  pthread_mutex_lock(&lock);
  for (int i = 0; i < plan_count; i++) {
    if (!strchr(plans[i].letters, kind) && plans[i].letters[0] != '*') continue;
    long seen = ++plans[i].seen;
    if (seen == plans[i].number || (plans[i].lasting && seen > plans[i].number)) {
      if (plans[i].action == HOLD) {
        is_held = 1;
        continue;
      }
      found = plans[i].action;
      *error = plans[i].error;
      note('f', file, (uint64_t)found, &kind, 1);
    }
  }
  if (found != KILL_BEFORE && found != FAIL) {
    size_t kept = found == TORN || found == SHORT ? size / 2 : size;
    note(kind, file, offset, data, data ? kept : 0);
  }
  pthread_mutex_unlock(&lock);
  while (is_held && hold_path && access(hold_path, F_OK) == 0) usleep(1000);
  return found;
}

static void end_here(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

static void done(char kind, uint32_t file) {
  pthread_mutex_lock(&lock);
  note(kind, file, 0, NULL, 0);
  pthread_mutex_unlock(&lock);
}

static int ours(const char *path) {
  return root_size && path && !strncmp(path, root, root_size) &&
         (path[root_size] == '/' || path[root_size] == 0);
}

/* Under the lock. The number of a file; a new one where the path was not known. */
static uint32_t file_number(const char *path) {
  for (int i = 0; i < file_count; i++)
    if (files[i].used && !strcmp(files[i].path, path)) return (uint32_t)i;
  if (file_count == FILES) abort();
  snprintf(files[file_count].path, PATH, "%s", path);
  files[file_count].used = 1;
  note('n', (uint32_t)file_count, 0, path, strlen(path));
  return (uint32_t)file_count++;
}

static int opened(const char *path, int flags, mode_t mode,
                  int (*real)(const char *, int, ...)) {
  int error = 0, is_new = 0;
  enum action action = PASS;
  if (ours(path)) {
    struct stat found;
    is_new = (flags & O_CREAT) && stat(path, &found) != 0;
    if (is_new) {
      action = step('c', 0, 0, path, strlen(path), &error);
      if (action == KILL_BEFORE) end_here();
      if (action == FAIL) return errno = error, -1;
    }
  }
  int number = real(path, flags, mode);
  if (action != PASS) end_here();
  if (number < 0 || number >= NUMBERS || !ours(path)) return number;
  struct stat found;
  int is_folder = fstat(number, &found) == 0 && S_ISDIR(found.st_mode);
  pthread_mutex_lock(&lock);
  if (is_new)
    for (int i = 0; i < file_count; i++)
      if (!strcmp(files[i].path, path)) files[i].used = 0;
  numbers[number].file = file_number(path);
  numbers[number].kind = is_folder ? FOLDER_OF_OURS : FILE_OF_OURS;
  pthread_mutex_unlock(&lock);
  if ((flags & O_TRUNC) && !is_new) step('t', numbers[number].file, 0, NULL, 0, &error);
  return number;
}

#define OPEN(name)                                     \
  int name(const char *path, int flags, ...) {         \
    REAL(name);                                        \
    va_list rest;                                      \
    va_start(rest, flags);                             \
    mode_t mode = va_arg(rest, mode_t);                \
    va_end(rest);                                      \
    return opened(path, flags, mode, real);            \
  }
OPEN(open)
OPEN(open64)

static int kind_of(int number) {
  return number >= 0 && number < NUMBERS ? numbers[number].kind : NOTHING;
}

int close(int number) {
  REAL(close);
  if (kind_of(number)) numbers[number].kind = NOTHING;
  return real(number);
}

/* One write, to a file or a socket, by a function that does it. */
#define WRITE(letter, is_ours, offset, call)                                            \
  do {                                                                                  \
    int error = 0;                                                                      \
    if (!(is_ours)) { size_t part = size; return call; }                                \
    uint32_t file = numbers[number].file;                                               \
    enum action action = step(letter, file, (uint64_t)(offset), data, size, &error);    \
    if (action == KILL_BEFORE) end_here();                                              \
    if (action == FAIL) return errno = error, -1;                                       \
    size_t part = (action == TORN || action == SHORT) && size > 1 ? size / 2 : size;    \
    ssize_t result = call;                                                              \
    if (action == KILL_AFTER || action == TORN) end_here();                             \
    return result;                                                                      \
  } while (0)

ssize_t pwrite(int number, const void *data, size_t size, off_t offset) {
  REAL(pwrite);
  WRITE('w', kind_of(number) == FILE_OF_OURS, offset, real(number, data, part, offset));
}

ssize_t pwrite64(int number, const void *data, size_t size, off64_t offset) {
  REAL(pwrite64);
  WRITE('w', kind_of(number) == FILE_OF_OURS, offset, real(number, data, part, offset));
}

ssize_t write(int number, const void *data, size_t size) {
  REAL(write);
  WRITE('w', kind_of(number) == FILE_OF_OURS, lseek(number, 0, SEEK_CUR),
        real(number, data, part));
}

ssize_t send(int number, const void *data, size_t size, int flags) {
  REAL(send);
  WRITE('m', kind_of(number) == SOCKET, number, real(number, data, part, flags));
}

ssize_t sendto(int number, const void *data, size_t size, int flags, const struct sockaddr *to,
               socklen_t to_size) {
  REAL(sendto);
  WRITE('m', kind_of(number) == SOCKET, number,
        real(number, data, part, flags, to, to_size));
}

int socket(int domain, int type, int protocol) {
  REAL(socket);
  int number = real(domain, type, protocol);
  if (root_size && number >= 0 && number < NUMBERS) numbers[number].kind = SOCKET;
  return number;
}

int accept4(int listener, struct sockaddr *peer, socklen_t *size, int flags) {
  REAL(accept4);
  int number = real(listener, peer, size, flags);
  if (root_size && number >= 0 && number < NUMBERS) numbers[number].kind = SOCKET;
  return number;
}

/* A step without bytes. */
#define PLAIN(letter, file, offset, data, size, call)                        \
  int error = 0;                                                             \
  enum action action = step(letter, file, (uint64_t)(offset), data, size, &error); \
  if (action == KILL_BEFORE) end_here();                                     \
  if (action == FAIL) return errno = error, -1;                              \
  int result = action == LIE ? 0 : call;                                     \
  if (action != PASS && action != LIE) end_here()

static int synced(int number, int (*real)(int)) {
  int kind = kind_of(number);
  if (kind != FILE_OF_OURS && kind != FOLDER_OF_OURS) return real(number);
  uint32_t file = numbers[number].file;
  PLAIN('s', file, 0, NULL, 0, real(number));
  if (result == 0 && action != LIE) done('d', file);
  return result;
}

int fsync(int number) {
  REAL(fsync);
  return synced(number, real);
}

int fdatasync(int number) {
  REAL(fdatasync);
  return synced(number, real);
}

int ftruncate(int number, off_t size) {
  REAL(ftruncate);
  if (kind_of(number) != FILE_OF_OURS) return real(number, size);
  PLAIN('t', numbers[number].file, size, NULL, 0, real(number, size));
  return result;
}

int ftruncate64(int number, off64_t size) {
  REAL(ftruncate64);
  if (kind_of(number) != FILE_OF_OURS) return real(number, size);
  PLAIN('t', numbers[number].file, size, NULL, 0, real(number, size));
  return result;
}

static void forget(const char *path) {
  pthread_mutex_lock(&lock);
  for (int i = 0; i < file_count; i++)
    if (!strcmp(files[i].path, path)) files[i].used = 0;
  pthread_mutex_unlock(&lock);
}

int unlink(const char *path) {
  REAL(unlink);
  if (!ours(path)) return real(path);
  PLAIN('u', 0, 0, path, strlen(path), real(path));
  if (result == 0) forget(path);
  return result;
}

int rename(const char *old, const char *new) {
  REAL(rename);
  if (!ours(old) && !ours(new)) return real(old, new);
  char both[2 * PATH];
  int size = snprintf(both, sizeof both, "%s%c%s", old, 0, new);
  PLAIN('r', 0, 0, both, (size_t)size, real(old, new));
  if (result == 0) {
    forget(new);
    pthread_mutex_lock(&lock);
    for (int i = 0; i < file_count; i++)
      if (files[i].used && !strcmp(files[i].path, old)) snprintf(files[i].path, PATH, "%s", new);
    pthread_mutex_unlock(&lock);
  }
  return result;
}
