#include "glass/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"

lc_status glass_file_create(glass_file *made, const char *folder, const char *name, lc_error *error)
{
    made->path = path_join(folder, name);
    made->descriptor = open(made->path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (made->descriptor < 0)
        return lc_fail_errno(error, errno, "%s: can't be created", made->path);
    return LC_OK;
}

lc_status glass_file_temporary(glass_file *made, const char *folder, lc_error *error)
{
    made->path = path_join(folder, "run.XXXXXX");
    made->descriptor = mkostemp(made->path, O_CLOEXEC);
    if (made->descriptor < 0)
        return lc_fail_errno(error, errno, "%s: no temporary file can be created there", folder);
    unlink(made->path);
    return LC_OK;
}

lc_status glass_file_write(const glass_file *to, uint64_t at, const void *bytes, size_t length,
                           lc_error *error)
{
    const char *from = bytes;
    while (length) {
        ssize_t put = pwrite(to->descriptor, from, length, (off_t)at);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return lc_fail_errno(error, errno, "%s: can't be written", to->path);
        from += put, at += (uint64_t)put, length -= (size_t)put;
    }
    return LC_OK;
}

lc_status glass_file_read(const glass_file *from, uint64_t at, void *bytes, size_t length,
                          lc_error *error)
{
    char *to = bytes;
    while (length) {
        ssize_t got = pread(from->descriptor, to, length, (off_t)at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return lc_fail_errno(error, errno, "%s: can't be read back", from->path);
        if (got == 0)
            return lc_fail(error, LC_IO, "%s: was cut short while it was in use", from->path);
        to += got, at += (uint64_t)got, length -= (size_t)got;
    }
    return LC_OK;
}

lc_status glass_file_sync(const glass_file *what, lc_error *error)
{
    if (fsync(what->descriptor) != 0)
        return lc_fail_errno(error, errno, "%s: can't be written to disk", what->path);
    return LC_OK;
}

void glass_file_close(glass_file *what)
{
    if (what->descriptor >= 0)
        close(what->descriptor);
    free(what->path);
    *what = (glass_file){-1, NULL};
}
