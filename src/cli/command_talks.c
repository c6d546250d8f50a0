/* lectern talks: the talks that are found in files; what the index knows helps where there is one.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "cli/paths.h"
#include "cli/session.h"
#include "index/told.h"
#include "notes/note.h"
#include "notes/walk.h"
#include "output/json.h"
#include "output/safe.h"

static const option OPTIONS[] = {
    {'f', "format", "text|jsonl|json", "how to print (text)"},
    PATHS_OPTION,
    {0, "why", NULL, "say of each value by which rule, how surely and on which line it was found"},
    {0, NULL, NULL, NULL},
};

/* A note to read: its root's name and path below it are evidence; shown is what the person typed.
 */
typedef struct {
    char *root, *below, *shown;
    keys tells; /* found in the first round; in the job's arena */
} source_file;

typedef enum { TALKS_TEXT, TALKS_JSONL, TALKS_JSON } talks_form; /* as --format lists them */

typedef struct {
    source_file *items;
    size_t count, capacity;
    reader_tables *tables;
    map *told;
    arena *memory;
    bool why;
    talks_form form;
    size_t printed;
    int exit_status;
    roots indexed;
    bool any_indexed;      /* a file lies in an indexed folder */
    const char *argument;  /* while walking */
    span root, below_root; /* of the argument */
} talks_job;

static void add_file(talks_job *job, span below, char *shown)
{
    source_file added = {xstrdup(job->root), xstrdup(below), shown, {0}};
    if (job->below_root.length) {
        free(added.below);
        added.below = path_join(job->below_root.at, below.at);
    }
    ARRAY_ADD(job->items, job->count, job->capacity, added);
}

static lc_status visit(const walk_entry *entry, void *user, lc_error *error)
{
    talks_job *job = user;
    (void)error;
    if (entry->reason)
        return LC_OK;
    char *shown = strcmp(job->argument, ".") == 0 ? xstrdup(span_of(entry->path))
                                                  : path_join(job->argument, entry->path);
    add_file(job, span_of(entry->path), shown);
    return LC_OK;
}

static bool lies_in(span path, span folder)
{
    return span_starts_with(path, folder) &&
           (path.length == folder.length || path.at[folder.length] == '/');
}

/* The indexed folder that it lies in: what is read then is what the index says. */
static span indexed_root(const talks_job *job, span path)
{
    for (size_t i = 0; i < job->indexed.count; i++)
        if (lies_in(path, span_of(job->indexed.items[i])))
            return span_of(job->indexed.items[i]);
    return SPAN_NONE;
}

/* Of a file alone: the event and the day stand in the folders right above, further up is only where
 * the notes are kept. */
static span folder_above(span path)
{
    enum { FOLDERS = 3 };
    const char *home = getenv("HOME");
    span root = path_folder(path);
    for (int i = 1; i < FOLDERS; i++) {
        span above = path_folder(root);
        if (!above.length || (home && lies_in(span_of(home), above)))
            break;
        root = above;
    }
    return root;
}

static void set_root(talks_job *job, span real, bool folder)
{
    job->root = indexed_root(job, real);
    job->any_indexed = job->any_indexed || job->root.length;
    if (!job->root.length)
        job->root = folder ? real : folder_above(real);
    bool slash = job->root.length < real.length && real.at[job->root.length] == '/';
    job->below_root = span_from(real, job->root.length + slash);
}

static lc_status add_argument(talks_job *job, const char *argument, lc_error *error)
{
    struct stat status;
    char *real = realpath(argument, NULL);
    if (!real || stat(real, &status) != 0) {
        free(real);
        return lc_fail(error, LC_NOT_FOUND, "%s: there is no such file or folder", argument);
    }
    lc_status result = LC_OK;
    job->argument = argument;
    set_root(job, span_of(real), S_ISDIR(status.st_mode));
    if (S_ISDIR(status.st_mode)) {
        result = walk_root(argument, NULL, visit, job, error);
    } else {
        span below = job->below_root;
        job->below_root = SPAN_NONE;
        add_file(job, below, xstrdup(span_of(argument)));
    }
    free(real);
    return result;
}

static void print_why(const char *name, const value *v)
{
    if (!v->text.length)
        return;
    printf("    %-8s ", name);
    print_safe(stdout, v->text);
    if (v->as.length) {
        fputs(" (as ", stdout);
        print_safe(stdout, v->as);
        putchar(')');
    }
    printf("  [%s %.2f", v->rule ? v->rule : "?", (double)v->confidence);
    if (v->line)
        printf(", line %u", v->line);
    puts("]");
}

static void print_why_list(const char *name, const values *list)
{
    for (size_t i = 0; i < list->count; i++)
        print_why(name, &list->items[i]);
}

static void print_short(const talk *t)
{
    for (size_t i = 0; i < t->speakers.count; i++) {
        fputs(i ? ", " : "    ", stdout);
        print_safe(stdout, t->speakers.items[i].text);
    }
    if (t->event.text.length) {
        fputs(t->speakers.count ? " · " : "    ", stdout);
        print_safe(stdout, t->event.text);
    }
    if (t->speakers.count || t->event.text.length)
        putchar('\n');
}

static void print_text(const talks_job *job, const char *path, const talk *t)
{
    print_safe_line(stdout, span_of(path));
    printf(":%u: ", t->line);
    print_safe_line(stdout, t->title.text.length ? t->title.text : SPAN("(no title)"));
    printf(" [%s]\n", talk_kind_name(t->kind));
    if (!job->why) {
        print_short(t);
        return;
    }
    print_why("title", &t->title);
    print_why_list("speaker", &t->speakers);
    print_why_list("org", &t->orgs);
    print_why_list("tech", &t->techs);
    print_why("event", &t->event);
    print_why("year", &t->year);
    print_why("date", &t->date);
    print_why_list("link", &t->links);
    print_why_list("tag", &t->tags);
}

static void print_json(const talks_job *job, const char *path, const talk *t)
{
    if (job->form == TALKS_JSON && job->printed)
        puts(",");
    json_print_extracted(stdout, path, t);
    if (job->form == TALKS_JSONL)
        putchar('\n');
}

static void print_note(talks_job *job, const source_file *from, const note *what)
{
    if (what->warning && what->warning_line)
        command_say("%s:%u: %s", from->shown, what->warning_line, what->warning);
    else if (what->warning)
        command_say("%s: %s", from->shown, what->warning);
    if (what->skipped)
        command_say("%s: left out: %s", from->shown, what->skipped);
    for (size_t i = 0; i < what->talks.count; i++) {
        const talk *t = &what->talks.items[i];
        if (job->form != TALKS_TEXT)
            print_json(job, from->shown, t);
        else if (t->kind != KIND_NOTE)
            print_text(job, from->shown, t);
        job->printed += job->form != TALKS_TEXT || t->kind != KIND_NOTE;
    }
}

static void count_tells(map *told, const keys *tells, int by)
{
    for (size_t i = 0; i < tells->count; i++)
        *map_put(told, tells->items[i], 0) += (uint32_t)by;
}

static void keep_tells(talks_job *job, source_file *of, const keys *tells)
{
    of->tells.items = arena_alloc(job->memory, tells->count * sizeof(span));
    for (size_t i = 0; i < tells->count; i++)
        of->tells.items[of->tells.count++] = arena_copy(job->memory, tells->items[i]);
    count_tells(job->told, &of->tells, 1);
}

/* First round: what each note tells. Second: the talks, what a note told itself being no answer to
 * its own questions. */
static void read_all(talks_job *job, bool print)
{
    arena *memory = arena_new();
    buffer bytes = {0};
    for (size_t i = 0; i < job->count; i++) {
        lc_error error;
        note found;
        facts known = {print ? job->told : NULL, NULL};
        source_file *from = &job->items[i];
        arena_reset(memory);
        buffer_clear(&bytes);
        if (file_read(from->shown, WALK_SIZE_LIMIT, &bytes, NULL, &error) != LC_OK) {
            if (print)
                job->exit_status = command_fail(&error);
            continue;
        }
        note_source source = {path_name(span_of(from->root)), span_of(from->below),
                              buffer_span(&bytes)};
        if (print)
            count_tells(job->told, &from->tells, -1);
        note_read(&source, &known, job->tables, memory, &found);
        if (print) {
            count_tells(job->told, &from->tells, 1);
            print_note(job, from, &found);
        } else {
            keep_tells(job, from, &found.tells);
        }
    }
    buffer_free(&bytes);
    arena_free(memory);
}

static span place_key(span root, span path, arena *memory)
{
    return arena_printf(memory, "%.*s/%.*s", SPAN_ARG(root), SPAN_ARG(path));
}

typedef struct {
    map *told, *given; /* given: paths of the notes that are read anew */
    arena *memory;
} told_by_others;

static void take_told(span root, span path, const keys *tells, void *user)
{
    told_by_others *to = user;
    if (!map_get(to->given, place_key(root, path, to->memory)))
        count_tells(to->told, tells, 1);
}

/* What all other notes of the index tell. Without an index that can be read, nothing. */
static void ask_index(talks_job *job, const location *at)
{
    lc_error error;
    told_by_others to = {job->told, map_new(), arena_new()};
    for (size_t i = 0; i < job->count; i++) {
        const source_file *one = &job->items[i];
        span key = place_key(span_of(one->root), span_of(one->below), to.memory);
        *map_put(to.given, key, 0) = 1;
    }
    if (job->any_indexed)
        (void)index_told(at, take_told, &to, &error);
    map_free(to.given);
    arena_free(to.memory);
}

static void free_job(talks_job *job)
{
    for (size_t i = 0; i < job->count; i++) {
        free(job->items[i].root);
        free(job->items[i].below);
        free(job->items[i].shown);
    }
    free(job->items);
    roots_free(&job->indexed);
    map_free(job->told);
    arena_free(job->memory);
    reader_tables_free(job->tables);
}

static void print_talks(talks_job *job, const path_list *named, const location *at)
{
    lc_error error;
    for (size_t i = 0; i < named->count; i++)
        if (add_argument(job, named->items[i], &error) != LC_OK)
            job->exit_status = command_fail(&error);
    ask_index(job, at);
    if (job->form == TALKS_JSON)
        json_print_talks_begin(stdout);
    read_all(job, false);
    read_all(job, true);
    if (job->form == TALKS_JSON)
        puts("\n]}");
    if (job->printed || job->exit_status)
        return;
    command_say(job->count ? "no talk found; notes read: %zu"
                           : "no notes found; looked for .md "
                             ".markdown .mdown .txt",
                job->count);
    job->exit_status = 1;
}

static int talks_command(command_context *context)
{
    lc_error error;
    const options *given = context->options;
    talks_job job = {.told = map_new(), .memory = arena_new(), .why = options_has(given, "why")};
    path_list named = {0};
    int format;
    lc_status status = options_choice(given, "format", &format, &error);
    job.form = (talks_form)format;
    if (status == LC_OK && !given->word_count)
        status = lc_fail(&error, LC_BAD_INPUT, "which files? lectern talks PATH...");
    if (status == LC_OK)
        status = paths_read(given, &named, &error);
    if (status == LC_OK)
        status = roots_load(&context->at, &job.indexed, &error);
    if (status == LC_OK)
        status = reader_tables_new(context->at.config_folder, &job.tables, &error);
    if (status == LC_OK)
        print_talks(&job, &named, &context->at);
    else
        job.exit_status = command_fail(&error);
    paths_free(&named);
    free_job(&job);
    return job.exit_status;
}

const command COMMAND_TALKS = {
    "talks",
    "PATH...|-",
    "Print the talks found in files and folders, which need not be indexed.",
    OPTIONS,
    false,
    talks_command,
    "Names that one note proves help with another, among the files that are given; in an indexed\n"
    "folder, among all that are indexed.",
    NULL};
