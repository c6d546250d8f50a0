#include "index/contents.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "base/buffer.h"
#include "index/catalog.h"
#include "index/format.h"
#include "index/talk_record.h"
#include "index/xapian_error.h"

typedef struct {
    const xs_reader *reader;
    const char *path;
    bool keep_text;
    contents *to;
    buffer key, text;
    arena *memory;
    uint32_t docid; /* of the document that is read now */
    xs_positions positions;
    map *documents; /* docid (4 bytes) -> its place among the items */
    xs_status status;
    xs_error said;
    bool damaged; /* readable, but does not fit together */
} reading;

/* ---- text ---- */

static void add_escaped(buffer *to, span bytes)
{
    for (size_t i = 0; i < bytes.length; i++) {
        unsigned char c = (unsigned char)bytes.at[i];
        if (c < ' ' || c == 0x7f || c == '\\')
            buffer_printf(to, "\\x%02x", c);
        else
            buffer_add_byte(to, (char)c);
    }
}

/* Takes what was put together as an item. */
static void add_item(reading *r)
{
    content_item made = {.key = xstrdup(buffer_span(&r->key)),
                         .hash = XXH3_64bits(r->text.at, r->text.length)};
    if (r->keep_text)
        made.text = xstrdup(buffer_span(&r->text));
    ARRAY_ADD(r->to->items, r->to->count, r->to->capacity, made);
    buffer_clear(&r->key);
    buffer_clear(&r->text);
}

/* ---- documents ---- */

static bool add_doc_term(const char *term, size_t length, uint32_t wdf, void *user)
{
    reading *r = user;
    r->status = xs_reader_positions(r->reader, r->docid, term, length, &r->positions, &r->said);
    if (r->status != XS_OK)
        return false;
    buffer_add_text(&r->text, "has ");
    add_escaped(&r->text, (span){term, length});
    buffer_printf(&r->text, " %u", wdf);
    for (size_t i = 0; i < r->positions.count; i++)
        buffer_printf(&r->text, "%c%u", i ? ',' : ' ', r->positions.position[i]);
    buffer_add_byte(&r->text, '\n');
    return true;
}

static bool add_value(uint32_t docid, const char *text, size_t length, void *user)
{
    reading *r = user;
    (void)docid;
    buffer_add_text(&r->text, "value ");
    add_escaped(&r->text, (span){text, length});
    buffer_add_byte(&r->text, '\n');
    return true;
}

static void add_record(reading *r, span data)
{
    talk_record record;
    arena_reset(r->memory);
    if (!talk_record_read(data, r->memory, &record)) {
        r->damaged = true;
        return;
    }
    buffer_add_text(&r->key, "talk ");
    add_escaped(&r->key, record.root);
    buffer_add_byte(&r->key, '/');
    add_escaped(&r->key, record.path);
    buffer_printf(&r->key, ":%u %.*s", record.talk.line, SPAN_ARG(record.id));
    buffer_add_text(&r->text, "data ");
    add_escaped(&r->text, data);
    buffer_add_byte(&r->text, '\n');
}

static void read_document_parts(reading *r)
{
    char *data;
    size_t length;
    r->status = xs_reader_get_data(r->reader, r->docid, &data, &length, &r->said);
    if (r->status != XS_OK)
        return;
    add_record(r, (span){data, length});
    xs_free(data);
    for (uint32_t slot = SLOT_DATE; slot <= SLOT_WORDS && r->status == XS_OK; slot++) {
        buffer_printf(&r->text, "slot %u\n", slot);
        r->status = xs_reader_values_of(r->reader, slot, &r->docid, 1, add_value, r, &r->said);
    }
    xs_status status = r->status == XS_OK ? xs_reader_each_doc_term(r->reader, r->docid, "", 0,
                                                                    add_doc_term, r, &r->said)
                                          : r->status;
    if (r->status == XS_OK)
        r->status = status;
}

static bool add_document(uint32_t docid, uint32_t wdf, void *user)
{
    reading *r = user;
    uint32_t length;
    (void)wdf;
    r->docid = docid;
    buffer_clear(&r->key);
    buffer_clear(&r->text);
    read_document_parts(r);
    if (r->status == XS_OK)
        r->status = xs_reader_doc_length(r->reader, docid, &length, &r->said);
    if (r->status != XS_OK || r->damaged)
        return false;
    buffer_printf(&r->text, "length %u\n", length);
    *map_put(r->documents, (span){(const char *)&docid, sizeof docid}, 0) = (uint32_t)r->to->count;
    add_item(r);
    return true;
}

/* ---- terms ---- */

/* Documents are named by their contents: a sum does not depend on their order. */
typedef struct {
    reading *r;
    uint64_t sum;
} posting_sum;

static bool add_posting(uint32_t docid, uint32_t wdf, void *user)
{
    posting_sum *s = user;
    const uint32_t *place = map_get(s->r->documents, (span){(const char *)&docid, sizeof docid});
    if (!place) {
        s->r->damaged = true;
        return false;
    }
    uint64_t named[2] = {s->r->to->items[*place].hash, wdf};
    s->sum += XXH3_64bits(named, sizeof named);
    return true;
}

static bool add_term(const char *term, size_t length, uint32_t documents, void *user)
{
    reading *r = user;
    posting_sum s = {r, 0};
    uint32_t occurrences = 0;
    r->status = xs_reader_term_freq(r->reader, term, length, NULL, &occurrences, &r->said);
    if (r->status == XS_OK)
        r->status = xs_reader_each_posting(r->reader, term, length, add_posting, &s, &r->said);
    if (r->status != XS_OK || r->damaged)
        return false;
    buffer_add_text(&r->key, "term ");
    add_escaped(&r->key, (span){term, length});
    buffer_printf(&r->text, "documents %u occurrences %u sum %016llx\n", documents, occurrences,
                  (unsigned long long)s.sum);
    add_item(r);
    return true;
}

/* ---- metadata and the catalog ---- */

static bool add_meta(const char *key, size_t length, void *user)
{
    reading *r = user;
    char *text;
    size_t text_length;
    span name = {key, length};
    if (span_starts_with(name, SPAN(META_FOLDER)) || span_equal(name, SPAN(META_REPLACED)))
        return true; /* add_note(); no contents */
    r->status = xs_reader_get_meta(r->reader, key, length, &text, &text_length, &r->said);
    if (r->status != XS_OK)
        return false;
    buffer_add_text(&r->key, "meta ");
    add_escaped(&r->key, (span){key, length});
    add_escaped(&r->text, (span){text, text_length});
    buffer_add_byte(&r->text, '\n');
    xs_free(text);
    add_item(r);
    return true;
}

static void add_keys(reading *r, const char *name, const keys *list)
{
    for (size_t i = 0; i < list->count; i++) {
        buffer_printf(&r->text, "%s ", name);
        add_escaped(&r->text, list->items[i]);
        buffer_add_byte(&r->text, '\n');
    }
}

static void add_note(reading *r, const catalog_note *from)
{
    buffer_add_text(&r->key, "note ");
    add_escaped(&r->key, from->root);
    buffer_add_byte(&r->key, '/');
    add_escaped(&r->key, from->path);
    buffer_printf(&r->text, "hash %016llx context %016llx\n", (unsigned long long)from->hash,
                  (unsigned long long)from->context);
    add_keys(r, "tells", &from->tells);
    add_keys(r, "asks", &from->asks);
    for (size_t i = 0; i < from->talk_count; i++)
        buffer_printf(&r->text, "talk %016llx %016llx %d\n",
                      (unsigned long long)from->talks[i].id_key,
                      (unsigned long long)from->talks[i].hash, from->talks[i].leftover);
    buffer_add_text(&r->text, "problem ");
    add_escaped(&r->text, from->problem);
    buffer_add_byte(&r->text, '\n');
    add_item(r);
}

static lc_status read_catalog(reading *r, lc_error *error)
{
    catalog *notes;
    lc_status status = catalog_load(r->reader, r->path, &notes, error);
    if (status != LC_OK)
        return status;
    status = catalog_read_details(notes, r->path, error);
    for (size_t i = 0; i < notes->count && status == LC_OK; i++)
        add_note(r, &notes->notes[i]);
    catalog_free(notes);
    return status;
}

/* ---- the whole ---- */

static xs_status first_failure(const reading *r, xs_status status)
{
    return r->status != XS_OK ? r->status : status;
}

static xs_status read_database(reading *r)
{
    xs_status status = xs_reader_each_posting(r->reader, "", 0, add_document, r, &r->said);
    status = first_failure(r, status);
    if (status == XS_OK && !r->damaged)
        status = first_failure(r, xs_reader_each_term(r->reader, "", 0, add_term, r, &r->said));
    if (status == XS_OK && !r->damaged)
        status = first_failure(r, xs_reader_each_meta(r->reader, "", 0, add_meta, r, &r->said));
    return status;
}

static int compare_items(const void *left, const void *right)
{
    const content_item *a = left, *b = right;
    int order = strcmp(a->key, b->key);
    return order ? order : (a->hash > b->hash) - (a->hash < b->hash);
}

lc_status contents_read(const char *index_path, bool keep_text, contents *out, lc_error *error)
{
    xs_reader *reader;
    xs_error said;
    *out = (contents){0};
    xs_status opened = xs_reader_open(index_path, &reader, &said);
    if (opened != XS_OK)
        return from_xapian(opened, &said, index_path, error);
    reading r = {.reader = reader,
                 .path = index_path,
                 .keep_text = keep_text,
                 .to = out,
                 .memory = arena_new(),
                 .documents = map_new()};
    lc_status status = from_xapian(read_database(&r), &r.said, index_path, error);
    if (status == LC_OK && r.damaged)
        status = lc_fail(error, LC_CORRUPT,
                         "%s: is damaged; rebuild it with: lectern index --rebuild", index_path);
    if (status == LC_OK)
        status = read_catalog(&r, error);
    if (status == LC_OK && out->count)
        qsort(out->items, out->count, sizeof *out->items, compare_items);
    if (status != LC_OK)
        contents_free(out);
    xs_positions_clear(&r.positions);
    map_free(r.documents);
    arena_free(r.memory);
    buffer_free(&r.key);
    buffer_free(&r.text);
    xs_reader_free(reader);
    return status;
}

void contents_free(contents *what)
{
    for (size_t i = 0; i < what->count; i++) {
        free(what->items[i].key);
        free(what->items[i].text);
    }
    free(what->items);
    *what = (contents){0};
}

size_t contents_compare(const contents *left, const contents *right, visit_difference visit,
                        void *user)
{
    size_t l = 0, r = 0, differences = 0;
    while (l < left->count || r < right->count) {
        const content_item *a = l < left->count ? &left->items[l] : NULL;
        const content_item *b = r < right->count ? &right->items[r] : NULL;
        int order = !a ? 1 : !b ? -1 : strcmp(a->key, b->key);
        l += order <= 0;
        r += order >= 0;
        if (order == 0 && a->hash == b->hash)
            continue;
        differences++;
        if (visit)
            visit(order <= 0 ? a : NULL, order >= 0 ? b : NULL, user);
    }
    return differences;
}
