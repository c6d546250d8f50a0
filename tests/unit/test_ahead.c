/* Working ahead: every item once, taken in order, no more under way than is allowed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/ahead.h"

enum { ITEMS = 500, WINDOW = 5, HEAVY = 100, LIMIT = 150 };

typedef struct {
    size_t slots[WINDOW];
    atomic_size_t done, under_way, most;
    size_t times[ITEMS];
} trial;

static size_t weight(size_t item, const void *user)
{
    (void)user;
    return item % 7 == 3 ? HEAVY : item == 100 ? 10 * (size_t)LIMIT : 1;
}

static void work(size_t item, size_t slot, size_t thread, void *user)
{
    trial *of = user;
    (void)thread;
    size_t now = atomic_fetch_add(&of->under_way, weight(item, NULL)) + weight(item, NULL);
    size_t most = atomic_load(&of->most);
    while (item != 100 && now > most && !atomic_compare_exchange_weak(&of->most, &most, now))
        ;
    of->slots[slot] = item * item;
    of->times[item]++;
    atomic_fetch_add(&of->done, 1);
}

static ahead_options options_for(trial *of, size_t threads)
{
    return (ahead_options){.threads = threads,
                           .window = WINDOW,
                           .count = ITEMS,
                           .work = work,
                           .weight = weight,
                           .weight_limit = LIMIT,
                           .user = of};
}

static void items_come_in_order(void **state)
{
    (void)state;
    for (size_t threads = 1; threads < 8; threads += 3) {
        trial of = {.done = 0};
        ahead_options options = options_for(&of, threads);
        ahead *all = ahead_start(&options);
        for (size_t item = 0; item < ITEMS; item++) {
            assert_int_equal(of.slots[ahead_take(all)], item * item);
            assert_int_equal(of.times[item], 1);
            atomic_fetch_sub(&of.under_way, weight(item, NULL));
            ahead_give_back(all);
        }
        ahead_stop(all);
        assert_true(of.most <= LIMIT);
    }
}

static void one_may_stop_early(void **state)
{
    (void)state;
    trial of = {.done = 0};
    ahead_options options = options_for(&of, 3);
    ahead *all = ahead_start(&options);
    ahead_take(all);
    ahead_stop(all);
    assert_true(of.done >= 1 && of.done <= WINDOW);
}

static void the_number_of_threads_can_be_set(void **state)
{
    (void)state;
    setenv("LECTERN_THREADS", "3", 1);
    assert_int_equal(ahead_threads(), 3);
    setenv("LECTERN_THREADS", "none", 1);
    assert_true(ahead_threads() >= 1);
    setenv("LECTERN_THREADS", "1000000", 1);
    assert_int_equal(ahead_threads(), 8); /* memory must not grow with the processors */
    unsetenv("LECTERN_THREADS");
    assert_true(ahead_threads() >= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_come_in_order),
        cmocka_unit_test(one_may_stop_early),
        cmocka_unit_test(the_number_of_threads_can_be_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
