/* Statistics of comparisons, against values worked out by hand or from published tables. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../bench/statistics.h"

#define assert_near(got, wanted, within)                                                           \
    do {                                                                                           \
        if (!(fabs((got) - (wanted)) <= (within)))                                                 \
            fail_msg("%.10f, wanted %.10f", (double)(got), (double)(wanted));                      \
    } while (0)

static void test_incomplete_beta(void **state)
{
    (void)state;
    /* For whole a and b: the chance of at least a successes in a + b - 1 draws.
     * a = 2, b = 3, x = .4: 1 - .6^4 - 4 * .4 * .6^3 = 1 - .1296 - .3456 */
    assert_near(incomplete_beta(2, 3, 0.4), 0.5248, 1e-12);
    /* a = b: half lies below 1/2 */
    assert_near(incomplete_beta(7.5, 7.5, 0.5), 0.5, 1e-12);
    /* b = 1: x^a */
    assert_near(incomplete_beta(3.5, 1, 0.9), pow(0.9, 3.5), 1e-12);
    assert_near(incomplete_beta(2, 3, 0), 0, 0);
    assert_near(incomplete_beta(2, 3, 1), 1, 0);
}

static void test_t_test(void **state)
{
    (void)state;
    /* mean 2, variance 1: t = 2 * sqrt(3) with 2 degrees of freedom, whose two-sided p is
     * 1 - t / sqrt(2 + t^2) = 1 - sqrt(12 / 14) */
    const double three[] = {1, 2, 3};
    assert_near(t_test(three, 3), 1 - sqrt(12.0 / 14), 1e-12);
    /* 1 degree of freedom: p = 1 - 2/pi * atan(t); mean 1, half difference 1: t = 1, p = 1/2 */
    const double two[] = {0, 2};
    assert_near(t_test(two, 2), 0.5, 1e-12);
    const double none[] = {0, 0, 0}, same[] = {0.5, 0.5, 0.5};
    assert_near(t_test(none, 3), 1, 0);
    assert_near(t_test(same, 3), 0, 0);
    assert_near(t_test(same, 1), 1, 0);
}

/* t = 2.262 with 9 degrees of freedom: the tables' 5 % point. */
static void test_t_test_of_the_tables(void **state)
{
    (void)state;
    /* half of the topics at m + 1, half at m - 1: variance 10/9, so t = m * sqrt(10 * 9 / 10) */
    double difference[10], m = 2.262157 / 3;
    for (int i = 0; i < 10; i++)
        difference[i] = m + (i % 2 ? 1 : -1);
    assert_near(t_test(difference, 10), 0.05, 1e-6);
}

static void test_randomisation_exact(void **state)
{
    (void)state;
    /* sums of +-1 +-2 +-3 as far from 0 as 6: +++ and ---: 2 of 8 */
    const double all_up[] = {1, 2, 3};
    assert_near(randomisation_test(all_up, 3, 10, 1), 0.25, 0);
    /* 1 + 2 - 3 = 0: everything is as far */
    const double nothing[] = {1, 2, -3};
    assert_near(randomisation_test(nothing, 3, 10, 1), 1, 0);
    /* 0.1 + 0.2 and 0.3 in other orders are the same sum: +-.1 +-.2 +-.3 at least .6 - no noise */
    const double tenths[] = {0.1, 0.2, 0.3};
    assert_near(randomisation_test(tenths, 3, 10, 1), 0.25, 0);
}

static void test_randomisation_drawn(void **state)
{
    (void)state;
    double up[100], balanced[100];
    for (int i = 0; i < 100; i++) {
        up[i] = 1;
        balanced[i] = i % 2 ? 1 : -1;
    }
    assert_near(randomisation_test(up, 100, 999, 7), 1.0 / 1000, 0); /* never 0 */
    assert_near(randomisation_test(balanced, 100, 999, 7), 1, 0);
    /* the same seed, the same answer; 20 topics, 5 of them down: P(|2B - 20| >= 10) with B of
     * Binomial(20, 1/2) = 2 * 21700 / 2^20 = .041389 */
    double down[20];
    for (int i = 0; i < 20; i++)
        down[i] = i < 5 ? -1 : 1;
    double p = randomisation_test(down, 20, 200000, 3);
    assert_near(p, 0.041389, 0.002);
    assert_near(randomisation_test(down, 20, 200000, 3), p, 0);
}

/* Signs beyond the 64th topic are drawn too: with 80 topics of which only the last 8 differ,
 * all alike, 2 of 2^8 assignments are as far. */
static void test_randomisation_of_many_topics(void **state)
{
    (void)state;
    double difference[80] = {0};
    for (int i = 72; i < 80; i++)
        difference[i] = 1;
    assert_near(randomisation_test(difference, 80, 200000, 5), 2.0 / 256, 0.001);
}

static void test_bootstrap(void **state)
{
    (void)state;
    double low, high, same[] = {0.25, 0.25, 0.25};
    bootstrap_interval(same, 3, 1000, 1, 0.95, &low, &high);
    assert_near(low, 0.25, 0);
    assert_near(high, 0.25, 0);
    /* 400 topics, half 0, half 1: standard error .5 / 20 = .025, so .5 -+ 1.96 * .025 */
    double half[400];
    for (int i = 0; i < 400; i++)
        half[i] = i % 2;
    bootstrap_interval(half, 400, 20000, 1, 0.95, &low, &high);
    assert_near(low, 0.451, 0.004);
    assert_near(high, 0.549, 0.004);
}

static void test_holm(void **state)
{
    (void)state;
    /* in order .005*4, .01*3, .03*2, and .04*1 lifted to .06 */
    double p[] = {0.01, 0.04, 0.03, 0.005}, large[] = {0.9, 0.8};
    holm_correct(p, 4);
    assert_near(p[0], 0.03, 1e-15);
    assert_near(p[1], 0.06, 1e-15);
    assert_near(p[2], 0.06, 1e-15);
    assert_near(p[3], 0.02, 1e-15);
    holm_correct(large, 2);
    assert_near(large[0], 1, 0);
    assert_near(large[1], 1, 0);
}

static void test_random_below(void **state)
{
    (void)state;
    uint64_t seed = 1;
    size_t seen[3] = {0};
    for (int i = 0; i < 30000; i++)
        seen[random_below(&seed, 3)]++;
    for (int i = 0; i < 3; i++)
        assert_near((double)seen[i], 10000, 400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_incomplete_beta),
        cmocka_unit_test(test_t_test),
        cmocka_unit_test(test_t_test_of_the_tables),
        cmocka_unit_test(test_randomisation_exact),
        cmocka_unit_test(test_randomisation_drawn),
        cmocka_unit_test(test_randomisation_of_many_topics),
        cmocka_unit_test(test_bootstrap),
        cmocka_unit_test(test_holm),
        cmocka_unit_test(test_random_below),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
