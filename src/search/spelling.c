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
    out->best = SPAN_NONE;
    out->best_score = 0;
    out->best_distance = 0;
    out->best_frequency = 0;
    return limit && has_letter(word) && edit_pattern_set(&out->pattern, word, limit);
}

static double score(const spelling *with, span candidate, unsigned distance, uint32_t frequency)
{
    return log2(frequency) - EDIT_COST * distance +
           (candidate.at[0] == with->word.at[0] ? FIRST_LETTER : 0);
}

bool spelling_consider(spelling *with, span candidate, uint32_t frequency)
{
    if (!candidate.length || candidate.length > SPELLING_BYTES_MAX || !frequency ||
        frequency / TIMES_MORE < with->own_frequency)
        return false;
    unsigned distance = edit_distance_from(&with->pattern, candidate);
    if (!distance || distance > with->pattern.limit || !same_digits(with->word, candidate))
        return false;
    double points = score(with, candidate, distance, frequency);
    if (with->best.length &&
        (points < with->best_score ||
         (points == with->best_score && span_compare(candidate, with->best) > 0)))
        return false;
    memcpy(with->best_bytes, candidate.at, candidate.length);
    with->best = (span){with->best_bytes, candidate.length};
    with->best_score = points;
    with->best_distance = distance;
    with->best_frequency = frequency;
    return true;
}
