/*
 * prose_judge.c - whether the words around a group of names say that these gave the talk.
 *
 * The precision of each rule is the share of its names that the talk's record has as speakers, on
 * abstracts of which one in nine names its speakers. The rules were made on one half of them; the
 * other half was held back. Many of the "wrong" ones did speak: presenters that the record forgot.
 *
 *   rule                 made on: finds  right   held back: finds  right
 *   prose-list                      244    .99                 12    .00  (all twelve by hand: 1.0)
 *   prose-line-title                227    .97                128    .91
 *   prose-label                     190    .79                  8    .38
 *   prose-verb                      144    .92                 78    .77
 *   prose-line-heading               72    .86                 17    .71
 *   prose-bio                        69    .81                 85    .85
 *   prose-parenthesis                58    .97                  0
 *   prose-line-end                   53    .36                 27    .81
 *   prose-talk-of                    34    .94                  3   1.00
 *   prose-line-by                    30    .80                 14   1.00
 *   prose-subject                    19    .84                 15    .73
 *   prose-talk-by                    19    .95                  8    .12
 *   prose-self                       14    .86                  4    .50
 *   prose-panel                       4   1.00                  0
 *   prose-possessive                  3    .67                  4    .50
 *   prose-join                        2   1.00                  2   1.00
 *   prose-line-names                  1    .00                196    .95
 *   prose-joining                     0                         1   1.00
 */
#include "notes/prose_judge.h"

#include <assert.h>

#include "base/utf8.h"
#include "notes/dates.h"
#include "notes/lookup.h"
#include "notes/tables.h"

static const prose_rule RULE_LABEL = {"prose-label", 0.78f, 0.3f};
static const prose_rule RULE_VERB = {"prose-verb", 0.87f, 0.6f};
static const prose_rule RULE_TALK_BY = {"prose-talk-by", 0.70f, 0.3f};
static const prose_rule RULE_LINE_BY = {"prose-line-by", 0.86f, 0.5f};
static const prose_rule RULE_POSSESSIVE = {"prose-possessive", 0.57f, 0.6f};
static const prose_rule RULE_BIO = {"prose-bio", 0.83f, 0.5f};
static const prose_rule RULE_JOINING = {"prose-joining", 0.90f, 0.5f};
static const prose_rule RULE_LIST = {"prose-list", 0.98f, 0.6f};
static const prose_rule RULE_LINE_END = {"prose-line-end", 0.51f, 0.6f};
static const prose_rule RULE_SUBJECT = {"prose-subject", 0.79f, 0.6f};
static const prose_rule RULE_SELF = {"prose-self", 0.78f, 0.5f};
static const prose_rule RULE_JOIN = {"prose-join", 0.95f, 0.5f};
static const prose_rule RULE_TALK_OF = {"prose-talk-of", 0.95f, 0.5f};
static const prose_rule RULE_PANEL = {"prose-panel", 0.95f, 0.5f};
static const prose_rule RULE_PAREN = {"prose-parenthesis", 0.97f, 0.45f};

/* ---- what stands around ---- */

static span last_word_before(span text, size_t *end)
{
    size_t to = *end;
    while (to && !byte_is_alnum(text.at[to - 1]) && (unsigned char)text.at[to - 1] < 0x80 &&
           text.at[to - 1] != '\n' && text.at[to - 1] != '.')
        to--;
    size_t from = to;
    while (from && (byte_is_alnum(text.at[from - 1]) || (unsigned char)text.at[from - 1] >= 0x80))
        from--;
    *end = from;
    return span_slice(text, from, to - from);
}

/* "(RPI); ", "(RPI)*; ": the names go on a list. */
static bool behind_affiliation(const prose_scan *scan, size_t at)
{
    span before = span_slice(scan->text, 0, at);
    return span_ends_with(before, SPAN("); ")) || span_ends_with(before, SPAN(")*; "));
}

/* Bullets and times of day before it do not count: "- 12:30 - Grace Hopper". */
static bool at_line_begin(const prose_scan *scan, size_t at)
{
    static const span filler = {" *-\"0123456789:()[]", 19};
    while (at && span_find_byte(filler, scan->text.at[at - 1]) != SPAN_NOT_FOUND)
        at--;
    return at == 0 || scan->text.at[at - 1] == '\n';
}

static bool at_line_end(const prose_scan *scan, size_t at)
{
    while (at < scan->text.length && (scan->text.at[at] == ' ' || scan->text.at[at] == '.' ||
                                      scan->text.at[at] == '*' || scan->text.at[at] == ')'))
        at++;
    return at == scan->text.length || scan->text.at[at] == '\n' ||
           span_starts_with(span_from(scan->text, at), SPAN("@ "));
}

static bool at_sentence_begin(const prose_scan *scan, size_t at)
{
    while (at && (scan->text.at[at - 1] == ' ' || scan->text.at[at - 1] == '*' ||
                  scan->text.at[at - 1] == '"'))
        at--;
    span before = span_slice(scan->text, 0, at);
    return at == 0 || scan->text.at[at - 1] == '\n' || scan->text.at[at - 1] == '.' ||
           span_ends_with(before, SPAN(" -")) || span_ends_with(before, SPAN("\x80\x94")) ||
           span_ends_with(before, SPAN("\x80\x93")) || scan->text.at[at - 1] == '!' ||
           scan->text.at[at - 1] == '?' || scan->text.at[at - 1] == ':';
}

/* Whether one of the `count` words before `end` has the sense. */
static bool sense_before(const prose_scan *scan, size_t end, size_t count, uint32_t sense)
{
    while (count-- && end) {
        span word = last_word_before(scan->text, &end);
        if (!word.length)
            return false;
        if (prose_cue(scan, word) & sense)
            return true;
    }
    return false;
}

/* Skips ", role at Acme," and "from Acme" behind names: where the verb is looked for. */
static size_t skip_apposition(const prose_scan *scan, size_t at, name_group *group)
{
    span rest = span_from(scan->text, at);
    static const char *const words[] = {" from ",  " of ",  " at ",  " @ ",
                                        ", from ", ", of ", ", at ", " (@"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!span_starts_with(rest, span_of(words[i])))
            continue;
        size_t position = at + span_of(words[i]).length;
        span the = span_from(scan->text, position);
        position += span_starts_with_nocase(the, SPAN("the ")) ? 4 : 0;
        prose_word run[RUN_MAX];
        size_t start = position, count = prose_run_next(scan, &position, run);
        if (count && run[0].begin == start) {
            if (group->org_count < GROUP_MAX)
                group->orgs[group->org_count++] =
                    prose_flat(scan, run[0].begin, run[count - 1].end);
            at = run[count - 1].end;
            return at < scan->text.length && scan->text.at[at] == ',' ? at + 1 : at;
        }
    }
    if (span_starts_with(rest, SPAN(", "))) {
        size_t comma = span_find_byte(span_slice(rest, 2, 100), ',');
        size_t stop = span_find(span_slice(rest, 2, 100), SPAN(". "));
        if (comma != SPAN_NOT_FOUND && (stop == SPAN_NOT_FOUND || stop > comma))
            return at + 2 + comma + 1;
    }
    return at;
}

static uint32_t word_after(const prose_scan *scan, size_t at, size_t which)
{
    prose_word word;
    while (prose_word_next(scan, &at, &word)) {
        if (which-- == 0)
            return word.upper
                       ? 0
                       : prose_cue(scan, span_slice(scan->text, word.begin, word.end - word.begin));
    }
    return 0;
}

/* "is tenured Assistant Professor", "is co-founder of": a role among the words behind the verb. */
static bool role_after(const prose_scan *scan, size_t at, size_t words)
{
    prose_word word;
    bool verb = true;
    for (; words-- && prose_word_next(scan, &at, &word); verb = false) {
        if (!verb && lookup(scan->reading->tables->roles,
                            span_slice(scan->text, word.begin, word.end - word.begin),
                            scan->reading->memory) &
                         WORD_ROLE)
            return true;
        if (word.end < scan->text.length &&
            span_find_byte(SPAN(".,;:\n"), scan->text.at[word.end]) != SPAN_NOT_FOUND)
            return false;
    }
    return false;
}

static size_t skip_back(span text, size_t at)
{
    while (at > 1 && byte_is_space(text.at[at - 1]))
        at--;
    return at;
}

/* The verb of the names' sentence: "will show", "recently gave". */
static bool verb_after(const prose_scan *scan, size_t at, uint32_t sense)
{
    size_t next = text_skip_blanks(scan->text, at);
    if (next >= scan->text.length || scan->text.at[next] == '.' || scan->text.at[next] == '\n')
        return false;
    uint32_t first = word_after(scan, at, 0);
    if (sense == CUE_BIO && first & CUE_IS)
        return (word_after(scan, at, 1) & CUE_ARTICLE) != 0 || role_after(scan, at, 4);
    bool who = first & CUE_WHO && word_after(scan, at, 1) & CUE_MODAL;
    return first & sense || ((first & CUE_MODAL || who) && sense & CUE_VERB);
}

/* "X, who talked about": what X did, not what X is known for. */
static bool who_spoke(const prose_scan *scan, size_t at)
{
    bool comma = at < scan->text.length && scan->text.at[at] == ',';
    return comma && word_after(scan, at, 0) & CUE_WHO && word_after(scan, at, 1) & CUE_VERB &&
           word_after(scan, at, 2) & CUE_PREPOSITION;
}

/* "Then X of Acme: how they ...": the name and company before a colon begin the sentence. */
static bool heads_sentence(const prose_scan *scan, const name_group *group, size_t after)
{
    size_t begin = group->begin;
    span word = last_word_before(scan->text, &begin);
    bool next = prose_cue(scan, word) & CUE_MODAL && at_sentence_begin(scan, begin);
    return group->org_count && after < scan->text.length && scan->text.at[after] == ':' &&
           (next || at_sentence_begin(scan, group->begin));
}

/* "In this talk, X explores": whatever the verb is. */
static bool behind_in_this_talk(const prose_scan *scan, size_t begin)
{
    return begin > 1 && scan->text.at[skip_back(scan->text, begin) - 1] == ',' &&
           sense_before(scan, begin, 1, CUE_NOUN);
}

/* "X's talk", "X's closing keynote". */
static bool possessive_noun(const prose_scan *scan, const name_group *group)
{
    span last =
        span_slice(scan->text, group->names[group->count - 1].begin,
                   group->names[group->count - 1].end - group->names[group->count - 1].begin);
    if (name_without_possessive(last).length == last.length &&
        !(group->end < scan->text.length && scan->text.at[group->end] == '\''))
        return false;
    return (word_after(scan, group->end, 0) | word_after(scan, group->end, 1)) & CUE_NOUN;
}

static bool is_joining(const prose_scan *scan, size_t begin)
{
    size_t from = begin > 80 ? begin - 80 : 0;
    span before = span_slice(scan->text, from, begin - from);
    size_t dot = span_find_last_byte(before, '.');
    before = span_from(before, dot == SPAN_NOT_FOUND ? 0 : dot + 1);
    return span_find(before, SPAN("oining from ")) != SPAN_NOT_FOUND ||
           span_find(before, SPAN("oining us from ")) != SPAN_NOT_FOUND ||
           span_find(before, SPAN("oming from ")) != SPAN_NOT_FOUND;
}

/* "Speaker:" may be the last word of a wrapped line. */
static size_t skip_wrap_behind_colon(span text, size_t at)
{
    return at > 1 && text.at[at - 1] == '\n' && text.at[at - 2] == ':' ? at - 1 : at;
}

/* "I am X", "Hello, my name is X": one, two or three words. */
static bool introduces_oneself(const prose_scan *scan, size_t begin)
{
    size_t end = begin;
    for (size_t words = 1; words <= 3 && end; words++) {
        span word = last_word_before(scan->text, &end);
        if (!word.length)
            return false;
        span phrase = span_trim(span_slice(scan->text, end, begin - end));
        if (prose_cue(scan, phrase) & CUE_SELF)
            return true;
    }
    return false;
}

/* "Join X as she explores ..." */
static bool invites_to_join(const prose_scan *scan, size_t begin)
{
    size_t end = begin;
    span word = last_word_before(scan->text, &end);
    return span_equal(word, SPAN("Join")) && at_sentence_begin(scan, end);
}

/* "a talk by", not "the talks by": one of the next `count` words is the noun in the singular. */
static bool one_noun_before(const prose_scan *scan, size_t end, size_t count)
{
    while (count-- && end) {
        span word = last_word_before(scan->text, &end);
        if (!word.length)
            return false;
        if (prose_cue(scan, word) & CUE_NOUN)
            return !span_ends_with(word, SPAN("s"));
    }
    return false;
}

/* "Presented by", "the talk will be given by"; not "the ideas presented by". */
static bool given_by(const prose_scan *scan, size_t end)
{
    size_t begin = end;
    span verb = last_word_before(scan->text, &begin);
    return verb.length && prose_cue(scan, verb) & CUE_VERB &&
           (at_sentence_begin(scan, begin) || one_noun_before(scan, begin, 6));
}

static bool is_by(span word)
{
    return span_equal_nocase(word, SPAN("by")) || span_equal_nocase(word, SPAN("por")) ||
           span_equal_nocase(word, SPAN("par"));
}

static const prose_rule *judge_before(const prose_scan *scan, const name_group *group)
{
    size_t at = group->begin, word_end = skip_wrap_behind_colon(scan->text, at);
    span word = last_word_before(scan->text, &word_end);
    span gap = span_slice(scan->text, word_end + word.length, at - word_end - word.length);
    uint32_t sense = word.length ? prose_cue(scan, word) : 0;
    if (is_joining(scan, at))
        return &RULE_JOINING;
    if (introduces_oneself(scan, at))
        return &RULE_SELF;
    if (invites_to_join(scan, at))
        return &RULE_JOIN;
    if (!(sense & (CUE_BEFORE | CUE_OF)))
        return NULL;
    if (sense & CUE_OF && sense_before(scan, word_end, 1, CUE_NOUN))
        return &RULE_TALK_OF;
    bool label = span_find_byte(gap, ':') != SPAN_NOT_FOUND;
    if (sense_before(scan, word_end, 1, CUE_AGAINST))
        return NULL;
    if (!(sense & CUE_BEFORE))
        return NULL;
    if (label)
        return &RULE_LABEL;
    if (sense_before(scan, word_end, 7, CUE_AGAINST))
        return NULL; /* "inspired by a talk by X" */
    if (given_by(scan, word_end) ||
        (scan->first_block && one_noun_before(scan, word_end, is_by(word) ? 4 : 2)))
        return &RULE_TALK_BY;
    if (is_by(word) && at_line_end(scan, group->end) && scan->first_block)
        return &RULE_LINE_BY;
    return NULL;
}

static span line_at(span text, size_t at)
{
    size_t begin = at, end = at;
    while (begin && text.at[begin - 1] != '\n')
        begin--;
    while (end < text.length && text.at[end] != '\n')
        end++;
    return span_slice(text, begin, end - begin);
}

/* "PyCon 2016 - Bahia Blanca" */
bool prose_cites_event(const prose_scan *scan, span line)
{
    event_found event;
    span topic = path_topic(scan->reading->tables, line, scan->reading->memory);
    return year_find(line) &&
           (word_count(line) <= 5 ||
            (event_from_text(scan->reading->tables, line, false, scan->reading->memory, &event) &&
             word_count(topic) <= 2));
}

static bool behind_dash(const prose_scan *scan, size_t at)
{
    span before = span_slice(scan->text, 0, at);
    return span_ends_with(before, SPAN(" - ")) || span_ends_with(before, SPAN("\x80\x94 ")) ||
           span_ends_with(before, SPAN("\x80\x93 "));
}

static bool before_dash(const prose_scan *scan, size_t at)
{
    span after = span_from(scan->text, at);
    return span_starts_with(after, SPAN(" - ")) ||
           span_starts_with(after, SPAN(" \xE2\x80\x93 ")) ||
           span_starts_with(after, SPAN(" \xE2\x80\x94 "));
}

/* "In 2013, X showed the world", "But when X showed me": of somebody else, at another time. */
static bool circumstance_before(const prose_scan *scan, size_t begin)
{
    static const char *const words[] = {"when", "year", "years", "ago", "once"};
    size_t from = begin > 60 ? begin - 60 : 0;
    span before = span_slice(scan->text, from, begin - from);
    for (size_t stop; (stop = span_find(before, SPAN(". "))) != SPAN_NOT_FOUND;)
        before = span_from(before, stop + 2);
    size_t line = span_find_last_byte(before, '\n');
    before = span_from(before, line == SPAN_NOT_FOUND ? 0 : line + 1);
    size_t position = 0;
    span word;
    while (word_next(before, &position, &word)) {
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            if (span_equal_nocase(word, span_of(words[i])))
                return true;
        }
    }
    span lead = span_trim(before);
    bool there = span_starts_with_nocase(lead, SPAN("in ")) ||
                 span_starts_with_nocase(lead, SPAN("at ")) ||
                 span_starts_with_nocase(lead, SPAN("on "));
    return there && year_find(before);
}

/* So far before "X (Acme), Y (Corp)" the panel or talk is named. */
enum { PANEL_WORDS_MAX = 12 };

/* "Grace Hopper rewrote ..." and "Grace Hopper on compilers": a small word goes on. */
static bool is_subject(const prose_scan *scan, size_t end)
{
    span rest = span_from(scan->text, end);
    return rest.length > 2 && rest.at[0] == ' ' && rest.at[1] >= 'a' && rest.at[1] <= 'z' &&
           !verb_after(scan, end, CUE_AGAINST);
}

/* Several names with a company among them, or names beyond doubt: "Random Forest (bagging)" is
 * none. */
static bool is_roster(const name_group *group)
{
    return (group->count > 1 && group->org_count) ||
           ((group->count > 1 || group->org_count) && group->likeness >= 0.9f);
}

/* "Grace Hopper at KubeCon 2017 ..." */
static bool stands_at_event(const prose_scan *scan, size_t end)
{
    span rest = span_from(scan->text, end);
    return span_starts_with(rest, SPAN(" at ")) && prose_cites_event(scan, span_slice(rest, 4, 40));
}

const prose_rule *prose_judge(const prose_scan *scan, name_group *group)
{
    assert(scan->text.at); /* the group stands in it */
    const prose_rule *rule = judge_before(scan, group);
    if (rule)
        return rule;
    if (sense_before(scan, group->begin, 1, CUE_AGAINST | CUE_THE))
        return NULL;
    if (who_spoke(scan, group->end))
        return &RULE_VERB;
    if (sense_before(scan, group->begin, 1, CUE_PREPOSITION))
        return NULL;
    if (possessive_noun(scan, group))
        return &RULE_POSSESSIVE;
    size_t after = skip_apposition(scan, group->end, group);
    bool starts = at_sentence_begin(scan, group->begin);
    if (circumstance_before(scan, group->begin))
        return NULL;
    if (heads_sentence(scan, group, after))
        return &RULE_SUBJECT;
    if (verb_after(scan, after, CUE_VERB) ||
        (behind_in_this_talk(scan, group->begin) && after == group->end))
        return &RULE_VERB;
    if (scan->behind_heading && group->begin == 0 && is_subject(scan, group->end))
        return &RULE_SUBJECT;
    if (scan->first_block && group->begin == 0 && stands_at_event(scan, group->end))
        return &RULE_SUBJECT;
    if (starts && verb_after(scan, after, CUE_BIO))
        return &RULE_BIO;
    if ((at_line_begin(scan, group->begin) || behind_affiliation(scan, group->begin)) &&
        at_line_end(scan, group->end) && scan->first_block && is_roster(group))
        return &RULE_LIST;
    if (group->count > 1 && group->org_count > 1 &&
        (scan->place->parts.kinds | scan->place->kinds) & HEADING_PANEL &&
        sense_before(scan, group->begin, PANEL_WORDS_MAX, CUE_NOUN))
        return &RULE_PANEL;
    span line = line_at(scan->text, group->begin);
    bool event_line = prose_cites_event(scan, line) || line.length > 200;
    if (!event_line && behind_dash(scan, group->begin) && at_line_end(scan, group->end) &&
        (scan->first_block || scan->line_list))
        return &RULE_LINE_END;
    if (scan->line_list && at_line_begin(scan, group->begin) && before_dash(scan, group->end))
        return &RULE_LINE_END;
    bool paren = group->begin && scan->text.at[group->begin - 1] == '(' &&
                 at_line_begin(scan, group->begin - 1);
    return paren && scan->first_block ? &RULE_PAREN : NULL;
}

bool prose_ends_line(const prose_scan *scan, const name_group *group)
{
    return behind_dash(scan, group->begin) && at_line_end(scan, group->end);
}

bool prose_begins_line(const prose_scan *scan, const name_group *group)
{
    return at_line_begin(scan, group->begin) && before_dash(scan, group->end);
}
