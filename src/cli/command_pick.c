/* lectern pick: search at each key, with a preview; Enter opens the talk. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "cli/editor.h"
#include "cli/pick_view.h"
#include "cli/question.h"
#include "output/safe.h"

static const option OPTIONS[] = {
    {0, "print", NULL, "print the chosen talk's path:line instead of opening it"},
    SCOPE_OPTIONS,
    {0, "no-refresh", NULL, "do not look whether notes changed"},
    {0, NULL, NULL, NULL},
};

enum { HITS = 100 };

typedef struct {
    const command_context *context;
    searcher *in;
    buffer query;
    size_t cursor;
    arena *memory, *next; /* of the answer that is shown; of the one that is being made */
    question asked;
    search_result result, fresh;
    lc_error why;
    bool answered;
    pick_state view;
    buffer frame;
} picker;

/* ---- searching ---- */

/* The word that is being typed stands for all that begin so. */
static void add_query(span typed, buffer *to)
{
    span text = span_trim(typed);
    size_t begin = text.length;
    while (begin > 0 &&
           (byte_is_alnum(text.at[begin - 1]) || (unsigned char)text.at[begin - 1] >= 0x80))
        begin--;
    span word = span_from(text, begin);
    bool last_is_open = text.length && typed.at[typed.length - 1] == text.at[text.length - 1];
    bool alone = begin == 0 || text.at[begin - 1] == ' ';
    if (!text.length)
        buffer_add_text(to, "*");
    else if (word.length < 2 || !alone || !last_is_open || span_equal(word, SPAN("OR")) ||
             span_equal(word, SPAN("AND")) || span_equal(word, SPAN("NOT")))
        buffer_add(to, text);
    else
        buffer_printf(to, "%.*s(%.*s OR %.*s*)", SPAN_ARG(span_slice(text, 0, begin)),
                      SPAN_ARG(word), SPAN_ARG(word));
}

static lc_status ask(picker *p, docid_list *fitting)
{
    query_mistake where;
    question *q = &p->asked;
    if (narrowing_is_any(&q->narrow))
        return narrow_search(p->in, &q->request, &q->narrow, p->next, &p->fresh, fitting, &p->why,
                             &where);
    return searcher_search(p->in, &q->request, p->next, &p->fresh, &p->why, &where);
}

/* A query that can't be read yet (an open quote) leaves the last answer on the screen. */
static void search(picker *p)
{
    docid_list fitting;
    buffer text = {0};
    add_query(buffer_span(&p->query), &text);
    const char *whole = text.at;
    arena_reset(p->next);
    question_free(&p->asked);
    p->view.message = NULL;
    lc_status status = question_start(p->context, &whole, 1, true, &p->asked, &p->why);
    p->asked.request.limit = HITS;
    p->asked.request.context = &p->asked.saved;
    p->fresh = (search_result){0};
    if (status == LC_OK)
        status = ask(p, &fitting);
    buffer_free(&text);
    if (status != LC_OK) {
        search_result_free(&p->fresh);
        p->view.message = p->why.message;
        return;
    }
    search_result_free(&p->result);
    p->result = p->fresh;
    arena *old = p->memory;
    p->memory = p->next;
    p->next = old;
    p->view.result = &p->result;
    p->view.chosen = p->view.first = 0;
    p->view.scroll = 0;
}

/* ---- editing and moving ---- */

static size_t before_cursor(const picker *p)
{
    size_t at = p->cursor;
    while (at > 0 && ((unsigned char)p->query.at[--at] & 0xC0) == 0x80)
        ;
    return at;
}

static size_t behind_cursor(const picker *p)
{
    size_t at = p->cursor;
    if (at < p->query.length)
        utf8_next(buffer_span(&p->query), &at);
    return at;
}

static void replace(picker *p, size_t begin, size_t end, span with)
{
    buffer changed = {0};
    span all = buffer_span(&p->query);
    buffer_add(&changed, span_slice(all, 0, begin));
    buffer_add(&changed, with);
    buffer_add(&changed, span_from(all, end));
    buffer_free(&p->query);
    p->query = changed;
    p->cursor = begin + with.length;
}

static void type(picker *p, uint32_t character)
{
    buffer typed = {0};
    utf8_add(&typed, character);
    replace(p, p->cursor, p->cursor, buffer_span(&typed));
    buffer_free(&typed);
}

static size_t word_before_cursor(const picker *p)
{
    size_t at = p->cursor;
    while (at > 0 && p->query.at[at - 1] == ' ')
        at--;
    while (at > 0 && p->query.at[at - 1] != ' ')
        at--;
    return at;
}

static void move(picker *p, long by)
{
    long last = (long)p->result.count - 1, to = (long)p->view.chosen + by;
    size_t rows = pick_list_rows(terminal_get_size());
    to = to > last ? last : to;
    size_t chosen = to < 0 ? 0 : (size_t)to;
    if (chosen != p->view.chosen)
        p->view.scroll = 0;
    p->view.chosen = chosen;
    if (p->view.chosen < p->view.first)
        p->view.first = p->view.chosen;
    if (p->view.chosen >= p->view.first + rows)
        p->view.first = p->view.chosen - rows + 1;
}

/* Keys that change neither query nor state are ignored. True when the query has changed. */
static bool edit(picker *p, uint32_t key)
{
    size_t length = p->query.length;
    long page = (long)pick_list_rows(terminal_get_size());
    switch (key) {
    case KEY_UP:
    case KEY_CONTROL('p'):
    case KEY_CONTROL('k'): move(p, -1); break;
    case KEY_DOWN:
    case KEY_CONTROL('n'):
    case KEY_CONTROL('j'): move(p, 1); break;
    case KEY_SHIFT_UP: pick_scroll(&p->view, -1, p->memory); break;
    case KEY_SHIFT_DOWN: pick_scroll(&p->view, 1, p->memory); break;
    case KEY_CONTROL('b'): pick_scroll(&p->view, -page, p->memory); break;
    case KEY_CONTROL('f'): pick_scroll(&p->view, page, p->memory); break;
    case KEY_PAGE_UP: move(p, -page); break;
    case KEY_PAGE_DOWN: move(p, page); break;
    case KEY_LEFT: p->cursor = before_cursor(p); break;
    case KEY_RIGHT: p->cursor = behind_cursor(p); break;
    case KEY_HOME:
    case KEY_CONTROL('a'): p->cursor = 0; break;
    case KEY_END:
    case KEY_CONTROL('e'): p->cursor = length; break;
    case KEY_DELETE: replace(p, p->cursor, behind_cursor(p), SPAN_NONE); break;
    case KEY_CONTROL('h'):
    case 0x7F: replace(p, before_cursor(p), p->cursor, SPAN_NONE); break;
    case KEY_CONTROL('u'): replace(p, 0, p->cursor, SPAN_NONE); break;
    case KEY_CONTROL('w'): replace(p, word_before_cursor(p), p->cursor, SPAN_NONE); break;
    default:
        if (key >= 0x20 && key < KEY_UP)
            type(p, key);
    }
    return p->query.length != length || (key >= 0x20 && key < KEY_UP);
}

static void show(picker *p)
{
    pick_state *view = &p->view;
    view->query = buffer_span(&p->query);
    view->cursor = p->cursor;
    buffer_clear(&p->frame);
    pick_draw(view, terminal_get_size(), p->memory, &p->frame);
    terminal_write(buffer_span(&p->frame));
}

/* Until a talk is chosen (true) or the person leaves. */
static bool run_keys(picker *p)
{
    bool changed = true;
    for (;;) {
        if (!terminal_has_key()) {
            if (changed)
                search(p);
            changed = false;
            move(p, 0);
            show(p);
        }
        uint32_t key = terminal_key();
        if (key == KEY_ESCAPE || key == KEY_CLOSED || key == KEY_CONTROL('c') ||
            key == KEY_CONTROL('d') || key == KEY_CONTROL('g'))
            return false;
        if (key == '\r') {
            if (changed)
                search(p);
            return p->result.count > 0;
        }
        changed = edit(p, key) || changed;
    }
}

/* ---- the end ---- */

static int finish(const picker *p, bool print)
{
    lc_error error;
    const talk_record *chosen = &p->result.hits[p->view.chosen].record;
    char *root = xstrdup(chosen->root), *below = xstrdup(chosen->path);
    char *path = path_join(root, below);
    int exit_status = 0;
    if (print) {
        char *shown = path_for_person(path);
        print_safe_line(stdout, span_of(shown));
        printf(":%u\n", chosen->talk.line);
        free(shown);
    } else if (editor_run(path, chosen->talk.line, &error) != LC_OK) {
        exit_status = command_fail(&error);
    }
    free(path);
    free(root);
    free(below);
    return exit_status;
}

static int pick(picker *p, bool print)
{
    lc_error error;
    if (terminal_enter(&error) != LC_OK)
        return command_fail(&error);
    bool chosen = run_keys(p);
    terminal_leave();
    return chosen ? finish(p, print) : 1;
}

static int pick_command(command_context *context)
{
    picker p = {.context = context, .memory = arena_new(), .next = arena_new()};
    const options *given = context->options;
    lc_error error;
    if (given->word_count)
        query_from_arguments((int)given->word_count, (char *const *)given->words, &p.query);
    p.cursor = p.query.length;
    lc_status status = session_use_color(given, &p.view.color, &error);
    if (status == LC_OK)
        status = session_open(context, &p.in, &error);
    if (status == LC_OK)
        p.view.words = searcher_vocabulary(p.in);
    int exit_status =
        status == LC_OK ? pick(&p, options_has(given, "print")) : command_fail(&error);
    search_result_free(&p.result);
    question_free(&p.asked);
    searcher_free(p.in);
    arena_free(p.memory);
    arena_free(p.next);
    buffer_free(&p.query);
    buffer_free(&p.frame);
    return exit_status;
}

const command COMMAND_PICK = {
    "pick",
    "[QUERY]",
    "Search at each key press, with a preview; Enter opens the talk.",
    OPTIONS,
    true,
    pick_command,
    "Up and Down choose, Shift-Up, Shift-Down, Ctrl-B and Ctrl-F scroll the preview, Enter opens "
    "the\neditor, Esc leaves. Where fzf (0.38 or newer) is installed, this does the "
    "same:\n"
    "  ask='lectern search --no-refresh -f fzf -n 100 -- {q} 2>/dev/null || true'\n"
    "  : | fzf --disabled -d '\\t' --with-nth 4 --bind \"change:reload:$ask\" \\\n"
    "    --bind 'enter:become(lectern open {1})' --preview 'lectern show --no-refresh {1}'",
    NULL};
