#include "search/query_leaf.h"
#include "search/number_range.h"

#include "search/query_form.h"
#include "search/query_text.h"
#include "search/spelling.h"

enum { DEFAULT_SLOP = 5 };

query_node *leaf_node(query_scan *p, query_kind kind, span text, size_t begin)
{
    query_mistake at = scan_extent(p, begin, p->at);
    query_node *made = node_leaf(p->all->memory, kind, text, at.begin, at.end);
    made->field = p->field;
    made->key = p->key;
    return made;
}

/* Cuts `^2.5` off the end of the word. */
bool leaf_cut_boost(span *word, double *boost)
{
    size_t caret = span_find_last_byte(*word, '^');
    if (caret == SPAN_NOT_FOUND || caret + 1 >= word->length || word->length - caret > 8)
        return false;
    double value = 0, unit = 1;
    bool point = false;
    for (size_t i = caret + 1; i < word->length; i++) {
        char c = word->at[i];
        if (c == '.' && !point && i > caret + 1 && i + 1 < word->length) {
            point = true;
        } else if (byte_is_digit(c)) {
            value = value * 10 + (c - '0');
            unit *= point ? 10 : 1;
        } else {
            return false;
        }
    }
    word->length = caret;
    *boost = value / unit;
    return true;
}

query_node *leaf_boosted(query_scan *p, query_node *node, double boost, size_t begin)
{
    if (boost > QUERY_BOOST_MAX)
        scan_notice(p, begin, p->at,
                    arena_printf(p->all->memory, "a weight is at most %d: taken as ^%d",
                                 QUERY_BOOST_MAX, QUERY_BOOST_MAX));
    query_mistake at = scan_extent(p, begin, p->at);
    return node_boost(p->all->memory, node, boost, at.begin, at.end);
}

/* A `^number` that follows a group or a phrase directly. */
query_node *leaf_boost(query_scan *p, query_node *node, size_t begin)
{
    if (scan_peek(p) != '^' || scan_failed(p))
        return node;
    size_t before = p->at;
    double boost;
    span suffix = span_slice(p->text, p->at, 1);
    while (p->at + suffix.length < p->text.length && suffix.length < 8 &&
           (byte_is_digit(suffix.at[suffix.length]) || suffix.at[suffix.length] == '.'))
        suffix.length++;
    scan_advance(p, suffix.length);
    while (suffix.at[suffix.length - 1] == '.')
        suffix.length--;
    if (!leaf_cut_boost(&suffix, &boost)) {
        p->at = before + 1;
        return node;
    }
    return node ? leaf_boosted(p, node, boost, begin) : NULL;
}

/* How far a word may be misspelt when nobody says: as in corrections, but one letter at least. */
static unsigned default_distance(span word)
{
    unsigned limit = spelling_limit(word);
    return limit ? limit : 1;
}

static bool cut_distance(query_scan *p, span *word, unsigned *distance)
{
    size_t tilde = span_find_last_byte(*word, '~');
    if (tilde == SPAN_NOT_FOUND || !tilde || word->length - tilde > 2)
        return false;
    if (tilde + 1 < word->length && !byte_is_digit(word->at[tilde + 1]))
        return false;
    bool given = tilde + 1 < word->length;
    unsigned wanted = given ? (unsigned)(word->at[tilde + 1] - '0') : 0;
    word->length = tilde;
    *distance = !given ? default_distance(*word) : wanted < 1 ? 1 : wanted > 2 ? 2 : wanted;
    if (given && *distance != wanted)
        scan_notice(
            p, p->at - 2, p->at,
            arena_printf(p->all->memory, "~1 or ~2 letters may differ: taken as ~%u", *distance));
    return true;
}

/* AND, OR, NOT without anything to work on are words, and written so that they stay words. */
static span no_operator(span word)
{
    static const span operators[] = {{"AND", 3}, {"OR", 2}, {"NOT", 3}};
    static const span words[] = {{"and", 3}, {"or", 2}, {"not", 3}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (span_equal(word, operators[i]))
            return words[i];
    return word;
}

query_node *leaf_word(query_scan *p, span word, size_t begin, bool starred)
{
    double boost = 0;
    unsigned distance = 0;
    word = trim_tail(word, starred);
    bool boosting = leaf_cut_boost(&word, &boost);
    word = trim_tail(word, starred);
    bool fuzzy = cut_distance(p, &word, &distance);
    bool prefix = !fuzzy && span_ends_with(word, SPAN("*"));
    bool any = p->field && !fuzzy && span_equal(word, SPAN("*"));
    query_kind kind = any ? QUERY_ALL : fuzzy ? QUERY_FUZZY : prefix ? QUERY_PREFIX : QUERY_WORD;
    word = trim_marks(word);
    if (!any && !holds_word(word))
        return NULL;
    if (span_find_byte(word, '*') != SPAN_NOT_FOUND)
        scan_notice(p, begin, p->at, SPAN("* works only at the end of a word: left out"));
    query_node *made = leaf_node(p, kind, no_operator(word), begin);
    made->distance = distance;
    return boosting ? leaf_boosted(p, made, boost, begin) : made;
}

static bool is_range(span value)
{
    return value.length > 1 && (value.at[0] == '<' || value.at[0] == '>' ||
                                span_find(value, SPAN("..")) != SPAN_NOT_FOUND);
}

query_node *leaf_bare(query_scan *p, size_t begin, bool starred)
{
    span word = scan_word(p);
    number_range numbers;
    bool counts = p->field && p->field->id == FIELD_PROPERTY && number_range_read(word, &numbers);
    if (p->field && is_range(word) && !counts)
        scan_notice(p, begin, p->at,
                    SPAN("only dates and numbers of the front matter have ranges: read as text"));
    if (starred && !span_ends_with(word, SPAN("*")))
        scan_notice(p, begin, p->at, SPAN("* works only at the end of a word: left out"));
    return leaf_word(p, word, begin, starred);
}

/* ---- phrases ---- */

/* `~5` behind a phrase. */
static unsigned parse_slop(query_scan *p)
{
    unsigned slop = 0;
    size_t begin = p->at, digits = 0;
    if (scan_peek(p) != '~')
        return 0;
    scan_advance(p, 1);
    for (; byte_is_digit(scan_peek(p)); digits++) {
        if (slop <= QUERY_SLOP_MAX)
            slop = slop * 10 + (unsigned)(scan_peek(p) - '0');
        scan_advance(p, 1);
    }
    if (!digits)
        return DEFAULT_SLOP;
    if (slop <= QUERY_SLOP_MAX)
        return slop;
    scan_notice(p, begin, p->at,
                arena_printf(p->all->memory, "at most %d words may stand between: taken as ~%d",
                             QUERY_SLOP_MAX, QUERY_SLOP_MAX));
    return QUERY_SLOP_MAX;
}

/* Takes the star of `"live migr"*`. */
static bool take_star(query_scan *p)
{
    size_t behind = p->at + 1;
    if (scan_peek(p) != '*')
        return false;
    if (behind < p->text.length && !blank_at(p->text, behind) && p->text.at[behind] != ')' &&
        p->text.at[behind] != '^')
        return false;
    scan_advance(p, 1);
    return true;
}

query_node *leaf_phrase(query_scan *p, size_t begin)
{
    span text;
    if (!scan_quoted(p, &text))
        return NULL;
    if (holds_word(text) && holds_blank(span_trim(text)) && take_star(p))
        return leaf_boost(p, leaf_node(p, QUERY_PREFIX, text, begin), begin);
    unsigned slop = parse_slop(p);
    if (!holds_word(text)) {
        leaf_boost(p, NULL, begin);
        return NULL;
    }
    query_node *made = leaf_node(p, QUERY_PHRASE, text, begin);
    made->distance = slop;
    return leaf_boost(p, made, begin);
}

/* ---- dates ---- */

/* Without the marks of a sentence, but with the dots of `2023..`. */
static span trim_date(span value)
{
    return !value.at || span_ends_with(value, SPAN("..")) ? value : trim_sentence(value);
}

/* `last year`, `march 2024` without quotes: as many words more as still make a date. */
static dates_result take_dates(query_scan *p, span value, day_range *out)
{
    enum { MORE_WORDS = 3 };
    day_number today = p->all->options->today;
    dates_result result = dates_parse(value, today, out);
    query_scan ahead = *p;
    /* `year:2024 weeks ago`: a date in digits is complete. `march` may have a year behind it. */
    if (result == DATES_OK && value.length && !byte_is_alpha(value.at[value.length - 1]))
        return result;
    for (int i = 0; i < MORE_WORDS; i++) {
        scan_skip_blanks(&ahead);
        if (scan_at_end(&ahead) || scan_peek(&ahead) == '(' || !scan_word(&ahead).length)
            break;
        day_range longer;
        span joined = trim_date(span_between(value.at, p->text.at + ahead.at));
        if (dates_parse(joined, today, &longer) != DATES_OK)
            continue;
        result = DATES_OK;
        *out = longer;
        p->at = ahead.at;
    }
    return result;
}

static void fail_dates(query_scan *p, span value, dates_result result, size_t begin)
{
    span name = span_of(p->field->name);
    if (result == DATES_EMPTY)
        SCAN_FAIL(p, begin, p->at,
                  "the range has no end: write %.*s:2023.., %.*s:..2024 or both ends",
                  SPAN_ARG(name), SPAN_ARG(name));
    else if (result == DATES_REVERSED)
        SCAN_FAIL(p, begin, p->at, "the range ends before it begins: exchange its ends");
    else
        SCAN_FAIL(
            p, begin, p->at,
            "'%.*s' is no date: write 2024, 2024-03, 2024-03-01, \"last year\", -6m or a range "
            "as 2023..2025",
            (int)(value.length < 40 ? value.length : 40), value.at);
}

/* A date, or two with dots between, each quoted or not; *loose when none is: then words may follow
 * that belong to it. Empty after a quote left open. */
static span take_date_text(query_scan *p, bool *loose)
{
    enum { ENDS = 2 };
    span value = scan_word(p);
    *loose = true;
    for (int i = 0; i < ENDS && quote_at(p->text, p->at); i++) {
        span quoted;
        if (!scan_quoted(p, &quoted))
            return SPAN_NONE;
        span more = scan_word(p);
        *loose = false;
        value = arena_printf(p->all->memory, "%.*s%.*s%.*s", SPAN_ARG(value), SPAN_ARG(quoted),
                             SPAN_ARG(more));
    }
    return trim_date(value);
}

/* The value of a field of dates. */
query_node *leaf_dates(query_scan *p, size_t begin)
{
    size_t value_at = p->at;
    bool loose;
    double boost = 1;
    span value = take_date_text(p, &loose);
    if (scan_failed(p))
        return NULL;
    bool boosting = leaf_cut_boost(&value, &boost);
    query_node *made;
    if (span_equal(value, SPAN("*"))) {
        made = leaf_node(p, QUERY_ALL, SPAN_NONE, begin);
    } else {
        day_range days = {0, 0};
        dates_result result = loose && !boosting
                                  ? take_dates(p, value, &days)
                                  : dates_parse(value, p->all->options->today, &days);
        if (result != DATES_OK) {
            fail_dates(p, value, result, value_at);
            return NULL;
        }
        made = leaf_node(p, QUERY_DATES, SPAN_NONE, begin);
        made->days = days;
    }
    return boosting ? leaf_boosted(p, made, boost, begin) : leaf_boost(p, made, begin);
}

bool leaf_in_dates(const query_scan *p)
{
    return p->field && p->field->type == FIELD_OF_DATES;
}
