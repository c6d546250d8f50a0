#include "search/query_names.h"

#include "base/buffer.h"
#include "base/utf8.h"
#include "index/fields.h"
#include "search/levenshtein.h"

enum { NAME_MIN = 3, LONG_NAME = 5, NEAR = 2 };

typedef struct {
    const char *name;
    unsigned distance;
    bool mistake;
} nearest;

static void consider(span typed, const char *candidate, nearest *best)
{
    span name = span_of(candidate);
    if (name.length < NAME_MIN || typed.length < NAME_MIN)
        return;
    unsigned distance = edit_distance(name, typed, NEAR);
    if (distance >= best->distance)
        return;
    bool same_start = name.at[0] == typed.at[0];
    if (distance == NEAR && !same_start && name.length < LONG_NAME)
        return;
    bool sure = distance == 1 ? same_start || name.length >= LONG_NAME
                              : same_start && name.length >= LONG_NAME;
    *best = (nearest){candidate, distance, sure};
}

const char *field_name_nearest(span name, bool *mistake)
{
    nearest best = {NULL, NEAR + 1, false};
    buffer folded = {0};
    utf8_fold(name, &folded);
    for (int i = 0; i < FIELD_PROPERTY; i++) {
        consider(buffer_span(&folded), FIELDS[i].name, &best);
        for (int a = 0; a < 4 && FIELDS[i].aliases[a]; a++)
            consider(buffer_span(&folded), FIELDS[i].aliases[a], &best);
    }
    buffer_free(&folded);
    *mistake = best.mistake;
    return best.name;
}
