#include "output/columns.h"

static const talk *talk_of(const shown_hit *of)
{
    return &of->hit->record.talk;
}

static void add_values(const values *list, span separator, buffer *to)
{
    for (size_t i = 0; i < list->count; i++) {
        if (i)
            buffer_add(to, separator);
        buffer_add(to, list->items[i].text);
    }
}

#define LIST_COLUMN(name)                                                                          \
    static void add_##name(const shown_hit *of, span separator, buffer *to)                        \
    {                                                                                              \
        add_values(&talk_of(of)->name, separator, to);                                             \
    }
LIST_COLUMN(speakers)
LIST_COLUMN(orgs)
LIST_COLUMN(techs)
LIST_COLUMN(tags)
LIST_COLUMN(links)

#define TEXT_COLUMN(name, text)                                                                    \
    static void add_##name(const shown_hit *of, span separator, buffer *to)                        \
    {                                                                                              \
        (void)separator;                                                                           \
        buffer_add(to, text);                                                                      \
    }
TEXT_COLUMN(id, of->hit->record.id)
TEXT_COLUMN(title, talk_of(of)->title.text)
TEXT_COLUMN(event, talk_of(of)->event.text)
TEXT_COLUMN(series, talk_of(of)->series.text)
TEXT_COLUMN(date, talk_of(of)->date.text)
TEXT_COLUMN(kind, span_of(talk_kind_name(talk_of(of)->kind)))
TEXT_COLUMN(language, talk_of(of)->language)
TEXT_COLUMN(path, span_of(of->path))
TEXT_COLUMN(root, of->hit->record.root)
TEXT_COLUMN(snippet, of->text.text)

#define NUMBER_COLUMN(name, number)                                                                \
    static void add_##name(const shown_hit *of, span separator, buffer *to)                        \
    {                                                                                              \
        (void)separator;                                                                           \
        buffer_printf(to, "%zu", (size_t)(number));                                                \
    }
NUMBER_COLUMN(rank, of->rank)
NUMBER_COLUMN(line, of->line)
NUMBER_COLUMN(match_line, of->text.line)

static void add_year(const shown_hit *of, span separator, buffer *to)
{
    (void)separator;
    if (talk_of(of)->interval.first.year)
        buffer_printf(to, "%d", talk_of(of)->interval.first.year);
}

static void add_score(const shown_hit *of, span separator, buffer *to)
{
    (void)separator;
    buffer_printf(to, "%.4f", of->hit->score);
}

static void add_matches(const shown_hit *of, span separator, buffer *to)
{
    static const char *const tiers[] = {"title", "all", "some", "near"};
    (void)separator;
    buffer_add_text(to, tiers[of->hit->tier]);
}

const column COLUMNS[] = {
    {"rank", "place among the hits, from 1", true, add_rank},
    {"id", "the talk's own id", true, add_id},
    {"title", "its title", true, add_title},
    {"speakers", "who gave it", true, add_speakers},
    {"orgs", "where they work", false, add_orgs},
    {"techs", "technologies it names", false, add_techs},
    {"event", "with place and year", true, add_event},
    {"series", "the event without them", false, add_series},
    {"year", "of the talk", false, add_year},
    {"date", "day, month or year, as far as it is known", true, add_date},
    {"kind", "talk, keynote, lightning, panel, workshop or note", false, add_kind},
    {"tags", "tags and #hashtags", false, add_tags},
    {"links", "its links", false, add_links},
    {"language", "of the text", false, add_language},
    {"path", "of the note, from here or absolute", true, add_path},
    {"root", "the folder that was indexed", false, add_root},
    {"line", "where the talk begins; with --at match: of the best match", true, add_line},
    {"match_line", "of the best match", false, add_match_line},
    {"snippet", "the piece of text that matches best", false, add_snippet},
    {"score", "of the ranking", true, add_score},
    {"matches", "title, all, some or near: what of the query it fits", false, add_matches},
    {NULL, NULL, false, NULL},
};

const column *column_by_name(span name)
{
    for (const column *c = COLUMNS; c->name; c++)
        if (span_equal(span_of(c->name), name))
            return c;
    return NULL;
}
