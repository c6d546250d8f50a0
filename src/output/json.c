/* json and jsonl: the same objects, as one document or a line each. SCHEMA_VERSION changes when a
 * key changes its meaning or goes; new keys may come at any time. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "output/json.h"
#include "output/printer.h"
#include "output/safe.h"

enum { SCHEMA_VERSION = 1 };

/* An object or text that could not be made would be left out without a word. */
__attribute__((constructor)) static void use_our_memory(void)
{
    json_set_alloc_funcs(xmalloc, free);
}

/* Text from a note is valid UTF-8, but a path may hold any byte. */
static json_t *json_text(span text)
{
    json_t *made = text.length ? json_stringn(text.at, text.length) : json_string("");
    if (made)
        return made;
    buffer valid = {0};
    for (size_t i = 0; i < text.length;)
        utf8_add(&valid, utf8_next(text, &i));
    made = json_stringn(valid.at, valid.length);
    buffer_free(&valid);
    return made;
}

static void set_text(json_t *in, const char *key, span text)
{
    json_object_set_new(in, key, json_text(text));
}

static void set_number(json_t *in, const char *key, size_t number)
{
    json_object_set_new(in, key, json_integer((json_int_t)number));
}

static json_t *json_values(const values *list, bool with_form)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++) {
        const value *v = &list->items[i];
        json_t *item = json_text(v->text);
        if (with_form) {
            json_t *both = json_object();
            json_object_set_new(both, "name", item);
            set_text(both, "as", v->as.length ? v->as : v->text);
            item = both;
        }
        json_array_append_new(array, item);
    }
    return array;
}

static json_t *json_links(const values *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++) {
        json_t *item = json_object();
        set_text(item, "url", list->items[i].text);
        set_text(item, "text", list->items[i].as);
        json_array_append_new(array, item);
    }
    return array;
}

static json_t *json_year(const talk *of)
{
    return of->interval.first.year ? json_integer(of->interval.first.year) : json_null();
}

static void set_talk(json_t *to, const talk *of)
{
    set_number(to, "line", of->line);
    set_number(to, "end_line", of->end_line);
    set_text(to, "title", of->title.text);
    json_object_set_new(to, "speakers", json_values(&of->speakers, false));
    json_object_set_new(to, "orgs", json_values(&of->orgs, false));
    json_object_set_new(to, "techs", json_values(&of->techs, true));
    set_text(to, "event", of->event.text);
    set_text(to, "series", of->series.text);
    json_object_set_new(to, "year", json_year(of));
    set_text(to, "date", of->date.text);
    set_text(to, "kind", span_of(talk_kind_name(of->kind)));
    json_object_set_new(to, "tags", json_values(&of->tags, false));
    json_object_set_new(to, "links", json_links(&of->links));
    set_text(to, "language", of->language);
}

static json_t *json_marks(const snippet *of)
{
    json_t *array = json_array();
    for (size_t i = 0; i < of->mark_count; i++)
        json_array_append_new(array,
                              json_pack("[i,i]", (int)of->marks[i].begin, (int)of->marks[i].end));
    return array;
}

static json_t *json_hit(const shown_hit *what)
{
    static const char *const tiers[] = {"title", "all", "some", "near"};
    const talk_record *record = &what->hit->record;
    json_t *made = json_object();
    set_number(made, "rank", what->rank);
    set_text(made, "id", record->id);
    json_object_set_new(made, "score", json_real(what->hit->score));
    set_text(made, "matches", span_of(tiers[what->hit->tier]));
    set_text(made, "root", record->root);
    set_text(made, "path", record->path);
    set_talk(made, &record->talk);
    set_text(made, "snippet", what->text.text);
    json_object_set_new(made, "snippet_marks", json_marks(&what->text));
    set_number(made, "match_line", what->text.line);
    return made;
}

/* jansson escapes C0; what else could act on a terminal stands inside strings only. */
static void print_escaping(FILE *to, span text)
{
    size_t begin = 0;
    for (size_t i = 0; i < text.length;) {
        size_t at = i;
        uint32_t c = utf8_next(text, &i);
        if (!char_is_unsafe(c))
            continue;
        fwrite(text.at + begin, 1, at - begin, to);
        fprintf(to, "\\u%04x", c);
        begin = i;
    }
    if (text.length > begin)
        fwrite(text.at + begin, 1, text.length - begin, to);
}

static void dump(const printer *to, json_t *what)
{
    char *text = json_dumps(what, JSON_COMPACT | JSON_REAL_PRECISION(6));
    print_escaping(to->to, span_of(text));
    free(text);
    json_decref(what);
}

/* ---- jsonl ---- */

static void jsonl_hit(printer *to, const shown_hit *what)
{
    dump(to, json_hit(what));
    fputc('\n', to->to);
}

static json_t *json_talk(const talk_record *what)
{
    json_t *made = json_object();
    set_text(made, "id", what->id);
    set_text(made, "root", what->root);
    set_text(made, "path", what->path);
    set_talk(made, &what->talk);
    set_text(made, "body", what->talk.body);
    set_text(made, "code", what->talk.code);
    return made;
}

static void jsonl_talk(printer *to, const talk_record *what, const char *path)
{
    (void)path;
    dump(to, json_talk(what));
    fputc('\n', to->to);
}

void json_print_extracted(FILE *to, const char *path, const talk *what)
{
    printer out = {.to = to};
    json_t *made = json_object();
    set_text(made, "path", span_of(path));
    set_talk(made, what);
    dump(&out, made);
}

void json_print_talks_begin(FILE *to)
{
    fprintf(to, "{\"schema\":%d,\"talks\":[\n", SCHEMA_VERSION);
}

/* ---- json ---- */

static void json_begin(printer *to, const search_result *result)
{
    fprintf(to->to, "{\"schema\":%d,\"matches_all\":%zu,\"hits\":[", SCHEMA_VERSION,
            result->all_count);
}

static void json_one_hit(printer *to, const shown_hit *what)
{
    if (to->printed)
        fputc(',', to->to);
    fputc('\n', to->to);
    dump(to, json_hit(what));
}

static json_t *json_spellings(const facet_value *of)
{
    json_t *list = json_array();
    for (size_t i = 0; i < of->spelling_count; i++) {
        json_t *item = json_object();
        set_text(item, "value", of->spellings[i].text);
        set_number(item, "count", of->spellings[i].count);
        json_array_append_new(list, item);
    }
    return list;
}

static void json_one_talk(printer *to, const talk_record *what, const char *path)
{
    (void)path;
    if (to->printed)
        fputs(",\n", to->to);
    else
        json_print_talks_begin(to->to);
    dump(to, json_talk(what));
}

static void json_talks_end(printer *to)
{
    if (!to->printed)
        fprintf(to->to, "{\"schema\":%d,\"talks\":[", SCHEMA_VERSION);
    fputs("\n]}\n", to->to);
}

static json_t *json_facet(const facet *of)
{
    json_t *list = json_array(), *made = json_object();
    for (size_t i = 0; i < of->shown; i++) {
        json_t *item = json_object();
        set_text(item, "value", of->values[i].text);
        set_number(item, "count", of->values[i].count);
        if (of->values[i].spelling_count)
            json_object_set_new(item, "spellings", json_spellings(&of->values[i]));
        json_array_append_new(list, item);
    }
    set_number(made, "distinct", of->distinct);
    json_object_set_new(made, "values", list);
    return made;
}

void json_print_facet(FILE *to, const facet *what)
{
    printer out = {.to = to};
    json_t *made = json_facet(what);
    set_text(made, "field", span_of(what->field->name));
    dump(&out, made);
    fputc('\n', to);
}

static void json_end(printer *to, const search_result *result)
{
    (void)result;
    fputs("\n]", to->to);
    if (to->facets) {
        json_t *all = json_object();
        for (size_t i = 0; i < to->facets->count; i++)
            json_object_set_new(all, to->facets->items[i].field->name,
                                json_facet(&to->facets->items[i]));
        fputs(",\"facets\":", to->to);
        dump(to, all);
    }
    fputs("}\n", to->to);
}

const output_format OUTPUT_JSONL = {
    .name = "jsonl",
    .summary = "one JSON object a line",
    .snippets = true,
    .tiers = true,
    .hit = jsonl_hit,
    .talk = jsonl_talk,
};
const output_format OUTPUT_JSON = {
    .name = "json",
    .summary = "one JSON document; its schema has a number",
    .snippets = true,
    .tiers = true,
    .begin = json_begin,
    .hit = json_one_hit,
    .end = json_end,
    .talk = json_one_talk,
    .talks_end = json_talks_end,
};
