#include "notes/markdown_lines.h"

#include <string.h>

/* ---- looking at a line ---- */

size_t line_indent(span line, size_t *length_out)
{
    size_t columns = 0, i = 0;
    for (; i < line.length && (line.at[i] == ' ' || line.at[i] == '\t'); i++)
        columns += line.at[i] == '\t' ? 4 - columns % 4 : 1;
    *length_out = i;
    return columns;
}

size_t foreign_bullet(span text)
{
    static const char marks[][4] = {"•", "‣", "◦", "▪", "▫", "●", "○", "■", "∙",
                                    "⁃", "➢", "➤", "►", "▶", "✓", "✔", "·", "–"};
    if (!text.length || (unsigned char)text.at[0] < 0x80)
        return 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        span mark = span_of(marks[i]);
        if (!span_starts_with(text, mark))
            continue;
        size_t blanks;
        line_indent(span_from(text, mark.length), &blanks);
        /* a dash or a dot in the middle is a bullet only with a blank behind it */
        return blanks || i + 2 < sizeof marks / sizeof *marks ? mark.length + blanks : 0;
    }
    return 0;
}

static bool is_blank(span line)
{
    return span_trim(line).length == 0;
}

/* Bytes of a list marker with the one blank behind it: `- `, `12. `. */
static size_t list_marker(span text)
{
    size_t i = 0;
    while (i < text.length && i < 9 && byte_is_digit(text.at[i]))
        i++;
    if (i ? i >= text.length || (text.at[i] != '.' && text.at[i] != ')')
          : !text.length || !strchr("-*+", text.at[0]) || text.at[0] == '\0')
        return 0;
    i++;
    return i < text.length && (text.at[i] == ' ' || text.at[i] == '\t') ? i + 1 : 0;
}

/* Bytes of white space, `>` and list markers at the beginning of a line. */
static size_t container_prefix(span line, bool *in_list_out)
{
    size_t at = 0;
    *in_list_out = false;
    for (;;) {
        size_t blanks;
        line_indent(span_from(line, at), &blanks);
        at += blanks;
        span rest = span_from(line, at);
        size_t marker = list_marker(rest);
        if (rest.length && rest.at[0] == '>')
            marker = 1;
        else if (marker)
            *in_list_out = true;
        if (!marker)
            return at;
        at += marker;
    }
}

/* ---- the state ---- */

typedef struct {
    arena *memory;
    line_kinds *kinds;
    size_t kinds_capacity;
    buffer scratch[2]; /* a rewritten line, and the room to rewrite it again */
    int current;
    bool in_table;
    bool before_blank;   /* the line before is blank, or there is none */
    char fence;          /* the character of the open code fence, or 0 */
    size_t fence_length; /* how many of it */
    size_t bullets[NESTING_LIMIT];
    size_t bullet_depth;
    size_t images; /* `![` of the paragraph so far */
    bool in_list;  /* in an ordinary list: foreign bullets keep their indentation */
} rewriter;

static buffer *fresh(rewriter *of)
{
    of->current = !of->current;
    buffer_clear(&of->scratch[of->current]);
    return &of->scratch[of->current];
}

/* ---- one rewriting each ---- */

/* Which bytes a line holds: one look at each byte decides which rewritings are worth trying. */
enum {
    HAS_CONTROL = 1,
    HAS_PIPE = 2,
    HAS_BRACE = 4,
    HAS_HASH = 8,
    HAS_FOREIGN = 16,
    HAS_MARK = 32
};

static unsigned line_bytes(span line)
{
    unsigned found = 0;
    for (size_t i = 0; i < line.length; i++) {
        unsigned char c = (unsigned char)line.at[i];
        if (c < 0x20 && c != '\t')
            found |= HAS_CONTROL;
        else if (c == '|')
            found |= HAS_PIPE;
        else if (c == '{')
            found |= HAS_BRACE;
        else if (c == '#')
            found |= HAS_HASH;
        else if (c == '!')
            found |= HAS_MARK;
        else if (c >= 0xC2)
            found |= HAS_FOREIGN;
    }
    return found;
}

static span without_controls(rewriter *of, span line)
{
    buffer *to = fresh(of);
    for (size_t i = 0; i < line.length; i++)
        if ((unsigned char)line.at[i] >= 0x20 || line.at[i] == '\t')
            buffer_add_byte(to, line.at[i]);
    return buffer_span(to);
}

/* `##Title`: what follows the marks must look like the beginning of a title. A single mark is more
 * often a hashtag: it needs a capital letter, two words and no second hashtag on the line. */
static span heading_with_blank(rewriter *of, span line, size_t prefix)
{
    span text = span_from(line, prefix);
    size_t marks = 0;
    while (marks < text.length && text.at[marks] == '#')
        marks++;
    if (!marks || marks > 6 || marks == text.length || byte_is_space(text.at[marks]))
        return line;
    span title = span_from(text, marks);
    unsigned char first = (unsigned char)title.at[0];
    if (!byte_is_alnum((char)first) && first < 0x80 && !strchr("\"'[(*_`", first))
        return line;
    if (marks == 1 && (!(byte_is_upper((char)first) || first >= 0x80) || !of->before_blank ||
                       span_find_byte(title, ' ') == SPAN_NOT_FOUND ||
                       span_find(title, SPAN(" #")) != SPAN_NOT_FOUND))
        return line;
    buffer *to = fresh(of);
    buffer_add(to, span_slice(line, 0, prefix + marks));
    buffer_add_byte(to, ' ');
    buffer_add(to, title);
    return buffer_span(to);
}

/* `- [x] done`: the mark says nothing about the talk. */
static span without_task_mark(rewriter *of, span line, size_t prefix)
{
    span text = span_from(line, prefix);
    if (text.length < 4 || text.at[0] != '[' || !strchr(" xX", text.at[1]) || text.at[2] != ']' ||
        text.at[3] != ' ')
        return line;
    buffer *to = fresh(of);
    buffer_add(to, span_slice(line, 0, prefix));
    buffer_add(to, span_from(text, 4));
    return buffer_span(to);
}

/* Foreign bullets become `-`, two columns deeper per level whatever their indentation was, so that
 * pasted lists nest and never turn into code. Lines between them move with their item. */
static span with_bullet(rewriter *of, span line)
{
    size_t blanks, columns = line_indent(line, &blanks);
    span text = span_from(line, blanks);
    size_t bullet = foreign_bullet(text);
    if (!bullet && !of->bullet_depth)
        return line;
    if (!bullet && text.length && columns <= of->bullets[0]) {
        of->bullet_depth = 0;
        return line;
    }
    while (bullet && of->bullet_depth && of->bullets[of->bullet_depth - 1] > columns)
        of->bullet_depth--;
    if (bullet && of->bullet_depth < NESTING_LIMIT &&
        (!of->bullet_depth || of->bullets[of->bullet_depth - 1] < columns))
        of->bullets[of->bullet_depth++] = columns;
    buffer *to = fresh(of);
    for (size_t i = bullet ? 1 : 0; i < of->bullet_depth; i++)
        buffer_add_text(to, "  ");
    if (bullet)
        buffer_add_text(to, "- ");
    buffer_add(to, span_from(text, bullet));
    return buffer_span(to);
}

/* A bullet inside an ordinary list keeps its place. */
static span with_bullet_in_list(rewriter *of, span line)
{
    size_t blanks;
    line_indent(line, &blanks);
    size_t bullet = foreign_bullet(span_from(line, blanks));
    if (!bullet)
        return line;
    buffer *to = fresh(of);
    buffer_add(to, span_slice(line, 0, blanks));
    buffer_add_text(to, "- ");
    buffer_add(to, span_from(line, blanks + bullet));
    return buffer_span(to);
}

/* ---- tables ---- */

static bool escaped(span text, size_t at)
{
    return at > 0 && text.at[at - 1] == '\\';
}

/* Cells of a row: pipes that part them plus one, the outer ones not counted. */
static size_t count_cells(span row)
{
    size_t cells = 1;
    row = span_trim(row);
    if (row.length && row.at[0] == '|')
        row = span_from(row, 1);
    if (row.length && row.at[row.length - 1] == '|' && !escaped(row, row.length - 1))
        row.length--;
    for (size_t i = 0; i < row.length; i++)
        cells += row.at[i] == '|' && !escaped(row, i);
    return cells;
}

static bool is_delimiter_row(span line)
{
    bool dash = false, pipe = false;
    for (size_t i = 0; i < line.length; i++) {
        if (!strchr("|-: \t", line.at[i]))
            return false;
        dash |= line.at[i] == '-';
        pipe |= line.at[i] == '|';
    }
    return dash && pipe;
}

/* A row that needs no header to be known as one: `| a | b |`. */
static bool is_whole_row(span text)
{
    text = span_trim(text);
    return text.length > 2 && text.at[0] == '|' && text.at[text.length - 1] == '|' &&
           count_cells(text) > 1;
}

static span as_row(rewriter *of, span line, size_t prefix)
{
    buffer *to = fresh(of);
    span text = span_trim(span_from(line, prefix));
    buffer_add(to, span_slice(line, 0, prefix));
    if (text.length && text.at[0] == '|')
        text = span_from(text, 1);
    if (text.length && text.at[text.length - 1] == '|' && !escaped(text, text.length - 1))
        text.length--;
    buffer_add_byte(to, CELL_MARK);
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == '\\' && i + 1 < text.length && text.at[i + 1] == '|')
            continue;
        bool parts = text.at[i] == '|' && !escaped(text, i);
        buffer_add_byte(to, parts ? CELL_MARK : text.at[i]);
    }
    return buffer_span(to);
}

static line_kind table_kind(const rewriter *of, span text, span next)
{
    if (of->in_table)
        return LINE_ROW;
    bool prefix_list;
    span below = span_from(next, container_prefix(next, &prefix_list));
    if (is_delimiter_row(text))
        return LINE_DELIMITER;
    if (is_delimiter_row(below) && count_cells(below) == count_cells(text))
        return LINE_HEADER_ROW;
    return is_whole_row(text) ? LINE_ROW : LINE_TEXT;
}

/* ---- guards ---- */

/* Only so many containers may begin on a line and only so much indentation counts: what is more is
 * escaped or dropped. */
static span with_limits(rewriter *of, span line, size_t prefix)
{
    const size_t most_columns = (size_t)4 * NESTING_LIMIT;
    size_t markers = 0, columns = 0, i = 0;
    buffer *to = fresh(of);
    for (; i < prefix; i++) {
        char c = line.at[i];
        bool blank = c == ' ' || c == '\t';
        markers += !blank;
        if (markers > NESTING_LIMIT) {
            buffer_add_byte(to, '\\');
            break;
        }
        columns += blank ? (c == '\t' ? 4 : 1) : 0;
        if (!blank || columns <= most_columns)
            buffer_add_byte(to, c);
    }
    buffer_add(to, span_from(line, i));
    return buffer_span(to);
}

/* cmark 0.30 looks at every open `![` of the paragraph again for each link in it. */
static span with_few_images(rewriter *of, span line)
{
    enum { MOST_IMAGES = 256 };
    size_t at;
    if (span_find(line, SPAN("![")) == SPAN_NOT_FOUND)
        return line;
    buffer *to = fresh(of);
    while ((at = span_find(line, SPAN("!["))) != SPAN_NOT_FOUND) {
        buffer_add(to, span_slice(line, 0, at + 1));
        if (++of->images > MOST_IMAGES)
            buffer_add_byte(to, '\\');
        line = span_from(line, at + 1);
    }
    buffer_add(to, line);
    return buffer_span(to);
}

/* ---- fences ---- */

/* Keeps track of fenced code; true when the line belongs to it (the fences themselves too). Being
 * wrong does little harm: rewritings inside code are small and undone for tables. */
static bool in_code(rewriter *of, span text, bool may_open)
{
    char c = text.length ? text.at[0] : '\0';
    size_t length = 0;
    while ((c == '`' || c == '~') && length < text.length && text.at[length] == c)
        length++;
    if (of->fence) {
        if (c == of->fence && length >= of->fence_length && is_blank(span_from(text, length)))
            of->fence = '\0';
        return true;
    }
    if (!may_open || length < 3 ||
        (c == '`' && span_find_byte(span_from(text, length), '`') != SPAN_NOT_FOUND))
        return false;
    of->fence = c;
    of->fence_length = length;
    return true;
}

/* ---- one line, all lines ---- */

static line_kind plain_kind(span text)
{
    if (text.length && text.at[0] == '[' && span_find(text, SPAN("]:")) != SPAN_NOT_FOUND)
        return LINE_DEFINITION;
    return LINE_TEXT;
}

/* Indented code, as far as one line tells. */
static bool is_indented(const rewriter *of, span line, bool in_list)
{
    size_t blanks;
    return line_indent(line, &blanks) >= 4 && !of->in_list && !in_list;
}

static span rewrite_text(rewriter *of, span line, unsigned has, line_kind *kind_out)
{
    bool in_list;
    if (has & HAS_FOREIGN || of->bullet_depth)
        line = of->in_list ? with_bullet_in_list(of, line) : with_bullet(of, line);
    size_t prefix = container_prefix(line, &in_list);
    if (has & HAS_HASH && !is_indented(of, line, in_list))
        line = heading_with_blank(of, line, prefix);
    if (in_list)
        line = without_task_mark(of, line, prefix);
    *kind_out = plain_kind(span_from(line, prefix));
    if (has & HAS_BRACE) {
        buffer *to = fresh(of);
        add_without_shortcodes(to, line);
        line = buffer_span(to);
    }
    if (has & HAS_MARK)
        line = with_few_images(of, line);
    return line;
}

static span rewrite_line(rewriter *of, span line, span next, line_kind *kind_out)
{
    unsigned has = line_bytes(line);
    if (has & HAS_CONTROL)
        line = without_controls(of, line);
    bool in_list;
    size_t prefix = container_prefix(line, &in_list);
    span text = span_from(line, prefix);
    *kind_out = LINE_TEXT;
    if (!text.length)
        of->images = 0;
    if (prefix > NESTING_LIMIT)
        line = with_limits(of, line, prefix);
    else if (in_code(of, text, !is_indented(of, line, in_list))) {
        of->in_table = false;
        return line;
    } else if (has & HAS_PIPE && (*kind_out = table_kind(of, text, next)) != LINE_TEXT) {
        of->in_table = true;
        if (*kind_out == LINE_ROW && is_delimiter_row(text))
            *kind_out = LINE_DELIMITER;
        line = as_row(of, line, prefix);
        return has & HAS_MARK ? with_few_images(of, line) : line;
    } else {
        if (text.length && prefix == 0)
            of->in_list = false;
        line = rewrite_text(of, line, has, kind_out);
    }
    of->in_table = false;
    of->in_list |= in_list;
    return line;
}

static void add_kind(rewriter *of, line_kind kind)
{
    uint8_t byte = (uint8_t)kind;
    size_t count = of->kinds->count;
    ARENA_ADD(of->memory, of->kinds->kinds, count, of->kinds_capacity, byte);
    of->kinds->count = (uint32_t)count;
}

void lines_rewrite(span text, arena *memory, line_kinds *kinds_out, line_sink *sink, void *user)
{
    rewriter of = {.memory = memory, .kinds = kinds_out, .before_blank = true};
    *kinds_out = (line_kinds){0};
    const char *run = text.at;
    while (text.length) {
        span line = span_cut(&text, '\n'), peek = text;
        line_kind kind;
        span changed = rewrite_line(&of, line, span_cut(&peek, '\n'), &kind);
        add_kind(&of, kind);
        of.before_blank = is_blank(line);
        if (changed.at == line.at && changed.length == line.length)
            continue;
        sink(span_between(run, line.at), user);
        sink(changed, user);
        sink(SPAN("\n"), user);
        run = text.at;
    }
    sink(span_between(run, text.at), user);
    buffer_free(&of.scratch[0]);
    buffer_free(&of.scratch[1]);
}
