#include "search/spelling.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"

enum { SHORT_WORD = 3, MIDDLE_WORD = 7, TIMES_MORE = 10 };

static const double EDIT_COST = 6, FIRST_LETTER = 2; /* in doublings of the frequency */

unsigned spelling_limit(span word)
{
    unsigned letters = 0;
    for (size_t i = 0; i < word.length && letters <= MIDDLE_WORD; letters++)
        utf8_next(word, &i);
    if (letters <= SHORT_WORD)
        return 0;
    return letters <= MIDDLE_WORD ? 1 : 2;
}

static bool has_letter(span word)
{
    for (size_t i = 0; i < word.length; i++)
        if (!byte_is_digit(word.at[i]))
            return true;
    return false;
}

static bool same_digits(span a, span b)
{
    size_t i = 0, j = 0;
    for (;;) {
        while (i < a.length && !byte_is_digit(a.at[i]))
            i++;
        while (j < b.length && !byte_is_digit(b.at[j]))
            j++;
        if (i == a.length || j == b.length)
            return i == a.length && j == b.length;
        if (a.at[i++] != b.at[j++])
            return false;
    }
}

bool spelling_start(spelling *out, span word, uint32_t own_frequency)
{
    unsigned limit = spelling_limit(word);
    out->word = word;
    out->own_frequency = own_frequency;
    out->count = 0;
    return limit && has_letter(word) && edit_pattern_set(&out->pattern, word, limit);
}

span spelling_best(const spelling *of, size_t n)
{
    return n < of->count ? (span){of->best[n].bytes, of->best[n].length} : SPAN_NONE;
}

static double score(const spelling *with, span candidate, unsigned distance, uint32_t frequency)
{
    return log2(frequency) - EDIT_COST * distance +
           (candidate.at[0] == with->word.at[0] ? FIRST_LETTER : 0);
}

static bool is_better(double points, span candidate, const spelling_candidate *than)
{
    if (points != than->score)
        return points > than->score;
    return span_compare(candidate, (span){than->bytes, than->length}) < 0;
}

/* A word may be met in several fields: it is kept once, at its best. */
static void forget(spelling *with, span candidate, size_t from)
{
    for (size_t i = from; i < with->count; i++)
        if (span_equal(spelling_best(with, i), candidate)) {
            memmove(&with->best[i], &with->best[i + 1], (--with->count - i) * sizeof *with->best);
            return;
        }
}

static bool keep(spelling *with, span candidate, double points)
{
    size_t i = 0;
    while (i < with->count && !is_better(points, candidate, &with->best[i]) &&
           !span_equal(spelling_best(with, i), candidate))
        i++;
    if (i == SPELLING_KEPT || (i < with->count && !is_better(points, candidate, &with->best[i])))
        return false;
    forget(with, candidate, i);
    if (with->count == SPELLING_KEPT)
        with->count--;
    memmove(&with->best[i + 1], &with->best[i], (with->count++ - i) * sizeof *with->best);
    with->best[i].score = points;
    with->best[i].length = candidate.length;
    memcpy(with->best[i].bytes, candidate.at, candidate.length);
    return true;
}

bool spelling_consider(spelling *with, span candidate, uint32_t frequency)
{
    if (!candidate.length || candidate.length > SPELLING_BYTES_MAX || !frequency ||
        frequency / TIMES_MORE < with->own_frequency)
        return false;
    unsigned distance = edit_distance_from(&with->pattern, candidate);
    if (!distance || distance > with->pattern.limit || !same_digits(with->word, candidate))
        return false;
    return keep(with, candidate, score(with, candidate, distance, frequency));
}
