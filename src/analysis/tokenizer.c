#include "analysis/tokenizer.h"

#include <string.h>

#include "analysis/classes.h"
#include "base/utf8.h"

enum {
    JOINED_MAX = 4,    /* words of a chunk: with more it is a path or a list, not a word */
    SYMBOL_LETTERS = 9 /* before ++: notepad++, libstdc++ */
};

/* ---- links ---- */

/* The apostrophe or hyphen that the character beyond ASCII at *at is, or 0; *at goes behind it. */
static char wide_link(span text, size_t *at)
{
    switch (utf8_next(text, at)) {
    case 0x2018:
    case 0x2019:
    case 0x2BC:
    case 0xFF07: return '\'';
    case 0x2010:
    case 0x2011: return '-';
    default: return 0;
    }
}

/* The link at `at` with a word behind it, in its ASCII form, or 0; *after is where the word is. */
static char link_at(const tokenizer *t, size_t at, size_t *after)
{
    char link = byte_at(t, at);
    *after = at;
    if ((unsigned char)link >= 0x80)
        link = wide_link(t->text, after);
    else if (strchr("._-/'&@", link) && link)
        ++*after;
    else
        link = 0;
    while (link == '_' && byte_at(t, *after) == '_')
        ++*after;
    return link && is_word_at(t, *after) ? link : 0;
}

/* ---- apostrophes ---- */

static bool is_one_of(span text, const char *list)
{
    span rest = span_of(list);
    while (rest.length)
        if (span_equal(span_cut(&rest, ' '), text))
            return true;
    return false;
}

/* What stands before an apostrophe in French, Italian and Catalan and is no word of the text. */
static bool is_elided(span word)
{
    return word.length <= 7 &&
           is_one_of(word, "l d j m t s n c qu jusqu lorsqu puisqu quoiqu presqu un dell all dall "
                           "nell sull coll quest quell bell sant dov com");
}

typedef enum { APOSTROPHE_LINK, APOSTROPHE_POSSESSIVE, APOSTROPHE_CONTRACTION } apostrophe;

/* What the apostrophe behind a word is, by the letters behind it, which end before *end_out. */
static apostrophe apostrophe_kind(const tokenizer *t, const token *w, size_t after, size_t *end_out)
{
    size_t end = after;
    while (end < t->text.length && end - after < 3 && byte_is_alpha(t->text.at[end]))
        end++;
    *end_out = end;
    if (end == after || is_word_at(t, end))
        return APOSTROPHE_LINK;
    span tail = lower_slice(t, after, end);
    if (is_one_of(tail, "s"))
        return APOSTROPHE_POSSESSIVE;
    bool negated = is_one_of(tail, "t") && byte_lower(t->text.at[w->end - 1]) == 'n';
    return negated || is_one_of(tail, "ll ve re d m") ? APOSTROPHE_CONTRACTION : APOSTROPHE_LINK;
}

/* ---- symbols ---- */

/* The end of c++ or c#, with the version behind it in *end_out; 0 when the word is none. */
static size_t symbol_end(const tokenizer *t, const token *w, size_t *end_out)
{
    size_t length = w->end - w->begin, end = 0;
    if (!t->rules->symbols || w->high || w->digits || length > SYMBOL_LETTERS)
        return 0;
    if (byte_at(t, w->end) == '+' && byte_at(t, w->end + 1) == '+')
        end = w->end + 2;
    else if (length == 1 && byte_at(t, w->end) == '#')
        end = w->end + 1;
    if (!end || byte_at(t, end) == '+' || byte_at(t, end) == '#')
        return 0;
    *end_out = end;
    while (byte_is_digit(byte_at(t, *end_out)) && *end_out - end < 4)
        ++*end_out;
    if (*end_out > end && byte_is_alpha(byte_at(t, *end_out))) /* c++2a */
        ++*end_out;
    return is_word_at(t, *end_out) ? 0 : end;
}

/* Adds c++, or c++ and c++17. A name of several letters (notepad++) is a word without them too. */
static void symbol_add(tokenizer *t, const token *w, size_t end, size_t version_end)
{
    uint32_t position = t->to->positions;
    if (w->end - w->begin > 1)
        term_add_word(t, w->begin, w->end, false);
    else
        t->to->positions++;
    term_add_form(t, TERM_SYMBOL, lower_slice(t, w->begin, end), position, w->begin, end);
    if (version_end > end)
        term_add_form(t, TERM_SYMBOL, lower_slice(t, w->begin, version_end), position, w->begin,
                      version_end);
}

/* .NET at the beginning of a chunk, .NET6 too; false when the dot is only a dot. */
static bool dot_net_add(tokenizer *t)
{
    size_t begin = t->at, end = begin + 4, version_end = end;
    if (!t->rules->symbols || !span_equal(span_slice(t->text, begin, 1), SPAN(".")) ||
        t->text.length < end || !span_equal(lower_slice(t, begin, end), SPAN(".net")))
        return false;
    while (byte_is_digit(byte_at(t, version_end)) && version_end - end < 4)
        version_end++;
    if (is_word_at(t, version_end))
        return false;
    uint32_t position = t->to->positions++;
    term_add_form(t, TERM_SYMBOL, lower_slice(t, begin, end), position, begin, end);
    if (version_end > end)
        term_add_form(t, TERM_SYMBOL, lower_slice(t, begin, version_end), position, begin,
                      version_end);
    t->at = version_end;
    return true;
}

/* ---- chunks ---- */

/* Words that are joined when they end: everything between slashes. */
typedef struct {
    span words[JOINED_MAX];
    size_t count;
    uint32_t first;
    size_t begin, end;
    bool letters, symbol, ampersand;
} segment;

typedef struct {
    segment now, before; /* before: in front of the last slash */
    size_t slashes, ats;
    uint32_t first;
    size_t begin;
} chunk;

static void segment_add(segment *to, const token *w, span whole, uint32_t first)
{
    if (!to->count) {
        to->first = first;
        to->begin = w->begin;
    }
    if (to->count < JOINED_MAX)
        to->words[to->count] = whole;
    to->count++;
    to->end = w->end;
    to->letters |= w->letters;
}

/* at&t as it is written; ampersands are rare enough for a walk through the arena. */
static span with_ampersands(tokenizer *t, const segment *s)
{
    buffer_clear(&t->scratch);
    for (size_t i = 0; i < s->count; i++) {
        if (i)
            buffer_add_byte(&t->scratch, '&');
        buffer_add(&t->scratch, s->words[i]);
    }
    return arena_copy(t->memory, buffer_span(&t->scratch));
}

/* e.g., U.S.A.: single letters with dots between them. */
static bool is_abbreviation(const tokenizer *t, const segment *s)
{
    if (s->end - s->begin != 2 * s->count - 1)
        return false;
    for (size_t at = s->begin; at < s->end; at++)
        if (!((at - s->begin) % 2 ? t->text.at[at] == '.' : byte_is_alpha(t->text.at[at])))
            return false;
    return true;
}

static void segment_end(tokenizer *t, const chunk *c)
{
    const segment *s = &c->now;
    if (c->ats || s->count < 2 || s->count > JOINED_MAX || s->symbol || !s->letters)
        return;
    for (size_t i = t->to->count - s->count; is_abbreviation(t, s) && i < t->to->count; i++)
        t->to->items[i].stop = true;
    term_add_joined(t, s->words, s->count, s->first, s->begin, s->end);
    if (s->ampersand)
        term_add_form(t, TERM_SYMBOL, with_ampersands(t, s), s->first, s->begin, s->end);
}

/* CI/CD: two single words around one slash. */
static void slash_end(tokenizer *t, const chunk *c)
{
    const segment *a = &c->before, *b = &c->now;
    if (c->ats || c->slashes != 1 || a->count != 1 || b->count != 1 || a->symbol || b->symbol ||
        !(a->letters || b->letters))
        return;
    term_add_joined(t, (span[]){a->words[0], b->words[0]}, 2, a->first, a->begin, b->end);
}

static void chunk_end(tokenizer *t, const chunk *c)
{
    segment_end(t, c);
    slash_end(t, c);
    if (c->ats == 1 && c->now.end - c->begin <= TERM_MAX) /* jane@example.com */
        term_add_form(t, TERM_SYMBOL, term_text(t, c->begin, c->now.end), c->first, c->begin,
                      c->now.end);
}

static void chunk_link(tokenizer *t, chunk *c, char link)
{
    if (link == '/' || link == '@') {
        c->slashes += link == '/';
        c->ats += link == '@';
        segment_end(t, c);
        c->before = c->now;
        c->now = (segment){0};
    }
    c->now.ampersand |= link == '&';
}

/* ASP.NET is found by .net too; written small (php.net) it is a host's name. */
static void dot_net_inside(tokenizer *t, const token *w, uint32_t first)
{
    if (t->rules->symbols && w->begin && t->text.at[w->begin - 1] == '.' &&
        span_equal(span_slice(t->text, w->begin, w->end - w->begin), SPAN("NET")))
        term_add_form(t, TERM_SYMBOL, lower_slice(t, w->begin - 1, w->end), first, w->begin - 1,
                      w->end);
}

static void chunk_word(tokenizer *t, chunk *c, token *w)
{
    uint32_t first = t->to->positions;
    size_t version_end, symbol = symbol_end(t, w, &version_end);
    span whole = SPAN_NONE;
    if (symbol) {
        symbol_add(t, w, symbol, version_end);
        w->end = version_end;
        c->now.symbol = true;
    } else {
        whole = word_add(t, w);
        dot_net_inside(t, w, first);
    }
    segment_add(&c->now, w, whole, first);
}

/* Reads one chunk; t->at stands on its first word character. */
static void chunk_add(tokenizer *t)
{
    chunk c = {.first = t->to->positions, .begin = t->at};
    for (;;) {
        token w = word_scan(t, t->at);
        size_t after, tail;
        if (url_begins(t, &w, &t->at)) {
            url_add(t);
            return;
        }
        t->at = w.end;
        char link = link_at(t, w.end, &after);
        if (link == '\'') {
            apostrophe kind = apostrophe_kind(t, &w, after, &tail);
            if (kind == APOSTROPHE_CONTRACTION) {
                w.end = tail;
                w.rewritten = true;
            } else if (kind == APOSTROPHE_LINK && t->rules->elision &&
                       is_elided(lower_slice(t, w.begin, w.end))) {
                t->at = after;
                continue;
            }
            if (kind != APOSTROPHE_LINK) {
                t->at = tail;
                link = 0;
            }
        }
        size_t end = w.end;
        chunk_word(t, &c, &w);
        if (w.end > end) { /* a symbol: its own link, C++/CLI */
            t->at = w.end;
            link = link_at(t, w.end, &after);
        }
        if (!link)
            break;
        chunk_link(t, &c, link);
        t->at = after;
    }
    chunk_end(t, &c);
}

/* ---- the rest ---- */

static void bigram_add(tokenizer *t, size_t begin, size_t end)
{
    uint32_t position = t->to->positions++;
    if (end - begin <= TERM_MAX)
        term_add_form(t, TERM_BIGRAM, term_text(t, begin, end), position, begin, end);
}

/* A run of a script without blanks: every two neighbours, or the one there is. */
static void run_add(tokenizer *t)
{
    size_t before = t->at, last = t->at, end = t->at, characters = 0, next;
    while (end < t->text.length) {
        class c = class_at(t->text, end, &next);
        if (c == CLASS_RUN) {
            if (++characters > 2)
                bigram_add(t, before, end);
            before = last;
            last = end;
        } else if (c != CLASS_MARK) {
            break;
        }
        end = next;
    }
    bigram_add(t, before, end);
    t->at = end;
}

/* The end of @handle or #tag, whose sigil stands at t->at; 0 when it is none. */
static size_t sigil_end(const tokenizer *t)
{
    size_t at = t->at, end = at + 1, next;
    bool inside =
        at > 0 && (byte_is_alnum(t->text.at[at - 1]) || t->text.at[at - 1] == t->text.at[at]);
    if (!t->rules->symbols || inside)
        return 0;
    while (end < t->text.length && end - at <= TERM_MAX) {
        class c = class_at(t->text, end, &next);
        char byte = t->text.at[end];
        if (!class_is_word(c) && c != CLASS_MARK && byte != '_' && byte != '-')
            break;
        end = next;
    }
    while (end > at + 1 && (t->text.at[end - 1] == '-' || t->text.at[end - 1] == '_'))
        end--;
    return end > at + 1 && end - at <= TERM_MAX ? end : 0;
}

/* @handle and #tag: the words as anywhere, and the whole with its sigil. */
static void sigil_add(tokenizer *t)
{
    size_t begin = t->at, end = sigil_end(t);
    uint32_t first = t->to->positions;
    t->at++;
    while (byte_at(t, t->at) == '_')
        t->at++;
    if (!end || !is_word_at(t, t->at))
        return;
    size_t index = t->to->count;
    term_add_form(t, TERM_SYMBOL, term_text(t, begin, end), first, begin, end);
    chunk_add(t);
    if (t->to->positions == first) /* #g://www: no word but the symbol has the place */
        t->to->positions++;
    for (size_t i = index + 1; i < t->to->count; i++)
        if (t->to->items[i].kind == TERM_WORD && t->to->items[i].end <= end)
            t->to->items[index].last = t->to->items[i].position;
}

static void link_add(tokenizer *t)
{
    char c = t->text.at[t->at];
    if (c == '@' || c == '#')
        sigil_add(t);
    else if (c != '.' || (t->at && t->text.at[t->at - 1] == '.') || !dot_net_add(t))
        t->at++;
}

static void wide_add(tokenizer *t)
{
    size_t next;
    class c = class_at(t->text, t->at, &next);
    if (c == CLASS_RUN)
        run_add(t);
    else if (class_is_word(c))
        chunk_add(t);
    else
        t->at = next;
}

/* The fast path: ASCII letters, only the first of them upper case, and no link to another word. */
static bool plain_add(tokenizer *t)
{
    const char *begin = t->text.at + t->at, *end = t->text.at + t->text.length, *i = begin + 1;
    while (i < end && class_of_byte(*i) == CLASS_LOWER)
        i++;
    class c = i < end ? class_of_byte(*i) : CLASS_OTHER;
    if (c != CLASS_OTHER &&
        (c != CLASS_LINK || *i == '#' || (i + 1 < end && class_of_byte(i[1]) != CLASS_OTHER)))
        return false;
    size_t from = t->at, length = (size_t)(i - begin);
    uint32_t position = t->to->positions++;
    t->at += length;
    if (length <= TERM_MAX) {
        term new = {{t->lower + from, length}, position,  position, (uint32_t)from,
                    (uint32_t)t->at,           TERM_WORD, false,    false};
        ARENA_ADD(t->memory, t->to->items, t->to->count, t->to->capacity, new);
    }
    return true;
}

static void lower_ascii(span text, char *to)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.at[i];
        to[i] = (char)(c + ((unsigned char)(c - 'A') < 26) * ('a' - 'A'));
    }
}

/* Room for as many terms as prose of that length has: growing would leave copies in the arena. */
static void reserve(span text, arena *memory, terms *to)
{
    if (to->items)
        return;
    to->capacity = text.length / 5 + 8;
    to->items = arena_alloc(memory, to->capacity * sizeof *to->items);
}

void tokenize(span text, const token_rules *rules, arena *memory, terms *to)
{
    if (text.length > UINT32_MAX)
        text.length = UINT32_MAX;
    tokenizer t = {.text = text,
                   .rules = rules,
                   .memory = memory,
                   .to = to,
                   .lower = arena_alloc(memory, text.length)};
    lower_ascii(text, t.lower);
    reserve(text, memory, to);
    while (t.at < text.length) {
        switch (class_of_byte(text.at[t.at])) {
        case CLASS_LOWER:
        case CLASS_UPPER:
            if (!plain_add(&t))
                chunk_add(&t);
            break;
        case CLASS_DIGIT: chunk_add(&t); break;
        case CLASS_LINK: link_add(&t); break;
        case CLASS_HIGH: wide_add(&t); break;
        default: t.at++;
        }
    }
    buffer_free(&t.scratch);
}
