#include "index/catalog.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "base/file.h"
#include "index/format.h"
#include "index/xapian_error.h"

static const uint64_t RACY_NANOSECONDS = 2000000000;

catalog *catalog_new(void)
{
    catalog *made = xcalloc(1, sizeof *made);
    made->memory = arena_new();
    made->by_path = map_new();
    made->by_folder = map_new();
    made->folders = map_new();
    return made;
}

void catalog_free(catalog *what)
{
    if (!what)
        return;
    free(what->notes);
    map_free(what->by_path);
    map_free(what->by_folder);
    map_free(what->folders);
    buffer_free(&what->key);
    arena_free(what->memory);
    free(what);
}

/* ---- names ---- */

static void add_path_key(span root, span path, buffer *key)
{
    buffer_add(key, root);
    buffer_add_byte(key, '\0');
    buffer_add(key, path);
}

/* A hash, because a path may be longer than a metadata key can be. */
static void add_folder_key(span root, span path, buffer *key)
{
    buffer whole = {0};
    add_path_key(root, path_folder(path), &whole);
    XXH128_hash_t hash = XXH3_128bits(whole.at, whole.length);
    buffer_printf(key, META_FOLDER "%016llx%016llx", (unsigned long long)hash.high64,
                  (unsigned long long)hash.low64);
    buffer_free(&whole);
}

static void mark_folder(catalog *in, span root, span path, bool write)
{
    buffer key = {0};
    add_folder_key(root, path, &key);
    uint32_t *marked = map_put(in->folders, buffer_span(&key), 0);
    *marked |= write;
    buffer_free(&key);
}

/* ---- reading and writing one note ---- */

/* A hash as it is: as a varint it would take ten bytes. */
static void write_hash(uint64_t hash, buffer *to)
{
    for (int i = 0; i < 64; i += 8)
        buffer_add_byte(to, (char)(hash >> i));
}

static bool read_hash(span *rest, uint64_t *hash_out)
{
    uint64_t hash = 0;
    if (rest->length < sizeof hash)
        return false;
    for (int i = 0; i < 64; i += 8)
        hash |= (uint64_t)(unsigned char)rest->at[i / 8] << i;
    *rest = span_from(*rest, sizeof hash);
    *hash_out = hash;
    return true;
}

/* A number near the one before, on either side, is short. */
static void write_near(uint64_t number, uint64_t before, buffer *to)
{
    uint64_t step = number - before;
    buffer_add_varint(to, step << 1 ^ (step >> 63 ? UINT64_MAX : 0));
}

static bool read_near(span *rest, uint64_t before, uint64_t *number_out)
{
    uint64_t step;
    if (!span_cut_varint(rest, &step))
        return false;
    *number_out = before + (step >> 1 ^ (step & 1 ? UINT64_MAX : 0));
    return true;
}

static void write_keys(const keys *list, buffer *to)
{
    buffer_add_varint(to, list->count);
    for (size_t i = 0; i < list->count; i++)
        buffer_add_counted(to, list->items[i]);
}

static bool read_keys(span *rest, arena *memory, keys *out)
{
    uint64_t count;
    if (!span_cut_varint(rest, &count) || count > rest->length)
        return false;
    out->count = out->capacity = (size_t)count;
    out->items = arena_alloc(memory, out->count * sizeof *out->items);
    for (size_t i = 0; i < out->count; i++)
        if (!span_cut_counted(rest, &out->items[i]))
            return false;
    return true;
}

static void write_talks(const catalog_note *from, buffer *to)
{
    buffer_add_varint(to, from->talk_count);
    for (size_t i = 0; i < from->talk_count; i++) {
        write_hash(from->talks[i].id_key, to);
        write_hash(from->talks[i].hash, to);
        buffer_add_byte(to, from->talks[i].leftover);
    }
}

static bool read_talks(span *rest, arena *memory, catalog_note *out)
{
    uint64_t count;
    if (!span_cut_varint(rest, &count) || count > rest->length)
        return false;
    out->talk_count = (size_t)count;
    out->talks = arena_zalloc(memory, out->talk_count * sizeof *out->talks);
    for (size_t i = 0; i < out->talk_count; i++) {
        catalog_talk *t = &out->talks[i];
        if (!read_hash(rest, &t->id_key) || !read_hash(rest, &t->hash) || !rest->length)
            return false;
        t->leftover = rest->at[0] != 0;
        *rest = span_from(*rest, 1);
    }
    return true;
}

/* What only a refresh that found a change needs is one piece, to be passed over at once. */
static void write_details(const catalog_note *from, buffer *to)
{
    buffer details = {0};
    write_keys(&from->tells, &details);
    write_keys(&from->asks, &details);
    write_talks(from, &details);
    buffer_add_counted(&details, from->problem);
    buffer_add_varint(&details, from->unreadable);
    buffer_add_counted(to, buffer_span(&details));
    buffer_free(&details);
}

/* The notes of a folder resemble each other, and a file's times one another. */
static void write_note(const catalog_note *from, const catalog_note *before, buffer *to)
{
    buffer_add_counted(to, path_name(from->path));
    buffer_add_varint(to, from->size);
    write_near(from->inode, before->inode, to);
    write_near(from->mtime, before->mtime, to);
    write_near(from->ctime, from->mtime, to);
    write_near(from->read_at, before->read_at, to);
    write_hash(from->hash, to);
    write_hash(from->context, to);
    write_details(from, to);
}

/* folder: with its slash, or empty. */
static bool read_note(span *rest, span folder, const catalog_note *before, arena *memory,
                      catalog_note *out)
{
    span name;
    if (!span_cut_counted(rest, &name) || !span_cut_varint(rest, &out->size) ||
        !read_near(rest, before->inode, &out->inode) ||
        !read_near(rest, before->mtime, &out->mtime) || !read_near(rest, out->mtime, &out->ctime) ||
        !read_near(rest, before->read_at, &out->read_at) || !read_hash(rest, &out->hash) ||
        !read_hash(rest, &out->context) || !span_cut_counted(rest, &out->details))
        return false;
    char *path = arena_alloc(memory, folder.length + name.length);
    memcpy(path, folder.at, folder.length);
    memcpy(path + folder.length, name.at, name.length);
    out->path = (span){path, folder.length + name.length};
    return true;
}

static bool read_details(catalog_note *of, arena *memory)
{
    span rest = of->details;
    uint64_t unreadable = 0;
    bool whole = read_keys(&rest, memory, &of->tells) && read_keys(&rest, memory, &of->asks) &&
                 read_talks(&rest, memory, of) && span_cut_counted(&rest, &of->problem) &&
                 span_cut_varint(&rest, &unreadable);
    of->unreadable = unreadable != 0;
    return whole;
}

/* ---- the whole ---- */

typedef struct {
    catalog *into;
    const xs_reader *from;
    bool damaged;
} loading;

/* The key of a note or folder, in memory that is used again at every call. */
static span path_key(catalog *in, span root, span path)
{
    buffer_clear(&in->key);
    add_path_key(root, path, &in->key);
    return buffer_span(&in->key);
}

static void index_notes(catalog *in)
{
    for (; in->indexed < in->count; in->indexed++) {
        const catalog_note *n = &in->notes[in->indexed];
        *map_put(in->by_path, path_key(in, n->root, n->path), 0) = (uint32_t)in->indexed;
    }
}

bool catalog_add_folder(catalog *into, span text)
{
    span rest = arena_copy(into->memory, text), root, folder;
    catalog_note before = {0};
    if (!span_cut_counted(&rest, &root) || !span_cut_counted(&rest, &folder))
        return false;
    if (into->count && span_equal(into->notes[into->count - 1].root, root))
        root = into->notes[into->count - 1].root; /* one place in memory: quicker to compare */
    span name = span_slice(folder, 0, folder.length - (folder.length > 0));
    map_put(into->by_folder, path_key(into, root, name), (uint32_t)into->count);
    while (rest.length) {
        catalog_note found = {.root = root};
        if (!read_note(&rest, folder, &before, into->memory, &found))
            return false;
        ARRAY_ADD(into->notes, into->count, into->capacity, found);
        before = found;
    }
    return true;
}

static bool load_folder(const char *key, size_t key_length, void *user)
{
    loading *l = user;
    char *text;
    size_t length;
    l->damaged = xs_reader_get_meta(l->from, key, key_length, &text, &length, NULL) != XS_OK;
    if (l->damaged)
        return false;
    map_put(l->into->folders, (span){key, key_length}, 0);
    l->damaged = !catalog_add_folder(l->into, (span){text, length});
    xs_free(text);
    return !l->damaged;
}

static lc_status fail_damaged(const char *index_path, lc_error *error)
{
    return lc_fail(error, LC_CORRUPT,
                   "%s: its list of notes is damaged; rebuild it with: lectern index --rebuild",
                   index_path);
}

lc_status catalog_load(const xs_reader *from, const char *index_path, catalog **catalog_out,
                       lc_error *error)
{
    xs_error said;
    loading l = {catalog_new(), from, false};
    xs_status status =
        xs_reader_each_meta(from, META_FOLDER, strlen(META_FOLDER), load_folder, &l, &said);
    if (status == XS_OK && !l.damaged) {
        *catalog_out = l.into;
        return LC_OK;
    }
    catalog_free(l.into);
    if (status != XS_OK)
        return from_xapian(status, &said, index_path, error);
    return fail_damaged(index_path, error);
}

lc_status catalog_read_details(catalog *of, const char *index_path, lc_error *error)
{
    for (size_t i = 0; i < of->count; i++) {
        catalog_note *n = &of->notes[i];
        if (n->details.length && !read_details(n, of->memory))
            return fail_damaged(index_path, error);
        n->details = SPAN_NONE;
    }
    return LC_OK;
}

static bool is_note_at(const catalog *in, size_t n, span root, span path)
{
    return n < in->count && span_equal(in->notes[n].path, path) &&
           span_equal(in->notes[n].root, root);
}

/* A walk comes by a folder's notes in the order they were written in, so that most are found
 * without a hash of their own. */
static bool find_in_order(catalog *in, span root, span path)
{
    if (is_note_at(in, in->next, root, path))
        return true;
    const uint32_t *first = map_get(in->by_folder, path_key(in, root, path_folder(path)));
    if (!first || !is_note_at(in, *first, root, path))
        return false;
    in->next = *first;
    return true;
}

catalog_note *catalog_find(catalog *in, span root, span path)
{
    if (!find_in_order(in, root, path)) {
        index_notes(in);
        const uint32_t *found = map_get(in->by_path, path_key(in, root, path));
        if (!found || !in->notes[*found].root.length)
            return NULL;
        in->next = *found;
    }
    return &in->notes[in->next++];
}

catalog_note *catalog_put(catalog *into, span root, span path)
{
    catalog_note *known = catalog_find(into, root, path);
    mark_folder(into, root, path, true);
    if (known)
        return known;
    catalog_note fresh = {.root = arena_copy(into->memory, root),
                          .path = arena_copy(into->memory, path)};
    ARRAY_ADD(into->notes, into->count, into->capacity, fresh);
    return &into->notes[into->count - 1];
}

void catalog_touch(catalog *in, const catalog_note *changed)
{
    mark_folder(in, changed->root, changed->path, true);
}

void catalog_touch_all(catalog *in)
{
    for (size_t i = 0; i < in->count; i++)
        if (in->notes[i].root.length)
            catalog_touch(in, &in->notes[i]);
}

void catalog_remove(catalog *from, catalog_note *gone)
{
    mark_folder(from, gone->root, gone->path, true);
    gone->root = SPAN_NONE;
}

int catalog_compare_notes(const void *left, const void *right)
{
    const catalog_note *const *a = left, *const *b = right;
    int order = (*a)->root.at == (*b)->root.at ? 0 : span_compare((*a)->root, (*b)->root);
    return order ? order : span_compare((*a)->path, (*b)->path);
}

/* A folder's value as it grows. */
typedef struct {
    buffer text;
    const catalog_note *last;
} folder_value;

static void add_to_folder(folder_value *to, const catalog_note *added)
{
    static const catalog_note none = {0};
    span name = path_name(added->path);
    if (!to->last) {
        buffer_add_counted(&to->text, added->root);
        buffer_add_counted(&to->text, span_slice(added->path, 0, added->path.length - name.length));
    }
    write_note(added, to->last ? to->last : &none, &to->text);
    to->last = added;
}

/* The folder of a note, one of in->folders, from that of the note before it: most are the same. */
static uint32_t folder_of(const catalog *in, const catalog_note *of, const catalog_note *before,
                          uint32_t folder_before)
{
    if (before && span_equal(path_folder(of->path), path_folder(before->path)) &&
        span_equal(of->root, before->root))
        return folder_before;
    buffer key = {0};
    add_folder_key(of->root, of->path, &key);
    uint32_t folder = map_intern(in->folders, buffer_span(&key));
    buffer_free(&key);
    return folder;
}

/* The notes of folders that were marked; sorted, so that the same notes give the same bytes
 * whatever the history. */
static const catalog_note **notes_to_write(const catalog *of, size_t *count_out)
{
    const catalog_note **found = xmalloc((of->count + 1) * sizeof *found), *before = NULL;
    size_t count = 0;
    uint32_t folder = 0;
    for (size_t i = 0; i < of->count; i++) {
        const catalog_note *n = &of->notes[i];
        if (!n->root.length)
            continue;
        folder = folder_of(of, n, before, folder);
        before = n;
        if (map_value(of->folders, folder))
            found[count++] = n;
    }
    if (count)
        qsort(found, count, sizeof *found, catalog_compare_notes);
    *count_out = count;
    return found;
}

lc_status catalog_save(const catalog *from, index_writer *to, lc_error *error)
{
    size_t count;
    const catalog_note **notes = notes_to_write(from, &count);
    size_t folders = map_count(from->folders);
    folder_value *texts = xcalloc(folders, sizeof *texts);
    lc_status status = LC_OK;
    uint32_t folder = 0;
    for (size_t i = 0; i < count; i++) {
        folder = folder_of(from, notes[i], i ? notes[i - 1] : NULL, folder);
        add_to_folder(&texts[folder], notes[i]);
    }
    for (size_t f = 0; f < folders && status == LC_OK; f++)
        if (map_value(from->folders, f))
            status = index_writer_set_meta(to, map_key(from->folders, f),
                                           buffer_span(&texts[f].text), error);
    for (size_t f = 0; f < folders; f++)
        buffer_free(&texts[f].text);
    free(texts);
    free(notes);
    return status;
}

keys catalog_copy_keys(catalog *to, const keys *from)
{
    keys copy = {arena_alloc(to->memory, from->count * sizeof(span)), from->count, from->count};
    for (size_t i = 0; i < from->count; i++)
        copy.items[i] = arena_copy(to->memory, from->items[i]);
    return copy;
}

static uint64_t nanoseconds(struct timespec when)
{
    return (uint64_t)when.tv_sec * 1000000000 + (uint64_t)when.tv_nsec;
}

/* A stamp in the future, or before 1970, says nothing about when the file changed; the time of the
 * change itself, which nobody can set, then does. */
static bool is_racy(const catalog_note *from)
{
    uint64_t changed = from->mtime <= from->read_at ? from->mtime : from->ctime;
    return changed + RACY_NANOSECONDS > from->read_at;
}

bool catalog_note_differs(const catalog_note *from, const struct stat *now)
{
    return from->size != (uint64_t)now->st_size || from->inode != now->st_ino ||
           from->mtime != nanoseconds(now->st_mtim) || from->ctime != nanoseconds(now->st_ctim) ||
           is_racy(from);
}

void catalog_note_stat(catalog_note *to, const struct stat *now, uint64_t read_at)
{
    to->size = (uint64_t)now->st_size;
    to->inode = now->st_ino;
    to->mtime = nanoseconds(now->st_mtim);
    to->ctime = nanoseconds(now->st_ctim);
    to->read_at = read_at;
}
