#include "search/facet_table.h"

#include <stdlib.h>
#include <string.h>

#include "index/format.h"
#include "index/kept.h"
#include "index/xapian_error.h"

/* Of what is kept: kept.h. */
enum { FORMAT = 1 };

/* What is kept: these, then begins, ids, key_begins, keys. */
typedef struct {
    uint32_t docid_limit, id_count, value_count, keys_length;
} header;

span facet_prefix(const field *of, arena *memory)
{
    bool whole_terms = of->type == FIELD_EXACT || of->type == FIELD_OF_DATES;
    return whole_terms ? span_of(of->prefix) : arena_printf(memory, PREFIX_VALUE "%s:", of->prefix);
}

/* ---- reading ---- */

/* Lays the arrays over the file. */
static void lay_out(facet_table *table)
{
    header h;
    memcpy(&h, table->file.at, sizeof h);
    table->docid_limit = h.docid_limit;
    table->value_count = h.value_count;
    table->begins = (const uint32_t *)(const void *)(table->file.at + sizeof h);
    table->ids = table->begins + h.docid_limit + 1;
    table->key_begins = table->ids + h.id_count;
    table->keys = (const char *)(table->key_begins + h.value_count + 1);
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

static xs_status make_table(const xs_reader *reader, const field *of, facet_table *out,
                            xs_error *said)
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
    kept_origin from = {.format = FORMAT};
    buffer name = {0};
    *out = (facet_table){0};
    buffer_printf(&name, "facet-%s", of->name);
    xs_status status = xs_reader_commit(reader, from.commit, &said);
    bool kept = status == XS_OK && kept_read(index_path, name.at, &from, &out->file);
    if (status == XS_OK && !kept)
        status = make_table(reader, of, out, &said);
    if (status == XS_OK && !kept)
        kept_write(index_path, name.at, &from, buffer_span(&out->file));
    if (status == XS_OK)
        lay_out(out);
    buffer_free(&name);
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
