/* vectors_refresh.c - makes the vectors of an index: training, and placing talks. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "base/file.h"
#include "base/map.h"
#include "base/memory.h"
#include "index/format.h"
#include "index/length_class.h"
#include "index/sums.h"
#include "index/svd.h"
#include "index/vectors_file.h"
#include "index/xapian_error.h"

enum { DOCUMENTS_LEAST = 20 /* fewer teach nothing */ };

typedef struct {
    const char *path;
    xs_reader *reader;
    uint32_t end, documents;
    char commit[XS_COMMIT_SIZE];
} refreshing;

/* A stem of title or body behind PREFIX_STEM, not that of a field, whose prefix is in capitals. */
static bool is_text_stem(const char *term, size_t length)
{
    return length > 1 && !byte_is_upper(term[1]);
}

/* ---- what is learned from: a row for each document ---- */

typedef struct {
    map *stems;       /* to the number of their documents */
    size_t *begin;    /* by row */
    uint32_t *docids; /* of the rows */
    size_t rows, row_capacity, docid_capacity;
    sparse_entry *entries; /* column: of the stem in the map */
    size_t count, capacity;
} lesson;

static void lesson_free(lesson *what)
{
    map_free(what->stems);
    free(what->begin);
    free(what->docids);
    free(what->entries);
}

static bool add_entry(const char *term, size_t length, uint32_t wdf, void *user)
{
    lesson *to = user;
    if (!is_text_stem(term, length))
        return true;
    span stem = {term + 1, length - 1};
    uint32_t *documents = map_put(to->stems, stem, 0);
    ++*documents;
    uint32_t frequency = wdf / LENGTH_CLASSES;
    sparse_entry added = {map_intern(to->stems, stem),
                          1 + logf((float)(frequency ? frequency : 1))};
    ARRAY_ADD(to->entries, to->count, to->capacity, added);
    return true;
}

static bool add_docid(uint32_t docid, uint32_t wdf, void *user)
{
    lesson *to = user;
    (void)wdf;
    ARRAY_ADD(to->docids, to->rows, to->docid_capacity, docid);
    return true;
}

static lc_status read_lesson(const refreshing *of, lesson *to, lc_error *error)
{
    xs_error said;
    *to = (lesson){.stems = map_new()};
    xs_status status = xs_reader_each_posting(of->reader, "", 0, add_docid, to, &said);
    to->begin = xcalloc(to->rows + 1, sizeof *to->begin);
    for (size_t i = 0; i < to->rows && status == XS_OK; i++) {
        to->begin[i] = to->count;
        status = xs_reader_each_doc_term(of->reader, to->docids[i], PREFIX_STEM,
                                         strlen(PREFIX_STEM), add_entry, to, &said);
    }
    to->begin[to->rows] = to->count;
    return from_xapian(status, &said, of->path, error);
}

/* ---- training ---- */

static float idf(const lesson *from, uint32_t column)
{
    return logf((float)(from->rows + 1) / ((float)map_value(from->stems, column) + .5f));
}

/* Weights times idf, rows of length 1, without stems of a single document; columns numbered anew:
 * column_of[stem], UINT32_MAX when it has none. There is room for the lesson's rows and entries. */
static sparse_matrix matrix_of(const lesson *from, uint32_t *column_of, size_t *begin,
                               sparse_entry *entries)
{
    sparse_matrix made = {.rows = from->rows, .begin = begin, .entries = entries};
    size_t count = 0;
    for (size_t i = 0; i < map_count(from->stems); i++)
        column_of[i] = map_value(from->stems, i) > 1 ? (uint32_t)made.columns++ : UINT32_MAX;
    for (size_t row = 0; row < from->rows; row++) {
        double squares = 0;
        begin[row] = count;
        for (size_t e = from->begin[row]; e < from->begin[row + 1]; e++) {
            uint32_t stem = from->entries[e].column;
            if (column_of[stem] == UINT32_MAX)
                continue;
            float weight = from->entries[e].weight * idf(from, stem);
            squares += (double)weight * (double)weight;
            entries[count++] = (sparse_entry){column_of[stem], weight};
        }
        for (size_t e = begin[row]; e < count; e++)
            entries[e].weight /= (float)sqrt(squares);
    }
    begin[from->rows] = count;
    return made;
}

typedef struct {
    uint64_t hash;
    uint32_t stem;
} hashed_stem;

static int compare_hashes(const void *left, const void *right)
{
    const hashed_stem *a = left, *b = right;
    return (a->hash > b->hash) - (a->hash < b->hash);
}

static hashed_stem *hashed_stems(const lesson *from, const uint32_t *column_of, size_t columns)
{
    hashed_stem *order = xmalloc((columns + 1) * sizeof *order);
    size_t count = 0;
    for (uint32_t i = 0; i < map_count(from->stems); i++)
        if (column_of[i] != UINT32_MAX)
            order[count++] = (hashed_stem){vectors_stem_hash(map_key(from->stems, i)), i};
    qsort(order, count, sizeof *order, compare_hashes);
    return order;
}

/* A stem's vector keeps its length: what it adds to a sum. */
static vector stem_vector(const float *from, float times)
{
    vector_sum sum;
    double squares = 0;
    for (size_t i = 0; i < VECTOR_SIZE; i++) {
        sum.at[i] = from[i];
        squares += (double)from[i] * (double)from[i];
    }
    vector made = vector_finish(&sum);
    made.scale *= (float)sqrt(squares) * times;
    return made;
}

/* by_stem[] gets what is written. */
static void add_stems(const lesson *from, const sparse_matrix *matrix, const uint32_t *column_of,
                      vector *by_stem, buffer *to)
{
    float *learned = xmalloc((matrix->columns + 1) * VECTOR_SIZE * sizeof *learned);
    hashed_stem *order = hashed_stems(from, column_of, matrix->columns);
    svd_right_vectors(matrix, VECTOR_SIZE, learned);
    for (size_t i = 0; i < matrix->columns; i++)
        buffer_add(to, (span){(const char *)&order[i].hash, sizeof order[i].hash});
    for (size_t i = 0; i < matrix->columns; i++) {
        uint32_t stem = order[i].stem;
        by_stem[stem] =
            stem_vector(learned + (size_t)column_of[stem] * VECTOR_SIZE, idf(from, stem));
        buffer_add(to, (span){(const char *)&by_stem[stem], sizeof by_stem[stem]});
    }
    free(order);
    free(learned);
}

static lc_status replace(const refreshing *of, const char *name, const buffer *content,
                         lc_error *error)
{
    char *path = path_join(of->path, name);
    sums_drop(of->path);
    lc_status status = file_replace(path, buffer_span(content), error);
    free(path);
    return status;
}

static lc_status write_talks(const refreshing *of, uint64_t training, const vector *placed,
                             lc_error *error)
{
    buffer content = {0};
    talks_header head = {.magic = TALKS_MAGIC,
                         .version = VECTORS_VERSION,
                         .size = VECTOR_SIZE,
                         .end = of->end,
                         .training = training};
    memcpy(head.commit, of->commit, sizeof head.commit);
    buffer_add(&content, (span){(const char *)&head, sizeof head});
    buffer_add(&content, (span){(const char *)placed, of->end * sizeof *placed});
    lc_status status = replace(of, TALKS_FILE, &content, error);
    buffer_free(&content);
    return status;
}

/* The talks that it was learned from, as place() would from the index. */
static lc_status place_lesson(const refreshing *of, const lesson *from, const vector *by_stem,
                              uint64_t training, lc_error *error)
{
    vector *placed = xcalloc(of->end, sizeof *placed);
    for (size_t row = 0; row < from->rows; row++) {
        vector_sum sum = {{0}};
        for (size_t e = from->begin[row]; e < from->begin[row + 1]; e++)
            vector_add(&by_stem[from->entries[e].column], from->entries[e].weight, &sum);
        if (from->docids[row] < of->end)
            placed[from->docids[row]] = vector_finish(&sum);
    }
    lc_status status = write_talks(of, training, placed, error);
    free(placed);
    return status;
}

static lc_status write_lesson(const refreshing *of, const lesson *from, lc_error *error)
{
    buffer content = {0};
    size_t stems = map_count(from->stems) + 1;
    uint32_t *column_of = xmalloc(stems * sizeof *column_of);
    vector *by_stem = xcalloc(stems, sizeof *by_stem);
    size_t *begin = xmalloc((from->rows + 1) * sizeof *begin);
    sparse_entry *entries = xmalloc((from->count + 1) * sizeof *entries);
    sparse_matrix matrix = matrix_of(from, column_of, begin, entries);
    stems_header head = {.magic = STEMS_MAGIC,
                         .version = VECTORS_VERSION,
                         .size = VECTOR_SIZE,
                         .count = (uint32_t)matrix.columns,
                         .documents = (uint32_t)from->rows,
                         .training = XXH3_64bits(of->commit, strlen(of->commit))};
    buffer_add(&content, (span){(const char *)&head, sizeof head});
    add_stems(from, &matrix, column_of, by_stem, &content);
    lc_status status = replace(of, STEMS_FILE, &content, error);
    if (status == LC_OK)
        status = place_lesson(of, from, by_stem, head.training, error);
    free(entries);
    free(column_of);
    free(by_stem);
    free(begin);
    buffer_free(&content);
    return status;
}

static lc_status train(const refreshing *of, lc_error *error)
{
    lesson from;
    lc_status status = read_lesson(of, &from, error);
    if (status == LC_OK)
        status = write_lesson(of, &from, error);
    lesson_free(&from);
    return status;
}

/* ---- placing talks ---- */

typedef struct {
    const vectors *with;
    vector_sum sum;
} placing;

static bool place_stem(const char *term, size_t length, uint32_t wdf, void *user)
{
    placing *p = user;
    uint32_t frequency = wdf / LENGTH_CLASSES;
    if (is_text_stem(term, length))
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
static bool *talks_that_stay(const refreshing *of, const vectors *now)
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
static lc_status place(const refreshing *of, const vectors *with, const bool *stay, lc_error *error)
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
        result = write_talks(of, with->stems->training, placed, error);
    free(placed);
    buffer_free(&docids);
    return result;
}

/* ---- what is to be done ---- */

static bool wants_training(const refreshing *of, const vectors *now, bool usable)
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

static lc_status refresh(const refreshing *of, bool may_train, lc_error *error)
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
    refreshing of = {.path = index_path};
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
