/*
 * layout_tree.h - the headings of a note as a tree, with the signs that each begins a talk.
 */
#ifndef LECTERN_NOTES_LAYOUT_TREE_H
#define LECTERN_NOTES_LAYOUT_TREE_H

#include "notes/layout.h"

enum { LEVEL_BARE = 0, LEVEL_BOLD = 7, SIGN_NONE = 0, SIGN_MEDIUM = 2, SIGN_STRONG = 3 };

/* What a heading-like block turns out to be. */
typedef enum { ROLE_SECTION, ROLE_TALK, ROLE_CONTAINER, ROLE_IDLE } heading_role;

typedef struct {
    size_t block;
    int level;
    int parent; /* index of the node above, -1 at the top */
    size_t end; /* the first node behind its subtree */
    heading_parts parts;
    int sign;
    bool under_name; /* the next line or sub-heading is the speaker */
    bool group;      /* day, date, event, "Sessions": by its words the heading of a group */
    heading_role role;
} node;

typedef struct {
    const layout_input *in;
    layout *out;
    node *nodes;
    size_t count, capacity;
    bool index_file, day_file; /* by the file's name */
    span topic;                /* by the file's name; may be empty */
} finding;

/* Finds the headings (and bold lines, where these show signs) and judges each. */
void tree_read(finding *f);
/* "Questions", "Things to read": by its words a part of a talk. */
bool is_section_heading(const finding *f, const node *n);
/* The heading is a date and little more. */
bool is_date_heading(const finding *f, span text);

#endif
