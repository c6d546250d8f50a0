/* All that a reader can see of a database, as text. */
#include <stdlib.h>
#include <string.h>

#include "glass_testing.h"
#include "index/format.h"

typedef struct {
    buffer *to;
    const xs_reader *reader;
    span term; /* whose postings are visited */
    xs_positions positions;
} dump;

/* Printable bytes as they are; long text cut, and told by a sum. */
static void add_text(buffer *to, span text)
{
    enum { SHOWN = 300 };
    uint64_t sum = 14695981039346656037u; /* FNV-1a */
    for (size_t i = 0; i < text.length; i++)
        sum = (sum ^ (uint8_t)text.at[i]) * 1099511628211u;
    for (size_t i = 0; i < text.length && i < SHOWN; i++)
        if (text.at[i] > ' ' && text.at[i] < 0x7f && text.at[i] != '\\')
            buffer_add_byte(to, text.at[i]);
        else
            buffer_printf(to, "\\%02x", (uint8_t)text.at[i]);
    if (text.length > SHOWN)
        buffer_printf(to, "... %zu bytes, sum %016llx", text.length, (unsigned long long)sum);
}

static bool dump_posting(uint32_t docid, uint32_t wdf, void *user)
{
    dump *in = user;
    buffer_printf(in->to, "  %u wdf %u at", docid, wdf);
    if (in->term.length) {
        xexpect(xs_reader_positions(in->reader, docid, in->term.at, in->term.length, &in->positions,
                                    NULL));
        for (size_t i = 0; i < in->positions.count; i++)
            buffer_printf(in->to, " %u", in->positions.position[i]);
    }
    buffer_add_byte(in->to, '\n');
    return true;
}

static bool dump_term(const char *term, size_t length, uint32_t frequency, void *user)
{
    dump *in = user;
    uint32_t documents, occurrences;
    in->term = (span){term, length};
    xexpect(xs_reader_term_freq(in->reader, term, length, &documents, &occurrences, NULL));
    buffer_add_text(in->to, "term ");
    add_text(in->to, in->term);
    buffer_printf(in->to, " in %u (%u) wdf %u\n", frequency, documents, occurrences);
    xexpect(xs_reader_each_posting(in->reader, term, length, dump_posting, in, NULL));
    return true;
}

static bool dump_document_term(const char *term, size_t length, uint32_t wdf, void *user)
{
    dump *in = user;
    buffer_add_text(in->to, "  ");
    add_text(in->to, (span){term, length});
    buffer_printf(in->to, " %u\n", wdf);
    return true;
}

static void dump_document(dump *in, uint32_t docid)
{
    uint32_t length;
    char *data;
    size_t data_length;
    if (xs_reader_doc_length(in->reader, docid, &length, NULL) == XS_NOT_FOUND)
        return;
    buffer_printf(in->to, "document %u length ", docid);
    xexpect(xs_reader_doc_length(in->reader, docid, &length, NULL));
    buffer_printf(in->to, "%u data ", length);
    xexpect(xs_reader_get_data(in->reader, docid, &data, &data_length, NULL));
    add_text(in->to, (span){data, data_length});
    buffer_add_byte(in->to, '\n');
    xs_free(data);
    xexpect(xs_reader_each_doc_term(in->reader, docid, "", 0, dump_document_term, in, NULL));
}

static bool dump_value(uint32_t docid, const char *text, size_t length, void *user)
{
    dump *in = user;
    buffer_printf(in->to, "  %u ", docid);
    add_text(in->to, (span){text, length});
    buffer_add_byte(in->to, '\n');
    return true;
}

static bool dump_meta(const char *key, size_t length, void *user)
{
    dump *in = user;
    char *text;
    size_t text_length;
    if (span_equal((span){key, length}, SPAN(META_REPLACED)))
        return true; /* names a commit: another in each index */
    buffer_add_text(in->to, "meta ");
    add_text(in->to, (span){key, length});
    buffer_add_byte(in->to, ' ');
    xexpect(xs_reader_get_meta(in->reader, key, length, &text, &text_length, NULL));
    add_text(in->to, (span){text, text_length});
    buffer_add_byte(in->to, '\n');
    xs_free(text);
    return true;
}

/* ---- queries: scores rest on statistics that nothing else shows ---- */

static void dump_search(dump *in, const char *name, const xs_query *query, xs_order order)
{
    static const xs_weights weights = {
        .kind = XS_WEIGHT_BM25, .k1 = 1, .k3 = 1, .b = .5, .min_normlen = .5};
    xs_search search = {.limit = 20, .order = order, .order_slot = 5};
    xs_hits hits = {0};
    xexpect(xs_reader_search(in->reader, query, &weights, &search, &hits, NULL));
    buffer_printf(in->to, "query %s", name);
    for (size_t i = 0; i < hits.count; i++)
        buffer_printf(in->to, " %u:%.9g", hits.hit[i].docid, hits.hit[i].score);
    buffer_add_byte(in->to, '\n');
    xs_hits_clear(&hits);
}

static void dump_queries(dump *in)
{
    static const char *const words[] = {"all", "w0", "w1", "w3", "w7"};
    enum { WORDS = sizeof words / sizeof *words };
    xs_query *term[WORDS], *joined, *range;
    for (size_t i = 0; i < WORDS; i++) {
        xexpect(xs_query_term(words[i], strlen(words[i]), 1, &term[i], NULL));
        dump_search(in, words[i], term[i], XS_BY_SCORE);
    }
    const xs_query *const *terms = (const xs_query *const *)term;
    xexpect(xs_query_join(XS_OR, terms, WORDS, &joined, NULL));
    dump_search(in, "or", joined, XS_BY_SCORE);
    dump_search(in, "or by value", joined, XS_BY_VALUE_DESCENDING);
    xexpect(xs_query_value_range(1, "\x20", 1, "\x70", 1, &range, NULL));
    dump_search(in, "range", range, XS_BY_SCORE);
    xs_query_free(range);
    xs_query_free(joined);
    xexpect(xs_query_near(terms + 1, 2, 50, false, &joined, NULL));
    dump_search(in, "near", joined, XS_BY_SCORE);
    xs_query_free(joined);
    for (size_t i = 0; i < WORDS; i++)
        xs_query_free(term[i]);
}

void dump_database(const char *path, buffer *to)
{
    static const uint32_t slots[] = {0, 1, 2, 3, 5, 127, 128, 255, 256, 300, 70000, GLASS_SLOT_MAX};
    xs_reader *reader;
    xs_stats stats;
    xexpect(xs_reader_open(path, &reader, NULL));
    dump in = {.to = to, .reader = reader};
    xexpect(xs_reader_stats(reader, &stats, NULL));
    buffer_printf(to, "documents %u last %u average %.12g\n", stats.doc_count, stats.last_docid,
                  stats.average_length);
    xexpect(xs_reader_each_term(reader, "", 0, dump_term, &in, NULL));
    in.term = SPAN_NONE;
    buffer_add_text(to, "every document\n");
    xexpect(xs_reader_each_posting(reader, "", 0, dump_posting, &in, NULL));
    for (uint32_t docid = 1; docid <= stats.last_docid; docid++)
        dump_document(&in, docid);
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) {
        buffer_printf(to, "slot %u\n", slots[i]);
        xexpect(xs_reader_each_value(reader, slots[i], dump_value, &in, NULL));
    }
    xexpect(xs_reader_each_meta(reader, "", 0, dump_meta, &in, NULL));
    dump_queries(&in);
    xs_positions_clear(&in.positions);
    xs_reader_free(reader);
}

void assert_same_dump(const char *path, const char *expected_path)
{
    buffer found = {0}, expected = {0};
    dump_database(path, &found);
    dump_database(expected_path, &expected);
    span found_rest = buffer_span(&found), expected_rest = buffer_span(&expected);
    for (int line = 1; found_rest.length || expected_rest.length; line++) {
        span a = span_cut_line(&found_rest), b = span_cut_line(&expected_rest);
        if (!span_equal(a, b))
            fail_msg("%s line %d:\n  %.*s\nexpected:\n  %.*s", path, line,
                     (int)(a.length < 500 ? a.length : 500), a.at,
                     (int)(b.length < 500 ? b.length : 500), b.at);
    }
    buffer_free(&found);
    buffer_free(&expected);
}

void assert_check_clean(const char *path)
{
    size_t errors;
    char *text;
    xexpect(xs_check(path, &errors, &text, NULL));
    if (errors)
        fail_msg("%s: %zu errors\n%s", path, errors, text);
    xs_free(text);
}
