#include "search/snippet.h"

#include <string.h>

#include "base/map.h"

/* A matching word of the text, and which of the plan's marks it is. */
typedef struct {
    uint32_t begin, end, position;
    size_t mark;
} match;

typedef struct {
    match *items;
    size_t count, capacity;
} matches;

typedef struct {
    const query_plan *plan;
    const vocabulary *words;
    arena *memory;
} marking;

static bool is_marked(const marking *m, const mark *by, const term *t)
{
    switch (by->kind) {
    case MARK_WORD: return t->kind != TERM_TECH && span_equal(by->text, t->text);
    case MARK_TECH: return t->kind == TERM_TECH && span_equal(by->text, t->text);
    case MARK_PREFIX: return t->kind != TERM_TECH && span_starts_with(t->text, by->text);
    case MARK_STEM: break;
    }
    if (t->kind != TERM_WORD || !by->text.length || t->text.at[0] != by->text.at[0])
        return false;
    for (size_t i = 0; i < m->words->language_count; i++)
        if (span_equal(by->text, analyser_stem(m->words->analysers[i], term_written(t))))
            return true;
    return false;
}

static matches find_matches(const marking *m, span text)
{
    matches found = {0};
    terms all = {0};
    if (!m->plan->mark_count)
        return found;
    analyse(m->words->analysers[0], text, m->memory, &all);
    for (size_t i = 0; i < all.count; i++)
        for (size_t k = 0; k < m->plan->mark_count; k++)
            if (is_marked(m, &m->plan->marks[k], &all.items[i])) {
                const term *t = &all.items[i];
                match added = {t->begin, t->end, t->position, k};
                ARENA_ADD(m->memory, found.items, found.count, found.capacity, added);
                break;
            }
    return found;
}

/* Different words count most, then how many there are; a window holds what begins in it. */
static size_t best_window(const matches *in, size_t mark_count, size_t width, arena *memory)
{
    size_t *seen = arena_zalloc(memory, (mark_count + 1) * sizeof *seen);
    size_t best = 0, best_score = 0, different = 0, first = 0;
    for (size_t last = 0; last < in->count; last++) {
        different += seen[in->items[last].mark]++ == 0;
        while (first < last && in->items[last].end > in->items[first].begin + width)
            different -= --seen[in->items[first++].mark] == 0;
        size_t score = different * 1000 + (last - first);
        if (score > best_score) {
            best_score = score;
            best = first;
        }
    }
    return best;
}

static bool is_word_byte(char c)
{
    return !byte_is_space(c);
}

/* Moves back to where a word begins, and never into the middle of a character. */
static size_t word_start(span text, size_t at)
{
    while (at > 0 && at < text.length && is_word_byte(text.at[at - 1]) && is_word_byte(text.at[at]))
        at--;
    return at;
}

static size_t word_end(span text, size_t at)
{
    enum { WORD_MAX = 80 };
    size_t limit = at + WORD_MAX < text.length ? at + WORD_MAX : text.length;
    while (at < limit && is_word_byte(text.at[at]))
        at++;
    while (at < text.length && ((unsigned char)text.at[at] & 0xC0) == 0x80)
        at++;
    return at;
}

/* Copies text[begin, end) with white space folded, and marks what falls into it. */
static void copy_window(span text, size_t begin, size_t end, const matches *found, arena *memory,
                        snippet *out)
{
    char *copy = arena_alloc(memory, end - begin + 1);
    size_t length = 0, next = 0;
    marked open = {0, 0};
    while (next < found->count && found->items[next].begin < begin)
        next++;
    for (size_t i = begin; i < end; i++) {
        if (next < found->count && found->items[next].begin == i)
            open.begin = (uint32_t)length;
        bool space = byte_is_space(text.at[i]);
        if (!space || (length && copy[length - 1] != ' '))
            copy[length++] = space ? ' ' : text.at[i];
        if (next < found->count && found->items[next].end == i + 1) {
            open.end = (uint32_t)(length - (length && copy[length - 1] == ' '));
            ARENA_ADD(memory, out->marks, out->mark_count, out->mark_capacity, open);
            while (next < found->count && found->items[next].begin <= i)
                next++;
        }
    }
    while (length && copy[length - 1] == ' ')
        length--;
    out->text = (span){copy, length};
}

/* Where the text behind the heading begins: what the heading says is shown as title and speakers
 * already, so it is only shown again when nothing else matches. */
static size_t text_start(const talk *of)
{
    bool headed = of->title.text.length && of->mark_count > 1 && of->marks[0].line == of->line;
    return headed ? of->marks[1].offset : 0;
}

static matches behind(const matches *all, size_t start)
{
    matches rest = *all;
    while (rest.count && rest.items->begin < start) {
        rest.items++;
        rest.count--;
    }
    return rest;
}

/* ---- which words of the query a window shows ---- */

/* Marks of one word of the query (its stem and itself) are one group. */
static uint32_t *group_marks(const marking *m)
{
    const query_plan *plan = m->plan;
    uint32_t *groups = arena_alloc(m->memory, (plan->mark_count + 1) * sizeof *groups);
    map *met = map_new();
    for (size_t i = 0; i < plan->mark_count; i++) {
        span key = plan->marks[i].text;
        if (plan->marks[i].kind == MARK_WORD)
            key = analyser_stem(m->words->analysers[0], key);
        groups[i] = map_intern(met, key);
    }
    map_free(met);
    return groups;
}

typedef struct {
    size_t begin, end;
} window;

/* So many bytes, from a little before the match on, and never in the middle of a word. */
static window window_at(span text, size_t start, size_t match_at, size_t lead, size_t width)
{
    window made = {start, 0};
    if (match_at > start + lead)
        made.begin = word_start(text, match_at - lead);
    made.end = made.begin + width < text.length ? word_end(text, made.begin + width) : text.length;
    return made;
}

/* The matches of words of the query that the window does not show. */
static matches not_shown(const marking *m, const matches *in, const uint32_t *groups, window by)
{
    matches missing = {0};
    bool *shown = arena_zalloc(m->memory, (m->plan->mark_count + 1) * sizeof *shown);
    for (size_t i = 0; i < in->count; i++)
        if (in->items[i].begin >= by.begin && in->items[i].end <= by.end)
            shown[groups[in->items[i].mark]] = true;
    for (size_t i = 0; i < in->count; i++)
        if (!shown[groups[in->items[i].mark]])
            ARENA_ADD(m->memory, missing.items, missing.count, missing.capacity, in->items[i]);
    return missing;
}

static const match *best_match(const marking *m, const matches *in, size_t width)
{
    return &in->items[best_window(in, m->plan->mark_count, width, m->memory)];
}

/* Not by printf, for text may hold a NUL. */
static span join(const span *pieces, size_t count, arena *memory)
{
    size_t length = 0, at = 0;
    for (size_t i = 0; i < count; i++)
        length += pieces[i].length;
    char *text = arena_alloc(memory, length + 1);
    for (size_t i = 0; i < count; at += pieces[i++].length)
        if (pieces[i].length)
            memcpy(text + at, pieces[i].at, pieces[i].length);
    return (span){text, length};
}

/* Appends what the window shows, behind an ellipsis. */
static void append_window(const marking *m, span text, window shown, const matches *found,
                          snippet *to)
{
    snippet more = {0};
    copy_window(text, shown.begin, shown.end, found, m->memory, &more);
    const span pieces[] = {to->text, SPAN(" … "), more.text};
    to->text = join(pieces, 3, m->memory);
    uint32_t shift = (uint32_t)(to->text.length - more.text.length);
    for (size_t i = 0; i < more.mark_count; i++) {
        marked moved = {more.marks[i].begin + shift, more.marks[i].end + shift};
        ARENA_ADD(m->memory, to->marks, to->mark_count, to->mark_capacity, moved);
    }
}

/* Two half windows, when one whole window leaves words of the query out that stand further off. */
static bool find_two(const marking *m, span text, size_t start, const matches *found, size_t width,
                     window *both)
{
    enum { LEAD_SHARE = 12 };
    const uint32_t *groups = group_marks(m);
    const match *first = best_match(m, found, width / 2);
    window whole = window_at(text, start, first->begin, width / 4, width);
    if (!not_shown(m, found, groups, whole).count)
        return false;
    both[0] = window_at(text, start, first->begin, width / LEAD_SHARE, width / 2);
    matches missing = not_shown(m, found, groups, both[0]);
    if (!missing.count)
        return false;
    const match *second = best_match(m, &missing, width / 2);
    both[1] = window_at(text, start, second->begin, width / LEAD_SHARE, width / 2);
    if (both[1].begin < both[0].begin) {
        window later = both[0];
        both[0] = both[1];
        both[1] = later;
    }
    return both[1].begin > both[0].end;
}

void snippet_make(const talk *of, const query_plan *plan, const vocabulary *words, size_t width,
                  arena *memory, snippet *out)
{
    marking m = {plan, words, memory};
    matches all = find_matches(&m, of->body);
    size_t start = text_start(of), match_at;
    matches found = behind(&all, start);
    window both[2];
    *out = (snippet){0};
    out->line = of->line;
    if (all.count && !found.count) {
        found = all;
        start = 0;
    }
    match_at = start;
    if (found.count) {
        match_at = best_match(&m, &found, width / 2)->begin;
        out->line = talk_line_at(of, match_at);
    }
    bool two = found.count && find_two(&m, of->body, start, &found, width, both);
    if (!two)
        both[0] = both[1] = window_at(of->body, start, match_at, width / 4, width);
    copy_window(of->body, both[0].begin, both[0].end, &found, memory, out);
    if (two)
        append_window(&m, of->body, both[1], &found, out);
    out->cut_before = both[0].begin > start;
    out->cut_after = both[1].end < of->body.length;
}

void snippet_mark(span text, const query_plan *plan, const vocabulary *words, arena *memory,
                  snippet *out)
{
    marking m = {plan, words, memory};
    matches found = find_matches(&m, text);
    *out = (snippet){0};
    copy_window(text, 0, text.length, &found, memory, out);
}
