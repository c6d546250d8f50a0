/*
 * ignore.h - .gitignore rules: whether a path is left out.
 *
 * Semantics of gitignore(5): the last rule that matches wins, `!` takes back, a trailing slash
 * means folders only, a slash elsewhere anchors the rule to its folder, `**` crosses folders,
 * backslashes escape. Matching costs at most pattern times path, whatever the pattern is.
 */
#ifndef LECTERN_NOTES_IGNORE_H
#define LECTERN_NOTES_IGNORE_H

#include "base/memory.h"
#include "base/span.h"

typedef struct ignore_rule ignore_rule;

/* The rules of one folder, in order; all memory is in the arena. */
typedef struct {
    ignore_rule *items;
    size_t count, capacity;
} ignore_rules;

typedef enum { IGNORE_UNDECIDED, IGNORE_YES, IGNORE_NO } ignore_verdict;

/* Adds the rules of a file such as .gitignore. */
void ignore_parse(span content, arena *memory, ignore_rules *to);
/* What these rules say of a path below their folder, without leading slash. Ask the deepest folder
 * first; UNDECIDED leaves it to the folder above. Folders that are left out are never entered, so
 * nothing below them can be taken back. */
ignore_verdict ignore_match(const ignore_rules *rules, span path, bool is_folder);

/* True if the whole text matches the pattern (exported for its tests). */
bool ignore_glob(span pattern, span text);

#endif
