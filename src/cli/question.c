#include "cli/question.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "output/safe.h"

day_number question_today(void)
{
    const char *set = getenv("LECTERN_TODAY");
    day_range day;
    if (set && dates_parse(span_of(set), 0, &day) == DATES_OK)
        return day.first;
    time_t now = time(NULL);
    struct tm local;
    localtime_r(&now, &local);
    return day_of(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

/* Words inside the literal text are whole words, so only talks with them need be read; the first
 * and the last may be parts of words. */
static void add_words_of_exact(span exact, buffer *to)
{
    size_t first = 0, last = exact.length;
    while (first < last && !byte_is_space(exact.at[first]))
        first++;
    while (last > first && !byte_is_space(exact.at[last - 1]))
        last--;
    for (span rest = span_slice(exact, first, last - first); rest.length;) {
        span word = span_cut(&rest, ' ');
        bool plain = word.length > 0;
        for (size_t i = 0; i < word.length; i++)
            plain = plain && byte_is_alnum(word.at[i]);
        if (plain)
            buffer_printf(to, " \"%.*s\"", SPAN_ARG(word));
    }
}

static lc_status read_since(const char *since, buffer *to, lc_error *error)
{
    day_range days;
    buffer range = {0};
    buffer_printf(&range, "%s..", since);
    bool good = dates_parse(buffer_span(&range), question_today(), &days) == DATES_OK;
    buffer_printf(to, "date:\"%s..\"", since);
    buffer_free(&range);
    if (good)
        return LC_OK;
    return lc_fail(error, LC_BAD_INPUT,
                   "--since %s: is no date: write 2024, 2024-03, 2024-03-01, \"last year\" or -6m",
                   since);
}

static lc_status read_scope(const options *given, question *out, lc_error *error)
{
    const char *folder = options_text(given, "in"), *since = options_text(given, "since");
    const char *exact = options_text(given, "exact");
    lc_status status = since ? read_since(since, &out->scope, error) : LC_OK;
    if (status != LC_OK)
        return status;
    if (exact) {
        out->narrow.exact = span_of(exact);
        add_words_of_exact(span_of(exact), &out->scope);
        if (!exact[0])
            return lc_fail(error, LC_BAD_INPUT, "--exact wants some text");
    }
    if (folder && !(out->folder = realpath(folder, NULL)))
        return lc_fail_errno(error, errno, "--in %s", folder);
    if (folder)
        out->narrow.root = span_of(out->folder);
    return LC_OK;
}

lc_status question_start(const command_context *context, const char *const *words, size_t count,
                         bool all_by_default, question *out, lc_error *error)
{
    bool exact = options_has(context->options, "exact");
    *out = (question){.folder = NULL};
    if (count)
        query_from_arguments((int)count, (char *const *)words, &out->text);
    else if (all_by_default || exact)
        buffer_add_text(&out->text, "*");
    else
        return lc_fail(error, LC_BAD_INPUT, "what for? lectern search WORDS");
    lc_status status = saved_load(&context->at, &out->saved, error);
    if (status == LC_OK)
        status = read_scope(context->options, out, error);
    out->request.query = buffer_span(&out->text);
    out->request.scope = buffer_span(&out->scope);
    out->request.today = question_today();
    out->request.saved_query = saved_find;
    out->request.context = &out->saved;
    return status;
}

/* The query with a caret under the place. */
static int fail_at(const lc_error *error, span query, query_mistake where)
{
    command_fail(error);
    fputs("  ", stderr);
    print_safe_line(stderr, query);
    fputs("\n  ", stderr);
    for (uint32_t i = 0; i < where.begin; i++)
        if (((unsigned char)query.at[i] & 0xC0) != 0x80)
            fputc(' ', stderr);
    for (uint32_t i = where.begin; i < where.end || i == where.begin; i++)
        if (i >= query.length || ((unsigned char)query.at[i] & 0xC0) != 0x80)
            fputc('^', stderr);
    fputc('\n', stderr);
    return 2;
}

int question_ask(question *what, searcher *in, arena *memory, search_result *out,
                 docid_list *fitting_out)
{
    lc_error error;
    query_mistake where = {0, 0};
    lc_status status;
    /* a copy of a question has its saved queries elsewhere */
    what->request.context = &what->saved;
    *fitting_out = (docid_list){0};
    if (narrowing_is_any(&what->narrow))
        status = narrow_search(in, &what->request, &what->narrow, memory, out, fitting_out, &error,
                               &where);
    else
        status = searcher_search(in, &what->request, memory, out, &error, &where);
    if (status == LC_BAD_INPUT)
        return fail_at(&error, what->request.query, where);
    return status == LC_OK ? 0 : command_fail(&error);
}

void question_free(question *what)
{
    buffer_free(&what->text);
    buffer_free(&what->scope);
    saved_free(&what->saved);
    free(what->folder);
    *what = (question){.folder = NULL};
}
