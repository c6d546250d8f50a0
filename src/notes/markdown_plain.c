#include "notes/markdown_plain.h"

#include <string.h>

#include "base/utf8.h"
#include "notes/front_matter.h"
#include "notes/label.h"
#include "notes/markdown_lines.h"
#include "notes/markdown_text.h"

/* ---- is it plain? ---- */

static bool is_run_of(span line, const char *marks, size_t least)
{
    line = span_trim(line);
    if (line.length < least || !strchr(marks, line.at[0]))
        return false;
    for (size_t i = 1; i < line.length; i++)
        if (line.at[i] != line.at[0])
            return false;
    return true;
}

/* `# Title`, `##Title`; not `#hashtag`, `#1`. */
static bool is_hash_heading(span line)
{
    size_t marks = 0;
    while (marks < line.length && line.at[marks] == '#')
        marks++;
    return marks && marks <= 6 && marks < line.length && (marks > 1 || line.at[marks] == ' ');
}

static bool has_two(span line, const char *mark)
{
    size_t first = span_find(line, span_of(mark));
    return first != SPAN_NOT_FOUND &&
           span_find(span_from(line, first + 2), span_of(mark)) != SPAN_NOT_FOUND;
}

static bool is_markdown_line(span line, bool text_above)
{
    span text = span_trim(line);
    if (!text.length)
        return false;
    switch (text.at[0]) {
    case '#': return is_hash_heading(text);
    case '>': return true;
    case '`':
    case '~': return is_run_of(span_slice(text, 0, 3), "`~", 3);
    case '|': return text.length > 2 && text.at[text.length - 1] == '|';
    case '=':
    case '-': return text_above && is_run_of(text, "=-", 3);
    default: return false;
    }
}

static bool has_inline_marks(span line)
{
    return span_find(line, SPAN("](")) != SPAN_NOT_FOUND || has_two(line, "**") ||
           has_two(line, "__") || span_find(line, SPAN("{{<")) != SPAN_NOT_FOUND;
}

bool text_is_plain(span text)
{
    bool text_above = false;
    while (text.length) {
        span line = span_cut(&text, '\n');
        if (is_markdown_line(line, text_above) || has_inline_marks(line))
            return false;
        text_above = span_trim(line).length > 0;
    }
    return true;
}

/* ---- what a title looks like ---- */

enum { TITLE_BYTES = 160, TITLE_WORDS = 20, TITLE_RUN = 3 };

static size_t count_words(span text)
{
    size_t words = 0;
    for (size_t i = 0; i < text.length; i++)
        words += !byte_is_space(text.at[i]) && (i == 0 || byte_is_space(text.at[i - 1]));
    return words;
}

/* Closing punctuation of a sentence, also behind a quotation mark or bracket, also `。`. */
static bool ends_sentence(span text)
{
    while (text.length && strchr("\"')]", text.at[text.length - 1]))
        text.length--;
    return !text.length || strchr(".,;:!", text.at[text.length - 1]) ||
           span_ends_with(text, SPAN("…")) || span_ends_with(text, SPAN("。"));
}

static bool starts_like_title(span text)
{
    size_t at = 0;
    while (at < text.length) {
        uint32_t c = utf8_next(text, &at);
        if (utf8_class(c) != CHAR_OTHER)
            return !utf8_is_lower(c);
    }
    return false;
}

/* ---- an outline ---- */

/* The stars of "** Title" at the begin of a line; 0 for none. */
static size_t outline_level(span line)
{
    enum { LEVEL_MOST = 6 };
    size_t stars = 0;
    while (stars < line.length && line.at[stars] == '*')
        stars++;
    bool title = stars && stars <= LEVEL_MOST && stars + 1 < line.length && line.at[stars] == ' ' &&
                 !byte_is_space(line.at[stars + 1]);
    return title ? stars : 0;
}

/* Whether lines of stars are headings, as in Org: nobody nests bullets so, two lines tell. */
static bool is_outline(span text)
{
    size_t deep = 0;
    while (text.length && deep < 2)
        deep += outline_level(span_cut(&text, '\n')) > 1;
    return deep >= 2;
}

/* ---- reading ---- */

typedef struct {
    arena *memory;
    blocks *out;
    size_t capacity;
    rich_text text;
    block open; /* the block that is read now */
    bool is_open;
    bool outline;
    bool blank_above;            /* above the line that is read now */
    size_t lists[NESTING_LIMIT]; /* indentation of the open list levels */
    size_t depth;
} plain_reader;

static void close_block(plain_reader *of)
{
    if (!of->is_open)
        return;
    of->is_open = false;
    rich_text_trim_end(&of->text);
    rich_text_find_urls(&of->text, of->open.line, of->memory);
    rich_text_put(&of->text, of->memory, &of->open);
    if (of->open.text.length)
        ARENA_ADD(of->memory, of->out->items, of->out->count, of->capacity, of->open);
}

static void open_block(plain_reader *of, block_kind kind, uint32_t line)
{
    close_block(of);
    rich_text_clear(&of->text);
    of->open = (block){.kind = kind, .depth = (uint8_t)of->depth, .line = line, .end_line = line};
    of->is_open = true;
}

/* Bytes of `- `, `* `, `• `, `3. ` and the blanks behind it. */
static size_t bullet_length(span text, bool *ordered_out)
{
    size_t digits = 0, blanks, foreign = foreign_bullet(text);
    *ordered_out = false;
    if (foreign)
        return foreign;
    if (span_starts_with(text, SPAN("o\t"))) /* the second level of a word processor */
        return 2;
    while (digits < text.length && digits < 4 && byte_is_digit(text.at[digits]))
        digits++;
    *ordered_out = digits > 0;
    if (digits ? digits == text.length || !strchr(".)", text.at[digits])
               : !text.length || !strchr("-*+", text.at[0]))
        return 0;
    line_indent(span_from(text, digits + 1), &blanks);
    return blanks ? digits + 1 + blanks : 0;
}

static void enter_level(plain_reader *of, size_t columns)
{
    while (of->depth && of->lists[of->depth - 1] > columns)
        of->depth--;
    bool deeper = !of->depth || of->lists[of->depth - 1] < columns;
    if (deeper && of->depth < NESTING_LIMIT)
        of->lists[of->depth++] = columns;
}

/* The first line of the text is a title also when text follows at once, unless the two are prose
 * that was wrapped: then the first is long and the second goes on in the middle of a sentence. */
static bool is_title_over_text(const plain_reader *of, span second)
{
    enum { WRAPPED_FROM = 60 };
    span first = buffer_span(&of->text.text);
    return of->out->count == 0 && of->open.kind == BLOCK_PARAGRAPH &&
           of->open.line == of->open.end_line && first.length < WRAPPED_FROM &&
           !ends_sentence(first) && starts_like_title(first) &&
           (starts_like_title(second) || by_line_names(second).length);
}

static void add_text_line(plain_reader *of, span text, size_t columns, uint32_t line)
{
    bool goes_on = of->is_open && !of->blank_above && !is_title_over_text(of, text);
    if (!goes_on) {
        if (of->depth && columns <= of->lists[0])
            of->depth = 0;
        open_block(of, BLOCK_PARAGRAPH, line);
    } else {
        rich_text_add_raw(&of->text, SPAN("\n"));
        of->open.end_line = line;
    }
    rich_text_add(&of->text, text);
}

static void read_line(plain_reader *of, span whole, uint32_t line)
{
    size_t blanks, columns = line_indent(whole, &blanks);
    span text = span_trim(span_from(whole, blanks));
    bool ordered;
    size_t bullet = bullet_length(text, &ordered);
    size_t level = of->outline ? outline_level(whole) : 0;
    if (level) {
        of->depth = 0;
        open_block(of, BLOCK_HEADING, line);
        of->open.level = (uint8_t)level;
        rich_text_add(&of->text, span_from(text, level + 1));
        close_block(of);
    } else if (text.length && is_run_of(text, "-_*=", 3)) {
        of->depth = 0;
        close_block(of);
        block rule = {.kind = BLOCK_RULE, .line = line, .end_line = line};
        ARENA_ADD(of->memory, of->out->items, of->out->count, of->capacity, rule);
    } else if (bullet) {
        enter_level(of, columns);
        open_block(of, BLOCK_ITEM, line);
        of->open.ordered = ordered;
        rich_text_add(&of->text, span_from(text, bullet));
    } else if (text.length) {
        add_text_line(of, text, columns, line);
    }
    of->blank_above = text.length == 0;
}

/* ---- bare lines as headings ---- */

static bool is_single_line(const block *of)
{
    return of->kind == BLOCK_PARAGRAPH && of->depth == 0 && of->line == of->end_line;
}

static bool is_short(const block *of)
{
    return is_single_line(of) && of->text.length <= TITLE_BYTES &&
           count_words(of->text) <= TITLE_WORDS && of->link_count == 0;
}

/* `Speaker: ...`: a fact about the title above. */
static bool is_fact(span text)
{
    size_t colon = span_find_byte(text, ':');
    bool names;
    return colon != SPAN_NOT_FOUND && is_talk_key(span_trim(span_slice(text, 0, colon)), &names) &&
           !names;
}

/* Could be a title: no sentence, no address, no fragment that begins small. */
static bool looks_like_title(const block *of)
{
    return is_short(of) && !is_fact(of->text) && !ends_sentence(of->text) &&
           starts_like_title(of->text) && span_find(of->text, SPAN(". ")) == SPAN_NOT_FOUND;
}

static void make_heading(block *of)
{
    of->kind = BLOCK_HEADING;
    of->heading = HEADING_BARE;
}

/* A title stands above something: in a run of bare lines all are titles when the run is short
 * (day, session, talk) and text follows; a long run is a list of something, and only its last line
 * can be the title of what follows. Lines that nothing follows are fragments. */
static void find_headings(blocks *in)
{
    for (size_t i = 0; i < in->count;) {
        size_t end = i;
        while (end < in->count && looks_like_title(&in->items[end]))
            end++;
        if (end < in->count && end > i)
            for (size_t k = end - i > TITLE_RUN ? end - 1 : i; k < end; k++)
                make_heading(&in->items[k]);
        i = end > i ? end : i + 1;
    }
    if (in->count && is_short(&in->items[0]) && !is_fact(in->items[0].text))
        make_heading(&in->items[0]);
}

void plain_read(span text, uint32_t first_line, arena *memory, blocks *out)
{
    plain_reader of = {.memory = memory, .out = out, .blank_above = true};
    of.outline = is_outline(text);
    out->plain = !of.outline;
    for (uint32_t line = first_line; text.length; line++)
        read_line(&of, span_cut(&text, '\n'), line);
    close_block(&of);
    if (out->plain)
        find_headings(out);
    rich_text_free(&of.text);
}
