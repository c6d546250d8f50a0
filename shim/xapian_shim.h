/*
 * xapian_shim.h - the whole of Xapian that the C code may see.
 *
 * The shim knows nothing of talks and decides nothing: no prefixes, no tokenizing, no logging.
 * Rules that hold for every function here:
 *   - nothing throws: every exception becomes an xs_status;
 *   - on failure no out-parameter is touched and *err, when err is not NULL, says why in one line;
 *     on success *err is not touched;
 *   - text is (pointer, length), may hold any byte, and is copied before the call returns; text
 *     given to a visitor lives until the visitor returns and has no final zero;
 *   - arguments are borrowed, never consumed: who makes a handle frees it;
 *   - xs_*_free(NULL) does nothing; a NULL handle where one is asked for is a bug, and asserted;
 *   - a handle is used by one thread at a time.  A query counts references to its children without
 *     a lock, so all queries that were joined belong to one thread too;
 *   - a visitor returns normally: it must not longjmp out.  It may read from the same reader.
 *
 * Xapian 1.4 (glass).  Text to terms is our own work: Xapian's TermGenerator, QueryParser and
 * MSet::snippet split words their own way and are not offered; nor are LMWeight and PL2PlusWeight,
 * which score wrongly in 1.4.22, nor OP_MAX, which reads freed memory there when it ends together
 * with its sister in an OP_OR, nor wildcards, which 1.4 has only at a word's end.
 */
#ifndef XAPIAN_SHIM_H
#define XAPIAN_SHIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- status and errors ---- */

typedef enum {
    XS_OK = 0,
    XS_NO_INDEX,     /* nothing at that path, or not a Xapian database */
    XS_OLD_INDEX,    /* written by a Xapian whose format this one can't read: rebuild it */
    XS_LOCKED,       /* another writer has it open */
    XS_CHANGED,      /* two commits or more since the reader opened: reopen it and retry */
    XS_CORRUPT,      /* damaged on disk, a table cut short or gone: rebuild it */
    XS_NOT_FOUND,    /* no such document */
    XS_BAD_ARGUMENT, /* e.g. an empty term, or one over XS_TERM_MAX bytes */
    XS_NO_MEMORY,
    XS_IO,      /* any other database error: disk full, permissions */
    XS_INTERNAL /* anything else that was thrown: a bug here or there */
} xs_status;

typedef struct {
    xs_status status;
    char message[256]; /* one line, no control characters, cut to fit, always terminated */
} xs_error;

/* "ok", "no index", ...: a constant. */
const char *xs_status_name(xs_status status);

/* The version of the Xapian library in use, "1.4.22". */
const char *xs_library_version(void);

/* Frees text that a function here returned. */
void xs_free(void *memory);

/* ---- documents ---- */

/* Longest term in bytes; a zero byte counts twice.  Glass's limit: beyond it the document would
 * fail only when it is put, and take every uncommitted change with it. */
#define XS_TERM_MAX 245

typedef struct xs_doc xs_doc;

xs_status xs_doc_new(xs_doc **doc_out, xs_error *err);
/* Empties doc for the next document. */
xs_status xs_doc_clear(xs_doc *doc, xs_error *err);
/* Adds wdf to the term's frequency, and a position.  wdf counts in the document's length. */
xs_status xs_doc_add_posting(xs_doc *doc, const char *term, size_t term_len, uint32_t position,
                             uint32_t wdf, xs_error *err);
/* The same without a position; wdf 0 makes a pure filter. */
xs_status xs_doc_add_term(xs_doc *doc, const char *term, size_t term_len, uint32_t wdf,
                          xs_error *err);
/* Values sort and compare as byte strings; an empty value is none. */
xs_status xs_doc_set_value(xs_doc *doc, uint32_t slot, const char *value, size_t value_len,
                           xs_error *err);
xs_status xs_doc_set_data(xs_doc *doc, const char *data, size_t data_len, xs_error *err);
void xs_doc_free(xs_doc *doc);

/* ---- writing ----
 *
 * A change that fails makes the writer refuse all that follows, commit included, with the first
 * failure: Xapian then has silently forgotten every uncommitted change, so a commit would keep only
 * the changes made after it.  Free the writer; the index stays at its last commit.
 */

typedef struct xs_writer xs_writer;

typedef enum {
    XS_OPEN_OR_CREATE,
    XS_OVERWRITE,    /* create, or replace what is there; the old index is gone at once */
    XS_OPEN_EXISTING /* XS_NO_INDEX when there is none */
} xs_open_mode;

enum {
    XS_NO_SYNC = 1,   /* no fsync: a crash of the machine may damage the index */
    XS_DANGEROUS = 2, /* blocks are overwritten in place: no readers, and nothing can be dropped;
                         for a first build in a folder of its own */
    XS_WAIT = 4       /* wait for another writer to finish, instead of XS_LOCKED */
};

/* flags: of the enum above, or 0. */
xs_status xs_writer_open(const char *path, xs_open_mode mode, unsigned flags,
                         xs_writer **writer_out, xs_error *err);
/* Adds doc, or replaces the document that has the term id_term.  id_term is added to doc (wdf 0),
 * so that the next put finds it; clear doc before another.  docid_out may be NULL. */
xs_status xs_writer_put(xs_writer *writer, const char *id_term, size_t id_len, xs_doc *doc,
                        uint32_t *docid_out, xs_error *err);
/* Adds doc under the next free docid.  docid_out may be NULL. */
xs_status xs_writer_add(xs_writer *writer, const xs_doc *doc, uint32_t *docid_out, xs_error *err);
/* Puts doc in the place of another.  Only what differs is written: many times quicker than deleting
 * and adding when little does. */
xs_status xs_writer_replace(xs_writer *writer, uint32_t docid, const xs_doc *doc, xs_error *err);
xs_status xs_writer_delete_docid(xs_writer *writer, uint32_t docid, xs_error *err);
/* Deletes every document with that term; none is no failure. */
xs_status xs_writer_delete(xs_writer *writer, const char *term, size_t term_len, xs_error *err);
/* A key has 1 to XS_META_KEY_MAX bytes.  An empty value deletes the key. */
#define XS_META_KEY_MAX 253
xs_status xs_writer_set_meta(xs_writer *writer, const char *key, size_t key_len, const char *value,
                             size_t value_len, xs_error *err);
/* The documents with that term, uncommitted ones too, by ascending docid.  No change while it runs.
 */
typedef bool (*xs_visit_posting)(uint32_t docid, uint32_t wdf, void *user);
xs_status xs_writer_each_posting(const xs_writer *writer, const char *term, size_t term_len,
                                 xs_visit_posting visit, void *user, xs_error *err);
/* The only call that makes changes durable, and says so when it could not.  Without changes the
 * commit stays the same. */
xs_status xs_writer_commit(xs_writer *writer, xs_error *err);
/* Drops what was not committed. */
void xs_writer_free(xs_writer *writer);

/* ---- queries ---- */

typedef struct xs_query xs_query;

typedef enum {
    XS_AND,
    XS_OR,
    XS_AND_NOT,   /* the first scores; no other may match */
    XS_FILTER,    /* the first scores; all others must match */
    XS_AND_MAYBE, /* the first must match; the others add to its score */
    XS_SYNONYM,   /* as one term: frequencies estimated, wdf summed but never above the document's
                     length, which is always looked up.  So not over IMPACT wdf that the length leaves
                     out */
} xs_op;

/* Every document, score 0; and no document. */
xs_status xs_query_all(xs_query **query_out, xs_error *err);
xs_status xs_query_none(xs_query **query_out, xs_error *err);
/* wqf: how often the term stands in the query. */
xs_status xs_query_term(const char *term, size_t term_len, uint32_t wqf, xs_query **query_out,
                        xs_error *err);
/* The children within window positions, and in their order when ordered (a phrase: window = count).
 * A window smaller than count is taken as count.  Children are terms, or XS_OR of terms. */
xs_status xs_query_near(const xs_query *const *child, size_t count, uint32_t window, bool ordered,
                        xs_query **query_out, xs_error *err);
/* No child at all matches nothing. */
xs_status xs_query_join(xs_op op, const xs_query *const *child, size_t count, xs_query **query_out,
                        xs_error *err);
/* low <= value <= high, score 0; a NULL low or high leaves that end open.  A document without a
 * value matches only when both are. */
xs_status xs_query_value_range(uint32_t slot, const char *low, size_t low_len, const char *high,
                               size_t high_len, xs_query **query_out, xs_error *err);
/* Those whose value in slot passes, score 0: to be joined by XS_AND or XS_FILTER with what finds
 * candidates, since alone it goes through every value.  user must live as long as the query and all
 * that it is joined into; share: of the candidates, how many are expected to pass. */
typedef bool (*xs_check_value)(const char *value, size_t value_len, const void *user);
xs_status xs_query_check(uint32_t slot, xs_check_value check, const void *user, double share,
                         xs_query **query_out, xs_error *err);
/* Multiplies the child's score; factor >= 0. */
xs_status xs_query_scale(double factor, const xs_query *child, xs_query **query_out, xs_error *err);
/* Xapian's own description, for --explain and tests.  Free with xs_free(). */
xs_status xs_query_describe(const xs_query *query, char **text_out, xs_error *err);
void xs_query_free(xs_query *query);

/* ---- searching ---- */

typedef struct xs_reader xs_reader;

/* N documents, df of them with the term, tf its wdf here, qtf its wqf, dl the document's length,
 * avdl the mean; idf = ln(1 + (N - df + .5) / (df + .5)), never negative (Lucene's). */
typedef enum {
    XS_WEIGHT_BOOL,   /* every match scores 0; ascending docid */
    XS_WEIGHT_BM25,   /* Xapian's BM25Weight(k1, k2, k3, b, min_normlen).  Its default k3 = 1 hurts
                         long queries: give a large one */
    XS_WEIGHT_TFIDF,  /* qtf * tf * ln(N / df) */
    XS_WEIGHT_LUCENE, /* qtf * idf * (k1 + 1) tf / (tf + k1 (1 - b + b dl / avdl)) */
    XS_WEIGHT_IMPACT, /* qtf * idf * tf * factor: reads no document length */
    XS_WEIGHT_PACKED  /* qtf * idf * (k1 + 1) tf / (tf + norms[c]), for wdf = tf * XS_PACKED_CLASSES
                         + c: a class of length per posting, so no document length is read */
} xs_weighting;

#define XS_PACKED_CLASSES 64

typedef struct {
    xs_weighting kind;
    double k1, k2, k3, b, min_normlen; /* BM25; k1 and b for LUCENE, k1 for PACKED */
    double factor;                     /* IMPACT */
    const float *norms;                /* PACKED: XS_PACKED_CLASSES of them, read at once */
} xs_weights;

typedef enum {
    XS_BY_SCORE,
    XS_BY_VALUE_ASCENDING, /* then by score; documents without a value first */
    XS_BY_VALUE_DESCENDING /* then by score; documents without a value last */
} xs_order;

typedef void (*xs_visit_match)(uint32_t docid, void *user);

/* All zero but limit is a plain search. */
typedef struct {
    uint32_t first;          /* hits to skip */
    uint32_t limit;          /* hits wanted */
    uint32_t check_at_least; /* count exactly up to here; UINT32_MAX counts all */
    xs_order order;
    uint32_t order_slot;
    uint32_t collapse_max; /* at most so many hits of one value in collapse_slot; 0: all */
    uint32_t collapse_slot;
    xs_visit_match on_match; /* called once for every match, in no order, before collapsing; may be
                                NULL.  All matches are then looked at, and counted */
    void *user;
} xs_search;

typedef struct {
    uint32_t docid;
    double score;
} xs_hit;

typedef struct {
    xs_hit *hit; /* best first; equal scores by ascending docid */
    size_t count;
    uint32_t lower, estimated, upper; /* how many match in all (after collapsing) */
} xs_hits;

/* hits_out is overwritten, not freed: clear it before it is used again.  Read the data of the hits
 * at once: after two more commits the reader fails with XS_CHANGED. */
xs_status xs_reader_search(const xs_reader *reader, const xs_query *query,
                           const xs_weights *weights, const xs_search *search, xs_hits *hits_out,
                           xs_error *err);
void xs_hits_clear(xs_hits *hits);
/* What one document scores for query; XS_NOT_FOUND when it does not match. */
xs_status xs_reader_score(const xs_reader *reader, const xs_query *query, const xs_weights *weights,
                          uint32_t docid, double *score_out, xs_error *err);

/* ---- reading ---- */

/* path: the folder of one glass index. */
xs_status xs_reader_open(const char *path, xs_reader **reader_out, xs_error *err);
/* Moves the reader to the newest commit.  changed_out (may be NULL): whether it moved. */
xs_status xs_reader_reopen(xs_reader *reader, bool *changed_out, xs_error *err);
/* The first failure of a call on this reader since it was opened or moved, whoever ignored it; that
 * there is no such document or term is none. An answer put together from many looks holds only if
 * this is XS_OK afterwards. */
xs_status xs_reader_failure(const xs_reader *reader, xs_error *err);
void xs_reader_free(xs_reader *reader);

#define XS_COMMIT_SIZE 64
/* Which commit of which index this is, as text: the index's uuid, a point, the revision.  Files
 * beside the index keep it to know whether they still belong to it. */
xs_status xs_reader_commit(const xs_reader *reader, char commit_out[XS_COMMIT_SIZE], xs_error *err);
/* The last commit. */
xs_status xs_writer_last_commit(const xs_writer *writer, char commit_out[XS_COMMIT_SIZE],
                                xs_error *err);

typedef struct {
    uint32_t doc_count;
    uint32_t last_docid; /* highest ever used; 0 in a new index */
    double average_length;
} xs_stats;

xs_status xs_reader_stats(const xs_reader *reader, xs_stats *stats_out, xs_error *err);
/* Documents with the term, and its wdf summed over them; 0 when there are none.  Each may be NULL.
 */
xs_status xs_reader_term_freq(const xs_reader *reader, const char *term, size_t term_len,
                              uint32_t *docs_out, uint32_t *occurrences_out, xs_error *err);
/* The sum of the document's wdf. */
xs_status xs_reader_doc_length(const xs_reader *reader, uint32_t docid, uint32_t *length_out,
                               xs_error *err);
/* Free with xs_free(); a zero follows the text. */
xs_status xs_reader_get_data(const xs_reader *reader, uint32_t docid, char **data_out,
                             size_t *len_out, xs_error *err);
/* A key that is not there gives an empty text. */
xs_status xs_reader_get_meta(const xs_reader *reader, const char *key, size_t key_len,
                             char **value_out, size_t *len_out, xs_error *err);

/* Visitors go on while they return true. */
typedef bool (*xs_visit_term)(const char *term, size_t term_len, uint32_t frequency, void *user);
typedef bool (*xs_visit_key)(const char *key, size_t key_len, void *user);
typedef bool (*xs_visit_value)(uint32_t docid, const char *value, size_t value_len, void *user);

/* Every term with that prefix, in byte order; frequency: documents that have it. */
xs_status xs_reader_each_term(const xs_reader *reader, const char *prefix, size_t prefix_len,
                              xs_visit_term visit, void *user, xs_error *err);
/* Every term of a document with that prefix, in byte order; frequency: its wdf. */
xs_status xs_reader_each_doc_term(const xs_reader *reader, uint32_t docid, const char *prefix,
                                  size_t prefix_len, xs_visit_term visit, void *user,
                                  xs_error *err);
/* The documents with that term by ascending docid; the empty term: every document, wdf 1. */
xs_status xs_reader_each_posting(const xs_reader *reader, const char *term, size_t term_len,
                                 xs_visit_posting visit, void *user, xs_error *err);
/* Every metadata key with that prefix, in byte order. */
xs_status xs_reader_each_meta(const xs_reader *reader, const char *prefix, size_t prefix_len,
                              xs_visit_key visit, void *user, xs_error *err);
/* The documents that have a value in slot, by ascending docid. */
xs_status xs_reader_each_value(const xs_reader *reader, uint32_t slot, xs_visit_value visit,
                               void *user, xs_error *err);

/* The values in slot of some documents, given by ascending docid; those without are passed over. */
xs_status xs_reader_values_of(const xs_reader *reader, uint32_t slot, const uint32_t *docids,
                              size_t count, xs_visit_value visit, void *user, xs_error *err);

/* An array to be used again and again; starts as {0}. */
typedef struct {
    uint32_t *position; /* ascending */
    size_t count, capacity;
} xs_positions;

/* Where term stands in a document; none when it does not, or has no positions. */
xs_status xs_reader_positions(const xs_reader *reader, uint32_t docid, const char *term,
                              size_t term_len, xs_positions *positions, xs_error *err);
void xs_positions_clear(xs_positions *positions);

/* ---- whole indexes ---- */

/* Writes a compact copy of src (its last commit) to the folder dst, over an index that is there.
 * Docids stay; the uuid, and so the commit's name, is new. */
xs_status xs_compact(const char *src, const char *dst, xs_error *err);
/* Looks through every table.  An index with errors is still XS_OK: errors_out counts them, text_out
 * tells of them (free with xs_free()).  The index must not be written to meanwhile. */
xs_status xs_check(const char *path, size_t *errors_out, char **text_out, xs_error *err);

#ifdef __cplusplus
}
#endif

#endif
