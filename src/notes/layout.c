/* layout.c - where do talks begin? */
#include "notes/layout.h"

#include "base/file.h"
#include "notes/dates.h"
#include "notes/event.h"
#include "notes/items.h"
#include "notes/label.h"
#include "notes/lookup.h"
#include "notes/person_name.h"
#include "notes/tables.h"

enum { LEVEL_BARE = 0, LEVEL_BOLD = 7, SIGN_NONE = 0, SIGN_MEDIUM = 2, SIGN_STRONG = 3 };

/* What a heading-like block turns out to be. */
typedef enum { ROLE_SECTION, ROLE_TALK, ROLE_CONTAINER, ROLE_IDLE } heading_role;

typedef struct {
    size_t block;
    int level;
    int parent; /* index of the node above, -1 at the top */
    size_t end; /* the first node behind its subtree */
    heading_parts parts;
    int sign;
    bool under_name; /* the next line or sub-heading is the speaker */
    bool group;      /* day, date, event, "Sessions": by its words the heading of a group */
    heading_role role;
} node;

typedef struct {
    const layout_input *in;
    layout *out;
    node *nodes;
    size_t count, capacity;
    bool index_file, day_file; /* by the file's name */
    span topic;                /* by the file's name; may be empty */
} finding;

static span stem_of(span path)
{
    span name = path_name(path), ending = path_ending(path);
    return ending.length ? span_slice(name, 0, name.length - ending.length - 1) : name;
}

bool is_index_file(const reader_tables *tables, span path, arena *scratch)
{
    (void)tables;
    static const char *const names[] = {
        "readme",   "index",           "summary",   "_index", "contributing",
        "license",  "code of conduct", "changelog", "toc",    "table of contents",
        "glossary", "terms",           "todo",      "home",   "_sidebar",
        "links",    "resources",       "template",  "about"};
    span stem = text_key(slug_words(stem_of(path), scratch), scratch);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (span_equal(stem, text_key(span_of(names[i]), scratch)))
            return true;
    }
    return false;
}

/* ---- the tree ---- */

/* "**Title**", or "**Title** - Name" with names in what is not bold. */
static bool is_bold_heading(const finding *f, const block *b)
{
    bool line = b->kind == BLOCK_PARAGRAPH && !b->depth && !b->quotes && b->text.length < 200 &&
                b->strong_count && span_find_byte(b->text, '\n') == SPAN_NOT_FOUND;
    if (!line || block_all_strong(b))
        return line;
    heading_parts parts;
    if (b->strong[0].begin > 2 || b->strong_count > 1)
        return false;
    heading_read(f->in->tables, f->in->known, b->text, f->in->memory, true, NULL, &parts);
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
    bool by = span_starts_with_nocase(line, SPAN("by "));
    if (b->kind != BLOCK_PARAGRAPH && b->kind != BLOCK_ITEM)
        return SIGN_NONE;
    people who;
    people_read(f->in->tables, line, by ? PEOPLE_LIKELY : PEOPLE_DOUBTFUL, f->in->memory, &who);
    if (!who.count || who.foreign || line.length > 150)
        return SIGN_NONE;
    if (by)
        return who.likeness > 0.1f ? SIGN_STRONG : SIGN_NONE;
    if (who.likeness > 0.8f && (who.role || b->kind == BLOCK_PARAGRAPH))
        return who.role ? SIGN_STRONG : SIGN_MEDIUM;
    return who.likeness > 0.5f && who.role && b->kind == BLOCK_PARAGRAPH ? SIGN_MEDIUM : SIGN_NONE;
}

/* "## Shawn Inman, e-fellow" right under "# Mighty Model Managers". */
static bool sub_heading_names(const finding *f, size_t n)
{
    if (n + 1 >= f->count || f->nodes[n + 1].block != f->nodes[n].block + 1 ||
        f->nodes[n + 1].level <= f->nodes[n].level)
        return false;
    people who;
    people_read(f->in->tables, f->in->text->items[f->nodes[n + 1].block].text, PEOPLE_DOUBTFUL,
                f->in->memory, &who);
    return who.count && !who.foreign && who.likeness >= (who.role ? 0.3f : 0.6f);
}

static bool is_date_heading(const finding *f, span text)
{
    size_t position = 0;
    date_find date;
    if (text.length > 60 || !date_next(f->in->tables->calendar, text, &position, &date))
        return false;
    span before = span_slice(text, 0, date.begin);
    return !path_topic(f->in->tables, before, f->in->memory).length && word_count(before) <= 3 &&
           word_count(span_from(text, date.end)) <= 2;
}

/* By its words the heading of a group: a day, a date, a weekday, an event, "Sessions". */
static bool is_group(const finding *f, const node *n)
{
    span text = f->in->text->items[n->block].text;
    if (n->parts.speakers.count || n->parts.talk_number)
        return false;
    if (n->parts.senses & (HEADING_CONTAINER | HEADING_LIGHTNING) || is_date_heading(f, text))
        return true;
    event_found event;
    bool named =
        text.length < 100 && event_from_text(f->in->tables, text, false, f->in->memory, &event);
    bool topic = path_topic(f->in->tables, text, f->in->memory).length > 0;
    bool keynote_only = n->parts.kinds && !n->parts.title.length;
    if (!topic && !keynote_only && text.length < 60)
        return true; /* "Day 2", "Wednesday morning", "KubeCon 2019 notes" */
    span rest = path_topic(f->in->tables, text, f->in->memory);
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

static void judge_signs(finding *f, size_t n, bool lenient)
{
    node *at = &f->nodes[n];
    const block *b = &f->in->text->items[at->block];
    heading_read(f->in->tables, f->in->known, b->text, f->in->memory,
                 lenient || at->level == LEVEL_BOLD, f->in->asks, &at->parts);
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

/* ---- roles ---- */

static bool is_section_words(const finding *f, const node *n)
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

/* Strong signs in the subtree below n, and the number of its children. */
static size_t strong_below(const finding *f, size_t n, size_t *children_out)
{
    size_t strong = 0, children = 0;
    for (size_t i = n + 1; i < f->nodes[n].end; i++) {
        bool speaker_line = f->nodes[n].under_name && i == n + 1;
        strong += f->nodes[i].sign >= SIGN_STRONG && !speaker_line;
        children += f->nodes[i].parent == (int)n && !speaker_line;
    }
    *children_out = children;
    return strong;
}

static void place_talk(finding *f, size_t first, size_t end, talk_origin origin, int heading,
                       const heading_parts *parts, int container)
{
    talk_place place = {
        .origin = origin, .heading = heading, .first = first, .end = end, .header = NO_BLOCK};
    if (parts)
        place.parts = *parts;
    for (int c = container; c >= 0; c = f->nodes[c].parent) {
        if (place.container_count < CONTAINERS_MAX)
            place.containers[place.container_count++] = (int)f->nodes[c].block;
        if (!place.kinds)
            place.kinds = f->nodes[c].parts.kinds;
    }
    ARENA_ADD(f->in->memory, f->out->items, f->out->count, f->out->capacity, place);
}

static size_t subtree_block_end(const finding *f, size_t n)
{
    return f->nodes[n].end < f->count ? f->nodes[f->nodes[n].end].block : f->in->text->count;
}

/* A talk of node n that reaches to the block `end`. */
static void talk_of_node(finding *f, size_t n, size_t end)
{
    place_talk(f, f->nodes[n].block, end, ORIGIN_HEADING, (int)f->nodes[n].block,
               &f->nodes[n].parts, f->nodes[n].parent);
}

static void items_of_node(finding *f, size_t n, size_t end)
{
    size_t from = n == SIZE_MAX ? 0 : f->nodes[n].block + 1;
    talk_item *items;
    uint32_t kinds = n == SIZE_MAX ? 0 : f->nodes[n].parts.kinds;
    size_t count = items_find(f->in, from, end, kinds, &items);
    for (size_t i = 0; i < count; i++) {
        place_talk(f, items[i].first, items[i].end, items[i].row ? ORIGIN_ROW : ORIGIN_ITEM,
                   (int)items[i].first, &items[i].parts, n == SIZE_MAX ? -1 : (int)n);
        f->out->items[f->out->count - 1].header = items[i].header;
    }
}

static heading_role role_in_container(const finding *f, size_t n)
{
    const node *at = &f->nodes[n];
    size_t children, strong = strong_below(f, n, &children);
    bool own = at->parts.speakers.count || at->under_name;
    if (strong >= 2 && !own)
        return ROLE_CONTAINER;
    if (strong == 1 && children <= 3 && !own &&
        (at->group || (at->parts.kinds && !at->parts.title.length)))
        return ROLE_CONTAINER;
    bool session =
        at->parts.kinds == HEADING_TALK && at->sign == SIGN_STRONG && !at->parts.speakers.count;
    if (session && strong && strong == children)
        return ROLE_CONTAINER;
    if (at->parts.senses & HEADING_IDLE)
        return ROLE_IDLE;
    if (at->sign < SIGN_STRONG && is_section_words(f, at))
        return ROLE_SECTION;
    if (at->group)
        return ROLE_CONTAINER;
    return ROLE_TALK;
}

static bool behind_rule(const finding *f, size_t n)
{
    size_t at = f->nodes[n].block;
    return at == 0 || f->in->text->items[at - 1].kind == BLOCK_RULE;
}

/* Whether the writer parts talks by rules: nearly every heading with a sign stands behind one. */
static bool parted_by_rules(const finding *f, size_t from, size_t end)
{
    size_t behind = 0, with_sign = 0;
    for (size_t n = from; n < end; n++) {
        bool strong = f->nodes[n].sign >= SIGN_STRONG && f->nodes[n].level == f->nodes[from].level;
        with_sign += strong;
        behind += strong && behind_rule(f, n);
    }
    return behind >= 2 && behind * 3 >= with_sign * 2;
}

static void place_children(finding *f, int parent, size_t from, size_t end);

/* A container without sub-headings: talks are its items or rows, or it is itself one talk. */
static void place_leaf_container(finding *f, size_t n)
{
    size_t end = subtree_block_end(f, n), before = f->out->count;
    items_of_node(f, n, end);
    bool has_text = f->nodes[n].block + 1 < end;
    bool talk_like =
        f->nodes[n].parts.kinds && !is_date_heading(f, f->in->text->items[f->nodes[n].block].text);
    if (f->out->count == before && has_text && talk_like)
        talk_of_node(f, n, end);
}

static void place_node(finding *f, size_t n, heading_role role)
{
    size_t end = subtree_block_end(f, n);
    f->nodes[n].role = role;
    if (role == ROLE_TALK)
        talk_of_node(f, n, end);
    else if (role == ROLE_CONTAINER && f->nodes[n].end > n + 1)
        place_children(f, (int)n, n + 1, f->nodes[n].end);
    else if (role == ROLE_CONTAINER)
        place_leaf_container(f, n);
}

/* The children of a container (or of the file): each by its own role; a section right behind a
 * talk belongs to it. */
static void place_children(finding *f, int parent, size_t from, size_t end)
{
    bool rules = parted_by_rules(f, from, end);
    for (size_t n = from; n < end; n = f->nodes[n].end) {
        heading_role role = role_in_container(f, n);
        if (rules && f->nodes[n].sign < SIGN_STRONG && !behind_rule(f, n))
            role = ROLE_SECTION;
        talk_place *last = f->out->count ? &f->out->items[f->out->count - 1] : NULL;
        bool follows = last && last->end == f->nodes[n].block && f->nodes[n].parent == parent;
        if (role == ROLE_SECTION && follows)
            last->end = subtree_block_end(f, n);
        else
            place_node(f, n, role);
    }
}

/* ---- the file ---- */

static size_t count_top(const finding *f, int least_sign, size_t *top_out)
{
    size_t signed_nodes = 0;
    *top_out = 0;
    for (size_t n = 0; n < f->count; n = f->nodes[n].end) {
        ++*top_out;
        signed_nodes += f->nodes[n].sign >= least_sign;
    }
    return signed_nodes;
}

static void whole_file(finding *f, int heading_node)
{
    size_t end = f->in->text->count;
    if (heading_node >= 0)
        talk_of_node(f, (size_t)heading_node, end);
    else
        place_talk(f, 0, end, ORIGIN_FILE, NO_BLOCK, NULL, -1);
    f->out->items[f->out->count - 1].first = 0;
}

static bool first_is_event(const finding *f)
{
    return f->count && f->nodes[0].group;
}

/* Whether the headings below read like titles rather than sections: mostly four words and more. */
static bool children_are_titles(const finding *f, size_t n)
{
    size_t children = 0, titles = 0;
    for (size_t i = n + 1; i < f->nodes[n].end; i++) {
        if (f->nodes[i].parent != (int)n)
            continue;
        span text = f->in->text->items[f->nodes[i].block].text;
        children++;
        titles += word_count(text) >= 4 && !is_section_words(f, &f->nodes[i]);
    }
    size_t own = word_count(f->in->text->items[f->nodes[n].block].text);
    return children >= 5 && titles * 10 >= children * 7 && own <= 4;
}

/* One heading at the top: the talk's title, or the name of a day or an event. */
static void place_single_top(finding *f)
{
    size_t children, strong = strong_below(f, 0, &children);
    node *top = &f->nodes[0];
    bool own = top->parts.speakers.count || top->under_name || top->sign >= SIGN_STRONG;
    if (top->group && !top->parts.speakers.count && !strong) {
        items_of_node(f, 0, subtree_block_end(f, 0));
        if (f->out->count) {
            f->out->collection = true;
            return;
        }
    }
    bool container =
        (!own && strong >= 2) || (top->group && !own) || (!own && strong && f->day_file) ||
        (own && strong >= 3 && strong * 2 >= children) || (!own && children_are_titles(f, 0));
    if (f->index_file && !own && strong < 2)
        container = false;
    if (!container) {
        if (!f->index_file || own)
            whole_file(f, 0);
        return;
    }
    f->out->collection = true;
    place_node(f, 0, ROLE_CONTAINER);
}

static void place_several_top(finding *f)
{
    size_t top, with_sign = count_top(f, SIGN_MEDIUM, &top),
                strong = count_top(f, SIGN_STRONG, &top);
    size_t children, below = 0;
    for (size_t n = 0; n < f->count; n = f->nodes[n].end)
        below += strong_below(f, n, &children);
    bool one_then_sections =
        f->nodes[0].sign >= SIGN_MEDIUM && with_sign == 1 && !f->day_file && below < 2;
    bool many = with_sign >= 2 && with_sign * 3 >= top;
    bool collection =
        many || below >= 2 || f->day_file || (first_is_event(f) && strong) || f->in->text->plain;
    if (f->index_file && strong < 2 && below < 2)
        return;
    if (one_then_sections ||
        (!collection && f->nodes[0].block == 0 && !f->in->front_title.length)) {
        whole_file(f, 0);
    } else if (!collection) {
        whole_file(f, -1);
    } else {
        f->out->collection = true;
        place_children(f, -1, 0, f->count);
    }
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
            judge_signs(f, n, false);
            found += f->nodes[n].sign >= SIGN_MEDIUM;
        }
    }
    return found;
}

static void judge_tree(finding *f)
{
    size_t bold = bold_signs(f);
    if (bold < 2)
        build_tree(f, false);
    size_t named[LEVEL_BOLD + 1] = {0}, all[LEVEL_BOLD + 1] = {0};
    for (size_t n = 0; n < f->count; n++) {
        judge_signs(f, n, false);
        named[f->nodes[n].level] += f->nodes[n].parts.rule != NULL;
        all[f->nodes[n].level]++;
    }
    for (size_t n = 0; n < f->count; n++) { /* most neighbours name their speakers */
        int level = f->nodes[n].level;
        if (!f->nodes[n].parts.rule && named[level] >= 3 && named[level] * 2 >= all[level])
            judge_signs(f, n, true);
    }
    lift_first_bare(f);
}

static void find_event_heading(finding *f)
{
    f->out->event_heading = NO_BLOCK;
    if (f->out->collection && f->count && f->nodes[0].role == ROLE_CONTAINER)
        f->out->event_heading = (int)f->nodes[0].block;
    else if (f->count && f->nodes[0].group)
        f->out->event_heading = (int)f->nodes[0].block;
}

/* Which labels a block of label lines has; 0 when its first line is none. */
static uint32_t block_labels(const layout_input *in, const block *b)
{
    uint32_t senses = 0;
    span text = b->text, after;
    if (b->kind != BLOCK_PARAGRAPH || b->depth || b->text.length > 600)
        return 0;
    while (text.length) {
        uint32_t sense = label_read(in->tables, span_cut_line(&text), in->memory, &after);
        if (!senses && !sense)
            return 0;
        senses |= after.length ? sense : 0;
    }
    return senses;
}

/* "Speaker: X" and "Title: Y" again and again without any heading: each block begins a talk. */
static void place_label_blocks(finding *f)
{
    const blocks *text = f->in->text;
    size_t *starts = arena_alloc(f->in->memory, (text->count + 1) * sizeof *starts), count = 0;
    for (size_t i = 0; i < text->count; i++) {
        uint32_t senses = block_labels(f->in, &text->items[i]);
        if (senses & LABEL_SPEAKER && senses & LABEL_TITLE)
            starts[count++] = i;
    }
    starts[count] = text->count;
    for (size_t i = 0; i < count && count >= 2; i++)
        place_talk(f, starts[i], starts[i + 1], ORIGIN_LABEL, (int)starts[i], NULL, -1);
    f->out->collection = f->out->count > 0;
}

/* A front matter title such as "Thoughts on PyCon UK 2018" is that of a report. */
static bool is_report_title(const layout_input *in)
{
    event_found event;
    span title = in->front_title;
    return title.length && event_from_text(in->tables, title, false, in->memory, &event) &&
           !in->front_speaker &&
           (year_find(title) || word_count(path_topic(in->tables, title, in->memory)) <= 1);
}

void layout_find(const layout_input *in, layout *out)
{
    finding f = {.in = in, .out = out};
    *out = (layout){.event_heading = NO_BLOCK};
    if (!in->text->count)
        return;
    f.index_file = is_index_file(in->tables, in->source->path, in->memory);
    f.topic = path_topic(in->tables, stem_of(in->source->path), in->memory);
    f.day_file = (!f.topic.length && !f.index_file) || is_report_title(in);
    judge_tree(&f);
    place_label_blocks(&f);
    if (out->count)
        return;
    size_t top;
    count_top(&f, SIGN_NONE, &top);
    if (!f.count) {
        items_of_node(&f, SIZE_MAX, in->text->count);
        if (!out->count && !f.index_file)
            whole_file(&f, -1);
    } else if (in->front_title.length && in->front_speaker) {
        whole_file(&f, -1);
    } else if (top == 1) {
        place_single_top(&f);
    } else {
        place_several_top(&f);
    }
    find_event_heading(&f);
}
