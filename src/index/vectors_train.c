#include "index/vectors_train.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "base/file.h"
#include "base/memory.h"
#include "index/format.h"
#include "index/length_class.h"
#include "index/sums.h"
#include "index/svd.h"
#include "index/xapian_error.h"

enum {
    DOCUMENTS_FOR_ONE = 8192, /* so many more make a stem of one document more a rare one */
    STEMS_MAX = 65536 /* learning takes 1 KiB for each; more are no language: dumps, random bytes */
};

/* ---- what is learned from: the postings of stems that are not rare ---- */

typedef struct {
    uint64_t hash;
    size_t begin; /* of its postings */
    uint32_t documents;
    uint32_t column; /* the most frequent first: what is used together lies together */
    float idf;
} lesson_stem;

typedef struct {
    uint32_t row;
    float weight;
} lesson_posting;

typedef struct {
    const vectors_index *of;
    uint32_t *docids; /* by row */
    uint32_t *row_of; /* by docid; UINT32_MAX: none */
    size_t rows, docid_capacity;
    bool whole; /* every document has a row */
    lesson_stem *stems;
    size_t stem_count, stem_capacity;
    lesson_posting *postings;
    size_t count, capacity;
    xs_status status;
    xs_error said;
} lesson;

static void lesson_free(lesson *what)
{
    free(what->docids);
    free(what->row_of);
    free(what->stems);
    free(what->postings);
}

static bool add_docid(uint32_t docid, uint32_t wdf, void *user)
{
    lesson *to = user;
    (void)wdf;
    if (docid < to->of->end)
        ARRAY_ADD(to->docids, to->rows, to->docid_capacity, docid);
    return true;
}

/* Every n-th document of a large collection: learning costs by their number, and from half of
 * them it is nearly the same. */
static void number_rows(lesson *what)
{
    size_t step = (what->rows + what->of->lesson_max - 1) / what->of->lesson_max, kept = 0;
    what->whole = step <= 1;
    what->row_of = xmalloc((what->of->end + 1) * sizeof *what->row_of);
    memset(what->row_of, 0xFF, (what->of->end + 1) * sizeof *what->row_of);
    for (size_t i = 0; i < what->rows; i += step) {
        what->docids[kept] = what->docids[i];
        what->row_of[what->docids[kept]] = (uint32_t)kept;
        kept++;
    }
    what->rows = kept;
}

/* A stem of two documents can be learned; in larger collections one of more: the place of a rare
 * one is that of its few documents, which says nothing that their other stems don't, and half of
 * all stems are such. */
static size_t least_documents(const lesson *from)
{
    return 2 + from->rows / DOCUMENTS_FOR_ONE;
}

static bool add_posting(uint32_t docid, uint32_t wdf, void *user)
{
    lesson *to = user;
    uint32_t frequency = wdf / LENGTH_CLASSES;
    if (docid >= to->of->end || to->row_of[docid] == UINT32_MAX)
        return true;
    lesson_posting added = {to->row_of[docid], 1 + logf((float)(frequency ? frequency : 1))};
    ARRAY_ADD(to->postings, to->count, to->capacity, added);
    return true;
}

static bool add_stem(const char *term, size_t length, uint32_t frequency, void *user)
{
    lesson *to = user;
    if (!vectors_is_text_stem(term, length) || frequency < least_documents(to))
        return true;
    lesson_stem added = {.hash = vectors_stem_hash((span){term + 1, length - 1}),
                         .begin = to->count};
    to->status = xs_reader_each_posting(to->of->reader, term, length, add_posting, to, &to->said);
    added.documents = (uint32_t)(to->count - added.begin);
    added.idf = logf((float)(to->rows + 1) / ((float)added.documents + .5f));
    if (added.documents < least_documents(to))
        to->count = added.begin;
    else
        ARRAY_ADD(to->stems, to->stem_count, to->stem_capacity, added);
    return to->status == XS_OK;
}

typedef struct {
    uint64_t key;
    uint32_t stem;
} stem_key;

static int compare_keys(const void *left, const void *right)
{
    const stem_key *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->stem > b->stem) - (a->stem < b->stem);
}

static uint64_t rarity(const lesson_stem *of)
{
    return UINT32_MAX - of->documents;
}

static uint64_t hash(const lesson_stem *of)
{
    return of->hash;
}

/* The stems by key, ascending. */
static stem_key *order_stems(const lesson *from, uint64_t (*key)(const lesson_stem *))
{
    stem_key *order = xmalloc((from->stem_count + 1) * sizeof *order);
    for (size_t i = 0; i < from->stem_count; i++)
        order[i] = (stem_key){key(&from->stems[i]), (uint32_t)i};
    qsort(order, from->stem_count, sizeof *order, compare_keys);
    return order;
}

static void number_columns(lesson *what)
{
    stem_key *order = order_stems(what, rarity);
    for (size_t i = 0; i < what->stem_count; i++)
        what->stems[order[i].stem].column = (uint32_t)i;
    free(order);
}

static void drop_rarest(lesson *what)
{
    size_t kept = 0, count = 0;
    for (size_t i = 0; i < what->stem_count; i++) {
        lesson_stem stem = what->stems[i];
        if (stem.column >= STEMS_MAX)
            continue;
        memmove(what->postings + count, what->postings + stem.begin,
                stem.documents * sizeof *what->postings);
        stem.begin = count;
        count += stem.documents;
        what->stems[kept++] = stem;
    }
    what->stem_count = kept;
    what->count = count;
}

static lc_status read_lesson(const vectors_index *of, lesson *to, lc_error *error)
{
    *to = (lesson){.of = of};
    xs_status status = xs_reader_each_posting(of->reader, "", 0, add_docid, to, &to->said);
    if (status == XS_OK) {
        number_rows(to);
        status = xs_reader_each_term(of->reader, PREFIX_STEM, strlen(PREFIX_STEM), add_stem, to,
                                     &to->said);
    }
    if (status == XS_OK)
        status = to->status;
    number_columns(to);
    drop_rarest(to);
    return from_xapian(status, &to->said, of->path, error);
}

/* ---- training ---- */

static void normalize(sparse_entry *row, size_t count)
{
    double squares = 0;
    for (size_t i = 0; i < count; i++)
        squares += (double)row[i].weight * (double)row[i].weight;
    for (size_t i = 0; i < count; i++)
        row[i].weight /= (float)sqrt(squares);
}

/* Weights times idf, rows of length 1. There is room for the lesson's rows + 1 and postings. */
static sparse_matrix matrix_of(const lesson *from, size_t *begin, sparse_entry *entries)
{
    sparse_matrix made = {from->rows, from->stem_count, begin, entries};
    size_t *next = xcalloc(from->rows + 1, sizeof *next), sum = 0;
    for (size_t i = 0; i < from->count; i++)
        next[from->postings[i].row]++;
    for (size_t row = 0; row <= from->rows; row++) {
        size_t count = next[row];
        begin[row] = next[row] = sum;
        sum += count;
    }
    for (const lesson_stem *s = from->stems; s < from->stems + from->stem_count; s++)
        for (const lesson_posting *p = from->postings + s->begin;
             p < from->postings + s->begin + s->documents; p++)
            entries[next[p->row]++] = (sparse_entry){s->column, p->weight * s->idf};
    for (size_t row = 0; row < from->rows; row++)
        normalize(entries + begin[row], begin[row + 1] - begin[row]);
    free(next);
    return made;
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

/* by_column[]: the stems' vectors without their idf. */
static void learn(const sparse_matrix *matrix, vector *by_column)
{
    float *learned = xmalloc((matrix->columns + 1) * VECTOR_SIZE * sizeof *learned);
    svd_right_vectors(matrix, VECTOR_SIZE, learned);
    for (size_t i = 0; i < matrix->columns; i++)
        by_column[i] = stem_vector(learned + i * VECTOR_SIZE, 1);
    free(learned);
}

/* ---- files ---- */

/* Sums that still stand (nothing else was written) must hold, or the new ones would hide damage. */
static lc_status replace(const vectors_index *of, const char *name, const buffer *content,
                         lc_error *error)
{
    char *path = path_join(of->path, name);
    lc_status status = sums_must_hold(of->path, error);
    if (status == LC_OK)
        status = sums_drop(of->path, error);
    if (status == LC_OK)
        status = file_replace(path, buffer_span(content), error);
    free(path);
    return status;
}

lc_status vectors_write_talks(const vectors_index *of, uint64_t training, const vector *placed,
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

static lc_status write_stems(const lesson *from, const vector *by_column, uint64_t training,
                             lc_error *error)
{
    buffer content = {0};
    stem_key *order = order_stems(from, hash);
    stems_header head = {.magic = STEMS_MAGIC,
                         .version = VECTORS_VERSION,
                         .size = VECTOR_SIZE,
                         .count = (uint32_t)from->stem_count,
                         .documents = from->of->documents,
                         .training = training};
    buffer_add(&content, (span){(const char *)&head, sizeof head});
    for (size_t i = 0; i < from->stem_count; i++)
        buffer_add(&content, (span){(const char *)&order[i].key, sizeof order[i].key});
    for (size_t i = 0; i < from->stem_count; i++) {
        const lesson_stem *stem = &from->stems[order[i].stem];
        vector written = by_column[stem->column];
        written.scale *= stem->idf;
        buffer_add(&content, (span){(const char *)&written, sizeof written});
    }
    free(order);
    lc_status status = replace(from->of, STEMS_FILE, &content, error);
    buffer_free(&content);
    return status;
}

/* The talks that it was learned from, as if they were read again. */
static lc_status write_lesson_talks(const lesson *from, const sparse_matrix *matrix,
                                    const vector *by_column, uint64_t training, lc_error *error)
{
    vector *placed = xcalloc(from->of->end, sizeof *placed);
    for (size_t row = 0; row < matrix->rows; row++) {
        vector_sum sum = {{0}};
        for (size_t e = matrix->begin[row]; e < matrix->begin[row + 1]; e++)
            vector_add(&by_column[matrix->entries[e].column], matrix->entries[e].weight, &sum);
        placed[from->docids[row]] = vector_finish(&sum);
    }
    lc_status status = vectors_write_talks(from->of, training, placed, error);
    free(placed);
    return status;
}

static lc_status write_lesson(const lesson *from, lc_error *error)
{
    size_t *begin = xmalloc((from->rows + 1) * sizeof *begin);
    sparse_entry *entries = xmalloc((from->count + 1) * sizeof *entries);
    vector *by_column = xcalloc(from->stem_count + 1, sizeof *by_column);
    uint64_t training = XXH3_64bits(from->of->commit, strlen(from->of->commit));
    sparse_matrix matrix = matrix_of(from, begin, entries);
    learn(&matrix, by_column);
    lc_status status = write_stems(from, by_column, training, error);
    if (status == LC_OK && from->whole)
        status = write_lesson_talks(from, &matrix, by_column, training, error);
    free(begin);
    free(entries);
    free(by_column);
    return status;
}

lc_status vectors_train(const vectors_index *of, bool *placed_out, lc_error *error)
{
    lesson from;
    lc_status status = read_lesson(of, &from, error);
    if (status == LC_OK)
        status = write_lesson(&from, error);
    *placed_out = from.whole;
    lesson_free(&from);
    return status;
}

bool vectors_is_text_stem(const char *term, size_t length)
{
    return length > 1 && !byte_is_upper(term[1]);
}
