#include "search/facet_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "index/format.h"
#include "index/xapian_error.h"

/* The file: this header, then begins, ids, key_begins, keys. In the machine's own order of bytes:
 * it never leaves the index. */
typedef struct {
    char magic[16], commit[XS_COMMIT_SIZE];
    uint32_t docid_limit, id_count, value_count, keys_length;
} header;

static const char MAGIC[16] = "lectern-facet-1";

span facet_prefix(const field *of, arena *memory)
{
    bool whole_terms = of->type == FIELD_EXACT || of->type == FIELD_OF_DATES;
    return whole_terms ? span_of(of->prefix) : arena_printf(memory, PREFIX_VALUE "%s:", of->prefix);
}

/* ---- reading ---- */

static bool ascends(const uint32_t *numbers, size_t count, uint32_t last)
{
    if (numbers[0] != 0 || numbers[count] != last)
        return false;
    for (size_t i = 0; i < count; i++)
        if (numbers[i] > numbers[i + 1])
            return false;
    return true;
}

/* Lays the arrays over the file; false if it is damaged. */
static bool lay_out(facet_table *table)
{
    header h;
    if (table->file.length < sizeof h)
        return false;
    memcpy(&h, table->file.at, sizeof h);
    uint64_t numbers = (uint64_t)h.docid_limit + 1 + h.id_count + (uint64_t)h.value_count + 1;
    if (table->file.length != sizeof h + numbers * sizeof(uint32_t) + h.keys_length)
        return false;
    table->docid_limit = h.docid_limit;
    table->value_count = h.value_count;
    table->begins = (const uint32_t *)(const void *)(table->file.at + sizeof h);
    table->ids = table->begins + h.docid_limit + 1;
    table->key_begins = table->ids + h.id_count;
    table->keys = (const char *)(table->key_begins + h.value_count + 1);
    for (uint32_t i = 0; i < h.id_count; i++)
        if (table->ids[i] >= h.value_count)
            return false;
    return ascends(table->begins, h.docid_limit, h.id_count) &&
           ascends(table->key_begins, h.value_count, h.keys_length);
}

static bool read_file(const char *path, const char *commit, facet_table *out)
{
    header h;
    bool good = file_read(path, 0, &out->file, NULL, NULL) == LC_OK && out->file.length >= sizeof h;
    if (good) {
        memcpy(&h, out->file.at, sizeof h);
        good = memcmp(h.magic, MAGIC, sizeof h.magic) == 0 &&
               memcmp(h.commit, commit, sizeof h.commit) == 0 && lay_out(out);
    }
    if (!good)
        facet_table_free(out);
    return good;
}

/* ---- making ---- */

typedef struct {
    const xs_reader *reader;
    size_t prefix_length;
    struct {
        uint32_t docid, value;
    } * pairs; /* value by value */
    size_t pair_count, pair_capacity;
    uint32_t *key_begins, *ids;
    size_t value_count, value_capacity;
    buffer keys;
    xs_error said;
} making;

static bool meet_document(uint32_t docid, uint32_t wdf, void *user)
{
    making *m = user;
    (void)wdf;
    array_reserve_one(&m->pairs, m->pair_count, &m->pair_capacity, sizeof *m->pairs);
    m->pairs[m->pair_count].docid = docid;
    m->pairs[m->pair_count++].value = (uint32_t)m->value_count;
    return true;
}

static bool meet_value(const char *name, size_t length, uint32_t frequency, void *user)
{
    making *m = user;
    (void)frequency;
    if (xs_reader_each_posting(m->reader, name, length, meet_document, m, &m->said) != XS_OK)
        return false;
    uint32_t begin = (uint32_t)m->keys.length;
    ARRAY_ADD(m->key_begins, m->value_count, m->value_capacity, begin);
    buffer_add(&m->keys, span_from((span){name, length}, m->prefix_length));
    return true;
}

static void add_numbers(buffer *to, const uint32_t *numbers, size_t count)
{
    if (count)
        buffer_add(to, (span){(const char *)numbers, count * sizeof *numbers});
}

/* Sorts the pairs by document (each place is counted first) and writes header and arrays. */
static void write_table(const making *m, header h, buffer *to)
{
    uint32_t *begins = xcalloc((size_t)h.docid_limit + 2, sizeof *begins);
    uint32_t *ids = xmalloc((m->pair_count + 1) * sizeof *ids);
    for (size_t i = 0; i < m->pair_count; i++)
        begins[m->pairs[i].docid + 2]++;
    for (size_t d = 2; d <= h.docid_limit + (size_t)1; d++)
        begins[d] += begins[d - 1];
    for (size_t i = 0; i < m->pair_count; i++)
        ids[begins[m->pairs[i].docid + 1]++] = m->pairs[i].value;
    uint32_t end = h.keys_length;
    buffer_add(to, (span){(const char *)&h, sizeof h});
    add_numbers(to, begins, (size_t)h.docid_limit + 1);
    add_numbers(to, ids, m->pair_count);
    add_numbers(to, m->key_begins, m->value_count);
    add_numbers(to, &end, 1);
    buffer_add(to, buffer_span(&m->keys));
    free(begins);
    free(ids);
}

static xs_status make_table(const xs_reader *reader, const field *of, const char *commit,
                            facet_table *out, xs_error *said)
{
    making m = {.reader = reader, .said = {XS_OK, ""}};
    arena *memory = arena_new();
    span prefix = facet_prefix(of, memory);
    xs_stats stats;
    m.prefix_length = prefix.length;
    xs_status status = xs_reader_stats(reader, &stats, said);
    if (status == XS_OK)
        status = xs_reader_each_term(reader, prefix.at, prefix.length, meet_value, &m, said);
    if (status == XS_OK && m.said.status != XS_OK) {
        *said = m.said;
        status = m.said.status;
    }
    if (status == XS_OK) {
        header h = {.docid_limit = stats.last_docid + 1,
                    .id_count = (uint32_t)m.pair_count,
                    .value_count = (uint32_t)m.value_count,
                    .keys_length = (uint32_t)m.keys.length};
        memcpy(h.magic, MAGIC, sizeof h.magic);
        memcpy(h.commit, commit, sizeof h.commit);
        write_table(&m, h, &out->file);
    }
    free(m.pairs);
    free(m.key_begins);
    buffer_free(&m.keys);
    arena_free(memory);
    return status;
}

lc_status facet_table_open(const xs_reader *reader, const char *index_path, const field *of,
                           facet_table *out, lc_error *error)
{
    xs_error said;
    char commit[XS_COMMIT_SIZE] = {0};
    buffer path = {0};
    *out = (facet_table){0};
    xs_status status = xs_reader_commit(reader, commit, &said);
    buffer_printf(&path, "%s/facet-%s", index_path, of->name);
    bool kept = status == XS_OK && read_file(path.at, commit, out);
    if (status == XS_OK && !kept)
        status = make_table(reader, of, commit, out, &said);
    if (status == XS_OK && !kept && lay_out(out))
        file_replace(path.at, buffer_span(&out->file), NULL);
    buffer_free(&path);
    return from_xapian(status, &said, index_path, error);
}

span facet_table_key(const facet_table *in, uint32_t value)
{
    return (span){in->keys + in->key_begins[value],
                  in->key_begins[value + 1] - in->key_begins[value]};
}

void facet_table_free(facet_table *what)
{
    buffer_free(&what->file);
    *what = (facet_table){0};
}
