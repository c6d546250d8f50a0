/* lectern talks: the talks that are found in files, without any index. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "cli/paths.h"
#include "cli/session.h"
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
    char *root_name, *below, *shown;
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
    const char *argument; /* while walking */
} talks_job;

static void add_file(talks_job *job, span root, span below, char *shown)
{
    source_file added = {xstrdup(path_name(root)), xstrdup(below), shown, {0}};
    ARRAY_ADD(job->items, job->count, job->capacity, added);
}

static lc_status visit(const walk_entry *entry, void *user, lc_error *error)
{
    talks_job *job = user;
    (void)error;
    if (entry->reason)
        return LC_OK;
    char *root = realpath(job->argument, NULL);
    char *shown = strcmp(job->argument, ".") == 0 ? xstrdup(span_of(entry->path))
                                                  : path_join(job->argument, entry->path);
    add_file(job, span_of(root ? root : job->argument), span_of(entry->path), shown);
    free(root);
    return LC_OK;
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
    if (S_ISDIR(status.st_mode))
        result = walk_root(argument, NULL, visit, job, error);
    else
        add_file(job, path_folder(span_of(real)), path_name(span_of(real)),
                 xstrdup(span_of(argument)));
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
        note_source source = {span_of(from->root_name), span_of(from->below), buffer_span(&bytes)};
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

static void free_job(talks_job *job)
{
    for (size_t i = 0; i < job->count; i++) {
        free(job->items[i].root_name);
        free(job->items[i].below);
        free(job->items[i].shown);
    }
    free(job->items);
    map_free(job->told);
    arena_free(job->memory);
    reader_tables_free(job->tables);
}

static void print_talks(talks_job *job, const path_list *named)
{
    lc_error error;
    for (size_t i = 0; i < named->count; i++)
        if (add_argument(job, named->items[i], &error) != LC_OK)
            job->exit_status = command_fail(&error);
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
        status = reader_tables_new(context->at.config_folder, &job.tables, &error);
    if (status == LC_OK)
        print_talks(&job, &named);
    else
        job.exit_status = command_fail(&error);
    paths_free(&named);
    free_job(&job);
    return job.exit_status;
}

const command COMMAND_TALKS = {
    "talks",
    "PATH...|-",
    "Print the talks found in files and folders, without any index.",
    OPTIONS,
    false,
    talks_command,
    "Names that one note proves help with another, among the files that are given.",
    NULL};
