#include "index/length_class.h"

#include <math.h>

enum {
    SHORTEST = 12, /* shorter ones differ in score by less than a step between longer ones */
    LONGEST = 3000,
    FREQUENCY_MAX = 1 << 16
};

static double steps_per_length(void)
{
    return (LENGTH_CLASSES - 2) / log((double)LONGEST / SHORTEST);
}

uint8_t length_class(uint32_t length)
{
    double wanted = length < SHORTEST ? SHORTEST : length > LONGEST ? LONGEST : length;
    return (uint8_t)(1 + lround(steps_per_length() * log(wanted / SHORTEST)));
}

double length_class_length(uint8_t class)
{
    return class == LENGTH_CLASS_NONE ? 0 : SHORTEST * exp((class - 1) / steps_per_length());
}

uint32_t length_class_pack(uint32_t frequency, uint8_t class)
{
    if (frequency > FREQUENCY_MAX)
        frequency = FREQUENCY_MAX;
    return frequency ? frequency * LENGTH_CLASSES + class : 0;
}
