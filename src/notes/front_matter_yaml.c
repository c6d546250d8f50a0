/* YAML front matter by libyaml's events: no tree, so that aliases can't multiply it. */
#include <string.h>
#include <yaml.h>

#include "notes/front_matter_parts.h"

typedef struct {
    bool map, want_key;
    size_t path_length; /* of the path that this map or list stands at */
} frame;

typedef struct {
    span anchor, text;
} anchored;

typedef struct {
    front_collector *to;
    uint32_t first_line, key_line;
    buffer path;
    frame frames[FRONT_DEPTH];
    size_t depth;
    size_t ignored;       /* levels open below FRONT_DEPTH or inside of a key */
    anchored anchors[16]; /* scalars that an alias may repeat */
    size_t anchor_count;
} yaml_reader;

static span scalar_text(const yaml_event_t *event)
{
    span text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    if (plain && (span_equal(text, SPAN("~")) || span_equal_nocase(text, SPAN("null"))))
        return SPAN_NONE;
    return text;
}

static frame *top(yaml_reader *of)
{
    return of->depth ? &of->frames[of->depth - 1] : NULL;
}

/* A value is over: what follows in a map is a key again. */
static void end_value(yaml_reader *of)
{
    frame *inner = top(of);
    if (!inner)
        return;
    inner->want_key = inner->map;
    of->path.length = inner->path_length;
}

static void take_text(yaml_reader *of, span text, uint32_t line)
{
    frame *inner = top(of);
    if (of->ignored || !inner)
        return;
    if (inner->map && inner->want_key) {
        of->path.length = inner->path_length;
        if (of->path.length)
            buffer_add_byte(&of->path, '.');
        buffer_add(&of->path, text);
        inner->want_key = false;
        of->key_line = line;
        return;
    }
    front_add(of->to, buffer_span(&of->path), text, of->key_line);
    end_value(of);
}

static void remember_anchor(yaml_reader *of, const yaml_event_t *event)
{
    const char *anchor = (const char *)event->data.scalar.anchor;
    if (!anchor || of->anchor_count == sizeof of->anchors / sizeof *of->anchors)
        return;
    of->anchors[of->anchor_count++] = (anchored){arena_copy(of->to->memory, span_of(anchor)),
                                                 arena_copy(of->to->memory, scalar_text(event))};
}

static span alias_text(const yaml_reader *of, const yaml_event_t *event)
{
    span name = span_of((const char *)event->data.alias.anchor);
    for (size_t i = of->anchor_count; i-- > 0;)
        if (span_equal(of->anchors[i].anchor, name))
            return of->anchors[i].text;
    return SPAN_NONE;
}

static void begin_collection(yaml_reader *of, bool is_map)
{
    frame *outer = top(of);
    if (of->ignored || of->depth == FRONT_DEPTH || (outer && outer->map && outer->want_key)) {
        of->ignored++;
        return;
    }
    of->frames[of->depth++] = (frame){is_map, is_map, of->path.length};
}

static void end_collection(yaml_reader *of)
{
    if (of->ignored) {
        if (--of->ignored)
            return;
        frame *outer = top(of);
        if (outer->map && outer->want_key) {
            outer->want_key = false; /* a map as a key has no name: its value has the path around */
            return;
        }
    } else {
        of->depth--;
    }
    end_value(of);
}

static void take_event(yaml_reader *of, const yaml_event_t *event)
{
    uint32_t line = of->first_line + (uint32_t)event->start_mark.line;
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        remember_anchor(of, event);
        take_text(of, scalar_text(event), line);
        break;
    case YAML_ALIAS_EVENT: take_text(of, alias_text(of, event), line); break;
    case YAML_MAPPING_START_EVENT: begin_collection(of, true); break;
    case YAML_SEQUENCE_START_EVENT: begin_collection(of, false); break;
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT: end_collection(of); break;
    default: break;
    }
}

static void warn(yaml_reader *of, const yaml_parser_t *parser)
{
    uint32_t line = of->first_line + (uint32_t)parser->problem_mark.line;
    front_warn(of->to, line, parser->problem ? parser->problem : "not valid YAML");
}

bool front_read_yaml(span text, uint32_t first_line, front_collector *to)
{
    yaml_parser_t parser;
    yaml_event_t event;
    yaml_reader of = {.to = to, .first_line = first_line};
    bool good = true, done = false;
    if (!yaml_parser_initialize(&parser))
        die_without_memory();
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.at, text.length);
    while (good && !done) {
        good = yaml_parser_parse(&parser, &event);
        if (!good)
            break;
        take_event(&of, &event);
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    if (!good && parser.error == YAML_MEMORY_ERROR)
        die_without_memory(); /* a note that is kept as broken would stay so */
    if (!good)
        warn(&of, &parser);
    yaml_parser_delete(&parser);
    buffer_free(&of.path);
    return good;
}
