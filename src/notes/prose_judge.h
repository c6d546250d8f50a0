/*
 * prose_judge.h - whether the words around a group of names say that these gave the talk.
 */
#ifndef LECTERN_NOTES_PROSE_JUDGE_H
#define LECTERN_NOTES_PROSE_JUDGE_H

#include "notes/prose_names.h"

/* A pattern with the share of its finds that are right, and how name-like a name must be. */
typedef struct {
    const char *rule;
    float precision, likeness;
} prose_rule;

/* The rule by which the group gave the talk; NULL: none. Companies that stand behind the names go
 * into the group. */
const prose_rule *prose_judge(const prose_scan *scan, name_group *group);
/* "PyCon 2016 - Bahia Blanca": the line is about an event alone. */
bool prose_cites_event(const prose_scan *scan, span line);
/* "... - Grace Hopper" up to the line's end; "Grace Hopper - ..." from its begin. */
bool prose_ends_line(const prose_scan *scan, const name_group *group);
bool prose_begins_line(const prose_scan *scan, const name_group *group);

#endif
