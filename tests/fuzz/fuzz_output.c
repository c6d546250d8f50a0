/* Every form of answer over a talk made of any bytes: the first byte says which form, the second
 * how many lines a list has; then a line for each value, the rest is the body. Nothing that acts on
 * a terminal comes out, and JSON can be read again. */
#include <assert.h>
#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "output/json.h"
#include "output/printer.h"
#include "output/safe.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static values cut_values(span *rest, size_t count, arena *memory)
{
    values list = {0};
    for (size_t i = 0; i < count; i++) {
        span line = span_cut_line(rest);
        values_add(&list, memory,
                   (value){.text = line, .as = span_slice(line, 0, line.length / 2)});
    }
    return list;
}

static void cut_record(span rest, size_t count, arena *memory, talk_record *out)
{
    *out = (talk_record){.id = SPAN("abcdefgh"), .root = span_cut_line(&rest)};
    out->path = span_cut_line(&rest);
    talk *t = &out->talk;
    t->line = t->end_line = 1;
    t->kind = (talk_kind)(count % KIND_COUNT);
    t->title.text = span_cut_line(&rest);
    t->event.text = span_cut_line(&rest);
    t->series.text = span_cut_line(&rest);
    t->date.text = span_cut_line(&rest);
    t->speakers = cut_values(&rest, count, memory);
    t->orgs = cut_values(&rest, count, memory);
    t->techs = cut_values(&rest, count, memory);
    t->tags = cut_values(&rest, count, memory);
    t->links = cut_values(&rest, count, memory);
    t->body = rest;
    t->code = rest;
}

static snippet whole(span text)
{
    static marked marks[] = {{0, 1}, {2, 3}};
    return (snippet){
        .text = text, .marks = marks, .mark_count = text.length > 3 ? 2 : 0, .line = 1};
}

/* Line ends, and NULs of the form that has them, are the form's own. */
static void check_safe(span text, bool color)
{
    for (size_t i = 0; i < text.length;) {
        size_t at = i;
        uint32_t c = utf8_next(text, &i);
        assert((c != 0xFFFD || i - at == 3) && "broken bytes");
        assert(!char_is_unsafe(c) || (color && c == 0x1B) || c == '\0');
    }
}

/* What a person writes into a template is printed as it is. */
static bool is_safe(span text)
{
    for (size_t i = 0; i < text.length;)
        if (char_is_unsafe(utf8_next(text, &i)))
            return false;
    return utf8_valid(text);
}

static void check_json(const char *format, char *text)
{
    bool lines = strcmp(format, "jsonl") == 0;
    if (!lines && strcmp(format, "json") != 0)
        return;
    json_t *read = json_loads(text, JSON_ALLOW_NUL | (lines ? JSON_DISABLE_EOF_CHECK : 0), NULL);
    assert(read);
    json_decref(read);
}

static void print_all(printer *to, const talk_record *record)
{
    search_result result = {.all_count = 1, .tiered = true};
    hit one = {.docid = 1, .score = 1, .record = *record};
    shown_hit shown = {
        1, &one, whole(record->talk.title.text), whole(record->talk.event.text), "notes/a.md", 1};
    printer_begin(to, &result);
    printer_hit(to, &shown);
    printer_parting(to, &result, TIER_SOME);
    printer_hit(to, &shown);
    printer_end(to, &result);
}

static void check_form(const output_format *form, const char *template, bool color,
                       const talk_record *record)
{
    char *text = NULL;
    size_t length = 0;
    printer to = {.format = form, .template = template, .color = color, .terminal = true};
    to.to = open_memstream(&text, &length);
    print_all(&to, record);
    fclose(to.to);
    check_safe((span){text, length}, color);
    check_json(form->name ? form->name : "", text);
    free(text);
    printer_free(&to);
}

static void check_talk(const talk_record *record)
{
    char *text = NULL;
    size_t length = 0;
    printer to = {.format = &OUTPUT_TEXT, .to = open_memstream(&text, &length)};
    lc_error error;
    printer_talk(&to, record, "notes/a.md", &error);
    json_print_extracted(to.to, "notes/a.md", &record->talk);
    fclose(to.to);
    check_safe((span){text, length}, false);
    free(text);
    printer_free(&to);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    arena *memory = arena_new();
    size_t forms = 0;
    span rest = {(const char *)data + 2, size - 2};
    span template = arena_copy(memory, span_slice(rest, 0, span_find_byte(rest, '\n')));
    talk_record record;
    printer chosen = {0};
    cut_record(rest, data[1] % 8, memory, &record);
    while (OUTPUT_FORMATS[forms])
        forms++;
    if (data[0] % (forms + 1) < forms)
        check_form(OUTPUT_FORMATS[data[0] % (forms + 1)], NULL, data[0] & 0x80, &record);
    else if (is_safe(template) && printer_choose(&chosen, template.at, NULL) == LC_OK &&
             chosen.template)
        check_form(&OUTPUT_TEMPLATE, template.at, false, &record);
    check_talk(&record);
    arena_free(memory);
    return 0;
}
