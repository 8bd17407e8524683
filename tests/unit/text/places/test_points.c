/* Points in a text: coordinates as people, telephones and maps write them, and figures that are none. */
#include "lib/text/places/points.h"
#include "tests/unit/text/cases.h"

#include <math.h>

static const struct {
  const char *text;
  double lat, lon; /* 0: no point */
} cases[] = {
  { "52.4449, 13.5079", 52.4449, 13.5079 },
  { "Bank bei 52.4449,13.5079.", 52.4449, 13.5079 },
  { "52,4449; 13,5079", 52.4449, 13.5079 },
  { "52\xC2\xB0"
    "26'41\"N 13\xC2\xB0"
    "30'28\"E",
    52.44472, 13.50778 },
  { "geo:52.4449,13.5079", 52.4449, 13.5079 },
  { "https://www.openstreetmap.org/#map=19/52.4449/13.5079", 52.4449, 13.5079 },
  { "https://www.openstreetmap.org/?mlat=52.4449&mlon=13.5079#map=19/52.4/13.5", 52.4449, 13.5079 },
  { "https://www.google.com/maps/place/Foo/@52.4449,13.5079,17z", 52.4449, 13.5079 },
  { "https://www.google.com/maps/search/?api=1&query=52.4449%2C13.5079", 52.4449, 13.5079 },
  { "https://maps.apple.com/?ll=52.4449,13.5079&q=Pin", 52.4449, 13.5079 },
  { "https://goo.gl/maps/abc", 0, 0 },
  { "52, 13", 0, 0 },
  { "am 12.5. um 18.30, 13.5.", 0, 0 },
  { "349,90 und 199,00", 0, 0 },
  { "95.4449, 13.5079", 0, 0 },
};

static void points_are_found(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GArray) found = points_find(cases[i].text);
    bool wants = cases[i].lat > 0;
    if (found->len != (wants ? 1u : 0u)) fail_msg("%s: %u points", cases[i].text, found->len);
    if (!wants) continue;
    const struct point_found *point = &g_array_index(found, struct point_found, 0);
    bool is_near = fabs(point->lat - cases[i].lat) < 0.0001 && fabs(point->lon - cases[i].lon) < 0.0001;
    if (!is_near) fail_msg("%s: got %f %f", cases[i].text, point->lat, point->lon);
    assert_true(point->begin < point->end && point->end <= strlen(cases[i].text));
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test(points_are_found) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
