#include "output/pager.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/utf8.h"

extern char **environ;

/* The lines that text takes on a terminal so wide; escapes take no room. */
static size_t count_lines(span text, size_t width)
{
    size_t lines = 0, column = 0;
    for (size_t i = 0; i < text.length;) {
        uint32_t c = utf8_next(text, &i);
        if (c == '\n') {
            lines++;
            column = 0;
        } else if (c == 0x1B && i < text.length && text.at[i] == '[') {
            while (i < text.length && text.at[i] != 'm')
                i++;
            i += i < text.length;
        } else if (c == 0x1B && i < text.length && text.at[i] == ']') {
            while (i < text.length && text.at[i] != '\\')
                i++;
            i += i < text.length;
        } else {
            column += c == '\t' ? 8 : (size_t)utf8_width(c);
            if (column > width) {
                lines++;
                column = 0;
            }
        }
    }
    return lines + (column > 0);
}

static bool is_longer_than_screen(span text)
{
    struct winsize size;
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || !size.ws_row)
        return false;
    return count_lines(text, size.ws_col ? size.ws_col : 80) >= size.ws_row;
}

/* $PAGER's words; NULL when the person wants none. free() the array and its first item. */
static char **pager_words(void)
{
    const char *named = getenv("PAGER");
    char *copy = xstrdup(span_of(named ? named : "less")), *rest = copy;
    size_t count = 0, capacity = 0;
    char **words = NULL;
    for (char *word = strtok_r(copy, " \t", &rest); word; word = strtok_r(NULL, " \t", &rest))
        ARRAY_ADD(words, count, capacity, word);
    ARRAY_ADD(words, count, capacity, NULL);
    if (words[0] && strcmp(words[0], "cat") != 0)
        return words;
    free(words);
    free(copy);
    return NULL;
}

static bool spawn_pager(char **words, int input, int other_end, pid_t *child_out)
{
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    if (!getenv("LESS"))
        setenv("LESS", "FRX", 1);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_addclose(&actions, other_end);
    int failed = posix_spawnp(child_out, words[0], &actions, NULL, words, environ);
    posix_spawn_file_actions_destroy(&actions);
    return failed == 0;
}

static void write_all(int to, span text)
{
    while (text.length) {
        ssize_t written = write(to, text.at, text.length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return;
        text = span_from(text, (size_t)written);
    }
}

/* A pager that is left early closes the pipe: that is no error. */
static bool print_through(char **words, span text)
{
    int ends[2];
    pid_t child;
    if (pipe(ends) != 0)
        return false;
    bool started = spawn_pager(words, ends[0], ends[1], &child);
    close(ends[0]);
    if (started) {
        void (*before)(int) = signal(SIGPIPE, SIG_IGN);
        void (*interrupted)(int) = signal(SIGINT, SIG_IGN);
        write_all(ends[1], text);
        close(ends[1]);
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
            ;
        signal(SIGPIPE, before);
        signal(SIGINT, interrupted);
    } else {
        close(ends[1]);
    }
    return started;
}

void pager_print(span text, bool paged)
{
    char **words = paged && is_longer_than_screen(text) ? pager_words() : NULL;
    fflush(stdout);
    bool done = words && print_through(words, text);
    if (!done)
        fwrite(text.at, 1, text.length, stdout);
    if (words) {
        free(words[0]);
        free(words);
    }
}
