#include "search/levenshtein.h"

#include "base/utf8.h"

static uint64_t letter_bit(uint32_t letter)
{
    return UINT64_C(1) << (letter & 63);
}

bool edit_pattern_set(edit_pattern *out, span word, unsigned limit)
{
    out->length = 0;
    out->present = 0;
    out->limit = limit < EDIT_LIMIT_MAX ? limit : EDIT_LIMIT_MAX;
    for (size_t i = 0; i < word.length;) {
        if (out->length == EDIT_WORD_MAX)
            return false;
        uint32_t letter = utf8_next(word, &i);
        out->letters[out->length++] = letter;
        out->present |= letter_bit(letter);
    }
    return true;
}

/* The code points of the word, or EDIT_WORD_MAX + 1 when it is too long; *foreign counts those that
 * the pattern has nowhere: each costs an edit of its own. */
static unsigned decode(const edit_pattern *from, span word, uint32_t *letters, unsigned *foreign)
{
    unsigned count = 0;
    *foreign = 0;
    for (size_t i = 0; i < word.length;) {
        if (count == EDIT_WORD_MAX)
            return EDIT_WORD_MAX + 1;
        unsigned char c = (unsigned char)word.at[i];
        uint32_t letter = c;
        if (c < 0x80)
            i++;
        else
            letter = utf8_next(word, &i);
        letters[count++] = letter;
        *foreign += !(from->present & letter_bit(letter));
    }
    return count;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* rows[0] is the row of the letter before the last one, rows[1] the last one, rows[2] this one's.
 */
static unsigned cell(const edit_pattern *from, const uint32_t *word, unsigned i, unsigned j,
                     unsigned (*const rows[3])[EDIT_WORD_MAX + 2])
{
    const uint32_t *pattern = from->letters;
    unsigned best = (*rows[1])[j - 1] + (word[i - 1] != pattern[j - 1]);
    best = least(best, (*rows[1])[j] + 1);
    best = least(best, (*rows[2])[j - 1] + 1);
    if (i > 1 && j > 1 && word[i - 1] == pattern[j - 2] && word[i - 2] == pattern[j - 1])
        best = least(best, (*rows[0])[j - 2] + 1);
    return best;
}

static unsigned banded(const edit_pattern *from, const uint32_t *word, unsigned count)
{
    unsigned space[3][EDIT_WORD_MAX + 2] = {{0}}, over = from->limit + 1;
    unsigned(*rows[3])[EDIT_WORD_MAX + 2] = {&space[0], &space[1], &space[2]};
    for (unsigned j = 0; j <= from->length + 1; j++)
        (*rows[1])[j] = least(j, over);
    for (unsigned i = 1; i <= count; i++) {
        unsigned first = i > from->limit ? i - from->limit : 1;
        unsigned last = least(from->length, i + from->limit);
        unsigned best = over;
        (*rows[2])[first - 1] = first == 1 ? least(i, over) : over;
        for (unsigned j = first; j <= last; j++) {
            unsigned value = least(cell(from, word, i, j, rows), over);
            (*rows[2])[j] = value;
            best = least(best, value);
        }
        (*rows[2])[last + 1] = over;
        if (best == over && (first > 1 || (*rows[2])[0] == over))
            return over;
        unsigned(*oldest)[EDIT_WORD_MAX + 2] = rows[0];
        rows[0] = rows[1];
        rows[1] = rows[2];
        rows[2] = oldest;
    }
    return (*rows[1])[from->length];
}

unsigned edit_distance_from(const edit_pattern *from, span word)
{
    uint32_t letters[EDIT_WORD_MAX];
    unsigned foreign, over = from->limit + 1;
    /* A code point has at most four bytes: most of a word list is told by length alone. */
    if (word.length + from->limit < from->length ||
        word.length > (size_t)4 * (from->length + from->limit))
        return over;
    unsigned count = decode(from, word, letters, &foreign);
    if (foreign > from->limit || count > from->length + from->limit ||
        count + from->limit < from->length || count > EDIT_WORD_MAX)
        return over;
    return banded(from, letters, count);
}

unsigned edit_distance(span a, span b, unsigned limit)
{
    edit_pattern pattern;
    limit = limit < EDIT_LIMIT_MAX ? limit : EDIT_LIMIT_MAX;
    return edit_pattern_set(&pattern, a, limit) ? edit_distance_from(&pattern, b) : limit + 1;
}
