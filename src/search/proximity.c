#include "search/proximity.h"

#include <stdbool.h>

#include "index/word_codes.h"

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

static double saturated(size_t occurrences, double norm, double k1)
{
    double tf = (double)occurrences;
    return tf > 0 ? (k1 + 1) * tf / (tf + norm) : 0;
}

static double pair_score(const proximity_word *a, const proximity_word *b, const uint16_t *code,
                         size_t count, double norm, const ranking *how)
{
    size_t ordered = 0, near = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_form(a, code[i]))
            continue;
        ordered += i + 1 < count && is_form(b, code[i + 1]);
        near += has_near(b, code, count, i);
    }
    double idf = a->idf < b->idf ? a->idf : b->idf;
    return idf * (how->pair * saturated(ordered, norm, how->k1) +
                  how->window * saturated(near, norm, how->k1));
}

static bool same_word(const proximity_word *a, const proximity_word *b)
{
    return a->count && b->count && a->code[0] == b->code[0];
}

double proximity_score(const proximity_word *words, size_t word_count, const uint16_t *code,
                       size_t code_count, double norm, const ranking *how)
{
    double score = 0;
    for (size_t i = 0; i + 1 < word_count; i++)
        if (!same_word(&words[i], &words[i + 1]))
            score += pair_score(&words[i], &words[i + 1], code, code_count, norm, how);
    return score;
}
