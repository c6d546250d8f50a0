/* Lucene with its English analyzer, over the same talks: a Java program of our own, compiled when
 * it is wanted, that stays and is asked through a pipe, which costs some 20 microseconds a query.
 */
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/embed.h"
#include "base/file.h"
#include "peers.h"
#include "speed_process.h"

EMBED(lucene_peer, "bench/LucenePeer.java");

#define CLASSES_FOLDER "lucene-classes" /* below the work folder */
#define SOURCE         "LucenePeer.java"
#define INDEX_FOLDER   "lucene"

/* Where Debian's packages put them. */
static const char *const JARS[] = {"/usr/share/java/lucene-core-8*.jar",
                                   "/usr/share/java/lucene-analyzers-common-8*.jar"};
enum { JAR_COUNT = sizeof JARS / sizeof *JARS };

/* False when one is not there. */
static bool add_jars(buffer *class_path)
{
    bool all = true;
    for (int i = 0; i < JAR_COUNT; i++) {
        glob_t found;
        if (glob(JARS[i], 0, NULL, &found) != 0) {
            all = false;
            continue;
        }
        buffer_printf(class_path, ":%s", found.gl_pathv[0]);
        globfree(&found);
    }
    return all;
}

static void add_class_path(const speed_place *at, buffer *to)
{
    char *classes = path_join(at->work, CLASSES_FOLDER);
    buffer_add_text(to, classes);
    add_jars(to);
    free(classes);
}

/* ---- compiling ---- */

static bool compile(const speed_place *at)
{
    buffer class_path = {0};
    int exit_status = 1;
    char *folder = path_join(at->work, CLASSES_FOLDER), *source = path_join(folder, SOURCE);
    const char *argv[] = {"javac", "-cp", NULL, "-d", folder, source, NULL};
    add_class_path(at, &class_path);
    argv[2] = class_path.at;
    bool made = folder_make(folder, NULL) == LC_OK &&
                file_replace(source, EMBEDDED(lucene_peer), NULL) == LC_OK &&
                program_run(argv, NULL, true, NULL, NULL, &exit_status, NULL) == LC_OK &&
                exit_status == 0;
    buffer_free(&class_path);
    free(folder);
    free(source);
    return made;
}

static const char *lucene_missing(const speed_place *at)
{
    buffer jars = {0};
    char *java = program_find("java"), *compiler = program_find("javac");
    const char *why = NULL;
    if (!java || !compiler)
        why = "java and javac are not installed (package default-jdk-headless)";
    else if (!add_jars(&jars))
        why = "Lucene is not installed (package liblucene8-java)";
    else if (!compile(at))
        why = "javac could not compile its driver";
    free(java);
    free(compiler);
    buffer_free(&jars);
    return why;
}

/* ---- the Java program ---- */

static lc_status run_java(const speed_place *at, const char *command, const char *a, const char *b,
                          buffer *output, lc_error *error)
{
    buffer class_path = {0};
    int exit_status = 0;
    add_class_path(at, &class_path);
    const char *const argv[] = {"java", "-cp", class_path.at, "LucenePeer", command, a, b, NULL};
    lc_status status = program_run(argv, NULL, false, output, NULL, &exit_status, error);
    if (status == LC_OK && exit_status)
        status = lc_fail(error, LC_IO, "Lucene: java failed with status %d", exit_status);
    buffer_free(&class_path);
    return status;
}

/* Of the jar's name, as nothing is compiled yet when there is no place. */
static void lucene_version(buffer *to)
{
    buffer jars = {0};
    add_jars(&jars);
    span first = span_from(buffer_span(&jars), span_find(buffer_span(&jars), SPAN("core-")) + 5);
    buffer_add(to, span_slice(first, 0, span_find(first, SPAN(".jar"))));
    buffer_free(&jars);
}

static lc_status lucene_build(const speed_place *at, lc_error *error)
{
    char *index = path_join(at->work, INDEX_FOLDER);
    lc_status status = folder_remove(index, error);
    if (status == LC_OK)
        status = run_java(at, "index", at->texts, index, NULL, error);
    free(index);
    return status;
}

/* ---- queries: the program stays, and answers line by line ---- */

typedef struct {
    pid_t process;
    FILE *ask, *answer;
    void (*on_pipe)(int); /* as it was before */
} lucene;

static void lucene_close(void *state)
{
    lucene *s = state;
    if (s->ask)
        fclose(s->ask); /* the program ends with its input */
    signal(SIGPIPE, s->on_pipe);
    if (s->answer)
        fclose(s->answer);
    while (s->process > 0 && waitpid(s->process, NULL, 0) < 0 && errno == EINTR)
        ;
    free(s);
}

static int spawn_java(const char *class_path, const char *index, const int ask[2],
                      const int answer[2], pid_t *process_out)
{
    extern char **environ;
    posix_spawn_file_actions_t actions;
    const char *const argv[] = {"java", "-cp", class_path, "LucenePeer", "search", index, NULL};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ask[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, answer[1], STDOUT_FILENO);
    int failed = posix_spawnp(process_out, argv[0], &actions, NULL, (char *const *)argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

static lc_status start_java(const speed_place *at, lucene *to, lc_error *error)
{
    int ask[2] = {-1, -1}, answer[2] = {-1, -1}, failed;
    buffer class_path = {0};
    char *index = path_join(at->work, INDEX_FOLDER);
    add_class_path(at, &class_path);
    if (pipe2(ask, O_CLOEXEC) == 0 && pipe2(answer, O_CLOEXEC) == 0)
        failed = spawn_java(class_path.at, index, ask, answer, &to->process);
    else
        failed = errno;
    close(ask[0]);
    close(answer[1]);
    to->ask = fdopen(ask[1], "w");
    to->answer = fdopen(answer[0], "r");
    buffer_free(&class_path);
    free(index);
    if (failed || !to->ask || !to->answer)
        return lc_fail_errno(error, failed ? failed : errno, "Lucene: java can't be started");
    return LC_OK;
}

static lc_status lucene_open(const speed_peer *self, const speed_place *at, void **state_out,
                             lc_error *error)
{
    (void)self;
    lucene *made = xcalloc(1, sizeof *made);
    made->on_pipe = signal(SIGPIPE, SIG_IGN); /* a java that ends is said, not our end */
    lc_status status = start_java(at, made, error);
    if (status == LC_OK)
        *state_out = made;
    else
        lucene_close(made);
    return status;
}

static bool lucene_answers(speed_class class)
{
    return class != SPEED_FACETS && class != SPEED_SUGGEST && class != SPEED_WORDS;
}

static const char *kind_of(speed_class class)
{
    switch (class) {
    case SPEED_PHRASE: return "phrase";
    case SPEED_PREFIX: return "prefix";
    case SPEED_FUZZY: return "fuzzy";
    case SPEED_OR2:
    case SPEED_OR_MANY: return "any";
    default: return "all";
    }
}

static lc_status ask(lucene *s, const char *before, const speed_query *what, size_t *count_out,
                     lc_error *error)
{
    char line[32];
    const char *field = what->class != SPEED_FIELD               ? ""
                        : span_equal(what->field, SPAN("title")) ? "title"
                                                                 : "speakers";
    fprintf(s->ask, "%s%s\t%s", before, kind_of(what->class), field);
    for (size_t i = 0; i < what->word_count; i++)
        fprintf(s->ask, "\t%.*s", SPAN_ARG(what->words[i]));
    fputc('\n', s->ask);
    if (fflush(s->ask) != 0 || !fgets(line, sizeof line, s->answer))
        return lc_fail(error, LC_IO, "Lucene: java ended in the middle");
    long count = span_number(span_trim(span_of(line)));
    if (count_out)
        *count_out = count > 0 ? (size_t)count : 0;
    return LC_OK;
}

static lc_status lucene_query(void *state, const speed_query *what, lc_error *error)
{
    return ask(state, "", what, NULL, error);
}

static lc_status lucene_count(void *state, const speed_query *what, size_t *count_out,
                              lc_error *error)
{
    return ask(state, "count ", what, count_out, error);
}

const speed_peer PEER_LUCENE = {
    .name = "lucene",
    .summary = "Lucene, English analyzer, in a warm Java machine behind a pipe; its input is the "
               "talks' text, already extracted",
    .in_another = true,
    .counts_talks = true,
    .missing = lucene_missing,
    .version = lucene_version,
    .build = lucene_build,
    .files = INDEX_FOLDER,
    .answers = lucene_answers,
    .open = lucene_open,
    .query = lucene_query,
    .count = lucene_count,
    .close = lucene_close,
};
