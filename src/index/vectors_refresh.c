/* vectors_refresh.c - makes the vectors fit an index: places talks, and trains when it is time. */
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "index/format.h"
#include "index/length_class.h"
#include "index/vectors_train.h"
#include "index/xapian_error.h"

enum {
    DOCUMENTS_LEAST = 20, /* fewer teach nothing */
    LESSON_MAX = 32768    /* more teach nothing new */
};

/* ---- placing talks ---- */

typedef struct {
    const vectors *with;
    vector_sum sum;
} placing;

static bool place_stem(const char *term, size_t length, uint32_t wdf, void *user)
{
    placing *p = user;
    uint32_t frequency = wdf / LENGTH_CLASSES;
    if (vectors_is_text_stem(term, length))
        vector_add_stem(p->with, (span){term + 1, length - 1}, frequency, &p->sum);
    return true;
}

static bool meet_docid(uint32_t docid, uint32_t wdf, void *user)
{
    buffer *docids = user;
    (void)wdf;
    buffer_add(docids, (span){(const char *)&docid, sizeof docid});
    return true;
}

/* Which talks keep the vectors that they have: all if these are of this commit; if they are of the
 * one before, those that were not replaced; none if they are older still. */
static bool *talks_that_stay(const vectors_index *of, const vectors *now)
{
    bool *stay = xcalloc(of->end, sizeof *stay);
    char *text = NULL;
    size_t length = 0;
    if (xs_reader_get_meta(of->reader, META_REPLACED, strlen(META_REPLACED), &text, &length,
                           NULL) != XS_OK)
        return stay;
    span rest = {text, length}, before = SPAN_NONE;
    uint64_t docid;
    bool whole = span_cut_counted(&rest, &before);
    span placed = {now->talks->commit, strnlen(now->talks->commit, XS_COMMIT_SIZE)};
    bool same = span_equal(placed, span_of(of->commit));
    if (same || (whole && span_equal(placed, before)))
        memset(stay, true, now->talks->end * sizeof *stay);
    while (!same && rest.length && span_cut_varint(&rest, &docid))
        if (docid < of->end)
            stay[docid] = false;
    xs_free(text);
    return stay;
}

/* Writes the vectors of all talks: those that stay (NULL: none) are copied, the others made; a talk
 * that is gone has none. */
static lc_status place(const vectors_index *of, const vectors *with, const bool *stay,
                       lc_error *error)
{
    xs_error said;
    buffer docids = {0};
    vector *placed = xcalloc(of->end, sizeof *placed);
    xs_status status = xs_reader_each_posting(of->reader, "", 0, meet_docid, &docids, &said);
    for (size_t i = 0; i < docids.length / sizeof(uint32_t) && status == XS_OK; i++) {
        uint32_t docid;
        memcpy(&docid, docids.at + i * sizeof docid, sizeof docid);
        if (docid >= of->end)
            continue;
        if (stay && stay[docid]) {
            placed[docid] = with->talk_vectors[docid];
            continue;
        }
        placing p = {.with = with};
        status = xs_reader_each_doc_term(of->reader, docid, PREFIX_STEM, strlen(PREFIX_STEM),
                                         place_stem, &p, &said);
        placed[docid] = vector_finish(&p.sum);
    }
    lc_status result = from_xapian(status, &said, of->path, error);
    if (result == LC_OK)
        result = vectors_write_talks(of, with->stems->training, placed, error);
    free(placed);
    buffer_free(&docids);
    return result;
}

void vectors_carry_over(const char *from_index, const char *to_index)
{
    buffer content = {0};
    char *from = path_join(from_index, STEMS_FILE), *to = path_join(to_index, STEMS_FILE);
    if (file_read(from, 0, &content, NULL, NULL) == LC_OK)
        file_replace(to, buffer_span(&content), NULL);
    buffer_free(&content);
    free(from);
    free(to);
}

/* ---- what is to be done ---- */

static lc_status train(const vectors_index *of, lc_error *error)
{
    bool placed;
    vectors *learned = xcalloc(1, sizeof *learned);
    lc_status status = vectors_train(of, &placed, error);
    if (status == LC_OK && !placed && vectors_map_stems(learned, of->path))
        status = place(of, learned, NULL, error);
    vectors_close(learned);
    return status;
}

static bool wants_training(const vectors_index *of, const vectors *now, bool usable)
{
    if (of->documents < DOCUMENTS_LEAST)
        return false;
    return !usable || of->documents > now->stems->documents * 3 / 2;
}

/* The same index: its name stands before the point in a commit's. */
static bool same_index(const char *a, const char *b)
{
    size_t length = strcspn(a, ".");
    return strncmp(a, b, length) == 0 && b[length] == a[length];
}

static lc_status refresh(const vectors_index *of, bool may_train, lc_error *error)
{
    vectors *now = xcalloc(1, sizeof *now);
    lc_status status = LC_OK;
    bool usable = vectors_map_stems(now, of->path);
    if (may_train && wants_training(of, now, usable)) {
        status = train(of, error);
    } else if (usable) {
        bool placed = vectors_map_talks(now, of->path) && now->talks->end <= of->end &&
                      same_index(of->commit, now->talks->commit);
        bool *stay = placed ? talks_that_stay(of, now) : NULL;
        if (!placed || strncmp(now->talks->commit, of->commit, XS_COMMIT_SIZE) != 0)
            status = place(of, now, stay, error);
        free(stay);
    }
    vectors_close(now);
    return status;
}

lc_status vectors_refresh(const char *index_path, bool may_train, lc_error *error)
{
    xs_error said;
    xs_stats numbers = {0};
    vectors_index of = {.path = index_path, .lesson_max = LESSON_MAX};
    xs_status status = xs_reader_open(index_path, &of.reader, &said);
    if (status == XS_OK)
        status = xs_reader_commit(of.reader, of.commit, &said);
    if (status == XS_OK)
        status = xs_reader_stats(of.reader, &numbers, &said);
    lc_status result = from_xapian(status, &said, index_path, error);
    if (result == LC_OK) {
        of.end = numbers.last_docid + 1;
        of.documents = numbers.doc_count;
        result = refresh(&of, may_train, error);
    }
    xs_reader_free(of.reader);
    return result;
}
