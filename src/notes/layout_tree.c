/* layout_tree.c - the headings of a note as a tree, with their signs. */
#include "notes/layout_tree.h"

#include "notes/dates.h"
#include "notes/event.h"
#include "notes/heading_split.h"
#include "notes/label.h"
#include "notes/lookup.h"
#include "notes/tables.h"

/* ---- the tree ---- */

static bool names_people(const finding *f, span text)
{
    people who;
    if (span_find_byte(text, '\n') != SPAN_NOT_FOUND)
        return false;
    people_read(f->in->tables, text, PEOPLE_DOUBTFUL, f->in->memory, &who);
    return who.count && !who.foreign && who.likeness >= (who.role ? 0.3f : 0.6f);
}

/* "**Title**", or "**Title** - Name" with names in what is not bold. */
static bool is_bold_heading(const finding *f, const block *b)
{
    bool line = b->kind == BLOCK_PARAGRAPH && !b->depth && !b->quotes && b->text.length < 200 &&
                b->strong_count;
    size_t end = span_find_byte(b->text, '\n');
    if (line && end != SPAN_NOT_FOUND) /* "**Title**" and "**Name, Company**" right below */
        return block_all_strong(b) && names_people(f, span_from(b->text, end + 1));
    if (!line || block_all_strong(b))
        return line;
    heading_parts parts;
    if (b->strong[0].begin > 2 || b->strong_count > 1)
        return false;
    heading_read(f->in->tables, f->in->known, b->text, f->in->memory, 1, NULL, &parts);
    return parts.speakers.count && parts.title.length;
}

static void add_node(finding *f, size_t block_index, int level)
{
    node new = {.block = block_index, .level = level, .parent = -1};
    for (int i = (int)f->count - 1; i >= 0; i = f->nodes[i].parent) {
        if (f->nodes[i].level < level) {
            new.parent = i;
            break;
        }
    }
    ARENA_ADD(f->in->memory, f->nodes, f->count, f->capacity, new);
}

/* A few headings above the level that the file begins with are slips: raised to it. 0: none. */
static int level_floor(const blocks *text)
{
    int first = 0;
    size_t at_first = 0, above = 0;
    for (size_t i = 0; i < text->count; i++) {
        const block *b = &text->items[i];
        if (b->kind != BLOCK_HEADING || b->depth || b->quotes || !b->text.length)
            continue;
        if (!first)
            first = b->level;
        at_first += b->level == first;
        above += b->level < first;
    }
    return above * 3 <= at_first ? first : 0;
}

static void build_tree(finding *f, bool bold)
{
    const blocks *text = f->in->text;
    int least = level_floor(text);
    f->count = 0;
    for (size_t i = 0; i < text->count; i++) {
        const block *b = &text->items[i];
        if (b->kind == BLOCK_HEADING && !b->depth && !b->quotes && b->text.length)
            add_node(f, i, b->level > least ? b->level : least);
        else if (bold && is_bold_heading(f, b))
            add_node(f, i, LEVEL_BOLD);
    }
    for (size_t i = f->count; i-- > 0;) {
        f->nodes[i].end = i + 1;
        while (f->nodes[i].end < f->count && f->nodes[f->nodes[i].end].level > f->nodes[i].level)
            f->nodes[i].end = f->nodes[f->nodes[i].end].end;
    }
}

/* ---- signs ---- */

static size_t body_end(const finding *f, size_t n)
{
    return n + 1 < f->count ? f->nodes[n + 1].block : f->in->text->count;
}

/* How far under a heading label lines stand. */
enum { LABEL_BLOCKS_MAX = 8 };

static int label_sign(const finding *f, size_t from, size_t end)
{
    int sign = SIGN_NONE;
    for (size_t i = from; i < end && i < from + LABEL_BLOCKS_MAX; i++) {
        span text = f->in->text->items[i].text, text_value;
        for (size_t lines = 0; text.length && lines < 6; lines++) {
            uint32_t sense =
                label_read(f->in->tables, span_cut_line(&text), f->in->memory, &text_value);
            if (sense & (LABEL_SPEAKER | LABEL_MODERATOR) &&
                (text_value.length ||
                 (i + 1 < end && f->in->text->items[i + 1].depth > f->in->text->items[i].depth)))
                return SIGN_STRONG;
            if (sense & (LABEL_SLIDES | LABEL_VIDEO | LABEL_SCHEDULE) && text_value.length &&
                i < from + 3)
                sign = SIGN_MEDIUM;
        }
    }
    return sign;
}

static span first_line(span text)
{
    return span_cut_line(&text);
}

/* The line or item right under the heading names people. */
static int name_line_sign(const finding *f, size_t from, size_t end)
{
    if (from >= end)
        return SIGN_NONE;
    const block *b = &f->in->text->items[from];
    span line = span_trim(first_line(b->text));
    bool by = by_line_names(line).length > 0;
    if (b->kind != BLOCK_PARAGRAPH && b->kind != BLOCK_ITEM)
        return SIGN_NONE;
    people who;
    people_read(f->in->tables, by ? by_line_names(line) : line,
                by ? PEOPLE_LIKELY : PEOPLE_DOUBTFUL, f->in->memory, &who);
    if (!who.count || who.foreign || line.length > 150)
        return SIGN_NONE;
    if (by)
        return who.likeness > 0.1f ? SIGN_STRONG : SIGN_NONE;
    if (who.likeness > 0.8f && (who.role || b->kind == BLOCK_PARAGRAPH))
        return who.role ? SIGN_STRONG : SIGN_MEDIUM;
    return who.likeness > 0.5f && who.role && b->kind == BLOCK_PARAGRAPH ? SIGN_MEDIUM : SIGN_NONE;
}

bool is_date_heading(const finding *f, span text)
{
    size_t position = 0;
    date_find date;
    if (text.length > 60 || !date_next(f->in->tables->calendar, text, &position, &date))
        return false;
    span before = span_slice(text, 0, date.begin);
    return !path_topic(f->in->tables, before, f->in->memory).length && word_count(before) <= 3 &&
           word_count(span_from(text, date.end)) <= 2;
}

/* "Grace Hopper - Compilers for everyone": a talk of its own, whose title would pass for a company.
 */
static bool has_title_too(const finding *f, span text)
{
    enum { TITLE_WORDS = 3, LENIENCE = 1 };
    heading_parts parts;
    heading_read(f->in->tables, f->in->known, text, f->in->memory, LENIENCE, NULL, &parts);
    return parts.rule && word_count(parts.title) >= TITLE_WORDS;
}

/* "## Shawn Inman, e-fellow" right under "# Mighty Model Managers". */
static bool sub_heading_names(const finding *f, size_t n)
{
    if (n + 1 >= f->count || f->nodes[n + 1].block != f->nodes[n].block + 1 ||
        f->nodes[n + 1].level <= f->nodes[n].level)
        return false;
    people who;
    span text = f->in->text->items[f->nodes[n + 1].block].text;
    people_read(f->in->tables, text, PEOPLE_DOUBTFUL, f->in->memory, &who);
    if (!who.count || who.foreign || who.likeness < (who.role ? 0.3f : 0.6f) ||
        has_title_too(f, text))
        return false;
    /* not the first talk of a day: "### Title - Name" */
    return !is_date_heading(f, f->in->text->items[f->nodes[n].block].text);
}

/* "A few notes from the PyTorch Conference 2024": nothing but an event and small words. */
static bool is_report_heading(const finding *f, span text)
{
    event_found event;
    size_t position = 0;
    span word;
    size_t dash;
    bool dashed = dash_find(text, 0, &dash) != SPAN_NOT_FOUND; /* "FooConf 2023 - what I saw" */
    if (text.length > 120 || !year_find(text) || span_find_byte(text, ':') != SPAN_NOT_FOUND ||
        !event_from_text(f->in->tables, text, false, f->in->memory, &event))
        return false;
    span cited = text_key(event.name, f->in->memory);
    size_t strange = 0, place = 0; /* one or two words behind the event: where it was */
    while (word_next(text, &position, &word)) {
        span key = text_key(word, f->in->memory);
        bool of_event = span_find(cited, key) != SPAN_NOT_FOUND;
        uint32_t senses = lookup_key(f->in->tables->headings, key);
        bool small = senses & (HEADING_REPORT | HEADING_NOISE | HEADING_PLACE) ||
                     lookup_key(f->in->tables->calendar, key) || span_number(key) >= 0;
        place += of_event;
        strange += of_event || small ? 0 : place ? 1 : 3;
    }
    return strange <= (dashed ? 0 : 2);
}

/* By its words the heading of a group: a day, a date, a weekday, an event, "Sessions". */
static bool is_group(const finding *f, const node *n)
{
    span text = f->in->text->items[n->block].text;
    if (n->parts.speakers.count || n->parts.talk_number)
        return false;
    if (n->parts.senses & (HEADING_CONTAINER | HEADING_LIGHTNING) || is_date_heading(f, text))
        return true;
    if (!n->block && !n->parts.kinds && is_report_heading(f, text))
        return true;
    event_found event;
    bool named =
        text.length < 100 && event_from_text(f->in->tables, text, false, f->in->memory, &event);
    span rest = path_topic(f->in->tables, text, f->in->memory);
    bool topic = rest.length > 0;
    bool keynote_only = n->parts.kinds && !n->parts.title.length;
    if (!topic && !keynote_only && text.length < 60)
        return true; /* "Day 2", "Wednesday morning", "KubeCon 2019 notes" */
    bool short_rest = word_count(rest) <= 2;
    bool year_last =
        year_find(text) && word_count(text) <= 5 && byte_is_digit(text.at[text.length - 1]);
    bool alone = f->nodes[n->parent < 0 ? 0 : n->parent].block == n->block && f->count > 2;
    if (year_last && alone && !n->parts.kinds && !n->under_name)
        return true; /* "UAI 2023" above everything */
    return named && short_rest && !n->parts.kinds &&
           (year_find(text) || lookup(f->in->tables->calendar, text, f->in->memory) || !n->block);
}

/* "Day 2 Keynote" is a group of keynotes. */
static uint32_t kind_words(const finding *f, span text)
{
    uint32_t bits = 0;
    size_t position = 0;
    span word;
    while (word_next(text, &position, &word))
        bits |= lookup(f->in->tables->headings, word, f->in->memory) &
                (HEADING_KEYNOTE | HEADING_LIGHTNING | HEADING_PANEL);
    return bits;
}

static void read_two_lines(finding *f, node *at, size_t first)
{
    span text = f->in->text->items[at->block].text;
    heading_read(f->in->tables, f->in->known, span_slice(text, 0, first), f->in->memory, 0, NULL,
                 &at->parts);
    people_read(f->in->tables, span_from(text, first + 1), PEOPLE_DOUBTFUL, f->in->memory,
                &at->parts.speakers);
    at->parts.rule = "bold-line";
    at->parts.confidence = 0.9f;
}

/* So name-like must be the text of a link at a heading's end. */
#define LINKED_LIKENESS 0.75f

/* "## Widgets [Grace Hopper](https://example.com)": the link at the end is the speaker's. */
static void read_linked_name(const finding *f, const block *b, heading_parts *parts)
{
    const link *last = b->link_count ? &b->links[b->link_count - 1] : NULL;
    if (!last || parts->rule || !last->begin || last->begin + last->text.length != b->text.length)
        return;
    span title = span_trim(span_slice(b->text, 0, last->begin));
    size_t blank = span_find_last_byte(title, ' ');
    span before = span_from(title, blank == SPAN_NOT_FOUND ? 0 : blank + 1);
    people who;
    people_read(f->in->tables, last->text, PEOPLE_DOUBTFUL, f->in->memory, &who);
    if (!title.length || !who.count || who.foreign || who.likeness < LINKED_LIKENESS ||
        lookup(f->in->tables->prose_cues, before, f->in->memory) & CUE_PREPOSITION)
        return;
    heading_read(f->in->tables, f->in->known, title, f->in->memory, 0, NULL, parts);
    parts->speakers = who;
    parts->rule = "heading-link";
    parts->confidence = 0.85f;
}

static void judge_signs(finding *f, size_t n, int lenience)
{
    node *at = &f->nodes[n];
    const block *b = &f->in->text->items[at->block];
    heading_read(f->in->tables, f->in->known, b->text, f->in->memory,
                 !lenience && at->level == LEVEL_BOLD ? 1 : lenience, f->in->asks, &at->parts);
    read_linked_name(f, b, &at->parts);
    size_t first = span_find_byte(b->text, '\n');
    if (at->level == LEVEL_BOLD && first != SPAN_NOT_FOUND)
        read_two_lines(f, at, first);
    size_t from = at->block + 1, end = body_end(f, n);
    int label = label_sign(f, from, end), line = name_line_sign(f, from, end);
    at->under_name = sub_heading_names(f, n);
    at->sign = label > line ? label : line;
    bool kind_prefix =
        at->parts.kinds && at->parts.title.length && !(at->parts.senses & HEADING_KINDS);
    if (at->parts.speakers.count || at->under_name || at->parts.talk_number || kind_prefix)
        at->sign = SIGN_STRONG;
    else if (at->sign < SIGN_MEDIUM && at->parts.timed)
        at->sign = SIGN_MEDIUM;
    at->group = is_group(f, at);
    if (at->group && !at->parts.kinds)
        at->parts.kinds = kind_words(f, b->text);
}

bool is_section_heading(const finding *f, const node *n)
{
    static const char *const begins[] = {
        "section ",  "step ",    "lab ",        "part ",     "q a",       "questions", "notes ",
        "exercise ", "things ",  "to read",     "to watch",  "to google", "to try",    "to look",
        "to learn",  "to check", "to research", "to follow", "stuff to",  "links to",  "more on"};
    if (n->parts.senses & HEADING_SECTION)
        return true;
    span key = text_key(f->in->text->items[n->block].text, f->in->memory);
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        if (span_starts_with(key, span_of(begins[i])))
            return true;
    }
    return false;
}

/* In pasted plain text the first bare line stands above all others when it names day or event. */
static void lift_first_bare(finding *f)
{
    if (!f->in->text->plain || f->count < 2 || !f->nodes[0].group)
        return;
    f->nodes[0].end = f->count;
    for (size_t n = 1; n < f->count; n++) {
        if (f->nodes[n].parent < 0)
            f->nodes[n].parent = 0;
    }
}

static size_t bold_signs(finding *f)
{
    size_t found = 0;
    build_tree(f, true);
    for (size_t n = 0; n < f->count; n++) {
        if (f->nodes[n].level == LEVEL_BOLD) {
            judge_signs(f, n, 0);
            found += f->nodes[n].sign >= SIGN_MEDIUM;
        }
    }
    return found;
}

/* "Snapshot - Title": words before a dash that neighbours share are the kind of session. */
static span dash_prefix(const node *n)
{
    size_t length = 0, at = dash_find(n->parts.title, 0, &length);
    span prefix = at == SPAN_NOT_FOUND ? SPAN_NONE : span_slice(n->parts.title, 0, at);
    return word_count(prefix) <= 2 ? prefix : SPAN_NONE;
}

static void strip_shared_prefixes(finding *f)
{
    map *seen = map_new();
    for (size_t n = 0; n < f->count; n++) {
        span prefix = dash_prefix(&f->nodes[n]);
        if (prefix.length)
            ++*map_put(seen, prefix, 0);
    }
    for (size_t n = 0; n < f->count; n++) {
        span prefix = dash_prefix(&f->nodes[n]);
        const uint32_t *times = prefix.length ? map_get(seen, prefix) : NULL;
        bool topic = technology_canonical(f->in->tables->technologies, prefix) != TECHNOLOGY_NONE;
        size_t length = 0, at = dash_find(f->nodes[n].parts.title, 0, &length);
        if (times && *times >= 2 && !topic)
            f->nodes[n].parts.title = span_trim(span_from(f->nodes[n].parts.title, at + length));
    }
    map_free(seen);
}

void tree_read(finding *f)
{
    size_t bold = bold_signs(f);
    if (bold < 2)
        build_tree(f, false);
    size_t named[LEVEL_BOLD + 1] = {0}, all[LEVEL_BOLD + 1] = {0};
    for (size_t n = 0; n < f->count; n++) {
        judge_signs(f, n, 0);
        named[f->nodes[n].level] += f->nodes[n].parts.rule != NULL;
        all[f->nodes[n].level]++;
    }
    for (size_t n = 0; n < f->count; n++) { /* most neighbours name their speakers */
        int level = f->nodes[n].level;
        if (!f->nodes[n].parts.rule && named[level] >= 3 && named[level] * 2 >= all[level])
            judge_signs(f, n, named[level] >= 5 && named[level] * 5 >= all[level] * 4 ? 2 : 1);
    }
    strip_shared_prefixes(f);
    lift_first_bare(f);
}
