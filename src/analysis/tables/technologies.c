/* technologies.c - a program of the build: reads technologies.tsv and prints the C file that holds
 * it as technology_table.h has it, ready to be used. A bad line stops the build. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "analysis/technology_table.h"
#include "base/file.h"

/* Of the program that is built, not of this one. */
const technology_data technology_built_in;

static void print_entries(const technology_data *of)
{
    printf("static const technology_entry items[] = {\n");
    for (size_t i = 0; i < of->count; i++) {
        const technology_entry *item = &of->items[i];
        printf("{{%" PRIu32 ",%" PRIu32 "},%" PRIu32 ",%d},\n", item->name.offset,
               item->name.length, item->category, item->rules);
    }
    printf("};\nstatic const technology_alias aliases[] = {\n");
    for (size_t i = 0; i < of->alias_count; i++) {
        const technology_alias *alias = &of->aliases[i];
        printf("{{%" PRIu32 ",%" PRIu32 "},%" PRIu32 ",%d},\n", alias->text.offset,
               alias->text.length, alias->technology, alias->rules);
    }
    printf("};\n");
}

static void print_slots(const technology_data *of)
{
    printf("static const technology_slot slots[%zu] = {\n", of->slot_count);
    for (size_t i = 0; i < of->slot_count; i++) {
        const technology_slot *slot = &of->slots[i];
        if (slot->length)
            printf("[%zu]={%" PRIu32 ",%" PRIu32 ",%d,%d,%d},\n", i, slot->key, slot->alias,
                   slot->length, slot->tag, slot->more);
    }
    printf("};\nstatic const char keys[] = {");
    for (size_t i = 0; i < of->key_bytes; i++)
        printf("%s%d,", i % 32 ? "" : "\n", of->keys[i]);
    printf("\n};\n");
}

static void print_categories(const technology_data *of)
{
    printf("static const technology_text categories[] = {\n");
    for (size_t i = 0; i < of->category_count; i++)
        printf("{%" PRIu32 ",%" PRIu32 "},\n", of->categories[i].offset, of->categories[i].length);
    printf("};\nstatic const uint64_t related[] = {\n");
    for (size_t i = 0; i < TECHNOLOGY_CATEGORIES_MAX; i++)
        printf("%" PRIu64 "u,\n", of->related[i]);
    printf("};\n");
}

static void print_table(const technology_data *of)
{
    printf("#include \"analysis/technology_table.h\"\n");
    print_entries(of);
    print_slots(of);
    print_categories(of);
    printf("const technology_data technology_built_in = {.items = items, .aliases = aliases, "
           ".slots = slots, .keys = keys, .categories = categories, .related = related, "
           ".count = %zu, .alias_count = %zu, .slot_count = %zu, .slots_used = %zu, "
           ".key_bytes = %zu, .text_bytes = %zu, .category_count = %zu};\n",
           of->count, of->alias_count, of->slot_count, of->slots_used, of->key_bytes,
           of->text_bytes, of->category_count);
}

int main(int argc, char **argv)
{
    const char *path = argc == 2 ? argv[1] : "src/analysis/technologies.tsv";
    lc_error error = {0};
    buffer text = {0};
    technology_table *table = technology_table_empty();
    lc_status status = file_read(path, 0, &text, NULL, &error);
    if (status == LC_OK)
        status = technology_table_add(table, buffer_span(&text), path, &error);
    if (status == LC_OK)
        print_table(&table->data);
    else
        fprintf(stderr, "%s\n", error.message);
    technology_table_free(table);
    buffer_free(&text);
    return status == LC_OK ? 0 : EXIT_FAILURE;
}
