/* layout.c - where do talks begin? */
#include "notes/layout.h"

#include "base/file.h"
#include "notes/dates.h"
#include "notes/event.h"
#include "notes/event_words.h"
#include "notes/items.h"
#include "notes/label.h"
#include "notes/layout_tree.h"
#include "notes/lookup.h"
#include "notes/neighbours.h"
#include "notes/paragraphs.h"
#include "notes/person_name.h"
#include "notes/tables.h"

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

/* ---- roles ---- */

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
    if (at->sign < SIGN_STRONG && is_section_heading(f, at))
        return ROLE_SECTION;
    if (at->group)
        return ROLE_CONTAINER;
    return ROLE_TALK;
}

static bool behind_rule(const finding *f, size_t n)
{
    size_t at = f->nodes[n].block;
    int parent = f->nodes[n].parent;
    bool first_of_day = parent >= 0 && f->nodes[parent].group && f->nodes[parent].block + 1 == at;
    return at == 0 || f->in->text->items[at - 1].kind == BLOCK_RULE || first_of_day;
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

/* "packing list.md": by its name no talk. */
static bool is_idle_file(const finding *f)
{
    span name = slug_words(stem_of(f->in->source->path), f->in->memory);
    return lookup(f->in->tables->headings, name, f->in->memory) & HEADING_IDLE;
}

static void whole_file(finding *f, int heading_node)
{
    if (heading_node < 0 && !f->in->front_title.length && is_idle_file(f))
        return;
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
        titles += word_count(text) >= 4 && !is_section_heading(f, &f->nodes[i]);
    }
    size_t own = word_count(f->in->text->items[f->nodes[n].block].text);
    return children >= 5 && titles * 10 >= children * 7 && own <= 4;
}

/* Whether most headings below a parent (-1: the file) have the length of a title. */
static bool read_like_titles(const finding *f, int parent)
{
    enum { TITLE_WORDS = 3, LEAST = 2 };
    size_t all = 0, titles = 0;
    for (size_t n = 0; n < f->count; n++) {
        if (f->nodes[n].parent != parent)
            continue;
        span text = f->in->text->items[f->nodes[n].block].text;
        all++;
        titles += word_count(text) >= TITLE_WORDS && !is_section_heading(f, &f->nodes[n]);
    }
    return titles >= LEAST && titles * 3 >= all * 2;
}

/* linux-tracing.md begins with "# Linux tracing": the file is named after its one talk. */
static bool first_names_file(const finding *f)
{
    span topic = text_key(f->topic, f->in->memory);
    span first = text_key(f->in->text->items[f->nodes[0].block].text, f->in->memory);
    return topic.length && first.length &&
           (span_find(first, topic) != SPAN_NOT_FOUND || span_find(topic, first) != SPAN_NOT_FOUND);
}

/* Three titles and more side by side, each over a list: notes of several talks in a file that no
 * heading names as a whole. */
static bool titles_over_lists(const finding *f)
{
    enum { TITLES_LEAST = 3 };
    size_t top = 0, lists = 0;
    for (size_t n = 0; n < f->count; n = f->nodes[n].end) {
        size_t next = f->nodes[n].block + 1;
        top++;
        lists += next < f->in->text->count && f->in->text->items[next].kind == BLOCK_ITEM;
        if (f->nodes[n].level != f->nodes[0].level || f->nodes[n].end != n + 1)
            return false;
    }
    return top >= TITLES_LEAST && lists == top && read_like_titles(f, -1) && !first_names_file(f);
}

/* A table whose header names its columns holds talks under any heading. */
static void place_tables(finding *f)
{
    size_t first = f->count ? f->nodes[0].block : f->in->text->count;
    if (names_talks_in_rows(f->in, 0, first))
        items_of_node(f, SIZE_MAX, first);
    for (size_t n = 0; n < f->count; n++) {
        size_t end = n + 1 < f->count ? f->nodes[n + 1].block : f->in->text->count;
        if (names_talks_in_rows(f->in, f->nodes[n].block + 1, end))
            items_of_node(f, n, end);
    }
    f->out->collection = f->out->count > 0;
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
    if (!container && !own && !f->index_file && f->count > 2 && !first_names_file(f))
        container = read_like_titles(f, 0) && neighbours_have_talks_at(f, f->nodes[1].level);
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
    if (!collection && !one_then_sections)
        collection = titles_over_lists(f) ||
                     (read_like_titles(f, -1) && neighbours_have_talks_at(f, f->nodes[0].level));
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

/* The first line is a title, the second nothing but names. */
static bool name_in_second_line(const finding *f, span line, span rest, heading_parts *parts)
{
    span second = span_trim(span_cut_line(&rest));
    people who;
    people_read(f->in->tables, second, PEOPLE_DOUBTFUL, f->in->memory, &who);
    if (!rest.length || second.length > 100 || !who.count || who.foreign || who.likeness < 0.6f ||
        who.items[0].name.at != second.at || parts->kinds)
        return false;
    parts->title = line;
    parts->speakers = who;
    parts->rule = "second-line";
    parts->confidence = 0.85f;
    return true;
}

/* In Markdown a bare line is a heading only where a list follows at once. */
static bool may_head(const finding *f, const block *b)
{
    bool text = b->kind == BLOCK_PARAGRAPH && !b->depth && !b->quotes;
    if (f->in->text->plain)
        return text && span_find_byte(b->text, '\n') != SPAN_NOT_FOUND;
    const block *next = b + 1, *end = f->in->text->items + f->in->text->count;
    return text && span_find_byte(b->text, '\n') == SPAN_NOT_FOUND && next < end &&
           next->kind == BLOCK_ITEM && next->line == b->end_line + 1;
}

/* A paragraph of pasted text whose first line is a heading, "Dave Thomas - Agile is dead", or whose
 * second line names the speaker. How sure: 0 for none. */
static float begins_with_heading(finding *f, const block *b, heading_parts *parts)
{
    span rest = b->text, line = span_cut_line(&rest);
    if (!may_head(f, b) || line.length > 120)
        return 0;
    heading_read(f->in->tables, f->in->known, line, f->in->memory, 2, NULL, parts);
    bool named = parts->speakers.count && parts->title.length;
    if (!named && !name_in_second_line(f, line, rest, parts))
        return 0;
    return parts->speakers.likeness;
}

static size_t count_strong(const finding *f)
{
    size_t strong = 0;
    for (size_t n = 0; n < f->count; n++)
        strong += f->nodes[n].sign >= SIGN_STRONG && !f->nodes[n].group;
    return strong;
}

/* Two headings with a sure name tell the layout; then others may have doubtful ones. */
#define SURE_LIKENESS     0.85f
#define DOUBTFUL_LIKENESS 0.08f
/* In Markdown, which has headings of its own, none is doubtful. */
#define MARKDOWN_LIKENESS 0.5f

/* Whether headings of the note leave room for lines that are headings too: none of them is a talk's
 * own, or in pasted text few are. */
static bool has_room_for_lines(const finding *f, size_t lines)
{
    size_t strong = count_strong(f);
    return f->in->text->plain ? strong * 2 <= lines
                              : !strong && (!f->count || f->nodes[0].group) && !f->index_file;
}

/* The same for pasted text without a blank line behind the headings. */
static void place_heading_lines(finding *f)
{
    const blocks *text = f->in->text;
    heading_parts *parts = arena_alloc(f->in->memory, (text->count + 1) * sizeof *parts);
    size_t *starts = arena_alloc(f->in->memory, (text->count + 1) * sizeof *starts), count = 0;
    size_t sure = 0;
    float least = text->plain ? DOUBTFUL_LIKENESS : MARKDOWN_LIKENESS;
    for (size_t i = 0; i < text->count; i++) {
        float likeness = begins_with_heading(f, &text->items[i], &parts[count]);
        sure += likeness >= SURE_LIKENESS;
        if (likeness >= least)
            starts[count++] = i;
    }
    starts[count] = text->count;
    for (size_t i = 0; i < count && sure >= 2 && has_room_for_lines(f, count); i++)
        place_talk(f, starts[i], starts[i + 1], ORIGIN_LABEL, (int)starts[i], &parts[i], -1);
    f->out->collection = f->out->count > 0;
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

/* A report without headings. */
static void place_paragraphs(finding *f)
{
    talk_item *items;
    span title = f->in->front_title;
    event_found event;
    bool post = title.length && !f->in->front_speaker;
    bool report = post && event_from_text(f->in->tables, title, false, f->in->memory, &event);
    bool pasted = f->in->text->plain && !post;
    size_t count = f->in->front_speaker || pasted ? 0 : paragraphs_find(f->in, report, &items);
    for (size_t i = 0; i < count; i++)
        place_talk(f, items[i].first, items[i].end, ORIGIN_PARAGRAPH, NO_BLOCK, &items[i].parts,
                   -1);
    f->out->collection = f->out->collection || count;
}

/* Blocks of labels, pasted headings, tables: talks that need no tree of headings. */
static void place_without_tree(finding *f)
{
    place_label_blocks(f);
    if (!f->out->count)
        place_heading_lines(f);
    if (!f->out->count && !count_strong(f) && !f->in->front_speaker)
        place_tables(f);
}

static void place_file(finding *f)
{
    size_t top;
    count_top(f, SIGN_NONE, &top);
    if (!f->count) {
        items_of_node(f, SIZE_MAX, f->in->text->count);
        if (!f->out->count && !f->index_file)
            place_paragraphs(f);
        if (!f->out->count && !f->index_file)
            whole_file(f, -1);
    } else if (f->in->front_title.length && f->in->front_speaker) {
        whole_file(f, -1);
    } else if (top == 1) {
        place_single_top(f);
    } else {
        place_several_top(f);
    }
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
    tree_read(&f);
    place_without_tree(&f);
    if (!out->count)
        place_file(&f);
    find_event_heading(&f);
    neighbours_tell(&f);
}
