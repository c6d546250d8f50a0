#include "cli/session.h"
#include "cli/paths.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "output/safe.h"

/* ---- progress: a line on a terminal for what takes longer than half a second ---- */

typedef struct {
    struct timespec begun;
    bool shown, problems_shown;
    bool says_all; /* what is too large, what still can't be read: at each search a nuisance */
} watching;

static double seconds_since(struct timespec begun)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - begun.tv_sec) + (double)(now.tv_nsec - begun.tv_nsec) / 1e9;
}

static void show_progress(size_t done, size_t total, void *user)
{
    enum { EVERY = 64 };
    watching *w = user;
    if (done % EVERY && done != total)
        return;
    if (!w->shown && (!isatty(STDERR_FILENO) || seconds_since(w->begun) < 0.5))
        return;
    w->shown = true;
    fprintf(stderr, "\rreading notes: %zu of %zu", done, total);
    if (done == total)
        fputs("\r\x1b[K", stderr);
}

static void show_problem(file_event event, const char *root, span path, uint32_t line,
                         const char *why, void *user)
{
    watching *w = user;
    bool nuisance = event == FILE_LARGE || event == FILE_PROBLEM_KNOWN;
    if (event != FILE_PROBLEM && !(nuisance && w->says_all))
        return;
    if (w->shown)
        fputs("\r\x1b[K", stderr);
    char *shown = path.length ? session_note_path(span_of(root), path) : xstrdup(span_of(root));
    fputs("lectern: ", stderr);
    /* what can't be read says its path itself */
    if (!strstr(why, shown) && why[0] != '/') {
        print_safe_line(stderr, span_of(shown));
        if (line)
            fprintf(stderr, ":%u", line);
        fputs(": ", stderr);
    }
    print_safe_line(stderr, span_of(why));
    fputs(event == FILE_LARGE ? "; lectern index --max-filesize BYTES takes it in\n" : "\n",
          stderr);
    free(shown);
}

/* ---- the roots ---- */

typedef struct {
    const command_context *context;
    roots_change change;
    bool dry_run;
    roots *list;
} preparing;

static bool is_inside(const char *path, const char *folder)
{
    span rest = span_of(path), above = span_of(folder);
    return span_starts_with(rest, above) &&
           (span_ends_with(above, SPAN("/")) || span_from(rest, above.length).at[0] == '/');
}

/* The root that the path lies in, or NULL. */
static const char *root_above(const roots *list, const char *path)
{
    for (size_t i = 0; i < list->count; i++)
        if (is_inside(path, list->items[i]))
            return list->items[i];
    return NULL;
}

/* A root inside another is none of its own any more, and can't be forgotten by itself. */
static lc_status add_root(roots *to, const char *folder, lc_error *error)
{
    char *real = realpath(folder, NULL);
    const char *above = real ? root_above(to, real) : NULL;
    if (above)
        command_say("%s: lies in %s, which is indexed already", folder, above);
    for (size_t i = 0; real && i < to->count; i++)
        if (is_inside(to->items[i], real))
            command_say("%s: is a part of %s from now on, and no longer a root of its own",
                        to->items[i], real);
    free(real);
    return roots_add(to, folder, error);
}

static lc_status remove_root(roots *from, const char *folder, lc_error *error)
{
    if (roots_remove(from, folder))
        return LC_OK;
    char *real = realpath(folder, NULL);
    const char *above = real ? root_above(from, real) : NULL;
    free(real);
    if (above)
        return lc_fail(error, LC_BAD_INPUT,
                       "%s: is no root, but lies in one: %s; a .ignore file there leaves it out",
                       folder, above);
    return lc_fail(error, LC_BAD_INPUT, "%s: is no root; lectern roots lists them", folder);
}

static lc_status change_root(const preparing *how, const char *folder, lc_error *error)
{
    if (how->change == ROOTS_ADD)
        return add_root(how->list, folder, error);
    return remove_root(how->list, folder, error);
}

static lc_status change_roots(const preparing *how, lc_error *error)
{
    path_list named;
    lc_status status = paths_read(how->context->options, &named, error);
    for (size_t i = 0; i < named.count && status == LC_OK; i++)
        status = change_root(how, named.items[i], error);
    if (status == LC_OK && !how->dry_run && named.count)
        status = roots_save(&how->context->at, how->list, error);
    paths_free(&named);
    return status;
}

static lc_status prepare_roots(void *user, lc_error *error)
{
    const preparing *how = user;
    lc_status status = roots_load(&how->context->at, how->list, error);
    if (status == LC_OK && how->change != ROOTS_STAY)
        status = change_roots(how, error);
    if (status == LC_OK && how->change == ROOTS_ADD && !how->list->count)
        status = lc_fail(error, LC_BAD_INPUT,
                         "no folder is indexed yet; name one: lectern index FOLDER");
    return status;
}

lc_status session_refresh(const command_context *context, roots_change change,
                          const refresh_options *how, const refresh_observer *observer,
                          roots *list_out, refresh_report *report_out, lc_error *error)
{
    watching w = {.says_all = how->train};
    refresh_observer watcher = {show_problem, show_progress, &w};
    preparing roots_of = {context, change, how->dry_run, list_out};
    refresh_options whole = *how;
    *list_out = (roots){0};
    whole.at = &context->at;
    whole.roots = list_out;
    whole.prepare = prepare_roots;
    whole.prepare_user = &roots_of;
    clock_gettime(CLOCK_MONOTONIC, &w.begun);
    lc_status status = index_refresh(&whole, observer ? observer : &watcher, report_out, error);
    if (status == LC_OK && report_out->rebuilt_why[0])
        command_say("%s: all notes were indexed anew", report_out->rebuilt_why);
    if (status == LC_OK && report_out->slow_why[0])
        command_say("%s", report_out->slow_why);
    return status;
}

static bool index_is_there(const location *at)
{
    struct stat status;
    return stat(at->index, &status) == 0;
}

/* Only what the person must know before the answer. */
static lc_status bring_up_to_date(const command_context *context, lc_error *error)
{
    roots list;
    refresh_report report;
    lc_status status = roots_load(&context->at, &list, error);
    if (status != LC_OK)
        return status;
    if (!list.count && !index_is_there(&context->at)) {
        roots_free(&list);
        return lc_fail(error, LC_NO_INDEX,
                       "there is no index yet; make one with: lectern index FOLDER");
    }
    /* An empty list on file is meant so. Without a file nobody knows: all talks would vanish. */
    bool nobody_knows = !list.count && access(context->at.roots_file, F_OK) != 0;
    roots_free(&list);
    if (nobody_knows)
        return LC_OK;
    refresh_options how = {.no_counts = true};
    lc_error why;
    status = session_refresh(context, ROOTS_STAY, &how, NULL, &list, &report, &why);
    bool empty = !list.count;
    roots_free(&list);
    if (status == LC_OK && empty)
        return lc_fail(error, LC_NO_INDEX,
                       "no folder is indexed; name one with: lectern index FOLDER");
    if (status == LC_OK)
        return LC_OK;
    if (!index_is_there(&context->at) || status == LC_CORRUPT) {
        if (error)
            *error = why;
        return status;
    }
    command_say("not brought up to date: %s", why.message);
    return LC_OK;
}

lc_status session_open(const command_context *context, searcher **searcher_out, lc_error *error)
{
    lc_status status = LC_OK;
    if (!options_has(context->options, "no-refresh"))
        status = bring_up_to_date(context, error);
    if (status == LC_OK)
        status = searcher_open(context->at.index, searcher_out, error);
    return status;
}

void session_print_tally(const char *what, const tally *counts)
{
    printf("%s + %zu added ~ %zu changed - %zu removed = %zu unchanged\n", what, counts->added,
           counts->changed, counts->removed, counts->unchanged);
}

char *session_note_path(span root, span path)
{
    char *folder = xstrdup(root), *below = xstrdup(path);
    char *whole = path_join(folder, below);
    char *shown = path_for_person(whole);
    free(folder);
    free(below);
    free(whole);
    return shown;
}

lc_status session_use_color(const options *given, bool *color_out, lc_error *error)
{
    enum { AUTO, ALWAYS };
    const char *off = getenv("NO_COLOR"), *terminal = getenv("TERM");
    int when;
    lc_status status = options_choice(given, "color", &when, error);
    *color_out = when == ALWAYS;
    if (status == LC_OK && when == AUTO)
        *color_out =
            isatty(STDOUT_FILENO) && !(off && off[0]) && terminal && strcmp(terminal, "dumb") != 0;
    return status;
}
