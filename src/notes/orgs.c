/* orgs.c - companies and institutions that the title or the running text gives, beside those that
 * stand behind names (people.c). */
#include "base/utf8.h"
#include "notes/lookup.h"
#include "notes/people.h"
#include "notes/reading.h"
#include "notes/tables.h"

/* The share of finds that are right, by hand on the notes of six authors. */
typedef struct {
    const char *rule;
    float precision;
} org_rule;
static const org_rule RULE_JOINING = {"org-joining", 0.95f};
static const org_rule RULE_NAMED = {"org-word", 0.75f};
static const org_rule RULE_TUTORIAL = {"org-talk", 0.80f};
static const org_rule RULE_TITLE_HOW = {"org-title-how", 0.85f};
static const org_rule RULE_TITLE_AT = {"org-title-at", 0.80f};

bool org_is_plausible(note_reading *reading, span org)
{
    org = span_trim(org);
    if (org.length < 2 || org.length > 70 || org.at[0] == '@' || word_count(org) > 7 ||
        !word_count(org))
        return false;
    event_found event;
    if (event_from_text(reading->tables, org, false, reading->memory, &event))
        return false;
    uint32_t heading = lookup(reading->tables->headings, org, reading->memory);
    uint32_t calendar = lookup(reading->tables->calendar, org, reading->memory);
    return !(heading & (HEADING_PLACE | HEADING_KINDS)) && !calendar;
}

static void add(note_reading *reading, talk *to, span org, const org_rule *rule, uint32_t line)
{
    value found = {.text = arena_copy(reading->memory, span_trim(org)),
                   .rule = rule->rule,
                   .confidence = rule->precision,
                   .line = line};
    if (org_is_plausible(reading, found.text))
        values_add_once(&to->orgs, reading->memory, found);
}

static bool starts_upper(span word)
{
    size_t at = 0;
    return word.length && utf8_is_upper(utf8_next(word, &at));
}

static bool is_small_word(span word)
{
    return span_equal(word, SPAN("of")) || span_equal(word, SPAN("and")) ||
           span_equal(word, SPAN("for")) || span_equal(word, SPAN("the")) ||
           span_equal(word, SPAN("de"));
}

/* The run of capitalised words (with "of", "and" between) from `from` on; its end. */
static size_t run_end(span text, size_t from)
{
    size_t position = from, end = from;
    span word;
    bool small = false;
    while (word_next(text, &position, &word)) {
        size_t begin = (size_t)(word.at - text.at);
        span gap = span_slice(text, end, begin - end);
        bool joined = begin == from || span_equal(gap, SPAN(" ")) || span_equal(gap, SPAN("-")) ||
                      (small && span_equal(span_trim(gap), SPAN_NONE));
        if (!joined || (!starts_upper(word) && !(is_small_word(word) && end > from)))
            break;
        small = is_small_word(word);
        if (!small)
            end = begin + word.length;
        else if (position >= text.length)
            break;
        if (small) { /* only when a capital follows */
            size_t next = position;
            span following;
            if (!word_next(text, &next, &following) || !starts_upper(following))
                break;
            end = position;
        }
    }
    return end;
}

static bool is_technology(note_reading *reading, span text)
{
    return technology_canonical(reading->tables->technologies, text) != TECHNOLOGY_NONE;
}

/* "How Spotify Accidentally Deleted", "How Intuit Does": a company is what acts. */
static void from_how(note_reading *reading, talk *to)
{
    static const char *const verbs[] = {
        "does",        "do",      "did",      "uses",      "used",         "use",      "built",
        "builds",      "build",   "migrated", "scaled",    "scales",       "runs",     "ran",
        "run",         "moved",   "made",     "makes",     "accidentally", "learned",  "adopted",
        "deploys",     "manages", "managed",  "handles",   "saved",        "reduced",  "solved",
        "transformed", "went",    "switched", "leverages", "powers",       "delivers", "ships",
        "cut",         "broke",   "achieved", "replaced",  "rewrote",      "operates", "improved",
        "enabled",     "created"};
    span title = to->title.text;
    if (!span_starts_with_nocase(title, SPAN("how ")))
        return;
    span rest = span_from(title, 4), first = SPAN_NONE, word;
    size_t position = 0;
    for (size_t words = 0; words < 4 && word_next(rest, &position, &word); words++) {
        for (size_t i = 0; words && i < sizeof verbs / sizeof *verbs; i++) {
            if (span_equal_nocase(word, span_of(verbs[i]))) {
                first = span_trim(span_slice(rest, 0, (size_t)(word.at - rest.at)));
                words = 4;
                break;
            }
        }
    }
    if (first.length && starts_upper(first) && !is_technology(reading, first) &&
        !lookup(reading->tables->common_words, first, reading->memory))
        add(reading, to, first, &RULE_TITLE_HOW, to->title.line);
}

/* "Vitess @ Slack", "Chaos Engineering at Target": at the end of the title. */
static void from_title_end(note_reading *reading, talk *to)
{
    span title = to->title.text;
    for (size_t i = title.length; i-- > 1;) {
        bool at = title.at[i - 1] == ' ' && (span_starts_with(span_from(title, i), SPAN("@ ")) ||
                                             span_starts_with(span_from(title, i), SPAN("at ")));
        if (!at)
            continue;
        span org = span_from(title, i + (title.at[i] == '@' ? 2 : 3));
        bool common =
            lookup(reading->tables->common_words, org, reading->memory) && title.at[i] != '@';
        if (run_end(org, 0) == org.length && word_count(org) <= 3 && !common &&
            (title.at[i] == '@' || !is_technology(reading, org)))
            add(reading, to, org, &RULE_TITLE_AT, to->title.line);
        return;
    }
}

static span skip_the(span text)
{
    return span_starts_with_nocase(text, SPAN("the ")) ? span_from(text, 4) : text;
}

static void from_joining(note_reading *reading, talk *to, span text, uint32_t line)
{
    static const char *const cues[] = {"oining from ", "oining us from ", "oming from "};
    for (size_t i = 0; i < sizeof cues / sizeof *cues; i++) {
        size_t at = span_find(text, span_of(cues[i]));
        if (at == SPAN_NOT_FOUND)
            continue;
        span rest = skip_the(span_from(text, at + span_of(cues[i]).length));
        add(reading, to, span_slice(rest, 0, run_end(rest, 0)), &RULE_JOINING, line);
    }
}

static bool has_org_word(note_reading *reading, span run)
{
    size_t position = 0;
    span word, last = SPAN_NONE;
    while (word_next(run, &position, &word))
        last = word;
    return lookup(reading->tables->roles, last, reading->memory) & WORD_ORG && word_count(run) >= 2;
}

/* "a platform for the Norwegian Labor and Welfare Administration" in the sentence that names the
 * speakers. */
static void from_sentence(note_reading *reading, talk *to, span sentence, uint32_t line)
{
    static const char *const before[] = {" for the ",  " of the ", " at the ",
                                         " from the ", " at ",     " from "};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        span rest = sentence;
        for (size_t at; (at = span_find(rest, span_of(before[i]))) != SPAN_NOT_FOUND;) {
            rest = span_from(rest, at + span_of(before[i]).length);
            span run = span_slice(rest, 0, run_end(rest, 0));
            if (has_org_word(reading, run))
                add(reading, to, run, &RULE_NAMED, line);
        }
    }
}

/* "I really enjoyed the Red Hat tutorial": of a talk without speakers. */
static void from_noun(note_reading *reading, talk *to, span text, uint32_t line)
{
    for (size_t from = 0, at;
         (at = span_find(span_from(text, from), SPAN("the "))) != SPAN_NOT_FOUND;) {
        from += at + 4;
        span rest = span_from(text, from);
        size_t end = run_end(rest, 0), position = end;
        span next;
        bool noun = end && word_next(rest, &position, &next) &&
                    lookup(reading->tables->prose_cues, next, reading->memory) & CUE_NOUN;
        span org = span_slice(rest, 0, end);
        bool words = noun && (word_count(org) > 1 ||
                              !lookup(reading->tables->common_words, org, reading->memory));
        if (words && !lookup(reading->tables->headings, org, reading->memory))
            add(reading, to, org, &RULE_TUTORIAL, line);
    }
}

static bool names_speaker(const talk *to, span text)
{
    for (size_t i = 0; i < to->speakers.count; i++) {
        if (span_find(text, to->speakers.items[i].text) != SPAN_NOT_FOUND)
            return true;
    }
    return false;
}

/* How far down the text introduces its speakers. */
enum { ORG_BLOCKS_MAX = 4 };

void orgs_find(note_reading *reading, const talk_place *place, talk *to)
{
    size_t seen = 0;
    from_how(reading, to);
    from_title_end(reading, to);
    for (size_t i = place->first; i < place->end && seen < ORG_BLOCKS_MAX; i++) {
        const block *b = &reading->text.items[i];
        if ((int)i == place->heading || b->kind != BLOCK_PARAGRAPH || b->text.length > 20000)
            continue;
        seen++;
        size_t stop = span_find(b->text, SPAN(". "));
        span sentence = span_slice(b->text, 0, stop == SPAN_NOT_FOUND ? b->text.length : stop);
        from_joining(reading, to, b->text, b->line);
        if (names_speaker(to, sentence) && !to->orgs.count)
            from_sentence(reading, to, sentence, b->line);
        if (!to->speakers.count && !to->orgs.count && seen == 1)
            from_noun(reading, to, sentence, b->line);
    }
}
