/* items.c - talks that are no more than a row of a table or an item of a list. */
#include "notes/items.h"

#include "notes/label.h"
#include "notes/lookup.h"
#include "notes/tables.h"

typedef struct {
    talk_item *items;
    size_t count, capacity;
} item_list;

static size_t item_end(const blocks *text, size_t first, size_t end)
{
    size_t i = first + 1;
    while (i < end && text->items[i].depth >= 1 &&
           !(text->items[i].kind == BLOCK_ITEM && text->items[i].depth == 1))
        i++;
    return i;
}

static span line_of(span text)
{
    return span_cut_line(&text);
}

/* "Kelsey Hightower - Staff Dev Advocate, Google" as an item under "Keynotes". */
static bool names_people(const layout_input *in, span text, people *who)
{
    people_read(in->tables, text, PEOPLE_DOUBTFUL, in->memory, who);
    return who->count && !who->foreign && who->likeness >= (who->role ? 0.5f : 0.9f) &&
           text.length < 160;
}

/* Is a link into the notes: then the list is an index. */
static bool links_to_file(const block *b)
{
    for (size_t i = 0; i < b->link_count; i++) {
        if (span_find(b->links[i].url, SPAN("://")) == SPAN_NOT_FOUND &&
            !span_starts_with(b->links[i].url, SPAN("#")))
            return true;
    }
    return false;
}

/* The row of an index page: the talk has a note of its own. */
static bool links_to_note(const block *b)
{
    for (size_t i = 0; i < b->link_count; i++) {
        span url = b->links[i].url;
        if (span_find(url, SPAN("://")) == SPAN_NOT_FOUND &&
            (span_ends_with(url, SPAN(".md")) || span_ends_with(url, SPAN(".markdown")) ||
             span_ends_with(url, SPAN(".txt"))))
            return true;
    }
    return false;
}

static span behind_marks(span text)
{
    text = span_trim(text);
    while (text.length && (text.at[0] == ',' || text.at[0] == ':' || text.at[0] == '-'))
        text = span_trim(span_from(text, 1));
    return text;
}

/* The title at the begin of a text: up to the colon before the remarks, if there are any. */
static span title_before_remarks(span text)
{
    size_t colon = 0, best = SPAN_NOT_FOUND;
    while ((colon = span_find(span_from(text, best == SPAN_NOT_FOUND ? 0 : best + 1),
                              SPAN(": "))) != SPAN_NOT_FOUND) {
        size_t at = (best == SPAN_NOT_FOUND ? 0 : best + 1) + colon;
        best = at;
        if (at + 2 < text.length && !byte_is_upper(text.at[at + 2]))
            break; /* remarks begin small, a subtitle with a capital */
    }
    return best == SPAN_NOT_FOUND ? text : span_slice(text, 0, best);
}

/* "**Title** (Name): remarks" and "**Name** (Company), Title: remarks" */
static bool bold_item_read(const layout_input *in, const block *b, heading_parts *parts)
{
    if (!b->strong_count || b->strong[0].begin || b->strong[0].end >= b->text.length)
        return false;
    span bold = span_slice(b->text, 0, b->strong[0].end);
    span rest = span_trim(span_from(b->text, b->strong[0].end));
    size_t close = span_find_byte(rest, ')');
    if (rest.length < 3 || rest.at[0] != '(' || close == SPAN_NOT_FOUND)
        return false;
    people inside, outside;
    people_read(in->tables, span_slice(rest, 1, close - 1), PEOPLE_DOUBTFUL, in->memory, &inside);
    people_read(in->tables, span_slice(b->text, 0, b->strong[0].end + 2 + close), PEOPLE_DOUBTFUL,
                in->memory, &outside);
    span line = span_from(rest, close + 1);
    line = behind_marks(span_cut_line(&line));
    bool speaker_first = outside.count && !outside.foreign && outside.likeness >= 0.5f &&
                         word_count(bold) <= 4 && line.length;
    bool title_first = inside.count && !inside.foreign && inside.likeness >= 0.1f;
    if (!speaker_first && !title_first)
        return false;
    if (speaker_first && title_first && inside.likeness > outside.likeness)
        speaker_first = false;
    *parts =
        (heading_parts){.title = speaker_first ? title_before_remarks(line) : behind_marks(bold),
                        .speakers = speaker_first ? outside : inside,
                        .rule = "item-bold",
                        .confidence = 0.9f,
                        .kinds = parts->kinds};
    return true;
}

/* "Title (Name, Company): remarks": the first parenthesis of the line. */
static bool paren_item_read(const layout_input *in, span line, heading_parts *parts)
{
    enum { NAMES_MOST = 120, TITLE_WORDS_LEAST = 2 };
    size_t open = span_find(line, SPAN(" (")), close = span_find(line, SPAN("): "));
    if (open == SPAN_NOT_FOUND || close == SPAN_NOT_FOUND || close < open ||
        close - open > NAMES_MOST)
        return false;
    span title = span_trim(span_slice(line, 0, open));
    people who;
    people_read(in->tables, span_slice(line, open + 2, close - open - 2), PEOPLE_DOUBTFUL,
                in->memory, &who);
    if (!who.count || who.foreign || who.likeness < (who.role ? 0.6f : 0.75f) ||
        word_count(title) < TITLE_WORDS_LEAST)
        return false;
    parts->title = title;
    parts->speakers = who;
    parts->rule = "item-parenthesis";
    parts->confidence = 0.85f;
    return true;
}

static void item_read(const layout_input *in, size_t at, heading_parts *parts, bool *signed_out)
{
    const block *b = &in->text->items[at];
    span line = line_of(b->text);
    people who;
    heading_read(in->tables, in->known, line, in->memory, 0, NULL, parts);
    *signed_out = true;
    if (bold_item_read(in, b, parts) ||
        (!parts->speakers.count && paren_item_read(in, line, parts)))
        return;
    *signed_out = parts->speakers.count > 0;
    bool named = names_people(in, line, &who);
    if (named && (who.job || !parts->title.length)) {
        parts->speakers = who;
        parts->rule = "item";
        parts->confidence = 0.85f;
        parts->title = SPAN_NONE;
        *signed_out = true;
    }
}

/* The title of a lightning talk's item: the words before an explanation; a whole sentence is none.
 */
static span item_title(span text)
{
    static const char *const stops[] = {" = ", " (",     " -- ", " - ", " \xE2\x80\x93 ",
                                        ": ",  " talk ", " -> ", " => "};
    size_t end = text.length;
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        size_t at = span_find(span_slice(text, 0, end), span_of(stops[i]));
        if (at != SPAN_NOT_FOUND && at)
            end = at;
    }
    span title = span_trim(span_slice(text, 0, end));
    return word_count(title) > 12 || span_starts_with_nocase(title, SPAN("there ")) ? SPAN_NONE
                                                                                    : title;
}

/* "nvmath-python (Segey Maydanov)": under "Lightning talks" any name will do. */
static void lightning_read(const layout_input *in, span line, heading_parts *parts)
{
    size_t open = span_find_byte(line, '('), close = span_find_byte(line, ')');
    bool dashed = parts->speakers.count > 0; /* "Title - Name": the title is whole */
    if (!parts->speakers.count && open != SPAN_NOT_FOUND && close != SPAN_NOT_FOUND &&
        close > open) {
        people who;
        people_read(in->tables, span_slice(line, open + 1, close - open - 1), PEOPLE_DOUBTFUL,
                    in->memory, &who);
        if (who.count && !who.foreign && who.likeness >= 0.55f) {
            parts->speakers = who;
            parts->rule = "item-parenthesis";
            parts->confidence = 0.8f;
        }
    }
    size_t colon = span_find_byte(line, ':');
    if (!parts->speakers.count && colon != SPAN_NOT_FOUND) { /* Ken Wheeler: webgl */
        people who;
        people_read(in->tables, span_slice(line, 0, colon), PEOPLE_DOUBTFUL, in->memory, &who);
        if (who.count && !who.foreign && who.likeness >= 0.8f) {
            parts->speakers = who;
            parts->rule = "item-colon";
            parts->confidence = 0.85f;
            parts->title = span_trim(span_from(line, colon + 1));
        }
    }
    if (parts->title.length && !dashed)
        parts->title = item_title(parts->title);
}

static void find_list_items(const layout_input *in, size_t from, size_t end, uint32_t kinds,
                            item_list *out)
{
    size_t outer = 0, with_sign = 0;
    bool divided = false; /* by headings, which are asked for their own items */
    for (size_t i = from; i < end; i++) {
        const block *b = &in->text->items[i];
        span after;
        divided = divided || b->kind == BLOCK_HEADING;
        if (b->kind != BLOCK_ITEM || b->depth != 1 || b->quotes)
            continue;
        if (label_read(in->tables, line_of(b->text), in->memory, &after) &
            (LABEL_SPEAKER | LABEL_DATE | LABEL_PLACE | LABEL_TIME | LABEL_SCHEDULE))
            continue;
        outer++;
        talk_item item = {.first = i, .end = item_end(in->text, i, end), .header = NO_BLOCK};
        bool has_sign = false;
        item_read(in, i, &item.parts, &has_sign);
        if (kinds & HEADING_LIGHTNING)
            lightning_read(in, line_of(b->text), &item.parts);
        has_sign = has_sign && !links_to_file(b);
        with_sign += has_sign;
        if (has_sign || (kinds & HEADING_LIGHTNING && b->text.length < 300))
            ARENA_ADD(in->memory, out->items, out->count, out->capacity, item);
    }
    bool keep = kinds & HEADING_LIGHTNING || (kinds & HEADING_KEYNOTE && with_sign >= 2) ||
                (with_sign >= 3 && with_sign * 5 >= outer * 3) ||
                (with_sign == 2 && outer == 2 && !divided);
    if (!keep)
        out->count = 0;
    for (size_t i = 0; keep && i + 1 < out->count;
         i++) { /* what stands between belongs to the one above */
        if (!(kinds & HEADING_LIGHTNING))
            out->items[i].end = out->items[i + 1].first;
    }
}

/* ---- tables ---- */

static uint32_t cell_label(const layout_input *in, span cell)
{
    return lookup(in->tables->labels, cell, in->memory);
}

static bool header_names_talks(const layout_input *in, const block *header)
{
    uint32_t senses = 0;
    for (size_t i = 0; i < header->cell_count; i++)
        senses |= cell_label(in, header->cells[i]);
    bool recorded = senses & LABEL_DATE && senses & (LABEL_VIDEO | LABEL_SLIDES);
    return header->cell_count > 1 &&
           (senses & LABEL_SPEAKER || (senses & LABEL_TITLE && (senses & LABEL_EVENT || recorded)));
}

static void add_names(const layout_input *in, span cell, people_trust trust, heading_parts *parts)
{
    people who;
    people_read(in->tables, cell, trust, in->memory, &who);
    if (who.count && !parts->speakers.count) {
        parts->speakers = who;
        parts->rule = "table";
        parts->confidence = trust == PEOPLE_LABELLED ? 0.98f : 0.9f;
    }
}

static void row_by_header(const layout_input *in, const block *header, const block *row,
                          heading_parts *parts)
{
    span first = SPAN_NONE;
    for (size_t i = 0; i < row->cell_count && i < header->cell_count; i++) {
        uint32_t sense = cell_label(in, header->cells[i]);
        span cell = row->cells[i];
        if (sense & LABEL_SPEAKER && !(sense & LABEL_TITLE))
            add_names(in, cell, PEOPLE_LABELLED, parts);
        else if (sense & LABEL_TITLE)
            parts->title = cell;
        else if (sense & LABEL_ORG && cell.length)
            ARENA_ADD(in->memory, parts->speakers.orgs, parts->speakers.org_count,
                      parts->speakers.org_capacity, cell);
        else if (!first.length && !sense)
            first = cell;
    }
    if (!parts->title.length)
        parts->title = first;
}

/* A row without a telling header: "Title - Name, Company", or a title cell and a name cell. */
static bool row_by_cells(const layout_input *in, const block *row, heading_parts *parts)
{
    heading_parts first = {0};
    for (size_t i = 0; i < row->cell_count; i++) {
        heading_parts cell;
        heading_read(in->tables, in->known, row->cells[i], in->memory, 0, NULL, &cell);
        if (cell.speakers.count && cell.title.length && !first.speakers.count)
            first = cell;
    }
    if (first.speakers.count) {
        *parts = first;
        parts->rule = "table";
        return true;
    }
    for (size_t i = 0; i < row->cell_count; i++) {
        people who;
        if (names_people(in, row->cells[i], &who)) {
            if (!parts->speakers.count)
                add_names(in, row->cells[i], PEOPLE_DOUBTFUL, parts);
        } else if (row->cells[i].length > parts->title.length) {
            parts->title = row->cells[i];
        }
    }
    return parts->speakers.count > 0;
}

static void find_rows(const layout_input *in, size_t from, size_t end, item_list *out)
{
    int header = NO_BLOCK;
    size_t rows = 0, with_sign = 0, begin = out->count;
    for (size_t i = from; i < end; i++) {
        const block *b = &in->text->items[i];
        if (b->kind != BLOCK_ROW)
            continue;
        if (b->header) {
            header = (int)i;
            continue;
        }
        talk_item item = {.first = i, .end = i + 1, .row = true, .header = header};
        bool named = header != NO_BLOCK && header_names_talks(in, &in->text->items[header]);
        bool has_sign = true;
        if (named)
            row_by_header(in, &in->text->items[header], b, &item.parts);
        else
            has_sign = row_by_cells(in, b, &item.parts);
        has_sign = has_sign && !links_to_note(b);
        rows++;
        with_sign += has_sign;
        if (has_sign && (item.parts.title.length || item.parts.speakers.count))
            ARENA_ADD(in->memory, out->items, out->count, out->capacity, item);
    }
    if (with_sign < 2 || with_sign * 2 < rows)
        out->count = begin;
}

bool names_talks_in_rows(const layout_input *in, size_t from, size_t end)
{
    enum { ROWS_LEAST = 2 };
    size_t rows = 0;
    bool named = false;
    for (size_t i = from; i < end && rows < ROWS_LEAST; i++) {
        const block *b = &in->text->items[i];
        if (b->kind != BLOCK_ROW || b->header)
            named = b->kind == BLOCK_ROW && header_names_talks(in, b);
        else
            rows += named;
    }
    return rows >= ROWS_LEAST;
}

size_t items_find(const layout_input *in, size_t from, size_t end, uint32_t kinds,
                  talk_item **items_out)
{
    item_list list = {0};
    find_rows(in, from, end, &list);
    if (!list.count)
        find_list_items(in, from, end, kinds, &list);
    *items_out = list.items;
    return list.count;
}
