#include "cli/pick_view.h"

#include "base/utf8.h"
#include "output/safe.h"

enum { PREVIEW_ROWS_LEAST = 4, ROWS_FOR_PREVIEW = 10 };

static const char PLAIN[] = "\x1b[0m", BOLD[] = "\x1b[1m", DIM[] = "\x1b[2m", CHOSEN[] = "\x1b[7m",
                  FOUND[] = "\x1b[1;33m";

typedef struct {
    buffer *to;
    int columns, used; /* of the line */
    bool color;
} pen;

static void set_style(pen *p, const char *style)
{
    /* reverse video marks the chosen line even without colours */
    if (p->color || style == CHOSEN || style == PLAIN)
        buffer_add_text(p->to, style);
}

/* As much of the text as fits into the line; false when that is not all. */
static bool put(pen *p, span text)
{
    for (size_t i = 0; i < text.length;) {
        size_t at = i;
        uint32_t c = utf8_next(text, &i);
        if (c == '\n' || c == '\t' || char_is_unsafe(c))
            c = ' ';
        int width = utf8_width(c);
        if (p->used + width > p->columns)
            return false;
        if (c == ' ')
            buffer_add_byte(p->to, ' ');
        else if (c == 0xFFFD)
            utf8_add(p->to, c);
        else
            buffer_add(p->to, span_slice(text, at, i - at));
        p->used += width;
    }
    return true;
}

static void put_text(pen *p, const char *text)
{
    put(p, span_of(text));
}

static void end_line(pen *p)
{
    set_style(p, PLAIN);
    buffer_add_text(p->to, "\x1b[K\r\n");
    p->used = 0;
}

static void put_values(pen *p, const values *list, const char *before)
{
    for (size_t i = 0; i < list->count; i++) {
        put_text(p, i ? ", " : before);
        put(p, list->items[i].text);
    }
}

static void put_about(pen *p, const talk *of, const char *before)
{
    put_values(p, &of->speakers, before);
    if (of->event.text.length) {
        put_text(p, of->speakers.count ? " · " : before);
        put(p, of->event.text);
    }
}

/* ---- the list ---- */

size_t pick_list_rows(terminal_size size)
{
    int rows = size.rows - 1; /* the query */
    if (size.rows >= ROWS_FOR_PREVIEW)
        rows = (size.rows - 2) / 2;
    return rows > 1 ? (size_t)rows : 1;
}

static span title_of(const hit *of)
{
    span title = of->record.talk.title.text;
    if (title.length)
        return title;
    return of->record.talk.kind == KIND_NOTE ? SPAN("(note)") : SPAN("(no title)");
}

static void draw_hit(pen *p, const pick_state *state, size_t n)
{
    if (state->result && n < state->result->count) {
        const hit *of = &state->result->hits[n];
        bool chosen = n == state->chosen;
        set_style(p, chosen ? CHOSEN : PLAIN);
        put_text(p, chosen ? "> " : "  ");
        put(p, title_of(of));
        if (!chosen)
            set_style(p, DIM);
        put_about(p, &of->record.talk, "  ");
    }
    end_line(p);
}

/* ---- the preview ---- */

/* One line of the talk, wrapped at the width, with its matches marked; takes at most rows. */
static int draw_wrapped(pen *p, const snippet *line, int rows)
{
    int used = 1;
    size_t next = 0; /* mark */
    const char *style = PLAIN;
    for (size_t i = 0; i < line->text.length;) {
        size_t at = i;
        utf8_next(line->text, &i);
        while (next < line->mark_count && at >= line->marks[next].end)
            next++;
        bool found = next < line->mark_count && at >= line->marks[next].begin;
        if (style != (found ? FOUND : PLAIN))
            set_style(p, style = found ? FOUND : PLAIN);
        if (put(p, span_slice(line->text, at, i - at)))
            continue;
        if (used++ == rows)
            break;
        end_line(p);
        set_style(p, style);
        put(p, span_slice(line->text, at, i - at));
    }
    end_line(p);
    return used > rows ? rows : used;
}

/* Where the piece of the body that holds that line of the file begins. */
static size_t offset_of_line(const talk *of, uint32_t line)
{
    line_mark best = {0, of->line};
    for (size_t i = 0; i < of->mark_count && of->marks[i].line <= line; i++)
        best = of->marks[i];
    size_t offset = best.offset;
    for (; offset < of->body.length && best.line < line; offset++)
        best.line += of->body.at[offset] == '\n';
    while (offset > 0 && offset <= of->body.length && of->body.at[offset - 1] != '\n')
        offset--;
    return offset;
}

/* Where the body's line with the best match begins. */
static size_t offset_of_match(const pick_state *state, const hit *of, arena *memory)
{
    enum { WHOLE = 200 };
    snippet best;
    snippet_make(&of->record.talk, &state->result->plan, state->words, WHOLE, memory, &best);
    return offset_of_line(&of->record.talk, best.line);
}

/* By lines of the body; as far as there are any. *moved_out: by how many. */
static size_t offset_moved(span body, size_t offset, long by, long *moved_out)
{
    *moved_out = 0;
    for (; by < 0 && offset > 0; by++, --*moved_out)
        for (offset--; offset > 0 && body.at[offset - 1] != '\n';)
            offset--;
    for (; by > 0; by--, ++*moved_out) {
        size_t end = span_find_byte(span_from(body, offset), '\n');
        if (end == SPAN_NOT_FOUND || offset + end + 1 >= body.length)
            break;
        offset += end + 1;
    }
    return offset;
}

void pick_scroll(pick_state *state, long by, arena *memory)
{
    if (!state->result || state->chosen >= state->result->count)
        return;
    const hit *of = &state->result->hits[state->chosen];
    offset_moved(of->record.talk.body, offset_of_match(state, of, memory), state->scroll + by,
                 &state->scroll);
}

static void draw_body(pen *p, const pick_state *state, const hit *of, int rows, arena *memory)
{
    long moved;
    span body = of->record.talk.body;
    span rest = span_from(
        body, offset_moved(body, offset_of_match(state, of, memory), state->scroll, &moved));
    while (rows > 0 && rest.length) {
        snippet line;
        snippet_mark(span_cut_line(&rest), &state->result->plan, state->words, memory, &line);
        rows -= draw_wrapped(p, &line, rows);
    }
    while (rows-- > 0)
        end_line(p);
}

static void draw_preview(pen *p, const pick_state *state, int rows, arena *memory)
{
    const search_result *result = state->result;
    set_style(p, DIM);
    for (int i = 0; i < p->columns; i++)
        put_text(p, "─");
    end_line(p);
    rows--;
    if (!result || state->chosen >= result->count) {
        while (rows-- > 0)
            end_line(p);
        return;
    }
    const hit *of = &result->hits[state->chosen];
    const talk *t = &of->record.talk;
    set_style(p, BOLD);
    put(p, title_of(of));
    end_line(p);
    put_about(p, t, "");
    if (t->date.text.length) {
        put_text(p, " · ");
        put(p, t->date.text);
    }
    end_line(p);
    set_style(p, DIM);
    put(p, of->record.path);
    put(p, arena_printf(memory, ":%u", t->line));
    end_line(p);
    draw_body(p, state, of, rows - 3, memory);
}

/* ---- the frame ---- */

static void draw_query(pen *p, const pick_state *state, arena *memory)
{
    span count = SPAN_NONE;
    if (state->message)
        count = arena_printf(memory, "  %s", state->message);
    else if (state->result)
        count = arena_printf(memory, "  %zu", state->result->all_count);
    set_style(p, BOLD);
    put_text(p, "> ");
    set_style(p, PLAIN);
    put(p, state->query);
    set_style(p, DIM);
    put(p, count);
    end_line(p);
}

static int cursor_column(const pick_state *state)
{
    span typed = span_slice(state->query, 0, state->cursor);
    int column = 3;
    for (size_t i = 0; i < typed.length;)
        column += utf8_width(utf8_next(typed, &i));
    return column;
}

void pick_draw(const pick_state *state, terminal_size size, arena *memory, buffer *frame)
{
    pen p = {frame, size.columns, 0, state->color};
    size_t rows = pick_list_rows(size);
    int left = size.rows - 1 - (int)rows;
    buffer_add_text(frame, "\x1b[?25l\x1b[H");
    draw_query(&p, state, memory);
    for (size_t i = 0; i < rows; i++)
        draw_hit(&p, state, state->first + i);
    if (left > PREVIEW_ROWS_LEAST)
        draw_preview(&p, state, left, memory);
    frame->length -= 2; /* no new line behind the last row: it would scroll */
    buffer_printf(frame, "\x1b[J\x1b[1;%dH\x1b[?25h", cursor_column(state));
}
