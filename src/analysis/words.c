/*
 * words.c - one word to its terms: numbers, camelCase, digit borders, exact forms.
 */
#include <string.h>

#include "analysis/classes.h"
#include "analysis/stop_words.h"
#include "analysis/tokenizer.h"
#include "base/utf8.h"

enum {
    PARTS_MAX = 8 /* a word with more borders is no name that someone writes in pieces */
};

static bool is_digit_at(span text, size_t at)
{
    return at < text.length && byte_is_digit(text.at[at]);
}

/* Whether a separator of thousands that ends before `after` stands at `at`: one to three digits
 * before it, exactly three behind. */
static bool separates_thousands(span text, size_t begin, size_t at, size_t after)
{
    size_t before = 0;
    while (before < 4 && at > begin + before && byte_is_digit(text.at[at - before - 1]))
        before++;
    return before >= 1 && before <= 3 && is_digit_at(text, after) && is_digit_at(text, after + 1) &&
           is_digit_at(text, after + 2) && !is_digit_at(text, after + 3);
}

/* Where a number goes on behind a dot or a separator of thousands at `at`; 0 when it does not. */
static size_t number_goes_on(span text, size_t begin, size_t at, bool *separator)
{
    if (at == begin || !byte_is_digit(text.at[at - 1]))
        return 0;
    *separator = false;
    if (text.at[at] == '.')
        return is_digit_at(text, at + 1) ? at + 1 : 0;
    *separator = true;
    span rest = span_from(text, at);
    size_t after = at + (text.at[at] == ','                             ? 1
                         : span_starts_with(rest, SPAN("\xC2\xA0"))     ? 2
                         : span_starts_with(rest, SPAN("\xE2\x80\xAF")) ? 3
                                                                        : 0);
    return after > at && separates_thousands(text, begin, at, after) ? after : 0;
}

/* Notes one character's class; false when it does not belong to a word. */
static bool word_note(token *w, class c, size_t at)
{
    switch (c) {
    case CLASS_LOWER: w->letters = w->lower = true; return true;
    case CLASS_UPPER:
        w->letters = true;
        w->inner_case |= at > w->begin;
        return true;
    case CLASS_DIGIT: w->digits = true; return true;
    case CLASS_MARK: return true;
    default: return false;
    }
}

token word_scan(const tokenizer *t, size_t begin)
{
    token w = {.begin = begin, .end = begin};
    while (w.end < t->text.length) {
        size_t next = w.end + 1;
        bool separator;
        class c = class_of_byte(t->text.at[w.end]);
        bool high = c == CLASS_HIGH;
        if (high)
            c = class_at(t->text, w.end, &next);
        if (word_note(&w, c, w.end)) {
            w.high |= high;
        } else {
            next = number_goes_on(t->text, begin, w.end, &separator);
            if (!next)
                break;
            w.rewritten |= separator;
        }
        w.end = next;
    }
    return w;
}

/* ---- terms ---- */

static void term_push(tokenizer *t, const term *new)
{
    ARENA_ADD(t->memory, t->to->items, t->to->count, t->to->capacity, *new);
}

void term_add_form(tokenizer *t, term_kind kind, span text, uint32_t first, size_t begin,
                   size_t end)
{
    if (!text.length || text.length > TERM_MAX)
        return;
    uint32_t last = t->to->positions > first ? t->to->positions - 1 : first;
    term new = {text, first, last, (uint32_t)begin, (uint32_t)end, kind, false, false};
    term_push(t, &new);
    term *items = t->to->items;
    /* Only behind the few terms of its own chunk: chunks with more are not joined. */
    for (size_t i = t->to->count - 1; i > 0 && items[i - 1].position > first; i--) {
        items[i] = items[i - 1];
        items[i - 1] = new;
    }
}

void term_add_joined(tokenizer *t, const span *pieces, size_t count, uint32_t first, size_t begin,
                     size_t end)
{
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        if (!pieces[i].length)
            return; /* a piece that was too long */
        length += pieces[i].length;
    }
    if (length > TERM_MAX)
        return;
    char *joined = arena_alloc(t->memory, length);
    char *to = joined;
    for (size_t i = 0; i < count; i++) {
        memcpy(to, pieces[i].at, pieces[i].length);
        to += pieces[i].length;
    }
    term_add_form(t, TERM_JOINED, (span){joined, length}, first, begin, end);
}

static bool is_ascii(span text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.at[i] >= 0x80)
            return false;
    return true;
}

/* Drops what stands in a word but not in its term: separators of thousands, and gives every
 * apostrophe the form that the lists of stop words have. */
static void rewrite(buffer *folded)
{
    static const char *const forms[][2] = {
        {",", ""},        {"\xC2\xA0", ""}, {" ", ""}, {"\xE2\x80\x98", "'"}, {"\xE2\x80\x99", "'"},
        {"\xCA\xBC", "'"}};
    buffer plain = {0};
    for (size_t i = 0; i < folded->length;) {
        span rest = span_from(buffer_span(folded), i);
        size_t used = 0;
        for (size_t f = 0; f < sizeof forms / sizeof *forms && !used; f++)
            if (span_starts_with(rest, span_of(forms[f][0]))) {
                buffer_add_text(&plain, forms[f][1]);
                used = strlen(forms[f][0]);
            }
        if (!used)
            buffer_add_byte(&plain, rest.at[0]);
        i += used ? used : 1;
    }
    buffer_free(folded);
    *folded = plain;
}

span term_text(tokenizer *t, size_t begin, size_t end)
{
    span source = span_slice(t->text, begin, end - begin);
    if (is_ascii(source))
        return (span){t->lower + begin, end - begin};
    buffer_clear(&t->scratch);
    utf8_fold(source, &t->scratch);
    return arena_copy(t->memory, buffer_span(&t->scratch));
}

static span rewritten_text(tokenizer *t, size_t begin, size_t end)
{
    buffer_clear(&t->scratch);
    utf8_fold(span_slice(t->text, begin, end - begin), &t->scratch);
    rewrite(&t->scratch);
    return arena_copy(t->memory, buffer_span(&t->scratch));
}

/* Adds the form with marks behind the word that was added last, when it differs. */
static void add_exact(tokenizer *t, uint32_t position, size_t begin, size_t end)
{
    term *main = &t->to->items[t->to->count - 1];
    buffer_clear(&t->scratch);
    utf8_fold_keep_marks(span_slice(t->text, begin, end - begin), &t->scratch);
    span exact = buffer_span(&t->scratch);
    if (exact.length > TERM_MAX || span_equal(exact, main->text))
        return;
    main->has_exact = true;
    term_add_form(t, TERM_EXACT, arena_copy(t->memory, exact), position, begin, end);
}

span term_add_word(tokenizer *t, size_t begin, size_t end, bool rewrite_it)
{
    /* A hostile megabyte of letters is not folded: folding grows a text at most twelvefold. */
    bool hopeless = (end - begin) / 4 > TERM_MAX;
    span text = hopeless     ? SPAN_NONE
                : rewrite_it ? rewritten_text(t, begin, end)
                             : term_text(t, begin, end);
    uint32_t position = t->to->positions++;
    if (text.length && text.length <= TERM_MAX) {
        term new = {text,          position,  position, (uint32_t)begin,
                    (uint32_t)end, TERM_WORD, false,    false};
        term_push(t, &new);
        if (!rewrite_it && text.at != t->lower + begin)
            add_exact(t, position, begin, end);
    }
    return text;
}

/* ---- borders inside a word ---- */

typedef struct {
    size_t begin, end; /* bytes */
    size_t letters;    /* characters */
    bool digits;       /* a run of digits (with dots), else of letters */
} run;

/* The runs of letters and of digits of a word; PARTS_MAX + 1 when there are more. */
static size_t runs_of(const tokenizer *t, const token *w, run runs[PARTS_MAX])
{
    size_t count = 0;
    for (size_t i = w->begin, next; i < w->end; i = next) {
        class c = class_at(t->text, i, &next);
        bool digit = c == CLASS_DIGIT ||
                     (c != CLASS_LOWER && c != CLASS_UPPER && count && runs[count - 1].digits);
        if (!count || runs[count - 1].digits != digit) {
            if (count == PARTS_MAX)
                return PARTS_MAX + 1;
            runs[count++] = (run){i, next, 0, digit};
        }
        runs[count - 1].end = next;
        runs[count - 1].letters += c != CLASS_MARK;
    }
    return count;
}

static bool is_ordinal(span text)
{
    return text.length == 2 &&
           (span_equal_nocase(text, SPAN("st")) || span_equal_nocase(text, SPAN("nd")) ||
            span_equal_nocase(text, SPAN("rd")) || span_equal_nocase(text, SPAN("th")));
}

/* python3 has parts; k8s, s3, 5g, i18n, log4j and 2nd are words of their own. */
static bool has_digit_parts(const tokenizer *t, const run *runs, size_t count)
{
    if (count < 2 || count > PARTS_MAX)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!runs[i].digits && runs[i].letters < 2)
            return false;
    return !(count == 2 && runs[0].digits &&
             is_ordinal(span_slice(t->text, runs[1].begin, runs[1].end - runs[1].begin)));
}

/* Whether the rest of a word from a lower case letter on is only a plural's s: APIs, VMs. */
static bool is_plural(span text, size_t at, size_t end)
{
    return at + 1 == end && text.at[at] == 's';
}

/* Where the parts of camelCase begin, `end` behind the last; their number, 1 when there is no
 * border, or a part has only one letter: iPhone, gRPC, eBPF, LaTeX are one word. */
static size_t camel_borders(const tokenizer *t, size_t begin, size_t end,
                            size_t borders[PARTS_MAX + 1])
{
    size_t count = 1, characters = 0, previous = begin;
    class before = CLASS_OTHER, last = CLASS_OTHER;
    borders[0] = begin;
    for (size_t i = begin, next; i < end; previous = i, i = next, characters++) {
        class c = class_at(t->text, i, &next);
        size_t border = 0;
        if (c == CLASS_UPPER && (last == CLASS_LOWER || last == CLASS_DIGIT))
            border = i;
        else if (c == CLASS_LOWER && last == CLASS_UPPER && before == CLASS_UPPER &&
                 !is_plural(t->text, i, end))
            border = previous;
        if (border) {
            if (border == previous)
                characters--;
            if (characters < 2 || count == PARTS_MAX)
                return 1;
            borders[count++] = border;
            characters = border == previous;
        }
        before = last;
        last = c;
    }
    borders[count] = end;
    return characters < 2 ? 1 : count;
}

/* Adds a run of letters (or a word like S3Bucket whose digits are no border). */
static span camel_add(tokenizer *t, size_t begin, size_t end, bool may_have_parts)
{
    size_t borders[PARTS_MAX + 1];
    size_t count = may_have_parts ? camel_borders(t, begin, end, borders) : 1;
    if (count == 1 || is_whole_word(term_text(t, begin, end)))
        return term_add_word(t, begin, end, false);
    span parts[PARTS_MAX], whole = term_text(t, begin, end);
    uint32_t first = t->to->positions;
    for (size_t i = 0; i < count; i++)
        parts[i] = term_add_word(t, borders[i], borders[i + 1], false);
    term_add_joined(t, parts, count, first, begin, end);
    return whole;
}

/* v1.30 is the number 1.30, and v1.30 too. */
static bool is_version(const tokenizer *t, const token *w)
{
    span text = span_slice(t->text, w->begin, w->end - w->begin);
    if (text.length < 4 || byte_lower(text.at[0]) != 'v' || span_find_byte(text, '.') < 2)
        return false;
    for (size_t i = 1; i < text.length; i++)
        if (!byte_is_digit(text.at[i]) && text.at[i] != '.')
            return false;
    return true;
}

static span parts_add(tokenizer *t, const token *w)
{
    run runs[PARTS_MAX] = {0};
    span parts[PARTS_MAX];
    size_t count = w->digits && w->letters ? runs_of(t, w, runs) : 1;
    if (!has_digit_parts(t, runs, count))
        return camel_add(t, w->begin, w->end, w->inner_case && w->lower);
    uint32_t first = t->to->positions;
    for (size_t i = 0; i < count; i++)
        parts[i] = runs[i].digits ? term_add_word(t, runs[i].begin, runs[i].end, w->rewritten)
                                  : camel_add(t, runs[i].begin, runs[i].end, w->inner_case);
    term_add_joined(t, parts, count, first, w->begin, w->end);
    return term_text(t, w->begin, w->end);
}

span word_add(tokenizer *t, const token *w)
{
    /* A word that can't give a term has no parts either: hostile words cost one look. */
    bool simple = !t->rules->parts || (w->end - w->begin) / 2 > TERM_MAX ||
                  !((w->inner_case && w->lower) || (w->digits && w->letters));
    if (simple)
        return term_add_word(t, w->begin, w->end, w->rewritten);
    if (!is_version(t, w))
        return parts_add(t, w);
    uint32_t first = t->to->positions;
    term_add_word(t, w->begin + 1, w->end, false);
    span whole = term_text(t, w->begin, w->end);
    term_add_form(t, TERM_SYMBOL, whole, first, w->begin, w->end);
    return whole;
}
