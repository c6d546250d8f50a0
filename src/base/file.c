#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/memory.h"

enum { READ_CHUNK = 64 * 1024 };

/* Reads until the end rather than st_size bytes: a file may grow or shrink meanwhile, and files of
 * /proc have no size. */
static lc_status read_all(int descriptor, const char *path, size_t limit, buffer *to,
                          lc_error *error)
{
    size_t begin = to->length;
    for (;;) {
        char *end = buffer_reserve(to, READ_CHUNK);
        ssize_t got = read(descriptor, end, READ_CHUNK);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return lc_fail_errno(error, errno, "%s: can't be read", path);
        if (got == 0)
            return LC_OK;
        to->length += (size_t)got;
        to->at[to->length] = '\0';
        if (limit && to->length - begin > limit)
            return lc_fail(error, LC_IO, "%s: larger than the limit of %zu bytes", path, limit);
    }
}

lc_status file_read(const char *path, size_t limit, buffer *to, struct stat *stat_out,
                    lc_error *error)
{
    struct stat status;
    size_t before = to->length;
    /* O_NONBLOCK: a fifo among the notes must not make us wait for a writer. */
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return lc_fail_errno(error, errno, "%s: can't be opened", path);
    lc_status result = LC_OK;
    if (fstat(descriptor, &status) != 0)
        result = lc_fail_errno(error, errno, "%s: can't be examined", path);
    else if (S_ISDIR(status.st_mode))
        result = lc_fail(error, LC_IO, "%s: is a folder, not a file", path);
    else if (limit && status.st_size > 0 && (size_t)status.st_size > limit)
        result = lc_fail(error, LC_IO, "%s: larger than the limit of %zu bytes", path, limit);
    else {
        if (status.st_size > 0)
            buffer_reserve(to, (size_t)status.st_size + READ_CHUNK);
        result = read_all(descriptor, path, limit, to, error);
    }
    close(descriptor);
    if (result != LC_OK)
        to->length = before;
    else if (stat_out)
        *stat_out = status;
    return result;
}

static lc_status write_all(int descriptor, const char *path, span content, lc_error *error)
{
    while (content.length) {
        ssize_t put = write(descriptor, content.at, content.length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return lc_fail_errno(error, errno, "%s: can't be written", path);
        content = span_from(content, (size_t)put);
    }
    if (fsync(descriptor) != 0)
        return lc_fail_errno(error, errno, "%s: can't be written", path);
    return LC_OK;
}

/* Opens the file that is to take the other's place, empty and private. The name is always the same,
 * so that what a killed process left is used again; the lock keeps two processes apart: the second
 * finds that the first has renamed the file meanwhile, and makes another. */
static int open_replacement(const char *path)
{
    struct stat mine, there;
    for (;;) {
        int descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (descriptor < 0)
            return -1;
        errno = 0;
        if (flock(descriptor, LOCK_EX) == 0 && fstat(descriptor, &mine) == 0 &&
            stat(path, &there) == 0 && mine.st_ino == there.st_ino && ftruncate(descriptor, 0) == 0)
            return descriptor;
        int why = errno;
        close(descriptor);
        errno = why;
        if (why != EINTR && why != ENOENT && why != 0)
            return -1;
    }
}

lc_status file_replace(const char *path, span content, lc_error *error)
{
    buffer temporary = {0};
    buffer_printf(&temporary, "%s.new", path);
    lc_status status = LC_OK;
    int descriptor = open_replacement(temporary.at);
    if (descriptor < 0) {
        status = lc_fail_errno(error, errno, "%s: can't be written", path);
        goto done;
    }
    status = write_all(descriptor, path, content, error);
    if (status == LC_OK && rename(temporary.at, path) != 0)
        status = lc_fail_errno(error, errno, "%s: can't be replaced", path);
    if (status != LC_OK)
        unlink(temporary.at);
    close(descriptor); /* only now: closing ends the lock */
done:
    buffer_free(&temporary);
    return status;
}

lc_status folder_make(const char *path, lc_error *error)
{
    char *partial = xstrdup(span_of(path));
    lc_status status = LC_OK;
    for (char *slash = partial; slash && status == LC_OK;) {
        slash = strchr(slash + 1, '/');
        if (slash)
            *slash = '\0';
        if (mkdir(partial, 0700) != 0 && errno != EEXIST)
            status = lc_fail_errno(error, errno, "%s: the folder can't be made", partial);
        if (slash)
            *slash = '/';
    }
    struct stat made;
    if (status == LC_OK && (stat(path, &made) != 0 || !S_ISDIR(made.st_mode)))
        status = lc_fail(error, LC_IO, "%s: is in the way; a folder is wanted there", path);
    free(partial);
    return status;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *where)
{
    (void)status, (void)kind, (void)where;
    return remove(path);
}

lc_status folder_remove(const char *path, lc_error *error)
{
    enum { OPEN_FOLDERS = 16 };
    if (nftw(path, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS) != 0 && errno != ENOENT)
        return lc_fail_errno(error, errno, "%s: can't be removed", path);
    return LC_OK;
}

char *path_join(const char *base, const char *name)
{
    buffer joined = {0};
    if (name[0] != '/' && base[0]) {
        buffer_add_text(&joined, base);
        if (joined.at[joined.length - 1] != '/')
            buffer_add_byte(&joined, '/');
    }
    buffer_add_text(&joined, name);
    return joined.at;
}

span path_name(span path)
{
    size_t slash = span_find_last_byte(path, '/');
    return slash == SPAN_NOT_FOUND ? path : span_from(path, slash + 1);
}

span path_folder(span path)
{
    size_t slash = span_find_last_byte(path, '/');
    if (slash == SPAN_NOT_FOUND)
        return SPAN_NONE;
    return span_slice(path, 0, slash ? slash : 1); /* "/x" is in "/" */
}

span path_ending(span path)
{
    span name = path_name(path);
    size_t dot = span_find_last_byte(name, '.');
    return dot == SPAN_NOT_FOUND || dot == 0 ? SPAN_NONE : span_from(name, dot + 1);
}

char *path_for_person(const char *absolute)
{
    char *here = getcwd(NULL, 0);
    size_t length = here ? strlen(here) : 0;
    const char *shown = absolute;
    if (length > 1 && strncmp(absolute, here, length) == 0 && absolute[length] == '/')
        shown = absolute + length + 1;
    /* vi -notes/a.md would take it for options */
    char *made = shown[0] == '-' ? path_join(".", shown) : xstrdup(span_of(shown));
    free(here);
    return made;
}

char *xdg_folder(const char *variable, const char *fallback)
{
    const char *set = getenv(variable);
    if (set && set[0] == '/')
        return path_join(set, "lectern");
    const char *home = getenv("HOME");
    if (!home || home[0] != '/')
        return NULL;
    char *base = path_join(home, fallback);
    char *folder = path_join(base, "lectern");
    free(base);
    return folder;
}
