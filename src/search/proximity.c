#include "search/proximity.h"

#include <stdbool.h>
#include <string.h>

#include "index/word_sequence.h"

/* ---- what is looked for ---- */

static bool same_word(const proximity_word *a, const proximity_word *b)
{
    return a->count && b->count && a->code[0] == b->code[0];
}

static bool has_pair(const proximity_query *in, const proximity_word *a, const proximity_word *b)
{
    for (size_t i = 0; i < in->count; i++)
        if (same_word(&in->pairs[i].a, a) && same_word(&in->pairs[i].b, b))
            return true;
    return false;
}

static void want(proximity_query *in, const proximity_word *word)
{
    for (size_t i = 0; i < word->count; i++)
        in->wanted[word->code[i] / 64] |= UINT64_C(1) << word->code[i] % 64;
}

void proximity_query_make(const proximity_word *words, size_t word_count, size_t codes_most,
                          arena *memory, proximity_query *out)
{
    memset(out, 0, sizeof *out);
    out->pairs = arena_alloc(memory, (word_count + 1) * sizeof *out->pairs);
    out->hits = arena_alloc(memory, codes_most * sizeof *out->hits);
    for (size_t i = 0; i + 1 < word_count; i++) {
        const proximity_word *a = &words[i], *b = &words[i + 1];
        if (same_word(a, b) || has_pair(out, a, b))
            continue;
        out->pairs[out->count++] = (proximity_pair){*a, *b};
        want(out, a);
        want(out, b);
    }
}

/* ---- a talk ---- */

static bool is_wanted(const proximity_query *query, uint16_t code)
{
    return query->wanted[code / 64] >> code % 64 & 1;
}

/* Title and body are a window apart, so that nothing is near over the border. */
static size_t find_hits(const proximity_query *query, const uint16_t *code, size_t count)
{
    size_t found = 0;
    uint32_t position = 0;
    for (size_t i = 0; i < count; i++) {
        if (code[i] == WORD_CODE_BORDER)
            position += PROXIMITY_WINDOW;
        else if (is_wanted(query, code[i]))
            query->hits[found++] = (proximity_hit){position, code[i]};
        position++;
    }
    return found;
}

static bool is_form(const proximity_word *of, uint16_t code)
{
    for (size_t i = 0; i < of->count; i++)
        if (of->code[i] == code)
            return true;
    return false;
}

/* A b within the window on either side of the hit. */
static bool has_near(const proximity_word *b, const proximity_hit *hits, size_t count, size_t at)
{
    uint32_t here = hits[at].position;
    for (size_t i = at; i > 0 && here - hits[i - 1].position < PROXIMITY_WINDOW; i--)
        if (is_form(b, hits[i - 1].code))
            return true;
    for (size_t i = at + 1; i < count && hits[i].position - here < PROXIMITY_WINDOW; i++)
        if (is_form(b, hits[i].code))
            return true;
    return false;
}

static proximity_count count_pair(const proximity_pair *pair, const proximity_hit *hits,
                                  size_t count)
{
    proximity_count found = {0, 0};
    for (size_t i = 0; i < count; i++) {
        if (!is_form(&pair->a, hits[i].code))
            continue;
        found.ordered += i + 1 < count && hits[i + 1].position == hits[i].position + 1 &&
                         is_form(&pair->b, hits[i + 1].code);
        found.near += has_near(&pair->b, hits, count, i);
    }
    return found;
}

void proximity_count_pairs(const proximity_query *query, const uint16_t *code, size_t code_count,
                           proximity_count *pairs_out)
{
    size_t count = find_hits(query, code, code_count);
    for (size_t i = 0; i < query->count; i++)
        pairs_out[i] = count_pair(&query->pairs[i], query->hits, count);
}

/* ---- the score ---- */

static double saturated(double frequency, double norm, double k1)
{
    return frequency > 0 ? (k1 + 1) * frequency / (frequency + norm) : 0;
}

double proximity_score(const proximity_count *pair, double idf, double norm, const ranker *how)
{
    return idf * (how->pair * saturated(pair->ordered, norm, how->k1) +
                  how->window * saturated(pair->near, norm, how->k1));
}
