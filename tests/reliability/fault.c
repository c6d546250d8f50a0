/*
 * fault.c - an LD_PRELOAD library that makes the system fail, for the tests of tests/reliability.
 *
 *   FAULT=CALLS:WHEN:ACTION[:PATH]
 *     CALLS   write, sync, open, create, read, stat, rename, remove, make, list, malloc, lock,
 *             notify (the first inotify call), watch (adding a folder); or
 *             writing: every call that changes a file
 *     WHEN    N: the N-th such call from main on; N+: that one and all that follow
 *     ACTION  count       do nothing
 *             kill        SIGKILL before the call;  after: behind it
 *             half        writes half, then SIGKILL
 *             short       reads or writes one byte only
 *             append, truncate, remove    does that to the file (of a read), then reads
 *             a number    the call fails with that errno
 *     PATH    only calls on files whose path contains it
 *   FAULT_COUNT=FILE   where the number of such calls is written when the process ends by itself
 *   FAULT_CLOCK=SECONDS   added to the time of day
 *   FAULT_ORDER=1         folders are read backwards
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* The next definition of the function that we are in the place of. ISO C has no conversion from
 * object to function pointer; POSIX wants it to work by copying. */
#define REAL(name)                                                                                 \
    static __typeof__(name) *real;                                                                 \
    if (!real) {                                                                                   \
        void *found = dlsym(RTLD_NEXT, #name);                                                     \
        memcpy(&real, &found, sizeof real);                                                        \
    }

static struct {
    bool ready;
    char calls[16], action[16], path[128];
    long when;
    bool from_then_on;
    int error;
} fault;
static long seen;
static bool busy;  /* in our own code: its calls are not the program's */
static bool begun; /* main: before it libraries set themselves up, and nobody could say anything */

/* Plain code only: the first call comes before anything is set up. */
static const char *field(const char *from, char *to, size_t size)
{
    size_t n = 0;
    while (*from && *from != ':') {
        if (n + 1 < size)
            to[n++] = *from;
        from++;
    }
    to[n] = '\0';
    return *from ? from + 1 : from;
}

static void read_fault(void)
{
    char when[24] = "";
    const char *text = getenv("FAULT");
    fault.ready = true;
    if (!text)
        return;
    text = field(text, fault.calls, sizeof fault.calls);
    text = field(text, when, sizeof when);
    text = field(text, fault.action, sizeof fault.action);
    field(text, fault.path, sizeof fault.path);
    fault.when = strtol(when, NULL, 10);
    fault.from_then_on = strchr(when, '+') != NULL;
    fault.error = (int)strtol(fault.action, NULL, 10);
}

static bool is_writing(const char *call)
{
    static const char *const names[] = {"write", "sync", "create", "rename", "remove", "make"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(call, names[i]) == 0)
            return true;
    return false;
}

static bool is_watched(const char *call, const char *path)
{
    if (busy || !begun)
        return false;
    if (!fault.ready)
        read_fault();
    bool named =
        strcmp(fault.calls, call) == 0 || (strcmp(fault.calls, "writing") == 0 && is_writing(call));
    return named && (!fault.path[0] || (path && strstr(path, fault.path)));
}

static void die(void)
{
    kill(getpid(), SIGKILL);
    for (;;)
        pause();
}

static bool does(const char *action)
{
    return strcmp(fault.action, action) == 0;
}

/* Whether the fault strikes at this call. */
static bool strikes(const char *call, const char *path)
{
    if (!is_watched(call, path))
        return false;
    long n = __atomic_add_fetch(&seen, 1, __ATOMIC_SEQ_CST);
    if (!(fault.from_then_on ? n >= fault.when : n == fault.when) || does("count"))
        return false;
    if (does("kill"))
        die();
    return true;
}

/* Strikes, and the call fails; errno is set. */
static bool fails(bool struck)
{
    if (struck && fault.error)
        errno = fault.error;
    return struck && fault.error;
}

static void finish(bool struck)
{
    if (struck && does("after"))
        die();
}

static const char *path_of(int descriptor, char *path, size_t size)
{
    char link[40];
    busy = true;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, size - 1);
    busy = false;
    path[length > 0 ? length : 0] = '\0';
    return path;
}

__attribute__((destructor)) static void write_count(void)
{
    const char *name = getenv("FAULT_COUNT");
    if (!name)
        return;
    busy = true;
    int file = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dprintf(file, "%ld\n", seen);
    close(file);
}

/* ---- the beginning ---- */

typedef int main_function(int, char **, char **);
static main_function *program_main;

static int begin(int count, char **arguments, char **environment)
{
    begun = true;
    return program_main(count, arguments, environment);
}

int __libc_start_main(main_function *main, int count, char **arguments, void (*before)(void),
                      void (*after)(void), void (*at_exit)(void), void *stack_end);

/* The program's first step, before its main. */
int __libc_start_main(main_function *main, int count, char **arguments, void (*before)(void),
                      void (*after)(void), void (*at_exit)(void), void *stack_end)
{
    REAL(__libc_start_main);
    program_main = main;
    return real(begin, count, arguments, before, after, at_exit, stack_end);
}

/* ---- writing ---- */

ssize_t write(int descriptor, const void *from, size_t size)
{
    char path[4096];
    REAL(write);
    bool struck = descriptor > 2 && strikes("write", path_of(descriptor, path, sizeof path));
    if (fails(struck))
        return -1;
    if (struck && does("half")) {
        ssize_t ignored = real(descriptor, from, size / 2);
        (void)ignored;
        die();
    }
    ssize_t put = real(descriptor, from, struck && does("short") && size ? 1 : size);
    finish(struck);
    return put;
}

static ssize_t write_at(int descriptor, const void *from, size_t size, off64_t where)
{
    char path[4096];
    REAL(pwrite64);
    bool struck = strikes("write", path_of(descriptor, path, sizeof path));
    if (fails(struck))
        return -1;
    if (struck && does("half")) {
        ssize_t ignored = real(descriptor, from, size / 2, where);
        (void)ignored;
        die();
    }
    ssize_t put = real(descriptor, from, struck && does("short") && size ? 1 : size, where);
    finish(struck);
    return put;
}

ssize_t pwrite(int descriptor, const void *from, size_t size, off_t where)
{
    return write_at(descriptor, from, size, where);
}

ssize_t pwrite64(int descriptor, const void *from, size_t size, off64_t where)
{
    return write_at(descriptor, from, size, where);
}

#define ON_DESCRIPTOR(call, name)                                                                  \
    int name(int descriptor)                                                                       \
    {                                                                                              \
        char path[4096];                                                                           \
        REAL(name);                                                                                \
        bool struck = strikes(call, path_of(descriptor, path, sizeof path));                       \
        if (fails(struck))                                                                         \
            return -1;                                                                             \
        int result = real(descriptor);                                                             \
        finish(struck);                                                                            \
        return result;                                                                             \
    }
ON_DESCRIPTOR("sync", fsync)
ON_DESCRIPTOR("sync", fdatasync)

#define ON_PATH(call, name)                                                                        \
    int name(const char *path)                                                                     \
    {                                                                                              \
        REAL(name);                                                                                \
        bool struck = strikes(call, path);                                                         \
        if (fails(struck))                                                                         \
            return -1;                                                                             \
        int result = real(path);                                                                   \
        finish(struck);                                                                            \
        return result;                                                                             \
    }
ON_PATH("remove", unlink)
ON_PATH("remove", rmdir)
ON_PATH("remove", remove)

int mkdir(const char *path, mode_t mode)
{
    REAL(mkdir);
    bool struck = strikes("make", path);
    if (fails(struck))
        return -1;
    int result = real(path, mode);
    finish(struck);
    return result;
}

int rename(const char *from, const char *to)
{
    REAL(rename);
    bool struck = strikes("rename", to);
    if (fails(struck))
        return -1;
    int result = real(from, to);
    finish(struck);
    return result;
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
    REAL(renameat2);
    bool struck = strikes("rename", to);
    if (fails(struck))
        return -1;
    int result = real(from_folder, from, to_folder, to, flags);
    finish(struck);
    return result;
}

/* ---- opening and reading ---- */

static int open_file(int folder, const char *path, int flags, mode_t mode)
{
    REAL(openat64);
    bool struck = strikes(flags & O_CREAT ? "create" : "open", path);
    if (fails(struck))
        return -1;
    int result = real(folder, path, flags, mode);
    finish(struck);
    return result;
}

#define OPEN(name, folder, ...)                                                                    \
    int name(__VA_ARGS__ const char *path, int flags, ...)                                         \
    {                                                                                              \
        va_list rest;                                                                              \
        va_start(rest, flags);                                                                     \
        mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;                                  \
        va_end(rest);                                                                              \
        return open_file(folder, path, flags, mode);                                               \
    }
#define AND ,
OPEN(open, AT_FDCWD, )
OPEN(open64, AT_FDCWD, )
OPEN(openat, folder, int folder AND)
OPEN(openat64, folder, int folder AND)

int mkostemp(char *pattern, int flags)
{
    REAL(mkostemp);
    bool struck = strikes("create", pattern);
    if (fails(struck))
        return -1;
    int result = real(pattern, flags);
    finish(struck);
    return result;
}

int mkostemp64(char *pattern, int flags)
{
    return mkostemp(pattern, flags);
}

DIR *opendir(const char *path)
{
    REAL(opendir);
    return fails(strikes("list", path)) ? NULL : real(path);
}

DIR *fdopendir(int descriptor)
{
    char path[4096];
    REAL(fdopendir);
    return fails(strikes("list", path_of(descriptor, path, sizeof path))) ? NULL : real(descriptor);
}

/* A folder that is read backwards: its entries are collected at the first call. One thread reads
 * one folder after the other, or a few inside of each other. */
enum { ENTRIES_MOST = 4096, FOLDERS_MOST = 64 };
static struct {
    DIR *of;
    struct dirent *entries;
    size_t left;
} backwards[FOLDERS_MOST];

static struct dirent *last_entry(size_t place)
{
    if (backwards[place].left)
        return &backwards[place].entries[--backwards[place].left];
    free(backwards[place].entries);
    backwards[place].of = NULL;
    return NULL;
}

struct dirent *readdir(DIR *folder)
{
    size_t place = 0, free_place = FOLDERS_MOST;
    REAL(readdir);
    if (!getenv("FAULT_ORDER"))
        return real(folder);
    for (; place < FOLDERS_MOST && backwards[place].of != folder; place++)
        if (!backwards[place].of)
            free_place = place;
    if (place < FOLDERS_MOST)
        return last_entry(place);
    if (free_place == FOLDERS_MOST)
        return real(folder);
    backwards[free_place].of = folder;
    backwards[free_place].entries = calloc(ENTRIES_MOST, sizeof(struct dirent));
    struct dirent *next;
    while (backwards[free_place].left < ENTRIES_MOST && (next = real(folder)))
        memcpy(&backwards[free_place].entries[backwards[free_place].left++], next, next->d_reclen);
    return last_entry(free_place);
}

struct dirent64 *readdir64(DIR *folder)
{
    return (struct dirent64 *)(void *)readdir(folder);
}

/* What happens to a note while it is read. */
static void meddle(const char *path)
{
    busy = true;
    if (does("append")) {
        int file = open(path, O_WRONLY | O_APPEND);
        dprintf(file, "\n\n## A talk written meanwhile\n\nSpeaker: Mara Meanwhile\n\nMeanwhile.\n");
        close(file);
    } else if (does("truncate")) {
        int ignored = truncate(path, 10);
        (void)ignored;
    } else if (does("remove")) {
        unlink(path);
    }
    busy = false;
}

ssize_t read(int descriptor, void *to, size_t size)
{
    char path[4096];
    REAL(read);
    bool struck = strikes("read", path_of(descriptor, path, sizeof path));
    if (fails(struck))
        return -1;
    if (struck)
        meddle(path);
    return real(descriptor, to, struck && does("short") && size ? 1 : size);
}

static ssize_t read_at(int descriptor, void *to, size_t size, off64_t where)
{
    char path[4096];
    REAL(pread64);
    bool struck = strikes("read", path_of(descriptor, path, sizeof path));
    if (fails(struck))
        return -1;
    return real(descriptor, to, struck && does("short") && size ? 1 : size, where);
}

ssize_t pread(int descriptor, void *to, size_t size, off_t where)
{
    return read_at(descriptor, to, size, where);
}

ssize_t pread64(int descriptor, void *to, size_t size, off64_t where)
{
    return read_at(descriptor, to, size, where);
}

int fstatat(int folder, const char *path, struct stat *to, int flags)
{
    REAL(fstatat);
    return fails(strikes("stat", path)) ? -1 : real(folder, path, to, flags);
}

int stat(const char *path, struct stat *to)
{
    REAL(stat);
    return fails(strikes("stat", path)) ? -1 : real(path, to);
}

/* ---- what not every file system has ---- */

int flock(int descriptor, int operation)
{
    REAL(flock);
    return fails(strikes("lock", NULL)) ? -1 : real(descriptor, operation);
}

int inotify_init1(int flags)
{
    REAL(inotify_init1);
    return fails(strikes("notify", NULL)) ? -1 : real(flags);
}

int inotify_add_watch(int descriptor, const char *path, uint32_t mask)
{
    REAL(inotify_add_watch);
    return fails(strikes("watch", path)) ? -1 : real(descriptor, path, mask);
}

/* ---- memory and time ---- */

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);

void *malloc(size_t size)
{
    return fails(strikes("malloc", NULL)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails(strikes("malloc", NULL)) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    return fails(strikes("malloc", NULL)) ? NULL : __libc_realloc(memory, size);
}

int clock_gettime(clockid_t which, struct timespec *to)
{
    const char *moved = getenv("FAULT_CLOCK");
    int result = (int)syscall(SYS_clock_gettime, which, to);
    if (moved && which == CLOCK_REALTIME)
        to->tv_sec += strtol(moved, NULL, 10);
    return result;
}
