#include "notes/front_matter.h"

#include <string.h>

#include "base/utf8.h"
#include "notes/front_matter_parts.h"

/* ---- collecting ---- */

static size_t entry_number(front_collector *to, span key, uint32_t line)
{
    buffer_clear(&to->key);
    utf8_fold(span_trim(key), &to->key);
    if (!to->key.length) /* nothing but marks that folding drops */
        buffer_add(&to->key, span_trim(key));
    uint32_t number = *map_put(to->known, buffer_span(&to->key), (uint32_t)to->out->count);
    if (number < to->out->count)
        return number;
    front_entry made = {.key = arena_copy(to->memory, buffer_span(&to->key)), .line = line};
    size_t count = to->out->count, none = 0;
    ARENA_ADD(to->memory, to->item_capacity, count, to->item_capacity_room, none);
    ARENA_ADD(to->memory, to->out->items, to->out->count, to->capacity, made);
    return number;
}

void front_add(front_collector *to, span key, span value, uint32_t line)
{
    value = span_trim(value);
    if (++to->item_total > FRONT_ITEMS || !span_trim(key).length)
        return;
    size_t number = entry_number(to, key, line);
    front_entry *entry = &to->out->items[number];
    if (!value.length)
        return;
    span copy = arena_copy(to->memory, value);
    ARENA_ADD(to->memory, entry->items, entry->item_count, to->item_capacity[number], copy);
}

void front_warn(front_collector *to, uint32_t line, const char *what)
{
    if (to->out->warning)
        return;
    to->out->warning = arena_printf(to->memory, "front matter: %s", what).at;
    to->out->warning_line = line;
}

void front_forget(front_collector *what)
{
    what->out->count = 0;
    what->item_total = 0;
    map_clear(what->known);
}

static void join_items(front_entry *entry, arena *memory)
{
    buffer joined = {0};
    if (entry->item_count == 1)
        entry->text = entry->items[0];
    for (size_t i = 0; entry->item_count > 1 && i < entry->item_count; i++) {
        if (i)
            buffer_add_text(&joined, ", ");
        buffer_add(&joined, entry->items[i]);
    }
    if (entry->item_count > 1)
        entry->text = arena_copy(memory, buffer_span(&joined));
    buffer_free(&joined);
}

const front_entry *front_matter_find(const front_matter *in, span key)
{
    for (size_t i = 0; i < in->count; i++)
        if (span_equal(in->items[i].key, key))
            return &in->items[i];
    return NULL;
}

/* ---- `key: value` lines ---- */

static bool is_key(span key)
{
    enum { LONGEST_KEY = 40, MOST_BLANKS = 2 };
    size_t blanks = 0;
    if (!key.length || key.length > LONGEST_KEY)
        return false;
    unsigned char first = (unsigned char)key.at[0];
    if (!byte_is_alpha((char)first) && first < 0x80 && !strchr("_\"'$", first))
        return false;
    for (size_t i = 0; i < key.length; i++) {
        blanks += key.at[i] == ' ';
        if (strchr("#*[]{}()`<>|!?,;\t", key.at[i]))
            return false;
    }
    return blanks <= MOST_BLANKS && span_find(key, SPAN(". ")) == SPAN_NOT_FOUND;
}

static span without_quotes(span text)
{
    if (text.length >= 2 && strchr("\"'", text.at[0]) && text.at[text.length - 1] == text.at[0])
        return span_slice(text, 1, text.length - 2);
    return text;
}

bool front_cut_key(span line, span *key_out, span *value_out)
{
    size_t colon = span_find_byte(line, ':');
    if (colon == SPAN_NOT_FOUND || (colon + 1 < line.length && !byte_is_space(line.at[colon + 1])))
        return false;
    span key = span_trim(span_slice(line, 0, colon));
    if (!is_key(key))
        return false;
    *key_out = without_quotes(key);
    *value_out = span_trim(span_from(line, colon + 1));
    return true;
}

/* `[a, b]` is a list also where YAML failed, unless it is the beginning of `[text](url)`. */
static void add_line_value(front_collector *to, span key, span value, uint32_t line)
{
    if (value.length > 2 && value.at[0] == '[' && value.at[value.length - 1] == ']') {
        span rest = span_slice(value, 1, value.length - 2);
        while (rest.length)
            front_add(to, key, without_quotes(span_trim(span_cut(&rest, ','))), line);
        return;
    }
    bool indicator = value.length && value.length <= 2 && strchr("|>", value.at[0]);
    front_add(to, key, indicator ? SPAN_NONE : without_quotes(value), line);
}

/* A line that goes on with the value above it. */
static void add_continuation(front_collector *to, span key, span text, uint32_t line)
{
    size_t number = entry_number(to, key, line);
    front_entry *entry = &to->out->items[number];
    if (!entry->item_count) {
        front_add(to, key, text, line);
        return;
    }
    enum { LONGEST_VALUE = 4096 }; /* each continuation copies the value: keeps that linear */
    span *last = &entry->items[entry->item_count - 1];
    if (last->length < LONGEST_VALUE)
        *last = arena_printf(to->memory, "%.*s %.*s", SPAN_ARG(*last), SPAN_ARG(text));
}

static void read_inner_line(front_collector *to, span outer, span text, uint32_t line)
{
    span key, value;
    bool item = text.length > 1 && text.at[0] == '-' && text.at[1] == ' ';
    if (item)
        text = span_trim(span_from(text, 2));
    if (front_cut_key(text, &key, &value)) {
        span path = arena_printf(to->memory, "%.*s.%.*s", SPAN_ARG(outer), SPAN_ARG(key));
        add_line_value(to, path, value, line);
    } else if (item) {
        add_line_value(to, outer, text, line);
    } else {
        add_continuation(to, outer, text, line);
    }
}

void front_read_lines(span text, uint32_t first_line, front_collector *to)
{
    span outer = SPAN_NONE, key, value;
    for (uint32_t line = first_line; text.length; line++) {
        span whole = span_cut(&text, '\n'), trimmed = span_trim(whole);
        if (!trimmed.length || trimmed.at[0] == '#')
            continue;
        bool inner = byte_is_space(whole.at[0]) || (trimmed.at[0] == '-' && outer.length);
        if (!inner && front_cut_key(trimmed, &key, &value)) {
            outer = key;
            add_line_value(to, key, value, line);
        } else if (inner && outer.length) {
            read_inner_line(to, outer, trimmed, line);
        }
    }
}

/* ---- where it ends ---- */

static bool is_fence(span line, const char *fence)
{
    while (line.length && byte_is_space(line.at[line.length - 1]))
        line.length--;
    return span_equal(line, span_of(fence));
}

/* Begin of the line behind the first whole line that is a fence; 0 when there is none near. The
 * text between is put into *inside_out. */
static size_t fenced(span text, const char *open, const char *close, const char *other,
                     span *inside_out)
{
    span rest = span_slice(text, 0, FRONT_BYTES);
    bool cut_off = text.length > FRONT_BYTES;
    if (!is_fence(span_cut(&rest, '\n'), open))
        return 0;
    const char *begin = rest.at;
    while (rest.length) {
        const char *line_begin = rest.at;
        span line = span_cut(&rest, '\n');
        if (cut_off && !rest.length)
            return 0;
        if (is_fence(line, close) || is_fence(line, other)) {
            *inside_out = span_between(begin, line_begin);
            return (size_t)(rest.at - text.at);
        }
    }
    return 0;
}

/* Between two rules there may stand prose as well: front matter begins with a key, and most of its
 * lines at the margin are keys. */
static bool is_mostly_keys(span inside)
{
    size_t keys = 0, others = 0;
    span key, value;
    while (inside.length) {
        span line = span_cut(&inside, '\n');
        if (!span_trim(line).length || byte_is_space(line.at[0]) || strchr("#-", line.at[0]))
            continue;
        if (front_cut_key(line, &key, &value))
            keys++;
        else if (!keys)
            return false;
        else
            others += !strchr("]}", line.at[0]);
    }
    return keys > 0 && keys >= 2 * others;
}

static size_t read_yaml_block(span text, front_collector *to)
{
    span inside;
    size_t length = fenced(text, "---", "---", "...", &inside);
    if (!length || !is_mostly_keys(inside))
        return 0;
    if (!front_read_yaml(inside, 2, to)) {
        front_forget(to);
        front_read_lines(inside, 2, to);
    }
    return length;
}

static size_t read_toml_block(span text, front_collector *to)
{
    span inside;
    size_t length = fenced(text, "+++", "+++", "+++", &inside);
    if (length)
        front_read_toml(inside, 2, to);
    return length;
}

/* ---- heads without fences ---- */

/* Words that label a fact of a talk. */
static const struct {
    char word[12];
    bool names; /* what follows is a title or a name of something, as good as a heading */
} talk_keys[] = {
    {"title", true},      {"subtitle", true},   {"talk", true},       {"session", true},
    {"topic", true},      {"event", true},      {"events", true},     {"conference", true},
    {"speaker", false},   {"speakers", false},  {"presenter", false}, {"presenters", false},
    {"author", false},    {"authors", false},   {"host", false},      {"hosts", false},
    {"panelists", false}, {"moderator", false}, {"company", false},   {"date", false},
    {"when", false},      {"time", false},      {"where", false},     {"room", false},
    {"venue", false},     {"location", false},  {"track", false},     {"tag", false},
    {"tags", false},      {"slides", false},    {"video", false},     {"recording", false},
    {"link", false},      {"links", false},     {"url", false},       {"abstract", false},
    {"type", false}};

bool is_talk_key(span key, bool *names_out)
{
    for (size_t i = 0; i < sizeof talk_keys / sizeof *talk_keys; i++)
        if (span_equal_nocase(key, span_of(talk_keys[i].word))) {
            *names_out = talk_keys[i].names;
            return true;
        }
    return false;
}

/* `@key value` and `:key: value`. */
static bool cut_marked_key(span line, span *key_out, span *value_out)
{
    char mark = line.length ? line.at[0] : '\0';
    if (mark != '@' && mark != ':')
        return false;
    span rest = span_from(line, 1);
    size_t end = 0;
    while (end < rest.length && (byte_is_alnum(rest.at[end]) || strchr("-_", rest.at[end])))
        end++;
    *key_out = span_slice(rest, 0, end);
    rest = span_from(rest, end);
    if (!end || (mark == ':' && (!rest.length || rest.at[0] != ':')))
        return false;
    *value_out = span_trim(span_from(rest, mark == ':'));
    return mark == ':' || !rest.length || byte_is_space(rest.at[0]);
}

typedef bool cut_key(span line, span *key_out, span *value_out);

/* Length of the lines at the top that all have a key (or go on with the one above) down to a blank
 * line or the end; 0 when one has not, or none has a key of talks. */
static size_t head_length(span text, cut_key *cut)
{
    enum { MOST_LINES = 40 };
    span rest = span_slice(text, 0, FRONT_BYTES), key, value;
    bool talk_key = false, names;
    for (size_t lines = 0; lines < MOST_LINES && rest.length; lines++) {
        const char *begin = rest.at;
        span line = span_cut(&rest, '\n');
        if (!span_trim(line).length)
            return lines && talk_key ? (size_t)(begin - text.at) : 0;
        if (cut(line, &key, &value))
            talk_key |= is_talk_key(key, &names);
        else if (!lines || !byte_is_space(line.at[0]))
            return 0;
    }
    return !rest.length && talk_key && rest.at == text.at + text.length ? text.length : 0;
}

static void read_marked_lines(span head, front_collector *to)
{
    span key = SPAN_NONE, value;
    for (uint32_t line = 1; head.length; line++) {
        span whole = span_cut(&head, '\n'), next;
        if (cut_marked_key(whole, &next, &value)) {
            key = next;
            front_add(to, key, value, line);
        } else if (span_trim(whole).length) {
            add_continuation(to, key, span_trim(whole), line);
        }
    }
}

static size_t read_head(span text, front_collector *to)
{
    size_t length = head_length(text, front_cut_key);
    if (length) {
        front_read_lines(span_slice(text, 0, length), 1, to);
        return length;
    }
    length = head_length(text, cut_marked_key);
    read_marked_lines(span_slice(text, 0, length), to);
    return length;
}

/* ---- the whole ---- */

size_t front_matter_read(span text, arena *memory, front_matter *out)
{
    *out = (front_matter){0};
    if (!text.length)
        return 0;
    front_collector to = {.memory = memory, .out = out, .known = map_new()};
    size_t length = read_yaml_block(text, &to);
    if (!length)
        length = read_toml_block(text, &to);
    if (!length)
        length = read_head(text, &to);
    for (size_t i = 0; i < out->count; i++)
        join_items(&out->items[i], memory);
    for (size_t i = 0; i < length; i++)
        out->lines += text.at[i] == '\n';
    map_free(to.known);
    buffer_free(&to.key);
    return length;
}
