#include "search/narrow.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "index/xapian_error.h"

bool narrowing_is_any(const narrowing *what)
{
    return what->root.length || what->exact.length || what->per_note || what->per_event ||
           what->recent || what->by_event;
}

/* ---- conditions ---- */

static bool is_below(const talk_record *record, span folder)
{
    span root = record->root;
    if (span_equal(root, folder))
        return true;
    if (span_starts_with(root, folder)) /* the folder is above the root */
        return folder.at[folder.length - 1] == '/' || root.at[folder.length] == '/';
    if (!span_starts_with(folder, root) || folder.at[root.length] != '/')
        return false;
    span below = span_from(folder, root.length + 1);
    return span_starts_with(record->path, below) &&
           (record->path.length == below.length || record->path.at[below.length] == '/');
}

/* White space alike: a text's lines may be broken elsewhere than one remembers. */
static void add_blanks_alike(span text, buffer *to)
{
    for (size_t i = 0; i < text.length; i++) {
        bool blank = byte_is_space(text.at[i]);
        if (!blank || !to->length || to->at[to->length - 1] != ' ')
            buffer_add_byte(to, blank ? ' ' : text.at[i]);
    }
}

static bool holds(span text, span wanted, buffer *scratch)
{
    buffer_clear(scratch);
    add_blanks_alike(text, scratch);
    return memmem(scratch->length ? scratch->at : "", scratch->length, wanted.at, wanted.length) !=
           NULL;
}

typedef struct {
    const narrowing *to;
    buffer exact, scratch;
    arena *memory;
} narrower;

static bool fits(narrower *n, const talk_record *record)
{
    const talk *of = &record->talk;
    span exact = buffer_span(&n->exact);
    if (n->to->root.length && !is_below(record, n->to->root))
        return false;
    return !exact.length || holds(of->title.text, exact, &n->scratch) ||
           holds(of->body, exact, &n->scratch) || holds(of->code, exact, &n->scratch);
}

static void keep_fitting(narrower *n, search_result *in, docid_list *fitting)
{
    size_t kept = 0;
    fitting->docids = arena_alloc(n->memory, (in->count + 1) * sizeof *fitting->docids);
    in->all_count = in->some_count = 0;
    for (size_t i = 0; i < in->count; i++) {
        if (!fits(n, &in->hits[i].record))
            continue;
        if (in->hits[i].tier >= TIER_SOME) {
            in->some_count++;
        } else {
            in->all_count++;
            fitting->docids[fitting->count++] = in->hits[i].docid;
        }
        in->hits[kept++] = in->hits[i];
    }
    in->count = kept;
}

/* ---- order ---- */

static int compare_numbers(double a, double b)
{
    return (a > b) - (a < b);
}

/* In days, of a talk that has a date. */
static double age_of(const hit *of, day_number today)
{
    date_point date = of->record.talk.interval.last;
    day_number day = day_of(date.year, date.month ? date.month : 12, date.day ? date.day : 28);
    return day < today ? (double)today - day : 0;
}

static int compare_ages(const void *left, const void *right)
{
    return compare_numbers(*(const double *)left, *(const double *)right);
}

static double middle_age(const narrower *n, day_number today, const search_result *in)
{
    size_t count = 0;
    double *ages = arena_alloc(n->memory, (in->count + 1) * sizeof *ages);
    for (size_t i = 0; i < in->count; i++)
        if (in->hits[i].record.talk.interval.last.year)
            ages[count++] = age_of(&in->hits[i], today);
    qsort(ages, count, sizeof *ages, compare_ages);
    return count ? ages[count / 2] : 0;
}

/* Nobody knows how old a talk without a date is: as old as half of the others, so that it is
 * neither first nor last for that. */
static void weigh_by_age(const narrower *n, day_number today, search_result *in)
{
    double middle = middle_age(n, today, in);
    for (size_t i = 0; i < in->count; i++) {
        bool dated = in->hits[i].record.talk.interval.last.year != 0;
        double age = dated ? age_of(&in->hits[i], today) : middle;
        in->hits[i].score *= exp2(-age / RECENT_HALF_LIFE_DAYS);
    }
}

static int compare_scores(const void *left, const void *right)
{
    const hit *a = left, *b = right;
    if (a->tier != b->tier)
        return a->tier < b->tier ? -1 : 1;
    int order = compare_numbers(b->score, a->score);
    return order ? order : compare_numbers(a->docid, b->docid);
}

/* A talk without an event comes behind those with one. */
static int compare_events(const void *left, const void *right)
{
    const hit *a = left, *b = right;
    const talk *of_a = &a->record.talk, *of_b = &b->record.talk;
    if ((a->tier >= TIER_SOME) != (b->tier >= TIER_SOME))
        return a->tier >= TIER_SOME ? 1 : -1;
    if (!of_a->event.text.length != !of_b->event.text.length)
        return of_a->event.text.length ? -1 : 1;
    int order = span_compare(of_a->event.text, of_b->event.text);
    if (!order)
        order = span_compare(of_a->date.text, of_b->date.text);
    if (!order)
        order = span_compare(a->record.path, b->record.path);
    return order ? order : compare_numbers(of_a->line, of_b->line);
}

static void put_in_order(const narrower *n, day_number today, search_result *in)
{
    if (n->to->recent)
        weigh_by_age(n, today, in);
    if (in->count && n->to->by_event)
        qsort(in->hits, in->count, sizeof *in->hits, compare_events);
    else if (in->count && n->to->recent)
        qsort(in->hits, in->count, sizeof *in->hits, compare_scores);
}

/* ---- few of one ---- */

/* Whether fewer than `most` of that name came before; talks without any name all pass. */
static bool is_among_first(map *counts, span name, size_t most)
{
    return !name.length || (*map_put(counts, name, 0))++ < most;
}

static void keep_few(const narrower *n, search_result *in)
{
    map *notes = map_new(), *events = map_new();
    size_t kept = 0;
    for (size_t i = 0; i < in->count; i++) {
        const talk_record *record = &in->hits[i].record;
        span note =
            arena_printf(n->memory, "%.*s/%.*s", SPAN_ARG(record->root), SPAN_ARG(record->path));
        if ((!n->to->per_note || is_among_first(notes, note, n->to->per_note)) &&
            (!n->to->per_event ||
             is_among_first(events, record->talk.event.text, n->to->per_event)))
            in->hits[kept++] = in->hits[i];
    }
    in->count = kept;
    map_free(notes);
    map_free(events);
}

static void cut_page(const search_request *request, search_result *in)
{
    size_t skipped = request->offset < in->count ? request->offset : in->count;
    in->hits += skipped;
    in->count -= skipped;
    if (in->count > request->limit)
        in->count = request->limit;
}

lc_status narrow_search(searcher *in, const search_request *request, const narrowing *to,
                        arena *memory, search_result *out, docid_list *fitting_out, lc_error *error,
                        query_mistake *where)
{
    narrower n = {.to = to, .memory = memory};
    search_request whole = *request;
    xs_stats stats;
    xs_error said;
    *out = (search_result){0};
    *fitting_out = (docid_list){0};
    if (xs_reader_stats(searcher_reader(in), &stats, &said) != XS_OK)
        return from_xapian(said.status, &said, searcher_vocabulary(in)->path, error);
    whole.offset = 0;
    whole.limit = stats.doc_count + 1;
    lc_status status = searcher_search(in, &whole, memory, out, error, where);
    if (status == LC_OK) {
        add_blanks_alike(to->exact, &n.exact);
        keep_fitting(&n, out, fitting_out);
        put_in_order(&n, request->today, out);
        keep_few(&n, out);
        cut_page(request, out);
    }
    buffer_free(&n.exact);
    buffer_free(&n.scratch);
    return status;
}
