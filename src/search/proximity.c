#include "search/proximity.h"

#include <stdbool.h>

#include "index/word_sequence.h"

static bool is_form(const proximity_word *of, uint16_t code)
{
    for (size_t i = 0; i < of->count; i++)
        if (of->code[i] == code)
            return true;
    return false;
}

/* A b within the window on either side of `at`, in the same text. */
static bool has_near(const proximity_word *b, const uint16_t *code, size_t count, size_t at)
{
    for (size_t i = at; i > 0 && at - i < PROXIMITY_WINDOW - 1; i--) {
        if (code[i - 1] == WORD_CODE_BORDER)
            break;
        if (is_form(b, code[i - 1]))
            return true;
    }
    for (size_t i = at + 1; i < count && i - at < PROXIMITY_WINDOW; i++) {
        if (code[i] == WORD_CODE_BORDER)
            break;
        if (is_form(b, code[i]))
            return true;
    }
    return false;
}

static proximity_count count_pair(const proximity_word *a, const proximity_word *b,
                                  const uint16_t *code, size_t count)
{
    proximity_count found = {0, 0};
    for (size_t i = 0; i < count; i++) {
        if (!is_form(a, code[i]))
            continue;
        found.ordered += i + 1 < count && is_form(b, code[i + 1]);
        found.near += has_near(b, code, count, i);
    }
    return found;
}

static bool same_word(const proximity_word *a, const proximity_word *b)
{
    return a->count && b->count && a->code[0] == b->code[0];
}

void proximity_count_pairs(const proximity_word *words, size_t word_count, const uint16_t *code,
                           size_t code_count, proximity_count *pairs_out)
{
    for (size_t i = 0; i + 1 < word_count; i++)
        pairs_out[i] = same_word(&words[i], &words[i + 1])
                           ? (proximity_count){0, 0}
                           : count_pair(&words[i], &words[i + 1], code, code_count);
}

static double saturated(double frequency, double norm, double k1)
{
    return frequency > 0 ? (k1 + 1) * frequency / (frequency + norm) : 0;
}

double proximity_score(const proximity_count *pair, double idf, double norm, const ranker *how)
{
    return idf * (how->pair * saturated(pair->ordered, norm, how->k1) +
                  how->window * saturated(pair->near, norm, how->k1));
}
