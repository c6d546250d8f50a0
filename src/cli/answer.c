#include "cli/answer.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/reasons.h"
#include "output/pager.h"

enum { SNIPPET_WIDTH = 220, LIMIT_MAX = 1000000 };

static lc_status read_numbers(const options *given, answer *out, lc_error *error)
{
    long limit, offset;
    lc_status status =
        options_number(given, "limit", !options_has(given, "facet"), 10, &limit, error);
    if (status == LC_OK)
        status = options_number(given, "offset", 0, 0, &offset, error);
    if (status != LC_OK)
        return status;
    out->limit = limit < LIMIT_MAX ? (size_t)limit : LIMIT_MAX;
    out->offset = offset < LIMIT_MAX ? (size_t)offset : LIMIT_MAX;
    return LC_OK;
}

static lc_status read_form(const options *given, answer *out, lc_error *error)
{
    const char *format = options_text(given, "format"), *link;
    int place, group;
    lc_status status = printer_choose(&out->printer, format ? format : "text", error);
    if (status == LC_OK)
        status = options_choice(given, "at", &place, error);
    if (status == LC_OK)
        status = options_choice(given, "group", &group, error);
    if (status != LC_OK)
        return status;
    out->at_match = place == 1;
    out->grouped = options_has(given, "group");
    out->printer.null_ends = options_has(given, "null");
    if (out->printer.null_ends && out->printer.format != &OUTPUT_FILES)
        return lc_fail(error, LC_BAD_INPUT, "-0 goes with --format files; in a template write \\0");
    link = options_text(given, "hyperlink-format");
    if (!link)
        return LC_OK;
    if (out->printer.color)
        out->printer.link = &out->link;
    return hyperlink_choose(link, &out->link, error);
}

lc_status answer_start_plain(const options *given, answer *out, lc_error *error)
{
    *out = (answer){.memory = arena_new()};
    printer *to = &out->printer;
    to->to = stdout;
    to->terminal = isatty(STDOUT_FILENO);
    out->paged = !options_has(given, "no-pager");
    FILE *kept = to->terminal ? open_memstream(&out->text, &out->text_length) : NULL;
    if (kept)
        to->to = kept;
    return session_use_color(given, &to->color, error);
}

lc_status answer_start(const options *given, answer *out, lc_error *error)
{
    lc_status status = answer_start_plain(given, out, error);
    if (status == LC_OK)
        status = read_numbers(given, out, error);
    if (status == LC_OK)
        status = read_form(given, out, error);
    if (out->printer.terminal && out->printer.format == &OUTPUT_TEXT)
        out->last = last_new();
    out->printer.offset = out->offset;
    out->printer.grouped = out->grouped;
    return status;
}

FILE *answer_aside(const answer *of)
{
    return of->printer.format == &OUTPUT_TEXT ? of->printer.to : stderr;
}

void answer_finish(answer *what)
{
    if (what->printer.to && what->printer.to != stdout) {
        fclose(what->printer.to);
        pager_print((span){what->text, what->text_length}, what->paged);
        free(what->text);
    }
    printer_free(&what->printer);
    last_free(what->last);
    arena_free(what->memory);
    *what = (answer){0};
}

void answer_print_help(FILE *to)
{
    output_formats_print(to);
}

static void print_hit(answer *by, searcher *in, const search_result *result, size_t n)
{
    const hit *h = &result->hits[n];
    const vocabulary *words = searcher_vocabulary(in);
    shown_hit shown = {.rank = by->offset + n + 1, .hit = h};
    char *path = session_note_path(h->record.root, h->record.path);
    if (by->printer.format == &OUTPUT_TEXT)
        snippet_mark(h->record.talk.title.text, &result->plan, words, by->memory, &shown.title);
    if (by->printer.format->snippets || by->at_match)
        snippet_make(&h->record.talk, &result->plan, words, SNIPPET_WIDTH, by->memory, &shown.text);
    shown.path = path;
    shown.line = by->at_match ? shown.text.line : h->record.talk.line;
    printer_hit(&by->printer, &shown);
    if (by->last)
        last_add(by->last, shown.rank, h->record.id, shown.text.line);
    if (by->why)
        reasons_print(by->printer.to, in, by->why, result, h, by->memory);
    free(path);
}

static bool same_event(const hit *a, const hit *b)
{
    return span_equal(a->record.talk.event.text, b->record.talk.event.text);
}

/* The hits [first, end) event by event, in the order of each event's best hit. */
static void print_by_event(answer *by, searcher *in, const search_result *result, size_t first,
                           size_t end)
{
    bool *done = arena_zalloc(by->memory, (end + 1) * sizeof *done);
    for (size_t i = first; i < end; i++) {
        if (done[i])
            continue;
        printer_group(&by->printer, result->hits[i].record.talk.event.text);
        for (size_t k = i; k < end; k++)
            if (!done[k] && same_event(&result->hits[i], &result->hits[k])) {
                done[k] = true;
                print_hit(by, in, result, k);
            }
    }
}

static void print_hits(answer *by, searcher *in, const search_result *result, size_t first,
                       size_t end)
{
    if (by->grouped)
        print_by_event(by, in, result, first, end);
    else
        for (size_t i = first; i < end; i++)
            print_hit(by, in, result, i);
}

/* Where the hits of a tier, or of one behind it, begin. A sentence's are in one order: there only
 * that none matches every word is said. */
static size_t begin_of(const search_result *result, tier of)
{
    size_t at = 0;
    if (!result->tiered)
        return of == TIER_SOME && !result->all_count ? 0 : result->count;
    while (at < result->count && result->hits[at].tier < of)
        at++;
    return at;
}

void answer_print(answer *to, searcher *in, const search_result *result)
{
    size_t some = begin_of(result, TIER_SOME), near = begin_of(result, TIER_NEAR);
    printer_begin(&to->printer, result);
    print_hits(to, in, result, 0, some);
    if (some < near)
        printer_parting(&to->printer, result, TIER_SOME);
    print_hits(to, in, result, some, near);
    if (near < result->count)
        printer_parting(&to->printer, result, TIER_NEAR);
    print_hits(to, in, result, near, result->count);
    printer_end(&to->printer, result);
    if (to->last)
        last_keep(to->last);
}
