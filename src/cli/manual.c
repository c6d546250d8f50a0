#include "cli/manual.h"

#include "cli/command.h"
#include "cli/query_help.h"
#include "index/fields.h"
#include "output/columns.h"

/* Text as it is: no request at the start of a line, no escapes, dashes that can be copied. */
static void print_text(const char *text, FILE *to)
{
    bool at_start = true;
    for (const char *c = text; *c; c++) {
        if (at_start && (*c == '.' || *c == '\''))
            fputs("\\&", to);
        if (*c == '\\')
            fputs("\\e", to);
        else if (*c == '-')
            fputs("\\-", to);
        else if (*c == '"' && !at_start)
            fputs("\\(dq", to);
        else if (*c == '"')
            fputs("\\&\\(dq", to);
        else
            fputc(*c, to);
        at_start = *c == '\n';
    }
}

static void print_item(const char *name, const char *text, FILE *to)
{
    fputs(".TP\n.B ", to);
    print_text(name, to);
    fputc('\n', to);
    print_text(text, to);
    fputc('\n', to);
}

static void print_heading(const char *request, const char *text, FILE *to)
{
    fprintf(to, ".%s ", request);
    print_text(text, to);
    fputc('\n', to);
}

static void print_options(const option *table, FILE *to)
{
    for (const option *o = table; o->name; o++) {
        fputs(".TP\n", to);
        if (o->letter)
            fprintf(to, "\\fB\\-%c\\fR, ", o->letter);
        fputs("\\fB\\-\\-", to);
        print_text(o->name, to);
        fputs("\\fR", to);
        if (o->argument) {
            fputs(" \\fI", to);
            print_text(o->argument, to);
            fputs("\\fR", to);
        }
        fputc('\n', to);
        print_text(o->help, to);
        fputc('\n', to);
    }
}

static void print_command(const command *of, FILE *to)
{
    fputs(".SS \"lectern ", to);
    print_text(of->name, to);
    fputc(' ', to);
    print_text(of->words, to);
    fputs("\"\n", to);
    print_text(of->summary, to);
    fputc('\n', to);
    if (of->more) {
        print_text(of->more, to);
        fputc('\n', to);
    }
    print_options(of->options, to);
}

static void print_formats(FILE *to)
{
    print_heading("SH", "OUTPUT", to);
    fputs("The forms that \\fB\\-\\-format\\fR names:\n", to);
    for (size_t i = 0; OUTPUT_FORMATS[i]; i++)
        print_item(OUTPUT_FORMATS[i]->name, OUTPUT_FORMATS[i]->summary, to);
    fputs(
        ".PP\nA template has names in braces, \\fB{title} {speakers|, } {path}:{line}\\fR; what "
        "follows a bar stands between several values, {{ is a brace, \\en, \\et and \\e0 are line "
        "end, tab and NUL. The names:\n",
        to);
    for (const column *c = COLUMNS; c->name; c++)
        print_item(c->name, c->summary, to);
    fputs(".PP\nThe forms that \\fB\\-\\-hyperlink\\-format\\fR names, or one of your own with "
          "{path}, {line}, {column} and {host}:\n",
          to);
    for (const hyperlink *h = HYPERLINKS; h->name; h++)
        print_item(h->name, h->form[0] ? h->form : "no links", to);
}

static const struct {
    const char *name, *text;
} ENVIRONMENT[] = {
    {"LECTERN_INDEX", "the index to use, as --index"},
    {"LECTERN_THREADS",
     "how many threads read notes for a new index; as many as processors without, 8 at most"},
    {"LECTERN_TODAY", "the day that `last year` counts from, 2025-04-01: for tests"},
    {"VISUAL, EDITOR", "what lectern open starts; vi without either"},
    {"PAGER",
     "what an answer longer than the terminal goes through; less without it, cat for none"},
    {"NO_COLOR", "no colours, whatever it is set to"},
    {"XDG_DATA_HOME", "lectern/index below it is the index (~/.local/share)"},
    {"XDG_CONFIG_HOME", "lectern below it holds your own files, see FILES (~/.config)"},
    {"XDG_STATE_HOME", "lectern below it holds the last search of each terminal (~/.local/state)"},
};

/* Below $XDG_CONFIG_HOME/lectern. */
static const struct {
    const char *name, *text, *example;
} OWN_FILES[] = {
    {"config", "NAME = VALUE a line: options to take always", "limit = 20"},
    {"roots", "the folders of notes, written by lectern index and lectern forget", NULL},
    {"queries", "the queries of lectern save", NULL},
    {"people.tsv",
     "NAME and its other spellings a line, parted by tabs. Every spelling is shown, listed and "
     "found as the name. Two names on lines of their own are never taken for one person.",
     "Bryan Quimby\tbquimby\tQuimby"},
    {"events.tsv",
     "NAME and its other spellings a line, parted by tabs. The event is known, and cited by that "
     "name with its place and year.",
     "Rhein Valley Cloud Days\tRVCD"},
    {"technologies.tsv",
     "NAME, CATEGORY, RULE and ALIASES a line, parted by tabs; aliases are parted by bars, - is "
     "nothing. A category is e.g. database, language or tool: a sure technology of one makes a "
     "doubtful one likely. Rules, parted by blanks: case (only with these capitals), word (also an "
     "everyday word), context (needs evidence nearby), title (sure in a title), idea (a field, not "
     "listed), off (no technology). A known name gets the new category and rule and the aliases "
     "too.",
     "Frobnicator\tdatabase\t-\tfrob|frobctl"},
};

static const struct {
    const char *status, *text;
} STATUSES[] = {
    {"0", "done, or something was found"},
    {"1", "nothing was found"},
    {"2", "wrong use, or a query that can't be understood"},
    {"3", "the index or the notes could not be read or written"},
};

static void print_title(const char *name, const char *section, FILE *to)
{
    fprintf(to, ".TH %s %s \"\" \"lectern " LECTERN_VERSION "\"\n", name, section);
}

/* An example as it stands in the file, tabs and all. */
static void print_example(const char *line, FILE *to)
{
    fputs(".RS\n.PP\n.EX\n", to);
    print_text(line, to);
    fputs("\n.EE\n.RE\n", to);
}

static void print_own_files(FILE *to)
{
    print_heading("SH", "FILES", to);
    fputs(
        "In \\fI$XDG_CONFIG_HOME/lectern\\fR, by default \\fI~/.config/lectern\\fR. Plain text in "
        "UTF\\-8; a line that begins with # is left out. When a table changes, the next search "
        "reads all notes anew.\n",
        to);
    for (size_t i = 0; i < sizeof OWN_FILES / sizeof *OWN_FILES; i++) {
        print_item(OWN_FILES[i].name, OWN_FILES[i].text, to);
        if (OWN_FILES[i].example)
            print_example(OWN_FILES[i].example, to);
    }
}

void manual_print_program(FILE *to)
{
    print_title("LECTERN", "1", to);
    fputs(
        ".SH NAME\nlectern \\- find talks in your conference notes\n"
        ".SH SYNOPSIS\n.B lectern\n.I COMMAND\n[\\fIOPTIONS\\fR] [\\fIWORDS\\fR]\n"
        ".SH DESCRIPTION\n"
        "Finds the talks in a folder of notes, whoever wrote them and however: no front matter is "
        "needed. Index a folder once; afterwards every search takes in what changed.\n"
        ".SH COMMANDS\n",
        to);
    for (const command *const *c = COMMANDS; *c; c++)
        print_command(*c, to);
    fputs(".SH \"OPTIONS OF EVERY COMMAND\"\n", to);
    print_options(COMMON_OPTIONS, to);
    print_formats(to);
    print_heading("SH", "EXIT STATUS", to);
    for (size_t i = 0; i < sizeof STATUSES / sizeof *STATUSES; i++)
        print_item(STATUSES[i].status, STATUSES[i].text, to);
    print_heading("SH", "ENVIRONMENT", to);
    for (size_t i = 0; i < sizeof ENVIRONMENT / sizeof *ENVIRONMENT; i++)
        print_item(ENVIRONMENT[i].name, ENVIRONMENT[i].text, to);
    print_own_files(to);
    fputs(".SH \"SEE ALSO\"\n.BR lectern\\-query (7),\n.BR lectern\\-bench (1)\n", to);
}

static void print_field(const field *of, FILE *to)
{
    fputs(".TP\n.B ", to);
    print_text(of->name, to);
    fputs(":\n", to);
    print_text(of->summary, to);
    for (int i = 0; i < 4 && of->aliases[i]; i++) {
        fputs(i ? ", \\fB" : "; also \\fB", to);
        print_text(of->aliases[i], to);
        fputs(":\\fR", to);
    }
    fputs(". Example: \\fB", to);
    print_text(of->example, to);
    fputs("\\fR\n", to);
}

void manual_print_query(FILE *to)
{
    print_title("LECTERN-QUERY", "7", to);
    fputs(
        ".SH NAME\nlectern\\-query \\- what lectern search understands\n"
        ".SH DESCRIPTION\n"
        "Words, and what says more of them. Punctuation never fails: C++, CI/CD, gpt\\-4, a URL or "
        "a whole sentence are queries. In a shell, quote what has quotes, parentheses or stars.\n",
        to);
    for (const query_form *f = QUERY_FORMS; f->meaning; f++)
        if (f->form)
            print_item(f->form, f->meaning, to);
        else
            print_heading("SS", f->meaning, to);
    print_heading("SH", "FIELDS", to);
    for (int i = 0; i < FIELD_COUNT; i++)
        print_field(&FIELDS[i], to);
    fputs(".SH \"SEE ALSO\"\n.BR lectern (1)\n", to);
}
