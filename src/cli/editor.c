#include "cli/editor.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"

extern char **environ;

/* How an editor is told the line: %f is the file, %l the line; words are parted by blanks. */
static const struct {
    const char *names, *form;
} SYNTAXES[] = {
    {"vi vim nvim gvim nvi view ex elvis vis nano pico emacs emacsclient kak micro ne joe jed mg "
     "jmacs "
     "gedit ed",
     "+%l %f"},
    {"code code-insiders code-oss codium vscodium cursor", "--goto %f:%l"},
    {"subl sublime_text hx helix zed", "%f:%l"},
    {"kate kwrite mate idea pycharm clion", "--line %l %f"},
};

static bool has_word(const char *words, span wanted)
{
    for (span rest = span_of(words); rest.length;)
        if (span_equal(span_cut(&rest, ' '), wanted))
            return true;
    return false;
}

static const char *form_of(span editor)
{
    for (size_t i = 0; i < sizeof SYNTAXES / sizeof *SYNTAXES; i++)
        if (has_word(SYNTAXES[i].names, editor))
            return SYNTAXES[i].form;
    return "%f";
}

static const char *named_editor(void)
{
    const char *visual = getenv("VISUAL"), *editor = getenv("EDITOR");
    if (visual && visual[strspn(visual, " \t")])
        return visual;
    return editor && editor[strspn(editor, " \t")] ? editor : "vi";
}

/* Words end with a zero byte each in the buffer; counts them. */
static size_t add_words(const char *text, buffer *to)
{
    size_t count = 0;
    while (text[strspn(text, " \t")]) {
        text += strspn(text, " \t");
        size_t length = strcspn(text, " \t");
        buffer_add(to, (span){text, length});
        buffer_add_byte(to, '\0');
        text += length;
        count++;
    }
    return count;
}

static void add_filled(span form, const char *path, uint32_t line, buffer *to)
{
    for (size_t i = 0; i < form.length; i++) {
        char next = i + 1 < form.length ? form.at[i + 1] : '\0';
        if (form.at[i] == '%' && next == 'f')
            buffer_add_text(to, path), i++;
        else if (form.at[i] == '%' && next == 'l')
            buffer_printf(to, "%u", line), i++;
        else
            buffer_add_byte(to, form.at[i]);
    }
    buffer_add_byte(to, '\0');
}

void editor_command_make(const char *path, uint32_t line, editor_command *out)
{
    buffer words = {0};
    size_t count = add_words(named_editor(), &words);
    span form = span_of(form_of(path_name(span_of(words.at))));
    for (; form.length; count++)
        add_filled(span_cut(&form, ' '), path, line, &words);
    out->memory = words.at;
    out->words = xcalloc(count + 1, sizeof *out->words);
    char *at = words.at;
    for (size_t i = 0; i < count; i++) {
        out->words[i] = at;
        at += strlen(at) + 1;
    }
}

void editor_command_free(editor_command *what)
{
    free(what->words);
    free(what->memory);
    *what = (editor_command){NULL, NULL};
}

static lc_status no_editor(const char *name, int why, lc_error *error)
{
    return lc_fail_errno(error, why, "%s: can't be started as an editor; set VISUAL or EDITOR",
                         name);
}

static lc_status ended(const char *name, int how, lc_error *error)
{
    if (WIFEXITED(how) && WEXITSTATUS(how) == 0)
        return LC_OK;
    if (WIFEXITED(how))
        return lc_fail(error, LC_IO, "the editor %s ended with status %d", name, WEXITSTATUS(how));
    return lc_fail(error, LC_IO, "the editor %s was ended by signal %d", name, WTERMSIG(how));
}

lc_status editor_run(const char *path, uint32_t line, lc_error *error)
{
    editor_command command;
    pid_t child;
    int how = 0;
    editor_command_make(path, line, &command);
    fflush(NULL);
    int failed = posix_spawnp(&child, command.words[0], NULL, NULL, command.words, environ);
    /* keys for the editor are none for us */
    void (*interrupted)(int) = signal(SIGINT, SIG_IGN), (*quit)(int) = signal(SIGQUIT, SIG_IGN);
    while (!failed && waitpid(child, &how, 0) < 0 && errno == EINTR)
        ;
    signal(SIGINT, interrupted);
    signal(SIGQUIT, quit);
    lc_status status =
        failed ? no_editor(command.words[0], failed, error) : ended(command.words[0], how, error);
    editor_command_free(&command);
    return status;
}
