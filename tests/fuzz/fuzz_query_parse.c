/* Fuzzes query_parse(): no text may crash it, and what it prints must be read as the same tree. */
#include <stdlib.h>

#include "../unit/query_testing.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_printed(const query_tree *tree, const query_options *options, arena *memory)
{
    buffer printed = {0};
    query_tree again;
    query_mistake where;
    query_print(tree->root, &printed);
    /* Full names and parentheses may take it over the limit. */
    if (printed.length <= QUERY_LENGTH_MAX &&
        (query_parse(buffer_span(&printed), options, memory, &again, NULL, &where) != LC_OK ||
         !query_equal(tree->root, again.root)))
        abort();
    buffer_free(&printed);
}

static void check_arguments(span text)
{
    buffer joined = {0};
    char *arguments[2] = {xstrdup(text), xstrdup(text)};
    query_from_arguments(2, arguments, &joined);
    buffer_free(&joined);
    free(arguments[0]);
    free(arguments[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    query_options options = query_options_for_tests();
    arena *memory = arena_new();
    span text = {(const char *)data, size};
    buffer tree_text = {0};
    query_tree tree;
    query_mistake where;
    lc_error error;
    if (query_parse(text, &options, memory, &tree, &error, &where) == LC_OK) {
        query_print_tree(tree.root, &tree_text);
        check_printed(&tree, &options, memory);
    } else if (where.begin > where.end || where.end > size) {
        abort();
    }
    if (tree.steps > 100 * size + 1000)
        abort();
    check_arguments(text);
    buffer_free(&tree_text);
    arena_free(memory);
    return 0;
}
