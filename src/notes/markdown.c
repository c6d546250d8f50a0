#include "notes/markdown.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

#include "notes/markdown_lines.h"
#include "notes/markdown_plain.h"
#include "notes/markdown_text.h"

typedef struct {
    arena *memory;
    blocks *out;
    size_t capacity;
    uint32_t first_line;
    line_kinds kinds;
    rich_text text, piece; /* the block that is read now; a row or part cut from it */
    uint32_t begin_line;   /* of the text, as a line of the file */
    uint32_t text_lines;   /* line breaks in the text so far */
    uint32_t skipped;      /* lines of link definitions above the text, which cmark forgets */
    size_t *open_links;    /* numbers of the links and images around what is read now */
    size_t open_link_count, open_link_capacity;
    size_t html_link; /* number of the open `<a href>` of the text, or SPAN_NOT_FOUND */
    unsigned depth, quotes;
} reader;

/* ---- blocks ---- */

static uint32_t file_line(const reader *of, int cmark_line)
{
    return of->first_line + (cmark_line > 0 ? (uint32_t)cmark_line - 1 : 0);
}

static line_kind kind_of_line(const reader *of, uint32_t line)
{
    uint32_t index = line - of->first_line;
    return index < of->kinds.count ? (line_kind)of->kinds.kinds[index] : LINE_TEXT;
}

static uint8_t at_most_255(unsigned number)
{
    return number < 255 ? (uint8_t)number : 255;
}

static block new_block(const reader *of, block_kind kind, uint32_t line, uint32_t end_line)
{
    return (block){.kind = kind,
                   .depth = at_most_255(of->depth),
                   .quotes = at_most_255(of->quotes),
                   .line = line,
                   .end_line = end_line > line ? end_line : line};
}

static block block_of_node(const reader *of, block_kind kind, cmark_node *node)
{
    return new_block(of, kind, file_line(of, cmark_node_get_start_line(node)),
                     file_line(of, cmark_node_get_end_line(node)));
}

/* cmark ends some HTML a line early, and tags without text leave only their links. */
static void add_block(reader *to, block what)
{
    if (what.link_count && what.links[what.link_count - 1].line > what.end_line)
        what.end_line = what.links[what.link_count - 1].line;
    ARENA_ADD(to->memory, to->out->items, to->out->count, to->capacity, what);
}

static span literal(cmark_node *node)
{
    return span_of(cmark_node_get_literal(node));
}

static void add_code(reader *to, cmark_node *node)
{
    block made = block_of_node(to, BLOCK_CODE, node);
    span info = span_trim(span_of(cmark_node_get_fence_info(node)));
    size_t end = 0;
    while (end < info.length && !byte_is_space(info.at[end]))
        end++;
    made.info = text_without_controls(span_slice(info, 0, end), to->memory);
    rich_text_clear(&to->piece);
    span code = literal(node);
    size_t cell;
    while ((cell = span_find_byte(code, CELL_MARK)) != SPAN_NOT_FOUND) {
        rich_text_add(&to->piece, span_slice(code, 0, cell));
        rich_text_add(&to->piece, SPAN("|"));
        code = span_from(code, cell + 1);
    }
    rich_text_add(&to->piece, code);
    rich_text_find_urls(&to->piece, made.line, to->memory);
    rich_text_put(&to->piece, to->memory, &made);
    add_block(to, made);
}

static void add_html(reader *to, cmark_node *node)
{
    block made = block_of_node(to, BLOCK_HTML, node);
    rich_text_clear(&to->piece);
    rich_text_add_html(&to->piece, literal(node), made.line, to->memory);
    rich_text_trim_end(&to->piece);
    rich_text_find_urls(&to->piece, made.line, to->memory);
    rich_text_put(&to->piece, to->memory, &made);
    if (made.text.length || made.link_count)
        add_block(to, made);
}

/* cmark ends it on the line below. */
static void add_rule(reader *to, cmark_node *node)
{
    uint32_t line = file_line(to, cmark_node_get_start_line(node));
    add_block(to, new_block(to, BLOCK_RULE, line, line));
}

/* ---- tables ---- */

static size_t line_end(span text, size_t begin)
{
    size_t length = span_find_byte(span_from(text, begin), '\n');
    return length == SPAN_NOT_FOUND ? text.length : begin + length;
}

/* Adds the cell between begin and end, trimmed; the row's text is in `piece`. */
static void add_cell(reader *to, size_t begin, size_t end, extents *cells)
{
    span all = buffer_span(&to->text.text);
    while (begin < end && byte_is_space(all.at[begin]))
        begin++;
    while (end > begin && byte_is_space(all.at[end - 1]))
        end--;
    if (cells->count)
        rich_text_add_raw(&to->piece, SPAN(" | "));
    extent cell = {(uint32_t)to->piece.text.length, 0};
    rich_text_append(&to->piece, &to->text, begin, end);
    cell.end = (uint32_t)to->piece.text.length;
    ARENA_ADD(to->memory, cells->items, cells->count, cells->capacity, cell);
}

static void add_row(reader *to, uint32_t line, size_t begin, size_t end)
{
    span all = buffer_span(&to->text.text);
    extents cells = {0};
    block made = new_block(to, BLOCK_ROW, line, line);
    made.header = kind_of_line(to, line) == LINE_HEADER_ROW;
    rich_text_clear(&to->piece);
    begin += begin < end && all.at[begin] == CELL_MARK;
    for (;;) {
        size_t length = span_find_byte(span_slice(all, begin, end - begin), CELL_MARK);
        size_t cell_end = length == SPAN_NOT_FOUND ? end : begin + length;
        add_cell(to, begin, cell_end, &cells);
        if (cell_end == end)
            break;
        begin = cell_end + 1;
    }
    rich_text_put(&to->piece, to->memory, &made);
    made.cell_count = cells.count;
    made.cells = arena_alloc(to->memory, cells.count * sizeof *made.cells);
    for (size_t i = 0; i < cells.count; i++)
        made.cells[i] =
            span_slice(made.text, cells.items[i].begin, cells.items[i].end - cells.items[i].begin);
    add_block(to, made);
}

/* A code span that runs over rows keeps their marks although no cell begins there. */
static void blank_cell_marks(rich_text *in)
{
    span text = buffer_span(&in->text);
    size_t at = 0, next;
    while ((next = span_find_byte(span_from(text, at), CELL_MARK)) != SPAN_NOT_FOUND) {
        at += next;
        in->text.at[at] = ' ';
    }
}

static void add_part(reader *to, block like, uint32_t line, size_t begin, size_t end)
{
    if (begin == end)
        return;
    rich_text_clear(&to->piece);
    rich_text_append(&to->piece, &to->text, begin, end);
    blank_cell_marks(&to->piece);
    rich_text_trim_end(&to->piece);
    rich_text_put(&to->piece, to->memory, &like);
    like.line = like.end_line = line;
    for (size_t i = 0; i < like.text.length; i++)
        like.end_line += like.text.at[i] == '\n';
    if (like.text.length || like.link_count)
        add_block(to, like);
}

static bool is_row(line_kind kind)
{
    return kind == LINE_ROW || kind == LINE_HEADER_ROW || kind == LINE_DELIMITER;
}

/* cmark saw a table as one paragraph: its rows become blocks, what is left stays paragraphs. */
static void add_parts(reader *to, block like)
{
    span text = buffer_span(&to->text.text);
    uint32_t line = to->begin_line, part_line = line;
    size_t part = 0;
    for (size_t begin = 0; begin < text.length; line++) {
        size_t end = line_end(text, begin);
        line_kind kind = kind_of_line(to, line);
        if (is_row(kind)) {
            add_part(to, like, part_line, part, begin);
            if (kind != LINE_DELIMITER)
                add_row(to, line, begin, end);
            part = end < text.length ? end + 1 : end;
            part_line = line + 1;
        }
        begin = end < text.length ? end + 1 : end;
    }
    add_part(to, like, part_line, part, text.length);
}

static bool has_rows(const reader *of)
{
    for (uint32_t i = 0; i <= of->text_lines; i++)
        if (is_row(kind_of_line(of, of->begin_line + i)))
            return true;
    return false;
}

/* ---- headings, paragraphs, items ---- */

static void add_text_block(reader *to, block made)
{
    blank_cell_marks(&to->text);
    rich_text_trim_end(&to->text);
    rich_text_find_urls(&to->text, to->begin_line, to->memory);
    rich_text_put(&to->text, to->memory, &made);
    if (made.text.length || made.link_count)
        add_block(to, made);
}

static bool ends_like_prose(span text)
{
    return text.length && strchr(".,;:", text.at[text.length - 1]);
}

/* A rule right below a paragraph makes it a heading in Markdown; people who write `---` between
 * talks don't mean that. */
static bool is_rule_below_prose(const reader *of, span text)
{
    enum { LONGEST_TITLE = 200 };
    return of->text_lines > 0 || text.length > LONGEST_TITLE || ends_like_prose(span_trim(text));
}

/* A paragraph, an item, or a table that cmark took for one. */
static void add_prose(reader *to, block made)
{
    if (!has_rows(to)) {
        add_text_block(to, made);
        return;
    }
    rich_text_find_urls(&to->text, to->begin_line, to->memory);
    add_parts(to, made);
}

/* What looked like definitions above the text was text after all when it does not fit between its
 * first line and `last`. */
static void settle_lines(reader *of, uint32_t last)
{
    uint32_t behind = of->begin_line + of->text_lines;
    uint32_t shift = behind > last ? behind - last : 0;
    if (shift > of->skipped)
        shift = of->skipped;
    of->begin_line -= shift;
    for (size_t i = 0; shift && i < of->text.link_count; i++)
        of->text.links[i].line -= shift;
}

static void add_heading(reader *to, cmark_node *node)
{
    block made = block_of_node(to, BLOCK_HEADING, node);
    made.level = (uint8_t)cmark_node_get_heading_level(node);
    bool atx = made.end_line <= to->begin_line; /* the other kind has its underline below */
    made.heading = atx ? HEADING_ATX : HEADING_SETEXT;
    settle_lines(to, atx ? made.end_line : made.end_line - 1);
    made.end_line = made.line = to->begin_line;
    if (!atx)
        made.end_line += to->text_lines + 1; /* cmark takes the line below the underline */
    bool rule_below = made.level == 2 && is_rule_below_prose(to, buffer_span(&to->text.text));
    if (atx || !(rule_below || has_rows(to))) {
        add_text_block(to, made);
        return;
    }
    block rule = new_block(to, BLOCK_RULE, made.end_line, made.end_line);
    made.kind = BLOCK_PARAGRAPH;
    made.level = 0;
    made.heading = HEADING_ATX;
    made.end_line--;
    add_prose(to, made);
    add_block(to, rule);
}

static uint16_t first_number(cmark_node *item)
{
    int number = cmark_node_previous(item) ? 0 : cmark_node_get_list_start(cmark_node_parent(item));
    return number > 0 && number <= UINT16_MAX ? (uint16_t)number : 0;
}

static void add_paragraph(reader *to, cmark_node *node)
{
    cmark_node *parent = cmark_node_parent(node);
    bool item = cmark_node_get_type(parent) == CMARK_NODE_ITEM && !cmark_node_previous(node);
    block made = block_of_node(to, item ? BLOCK_ITEM : BLOCK_PARAGRAPH, node);
    settle_lines(to, made.end_line);
    made.line = to->begin_line;
    made.ordered =
        item && cmark_node_get_list_type(cmark_node_parent(parent)) == CMARK_ORDERED_LIST;
    made.number = made.ordered ? first_number(parent) : 0;
    add_prose(to, made);
}

/* Link definitions at the head of a paragraph are no part of its text. */
static void begin_text(reader *of, cmark_node *node)
{
    uint32_t line = file_line(of, cmark_node_get_start_line(node));
    uint32_t last = file_line(of, cmark_node_get_end_line(node));
    while (line < last && kind_of_line(of, line) == LINE_DEFINITION)
        line++;
    rich_text_clear(&of->text);
    of->skipped = line - file_line(of, cmark_node_get_start_line(node));
    of->begin_line = line;
    of->text_lines = 0;
    of->html_link = SPAN_NOT_FOUND;
}

/* ---- inside of a block ---- */

static void add_line_break(reader *to)
{
    rich_text_add_raw(&to->text, SPAN("\n"));
    to->text_lines++;
}

/* cmark drops line breaks in code spans, tags and link targets: made good with the line that it
 * knows for each piece of text, so that line N of the text stays line N. */
static void catch_up(reader *to, cmark_node *node)
{
    int line = cmark_node_get_start_line(node);
    while (line > 0 && file_line(to, line) + to->skipped > to->begin_line + to->text_lines)
        add_line_break(to);
}

static void add_inline(reader *to, cmark_node *node)
{
    catch_up(to, node);
    /* cell marks are still needed: only the text of a block that is no table loses them */
    span text = literal(node);
    if (!is_row(kind_of_line(to, to->begin_line + to->text_lines))) {
        rich_text_add(&to->text, text);
        return;
    }
    size_t cell;
    while ((cell = span_find_byte(text, CELL_MARK)) != SPAN_NOT_FOUND) {
        rich_text_add(&to->text, span_slice(text, 0, cell));
        rich_text_add_raw(&to->text, span_slice(text, cell, 1));
        text = span_from(text, cell + 1);
    }
    rich_text_add(&to->text, text);
}

static void add_inline_html(reader *to, cmark_node *node)
{
    span tag = literal(node);
    bool anchor = html_tag_is(tag, SPAN("a"));
    if (html_tag_is(tag, SPAN("br")))
        rich_text_add_raw(&to->text, SPAN(" "));
    if (html_tag_is(tag, SPAN("/a"))) {
        rich_text_close_link(&to->text, to->html_link);
        to->html_link = SPAN_NOT_FOUND;
    }
    span url = html_attribute(tag, anchor ? SPAN("href") : SPAN("src"));
    if (!url.length)
        return;
    size_t number = rich_text_open_link(&to->text, text_without_controls(url, to->memory),
                                        to->begin_line + to->text_lines);
    if (anchor)
        to->html_link = number;
}

/* Images may stand in links and in each other. */
static void visit_link(reader *to, cmark_node *node, bool entering)
{
    if (!entering) {
        rich_text_close_link(&to->text, to->open_links[--to->open_link_count]);
        return;
    }
    span url = text_without_controls(span_of(cmark_node_get_url(node)), to->memory);
    size_t number = rich_text_open_link(&to->text, url, to->begin_line + to->text_lines);
    ARRAY_ADD(to->open_links, to->open_link_count, to->open_link_capacity, number);
}

static void visit_marks(reader *to, extents *which, bool entering)
{
    if (entering)
        extents_open(which, &to->text);
    else
        extents_close(which, &to->text);
}

static void add_code_span(reader *to, cmark_node *node)
{
    catch_up(to, node); /* what stands before it is no part of it */
    extents_open(&to->text.code, &to->text);
    add_inline(to, node);
    extents_close(&to->text.code, &to->text);
}

static void visit_inline(reader *to, cmark_node *node, bool entering)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT: add_inline(to, node); break;
    case CMARK_NODE_CODE: add_code_span(to, node); break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK: add_line_break(to); break;
    case CMARK_NODE_HTML_INLINE: add_inline_html(to, node); break;
    case CMARK_NODE_STRONG: visit_marks(to, &to->text.strong, entering); break;
    case CMARK_NODE_EMPH: visit_marks(to, &to->text.emphasis, entering); break;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE: visit_link(to, node, entering); break;
    default: break;
    }
}

static void visit(reader *to, cmark_node *node, bool entering)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_BLOCK_QUOTE: to->quotes += entering ? 1u : -1u; break;
    case CMARK_NODE_LIST: to->depth += entering ? 1u : -1u; break;
    case CMARK_NODE_CODE_BLOCK: add_code(to, node); break;
    case CMARK_NODE_HTML_BLOCK: add_html(to, node); break;
    case CMARK_NODE_THEMATIC_BREAK: add_rule(to, node); break;
    case CMARK_NODE_PARAGRAPH:
        if (entering)
            begin_text(to, node);
        else
            add_paragraph(to, node);
        break;
    case CMARK_NODE_HEADING:
        if (entering)
            begin_text(to, node);
        else
            add_heading(to, node);
        break;
    default: visit_inline(to, node, entering); break;
    }
}

/* ---- the whole text ---- */

static void feed(span piece, void *parser)
{
    if (piece.length)
        cmark_parser_feed(parser, piece.at, piece.length);
}

/* cmark's own ends the program with a message of its own when there is no memory. */
static cmark_mem cmark_memory = {xcalloc, xrealloc, free};

static void read_with_cmark(reader *to, span text)
{
    /* with source positions the lines of inline text are exact too */
    cmark_parser *parser =
        cmark_parser_new_with_mem(CMARK_OPT_SOURCEPOS | CMARK_OPT_UNSAFE, &cmark_memory);
    lines_rewrite(text, to->memory, &to->kinds, feed, parser);
    cmark_node *document = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    cmark_iter *at = cmark_iter_new(document);
    cmark_event_type event;
    while ((event = cmark_iter_next(at)) != CMARK_EVENT_DONE)
        visit(to, cmark_iter_get_node(at), event == CMARK_EVENT_ENTER);
    cmark_iter_free(at);
    cmark_node_free(document);
}

void markdown_read(span text, uint32_t first_line, arena *memory, blocks *out)
{
    *out = (blocks){0};
    if (text_is_plain(text)) {
        plain_read(text, first_line, memory, out);
        return;
    }
    reader of = {.memory = memory, .out = out, .first_line = first_line};
    read_with_cmark(&of, text);
    rich_text_free(&of.text);
    rich_text_free(&of.piece);
    free(of.open_links);
}
