#include "cli/nearest.h"

#include "search/levenshtein.h"

/* A third of the letters may be wrong: of two or three nothing would be left. */
enum { LETTERS_AN_EDIT = 3, EDITS_MAX = 2 };

nearest nearest_to(span typed)
{
    size_t edits = typed.length / LETTERS_AN_EDIT;
    return (nearest){typed, NULL, 1 + (unsigned)(edits < EDITS_MAX ? edits : EDITS_MAX)};
}

void nearest_consider(nearest *best, const char *name)
{
    unsigned distance = edit_distance(best->typed, span_of(name), EDITS_MAX);
    if (distance >= best->distance)
        return;
    best->name = name;
    best->distance = distance;
}
