#include "index/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"

static lc_status lock_open(const char *path, int *descriptor_out, lc_error *error)
{
    char *folder = xstrdup(path_folder(span_of(path)));
    lc_status status = folder_make(folder, error);
    free(folder);
    if (status != LC_OK)
        return status;
    int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return lc_fail_errno(error, errno, "%s: can't be opened", path);
    *descriptor_out = descriptor;
    return LC_OK;
}

static lc_status say_holder(int descriptor, const char *index_path, lc_error *error)
{
    char holder[32] = "";
    ssize_t got = pread(descriptor, holder, sizeof holder - 1, 0);
    long process = got > 0 ? strtol(holder, NULL, 10) : 0;
    return lc_fail(error, LC_LOCKED,
                   "%s: process %ld is writing this index; try again when it is done", index_path,
                   process);
}

/* 0, or why not: EWOULDBLOCK when somebody else holds it all the time. */
static int lock_within(int descriptor, int seconds)
{
    const struct timespec pause = {0, 20 * 1000 * 1000};
    for (long tries = seconds * 50L;; tries--) {
        if (flock(descriptor, LOCK_EX | LOCK_NB) == 0)
            return 0;
        if (errno != EINTR && (errno != EWOULDBLOCK || tries <= 0))
            return errno;
        nanosleep(&pause, NULL);
    }
}

lc_status index_lock(const char *index_path, int seconds, int *lock_out, lc_error *error)
{
    buffer path = {0};
    int descriptor = -1;
    buffer_printf(&path, "%s.lock", index_path);
    lc_status status = lock_open(path.at, &descriptor, error);
    int why = status == LC_OK ? lock_within(descriptor, seconds) : 0;
    if (why == EWOULDBLOCK)
        status = say_holder(descriptor, index_path, error);
    else if (why) /* a file system without locks */
        status = lc_fail_errno(error, why, "%s: can't be locked; name another place with --index",
                               path.at);
    if (why)
        close(descriptor);
    if (status == LC_OK) {
        char holder[32];
        int length = snprintf(holder, sizeof holder, "%ld\n", (long)getpid());
        if (ftruncate(descriptor, 0) != 0 ||
            pwrite(descriptor, holder, (size_t)length, 0) != length) {
            /* the name is a courtesy: the lock holds without it */
        }
        *lock_out = descriptor;
    }
    buffer_free(&path);
    if (status == LC_NOT_FOUND && error) /* the place of the index, not what was asked for */
        error->status = LC_IO;
    return status == LC_NOT_FOUND ? LC_IO : status;
}

void index_unlock(int lock)
{
    close(lock);
}
