#include "notes/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/map.h"
#include "notes/ignore.h"

/* One name of a folder. Folders sort as if their slash were part of the name: that makes the walk
 * ascend in the byte order of whole paths. */
typedef struct {
    const char *name;
    unsigned char type; /* DT_... */
} child;

/* A folder that is walked now: its rules speak of paths below it. */
typedef struct {
    ignore_rules rules;
    size_t path_length; /* of its path with the slash behind it */
} level;

typedef struct {
    uint64_t device, inode;
} file_id;

typedef struct {
    char *root; /* real path */
    walk_options options;
    walk_visit *visit;
    void *user;
    lc_error *error;
    buffer path; /* of the entry that is looked at */
    level levels[WALK_DEPTH_LIMIT];
    size_t depth;
    map *seen;      /* what links must not repeat: all folders, and once links are walked files */
    file_id *files; /* the files seen before that: most walks meet no link and need no map */
    size_t file_count, file_capacity;
    arena *links; /* memory of the links' paths */
    span *link_paths;
    size_t link_count, link_capacity;
    bool in_links; /* walking what links lead to */
} walker;

/* ---- telling ---- */

static lc_status tell(walker *of, const struct stat *status, bool is_folder, const char *reason)
{
    if (reason && !of->options.all)
        return LC_OK;
    walk_entry entry = {.path = of->path.at ? of->path.at : "",
                        .status = status,
                        .is_folder = is_folder,
                        .reason = reason};
    return of->visit(&entry, of->user, of->error);
}

static lc_status tell_failure(walker *of, bool is_folder, const char *reason)
{
    walk_entry entry = {.path = of->path.at ? of->path.at : "",
                        .is_folder = is_folder,
                        .failed = true,
                        .reason = reason};
    return of->visit(&entry, of->user, of->error);
}

static lc_status tell_large(walker *of, const struct stat *status)
{
    walk_entry entry = {.path = of->path.at,
                        .status = status,
                        .too_large = true,
                        .reason = "larger than the size limit"};
    return of->visit(&entry, of->user, of->error);
}

bool is_note_name(span name)
{
    static const char endings[][10] = {".md", ".markdown", ".mdown", ".txt"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        span ending = span_of(endings[i]);
        if (name.length > ending.length &&
            span_equal_nocase(span_from(name, name.length - ending.length), ending))
            return true;
    }
    return false;
}

/* ---- what was seen ---- */

/* True the first time. */
static bool see(walker *of, file_id id)
{
    size_t before = map_count(of->seen);
    map_put(of->seen, (span){(const char *)&id, sizeof id}, 0);
    return map_count(of->seen) > before;
}

static file_id id_of(const struct stat *status)
{
    return (file_id){status->st_dev, status->st_ino};
}

/* Files that have two names (hard links) are two notes: only links are asked whether it is new. */
static bool see_file(walker *of, const struct stat *status)
{
    file_id id = id_of(status);
    if (of->in_links)
        return see(of, id);
    ARRAY_ADD(of->files, of->file_count, of->file_capacity, id);
    return true;
}

/* ---- rules ---- */

static void read_rules(walker *of, int folder, const char *name, arena *memory)
{
    const size_t largest = 1 << 20, chunk = 1 << 14;
    buffer content = {0};
    int file = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    ssize_t got = file < 0 ? -1 : 0;
    while (got >= 0 && content.length < largest) {
        char *end = buffer_reserve(&content, chunk);
        got = read(file, end, chunk);
        if (got <= 0)
            break;
        content.length += (size_t)got;
    }
    if (file >= 0)
        close(file);
    ignore_parse(buffer_span(&content), memory, &of->levels[of->depth - 1].rules);
    buffer_free(&content);
}

static bool is_ignored(const walker *of, bool is_folder)
{
    for (size_t i = of->depth; i-- > 0;) {
        const level *at = &of->levels[i];
        if (!at->rules.count)
            continue;
        span below = span_from(buffer_span(&of->path), at->path_length);
        ignore_verdict verdict = ignore_match(&at->rules, below, is_folder);
        if (verdict != IGNORE_UNDECIDED)
            return verdict == IGNORE_YES;
    }
    return false;
}

/* ---- one folder ---- */

static int by_path(const void *a, const void *b)
{
    const child *first = a, *second = b;
    const unsigned char *x = (const unsigned char *)first->name;
    const unsigned char *y = (const unsigned char *)second->name;
    while (*x && *x == *y)
        x++, y++;
    int left = *x ? *x : first->type == DT_DIR ? '/' : 0;
    int right = *y ? *y : second->type == DT_DIR ? '/' : 0;
    return left - right;
}

/* Some file systems don't tell types while listing. */
static unsigned char type_of(int folder, const char *name)
{
    struct stat status;
    if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return DT_UNKNOWN;
    return (unsigned char)IFTODT(status.st_mode);
}

/* Names that can't be notes, folders or rules are dropped here, before anything is sorted. */
static bool is_of_interest(span name, unsigned char type)
{
    if (span_equal(name, SPAN(".")) || span_equal(name, SPAN("..")))
        return false;
    return type == DT_DIR || type == DT_LNK || is_note_name(name);
}

typedef struct {
    child *items;
    size_t count, capacity;
    bool gitignore, ignore;
} children;

static int list_folder(DIR *folder, arena *memory, children *to)
{
    struct dirent *entry;
    while (errno = 0, (entry = readdir(folder)) != NULL) {
        span name = span_of(entry->d_name);
        to->gitignore |= span_equal(name, SPAN(".gitignore"));
        to->ignore |= span_equal(name, SPAN(".ignore"));
        unsigned char type = entry->d_type;
        if (type == DT_UNKNOWN)
            type = type_of(dirfd(folder), entry->d_name);
        if (!is_of_interest(name, type))
            continue;
        child found = {arena_copy(memory, name).at, type};
        ARENA_ADD(memory, to->items, to->count, to->capacity, found);
    }
    int failed = errno;
    if (to->count)
        qsort(to->items, to->count, sizeof *to->items, by_path);
    return failed;
}

static lc_status walk_folder(walker *of, int descriptor);

static lc_status visit_file(walker *of, int folder, const char *name)
{
    struct stat status;
    if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? LC_OK : tell_failure(of, false, strerror(errno));
    if (!S_ISREG(status.st_mode))
        return tell(of, &status, false, "not a regular file");
    if ((uint64_t)status.st_size > of->options.size_limit)
        return tell_large(of, &status);
    if (strlen(of->root) + 1 + of->path.length >= PATH_MAX)
        return tell_failure(of, false, "the path is too long to be opened");
    if (!see_file(of, &status))
        return tell(of, &status, false, "found at another place too");
    return tell(of, &status, false, NULL);
}

static lc_status visit_folder(walker *of, int folder, const char *name)
{
    if (of->depth == WALK_DEPTH_LIMIT)
        return tell_failure(of, true, "too many folders inside of each other");
    int inner = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (inner < 0)
        return errno == ENOENT ? LC_OK : tell_failure(of, true, strerror(errno));
    return walk_folder(of, inner);
}

static void keep_link(walker *of)
{
    span path = arena_copy(of->links, buffer_span(&of->path));
    ARENA_ADD(of->links, of->link_paths, of->link_count, of->link_capacity, path);
}

static lc_status visit_child(walker *of, int folder, const child *what)
{
    bool is_folder = what->type == DT_DIR;
    size_t before = of->path.length;
    lc_status result = LC_OK;
    buffer_add_text(&of->path, what->name);
    if (what->name[0] == '.')
        result = tell(of, NULL, is_folder, "hidden");
    else if (is_ignored(of, is_folder))
        result = tell(of, NULL, is_folder, "ignored by .gitignore or .ignore");
    else if (what->type == DT_LNK)
        keep_link(of);
    else if (is_folder)
        result = visit_folder(of, folder, what->name);
    else
        result = visit_file(of, folder, what->name);
    of->path.length = before;
    of->path.at[before] = '\0';
    return result;
}

static lc_status visit_children(walker *of, DIR *folder)
{
    arena *memory = arena_new();
    children found = {0};
    lc_status result = LC_OK;
    int failed = list_folder(folder, memory, &found);
    level *here = &of->levels[of->depth++];
    if (of->path.length)
        buffer_add_byte(&of->path, '/');
    *here = (level){.path_length = of->path.length};
    if (found.gitignore)
        read_rules(of, dirfd(folder), ".gitignore", memory);
    if (found.ignore)
        read_rules(of, dirfd(folder), ".ignore", memory);
    for (size_t i = 0; i < found.count && result == LC_OK; i++)
        result = visit_child(of, dirfd(folder), &found.items[i]);
    of->depth--;
    if (of->path.length)
        of->path.at[--of->path.length] = '\0';
    arena_free(memory);
    return failed && result == LC_OK ? tell_failure(of, true, strerror(failed)) : result;
}

/* Takes the descriptor over. */
static lc_status walk_folder(walker *of, int descriptor)
{
    struct stat status;
    DIR *folder = fdopendir(descriptor);
    if (!folder || fstat(descriptor, &status) != 0) {
        int why = errno;
        if (folder)
            closedir(folder);
        else
            close(descriptor);
        return tell_failure(of, true, strerror(why));
    }
    lc_status result = LC_OK;
    if (see(of, id_of(&status)))
        result = visit_children(of, folder);
    else
        result = tell(of, &status, true, "found at another place too");
    closedir(folder);
    return result;
}

/* ---- links ---- */

static bool is_inside(const char *root, const char *path)
{
    size_t length = strlen(root);
    return strncmp(root, path, length) == 0 &&
           (path[length] == '/' || path[length] == '\0' || strcmp(root, "/") == 0);
}

static lc_status visit_link_target(walker *of, const char *real, const struct stat *status)
{
    if (S_ISDIR(status->st_mode)) {
        int folder = open(real, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        return folder < 0 ? tell_failure(of, true, strerror(errno)) : walk_folder(of, folder);
    }
    if (!is_note_name(buffer_span(&of->path)) && !is_note_name(span_of(real)))
        return LC_OK;
    return visit_file(of, AT_FDCWD, real);
}

static lc_status visit_link(walker *of, span path)
{
    struct stat status;
    buffer_clear(&of->path);
    buffer_add(&of->path, path);
    char *whole = path_join(of->root, path.at);
    char *real = realpath(whole, NULL);
    lc_status result;
    if (!real || stat(real, &status) != 0)
        result = is_note_name(path) ? tell_failure(of, false, "the link leads nowhere") : LC_OK;
    else if (!is_inside(of->root, real))
        result = tell(of, &status, S_ISDIR(status.st_mode), "the link leads out of the root");
    else
        result = visit_link_target(of, real, &status);
    free(real);
    free(whole);
    return result;
}

/* After everything else, so that what has a place of its own is found there. Folders behind links
 * may hold more links: the list grows while it is worked off, and ends because no folder is walked
 * twice. */
static lc_status visit_links(walker *of)
{
    lc_status result = LC_OK;
    for (size_t i = 0; of->link_count && i < of->file_count; i++)
        see(of, of->files[i]);
    of->in_links = true;
    for (size_t i = 0; i < of->link_count && result == LC_OK; i++)
        result = visit_link(of, of->link_paths[i]);
    return result;
}

/* ---- the root ---- */

lc_status walk_root(const char *root, const walk_options *options, walk_visit *visit, void *user,
                    lc_error *error)
{
    char *real = realpath(root, NULL);
    if (!real)
        return lc_fail_errno(error, errno, "%s: can't be found", root);
    int folder = open(real, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        int why = errno;
        free(real);
        return lc_fail_errno(error, why, "%s: can't be read as a folder", root);
    }
    walker *of = xcalloc(1, sizeof *of);
    of->root = real;
    of->options = options ? *options : (walk_options){0};
    if (!of->options.size_limit)
        of->options.size_limit = WALK_SIZE_LIMIT;
    of->visit = visit;
    of->user = user;
    of->error = error;
    of->seen = map_new();
    of->links = arena_new();
    lc_status result = walk_folder(of, folder);
    if (result == LC_OK)
        result = visit_links(of);
    arena_free(of->links);
    map_free(of->seen);
    free(of->files);
    buffer_free(&of->path);
    free(of->root);
    free(of);
    return result;
}
