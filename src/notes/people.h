/*
 * people.h - reads a piece of text that lists people: names, with roles, companies and handles.
 *
 * "Joanna Piper Morgan, Kyle Niemeyer", "Steven Terrana (Booz Allen) & Michael Ducy (Sysdig)",
 * "Anna Schneider, @windupana, @wattTime", "Chen Goldberg - Eng Dir, Google".
 */
#ifndef LECTERN_NOTES_PEOPLE_H
#define LECTERN_NOTES_PEOPLE_H

#include "base/memory.h"
#include "notes/note.h"

typedef struct {
    span name;
    float likeness; /* of name_likeness(); of a handle 0.5 */
    span handle;    /* "@grace" right behind the name, with its @; or empty */
} person;

typedef struct {
    person *items;
    size_t count, capacity;
    span *orgs; /* of any of them */
    size_t org_count, org_capacity;
    bool job;       /* one of them has a role: "engineer" */
    bool role;      /* there is a role, handle or company behind a name: a second sign */
    bool foreign;   /* there is text that is neither name, role, company nor handle */
    float likeness; /* of the least likely name; 0 when there is none */
} people;

/* How much is known of the text already. */
typedef enum {
    PEOPLE_LABELLED, /* it stands behind "Speaker:": whatever comes first is a name */
    PEOPLE_LIKELY,   /* it stands where names often stand, such as behind "by" */
    PEOPLE_DOUBTFUL  /* it may be anything */
} people_trust;

void people_read(const reader_tables *tables, span text, people_trust trust, arena *memory,
                 people *people_out);

#endif
