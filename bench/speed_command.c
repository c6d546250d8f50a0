/* lectern-bench speed: indexing and queries, timed. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "command.h"
#include "index/index_status.h"
#include "notes/walk.h"
#include "speed_rounds.h"
#include "speed_summary.h"

static const option OPTIONS[] = {
    {'q', "queries", "FILE", "the queries: CLASS, a tab, the query; or an earlier result (made)"},
    {0, "per-class", "N", "make so many queries of each class (30)"},
    {0, "seed", "N", "other queries (1)"},
    {'r', "rounds", "N", "time each query so often (5)"},
    {0, "index-rounds", "N", "make each index so often (3)"},
    {0, "process-queries", "N", "queries of each class that start a program (5)"},
    {'p', "peers", "LIST", "systems, with commas between, or none (all that are installed)"},
    {0, "program", "PATH", "the program lectern (the one beside this program)"},
    {'o', "output", "FILE", "write every figure there, as TSV"},
    {0},
};

typedef struct {
    const options *given;
    speed_job job;
    speed_queries queries;
    speed_result result;
    arena *memory;
    char *notes, *work, *program, *texts;
    long per_class, seed, rounds, index_rounds, process_queries;
} run;

/* ---- options ---- */

static lc_status read_numbers(run *r, lc_error *error)
{
    const struct {
        const char *name;
        long least, initial, *to;
    } numbers[] = {
        {"per-class", 1, 30, &r->per_class},
        {"seed", 0, 1, &r->seed},
        {"rounds", 1, 5, &r->rounds},
        {"index-rounds", 1, 3, &r->index_rounds},
        {"process-queries", 1, 5, &r->process_queries},
    };
    lc_status status = LC_OK;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0] && status == LC_OK; i++)
        status = options_number(r->given, numbers[i].name, numbers[i].least, numbers[i].initial,
                                numbers[i].to, error);
    r->job.rounds = (size_t)r->rounds;
    r->job.process_queries = (size_t)r->process_queries;
    return status;
}

/* The program beside this one. */
static char *program_beside(void)
{
    char *self = realpath("/proc/self/exe", NULL);
    char *folder = xstrdup(path_folder(span_of(self ? self : "")));
    char *made = path_join(folder, "lectern");
    free(self);
    free(folder);
    return made;
}

static lc_status make_places(run *r, lc_error *error)
{
    const char *program = options_text(r->given, "program"), *temporary = getenv("TMPDIR");
    r->notes = realpath(r->given->words[0], NULL);
    if (!r->notes)
        return lc_fail(error, LC_NOT_FOUND, "%s: there is no such folder", r->given->words[0]);
    r->program = program ? realpath(program, NULL) : program_beside();
    r->work = path_join(temporary && temporary[0] ? temporary : "/tmp", "lectern-speed-XXXXXX");
    if (!mkdtemp(r->work)) {
        lc_fail(error, LC_IO, "%s: no folder could be made there; set TMPDIR", r->work);
        free(r->work);
        r->work = NULL;
        return LC_IO;
    }
    r->texts = path_join(r->work, "texts.tsv");
    r->job.place = (speed_place){r->notes, r->work, r->program ? r->program : "", r->texts};
    return LC_OK;
}

/* ---- systems ---- */

static bool is_ours(const speed_peer *peer)
{
    return span_starts_with(span_of(peer->name), SPAN("lectern"));
}

static bool is_listed(const char *list, const char *name)
{
    span rest = span_of(list);
    while (rest.length)
        if (span_equal(span_trim(span_cut(&rest, ',')), span_of(name)))
            return true;
    return false;
}

static lc_status check_names(const char *list, lc_error *error)
{
    span rest = span_of(list ? list : "");
    while (rest.length) {
        span name = span_trim(span_cut(&rest, ','));
        if (!span_equal(name, SPAN("none")) && !speed_peer_by_name(name))
            return lc_fail(error, LC_BAD_INPUT,
                           "--peers: %.*s is not known; lectern-bench speed --help lists what is",
                           SPAN_ARG(name));
    }
    return LC_OK;
}

/* Ours always; of the others those that are asked for, which then must be there, or all that are.
 */
static lc_status choose_peers(run *r, lc_error *error)
{
    const char *list = options_text(r->given, "peers");
    lc_status status = check_names(list, error);
    for (const speed_peer *const *p = SPEED_PEERS; *p && status == LC_OK; p++) {
        bool must = is_ours(*p) || (list && is_listed(list, (*p)->name));
        const char *why = must || !list ? (*p)->missing(&r->job.place) : NULL;
        if (why && must)
            status = lc_fail(error, LC_NOT_FOUND, "%s: %s", (*p)->name, why);
        else if (why)
            fprintf(stderr, "lectern-bench: left out %s: %s\n", (*p)->name, why);
        else if (must || !list)
            r->job.peers[r->job.peer_count++] = *p;
    }
    return status;
}

/* ---- what is told with the figures ---- */

static void about(run *r, const char *key, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void about(run *r, const char *key, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    speed_result_text(&r->result, ROW_ABOUT, key, 0, span_of(text));
}

static void about_machine(run *r)
{
    buffer info = {0};
    struct utsname name;
    span rest, model = SPAN("unknown processor");
    if (file_read("/proc/cpuinfo", 0, &info, NULL, NULL) == LC_OK) {
        rest = buffer_span(&info);
        while (rest.length) {
            span line = span_cut_line(&rest);
            if (!span_starts_with(line, SPAN("model name")))
                continue;
            model = span_trim(span_from(line, span_find_byte(line, ':') + 1));
            break;
        }
    }
    double memory = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);
    uname(&name);
    about(r, "machine", "%.*s, %ld processors, %.0f GB memory, %s %s", SPAN_ARG(model),
          sysconf(_SC_NPROCESSORS_ONLN), memory / 1e9, name.sysname, name.release);
    buffer_free(&info);
}

static void about_run(run *r)
{
    char date[64];
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", &utc);
    about(r, "date", "%s", date);
    about(r, "version", "lectern %s", LECTERN_VERSION);
    about_machine(r);
    about(r, "notes", "%.*s", SPAN_ARG(path_name(span_of(r->notes))));
    about(r, "seed", "%ld", r->seed);
    about(r, "rounds", "%ld", r->rounds);
    for (size_t i = 0; i < r->job.peer_count; i++) {
        const speed_peer *peer = r->job.peers[i];
        buffer version = {0};
        peer->version(&version);
        about(r, "system", "%s %s: %s", peer->name, version.at ? version.at : "", peer->summary);
        buffer_free(&version);
        if (peer->whole_process)
            about(r, "whole process", "%s", peer->name);
        if (peer->counts_talks && peer != &PEER_LECTERN)
            about(r, "counts talks", "%s", peer->name);
    }
}

typedef struct {
    size_t files;
    double bytes;
} note_sum;

static lc_status add_note(const walk_entry *entry, void *user, lc_error *error)
{
    note_sum *sum = user;
    (void)error;
    if (entry->is_folder || entry->reason || !entry->status)
        return LC_OK;
    sum->files++;
    sum->bytes += (double)entry->status->st_size;
    return LC_OK;
}

static lc_status about_notes(run *r, lc_error *error)
{
    note_sum sum = {0, 0};
    lc_status status = walk_root(r->notes, NULL, add_note, &sum, error);
    if (status == LC_OK && !sum.files)
        status = lc_fail(error, LC_BAD_INPUT, "%s: holds no notes", r->notes);
    about(r, "note files", "%zu", sum.files);
    about(r, "note bytes", "%.0f", sum.bytes);
    return status;
}

static lc_status about_index(run *r, lc_error *error)
{
    index_status holds;
    char *index = path_join(r->work, PEER_LECTERN.files);
    lc_status status = index_status_read(index, NULL, NULL, &holds, error);
    if (status == LC_OK)
        about(r, "talks", "%zu", holds.talks);
    free(index);
    return status;
}

/* ---- queries ---- */

static lc_status queries_of_result(run *r, span bytes, const char *path, lc_error *error)
{
    speed_result earlier;
    lc_status status = speed_result_parse(bytes, path, &earlier, error);
    if (status != LC_OK)
        return status;
    for (size_t i = 0; i < earlier.count; i++) {
        speed_class class;
        const speed_row *row = &earlier.items[i];
        if (row->kind == ROW_TEXT && speed_class_by_name(row->name, &class))
            speed_queries_add(&r->queries, class, row->text, r->memory);
    }
    speed_result_free(&earlier);
    return LC_OK;
}

static lc_status read_queries(run *r, const char *path, lc_error *error)
{
    buffer bytes = {0};
    lc_status status = file_read(path, 0, &bytes, NULL, error);
    span all = status == LC_OK ? arena_copy(r->memory, buffer_span(&bytes)) : SPAN_NONE;
    if (status == LC_OK && speed_result_is(all))
        status = queries_of_result(r, all, path, error);
    else if (status == LC_OK)
        status = speed_queries_read(all, path, r->memory, &r->queries, error);
    buffer_free(&bytes);
    return status;
}

static void say_missing_classes(const speed_queries *made)
{
    bool there[SPEED_CLASS_COUNT] = {false};
    for (size_t i = 0; i < made->count; i++)
        there[made->items[i].class] = true;
    for (size_t c = 0; c < SPEED_CLASS_COUNT; c++)
        if (!there[c])
            fprintf(stderr, "lectern-bench: left out %s: the notes have no words for it\n",
                    SPEED_CLASSES[c].name);
}

static lc_status get_queries(run *r, lc_error *error)
{
    speed_texts texts;
    const char *path = options_text(r->given, "queries");
    if (path)
        return read_queries(r, path, error);
    lc_status status = speed_texts_read(r->texts, &texts, error);
    if (status != LC_OK)
        return status;
    speed_queries_make(&texts, (size_t)r->per_class, (uint64_t)r->seed, r->memory, &r->queries);
    speed_texts_free(&texts);
    say_missing_classes(&r->queries);
    return LC_OK;
}

/* ---- the command ---- */

static lc_status measure(run *r, lc_error *error)
{
    const char *output = options_text(r->given, "output");
    lc_status status = choose_peers(r, error);
    if (status == LC_OK) {
        about_run(r);
        status = about_notes(r, error);
    }
    if (status == LC_OK)
        status = speed_index_rounds(&r->job, (size_t)r->index_rounds, &r->result, error);
    if (status == LC_OK)
        status = about_index(r, error);
    if (status == LC_OK)
        status = get_queries(r, error);
    if (status == LC_OK)
        status = speed_query_rounds(&r->job, &r->queries, &r->result, error);
    if (status == LC_OK)
        speed_summary_print(&r->result, stdout);
    if (status == LC_OK && output)
        status = speed_result_write(&r->result, output, error);
    return status;
}

static lc_status run_speed(const options *given, int *exit_out, lc_error *error)
{
    run r = {.given = given, .memory = arena_new()};
    (void)exit_out;
    speed_result_init(&r.result);
    lc_status status = read_numbers(&r, error);
    if (status == LC_OK)
        status = make_places(&r, error);
    if (status == LC_OK)
        status = measure(&r, error);
    if (r.work)
        folder_remove(r.work, NULL);
    speed_queries_free(&r.queries);
    speed_result_free(&r.result);
    arena_free(r.memory);
    free(r.notes);
    free(r.work);
    free(r.program);
    free(r.texts);
    return status;
}

const bench_command BENCH_SPEED = {
    .name = "speed",
    .operands = "NOTES_FOLDER",
    .summary = "how fast notes are indexed and queries answered, beside other systems",
    .about =
        "Indexes the folder (into a folder of its own below TMPDIR, removed again; your index is\n"
        "not touched), makes queries from the talks' own words, and times both in all systems:\n"
        "  lectern             the searcher in this process: ten talks with their records\n"
        "  lectern-stage2      the same, ranking by the first two stages only\n"
        "  lectern-bm25        the same, ranking by plain BM25\n"
        "  lectern-page        lectern with snippets\n"
        "  lectern-search      the program lectern, started for each query\n"
        "  lectern-no-refresh  the same without looking whether notes changed\n"
        "  fts5                SQLite FTS5 (porter) in process, fed with the talks' text\n"
        "  omega               omindex, and quest for each query\n"
        "  ripgrep             rg -il over the files\n"
        "Classes: 1 term, AND 2, OR 2, OR 3-5, words, phrase, field, prefix, fuzzy, facets,\n"
        "did-you-mean. Each query runs once unrecorded; then the systems take turns. `agree`: "
        "queries\n"
        "for which fts5 finds as many talks as lectern, but for a tenth; stemmers differ.\n",
    .least = 1,
    .most = 1,
    .options = OPTIONS,
    .run = run_speed,
};
