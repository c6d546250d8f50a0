#include "index/location.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "index/format.h"
#include "xapian_shim.h"

static char *absolute_path(const char *path)
{
    char *here = path[0] == '/' ? NULL : getcwd(NULL, 0);
    char *whole = path_join(here ? here : "", path);
    free(here);
    size_t length = strlen(whole);
    while (length > 1 && whole[length - 1] == '/')
        whole[--length] = '\0';
    return whole;
}

/* Where a symbolic link points, one after the other: the index is put in place by renaming, which
 * would replace the link, and one lock is for all names of an index. Frees the path. */
static char *follow_links(char *path)
{
    enum { LINKS_MOST = 40 };
    char target[PATH_MAX];
    for (int i = 0; i < LINKS_MOST; i++) {
        ssize_t length = readlink(path, target, sizeof target - 1);
        if (length <= 0)
            break;
        target[length] = '\0';
        char *folder = xstrdup(path_folder(span_of(path)));
        free(path);
        path = path_join(folder, target);
        free(folder);
    }
    return path;
}

static char *default_index(void)
{
    char *folder = xdg_folder("XDG_DATA_HOME", ".local/share");
    if (!folder)
        return NULL;
    char *index = path_join(folder, "index");
    free(folder);
    return index;
}

lc_status location_find(const char *index_option, location *out, lc_error *error)
{
    const char *named = index_option ? index_option : getenv("LECTERN_INDEX");
    *out = (location){.config_folder = xdg_folder("XDG_CONFIG_HOME", ".config")};
    if (named && named[0]) {
        buffer roots_file = {0};
        out->index = follow_links(absolute_path(named));
        buffer_printf(&roots_file, "%s.roots", out->index);
        out->roots_file = roots_file.at;
        return LC_OK;
    }
    out->index = default_index();
    if (out->index && out->config_folder) {
        out->index = follow_links(out->index);
        out->roots_file = path_join(out->config_folder, "roots");
        return LC_OK;
    }
    location_free(out);
    return lc_fail(error, LC_IO, "no home folder is known; name an index with --index FOLDER");
}

void location_free(location *what)
{
    free(what->index);
    free(what->roots_file);
    free(what->config_folder);
    *what = (location){0};
}

static void add_item(roots *to, char *folder)
{
    ARRAY_ADD(to->items, to->count, to->capacity, folder);
}

/* Whether path is folder or lies below it. */
static bool is_within(const char *path, const char *folder)
{
    size_t length = strlen(folder);
    return strncmp(path, folder, length) == 0 &&
           (path[length] == '/' || path[length] == '\0' || strcmp(folder, "/") == 0);
}

static int compare_paths(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* Drops what lies inside `outer` and adds it. */
static void take_place(roots *in, char *outer)
{
    size_t kept = 0;
    for (size_t i = 0; i < in->count; i++) {
        if (is_within(in->items[i], outer))
            free(in->items[i]);
        else
            in->items[kept++] = in->items[i];
    }
    in->count = kept;
    add_item(in, outer);
    qsort(in->items, in->count, sizeof *in->items, compare_paths);
}

/* Keeps none inside another; the path is the list's afterwards. */
static void roots_put(roots *to, char *path)
{
    for (size_t i = 0; i < to->count; i++)
        if (is_within(path, to->items[i])) {
            free(path);
            return;
        }
    take_place(to, path);
}

static void add_lines(roots *to, span rest)
{
    while (rest.length) {
        span line = span_cut_line(&rest);
        if (line.length && line.at[0] == '/')
            add_item(to, xstrdup(line));
    }
}

/* People edit the list: `~`, doubled and last slashes and `.` become what lectern itself writes.
 * Links are not followed: where they lead may not be there now. */
static char *tidy_path(span line)
{
    const char *home = getenv("HOME");
    buffer tidy = {0};
    if (span_starts_with(line, SPAN("~/")) && home) {
        buffer_add_text(&tidy, home);
        line = span_from(line, 1);
    }
    for (span part; line.length;) {
        part = span_cut(&line, '/');
        if (part.length && !span_equal(part, SPAN(".")))
            buffer_printf(&tidy, "/%.*s", SPAN_ARG(part));
    }
    char *made = xstrdup(tidy.length ? buffer_span(&tidy) : SPAN("/"));
    buffer_free(&tidy);
    return made;
}

/* A line left out would take its talks out of the index: none is. */
static lc_status add_edited_lines(roots *to, const char *file, span rest, lc_error *error)
{
    for (size_t number = 1; rest.length; number++) {
        span line = span_cut_line(&rest);
        span path = span_trim(line);
        if (!path.length || path.at[0] == '#')
            continue;
        if (path.at[0] != '/' && !span_starts_with(path, SPAN("~/")))
            return lc_fail(error, LC_BAD_INPUT,
                           "%s:%zu: '%.*s' is no absolute path: write /FOLDER or ~/FOLDER, or take "
                           "the line out",
                           file, number, SPAN_ARG(path));
        char *folder = tidy_path(path);
        roots_put(to, folder);
    }
    return LC_OK;
}

/* A lost file must not make all talks vanish at the next refresh. */
static void take_from_index(const char *path, roots *out)
{
    xs_reader *reader;
    char *text;
    size_t length;
    if (xs_reader_open(path, &reader, NULL) != XS_OK)
        return;
    if (xs_reader_get_meta(reader, META_ROOTS, strlen(META_ROOTS), &text, &length, NULL) == XS_OK) {
        add_lines(out, (span){text, length});
        xs_free(text);
    }
    xs_reader_free(reader);
}

lc_status roots_load(const location *at, roots *out, lc_error *error)
{
    lc_error ignored;
    buffer text = {0};
    *out = (roots){0};
    lc_status status = file_read(at->roots_file, 0, &text, NULL, &ignored);
    if (status == LC_NOT_FOUND) {
        take_from_index(at->index, out);
        return LC_OK;
    }
    if (status != LC_OK) {
        if (error)
            *error = ignored;
        return status;
    }
    status = add_edited_lines(out, at->roots_file, buffer_span(&text), error);
    if (status != LC_OK)
        roots_free(out);
    buffer_free(&text);
    return status;
}

lc_status roots_save(const location *at, const roots *list, lc_error *error)
{
    buffer text = {0};
    char *folder = xstrdup(path_folder(span_of(at->roots_file)));
    buffer_add_text(&text, "# Folders that lectern searches, one a line: absolute paths.\n");
    for (size_t i = 0; i < list->count; i++)
        buffer_printf(&text, "%s\n", list->items[i]);
    lc_status status = folder_make(folder, error);
    if (status == LC_OK)
        status = file_replace(at->roots_file, buffer_span(&text), error);
    free(folder);
    buffer_free(&text);
    return status;
}

lc_status roots_add(roots *to, const char *folder, lc_error *error)
{
    struct stat status;
    char *real = realpath(folder, NULL);
    if (!real || stat(real, &status) != 0) {
        lc_status failed = lc_fail_errno(error, errno, "%s: can't be indexed", folder);
        free(real);
        return failed;
    }
    if (strchr(real, '\n') || !S_ISDIR(status.st_mode)) {
        free(real);
        return lc_fail(error, LC_BAD_INPUT,
                       "%s: is not a folder; name the folder that your notes are in", folder);
    }
    roots_put(to, real);
    return LC_OK;
}

bool roots_remove(roots *from, const char *folder)
{
    char *real = realpath(folder, NULL);
    char *wanted = real ? real : absolute_path(folder); /* it may be gone */
    bool found = false;
    for (size_t i = 0; i < from->count && !found; i++)
        if (strcmp(from->items[i], wanted) == 0) {
            free(from->items[i]);
            memmove(&from->items[i], &from->items[i + 1],
                    (--from->count - i) * sizeof *from->items);
            found = true;
        }
    free(wanted);
    return found;
}

void roots_free(roots *what)
{
    for (size_t i = 0; i < what->count; i++)
        free(what->items[i]);
    free(what->items);
    *what = (roots){0};
}
