/* lectern watch: takes changes in as they are made. */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#include "cli/session.h"

static const option OPTIONS[] = {
    {0, "delay", "MILLISECONDS", "wait until nothing changed for so long, at most ten times (500)"},
    {0, "every", "SECONDS", "look so often at folders whose changes the system does not tell (60)"},
    {0, NULL, NULL, NULL},
};

enum { DELAY = 500, DELAYS_MOST = 10, EVERY = 60, HOUR = 3600 };

static volatile sig_atomic_t stopped;

static void stop(int number)
{
    (void)number;
    stopped = 1;
}

/* What another machine changes on a network's file system is not told here; who is behind FUSE,
 * nobody knows. Numbers from linux/magic.h and the file systems' own headers. */
static bool is_remote(const char *path)
{
    static const unsigned long remote[] = {0x6969 /* nfs */,      0x517B /* smb */,
                                           0xFE534D42 /* smb2 */, 0xFF534D42 /* cifs */,
                                           0x01021997 /* 9p */,   0x00C36400 /* ceph */,
                                           0x5346414F /* afs */,  0x6B414653 /* kafs */,
                                           0x65735546 /* fuse */, 0x73757245 /* coda */};
    struct statfs system;
    if (statfs(path, &system) != 0)
        return false;
    for (size_t i = 0; i < sizeof remote / sizeof *remote; i++)
        if (((unsigned long)system.f_type & 0xFFFFFFFF) == remote[i])
            return true;
    return false;
}

/* nftw() has no argument for its visitor. */
static int watched_by;
static int add_failure;
static bool untold; /* there are folders whose changes are not told */

static int add_folder(const char *path, const struct stat *status, int kind, struct FTW *where)
{
    (void)status;
    if (kind != FTW_D)
        return FTW_CONTINUE;
    if (where->level > 0 && path[where->base] == '.')
        return FTW_SKIP_SUBTREE;
    int added = inotify_add_watch(watched_by, path,
                                  IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM |
                                      IN_MOVED_TO | IN_ATTRIB | IN_ONLYDIR);
    if (added < 0 && errno == ENOSPC)
        add_failure = errno;
    else if (added < 0)
        untold |= errno != ENOENT && errno != ENOTDIR && errno != EACCES;
    else
        untold |= is_remote(path);
    return add_failure ? FTW_STOP : FTW_CONTINUE;
}

/* Every folder of the roots; one that is watched already stays so. */
static lc_status watch_folders(int notifier, const roots *list, lc_error *error)
{
    enum { OPEN_FOLDERS = 32 };
    watched_by = notifier;
    add_failure = 0;
    for (size_t i = 0; i < list->count && !add_failure; i++)
        nftw(list->items[i], add_folder, OPEN_FOLDERS, FTW_PHYS | FTW_ACTIONRETVAL);
    if (add_failure)
        return lc_fail(error, LC_IO,
                       "there are more folders than the system lets one watch; raise "
                       "fs.inotify.max_user_watches");
    return LC_OK;
}

typedef struct {
    int delay, every; /* milliseconds */
} watch_times;

static void drain(int notifier)
{
    char events[16384];
    while (read(notifier, events, sizeof events) > 0)
        ;
}

/* Waits for a change, or until it is time to look, then until there is none for the delay (an
 * editor writes several times). */
static void wait_for_change(int notifier, const watch_times *times)
{
    struct pollfd waited = {.fd = notifier, .events = POLLIN};
    if (poll(&waited, 1, untold ? times->every : -1) <= 0)
        return;
    for (int i = 0; i < DELAYS_MOST && !stopped; i++) {
        drain(notifier);
        if (poll(&waited, 1, times->delay) <= 0)
            break;
    }
}

static bool changed_any(const refresh_report *report)
{
    return report->notes.added || report->notes.changed || report->notes.removed;
}

/* The roots too are read anew: another process may have added one. */
static lc_status refresh(const command_context *context, roots *list, lc_error *error)
{
    enum { LOCK_SECONDS = 60 };
    refresh_report report = {0};
    const refresh_options how = {.lock_seconds = LOCK_SECONDS};
    roots_free(list);
    lc_status status = session_refresh(context, ROOTS_STAY, &how, NULL, list, &report, error);
    if (status == LC_OK && changed_any(&report)) {
        session_print_tally("talks", &report.talks);
        session_print_tally("notes", &report.notes);
        fflush(stdout);
    }
    return status;
}

/* A refresh that fails now may work the next time; only the first one ends the watch. */
static int watch(const command_context *context, int notifier, roots *list,
                 const watch_times *times)
{
    lc_error error;
    lc_status status = watch_folders(notifier, list, &error);
    if (status == LC_OK)
        status = refresh(context, list, &error);
    if (status != LC_OK)
        return command_fail(&error);
    command_say("watching %zu folder%s; changes are taken in %d ms after the last one", list->count,
                list->count == 1 ? "" : "s", times->delay);
    if (untold)
        command_say("changes that another machine makes are not told here: looking every %d s",
                    times->every / 1000);
    while (!stopped) {
        wait_for_change(notifier, times);
        if (stopped)
            break;
        if (watch_folders(notifier, list, &error) != LC_OK)
            command_fail(&error);
        if (refresh(context, list, &error) != LC_OK)
            command_fail(&error);
    }
    return 0;
}

static long least(long a, long b)
{
    return a < b ? a : b;
}

static int watch_command(command_context *context)
{
    lc_error error;
    roots list = {0};
    long delay, every;
    struct sigaction stopping = {.sa_handler = stop};
    lc_status status = options_number(context->options, "delay", 1, DELAY, &delay, &error);
    if (status == LC_OK)
        status = options_number(context->options, "every", 1, EVERY, &every, &error);
    if (status == LC_OK)
        status = roots_load(&context->at, &list, &error);
    if (status == LC_OK && !list.count)
        status = lc_fail(&error, LC_NO_INDEX,
                         "there is nothing to watch yet; add a folder with: lectern index FOLDER");
    int notifier = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (status == LC_OK && notifier < 0)
        status = lc_fail_errno(&error, errno, "can't watch folders");
    sigaction(SIGINT, &stopping, NULL);
    sigaction(SIGTERM, &stopping, NULL);
    int exit_status;
    if (status == LC_OK) {
        watch_times times = {(int)least(delay, HOUR * 1000), (int)least(every, HOUR) * 1000};
        exit_status = watch(context, notifier, &list, &times);
    } else {
        exit_status = command_fail(&error);
    }
    if (notifier >= 0)
        close(notifier);
    roots_free(&list);
    return exit_status;
}

const command COMMAND_WATCH = {
    "watch",
    "",
    "Keep the index fresh: take changes in as they are made, until interrupted.",
    OPTIONS,
    false,
    watch_command,
    "Searches look for changes themselves; this saves them the look, and the wait after large "
    "changes.",
    NULL};
