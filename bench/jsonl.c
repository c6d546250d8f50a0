#include "jsonl.h"

#include <inttypes.h>
#include <stdio.h>

/* A number as id becomes a text, in place. */
static json_t *text_of_id(json_t *object, const char *key)
{
    json_t *value = json_object_get(object, key);
    if (!json_is_integer(value))
        return value;
    char number[24];
    snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    json_object_set_new(object, key, json_string(number));
    return json_object_get(object, key);
}

lc_status json_line_read(reader *from, span line, const char *const *keys, size_t count,
                         json_line *out)
{
    json_error_t problem;
    *out = (json_line){.object = json_loadb(line.at, line.length, JSON_ALLOW_NUL, &problem)};
    if (!out->object)
        return reader_complain(from, from->line, "not JSON: %s", problem.text);
    for (size_t i = 0; i < count; i++) {
        json_t *value =
            i ? json_object_get(out->object, keys[i]) : text_of_id(out->object, keys[0]);
        if (json_is_string(value)) {
            out->value[i] = (span){json_string_value(value), json_string_length(value)};
        } else if (i == 0 || (value && !json_is_null(value))) {
            json_line_free(out);
            return reader_complain(from, from->line, "\"%s\" is not a text; %s", keys[i],
                                   i ? "write it in quotes" : "every line needs one");
        }
    }
    return LC_OK;
}

void json_line_free(json_line *what)
{
    json_decref(what->object);
    *what = (json_line){0};
}
