/*
 * vectors.h - talks and words as points of a space learned from the notes themselves, in which what
 * is said in other words lies near (latent semantic analysis, Deerwester and others 1990).
 *
 * A talk's weights are (1 + ln tf) ln((N + 1) / (df + .5)) for every stem that is not too rare to
 * learn anything of, normalised; the VECTOR_SIZE first right singular vectors of all talks' weights
 * place the stems, and a text lies at the normalised sum of its stems. Two files in the index's
 * folder hold them:
 *
 *   vectors.stems     written by training: the stems' vectors times their idf, by hash
 *   vectors.talks     the talks' vectors by docid, made from the former; names the commit of the
 *                     index that it belongs to, and is written anew at every commit
 *
 * Numbers are in the machine's own order; each file begins with a header that says what it is. A
 * file that is missing, damaged or of another commit is as if it were not there: ranking then does
 * without, and the next `lectern index` makes it. Nothing is trained during a search.
 */
#ifndef LECTERN_INDEX_VECTORS_H
#define LECTERN_INDEX_VECTORS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/span.h"

enum { VECTOR_SIZE = 96 };

typedef struct {
    int8_t at[VECTOR_SIZE];
    float scale; /* at * scale has length 1; 0: nothing is known of the text */
} vector;

typedef struct vectors vectors;

/* commit: xs_reader_commit() of the reader. NULL when there are none of that commit. */
vectors *vectors_open(const char *index_path, const char *commit);
void vectors_close(vectors *what);

/* Of a text: start with a zero sum, add its stems, finish. */
typedef struct {
    float at[VECTOR_SIZE];
} vector_sum;
/* frequency: of the stem in the text. An unknown stem adds nothing. */
void vector_add_stem(const vectors *with, span stem, double frequency, vector_sum *to);
/* Adds times of a stem's own vector. */
void vector_add(const vector *stem, float times, vector_sum *to);
vector vector_finish(const vector_sum *of);

/* The document's vector, or NULL. */
const vector *vectors_talk(const vectors *in, uint32_t docid);
/* One above the highest docid there is. */
uint32_t vectors_end(const vectors *in);
/* like_out[i]: cosine of the query and document first + i, below vectors_end(). */
void vectors_cosines(const vectors *in, const vector *query, uint32_t first, size_t count,
                     float *like_out);
/* From -1 to 1. */
double vector_cosine(const vector *a, const vector *b);

/* Copies what was learned to a new index of much the same talks, if there is something. */
void vectors_carry_over(const char *from_index, const char *to_index);
/* Makes the files fit the index after a commit: places new talks, and trains when `train` is set
 * and there are none or the collection has grown by half since. A collection of a few talks gets
 * none. */
lc_status vectors_refresh(const char *index_path, bool train, lc_error *error);

#endif
