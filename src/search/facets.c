#include "search/facets.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "index/xapian_error.h"
#include "search/facet_table.h"
#include "search/persons.h"

/* ---- which fields ---- */

static lc_status unknown_facet(span name, const char *option, lc_error *error)
{
    buffer names = {0};
    for (int i = 0; i < FIELD_COUNT; i++)
        if (FIELDS[i].facet)
            buffer_printf(&names, "%s%s", names.length ? ", " : "", FIELDS[i].name);
    lc_fail(error, LC_BAD_INPUT, "%s %.*s: can't be counted; what can: %s", option, SPAN_ARG(name),
            names.at);
    buffer_free(&names);
    return LC_BAD_INPUT;
}

/* A field by name, alias or plural. */
static const field *facet_by_name(span name)
{
    const field *found = field_by_name(name);
    if (!found && name.length > 1 && byte_lower(name.at[name.length - 1]) == 's')
        found = field_by_name(span_slice(name, 0, name.length - 1));
    return found && found->facet ? found : NULL;
}

lc_status facet_request_read(const char *names, const char *option, facet_request *out,
                             lc_error *error)
{
    span rest = span_of(names);
    do {
        span name = span_trim(span_cut(&rest, ','));
        const field *found = facet_by_name(name);
        if (!found || out->count == FACETS_MAX)
            return unknown_facet(name, option, error);
        out->fields[out->count++] = found;
    } while (rest.length);
    return LC_OK;
}

/* ---- the matches, as bits by docid ---- */

typedef struct {
    uint8_t *bits;
    uint32_t limit; /* docids are below it */
    size_t count;
    uint32_t *docids; /* the first FEW of them */
} match_set;

/* So many matches are counted from their own lists of terms; more by the facet tables. */
enum { FEW = 100 };

static void add_match(uint32_t docid, void *user)
{
    match_set *to = user;
    if (docid >= to->limit)
        return;
    if (to->count < FEW)
        to->docids[to->count] = docid;
    to->bits[docid / 8] |= (uint8_t)(1U << docid % 8);
    to->count++;
}

static bool is_match(const match_set *in, uint32_t docid)
{
    return docid < in->limit && (in->bits[docid / 8] >> docid % 8 & 1);
}

typedef struct {
    searcher *in;
    const xs_reader *reader;
    arena *memory;
    match_set all;
    xs_error said;
} counting;

static xs_status find_matches(counting *c, const query_plan *plan, const facet_request *request)
{
    static const xs_weights no_weights = {.kind = XS_WEIGHT_BOOL};
    xs_stats stats;
    xs_hits found = {0};
    xs_search page = {.limit = 1, .on_match = add_match, .user = &c->all};
    xs_status status = xs_reader_stats(c->reader, &stats, &c->said);
    if (status != XS_OK)
        return status;
    c->all.limit = stats.last_docid + 1;
    c->all.bits = arena_zalloc(c->memory, c->all.limit / 8 + 1);
    c->all.docids = arena_alloc(c->memory, FEW * sizeof *c->all.docids);
    for (size_t i = 0; request->docids && i < request->docid_count; i++)
        add_match(request->docids[i], &c->all);
    if (plan->all && !request->docids)
        status = xs_reader_search(c->reader, plan->all, &no_weights, &page, &found, &c->said);
    xs_hits_clear(&found);
    return status;
}

/* ---- counting one field ---- */

typedef struct counted counted;
struct counted {
    span key; /* the term behind the prefix: the value folded */
    uint32_t count, docid;
    span text;
    counted *spellings; /* of a person: all that were counted */
    size_t spelling_count;
};

typedef struct {
    counting *c;
    const field *field;
    span prefix;
    counted *items;
    size_t count, capacity;
    map *places; /* key -> index in items, and the document: when counting by document */
    uint32_t docid;
} field_counting;

static void count_value(field_counting *f, span key, uint32_t docid)
{
    uint32_t *place = map_put(f->places, key, (uint32_t)f->count);
    if (*place == f->count) {
        counted added = {.key = arena_copy(f->c->memory, key), .docid = docid};
        ARENA_ADD(f->c->memory, f->items, f->count, f->capacity, added);
    }
    f->items[*place].count++;
}

static bool count_own_term(const char *name, size_t length, uint32_t frequency, void *user)
{
    field_counting *f = user;
    (void)frequency;
    count_value(f, span_from((span){name, length}, f->prefix.length), f->docid);
    return true;
}

static xs_status count_by_document(field_counting *f)
{
    xs_status status = XS_OK;
    f->places = map_new();
    for (size_t i = 0; i < f->c->all.count && status == XS_OK; i++) {
        f->docid = f->c->all.docids[i];
        if (is_match(&f->c->all, f->docid))
            status = xs_reader_each_doc_term(f->c->reader, f->docid, f->prefix.at, f->prefix.length,
                                             count_own_term, f, &f->c->said);
    }
    map_free(f->places);
    return status;
}

static void count_in_table(field_counting *f, const facet_table *in)
{
    uint32_t *counts = xcalloc(in->value_count + (size_t)1, sizeof *counts);
    uint32_t *docids = xcalloc(in->value_count + (size_t)1, sizeof *docids);
    for (uint32_t d = 1; d < in->docid_limit; d++) {
        if (!is_match(&f->c->all, d))
            continue;
        for (uint32_t i = in->begins[d]; i < in->begins[d + 1]; i++)
            if (counts[in->ids[i]]++ == 0)
                docids[in->ids[i]] = d;
    }
    for (uint32_t v = 0; v < in->value_count; v++)
        if (counts[v]) {
            counted added = {.key = arena_copy(f->c->memory, facet_table_key(in, v)),
                             .count = counts[v],
                             .docid = docids[v]};
            ARENA_ADD(f->c->memory, f->items, f->count, f->capacity, added);
        }
    free(counts);
    free(docids);
}

static lc_status count_field(field_counting *f, lc_error *error)
{
    const char *path = searcher_vocabulary(f->c->in)->path;
    facet_table all;
    if (f->c->all.count <= FEW)
        return from_xapian(count_by_document(f), &f->c->said, path, error);
    lc_status status = facet_table_open(f->c->reader, path, f->field, &all, error);
    if (status != LC_OK)
        return status;
    count_in_table(f, &all);
    facet_table_free(&all);
    return LC_OK;
}

static int by_name(const void *left, const void *right)
{
    const counted *a = left, *b = right;
    return span_compare(a->key, b->key);
}

static int by_count(const void *left, const void *right)
{
    const counted *a = left, *b = right;
    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    return span_compare(a->key, b->key);
}

/* ---- persons ---- */

typedef struct {
    const match_set *among;
    arena *memory;
    uint32_t *docids;
    size_t count, capacity;
} talk_list;

static bool add_talk(uint32_t docid, uint32_t wdf, void *user)
{
    talk_list *to = user;
    (void)wdf;
    if (is_match(to->among, docid))
        ARENA_ADD(to->memory, to->docids, to->count, to->capacity, docid);
    return true;
}

static int compare_docids(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* A talk may name one person twice. */
static lc_status count_talks(field_counting *f, counted *of, lc_error *error)
{
    talk_list found = {.among = &f->c->all, .memory = f->c->memory};
    xs_status status = XS_OK;
    for (size_t i = 0; i < of->spelling_count && status == XS_OK; i++) {
        span name = arena_printf(f->c->memory, "%.*s%.*s", SPAN_ARG(f->prefix),
                                 SPAN_ARG(of->spellings[i].key));
        status = xs_reader_each_posting(f->c->reader, name.at, name.length, add_talk, &found,
                                        &f->c->said);
    }
    if (found.count)
        qsort(found.docids, found.count, sizeof *found.docids, compare_docids);
    of->count = 0;
    for (size_t i = 0; i < found.count; i++)
        of->count += i == 0 || found.docids[i] != found.docids[i - 1];
    return from_xapian(status, &f->c->said, searcher_vocabulary(f->c->in)->path, error);
}

/* Moves what was counted of the person's spellings into one. */
static lc_status join_spellings(field_counting *f, const person_variants *person, lc_error *error)
{
    counted joined = {.spellings = arena_alloc(f->c->memory, person->count * sizeof(counted))};
    counted *first = NULL;
    for (size_t i = 0; i < person->count; i++) {
        const uint32_t *place = map_get(f->places, person->names[i]);
        if (!place)
            continue;
        counted *of = &f->items[*place];
        first = first ? first : of;
        joined.spellings[joined.spelling_count++] = *of;
        of->count = 0;
    }
    if (!first)
        return LC_OK;
    joined.key = joined.spellings[0].key;
    joined.docid = joined.spellings[0].docid;
    lc_status status = count_talks(f, &joined, error);
    if (joined.spelling_count == 1)
        joined.spelling_count = 0;
    *first = joined;
    return status;
}

/* The spellings of one person count as one value. */
static lc_status join_persons(field_counting *f, lc_error *error)
{
    person_list persons;
    size_t kept = 0;
    lc_status status = persons_open(f->c->reader, searcher_vocabulary(f->c->in)->path, f->c->memory,
                                    &persons, error);
    f->places = map_new();
    for (size_t i = 0; i < f->count; i++)
        map_put(f->places, f->items[i].key, (uint32_t)i);
    for (size_t i = 0; i < persons.count && status == LC_OK; i++)
        status = join_spellings(f, &persons.items[i], error);
    map_free(f->places);
    for (size_t i = 0; i < f->count; i++)
        if (f->items[i].count)
            f->items[kept++] = f->items[i];
    f->count = kept;
    return status;
}

/* ---- the values as they are written ---- */

static void take_text(span text, counted *to)
{
    buffer folded = {0};
    utf8_fold(text, &folded);
    if (span_equal(buffer_span(&folded), to->key))
        to->text = text;
    buffer_free(&folded);
}

static void take_texts(const values *list, counted *to)
{
    for (size_t i = 0; i < list->count && !to->text.length; i++)
        take_text(list->items[i].text, to);
}

static lc_status find_text(field_counting *f, counted *of, lc_error *error)
{
    talk_record record;
    lc_status status = searcher_record(f->c->in, of->docid, f->c->memory, &record, error);
    if (status != LC_OK)
        return status;
    const talk *from = &record.talk;
    switch (f->field->id) {
    case FIELD_SPEAKER: take_texts(&from->speakers, of); break;
    case FIELD_TECH: take_texts(&from->techs, of); break;
    case FIELD_ORG: take_texts(&from->orgs, of); break;
    case FIELD_TAG: take_texts(&from->tags, of); break;
    case FIELD_EVENT: take_text(from->event.text, of); break;
    case FIELD_SERIES: take_text(from->series.text, of); break;
    default: break;
    }
    if (!of->text.length)
        of->text = of->key;
    return LC_OK;
}

static lc_status give_spellings(field_counting *f, const counted *from, facet_value *to,
                                lc_error *error)
{
    lc_status status = LC_OK;
    to->spellings = arena_zalloc(f->c->memory, from->spelling_count * sizeof *to->spellings);
    to->spelling_count = from->spelling_count;
    if (from->spelling_count)
        qsort(from->spellings, from->spelling_count, sizeof *from->spellings, by_count);
    for (size_t i = 0; i < from->spelling_count && status == LC_OK; i++) {
        status = find_text(f, &from->spellings[i], error);
        to->spellings[i] = (facet_spelling){from->spellings[i].text, from->spellings[i].count};
    }
    return status;
}

static lc_status give_values(field_counting *f, const facet_request *request, facet *out,
                             lc_error *error)
{
    lc_status status = LC_OK;
    bool written = f->field->type != FIELD_EXACT && f->field->type != FIELD_OF_DATES;
    if (f->count)
        qsort(f->items, f->count, sizeof *f->items,
              request->order == FACETS_BY_NAME ? by_name : by_count);
    out->field = f->field;
    out->distinct = f->count;
    out->shown = f->count < request->limit ? f->count : request->limit;
    out->values = arena_zalloc(f->c->memory, (out->shown + 1) * sizeof *out->values);
    for (size_t i = 0; i < out->shown && status == LC_OK; i++) {
        counted *from = &f->items[i];
        from->text = written ? SPAN_NONE : from->key;
        if (written)
            status = find_text(f, from, error);
        out->values[i] = (facet_value){.text = from->text, .count = from->count};
        if (status == LC_OK && from->spelling_count)
            status = give_spellings(f, from, &out->values[i], error);
    }
    return status;
}

lc_status facets_count(searcher *in, const query_plan *plan, const facet_request *request,
                       arena *memory, facets *out, lc_error *error)
{
    counting c = {.in = in, .reader = searcher_reader(in), .memory = memory};
    const char *path = searcher_vocabulary(in)->path;
    xs_status found = find_matches(&c, plan, request);
    *out = (facets){arena_zalloc(memory, request->count * sizeof(facet)), 0};
    lc_status status = from_xapian(found, &c.said, path, error);
    for (size_t i = 0; i < request->count && status == LC_OK; i++) {
        const field *of = request->fields[i];
        field_counting f = {.c = &c, .field = of, .prefix = facet_prefix(of, memory)};
        status = count_field(&f, error);
        if (status == LC_OK && of->id == FIELD_SPEAKER)
            status = join_persons(&f, error);
        if (status == LC_OK)
            status = give_values(&f, request, &out->items[out->count++], error);
    }
    return status;
}

/* ---- completion ---- */

static bool add_document(uint32_t docid, uint32_t wdf, void *user)
{
    (void)wdf;
    add_match(docid, user);
    return true;
}

static bool word_begins(span key, span beginning)
{
    for (size_t at = 0; at < key.length; at++) {
        bool starts = at == 0 || !byte_is_alnum(key.at[at - 1]);
        if (starts && span_starts_with(span_from(key, at), beginning))
            return true;
    }
    return !beginning.length;
}

lc_status facets_complete(searcher *in, const field *of, span beginning, size_t limit,
                          arena *memory, facet *out, lc_error *error)
{
    static const query_plan no_plan = {.all = NULL};
    counting c = {.in = in, .reader = searcher_reader(in), .memory = memory};
    field_counting f = {.c = &c, .field = of, .prefix = facet_prefix(of, memory)};
    facet_request request = {.limit = limit, .order = FACETS_BY_COUNT};
    buffer folded = {0};
    size_t kept = 0;
    xs_status found = find_matches(&c, &no_plan, &request);
    if (found == XS_OK)
        found = xs_reader_each_posting(c.reader, "", 0, add_document, &c.all, &c.said);
    lc_status status = from_xapian(found, &c.said, searcher_vocabulary(in)->path, error);
    if (status == LC_OK)
        status = count_field(&f, error);
    utf8_fold(beginning, &folded);
    for (size_t i = 0; i < f.count; i++)
        if (word_begins(f.items[i].key, buffer_span(&folded)))
            f.items[kept++] = f.items[i];
    f.count = kept;
    buffer_free(&folded);
    return status == LC_OK ? give_values(&f, &request, out, error) : status;
}
