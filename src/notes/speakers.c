/* speakers.c - who gave the talk: the patterns, best first (FEATURES 3.2 counts them). */
#include "notes/speakers.h"
#include "base/file.h"
#include "notes/heading.h"
#include "notes/label.h"
#include "notes/lookup.h"
#include "notes/people.h"
#include "notes/person_name.h"
#include "notes/reading.h"
#include "notes/tables.h"
#include "notes/when.h"

static const speaker_rule RULE_FRONT = {"front-matter", 0.99f, 0};
static const speaker_rule RULE_LABEL = {"label", 0.99f, 0};
static const speaker_rule RULE_LABEL_WEAK = {"label-weak", 0.85f, 0.5f};
static const speaker_rule RULE_BY_LINE = {"by-line", 0.98f, 0.1f};
static const speaker_rule RULE_SUBHEADING = {"sub-heading", 0.90f, 0.6f};
static const speaker_rule RULE_FIRST_LINE = {"first-line", 0.85f, 0.75f};
static const speaker_rule RULE_BOLD_LINE = {"bold-line", 0.90f, 0.5f};
static const speaker_rule RULE_FIRST_LIST = {"first-list", 0.80f, 0.45f};
static const speaker_rule RULE_FIRST_ITEM = {"first-item", 0.80f, 0.85f};

/* A name proven by a rule at least this sure is told to the other notes. */
#define TELL_CONFIDENCE 0.85f
/* Two names at least: a given name alone proves nobody. */
#define TELL_LIKENESS 0.3f

/* More than any talk has: keeps the search for repetitions short. */
enum { VALUES_MOST = 500 };

void values_add_once(values *to, arena *memory, value what)
{
    if (to->count >= VALUES_MOST)
        return;
    span key = text_key(what.text, memory);
    for (size_t i = 0; i < to->count; i++) {
        if (span_equal(text_key(to->items[i].text, memory), key))
            return;
    }
    values_add(to, memory, what);
}

static span single_line(span text, arena *memory)
{
    span copy = arena_copy(memory, text);
    for (size_t i = 0; i < copy.length; i++) {
        if (copy.at[i] == '\n' || copy.at[i] == '\t')
            ((char *)copy.at)[i] = ' ';
    }
    return copy;
}

/* The name as the person's own people.tsv spells it; `as` keeps what the note has. */
value speaker_value(const note_reading *reading, span name, const char *rule, float confidence,
                    uint32_t line)
{
    value speaker = {.text = name, .rule = rule, .confidence = confidence, .line = line};
    const uint32_t *index = map_get(reading->tables->people, text_key(name, reading->memory));
    if (index && !span_equal(reading->tables->people_names[*index], name)) {
        speaker.text = reading->tables->people_names[*index];
        speaker.as = name;
    }
    return speaker;
}

void speakers_add(note_reading *reading, talk *to, const people *who, const char *rule,
                  float confidence, uint32_t line)
{
    for (size_t i = 0; i < who->count; i++) {
        span name = single_line(who->items[i].name, reading->memory);
        value speaker = speaker_value(reading, name, rule, confidence, line);
        values_add_once(&to->speakers, reading->memory, speaker);
        if (who->items[i].handle.length)
            values_add_once(&to->handles, reading->memory,
                            (value){.text = who->items[i].handle,
                                    .as = speaker.text,
                                    .rule = rule,
                                    .confidence = confidence,
                                    .line = line});
        if (confidence >= TELL_CONFIDENCE && who->items[i].likeness >= TELL_LIKENESS &&
            span_find_byte(name, ' ') != SPAN_NOT_FOUND)
            tell(reading, text_key_with("name:", name, reading->memory));
    }
    for (size_t i = 0; i < who->org_count; i++) {
        value org = {.text = single_line(who->orgs[i], reading->memory),
                     .rule = rule,
                     .confidence = confidence * 0.8f,
                     .line = line};
        values_add_once(&to->orgs, reading->memory, org);
    }
}

/* Whether other notes prove every name; asks about them. */
bool speakers_told(note_reading *reading, const people *who)
{
    bool all = who->count > 0;
    for (size_t i = 0; i < who->count; i++) {
        span key = text_key_with("name:", who->items[i].name, reading->memory);
        ask(reading, key);
        all = all && facts_count(reading->known, key) > 0;
    }
    return all;
}

bool speakers_take(note_reading *reading, talk *to, const people *who, const speaker_rule *rule,
                   uint32_t line)
{
    if ((!who->count && !(who->org_count && rule == &RULE_LABEL)) ||
        (who->foreign && rule->likeness > 0))
        return false;
    float needed = rule->likeness - (who->role && rule->likeness > 0.5f ? 0.2f : 0);
    bool told = who->likeness < needed && speakers_told(reading, who);
    if (who->likeness < needed && !told)
        return false;
    speakers_add(reading, to, who, rule->rule, told ? 0.9f : rule->precision, line);
    return who->count > 0;
}

/* ---- front matter ---- */

/* "author" is mostly who wrote the note. It is the speaker in a head of "@author" or ":author:"
 * lines, which are about the talk, and beside an event together with slides or a video. */
static bool author_is_speaker(const note_reading *reading)
{
    span text = span_trim(reading->source->bytes);
    bool event = false, media = false;
    for (size_t i = 0; i < reading->front.count; i++) {
        uint32_t sense =
            lookup(reading->tables->labels, reading->front.items[i].key, reading->memory);
        event = event || sense & LABEL_EVENT;
        media = media || sense & (LABEL_SLIDES | LABEL_VIDEO);
    }
    return (text.length && (text.at[0] == '@' || text.at[0] == ':')) || (event && media);
}

/* "company: Acme", or the org of a speaker in a list of maps. */
static bool org_of_front(const note_reading *reading, span first, span last, uint32_t sense)
{
    uint32_t inner = lookup(reading->tables->labels, last, reading->memory);
    bool nested = sense & LABEL_SPEAKER && inner & LABEL_ORG;
    return nested || (sense & LABEL_ORG && span_equal(first, last));
}

static void add_orgs_of_front(note_reading *reading, talk *to, const front_entry *entry)
{
    for (size_t i = 0; i < entry->item_count; i++) {
        value org = {.text = entry->items[i],
                     .rule = RULE_FRONT.rule,
                     .confidence = RULE_FRONT.precision,
                     .line = entry->line};
        if (org_is_plausible(reading, org.text))
            values_add_once(&to->orgs, reading->memory, org);
    }
}

static void from_front_matter(note_reading *reading, talk *to)
{
    for (size_t i = 0; i < reading->front.count; i++) {
        const front_entry *entry = &reading->front.items[i];
        span key = entry->key;
        size_t dot = span_find_byte(key, '.');
        span last = dot == SPAN_NOT_FOUND ? key : span_from(key, dot + 1);
        span first = dot == SPAN_NOT_FOUND ? key : span_slice(key, 0, dot);
        uint32_t sense = lookup(reading->tables->labels, first, reading->memory);
        bool author = sense & LABEL_AUTHOR && author_is_speaker(reading);
        if (org_of_front(reading, first, last, sense))
            add_orgs_of_front(reading, to, entry);
        if ((!(sense & LABEL_SPEAKER) && !author) ||
            (dot != SPAN_NOT_FOUND && !span_equal(last, SPAN("name"))))
            continue;
        for (size_t k = 0; k < entry->item_count; k++) {
            people who;
            people_read(reading->tables, entry->items[k], PEOPLE_LABELLED, reading->memory, &who);
            speakers_take(reading, to, &who, &RULE_FRONT, entry->line);
        }
    }
}

/* ---- label lines ---- */

/* Labels that also begin other lines: the names behind must look like names. */
static bool is_weak_label(span line)
{
    static const char *const weak[] = {"by",    "with", "who",    "panel",  "name",    "names",
                                       "guest", "talk", "led by", "leader", "leaders", "av",
                                       "von",   "par",  "por",    "di",     "door"};
    size_t colon = span_find_byte(line, ':');
    span word = span_trim(span_slice(line, 0, colon == SPAN_NOT_FOUND ? line.length : colon));
    for (size_t i = 0; i < sizeof weak / sizeof *weak; i++) {
        if (span_equal_nocase(word, span_of(weak[i])))
            return true;
    }
    return false;
}

/* "Bing: Jordan Smith" in a list of panelists: the company first. */
static void take_named_org(note_reading *reading, span item, people *who)
{
    size_t colon = span_find(item, SPAN(": "));
    if (colon == SPAN_NOT_FOUND || who->likeness > 0.3f)
        return;
    people behind;
    people_read(reading->tables, span_from(item, colon + 2), PEOPLE_DOUBTFUL, reading->memory,
                &behind);
    if (!behind.count || behind.foreign || behind.likeness < 0.6f)
        return;
    span org = span_trim(span_slice(item, 0, colon));
    ARENA_ADD(reading->memory, behind.orgs, behind.org_count, behind.org_capacity, org);
    *who = behind;
}

static bool take_list(note_reading *reading, talk *to, size_t label, size_t end,
                      const speaker_rule *rule)
{
    const block *items = reading->text.items;
    bool any = false, nested = items[label].kind == BLOCK_ITEM;
    uint8_t depth = items[label].depth;
    uint8_t wanted = (uint8_t)(nested ? depth + 1 : 1);
    bool named = false; /* a sure name is among them: then other words are no names */
    for (size_t i = label + 1;
         i < end && i < label + 30 && items[i].kind == BLOCK_ITEM && items[i].depth >= wanted;
         i++) {
        span text = items[i].text;
        people who;
        people_read(reading->tables, span_cut_line(&text), PEOPLE_LABELLED, reading->memory, &who);
        named = named || who.likeness > 0.5f;
    }
    for (size_t i = label + 1; i < end && i < label + 30; i++) {
        if (items[i].kind != BLOCK_ITEM || items[i].depth < wanted)
            break;
        if (items[i].depth > wanted)
            continue;
        people who;
        span text = items[i].text;
        people_read(reading->tables, span_cut_line(&text), PEOPLE_LABELLED, reading->memory, &who);
        take_named_org(reading, items[i].text, &who);
        bool stray = named && who.likeness < 0.15f && !is_handle(items[i].text);
        if (who.count && !stray && word_count(who.items[0].name) <= 5)
            any = speakers_take(reading, to, &who, rule, items[i].line) || any;
    }
    return any;
}

/* "https://twitter.com/somebody": a handle. */
static span handle_of_url(span text)
{
    static const char *const hosts[] = {"twitter.com/", "x.com/", "github.com/",
                                        "linkedin.com/in/"};
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        size_t at = span_find(text, span_of(hosts[i]));
        if (!span_starts_with(text, SPAN("http")) || at == SPAN_NOT_FOUND)
            continue;
        span rest = span_from(text, at + span_of(hosts[i]).length);
        return span_find_byte(rest, '/') == SPAN_NOT_FOUND &&
                       span_find_byte(rest, ' ') == SPAN_NOT_FOUND
                   ? rest
                   : SPAN_NONE;
    }
    return SPAN_NONE;
}

static void add_orgs_of_label(note_reading *reading, talk *to, span names, uint32_t line)
{
    while (names.length) {
        value org = {.text = span_trim(span_cut(&names, ',')),
                     .rule = "label",
                     .confidence = 0.95f,
                     .line = line};
        if (org.text.length && org.text.length < 80)
            values_add_once(&to->orgs, reading->memory, org);
    }
}

static bool take_label_line(note_reading *reading, talk *to, size_t at, size_t end, span line,
                            uint32_t number)
{
    span names;
    uint32_t sense = label_read(reading->tables, line, reading->memory, &names);
    if (sense & LABEL_ORG && names.length)
        add_orgs_of_label(reading, to, names, number);
    if (!(sense & LABEL_SPEAKER))
        return false;
    const speaker_rule *rule = is_weak_label(line) ? &RULE_LABEL_WEAK : &RULE_LABEL;
    if (!names.length)
        return take_list(reading, to, at, end, rule);
    people who;
    people_read(reading->tables, names, PEOPLE_LABELLED, reading->memory, &who);
    span handle = handle_of_url(names);
    if (handle.length)
        people_read(reading->tables, arena_printf(reading->memory, "@%.*s", SPAN_ARG(handle)),
                    PEOPLE_LABELLED, reading->memory, &who);
    bool below = at + 1 < end && reading->text.items[at + 1].depth > reading->text.items[at].depth;
    if (!who.count && below &&
        (is_handle(reading->text.items[at + 1].text) ||
         name_likeness(reading->tables, reading->text.items[at + 1].text, reading->memory) >
             0.8f)) {
        speakers_take(reading, to, &who, rule, number);
        return take_list(reading, to, at, end, rule);
    }
    if (rule == &RULE_LABEL && who.likeness < 0.05f && who.foreign && word_count(names) > 12)
        return false;
    return speakers_take(reading, to, &who, rule, number);
}

/* "## Speaker" with the name in the paragraph below. */
static void take_label_heading(note_reading *reading, talk *to, size_t at, size_t end)
{
    const block *next = &reading->text.items[at + 1];
    span names, text;
    uint32_t sense =
        label_read(reading->tables, reading->text.items[at].text, reading->memory, &names);
    if (at + 1 >= end || !(sense & LABEL_SPEAKER) || names.length || next->kind != BLOCK_PARAGRAPH)
        return;
    text = next->text;
    people who;
    people_read(reading->tables, span_cut_line(&text), PEOPLE_LABELLED, reading->memory, &who);
    speakers_take(reading, to, &who, &RULE_LABEL_WEAK, next->line);
}

/* How far below its begin a talk's label lines stand. */
enum { LABEL_BLOCKS_MAX = 12 };

static void from_labels(note_reading *reading, const talk_place *place, talk *to)
{
    for (size_t i = place->first; i < place->end && i < place->first + LABEL_BLOCKS_MAX; i++) {
        const block *b = &reading->text.items[i];
        span text = b->text;
        if (b->kind == BLOCK_CODE || b->kind == BLOCK_ROW)
            continue;
        if (b->kind == BLOCK_HEADING && (int)i != place->heading)
            take_label_heading(reading, to, i, place->end);
        for (uint32_t line = b->line; text.length; line++)
            take_label_line(reading, to, i, place->end, span_cut_line(&text), line);
    }
}

/* ---- the line, sub-heading or item under the title ---- */

/* The block's first line that is not only a date, without the date that it begins with. */
static span line_behind_date(note_reading *reading, const block *of, uint32_t *number_out)
{
    span text = when_block_text(reading, of), line = SPAN_NONE;
    date_interval when;
    for (*number_out = of->line; text.length; ++*number_out) {
        line = when_behind_date(reading, span_trim(span_cut_line(&text)), &when);
        if (line.length)
            break;
    }
    return line;
}

static bool from_block(note_reading *reading, size_t at, talk *to, bool first)
{
    const block *b = &reading->text.items[at];
    uint32_t number;
    span line = line_behind_date(reading, b, &number);
    bool by = by_line_names(line).length > 0;
    if (line.length > 200)
        return false;
    people who;
    people_read(reading->tables, by ? by_line_names(line) : line,
                by ? PEOPLE_LIKELY : PEOPLE_DOUBTFUL, reading->memory, &who);
    if (by)
        return speakers_take(reading, to, &who, &RULE_BY_LINE, number);
    if (!first)
        return false;
    if (!who.count && who.org_count && word_count(line) <= 6 && !who.foreign)
        speakers_add(reading, to, &who, RULE_FIRST_LINE.rule, 0.75f,
                     number); /* two people from Cloudera */
    if (b->kind == BLOCK_HEADING)
        return speakers_take(reading, to, &who, &RULE_SUBHEADING, number);
    if (b->kind == BLOCK_PARAGRAPH && (!b->quotes || who.role)) {
        bool marked = block_all_strong(b) || block_all_emphasis(b);
        return speakers_take(reading, to, &who, marked ? &RULE_BOLD_LINE : &RULE_FIRST_LINE,
                             number);
    }
    if (b->kind == BLOCK_ITEM && (who.role || who.likeness >= 0.95f))
        return speakers_take(reading, to, &who, &RULE_FIRST_ITEM, number);
    return false;
}

/* The first list holds nothing but names: it says who spoke. */
static void from_first_list(note_reading *reading, const talk_place *place, talk *to)
{
    const block *items = reading->text.items;
    size_t from = place->heading == NO_BLOCK ? place->first : (size_t)place->heading + 1;
    size_t end = from, count = 0;
    while (end < place->end && end < from + 3 && items[end].kind == BLOCK_PARAGRAPH)
        end++;
    from = end;
    for (; end < place->end && items[end].kind == BLOCK_ITEM && items[end].depth == 1; end++) {
        bool named = name_likeness(reading->tables, items[end].text, reading->memory) >=
                     RULE_FIRST_LIST.likeness;
        if (items[end].text.length && !named)
            break;
        count += named;
    }
    for (size_t i = from; i < end && count >= 2 && count <= 8; i++) {
        people who;
        people_read(reading->tables, items[i].text, PEOPLE_LIKELY, reading->memory, &who);
        speakers_take(reading, to, &who, &RULE_FIRST_LIST, items[i].line);
    }
}

static void from_first_lines(note_reading *reading, const talk_place *place, talk *to)
{
    size_t from = place->heading == NO_BLOCK ? place->first : (size_t)place->heading + 1;
    uint32_t number;
    while (from < place->end && reading->text.items[from].text.length &&
           !line_behind_date(reading, &reading->text.items[from], &number).length)
        from++; /* only a date */
    for (size_t i = from; i < place->end && i < from + 3; i++) {
        if (from_block(reading, i, to, i == from) || to->speakers.count)
            return;
    }
    from_first_list(reading, place, to);
}

/* ---- an index ---- */

/* "[9:00am - Grace Hopper - Compilers](Thursday/hopper.md)": an index is no talk, but tells names.
 */
void index_tell(note_reading *reading)
{
    for (size_t i = 0; i < reading->text.count; i++) {
        const block *b = &reading->text.items[i];
        heading_parts parts;
        span text = b->text;
        if (b->kind != BLOCK_ITEM || !b->link_count || b->text.length > 300)
            continue;
        heading_read(reading->tables, NULL, span_cut_line(&text), reading->memory, 0, NULL, &parts);
        for (size_t k = 0; k < parts.speakers.count; k++) {
            if (parts.speakers.items[k].likeness >= 0.6f)
                tell(reading,
                     text_key_with("name:", parts.speakers.items[k].name, reading->memory));
        }
    }
}

static bool shares_family_name(note_reading *reading, const talk *to, const people *who)
{
    for (size_t i = 0; i < to->speakers.count; i++) {
        span known = text_key(to->speakers.items[i].text, reading->memory);
        size_t blank = span_find_last_byte(known, ' ');
        for (size_t k = 0; blank != SPAN_NOT_FOUND && k < who->count; k++) {
            if (span_ends_with(text_key(who->items[k].name, reading->memory),
                               span_from(known, blank)))
                return true;
        }
    }
    return false;
}

/* The heading named the speakers; the line or sub-heading under it may name them again with their
 * companies. */
static void orgs_under_heading(note_reading *reading, const talk_place *place, talk *to)
{
    size_t at = place->heading == NO_BLOCK ? place->first : (size_t)place->heading + 1;
    if (to->orgs.count || at >= place->end)
        return;
    span text = reading->text.items[at].text;
    people who;
    people_read(reading->tables, span_cut_line(&text), PEOPLE_DOUBTFUL, reading->memory, &who);
    if (!who.foreign && who.org_count && shares_family_name(reading, to, &who)) {
        who.count = 0;
        speakers_add(reading, to, &who, RULE_SUBHEADING.rule, RULE_SUBHEADING.precision,
                     reading->text.items[at].line);
    }
}

void speakers_find(note_reading *reading, const talk_place *place, talk *to)
{
    bool single = reading->places.count == 1 && !reading->places.collection;
    if (single)
        from_front_matter(reading, to);
    if (place->origin != ORIGIN_ROW && !to->speakers.count)
        from_labels(reading, place, to);
    if (!to->speakers.count && place->parts.rule)
        speakers_add(reading, to, &place->parts.speakers, place->parts.rule,
                     place->parts.confidence, to->line);
    if (to->speakers.count && place->origin == ORIGIN_HEADING)
        orgs_under_heading(reading, place, to);
    if (!to->speakers.count && place->origin != ORIGIN_ROW && place->origin != ORIGIN_ITEM)
        from_first_lines(reading, place, to);
    if (!to->speakers.count)
        speakers_from_links(reading, place, to);
    if (!to->speakers.count)
        speakers_from_link_slugs(reading, place, to);
    if (!to->speakers.count && single)
        speakers_from_file_name(reading, to);
    if (!to->speakers.count)
        prose_find(reading, place, to);
}
