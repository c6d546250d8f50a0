#include <stdlib.h>
#include <string.h>

#include "analysis/technology_table.h"
#include "analysis/technology_words.h"
#include "base/memory.h"

/* So many words in capitals make a heading, or a shout. */
enum { HEADING_CAPITALS = 2, SHOUTED = 2 };
enum { SHORT_NAME = 2, VERSION_DIGITS_MAX = 2 };

typedef struct {
    const technology_table *table;
    span text;
    const technology_words *words;
    technology_place place;
    bool lenient; /* a query, the name behind a code fence: capitals don't count */
} finder;

typedef struct {
    const technology_alias *alias;
    size_t last;    /* word */
    size_t key_end; /* in the folded text: less than the word's end when a version is glued on */
    bool versioned; /* PHP7 */
} match;

/* Cues: the word before or behind that makes an everyday word a technology. */
static const char *const cues_before[] = {"using", "with",   "use",       "uses",    "used",
                                          "via",   "called", "adopted",   "adopt",   "library",
                                          "tool",  "tools",  "framework", "language"};
static const char *const cues_before_language[] = {"in", "for", "from", "to", "learn", "learning"};
static const char *const cues_behind[] = {
    "language",    "lang",        "code",      "codebase",    "program",   "programs",
    "programming", "compiler",    "library",   "libraries",   "framework", "package",
    "packages",    "module",      "modules",   "sdk",         "api",       "apis",
    "client",      "driver",      "cluster",   "clusters",    "plugin",    "plugins",
    "runtime",     "app",         "apps",      "application", "script",    "scripts",
    "syntax",      "interpreter", "binaries",  "binary",      "bindings",  "ecosystem",
    "database",    "queries",     "dashboard", "dashboards",  "charts",    "operator",
    "template",    "templates",   "component", "components",  "developer", "developers",
    "programmer",  "programmers", "functions", "file",        "files",     "spreadsheet",
    "extension",   "extensions",  "cli",       "proxy"};

static span name_of(const finder *f, const technology_alias *alias)
{
    return technology_text_of(f->table, alias->text);
}

static bool is_one_of(span word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (span_equal(word, span_of(list[i])))
            return true;
    return false;
}
#define IS_ONE_OF(word, list) is_one_of((word), (list), sizeof(list) / sizeof *(list))

static bool is_word_byte(char c)
{
    return byte_is_alnum(c) || (unsigned char)c >= 0x80 || c == '+' || c == '#';
}

typedef enum { PARTED_NOT, PARTED_BY_CAPITAL, PARTED_BY_GAP } parting;

/* How the alias itself is parted before the `key`-th of its letters. */
static parting alias_parting(span alias, size_t key)
{
    bool gap = false;
    size_t begin = alias.at[0] == '.'; /* .NET: the dot is its first letter */
    key -= begin;
    for (size_t i = begin; i < alias.length; i++) {
        if (!is_word_byte(alias.at[i])) {
            gap = true;
            if (alias.at[i] == '\'') /* the s of Let's Encrypt is no part of the key */
                i++;
        } else if (key-- == 0) {
            bool capital = i > 0 && technology_parts_before(alias, i);
            return gap ? PARTED_BY_GAP : capital ? PARTED_BY_CAPITAL : PARTED_NOT;
        } else {
            gap = false;
        }
    }
    return PARTED_NOT;
}

/* Where a text parts an alias, the alias must have a joint: `is tio` is not Istio. `fast-api` and
 * `Fast API` are FastAPI, `fast API` is not: a blank where the alias has none needs capitals. */
static bool partings_fit(const finder *f, const technology_alias *alias, size_t first, size_t last)
{
    const technology_word *words = f->words->items;
    for (size_t i = first + 1; i <= last; i++) {
        parting own = alias_parting(name_of(f, alias), words[i].key - words[first].key);
        bool loose = f->lenient || words[i].joint == JOINT_TIGHT ||
                     (words[i].capital && words[first].capital);
        if (own == PARTED_NOT || (own == PARTED_BY_CAPITAL && !loose))
            return false;
    }
    return true;
}

/* Letters and digits of both in the same capitals, as far as the alias goes. */
static bool same_case(span alias, span written)
{
    size_t i = 0, k = 0;
    for (;;) {
        while (i < alias.length && !is_word_byte(alias.at[i]))
            i++;
        while (k < written.length && !is_word_byte(written.at[k]))
            k++;
        if (i == alias.length)
            return true;
        if (k == written.length || alias.at[i++] != written.at[k++])
            return false;
    }
}

static span written_from(const finder *f, size_t first, size_t last)
{
    uint32_t begin = f->words->items[first].begin;
    return span_slice(f->text, begin, f->words->items[last].end - begin);
}

static bool is_quoted_code(const finder *f, size_t first, size_t last)
{
    uint32_t begin = f->words->items[first].begin, end = f->words->items[last].end;
    return begin > 0 && f->text.at[begin - 1] == '`' && end < f->text.length &&
           f->text.at[end] == '`';
}

/* Panel is `panel` where it is imported or installed. */
static bool is_package_name(const finder *f, const technology_alias *alias, size_t first,
                            size_t last)
{
    span name = name_of(f, alias);
    return is_quoted_code(f, first, last) && byte_is_upper(name.at[0]) && name.length > 2 &&
           !byte_is_upper(name.at[1]);
}

/* An everyday word that its makers write small: Logging is a subject, `logging` a package. */
static bool is_small_word(const finder *f, const technology_alias *alias)
{
    return alias->rules & RULE_CONTEXT && byte_is_alpha(*name_of(f, alias).at) &&
           !byte_is_upper(*name_of(f, alias).at);
}

static bool fits(const finder *f, const technology_alias *alias, size_t first, size_t last)
{
    if (!alias || !partings_fit(f, alias, first, last))
        return false;
    const technology_word *word = &f->words->items[first];
    if (!f->lenient && word->capital && !word->first && is_small_word(f, alias))
        return false;
    return f->lenient || !(alias->rules & RULE_CASE) ||
           same_case(name_of(f, alias), written_from(f, first, last)) ||
           is_package_name(f, alias, first, last);
}

static const technology_alias *alias_at(const finder *f, size_t first, size_t last, size_t key_end)
{
    uint32_t key = f->words->items[first].key;
    span whole = {f->words->folded.at + key, key_end - key};
    uint32_t hash = technology_hash(TECHNOLOGY_HASH_START, whole);
    const technology_slot *slot = technology_lookup(f->table, hash, whole);
    const technology_alias *alias = slot ? technology_alias_of(f->table, slot) : NULL;
    return fits(f, alias, first, last) ? alias : NULL;
}

static bool is_acronym(span name)
{
    return name.length > 1 && byte_is_upper(name.at[0]) && byte_is_upper(name.at[1]);
}

static bool is_everyday_word(const technology_alias *alias)
{
    return alias->rules & (RULE_WORD | RULE_CONTEXT);
}

/* An acronym's plural is CRDs or crds, neither CRDS nor Crds (and Ross is not several ROS). */
static bool has_plural(const finder *f, const technology_alias *alias, size_t first, size_t last)
{
    if (is_everyday_word(alias))
        return false;
    span written = written_from(f, first, last);
    return !is_acronym(name_of(f, alias)) || !f->words->items[first].capital ||
           (same_case(name_of(f, alias), written) && !span_ends_with(written, SPAN("S")));
}

/* PHP7, python3, webhooks, CRDs, C++17: the word without what is glued to its end. */
static bool match_stem(const finder *f, size_t first, size_t last, match *best)
{
    enum { SHORTEST = 3, SHORTEST_PLURAL = 2 };
    const char *folded = f->words->folded.at;
    size_t begin = f->words->items[first].key, end = f->words->items[last].key_end;
    size_t stem = end;
    if (end == begin) /* a word of marks alone folds to nothing */
        return false;
    while (stem > begin && byte_is_digit(folded[stem - 1]))
        stem--;
    bool plural = false;
    if (stem == end && folded[end - 1] == 's') {
        stem--;
        plural = true;
    } else if (stem == end && (folded[end - 1] == '+' || folded[end - 1] == '#')) {
        stem--;
        plural = true;
    }
    if (stem == end || stem < begin + (plural ? SHORTEST_PLURAL : SHORTEST) ||
        stem <= f->words->items[last].key)
        return false;
    const technology_alias *alias = alias_at(f, first, last, stem);
    if (!alias || (plural && !has_plural(f, alias, first, last)))
        return false;
    if (!plural && alias->rules & RULE_CONTEXT && end - stem > VERSION_DIGITS_MAX)
        return false; /* Foo313 */
    *best = (match){alias, last, plural ? end : stem, !plural};
    return true;
}

/* The longest alias that begins with the word. */
static bool match_at(const finder *f, size_t first, match *best)
{
    uint32_t hash = TECHNOLOGY_HASH_START;
    bool found = false;
    for (size_t last = first; last < f->words->count; last++) {
        const technology_word *word = &f->words->items[last];
        if (last > first && word->joint == JOINT_NONE)
            break;
        span key = {f->words->folded.at + f->words->items[first].key,
                    word->key_end - f->words->items[first].key};
        hash = technology_hash(hash, technology_word_key(f->words, last));
        const technology_slot *slot = technology_lookup(f->table, hash, key);
        const technology_alias *alias = slot ? technology_alias_of(f->table, slot) : NULL;
        if (fits(f, alias, first, last)) {
            *best = (match){alias, last, word->key_end, false};
            found = true;
        } else if (match_stem(f, first, last, best)) {
            found = true;
        }
        if (!slot || !slot->more)
            break;
    }
    return found;
}

/* 3, 3.9, v2: the version that follows, as words of its own; the number of words, 0 if none. A bare
 * number may count something else. */
static size_t version_words(const finder *f, size_t next, bool bare)
{
    const technology_word *words = f->words->items;
    if (next >= f->words->count || words[next].joint == JOINT_NONE)
        return 0;
    span key = technology_word_key(f->words, next);
    bool v = key.length > 1 && key.at[0] == 'v' && byte_is_digit(key.at[1]);
    if (!v && !byte_is_digit(key.at[0]))
        return 0;
    size_t count = 1;
    while (next + count < f->words->count && words[next + count].joint == JOINT_TIGHT &&
           byte_is_digit(*technology_word_key(f->words, next + count).at))
        count++;
    return v || count > 1 || bare ? count : 0;
}

static bool is_category(const finder *f, const technology_alias *alias, const char *category)
{
    return span_equal(technology_category(f->table, alias->technology), span_of(category));
}

/* Whether the words around make it a technology. */
static bool is_cued(const finder *f, size_t first, size_t last, const technology_alias *alias)
{
    const technology_word *words = f->words->items;
    if (first > 0 && words[first].joint != JOINT_NONE) {
        span before = technology_word_key(f->words, first - 1);
        if (IS_ONE_OF(before, cues_before) ||
            (is_category(f, alias, "language") && words[first].capital &&
             IS_ONE_OF(before, cues_before_language)))
            return true;
    }
    if (last + 1 < f->words->count && words[last + 1].joint != JOINT_NONE &&
        IS_ONE_OF(technology_word_key(f->words, last + 1), cues_behind))
        return true;
    /* CI 0.46 is a confidence interval, R 4.0.2 is R. */
    bool short_name = alias->rules & RULE_CONTEXT && name_of(f, alias).length <= SHORT_NAME;
    return version_words(f, last + 1, false) > (short_name ? 2 : 0) ||
           ((alias->rules & RULE_WORD || !byte_is_upper(*name_of(f, alias).at)) &&
            is_quoted_code(f, first, last));
}

/* R&D, C-level, I'd, J. R. Smith: a letter that is no name. */
static bool is_stray_letter(const finder *f, size_t first, const match *found)
{
    const technology_word *word = &f->words->items[first];
    if (first != found->last || word->end - word->begin != 1)
        return false;
    char before = word->begin ? f->text.at[word->begin - 1] : ' ';
    span behind = span_from(f->text, word->end);
    char next = behind.length ? behind.at[0] : ' ';
    if (before == '&' || before == '(' || before == '-' || before == '.' || before == '\'' ||
        next == '&' || next == '-' || next == '\'')
        return true;
    if (next != '.' || behind.length < 2 || is_cued(f, first, found->last, found->alias))
        return false;
    return byte_is_alnum(behind.at[1]) ||
           (first + 1 < f->words->count && f->words->items[first + 1].capital &&
            f->words->items[first + 1].begin <= word->end + 2);
}

/* train.csv, values.yaml: the file is named, not its format. And *nix is no Nix. */
static bool is_part_of_name(const finder *f, size_t first, const match *found)
{
    uint32_t begin = f->words->items[first].begin;
    uint32_t end = f->words->items[found->last].end;
    char next = end < f->text.length ? f->text.at[end] : ' ';
    if (begin && f->text.at[begin - 1] == '*' && next != '*')
        return !f->words->items[first].capital;
    return begin > 1 && f->text.at[begin - 1] == '.' && byte_is_alnum(f->text.at[begin - 2]) &&
           is_category(f, found->alias, "format");
}

static bool is_shouting(const technology_sentence *style)
{
    return style->small == 0 && style->shouted >= SHOUTED;
}

/* An acronym in capitals proves itself, unless the sentence shouts; another word's capital does in
 * the midst of a sentence, unless that is Written Like a Heading. */
static bool capital_proves(const finder *f, const technology_word *word, span written)
{
    const technology_sentence *style = &f->words->sentences[word->sentence];
    if (is_acronym(written))
        return !is_shouting(style);
    bool heading = style->capitals >= HEADING_CAPITALS && style->small == 0;
    return word->capital && !word->first && !heading;
}

/* Oliphant, O, but neither CI nor MacOS: it looks like a part of a person's name. */
static bool is_name_like(const finder *f, size_t word)
{
    const technology_word *at = &f->words->items[word];
    size_t capitals = 0;
    for (uint32_t i = at->begin; i < at->end; i++)
        capitals += byte_is_upper(f->text.at[i]);
    return at->capital && capitals <= 1;
}

/* Hugo Weaving, Mary Chef. */
static bool is_in_name(const finder *f, size_t first, size_t last)
{
    const technology_word *words = f->words->items;
    return (last + 1 < f->words->count && words[last + 1].joint == JOINT_BLANK &&
            is_name_like(f, last + 1)) ||
           (first > 0 && words[first].joint == JOINT_BLANK && is_name_like(f, first - 1));
}

static technology_proof proof_of(const finder *f, size_t first, const match *found)
{
    const technology_alias *alias = found->alias;
    const technology_word *word = &f->words->items[first];
    span written = written_from(f, first, found->last);
    if (f->place == TECHNOLOGY_CODE)
        return TECHNOLOGY_DOUBTFUL;
    bool shouted = alias->rules & RULE_CASE && is_shouting(&f->words->sentences[word->sentence]);
    if ((!is_everyday_word(alias) && !shouted) || found->versioned ||
        (alias->rules & RULE_TITLE && f->place == TECHNOLOGY_TITLE && word->capital) ||
        is_cued(f, first, found->last, alias))
        return TECHNOLOGY_SURE;
    if (is_quoted_code(f, first, found->last))
        return TECHNOLOGY_LIKELY;
    if (!word->capital || (is_acronym(name_of(f, alias)) && !is_acronym(written)))
        return TECHNOLOGY_DOUBTFUL;
    bool proves = capital_proves(f, word, written);
    if (proves && is_in_name(f, first, found->last))
        return TECHNOLOGY_NAMESAKE;
    if (alias->rules & RULE_CONTEXT)
        return proves ? TECHNOLOGY_LIKELY : TECHNOLOGY_DOUBTFUL;
    return proves ? TECHNOLOGY_SURE : TECHNOLOGY_LIKELY;
}

static bool is_alone(const finder *f, size_t first, size_t last)
{
    const technology_word *words = f->words->items;
    return (first == 0 || words[first - 1].sentence != words[first].sentence) &&
           (last + 1 == f->words->count || words[last + 1].sentence != words[last].sentence);
}

/* Where the name with its version ends: Python 3, PHP7, C++17; but Kubernetes 101. */
static uint32_t version_end(const finder *f, const match *found)
{
    const technology_word *words = f->words->items;
    size_t next = found->last + 1;
    size_t count = version_words(f, next, true);
    if (!count || (count == 1 && words[next].end - words[next].begin > VERSION_DIGITS_MAX))
        return words[found->last].end;
    return words[next + count - 1].end;
}

/* Docker, Podman and Buildah: what stands between two names of an enumeration. */
static bool is_enumeration(span gap)
{
    static const char *const links[] = {"",   "and", "or", "vs", "versus", "und", "oder", "et",
                                        "ou", "y",   "o",  "e",  "og",     "och", "en",   "eller"};
    bool sign = false;
    span word = SPAN_NONE;
    for (size_t i = 0; i < gap.length; i++) {
        char c = gap.at[i];
        if (byte_is_alnum(c)) {
            word = word.length ? (span){word.at, (size_t)(gap.at + i + 1 - word.at)}
                               : span_slice(gap, i, 1);
        } else if (strchr(",/+&|", c)) {
            sign = true;
        } else if (!strchr(" \t`*_.", c)) {
            return false;
        }
    }
    return (sign || word.length) && IS_ONE_OF(word, links);
}

static bool is_listed(const finder *f, uint32_t begin, const technology_hits *hits)
{
    if (!hits->count || hits->items[hits->count - 1].text != hits->texts)
        return false;
    const technology_hit *before = &hits->items[hits->count - 1];
    uint32_t end = (uint32_t)(before->written.at + before->written.length - f->text.at);
    return end <= begin && is_enumeration(span_slice(f->text, end, begin - end));
}

static void add_hit(const finder *f, size_t first, const match *found, technology_hits *hits)
{
    const technology_word *words = f->words->items;
    uint32_t begin = words[first].begin;
    uint32_t end = words[found->last].end - (uint32_t)(words[found->last].key_end - found->key_end);
    technology_hit hit = {
        .technology = found->alias->technology,
        .text = hits->texts,
        .begin = begin,
        .end = end,
        .sentence = hits->sentences + words[first].sentence,
        .place = (uint8_t)f->place,
        .proof = (uint8_t)proof_of(f, first, found),
        .context = found->alias->rules & RULE_CONTEXT && !is_quoted_code(f, first, found->last),
        .alone = is_alone(f, first, found->last) && !is_small_word(f, found->alias),
        .opens = words[first].first && f->place == TECHNOLOGY_BODY,
        .listed = is_listed(f, begin, hits),
        .written = span_slice(f->text, begin, version_end(f, found) - begin)};
    ARRAY_ADD(hits->items, hits->count, hits->capacity, hit);
}

void technology_find(const technology_table *table, span text, technology_place place,
                     technology_hits *hits)
{
    if (!hits->words)
        hits->words = xcalloc(1, sizeof *hits->words);
    technology_split(text, hits->words);
    finder f = {.table = table,
                .text = text,
                .words = hits->words,
                .place = place,
                .lenient = place == TECHNOLOGY_CODE};
    for (size_t i = 0; i < f.words->count;) {
        match found;
        if (match_at(&f, i, &found) && !is_stray_letter(&f, i, &found) &&
            !is_part_of_name(&f, i, &found)) {
            add_hit(&f, i, &found, hits);
            i = found.last + 1;
        } else {
            i++;
        }
    }
    hits->texts++;
    hits->sentences += (uint32_t)f.words->sentence_count;
}

uint32_t technology_canonical(const technology_table *in, span text)
{
    technology_words words = {0};
    technology_split(text, &words);
    finder f = {.table = in, .text = text, .words = &words, .lenient = true};
    match found = {0};
    uint32_t result = TECHNOLOGY_NONE;
    if (words.count && match_at(&f, 0, &found) && found.alias) {
        size_t behind = found.last + 1;
        behind += version_words(&f, behind, true);
        if (behind == words.count)
            result = found.alias->technology;
    }
    technology_words_free(&words);
    return result;
}

void technology_hits_clear(technology_hits *what)
{
    what->count = 0;
    what->texts = what->sentences = 0;
}

void technology_hits_free(technology_hits *what)
{
    free(what->items);
    if (what->words)
        technology_words_free(what->words);
    free(what->words);
    *what = (technology_hits){0};
}
