/* prose_names.c - names in running text, and groups of neighbours. */
#include "notes/prose_names.h"

#include "base/utf8.h"
#include "notes/lookup.h"
#include "notes/person_name.h"
#include "notes/tables.h"

uint32_t prose_cue(const prose_scan *scan, span word)
{
    return lookup(scan->reading->tables->prose_cues, word, scan->reading->memory);
}

bool prose_word_next(const prose_scan *scan, size_t *position, prose_word *out)
{
    span word;
    if (!word_next(scan->text, position, &word))
        return false;
    out->begin = (size_t)(word.at - scan->text.at);
    out->end = out->begin + word.length;
    *position = out->end;
    size_t at = 0;
    uint32_t first = utf8_next(word, &at);
    out->upper = utf8_is_upper(first);
    out->particle =
        !out->upper && word.length <= 4 &&
        lookup(scan->reading->tables->roles, word, scan->reading->memory) & WORD_PARTICLE;
    return true;
}

span name_without_possessive(span name)
{
    if (span_ends_with(name, SPAN("'s")))
        name.length -= 2;
    else if (span_ends_with(name, SPAN("\xE2\x80\x99s")))
        name.length -= 4;
    return name;
}

static size_t line_length(span text, size_t end)
{
    size_t begin = end;
    while (begin && text.at[begin - 1] != '\n')
        begin--;
    return end - begin;
}

/* Between the words of one name: a blank, the break of a wrapped line, a hyphen, the dot of an
 * initial. */
static bool joins(const prose_scan *scan, const prose_word *left, const prose_word *right)
{
    span gap = span_slice(scan->text, left->end, right->begin - left->end);
    bool initial = left->end - left->begin == 1 && span_equal(gap, SPAN(". "));
    bool wrapped = span_equal(gap, SPAN("\n")) && line_length(scan->text, left->end) >= 40 &&
                   !lookup(scan->reading->tables->common_words,
                           span_slice(scan->text, right->begin, right->end - right->begin),
                           scan->reading->memory);
    return span_equal(gap, SPAN(" ")) || wrapped || span_equal(gap, SPAN("-")) || initial;
}

bool prose_has_possessive(const prose_scan *scan, const prose_word *word)
{
    span text = span_slice(scan->text, word->begin, word->end - word->begin);
    return name_without_possessive(text).length < text.length;
}

/* "Tae-young": the small part belongs to the name. */
static bool hyphened(const prose_scan *scan, const prose_word *left, const prose_word *right)
{
    return left->upper && left->end + 1 == right->begin && scan->text.at[left->end] == '-';
}

/* Capitalised words from *position on that stand together; where the next search goes on. */
size_t prose_run_next(const prose_scan *scan, size_t *position, prose_word *run)
{
    size_t count = 0, at = *position, before = at;
    prose_word word;
    while (prose_word_next(scan, &at, &word)) {
        bool fits =
            word.upper || (count && (word.particle || hyphened(scan, &run[count - 1], &word)));
        if (count && (count == RUN_MAX || !fits || !joins(scan, &run[count - 1], &word) ||
                      prose_has_possessive(scan, &run[count - 1]))) {
            *position = before;
            break;
        }
        if (fits)
            run[count++] = word;
        before = at;
        *position = at;
    }
    while (count && run[count - 1].particle)
        count--;
    return count;
}

span prose_flat(const prose_scan *scan, size_t begin, size_t end)
{
    span copy = arena_copy(scan->reading->memory,
                           name_without_possessive(span_slice(scan->text, begin, end - begin)));
    for (size_t i = 0; i < copy.length; i++) {
        if (copy.at[i] == '\n')
            ((char *)copy.at)[i] = ' ';
    }
    return copy;
}

/* A name neither begins nor ends inside "Keith-Magee". */
static bool cuts_hyphen(const prose_scan *scan, const prose_word *run, size_t count, size_t from,
                        size_t words)
{
    bool before = from && scan->text.at[run[from].begin - 1] == '-' &&
                  run[from - 1].end + 1 == run[from].begin;
    size_t last = from + words - 1;
    bool behind = last + 1 < count && run[last + 1].begin == run[last].end + 1 &&
                  scan->text.at[run[last].end] == '-';
    return before || behind;
}

/* A family name that is a word too: "Ada Example Stone" rather than "Ada Example". */
static void take_last_word(const prose_scan *scan, const prose_word *run, size_t count,
                           name_spot *spot)
{
    span gap = count < 2 ? SPAN_NONE
                         : span_slice(scan->text, run[count - 2].end,
                                      run[count - 1].begin - run[count - 2].end);
    if (!span_equal(gap, SPAN(" ")) || run[count - 1].end == spot->end ||
        run[count - 2].end != spot->end || spot->likeness < 0.5f)
        return;
    span last =
        span_slice(scan->text, run[count - 1].begin, run[count - 1].end - run[count - 1].begin);
    if (technology_canonical(scan->reading->tables->technologies, last) != TECHNOLOGY_NONE)
        return; /* "Grace Hopper Python is ..." */
    float likeness =
        name_likeness(scan->reading->tables, prose_flat(scan, spot->begin, run[count - 1].end),
                      scan->reading->memory);
    if (likeness >= 0.3f)
        *spot = (name_spot){spot->begin, run[count - 1].end, spot->likeness};
}

/* "Professor Walsh" is nobody's whole name. */
static bool is_honour(const prose_scan *scan, const prose_word *word)
{
    span text = span_slice(scan->text, word->begin, word->end - word->begin);
    return lookup(scan->reading->tables->roles, text, scan->reading->memory) & WORD_HONOUR;
}

/* The last word may begin the next sentence. */
static bool breaks_line(const prose_scan *scan, const prose_word *left, const prose_word *right)
{
    return span_find_byte(span_slice(scan->text, left->end, right->begin - left->end), '\n') !=
           SPAN_NOT_FOUND;
}

/* "Johns Hopkins University": what stands behind makes it the name of something else. */
static bool names_organization(const prose_scan *scan, const prose_word *run, size_t count,
                               const name_spot *spot)
{
    size_t next = 0;
    while (next < count && run[next].begin < spot->end)
        next++;
    span word = next < count
                    ? span_slice(scan->text, run[next].begin, run[next].end - run[next].begin)
                    : SPAN_NONE;
    return lookup(scan->reading->tables->roles, word, scan->reading->memory) & WORD_ORG;
}

/* The likeliest name among the words of a run. */
static bool best_name(const prose_scan *scan, const prose_word *run, size_t count, name_spot *out)
{
    *out = (name_spot){0};
    for (size_t from = 0; from + 1 < count; from++) {
        for (size_t words = 2; words <= 5 && from + words <= count; words++) {
            if (run[from].particle || cuts_hyphen(scan, run, count, from, words) ||
                (words == 2 && is_honour(scan, &run[from])))
                continue;
            float likeness = name_likeness(
                scan->reading->tables, prose_flat(scan, run[from].begin, run[from + words - 1].end),
                scan->reading->memory);
            if (words > 2 && breaks_line(scan, &run[from + words - 2], &run[from + words - 1]))
                likeness *= 0.8f;
            if (likeness + 0.02f * (float)words > out->likeness + 0.05f) {
                *out = (name_spot){run[from].begin, run[from + words - 1].end, likeness};
            }
        }
    }
    take_last_word(scan, run, count, out);
    return out->likeness >= 0.08f && !names_organization(scan, run, count, out);
}

static bool name_next(const prose_scan *scan, size_t *position, name_spot *out)
{
    prose_word run[RUN_MAX];
    while (*position < scan->text.length) {
        size_t before = *position, count = prose_run_next(scan, position, run);
        if (count && best_name(scan, run, count, out)) {
            *position = out->end;
            return true;
        }
        if (*position == before)
            break;
    }
    return false;
}

/* ---- groups ---- */

size_t text_skip_blanks(span text, size_t at)
{
    while (at < text.length && byte_is_space(text.at[at]))
        at++;
    return at;
}

/* Skips "(Acme)" and "*" behind a name; the company goes into the group. */
static size_t skip_paren(const prose_scan *scan, size_t at, name_group *group)
{
    size_t open = text_skip_blanks(scan->text, at);
    if (open < scan->text.length && scan->text.at[open] == '(') {
        span rest = span_from(scan->text, open);
        size_t close = span_find_byte(span_slice(rest, 0, 120), ')');
        if (close != SPAN_NOT_FOUND) {
            if (group->org_count < GROUP_MAX)
                group->orgs[group->org_count++] = prose_flat(scan, open + 1, open + close);
            at = open + close + 1;
        }
    }
    while (at < scan->text.length && scan->text.at[at] == '*')
        at++;
    return at;
}

/* Where the next name of the same list begins, or 0. */
static size_t skip_joint(const prose_scan *scan, size_t at, bool *and_out)
{
    static const char *const joints[] = {", and ", " and ", " & ",  ", ",  "; ",
                                         " og ",   " und ", " et ", " y ", "\nand ",
                                         " and\n", ",\n",   ";\n"};
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
        if (span_starts_with(span_from(scan->text, at), span_of(joints[i]))) {
            *and_out = joints[i][0] == ' ' || span_of(joints[i]).length > 3;
            return at + span_of(joints[i]).length;
        }
    }
    return 0;
}

static void group_grow(const prose_scan *scan, name_group *group)
{
    while (group->count < GROUP_MAX) {
        bool and = false;
        size_t joint = skip_joint(scan, group->end, &and), position = joint;
        name_spot next = {0};
        prose_word run[RUN_MAX];
        size_t words = joint ? prose_run_next(scan, &position, run) : 0;
        if (!words || run[0].begin != joint || !best_name(scan, run, words, &next) ||
            next.begin != joint ||
            next.likeness < (and&&group->names[0].likeness > 0.9f ? 0.08f
                             : group->org_count                   ? 0.12f
                                                                  : 0.5f))
            return;
        group->names[group->count++] = next;
        if (!and)
            group->likeness = next.likeness < group->likeness ? next.likeness : group->likeness;
        else
            group->names[group->count - 1].likeness = group->likeness;
        group->end = skip_paren(scan, next.end, group);
    }
}

/* "Yun Lu (University of Edinburgh)*; ...": so authors are listed. */
static bool has_affiliation(const prose_scan *scan, size_t at)
{
    name_group group = {.count = 0};
    at = skip_paren(scan, at, &group);
    return group.org_count && at < scan->text.length && scan->text.at[at] == ';';
}

bool prose_group_next(const prose_scan *scan, size_t *position, name_group *group)
{
    *group = (name_group){.count = 0};
    do {
        if (!name_next(scan, position, &group->names[0]))
            return false;
    } while (group->names[0].likeness < 0.3f && !has_affiliation(scan, group->names[0].end));
    group->count = 1;
    group->begin = group->names[0].begin;
    group->likeness = group->names[0].likeness;
    group->end = prose_has_possessive(
                     scan, &(prose_word){group->names[0].begin, group->names[0].end, true, false})
                     ? group->names[0].end
                     : skip_paren(scan, group->names[0].end, group);
    group_grow(scan, group);
    *position = group->end;
    return true;
}
