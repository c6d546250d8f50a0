/*
 * prose.c - who the running text says gave the talk.
 *
 * Names are found by their shape, neighbours joined to groups ("X and Y", "X (Acme); Y (Corp)"),
 * and a group counts when the words around it say that somebody spoke.
 */
#include "base/utf8.h"
#include "notes/heading.h"
#include "notes/lookup.h"
#include "notes/people.h"
#include "notes/person_name.h"
#include "notes/prose_judge.h"
#include "notes/speakers.h"
#include "notes/tables.h"

/* What stood in parentheses or behind "from": roles and handles are left out. */
static void take_orgs(prose_scan *scan, span text, const prose_rule *rule, uint32_t line)
{
    people who;
    people_read(scan->reading->tables,
                arena_printf(scan->reading->memory, "Grace Hopper (%.*s)", SPAN_ARG(text)),
                PEOPLE_LIKELY, scan->reading->memory, &who);
    for (size_t i = 0; i < who.org_count; i++) {
        value org = {.text = who.orgs[i], .rule = rule->rule, .confidence = 0.6f, .line = line};
        if (org_is_plausible(scan->reading, org.text))
            values_add_once(&scan->to->orgs, scan->reading->memory, org);
    }
}

/* Name-like enough for the rule, or proven by other notes. */
static bool is_sure(prose_scan *scan, span name, float likeness, const prose_rule *rule)
{
    person who = {.name = name, .likeness = likeness};
    return likeness >= rule->likeness ||
           speakers_told(scan->reading, &(people){.items = &who, .count = 1});
}

static void take_group(prose_scan *scan, const name_group *group, const prose_rule *rule)
{
    uint32_t line = scan->line;
    for (size_t i = 0; i < group->begin; i++)
        line += scan->text.at[i] == '\n';
    for (size_t i = 0; i < group->count; i++) {
        span name = name_clean(scan->reading->tables,
                               prose_flat(scan, group->names[i].begin, group->names[i].end),
                               scan->reading->memory);
        if (is_sure(scan, name, group->names[i].likeness, rule))
            values_add_once(&scan->to->speakers, scan->reading->memory,
                            speaker_value(scan->reading, name, rule->rule, rule->precision, line));
    }
    for (size_t i = 0; i < group->org_count; i++)
        take_orgs(scan, group->orgs[i], rule, line);
}

/* Nobody is named for the first time further down. */
enum { PROSE_BLOCKS_MAX = 40, PROSE_SPEAKERS_MAX = 24 };

/* Lightning talks in running text: many lines "Title - Name" or "Name - Title". */
static bool is_line_list(prose_scan *scan)
{
    size_t position = 0, found = 0;
    name_group group;
    while (found < 3 && prose_group_next(scan, &position, &group)) {
        found += group.likeness >= 0.5f &&
                 (prose_ends_line(scan, &group) || prose_begins_line(scan, &group));
    }
    return found >= 3;
}

/* The first line reads like the heading of a talk: "Title - Name, Company". */
static bool line_as_heading(prose_scan *scan, span line, uint32_t number)
{
    heading_parts parts;
    if (line.length > 250 || line.length < 5 || prose_cites_event(scan, line))
        return false;
    heading_read(scan->reading->tables, scan->reading->known, line, scan->reading->memory, 0, NULL,
                 &parts);
    if (!parts.rule || !parts.title.length || parts.speakers.likeness < 0.5f)
        return false;
    for (size_t i = 0; i < parts.speakers.count; i++) {
        value speaker = speaker_value(scan->reading, parts.speakers.items[i].name,
                                      "prose-line-heading", 0.83f, number);
        values_add_once(&scan->to->speakers, scan->reading->memory, speaker);
    }
    return true;
}

/* "[PyCon 2011] Grace Hopper - 22 June 2011": names, a date, a place. */
static bool line_of_names(prose_scan *scan, span line)
{
    size_t close = line.length && line.at[0] == '[' ? span_find_byte(line, ']') : SPAN_NOT_FOUND;
    if (close != SPAN_NOT_FOUND)
        line = span_trim(span_from(line, close + 1));
    people who;
    if (line.length > 120)
        return false;
    people_read(scan->reading->tables, line, PEOPLE_DOUBTFUL, scan->reading->memory, &who);
    if (!who.count || who.foreign || who.likeness < 0.5f || who.items[0].name.at != line.at)
        return false;
    for (size_t i = 0; i < who.count; i++) {
        value speaker =
            speaker_value(scan->reading, who.items[i].name, "prose-line-names", 0.95f, scan->line);
        values_add_once(&scan->to->speakers, scan->reading->memory, speaker);
    }
    return true;
}

/* What is left of a line without the talk's title: "PyCon 2017 - | The title | Grace Hopper". */
static span line_without_title(const prose_scan *scan, span line)
{
    span title = scan->to->title.text;
    size_t at = title.length < 8 ? SPAN_NOT_FOUND : span_find(line, title);
    if (at == SPAN_NOT_FOUND)
        return SPAN_NONE;
    span behind = span_from(line, at + title.length), before = span_slice(line, 0, at);
    return word_count(behind) ? behind : before;
}

/* A line that repeats the title and has but names beside it. */
static bool line_beside_title(prose_scan *scan, span line, uint32_t number)
{
    static const prose_rule rule = {"prose-line-title", 0.95f, 0.5f};
    span rest =
        name_clean(scan->reading->tables, line_without_title(scan, line), scan->reading->memory);
    people who;
    people_read(scan->reading->tables, rest, PEOPLE_LIKELY, scan->reading->memory, &who);
    if (!who.count || who.foreign || who.likeness < rule.likeness)
        return false;
    for (size_t i = 0; i < who.count; i++)
        values_add_once(
            &scan->to->speakers, scan->reading->memory,
            speaker_value(scan->reading, who.items[i].name, rule.rule, rule.precision, number));
    return true;
}

/* The first line, or the second of two, reads like the heading of a talk: "Title - Name, Company".
 * With more text behind it, only a line that is not the begin of a wrapped sentence. */
static bool first_line_as_heading(prose_scan *scan)
{
    span rest = scan->text, first = span_trim(span_cut_line(&rest));
    span second = span_trim(span_cut_line(&rest));
    bool sentence =
        second.length && (!utf8_is_upper((unsigned char)second.at[0]) && second.at[0] != '[');
    if (line_of_names(scan, first) || line_beside_title(scan, first, scan->line) ||
        line_beside_title(scan, second, scan->line + 1))
        return true;
    if (rest.length && (sentence || first.length > 110))
        return false;
    return line_as_heading(scan, first, scan->line) ||
           (!rest.length && line_as_heading(scan, second, scan->line + 1));
}

static void scan_block(prose_scan *scan)
{
    size_t position = 0;
    name_group group;
    uint32_t kinds = scan->place->parts.kinds | scan->place->kinds;
    scan->line_list = (scan->first_block || kinds & HEADING_LIGHTNING) && is_line_list(scan);
    while (scan->to->speakers.count < PROSE_SPEAKERS_MAX &&
           prose_group_next(scan, &position, &group)) {
        const prose_rule *rule = prose_judge(scan, &group);
        if (rule)
            take_group(scan, &group, rule);
    }
}

void prose_find(note_reading *reading, const talk_place *place, talk *to)
{
    size_t seen = 0;
    for (size_t i = place->first; i < place->end && i < place->first + PROSE_BLOCKS_MAX; i++) {
        const block *b = &reading->text.items[i];
        if ((int)i == place->heading || b->kind == BLOCK_CODE || b->kind == BLOCK_RULE || b->quotes)
            continue;
        prose_scan scan = {.reading = reading,
                           .place = place,
                           .to = to,
                           .text = span_slice(b->text, 0, TEXT_MAX),
                           .line = b->line,
                           .behind_heading = reading->places.collection &&
                                             (int)i == place->heading + 1 && place->heading >= 0,
                           .first_block = seen++ < 3};
        if (seen > 1 || !first_line_as_heading(&scan))
            scan_block(&scan);
    }
}
