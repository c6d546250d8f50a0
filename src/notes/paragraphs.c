/* paragraphs.c - talks that are a paragraph of a report. */
#include "notes/paragraphs.h"

#include "base/utf8.h"
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
        if (lookup(in->tables->prose_cues, word, in->memory) & CUE_NOUN ||
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
        items[count++].parts.title = title;
        sure += names_somebody(in, seen, title);
    }
    for (size_t i = 0; i < count; i++)
        items[i].end = i + 1 < count ? items[i + 1].first : text->count;
    *items_out = items;
    return sure >= 2 || (sure && report) ? count : 0;
}
