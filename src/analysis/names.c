/*
 * names.c - people's names: the tokenizer without parts of words and symbols, less titles.
 */
#include "analysis/tokenizer.h"

/* Before a name, or behind it; never all there is of it. */
static const char *const titles_before[] = {"dr",   "prof", "professor", "mr",   "mrs", "ms",
                                            "mx",   "miss", "sir",       "dame", "ing", "dipl",
                                            "herr", "frau", "mme",       "mlle", NULL};
static const char *const titles_behind[] = {"phd", "msc", "bsc", "mba", "esq", NULL};

static bool is_listed(span word, const char *const *list)
{
    for (; *list; list++)
        if (span_equal(word, span_of(*list)))
            return true;
    return false;
}

typedef struct {
    uint32_t from, to; /* positions that stay: from <= position < to */
} kept;

/* Drops titles at both ends while something else is left. */
static kept without_titles(const terms *in, uint32_t begin, uint32_t end, size_t first)
{
    kept k = {begin, end};
    for (size_t i = first; i < in->count && k.from + 1 < k.to; i++)
        if (in->items[i].kind == TERM_WORD && in->items[i].position == k.from &&
            is_listed(in->items[i].text, titles_before))
            k.from++;
    for (size_t i = in->count; i-- > first && k.from + 1 < k.to;)
        if (in->items[i].position + 1 == k.to && in->items[i].kind == TERM_WORD &&
            is_listed(in->items[i].text, titles_behind))
            k.to--;
    return k;
}

void analyse_name(span name, arena *memory, terms *to)
{
    size_t first = to->count, kept_count = first;
    uint32_t begin = to->positions;
    tokenize(name, &(token_rules){0}, memory, to);
    kept k = without_titles(to, begin, to->positions, first);
    for (size_t i = first; i < to->count; i++) {
        term item = to->items[i];
        if (item.position < k.from || item.last >= k.to)
            continue;
        item.position -= k.from - begin;
        item.last -= k.from - begin;
        to->items[kept_count++] = item;
    }
    to->count = kept_count;
    to->positions = begin + (k.to - k.from);
}
