/* paragraphs.c - talks that are a paragraph of a report. */
#include "notes/paragraphs.h"

#include "base/utf8.h"
#include "notes/dates.h"
#include "notes/lookup.h"
#include "notes/person_name.h"
#include "notes/tables.h"

/* Title and speaker stand at the begin. */
enum { SEEN_BYTES_MAX = 300, TITLE_WORDS_MIN = 3, TITLE_BYTES_MAX = 160 };
/* A name must be this likely to be a sign. */
#define NAME_LIKENESS 0.6f

static bool is_title(span text)
{
    return word_count(text) >= TITLE_WORDS_MIN && text.length <= TITLE_BYTES_MAX &&
           span_find(text, SPAN("://")) == SPAN_NOT_FOUND;
}

static span in_quotes(span text)
{
    static const char *const marks[][2] = {{"\"", "\""}, {"\xE2\x80\x9C", "\xE2\x80\x9D"}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        span open = span_of(marks[i][0]), rest = text;
        for (size_t at; (at = span_find(rest, open)) != SPAN_NOT_FOUND;) {
            rest = span_from(rest, at + open.length);
            size_t end = span_find(rest, span_of(marks[i][1]));
            if (end != SPAN_NOT_FOUND && is_title(span_slice(rest, 0, end)))
                return span_slice(rest, 0, end);
            rest = end == SPAN_NOT_FOUND ? SPAN_NONE : span_from(rest, end + 1);
        }
    }
    return SPAN_NONE;
}

/* What is marked as the title of something: a link, italics, quotes. */
static span marked_title(const block *b)
{
    for (size_t i = 0; i < b->link_count; i++) {
        if (b->links[i].begin < SEEN_BYTES_MAX && is_title(b->links[i].text))
            return b->links[i].text;
    }
    for (size_t i = 0; i < b->emphasis_count; i++) {
        extent mark = b->emphasis[i];
        span text = span_slice(b->text, mark.begin, mark.end - mark.begin);
        if (mark.begin < SEEN_BYTES_MAX && is_title(text))
            return text;
    }
    for (size_t i = 0; i < b->strong_count; i++) {
        extent mark = b->strong[i];
        span text = span_slice(b->text, mark.begin, mark.end - mark.begin);
        if (mark.begin < SEEN_BYTES_MAX && is_title(text))
            return text;
    }
    return in_quotes(span_slice(b->text, 0, SEEN_BYTES_MAX));
}

/* "talk", "session", "by": somebody gave something. */
static bool has_cue(const layout_input *in, span text)
{
    size_t position = 0;
    span word;
    while (word_next(text, &position, &word)) {
        if (lookup(in->tables->prose_cues, word, in->memory) & CUE_NOUN || year_find(word) ||
            span_equal(word, SPAN("by")) || span_equal(word, SPAN("titled")))
            return true;
    }
    return false;
}

static bool names_somebody(const layout_input *in, span text, span title)
{
    size_t position = 0;
    span word, before = SPAN_NONE;
    while (word_next(text, &position, &word)) {
        size_t at = 0;
        bool upper = utf8_is_upper(utf8_next(word, &at));
        bool outside = span_find(title, word) == SPAN_NOT_FOUND;
        bool joined = before.length && word.at == before.at + before.length + 1;
        if (upper && outside && joined) {
            span name = span_between(before.at, word.at + word.length);
            if (span_ends_with(name, SPAN("'s")))
                name.length -= 2;
            else if (span_ends_with(name, SPAN("\xE2\x80\x99s")))
                name.length -= 4;
            if (name_likeness(in->tables, name, in->memory) >= NAME_LIKENESS)
                return true;
        }
        before = upper && outside ? word : SPAN_NONE;
    }
    return false;
}

/* Capitalised words at the begin of a text, "and" between them. */
static span run_of_names(span text)
{
    size_t position = 0, end = 0;
    span word;
    while (word_next(text, &position, &word)) {
        size_t at = 0, begin = (size_t)(word.at - text.at);
        bool upper = utf8_is_upper(utf8_next(word, &at));
        bool joint = span_equal(word, SPAN("and")) || span_equal(word, SPAN("de")) ||
                     span_equal(word, SPAN("van"));
        span gap = span_slice(text, end, begin - end);
        if ((!upper && !joint) ||
            !(span_equal(gap, SPAN(" ")) || span_equal(gap, SPAN(". ")) || !gap.length))
            break;
        end = begin + word.length;
        if (!upper)
            end = begin; /* counts only with a name behind it */
        else if (end < text.length && text.at[end] == '.' && word.length == 1)
            end++;
        if (joint)
            end = begin + word.length;
    }
    return span_trim(span_slice(text, 0, end));
}

static bool take_names(const layout_input *in, span text, float least, heading_parts *parts)
{
    people who;
    people_read(in->tables, run_of_names(text), PEOPLE_LIKELY, in->memory, &who);
    if (!who.count || who.foreign || who.likeness < least)
        return false;
    parts->speakers = who;
    parts->rule = "paragraph";
    parts->confidence = 0.85f;
    return true;
}

/* "*Title* by X", "the session from X and Y titled ...", "the idea of X to ...". */
static void find_names(const layout_input *in, const block *b, heading_parts *parts)
{
    static const char *const words[] = {" by ", " from ", " of "};
    span seen = span_slice(b->text, 0, SEEN_BYTES_MAX);
    size_t title = span_find(seen, parts->title);
    span behind =
        title == SPAN_NOT_FOUND ? SPAN_NONE : span_from(seen, title + parts->title.length);
    while (behind.length && (behind.at[0] == '"' || (unsigned char)behind.at[0] >= 0x80))
        behind = span_from(behind, 1);
    if (span_starts_with(behind, SPAN(" by ")) &&
        take_names(in, span_from(behind, 4), 0.02f, parts))
        return;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        span rest = seen, mark = span_of(words[i]);
        for (size_t at; (at = span_find(rest, mark)) != SPAN_NOT_FOUND;) {
            rest = span_from(rest, at + mark.length);
            if (take_names(in, rest, NAME_LIKENESS, parts))
                return;
        }
    }
}

/* Text behind a talk belongs to it until somebody else comes on. */
static size_t talk_end(const layout_input *in, size_t first, size_t limit)
{
    size_t end = first + 1;
    while (end < limit &&
           !names_somebody(in, span_slice(in->text->items[end].text, 0, 40), SPAN_NONE))
        end++;
    return end;
}

size_t paragraphs_find(const layout_input *in, bool report, talk_item **items_out)
{
    const blocks *text = in->text;
    talk_item *items = arena_alloc(in->memory, (text->count + 1) * sizeof *items);
    size_t count = 0, sure = 0;
    for (size_t i = 0; i < text->count; i++) {
        const block *b = &text->items[i];
        if (b->kind != BLOCK_PARAGRAPH || b->depth || b->quotes)
            continue;
        span title = marked_title(b), seen = span_slice(b->text, 0, SEEN_BYTES_MAX);
        if (!title.length || !has_cue(in, seen))
            continue;
        items[count] = (talk_item){.first = i, .header = NO_BLOCK};
        items[count].parts.title = title;
        find_names(in, b, &items[count++].parts);
        sure += names_somebody(in, seen, title);
    }
    for (size_t i = 0; i < count; i++)
        items[i].end =
            talk_end(in, items[i].first, i + 1 < count ? items[i + 1].first : text->count);
    *items_out = items;
    return sure >= 2 || (sure && report) ? count : 0;
}
