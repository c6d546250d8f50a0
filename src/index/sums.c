#include "index/sums.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "base/file.h"
#include "base/memory.h"
#include "index/kept.h"

static char *sums_path(const char *index_path)
{
    return path_join(index_path, SUMS_FILE);
}

bool sums_are_there(const char *index_path)
{
    char *path = sums_path(index_path);
    bool there = access(path, F_OK) == 0;
    free(path);
    return there;
}

static void sync_folder(const char *path)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return;
    fsync(folder);
    close(folder);
}

lc_status sums_drop(const char *index_path, lc_error *error)
{
    lc_status status = LC_OK;
    char *path = sums_path(index_path);
    if (unlink(path) == 0)
        sync_folder(index_path);
    else if (errno != ENOENT)
        status = lc_fail_errno(error, errno, "%s: can't be removed", path);
    free(path);
    return status;
}

/* ---- one file ---- */

typedef struct {
    uint64_t hash, size;
} file_sum;

static bool sum_open_file(int file, file_sum *out)
{
    enum { CHUNK = 256 * 1024 };
    XXH3_state_t *state = XXH3_createState();
    char *chunk = xmalloc(CHUNK);
    ssize_t got = -1;
    *out = (file_sum){0, 0};
    if (state && XXH3_64bits_reset(state) == XXH_OK)
        while ((got = read(file, chunk, CHUNK)) > 0) {
            XXH3_64bits_update(state, chunk, (size_t)got);
            out->size += (uint64_t)got;
        }
    if (got == 0)
        out->hash = XXH3_64bits_digest(state);
    free(chunk);
    XXH3_freeState(state);
    return got == 0;
}

static bool sum_file(const char *folder, const char *name, file_sum *out)
{
    char *path = path_join(folder, name);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    free(path);
    if (file < 0)
        return false;
    bool done = sum_open_file(file, out);
    close(file);
    return done;
}

/* ---- the folder ---- */

/* Xapian's lock is no data; what a killed process was about to put in place ends in .new; what
 * searches keep has a sum of its own. */
static int is_summed(const struct dirent *entry)
{
    const char *name = entry->d_name;
    return name[0] != '.' && strcmp(name, SUMS_FILE) != 0 && strcmp(name, "flintlock") != 0 &&
           !span_ends_with(span_of(name), SPAN(".new")) &&
           strncmp(name, KEPT_PREFIX, strlen(KEPT_PREFIX)) != 0;
}

static void free_names(struct dirent **names, int count)
{
    for (int i = 0; i < count; i++)
        free(names[i]);
    free(names);
}

uint64_t sums_cost(const char *index_path)
{
    struct dirent **names = NULL;
    struct stat status;
    uint64_t bytes = 0;
    int count = scandir(index_path, &names, is_summed, NULL);
    for (int i = 0; i < count; i++) {
        char *path = path_join(index_path, names[i]->d_name);
        if (stat(path, &status) == 0)
            bytes += (uint64_t)status.st_size;
        free(path);
    }
    free_names(names, count);
    return bytes;
}

lc_status sums_write(const char *index_path, lc_error *error)
{
    struct dirent **names = NULL;
    buffer text = {0};
    file_sum sum;
    char *path = sums_path(index_path);
    lc_status status = LC_OK;
    int count = scandir(index_path, &names, is_summed, alphasort);
    for (int i = 0; i < count && status == LC_OK; i++) {
        if (!sum_file(index_path, names[i]->d_name, &sum))
            status = lc_fail(error, LC_IO, "%s/%s: can't be read", index_path, names[i]->d_name);
        else
            buffer_printf(&text, "%016llx %llu %s\n", (unsigned long long)sum.hash,
                          (unsigned long long)sum.size, names[i]->d_name);
    }
    buffer_printf(&text, "%016llx\n", (unsigned long long)XXH3_64bits(text.at, text.length));
    if (status == LC_OK)
        status = file_replace(path, buffer_span(&text), error);
    free_names(names, count);
    buffer_free(&text);
    free(path);
    return status;
}

/* ---- checking ---- */

static bool is_whole(span lines, span last)
{
    char wanted[20];
    snprintf(wanted, sizeof wanted, "%016llx",
             (unsigned long long)XXH3_64bits(lines.at, lines.length));
    return span_equal(last, span_of(wanted));
}

/* What is wrong with the file of that line, or NULL. */
static const char *fault_of(const char *index_path, char *line, span *name_out)
{
    char *rest;
    file_sum now, then = {.hash = strtoull(line, &rest, 16)};
    then.size = strtoull(rest, &rest, 10);
    *name_out = span_of(rest + 1);
    if (!sum_file(index_path, rest + 1, &now))
        return "is gone or can't be read";
    if (now.size != then.size)
        return "is not as long as it was written";
    return now.hash != then.hash ? "is not as it was written" : NULL;
}

static size_t check_lines(const char *index_path, span lines, visit_damaged visit, void *user)
{
    size_t damaged = 0;
    while (lines.length) {
        span name;
        char *line = xstrdup(span_cut_line(&lines));
        const char *how = fault_of(index_path, line, &name);
        damaged += how != NULL;
        if (how && visit)
            visit(name, how, user);
        free(line);
    }
    return damaged;
}

size_t sums_check(const char *index_path, visit_damaged visit, void *user)
{
    enum { LAST_LINE = 17 };
    buffer text = {0};
    char *path = sums_path(index_path);
    lc_status status = file_read(path, 0, &text, NULL, NULL);
    size_t cut = text.length >= LAST_LINE ? text.length - LAST_LINE : 0, damaged = 0;
    span lines = span_slice(buffer_span(&text), 0, cut);
    if (status == LC_OK && is_whole(lines, span_trim(span_from(buffer_span(&text), cut)))) {
        damaged = check_lines(index_path, lines, visit, user);
    } else if (status != LC_NOT_FOUND) {
        damaged = 1;
        if (visit)
            visit(SPAN(SUMS_FILE), "is not as it was written", user);
    }
    buffer_free(&text);
    free(path);
    return damaged;
}

static void keep_first(span file, const char *how, void *user)
{
    buffer *said = user;
    if (!said->length)
        buffer_printf(said, "%.*s %s", SPAN_ARG(file), how);
}

lc_status sums_must_hold(const char *index_path, lc_error *error)
{
    buffer said = {0};
    lc_status status = LC_OK;
    if (sums_check(index_path, keep_first, &said))
        status = lc_fail(error, LC_CORRUPT,
                         "%s: is damaged (%s); rebuild it with: lectern index --rebuild",
                         index_path, said.at);
    buffer_free(&said);
    return status;
}
