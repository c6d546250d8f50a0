/*
 * prose_names.h - names in running text, and groups of neighbours: "X and Y", "X (Acme); Y (Corp)".
 */
#ifndef LECTERN_NOTES_PROSE_NAMES_H
#define LECTERN_NOTES_PROSE_NAMES_H

#include "notes/reading.h"

/* A run of capitalised words is cut there; so many names does nobody list; longer texts are read to
 * here. */
enum { RUN_MAX = 6, GROUP_MAX = 24, TEXT_MAX = 20000 };

typedef struct {
    size_t begin, end; /* bytes of the text */
    bool upper, particle;
} prose_word;

typedef struct {
    size_t begin, end;
    float likeness;
} name_spot;

typedef struct {
    name_spot names[GROUP_MAX];
    span orgs[GROUP_MAX];
    size_t count, org_count;
    size_t begin, end; /* with what is in parentheses behind the names */
    float likeness;
} name_group;

typedef struct {
    note_reading *reading;
    const talk_place *place;
    talk *to;
    span text;
    uint32_t line;       /* of the text's begin */
    bool behind_heading; /* in a collection: the text right under a talk's title */
    bool first_block;    /* among the first three of the talk */
    bool line_list;      /* several lines begin or end with a name behind a dash */
} prose_scan;

/* What the word is by prose_cues.txt: CUE_ bits of tables.h. */
uint32_t prose_cue(const prose_scan *scan, span word);
bool prose_word_next(const prose_scan *scan, size_t *position, prose_word *out);
/* The capitalised words that stand together from *position on; how many. *position is then where
 * the search goes on. */
size_t prose_run_next(const prose_scan *scan, size_t *position, prose_word *run);
/* The next group of names and what stands in parentheses behind them. */
bool prose_group_next(const prose_scan *scan, size_t *position, name_group *group);
bool prose_has_possessive(const prose_scan *scan, const prose_word *word);
span name_without_possessive(span name);
/* The text from begin to end in one line, without possessive; in the arena. */
span prose_flat(const prose_scan *scan, size_t begin, size_t end);
size_t text_skip_blanks(span text, size_t at);

#endif
