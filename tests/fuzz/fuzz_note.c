/* Any bytes under any path through the whole reader of notes, without and with facts. The input's
 * first line is the path. What comes out must lie within the file and be free of nonsense. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "notes/note.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static reader_tables *tables;

static void check_value(const value *of, uint32_t lines)
{
    assert(of->text.length == 0 || of->rule);
    assert(of->confidence >= 0 && of->confidence <= 1);
    assert(of->line <= lines);
}

static void check_values(const values *of, uint32_t lines)
{
    for (size_t i = 0; i < of->count; i++) {
        assert(of->items[i].text.length > 0);
        check_value(&of->items[i], lines);
    }
}

static void check_talk(const talk *one, uint32_t lines)
{
    assert(one->kind < KIND_COUNT);
    assert(one->line >= 1 && one->line <= one->end_line && one->end_line <= lines);
    check_value(&one->title, lines);
    check_value(&one->event, lines);
    check_value(&one->year, lines);
    check_value(&one->date, lines);
    check_values(&one->speakers, lines);
    check_values(&one->handles, lines);
    for (size_t i = 0; i < one->handles.count; i++)
        assert(one->handles.items[i].text.at[0] == '@' && one->handles.items[i].as.length > 0);
    check_values(&one->orgs, lines);
    check_values(&one->techs, lines);
    for (size_t i = 0; i < one->mark_count; i++) {
        assert(one->marks[i].offset <= one->body.length);
        assert(i == 0 || one->marks[i - 1].offset <= one->marks[i].offset);
    }
}

static void check_note(const note *found, uint32_t lines)
{
    for (size_t i = 0; i < found->talks.count; i++)
        check_talk(&found->talks.items[i], lines);
    assert(!found->warning || !strchr(found->warning, '\n'));
}

static uint32_t line_limit(span bytes)
{
    uint32_t lines = 2;
    for (size_t i = 0; i < bytes.length; i++)
        lines += bytes.at[i] == '\n' || bytes.at[i] == '\r';
    return lines;
}

/* Every question answered with yes, as if other notes told all of it. */
static map *answers(const keys *asks)
{
    map *told = map_new();
    for (size_t i = 0; i < asks->count; i++)
        map_put(told, asks->items[i], 1);
    return told;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lc_error error;
    if (!tables && reader_tables_new(NULL, &tables, &error) != LC_OK)
        return 0;
    arena *memory = arena_new();
    span rest = {(const char *)data, size}, path = span_cut_line(&rest);
    note_source source = {.root_name = SPAN("notes"), .path = path, .bytes = rest};
    note found, again;
    note_read(&source, NULL, tables, memory, &found);
    check_note(&found, line_limit(rest));
    map *told = answers(&found.asks);
    facts known = {.told = told};
    note_read(&source, &known, tables, memory, &again);
    check_note(&again, line_limit(rest));
    assert(again.tells.count == found.tells.count);
    map_free(told);
    arena_free(memory);
    return 0;
}
