/* heading.c - takes the heading of a talk apart. */
#include "notes/heading.h"

#include "base/utf8.h"
#include "notes/dates.h"
#include "notes/heading_split.h"
#include "notes/lookup.h"
#include "notes/tables.h"

void keys_add(keys *to, arena *memory, span key)
{
    ARENA_ADD(memory, to->items, to->count, to->capacity, key);
}

/* Longer lines are no titles; the steps of trimming one grow with its length squared. */
enum { TITLE_LONGEST = 2000 };

/* Trims what titles are wrapped in. */
static span trim_title(span text)
{
    static const char *const edges[] = {
        "\"", "*", "_", "`",  "\xE2\x80\x9C",  "\xE2\x80\x9D",  ":",
        ",",  ";", "|", "- ", "\xE2\x80\x93 ", "\xE2\x80\x94 ", "/ "};
    bool cut = text.length <= TITLE_LONGEST;
    while (cut) {
        cut = false;
        text = span_trim(text);
        for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
            span edge = span_of(edges[i]);
            if (span_starts_with(text, edge)) {
                bool pair = edge.length == 1 &&
                            span_find_byte(span_from(text, 1), edge.at[0]) != SPAN_NOT_FOUND &&
                            text.at[text.length - 1] != edge.at[0] && edge.at[0] != ':';
                if (!pair) {
                    text = span_from(text, edge.length);
                    cut = true;
                }
            }
            edge = span_trim(edge);
            bool opens =
                edge.length == 1 && text.length > 1 &&
                span_find_byte(span_slice(text, 0, text.length - 1), edge.at[0]) != SPAN_NOT_FOUND;
            if (span_ends_with(text, edge) && !(opens && edge.at[0] != ':' && edge.at[0] != ',') &&
                edge.at[0] != '\xE2') {
                text.length -= edge.length;
                cut = true;
            }
        }
    }
    size_t dash_edge = text.length;
    while (dash_edge && (text.at[dash_edge - 1] == ' ' || text.at[dash_edge - 1] == '-'))
        dash_edge--;
    return span_slice(text, 0, dash_edge);
}

static bool is_paired_quote(span text, span open, span close)
{
    return text.length > open.length + close.length && span_starts_with(text, open) &&
           span_ends_with(text, close) &&
           span_find(span_slice(text, open.length, text.length - open.length - close.length),
                     close) == SPAN_NOT_FOUND;
}

/* A title all in quotes loses them; one that begins with a quoted word keeps it. */
static span unquote(span text, bool *quoted_out)
{
    text = span_trim(text);
    span left = SPAN("\xE2\x80\x9C"), right = SPAN("\xE2\x80\x9D");
    size_t cut = is_paired_quote(text, SPAN("\""), SPAN("\"")) ? 1
                 : is_paired_quote(text, left, right)          ? 3
                                                               : 0;
    if (cut) {
        *quoted_out = true;
        return span_trim(span_slice(text, cut, text.length - 2 * cut));
    }
    return text;
}

/* "A.", "A1.", "3)", "#4", "1.2": the bytes with the blank behind; 0 for none. */
static size_t enumerator_length(span text)
{
    size_t i = 0, letters = 0;
    bool hash = text.length && text.at[0] == '#', mark = false;
    i += hash;
    while (i < text.length && i < 6 && !byte_is_space(text.at[i])) {
        letters += byte_is_alpha(text.at[i]);
        mark = mark || text.at[i] == '.' || text.at[i] == ')';
        if (!byte_is_alnum(text.at[i]) && text.at[i] != '.' && text.at[i] != ')' &&
            text.at[i] != '#')
            return 0;
        i++;
    }
    bool digit = text.length > (size_t)hash && byte_is_digit(text.at[hash]);
    if (i < text.length && i > 1 && !byte_is_space(text.at[i]))
        return 0;
    if (letters > 2 || (!mark && !hash))
        return 0;
    size_t point = span_find_byte(span_slice(text, 0, i), '.');
    if (!letters && point != SPAN_NOT_FOUND && i - point > 2 && byte_is_digit(text.at[point + 2]))
        return 0;                                                                /* 2.66 Million */
    bool code = byte_is_upper(text.at[0]) && i > 1 && byte_is_digit(text.at[1]); /* B1.D */
    bool one_letter = (letters == 1 && byte_is_upper(text.at[0])) || code;
    size_t length = i < text.length ? i + 1 : i;
    return digit || one_letter || hash ? length : 0;
}

/* The key of a phrase without a number at its end: "Talk 5" -> "talk". */
static span key_without_number(span phrase, arena *memory, bool *number_out)
{
    span key = text_key(phrase, memory);
    size_t end = key.length;
    while (end && (byte_is_digit(key.at[end - 1]) || key.at[end - 1] == '#'))
        end--;
    *number_out = end < key.length;
    return span_trim(span_slice(key, 0, end));
}

bool heading_take_kind(splitting *state, span phrase)
{
    bool number;
    uint32_t senses =
        lookup_key(state->tables->headings, key_without_number(phrase, state->memory, &number));
    if (!(senses & HEADING_KINDS) || phrase.length > 40)
        return false;
    state->out->kinds |= senses & HEADING_KINDS;
    state->out->talk_number = state->out->talk_number || number;
    return true;
}

static size_t dash_at(span text, size_t i, size_t *length_out)
{
    static const char *const dashes[] = {" - ",   " \xE2\x80\x93 ", " \xE2\x80\x94 ", " -- ",
                                         " --- ", "\xE2\x80\x94",   " \xE2\x88\x92 ", " // "};
    char mark = i + 1 < text.length && text.at[i] == ' ' ? text.at[i + 1] : text.at[i];
    if ((text.at[i] != ' ' && text.at[i] != '\xE2') ||
        (mark != '-' && mark != '/' && mark != '\xE2'))
        return 0;
    for (size_t k = 0; k < sizeof dashes / sizeof *dashes; k++) {
        if (span_starts_with(span_from(text, i), span_of(dashes[k]))) {
            *length_out = span_of(dashes[k]).length;
            return 1;
        }
    }
    return 0;
}

size_t dash_find(span text, size_t from, size_t *length_out)
{
    for (size_t i = from; i < text.length; i++) {
        if (dash_at(text, i, length_out))
            return i;
    }
    return SPAN_NOT_FOUND;
}

size_t dash_find_last(span text, size_t *length_out)
{
    for (size_t i = text.length; i-- > 0;) {
        if (dash_at(text, i, length_out))
            return i;
    }
    return SPAN_NOT_FOUND;
}

static bool is_weekday(const splitting *state, span word)
{
    return lookup(state->tables->calendar, word, state->memory) & CALENDAR_DAYS;
}

/* "14 May", "Tuesday" */
static bool is_day(const splitting *state, span text)
{
    size_t position = 0;
    date_find date;
    return is_weekday(state, text) ||
           (date_next(state->tables->calendar, text, &position, &date) && position == text.length);
}

/* "Tuesday" and "Tuesday," before a time, with something behind: the bytes before the time. */
static size_t weekday_length(const splitting *state, span text)
{
    size_t blank = span_find_byte(text, ' ');
    if (blank == SPAN_NOT_FOUND || blank < 2)
        return 0;
    span word = span_slice(text, 0, blank - (text.at[blank - 1] == ','));
    size_t time = time_length(span_from(text, blank + 1));
    return time && blank + 1 + time < text.length && is_weekday(state, word) ? blank + 1 : 0;
}

/* "keynote, Tuesday": a kind and a day. */
static bool take_remarks(splitting *state, span text)
{
    size_t comma = span_find_byte(text, ',');
    if (comma == SPAN_NOT_FOUND)
        return false;
    span first = span_trim(span_slice(text, 0, comma)),
         second = span_trim(span_from(text, comma + 1));
    return (is_day(state, second) && heading_take_kind(state, first)) ||
           (is_day(state, first) && heading_take_kind(state, second));
}

/* Cuts one "Keynote:", "Talk 5 -", "[Workshop]", number or time off the begin. */
static bool strip_one_prefix(splitting *state, span *text)
{
    *text = span_trim(*text);
    size_t length = state->split ? 0 : enumerator_length(*text), time = time_length(*text),
           dash_length = 0;
    if (length) {
        *text = span_from(*text, length);
        return true;
    }
    if (weekday_length(state, *text)) {
        *text = span_from(*text, weekday_length(state, *text));
        return true;
    }
    if (time && time < text->length && !byte_is_alnum(text->at[time])) {
        state->out->timed = true;
        *text = trim_title(span_from(*text, time));
        return true;
    }
    if (text->length && text->at[0] == '[') {
        size_t close = span_find_byte(*text, ']');
        if (close != SPAN_NOT_FOUND && heading_take_kind(state, span_slice(*text, 1, close - 1))) {
            *text = trim_title(span_from(*text, close + 1));
            return true;
        }
    }
    size_t colon = span_find_byte(*text, ':');
    size_t dash = dash_find(*text, 0, &dash_length);
    if (colon != SPAN_NOT_FOUND && colon + 1 < text->length &&
        heading_take_kind(state, span_slice(*text, 0, colon))) {
        *text = span_trim(span_from(*text, colon + 1));
        return true;
    }
    if (dash != SPAN_NOT_FOUND && heading_take_kind(state, span_slice(*text, 0, dash))) {
        *text = span_trim(span_from(*text, dash + dash_length));
        return true;
    }
    return false;
}

/* Cuts "(4:00pm)", "(Panel)", "[Keynote]", "4:00pm", "- Keynote" off the end. */
static bool strip_one_suffix(splitting *state, span *text)
{
    *text = span_trim(*text);
    if (!text->length)
        return false;
    char last = text->at[text->length - 1];
    size_t open = last == ')'   ? span_find_last_byte(*text, '(')
                  : last == ']' ? span_find_last_byte(*text, '[')
                                : SPAN_NOT_FOUND;
    if (open != SPAN_NOT_FOUND && open) {
        span inside = span_trim(span_slice(*text, open + 1, text->length - open - 2));
        bool time = inside.length && time_length(inside) == inside.length;
        state->out->timed = state->out->timed || time;
        if (time || is_day(state, inside) || heading_take_kind(state, inside) ||
            take_remarks(state, inside)) {
            text->length = open;
            return true;
        }
        return false;
    }
    size_t dash_length = 0, dash = dash_find_last(*text, &dash_length);
    if (dash == SPAN_NOT_FOUND || !dash)
        return false;
    span behind = span_from(*text, dash + dash_length);
    bool time = time_length(behind) && time_length(behind) == behind.length;
    state->out->timed = state->out->timed || time;
    if (!time && !heading_take_kind(state, behind))
        return false;
    text->length = dash;
    return true;
}

void heading_read(const reader_tables *tables, const facts *known, span text, arena *memory,
                  int lenience, keys *asks, heading_parts *out)
{
    *out = (heading_parts){0};
    splitting state = {.tables = tables,
                       .known = known,
                       .memory = memory,
                       .asks = asks,
                       .out = out,
                       .lenience = lenience};
    text = span_trim(text);
    bool number;
    out->senses = lookup_key(tables->headings, key_without_number(text, memory, &number));
    while (text.length && (strip_one_prefix(&state, &text) || strip_one_suffix(&state, &text)))
        ;
    out->senses |= lookup_key(tables->headings, key_without_number(text, memory, &number));
    if (out->senses & HEADING_KINDS)
        out->kinds |= out->senses & HEADING_KINDS;
    out->title = text;
    if (text.length < 400 && !(out->senses & (HEADING_SECTION | HEADING_IDLE)))
        heading_split(&state, text);
    span title = out->title;
    state.split = out->rule != NULL;
    while (title.length && (strip_one_prefix(&state, &title) || strip_one_suffix(&state, &title)))
        ;
    title = unquote(trim_title(title), &out->quoted);
    out->title = title;
    if (out->speakers.count &&
        span_equal(out->rule ? span_of(out->rule) : SPAN_NONE, SPAN("heading-by")) &&
        (span_equal_nocase(title, SPAN("moderated")) ||
         span_equal_nocase(title, SPAN("presented")) || span_equal_nocase(title, SPAN("hosted"))))
        out->title = title = SPAN_NONE;
    uint32_t senses = lookup(tables->headings, title, memory);
    if (senses & HEADING_KINDS &&
        (out->speakers.count || span_equal_nocase(title, SPAN("keynote")))) {
        out->kinds |= senses & HEADING_KINDS;
        out->title = SPAN_NONE;
    }
}
